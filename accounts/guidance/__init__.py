"""The guidance pages and their checks, read from the TOML files of this folder.

`guidance.toml` says which version the whole is, what changed and in which order the pages stand.
A page's own `version` is that of the guidance in which it changed last: who did an earlier one has
to do it again. A page is plain text in paragraphs and points; no markup is read.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


class BadGuidance(Exception):
    """A file of the guidance is not what it has to be; says which and why."""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """`right` is the place of the right answer among `answers`; `because` is said after it."""

    ask: str
    answers: tuple[str, ...]
    right: int
    because: str


@dataclass(frozen=True, slots=True)
class Module:
    """One page with its check. Who has not done a compulsory one cannot submit."""

    id: str
    title: str
    version: int
    is_compulsory: bool
    summary: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """All pages in reading order, and what is declared of them."""

    version: int
    changes: str
    declaration: str
    modules: tuple[Module, ...]

    @property
    def compulsory(self) -> tuple[Module, ...]:
        return tuple(module for module in self.modules if module.is_compulsory)

    def module(self, slug: str) -> Module | None:
        return next((module for module in self.modules if module.id == slug), None)


@cache
def guidance() -> Guidance:
    """The guidance that this release brings, read once."""
    return read(FOLDER)


def read(folder: Path) -> Guidance:
    """The guidance in `folder`. Raises BadGuidance."""
    index = _load(folder / "guidance.toml")
    try:
        modules = tuple(_module(folder / f"{slug}.toml", slug) for slug in index["pages"])
        found = Guidance(index["version"], index["changes"], index["declaration"], modules)
    except KeyError as error:
        raise BadGuidance(f"guidance.toml lacks {error}.") from error
    for module in modules:
        if not 1 <= module.version <= found.version:
            raise BadGuidance(f"{module.id}.toml: the version lies outside 1 to {found.version}.")
    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadGuidance(f"{path.name} cannot be read: {error}") from error


def _module(path: Path, slug: str) -> Module:
    data = _load(path)
    try:
        module = Module(
            id=slug,
            title=data["title"],
            version=data["version"],
            is_compulsory=data["compulsory"],
            summary=data["summary"],
            sections=tuple(
                Section(
                    section["heading"],
                    tuple(section.get("paragraphs", ())),
                    tuple(section.get("points", ())),
                )
                for section in data["sections"]
            ),
            questions=tuple(
                Question(
                    question["ask"],
                    tuple(question["answers"]),
                    question["right"] - 1,
                    question["because"],
                )
                for question in data["questions"]
            ),
        )
    except KeyError as error:
        raise BadGuidance(f"{path.name} lacks {error}.") from error
    if not 2 <= len(module.questions) <= 3:
        raise BadGuidance(f"{path.name}: a check has two or three questions.")
    for question in module.questions:
        if not 0 <= question.right < len(question.answers):
            raise BadGuidance(f"{path.name}: “{question.ask}” has no right answer.")
    return module
