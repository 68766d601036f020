"""Nothing of the real tweets that the rules were tried on is in the project.

They name people. Where they do not lie beside the project there is nothing to compare with.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.policy.core import labelled
from tests.servers import ROOT

LONGEST = 30
FOLDERS = ("policy", "bench", "tools", "docs", "demonstration", "templates", "tests/policy")
KINDS = frozenset({".py", ".toml", ".md", ".txt", ".jsonl", ".html"})
# What every force says in these very words.
STOCK = (
    "arrested on suspicion of",
    "at the scene of a",
    "call crimestoppers anonymously",
    "crimestoppers anonymously",
    "crimestoppers on 0800 555 111",
    "currently dealing with",
    "found safe and well",
    "thanks for sharing",
    "violence against women and girls",
)


def plain(text: str) -> str:
    """`text` in small letters, with plain spaces, and with a mark for every stock phrase."""
    line = " ".join(text.casefold().split())
    for phrase in STOCK:
        line = line.replace(phrase, "…")
    return line


def stretches(texts: Iterable[str]) -> set[str]:
    """Every stretch of the texts that is longer than may be copied."""
    wanted = LONGEST + 1
    return {
        line[start : start + wanted]
        for line in map(plain, texts)
        for start in range(len(line) - wanted + 1)
    }


def copied(text: str, known: set[str]) -> Iterator[int]:
    """Where in `text`, spaces made plain, a known stretch stands."""
    line = plain(text)
    for start in range(len(line) - LONGEST):
        if line[start : start + LONGEST + 1] in known:
            yield start


def stretches_of_words(text: str) -> Iterator[str]:
    """Every two to four words of `text` that stand together."""
    words = re.findall(r"[\w'’-]+", plain(text))
    for length in (2, 3, 4):
        for first in range(len(words) - length + 1):
            yield " ".join(words[first : first + length])


def files() -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))]
    return [path for path in found if path.suffix in KINDS]


class TestTheProject:
    def test_holds_nothing_of_the_real_tweets(self) -> None:
        known = stretches(tweet.text for tweet in labelled.development())
        held = {
            path.relative_to(ROOT).as_posix(): places
            for path in files()
            if (places := list(copied(path.read_text(encoding="utf-8"), known)))
        }
        # The places only: the words themselves are not to be shown.
        assert not held

    def test_names_nobody_whom_they_name(self) -> None:
        names = {plain(name) for name in labelled.named_people() if " " in name.strip()}
        held = {
            path.relative_to(ROOT).as_posix()
            for path in files()
            if names & set(stretches_of_words(path.read_text(encoding="utf-8")))
        }
        assert not held

    def test_would_be_found_out(self) -> None:
        known = stretches(["Ann Sample of Mill Lane in Oldermoor is away"])
        assert list(copied("x\nann sample of mill  lane in oldermoor", known))
        assert not list(copied("Ann Sample of Mill Lane in Saltmere", known))
        assert "ann sample" in stretches_of_words("By Ann  Sample, 34")
        assert len(files()) > 100
