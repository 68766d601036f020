"""What stands before or after one given name and tells that somebody is named."""

import pytest

from policy.core import LIGHT
from policy.core.text import extract_hashtags, extract_mentions


def names(text: str) -> list[str]:
    return [name.text for name in LIGHT.names(text)]


class TestOneName:
    @pytest.mark.parametrize(
        "text",
        [
            "The murder of John",
            "The whereabouts of John",
            "A search for John",
            "An appeal about John",
            "A sixteen-year-old John",
            "A twenty-five yr old John",
            "A 16yo John",
            "a pupil John",
            "Their landlord: John",
            "Named locally as John",
            "The lad identified as John",
            "We arrested John",
            "Suspect: John",
            "Missing - John",
            "aka John",
            "Mr John",
            "A John, aged 34",
            "a John (34)",
            "a John is just 34.",
            "a John who was jailed",
            "a John got six months",
            "a John nicked it",
            "a John fled",
            "a John's funeral",
            "a John | jailed",
            "a John - missing",
        ],
    )
    def test_is_one_beside(self, text: str) -> None:
        assert names(text) == ["John"]

    @pytest.mark.parametrize(
        "text",
        [
            "a John",
            "The history of John",
            "A song for John",
            "A sixteen-part John",
            "a barber John",
            "thank you John",
            "a John said it",
            "a John, the lad",
            "at the John",
            "a John's song",
            "a John is just 34th",
            "a John | dancing",
        ],
    )
    def test_is_none_beside(self, text: str) -> None:
        assert names(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "Operation Ann Sample was a success",
            "Op John Smith was a success",
            "Storm John Smith was named",
            "HMP John Smith was built",
            "Mount John Smith was climbed",
            "The Ford John Smith was stolen",
            "The John Smith Academy opened",
            "The John Smith Memorial opened",
            "The John Smith School opened",
            "The John Smith Foundation gave",
        ],
    )
    def test_is_none_in_the_name_of_something_else(self, text: str) -> None:
        assert names(text) == []


def test_no_letter_stands_for_a_sign() -> None:
    assert extract_hashtags("Xmas is near, X mas", []) == []
    assert extract_mentions("Xmas is near, X mas") == []
