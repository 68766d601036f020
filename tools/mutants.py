"""Small changes to a Python file, one at a time, for `tools.mutation`.

Three sorts. Statements: a comparison, an operator, a condition, a number, a truth, a loop, a value
that is assigned or returned, an exception that is caught, a statement left out: what mutmut and
cosmic-ray change, but for arguments and decorators left out (nearly all of the first raise at
once, and a cache left out changes nothing but time). Strings: `tools.mutant_strings` says which,
and how. Pieces of patterns: what `tools.pattern_pieces` says, borders, looks around, quantifiers,
numbers, alternatives, which neither tool has.
"""

import ast
import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, Final

from tools import mutant_strings
from tools.pattern_pieces import pieces

ROOT: Final = Path(__file__).resolve().parent.parent
_NEXT: Final[dict[type[ast.AST], Callable[[], ast.AST]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
# A string is a pattern where it is written as one.
_IS_PATTERN: Final = re.compile(r"\(\?[:=!<i]|\[bswdpX]")
_FOR_PEOPLE: Final = frozenset({"Rule", "Citation", "Example", "tweets", "Param", "TypeVar"})


class Sort(StrEnum):
    """What a change is a change of."""

    STATEMENT = "statements"
    STRING = "strings"
    PIECE = "pattern pieces"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one module: its line, what changed, and the code that results."""

    module: str
    line: int
    what: str
    code: CodeType
    sort: Sort = Sort.STATEMENT


Change = tuple[str, Callable[[], ast.AST]]


def changes(node: ast.AST, sort: Sort) -> list[Change]:
    """What may be changed at `node`: in words, and what makes the node to put in its place."""
    match sort:
        case Sort.STATEMENT:
            found = (_of_operators, _of_values, _of_conditions, _of_loops, _of_statements)
            return [change for changes_of in found for change in changes_of(node)]
        case Sort.STRING:
            return list(_of_strings(node))
        case Sort.PIECE:
            return list(_of_patterns(node))


def _of_operators(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                turned = [*ops[:place], _NEXT[type(op)](), *ops[place + 1 :]]
                yield f"{type(op).__name__} turned", partial(_with, node, ops=turned)
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _NEXT:
            yield f"{type(op).__name__} turned", lambda: _with(node, op=_NEXT[type(op)]())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not left out", lambda: operand
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign left out", lambda: operand


def _of_values(node: ast.AST) -> Iterator[Change]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield "truth turned", lambda: ast.Constant(not value)
    elif isinstance(value, int | float):
        yield f"{value} + 1", lambda: ast.Constant(value + 1)


def _of_strings(node: ast.AST) -> Iterator[Change]:
    if hasattr(node, "is_string"):
        text = ast.unparse(node)
        yield f"{text[:50]} in marks", lambda: mutant_strings.in_marks(node)


def _of_patterns(node: ast.AST) -> Iterator[Change]:
    value = getattr(node, "value", None)
    if not (isinstance(node, ast.Constant) and isinstance(value, str)):
        return
    if not _IS_PATTERN.search(value):
        return
    for start, end, instead in pieces(value, whole=not hasattr(node, "is_part")):
        left = ast.Constant(value[:start] + instead + value[end:])
        what = f"{instead} for {value[start:end]}" if instead else "left out"
        yield f"{value[start:end]} {what}", partial(copy.deepcopy, left)


def _of_conditions(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "condition turned", lambda: _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=tests):
            for place, test in enumerate(tests):
                turned = [*tests[:place], ast.UnaryOp(ast.Not(), test), *tests[place + 1 :]]
                yield "condition turned", partial(_with, node, ifs=turned)


def _of_loops(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.For():
            yield "no round of the loop", lambda: _with(node, iter=ast.Tuple([], ast.Load()))
        case ast.Break() | ast.Continue():
            yield "loop turned", _NEXT[type(node)]


def _of_statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.ExceptHandler(type=ast.expr()):
            yield "nothing caught", lambda: _with(node, type=ast.Tuple([], ast.Load()))
        case ast.Lambda():
            yield "nothing returned", lambda: _with(node, body=ast.Constant(None))
        case ast.Assign(value=ast.Call() as call) if not _is_left_alone(call):
            yield "nothing assigned", lambda: _with(node, value=ast.Constant(None))
        case ast.Return(value=ast.Constant(value=False | None)):
            # None is as good a no; the constant itself is turned elsewhere.
            return
        case ast.Return(value=ast.expr()):
            yield "nothing returned", lambda: _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield "statement left out", ast.Pass


def _with(node: ast.AST, **values: object) -> ast.AST:
    for name, value in values.items():
        setattr(node, name, value)
    return node


def _is_left_alone(call: ast.Call) -> bool:
    return mutant_strings.called(call) in _FOR_PEOPLE | mutant_strings.OF_WORDS


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


def mutants(
    module: str, sorts: Sequence[Sort] = (Sort.STATEMENT, Sort.STRING)
) -> Iterator[Callable[[], Mutant]]:
    """Every mutant of a module (a path below ROOT), made when it is called."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for part in node.values if isinstance(node, ast.JoinedStr) else ():
            part.is_part = True  # type: ignore[attr-defined]
    for node in mutant_strings.sites(tree):
        node.is_string = True  # type: ignore[attr-defined]
    for way, node in _sites(tree):
        for sort in sorts:
            for number in range(len(changes(node, sort))):
                yield partial(_made, module, tree, way, sort, number)


def unchanged(module: str) -> Mutant:
    """The module as it is, which no test can tell from itself."""
    text = (ROOT / module).read_text(encoding="utf-8")
    return Mutant(module, 0, "nothing changed", compile(text, module, "exec"))


def broken(module: str) -> Mutant:
    """The module with nothing but an exception in each function, which any test must notice."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.parse("raise AssertionError('broken on purpose')").body[0]]
    code = compile(ast.fix_missing_locations(tree), module, "exec")
    return Mutant(module, 0, "every function broken", code)


def _made(
    module: str, tree: ast.Module, way: Sequence[str | int], sort: Sort, number: int
) -> Mutant:
    changed = copy.deepcopy(tree)
    # Fields and lists of fields in turn, as `way` names them.
    node: Any = changed
    parent, line = node, 0
    for step in way:
        parent, node = node, (getattr(node, step) if isinstance(step, str) else node[step])
        line = getattr(node, "lineno", line)
    what, change = changes(node, sort)[number]
    if isinstance(way[-1], str):
        setattr(parent, way[-1], change())
    else:
        parent[way[-1]] = change()
    code = compile(ast.fix_missing_locations(changed), module, "exec")
    return Mutant(module, line, what, code, sort)
