"""The hash that an approval is bound to."""

from dataclasses import replace
from typing import Any

import pytest

from drafts.content import Content, clean_text

PLAIN = Content(text="Meet your team at the library on Thursday, 6pm.", account="x:OldermoorPolice")
FULL = Content(
    text="Café “Zoë” 🚓\nsecond line",
    account="mastodon:Marl",
    kind="quote",
    source=(("account", "MarlshirePolice"), ("id", "17")),
    media=("a" * 64, "b" * 64),
    alt_texts=("A van", ""),
)

CASE = replace(PLAIN, case=(("case_stage", "arrested"), ("offence", "other"), ("under_18", False)))


class TestADigest:
    @pytest.mark.parametrize(
        ("content", "version", "digest"),
        [
            (PLAIN, 1, "5d902700d1157589f30bed6a12d138a6d48d3e4b45600803f84350f657d110ab"),
            (FULL, 1, "0c01982e69c4986ab0d22da6dee18b144ad16975a3bc88ff2e85cfcd14da737d"),
            (PLAIN, 2, "04ee5be396fbfc76422557089cb43486d96f3a64ff26306f5095139d1f3a20b6"),
            (FULL, 2, "be3df15560e821a068845a4c9d9c49f5d830462bec7dc4f03b7612adc5c6d7f2"),
            (CASE, 2, "7a8ab22741ddce8798795ccd0118267f761445118800c2d9bb15a976f957b0bb"),
        ],
    )
    def test_never_changes_for_the_same_content(
        self, content: Content, version: int, digest: str
    ) -> None:
        # Approvals in the database hold these: a change of the canonical form needs a version.
        assert content.digest(version) == digest

    def test_of_the_first_version_knows_nothing_of_a_case(self) -> None:
        assert CASE.digest(1) == PLAIN.digest(1)
        assert CASE.digest(2) != PLAIN.digest(2)

    @pytest.mark.parametrize(
        "change",
        [
            {"text": FULL.text + " "},
            {"text": FULL.text.replace("é", "e\u0301")},
            {"account": "mastodon:Marl2"},
            {"account": "x:Marl"},
            {"kind": "original"},
            {"source": (("account", "MarlshirePolice"), ("id", "18"))},
            {"source": ()},
            {"media": ("b" * 64, "a" * 64)},
            {"media": ("a" * 64,)},
            {"alt_texts": ("", "A van")},
            {"alt_texts": ("A van",)},
            {"case": (("case_stage", "arrested"),)},
        ],
        ids=str,
    )
    def test_changes_with_every_field(self, change: dict[str, Any]) -> None:
        assert replace(FULL, **change).digest() != FULL.digest()

    def test_changes_with_the_version(self) -> None:
        assert PLAIN.digest(2) != PLAIN.digest(1)

    def test_does_not_confuse_two_fields(self) -> None:
        joined = replace(PLAIN, media=("a", "b"))
        shifted = replace(PLAIN, media=("a",), alt_texts=("b",))
        assert joined.digest() != shifted.digest()

    def test_takes_a_lone_surrogate(self) -> None:
        assert len(replace(PLAIN, text="half \ud83d").digest()) == 64


class TestTheCanonicalForm:
    def test_is_sorted_json_in_ascii_with_its_version(self) -> None:
        assert PLAIN.canonical() == (
            b'{"account":"x:OldermoorPolice","alt_texts":[],"case":{},"kind":"original","media":[],'
            b'"source":{},"text":"Meet your team at the library on Thursday, 6pm.","version":2}'
        )

    def test_does_not_depend_on_the_order_of_the_source(self) -> None:
        assert replace(FULL, source=FULL.source[::-1]).canonical() == FULL.canonical()


class TestACleanText:
    def test_has_the_line_ends_of_the_database_and_not_of_the_browser(self) -> None:
        assert clean_text("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"

    def test_keeps_everything_else(self) -> None:
        typed = "  two  spaces\t\u200bhidden \u202e right "
        assert clean_text(typed) == typed
