"""Which strings of a Python file `tools.mutants` changes, and into what: they are put in marks.

`XX` before and after, as mutmut does it, so that a name is another name. A pattern is put in
brackets too, so that none of its alternatives matches any more. Words in a list are data: whether a
test has every one of them says nothing about the code, so that a list is changed as one. Words for
people (messages, examples, citations, texts of errors), annotations, docstrings and the lists that
Python itself reads (`__all__`) stay as they are.
"""

import ast
import copy
import re
from collections.abc import Iterator
from typing import Final

import regex

MARK: Final = "XX"
# Everything they are handed is for people or an example, but for code that is changed anyway.
_FOR_PEOPLE: Final = frozenset(
    {"Attestation", "Citation", "Detail", "Example", "Param", "Post", "Register", "Rule", "Span"}
    | {"TypeVar", "_error", "error", "noted", "tweets", "warning"}
)
# These are handed lists of words, one by one.
OF_WORDS: Final = frozenset({"any_of", "says", "word_set"})
_NOT_READ: Final = frozenset({"annotation", "returns", "decorator_list", "format_spec"})
_PATTERN: Final = re.compile(r"[\\(\[|]")
_FLAGS: Final = re.compile(r"\A\s*\(\?[a-zA-Z]+\)")
# A sentence or a title: no name in the code and no pattern starts with one capital.
_PROSE: Final = re.compile(r"[“\"]?[A-Z](?:[a-z’']|\s|$)[^\\(\[|]*")
# Longer ones hold many words.
_ONE_WORD: Final = 60


def called(node: ast.AST) -> str:
    """The name that a call calls; empty where `node` is no call."""
    function = node.func if isinstance(node, ast.Call) else None
    return str(getattr(function, "id", getattr(function, "attr", "")))


def sites(tree: ast.AST) -> Iterator[ast.AST]:
    """Each string of `tree` and each list with words in it that may be changed."""
    if _stays(tree):
        return
    if isinstance(tree, ast.Constant | ast.JoinedStr):
        if _may_change(tree):
            yield tree
        return
    words = _words(tree)
    if words:
        yield tree
    if called(tree) not in OF_WORDS:
        for child in _children(tree):
            if child not in words:
                yield from sites(child)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name not in _NOT_READ:
            found = _in_rows(value) if isinstance(value, list) else [value]
            yield from (child for child in found if isinstance(child, ast.AST))


def in_marks(site: ast.AST) -> ast.AST:
    """Another node to stand for one of `sites`, with its string or its words in marks."""
    changed = copy.deepcopy(site)
    match changed:
        case ast.Constant(value=str(text)):
            changed.value = _put(text)
        case ast.JoinedStr(values=values):
            before, after = _marks(_text(changed))
            if isinstance(values[0], ast.Constant):
                values[0].value = _without_flags(str(values[0].value))
            changed.values = [ast.Constant(before), *values, ast.Constant(after)]
        case _:
            for word in _words(changed):
                word.value = _put(str(word.value))
    return changed


def _words(node: ast.AST) -> list[ast.Constant]:
    """The plain words that stand in a list, one by one."""
    match node:
        case ast.Tuple(elts=found) | ast.List(elts=found) | ast.Set(elts=found):
            values = _in_rows(found)
        case ast.Dict(keys=keys, values=found):
            values = [*filter(None, keys), *found]
        case ast.Call(args=found) if called(node) in OF_WORDS:
            values = list(found)
        case _:
            return []
    return [
        value
        for value in values
        if isinstance(value, ast.Constant) and _may_change(value) and not _is_pattern(value.value)
    ]


def _in_rows(values: list[ast.expr]) -> list[ast.expr]:
    """What stands in a list, with what stands in its rows: `(*("a", "b"), *("c", "d"))`."""
    rows = (
        each.value.elts
        if isinstance(each, ast.Starred) and isinstance(each.value, ast.Tuple)
        else [each]
        for each in values
    )
    return [value for row in rows for value in row]


def _stays(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name.startswith("__")
    return called(node) in _FOR_PEOPLE


def _may_change(node: ast.Constant | ast.JoinedStr) -> bool:
    if isinstance(node, ast.Constant) and not isinstance(node.value, str):
        return False
    return not _PROSE.fullmatch(_text(node))


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    """The string, with a letter for each value that is put in it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = (part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return "".join(map(str, parts))


def _is_pattern(text: object) -> bool:
    return bool(_PATTERN.search(str(text)))


def _put(text: str) -> str:
    if len(text) > _ONE_WORD and not _is_pattern(text):
        return re.sub(r"\w+", rf"{MARK}\g<0>{MARK}", text)
    before, after = _marks(text)
    return before + _without_flags(text) + after


def _marks(text: str) -> tuple[str, str]:
    """What to put before (flags go first) and after `text`."""
    bare = _without_flags(text)
    flags = text[: len(text) - len(bare)]
    if not _is_pattern(text):
        return MARK, MARK
    try:
        regex.compile(bare)
    except regex.error:
        # A part of a pattern, as with one bracket of two.
        return flags + MARK, MARK
    return f"{flags}{MARK}(?:", f"){MARK}"


def _without_flags(text: str) -> str:
    return _FLAGS.sub("", text, count=1)
