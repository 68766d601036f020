"""Addresses that are spelt out, taken apart or written with blanks."""

import pytest

from tests.policy.core.packs import found


@pytest.mark.parametrize(
    ("text", "words", "host"),
    [
        (
            "h t t p s : / / tickets.example.com",
            "h t t p s : / / tickets.example.com",
            "tickets.example.com",
        ),
        (
            "h t t p : / / tickets . example . com",
            "h t t p : / / tickets . example . com",
            "tickets.example.com",
        ),
        ("See tickets .com", "tickets .com", "tickets.com"),
        ("See tickets. co. uk", "tickets. co. uk", "tickets.co.uk"),
        ("See tickets dot example dot com", "tickets dot example dot com", "tickets.example.com"),
    ],
)
def test_are_put_together(text: str, words: str, host: str) -> None:
    (finding,) = found(text, "external-link")
    assert finding.excerpt == words
    assert finding.message == f"This spells out a link to {host}."


@pytest.mark.parametrize(
    "text",
    ["Come in. Information is free", "See the . com", "h t t p is a scheme"],
)
def test_are_not_seen_in(text: str) -> None:
    assert not found(text, "external-link")
