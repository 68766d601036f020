"""The names of sexual offences, each in a sentence of its own, and what tells of the victim."""

import pytest

from tests.policy.core.packs import found

OFFENCES = (
    *("rape", "r@pe", "r4pe", "r*pe", "sexual assault", "indecent exposure", "incest"),
    *("molestation", "voyeurism", "FGM", "grooming", "upskirting", "revenge porn"),
    *("intimate images", "groping", "child abuse", "CSE", "sodomy"),
    *("female genital mutilation", "stealthing", "forced prostitution"),
)
DEEDS = (
    *("was raped", "was groped", "was touched inappropriately", "was molested", "was groomed"),
    *("was met by a paedophile", "was there when he exposed himself", "was flashed at"),
)


def said(text: str) -> list[str]:
    return [finding.message for finding in found(text, "sexual-offence-words")]


class TestAVictim:
    @pytest.mark.parametrize("offence", OFFENCES)
    def test_is_told_by_an_age_beside_an_offence(self, offence: str) -> None:
        text = f"A woman aged 34 was at court after a case of {offence}"
        assert said(text)
        assert not said(text.replace(offence, "theft"))

    @pytest.mark.parametrize("deed", DEEDS)
    def test_is_told_by_an_age_beside_a_deed(self, deed: str) -> None:
        assert said(f"A woman aged 34 {deed} in Saltmere")
        assert not said("A woman aged 34 was robbed in Saltmere")

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("A woman aged 34 was raped", "The age (“woman aged 34”)"),
            (
                "She was raped. A nurse at the ward called",
                "The occupation or relation (“nurse at”)",
            ),
            ("A man was charged with the rape of his niece", "The relation (“his niece”)"),
            ("He was jailed for rape at Oldermoor School", "The school (“Oldermoor School”)"),
            ("She was raped near Mill Lane", "The street (“Mill Lane”)"),
        ],
    )
    def test_is_told_by_what_is_underlined(self, text: str, what: str) -> None:
        (message,) = said(text)
        assert message == f"{what} may help to tell who the victim is."

    def test_is_nobody_where_help_is_offered(self) -> None:
        text = "Were you raped near Mill Lane? You are not alone: our helpline is open"
        assert not said(text)
        for deed in ("arrested", "jailed", "charged", "convicted", "sentenced"):
            assert said(f"{text}. A man was {deed}")
