"""Puts a changed module's code where the code of the module is in use.

Other modules hold what they imported from it: functions, classes, tables, numbers. Functions and
classes therefore stay the same objects and get the new code; a table stays the same table and gets
the new rows; any other value is replaced wherever it was imported under its name.
"""

import sys
from collections.abc import Mapping
from types import CodeType, FunctionType, MemberDescriptorType, ModuleType
from typing import Any, Final

# Of a class: what Python made for it, or what its instances' layout hangs on.
_STAYS: Final = frozenset({"__dict__", "__weakref__", "__module__", "__slots__", "__doc__"})


def put_in(module: ModuleType, code: CodeType) -> None:
    """Run `code`, which is `module` with some change. Raises whatever it raises."""
    names = vars(module)
    before = dict(names)
    exec(code, names)  # noqa: S102  that is what a mutant is for
    for name, old in before.items():
        new = names[name]
        if new is old or name.startswith("__"):
            continue
        names[name] = kept = _merged(old, new, module.__name__)
        if kept is not old:
            _hand_on(name, old, kept)


def _merged(old: Any, new: Any, module: str) -> Any:
    """`old` with the content of `new` where it can have that, else `new`."""
    match old, new:
        case FunctionType(), FunctionType():
            _give_code(old, new)
            return old
        case type(__module__=home), type() if home == module:
            _give_members(old, new)
            return old
        case dict(), dict():
            rows = {key: _row(old, key, value, module) for key, value in new.items()}
            old.clear()
            old.update(rows)
            return old
    return new


def _row(table: Mapping[Any, Any], key: Any, value: Any, module: str) -> Any:
    return _merged(table[key], value, module) if key in table else value


def _give_code(old: FunctionType, new: FunctionType) -> None:
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    wrapped = getattr(old, "__wrapped__", None)
    if isinstance(wrapped, FunctionType):
        # What a decorator made calls the function that it was given.
        _give_code(wrapped, vars(new)["__wrapped__"])
    else:
        old.__code__ = new.__code__


def _give_members(old: type, new: type) -> None:
    for name, member in vars(new).items():
        if name in _STAYS or isinstance(member, MemberDescriptorType):
            continue
        present = vars(old).get(name)
        if isinstance(member, FunctionType) and "__class__" in member.__code__.co_freevars:
            # super() asks for the class that its instances are of.
            assert isinstance(present, FunctionType)
            _give_code(present, member)
        else:
            setattr(old, name, member)


def _hand_on(name: str, old: Any, new: Any) -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "__dict__", {}).get(name) is old:
            setattr(module, name, new)
