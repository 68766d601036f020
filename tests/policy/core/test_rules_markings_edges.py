"""Borders of the security markings: how far apart, inside what, beside what."""

import pytest

from tests.policy.core.packs import excerpts


class TestAMarking:
    @pytest.mark.parametrize(
        ("text", "marking"),
        [
            pytest.param("Official / Sensitive: plan", "Official / Sensitive", id="a-stroke"),
            pytest.param("see official  sensitive plan", "official  sensitive", id="two-spaces"),
            pytest.param("see top   -   secret", None, id="small-letters"),
            pytest.param("see TOP   -   SECRET", "TOP   -   SECRET", id="three-spaces-each"),
            pytest.param("see TOP_SECRET now", "TOP_SECRET", id="an-underscore"),
            pytest.param("********* SECRET now", None, id="a-word-goes-on"),
            pytest.param("********SECRET********", "********SECRET********", id="stars"),
            pytest.param("Plan\nSECRET: warrants", "SECRET: ", id="a-line-of-its-own"),
            pytest.param("Plan - RESTRICTED]]  \nMore", "RESTRICTED]]  ", id="the-end-of-a-line"),
            pytest.param("The plan: SECRET\nGo", "SECRET", id="after-a-colon"),
            pytest.param("A plan [ official ] here", "[ official ]", id="brackets"),
            pytest.param("A plan\nOFFICIAL\nhere", "OFFICIAL", id="a-line"),
            pytest.param("It is marked as SECRET by us", "marked as SECRET", id="marked-as"),
            pytest.param("It is Marked SECRET by us", "Marked SECRET", id="marked"),
            pytest.param("We hold SECRET information", "SECRET information", id="information"),
            pytest.param("An OFFICIAL-SENS one", "OFFICIAL-SENS", id="short"),
            pytest.param("An OFFICIAL - SENS one", "OFFICIAL - SENS", id="short-apart"),
            pytest.param("A PROTECT: briefing today", "PROTECT: briefing", id="a-paper"),
            pytest.param("A SECRET op order today", "SECRET op order", id="an-order"),
            pytest.param("A SECRET order today", None, id="not-a-paper"),
            pytest.param("See the new big file is SECRET", "the new big file is SECRET", id="is"),
            pytest.param("Out RESTRICTED (when complete)", "RESTRICTED (when complete", id="when"),
            pytest.param("A S-E-C-R-E-T one", "S-E-C-R-E-T", id="letter-by-letter"),
            pytest.param("A S-E-C.R-E-T one", None, id="not-one-way"),
            pytest.param("PROTECT - STAFF please", "PROTECT - STAFF", id="an-old-one"),
            pytest.param("GSC = OFFICIAL here", "GSC = OFFICIAL", id="a-scheme"),
            pytest.param("For five eyes only", "five eyes only", id="eyes"),
            pytest.param("For police-eyes-only", "police-eyes-only", id="eyes-joined"),
            pytest.param("An MG11 form", "MG11 form", id="a-form"),
            pytest.param("An MG 21A statement", "MG 21A statement", id="the-last-form"),
            pytest.param("An MG9 witness list", "MG9 witness", id="a-short-form"),
            pytest.param("not for disclosure, please", "not for disclosure", id="not-for"),
        ],
    )
    def test_is_seen_as_far_as_it_reaches(self, text: str, marking: str | None) -> None:
        found = excerpts(text, "protective-marking")
        assert found == ([] if marking is None else [marking])

    @pytest.mark.parametrize(
        "text",
        [
            "unofficial/sensitive matters",
            "official/sensitively put",
            "unofficial sensitive matters",
            "official sensitively put",
            "STOP SECRET thieves",
            "TOP SECRETS of baking",
            "Top secret recipe",
            "The plan: SECRETS",
            "[ officially ]",
            "OFFICIAL opening",
            "An UNMARKED SECRET garden",
            "POLICE SECRETS told",
            "NOSECRET information",
            "a secret information desk",
            "SECRET informationals",
            "UNOFFICIAL-SENS",
            "OFFICIAL-SENSE",
            "UNPROTECT: briefing",
            "PROTECT: briefingroom",
            "the one two three file is SECRET",
            "bathe file is SECRET",
            "the file is SECRETIVE",
            "UNRESTRICTED when complete",
            "UNPROTECT - STAFF",
            "PROTECT - STAFFORD",
            "not protectively marked",
            "protectively marked material is locked away",
            "protectively markedly",
            "SGSC: OFFICIAL",
            "security classifications matter",
            "uk eyes onlyfools",
            "internal use onlyness",
            "not for disclosures",
            "cannot for disclosure",
            "MG22 form",
            "MG0 form",
            "AMG1 form",
            "MG11 formal",
            "MG11GA form",
        ],
    )
    def test_is_not_seen_in_other_words(self, text: str) -> None:
        assert excerpts(text, "protective-marking") == []
