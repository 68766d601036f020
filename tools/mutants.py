"""Small changes to a Python file, one at a time, for `tools.mutate`.

A comparison, a condition, a number, a value, a statement left out, a piece of a pattern left out.
Words for people (messages, examples, citations) and annotations are left as they are.
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

ROOT: Final = Path(__file__).resolve().parent.parent
_NEXT: Final[dict[type[ast.AST], Callable[[], ast.AST]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}  # fmt: skip
# Left out of a pattern one by one: borders, looks around, flags, quantifiers with what they bind.
_OF_A_PATTERN: Final = re.compile(
    r"\\b|\(\?<?!(?:[^()\\]|\\.)*\)|\(\?<?=(?:[^()\\]|\\.)*\)|\(\?i\)|(?<=[\w\])])[?*+]\+?"
)
_FOR_PEOPLE: Final = frozenset({"Rule", "Citation", "Example", "tweets", "Param", "TypeVar"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one module: its line, what changed, and the code that results."""

    module: str
    line: int
    what: str
    code: CodeType


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
        for part in _OF_A_PATTERN.finditer(value):
            left = ast.Constant(value[: part.start()] + value[part.end() :])
            yield f"{part[0]} left out", partial(copy.deepcopy, left)


def _of_statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "condition turned", lambda: _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[test]):
            yield "condition turned", lambda: _with(node, ifs=[ast.UnaryOp(ast.Not(), test)])
        case ast.Assign(value=ast.Call() as call) if not _is_for_people(call):
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


def _is_for_people(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return name in _FOR_PEOPLE


def _sites(node: ast.AST) -> Iterator[tuple[tuple[str | int, ...], ast.AST]]:
    """Every node that may change, with the way to it from `node`."""
    skipped = {"annotation", "returns", "decorator_list"}
    if isinstance(node, ast.Call) and _is_for_people(node):
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
    for way, node in _sites(tree):
        for number, (what, _) in enumerate(changes(node)):
            yield partial(_made, module, tree, way, number, what)


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
    if isinstance(way[-1], str):
        setattr(parent, way[-1], change())
    else:
        parent[way[-1]] = change()
    return Mutant(module, line, what, compile(ast.fix_missing_locations(changed), module, "exec"))
