"""Small changes to a Python file, one at a time, for `tools.mutate`.

A comparison, a condition, a number, a value, a statement left out; in a pattern what
`tools.pattern_pieces` says: borders, looks around, quantifiers, numbers, alternatives. Words for
people (messages, examples, citations), annotations and lists of words are left as they are.
"""

import ast
import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, Final

from tools.pattern_pieces import pieces

ROOT: Final = Path(__file__).resolve().parent.parent
_NEXT: Final[dict[type[ast.AST], Callable[[], ast.AST]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}  # fmt: skip
# A string is a pattern where it is written as one.
_IS_PATTERN: Final = re.compile(r"\(\?[:=!<i]|\[bswdpX]")
_FOR_PEOPLE: Final = frozenset({"Rule", "Citation", "Example", "tweets", "Param", "TypeVar"})
# These are handed lists of words, which are data.
_OF_WORDS: Final = frozenset({"any_of", "word_set"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one module: its line, what changed, and the code that results.

    `in_pattern`: whether a pattern changed rather than a statement.
    """

    module: str
    line: int
    what: str
    code: CodeType
    in_pattern: bool = False


Change = tuple[str, Callable[[], ast.AST]]


def changes(node: ast.AST) -> list[Change]:
    """What may be changed at `node`: in words, and what makes the node to put in its place."""
    return [*_of_operators(node), *_of_values(node), *_of_statements(node)]


def _of_operators(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _NEXT:
            yield f"{type(op).__name__} turned", lambda: _with(node, ops=[_NEXT[type(op)]()])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _NEXT:
            yield f"{type(op).__name__} turned", lambda: _with(node, op=_NEXT[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not left out", lambda: operand


def _of_values(node: ast.AST) -> Iterator[Change]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield "truth turned", lambda: ast.Constant(not value)
    elif isinstance(value, int):
        yield f"{value} + 1", lambda: ast.Constant(value + 1)
    elif isinstance(value, str):
        if not _IS_PATTERN.search(value):
            return
        for start, end, instead in pieces(value, whole=not hasattr(node, "is_part")):
            left = ast.Constant(value[:start] + instead + value[end:])
            what = f"{instead} for {value[start:end]}" if instead else "left out"
            yield f"{value[start:end]} {what}", partial(copy.deepcopy, left)


def _of_statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "condition turned", lambda: _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[test]):
            yield "condition turned", lambda: _with(node, ifs=[ast.UnaryOp(ast.Not(), test)])
        case ast.Assign(value=ast.Call() as call) if not _is_left_alone(call):
            yield "nothing assigned", lambda: _with(node, value=ast.Constant(None))
        case ast.Return(value=ast.Constant(value=False)):
            # None is as good a no; the constant itself is turned elsewhere.
            return
        case ast.Return(value=ast.expr()):
            yield "nothing returned", lambda: _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield "statement left out", ast.Pass
        case ast.Break() | ast.Continue():
            yield "loop turned", _NEXT[type(node)]


def _with(node: ast.AST, **values: object) -> ast.AST:
    for name, value in values.items():
        setattr(node, name, value)
    return node


def _is_left_alone(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return name in _FOR_PEOPLE | _OF_WORDS


def _sites(node: ast.AST) -> Iterator[tuple[tuple[str | int, ...], ast.AST]]:
    """Every node that may change, with the way to it from `node`."""
    skipped = {"annotation", "returns", "decorator_list"}
    if isinstance(node, ast.Call) and _is_left_alone(node):
        return
    for name, value in ast.iter_fields(node):
        if name in skipped:
            continue
        children = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, child in children:
            if isinstance(child, ast.AST):
                way: tuple[str | int, ...] = (name,) if place is None else (name, place)
                yield way, child
                yield from (((*way, *rest), found) for rest, found in _sites(child))


def mutants(module: str) -> Iterator[Callable[[], Mutant]]:
    """Every mutant of a module (a path below ROOT), made when it is called."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for part in node.values if isinstance(node, ast.JoinedStr) else ():
            part.is_part = True  # type: ignore[attr-defined]
    for way, node in _sites(tree):
        for number, (what, _) in enumerate(changes(node)):
            yield partial(_made, module, tree, way, number, what)


def unchanged(module: str) -> Mutant:
    """The module as it is, which no test can tell from itself."""
    text = (ROOT / module).read_text(encoding="utf-8")
    return Mutant(module, 0, "nothing changed", compile(text, module, "exec"))


def _made(
    module: str, tree: ast.Module, way: Sequence[str | int], number: int, what: str
) -> Mutant:
    changed = copy.deepcopy(tree)
    # Fields and lists of fields in turn, as `way` names them.
    node: Any = changed
    parent, line = node, 0
    for step in way:
        parent, node = node, (getattr(node, step) if isinstance(step, str) else node[step])
        line = getattr(node, "lineno", line)
    _, change = changes(node)[number]
    in_pattern = isinstance(node, ast.Constant) and isinstance(node.value, str)
    if isinstance(way[-1], str):
        setattr(parent, way[-1], change())
    else:
        parent[way[-1]] = change()
    code = compile(ast.fix_missing_locations(changed), module, "exec")
    return Mutant(module, line, what, code, in_pattern)
