"""A template that names what is not there is heard: Django itself draws nothing and goes on.

Installed by `config.settings.test` where BLUELAMP_LOUD names a file, as `tests.servers` does for
each process of a run; the servers that tests start inherit it. Every variable of our own templates
that cannot be resolved, in `{{ }}`, `{% if %}`, `{% for %}`, `{% with %}` or before a `|default`,
is a line in that file, and fails the test that was running (see `tests/conftest.py`). Written down
and not raised, because `{% if %}` swallows what is raised in a condition, and a mail sweep goes on.

What a template can do without, it says: `{# May be missing: form, check.text #}`. Whatever is asked
of a value that is None is not missing: that is for the data, and tells nothing about the names.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.template import Context, base, engines
from django.template.backends.django import DjangoTemplates

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
FILE = "BLUELAMP_LOUD"
MAY_BE_MISSING = re.compile(r"{# May be missing: ([\w., ]+?) #}")


class Nothing(str):
    """What Django draws for a call that a template cannot make: as empty as its own."""

    __slots__ = ()


NOTHING = Nothing()


class Variable(base.Variable):
    """A variable that knows the template it stands in, and says so when it finds nothing."""

    __slots__ = ("template",)
    template: Path

    def _resolve_lookup(self, context: Context) -> Any:
        try:
            value = super()._resolve_lookup(context)  # type: ignore[misc]
        except base.VariableDoesNotExist as error:
            bit, holder = error.params
            assert self.lookups is not None
            if holder is not None:
                end = self.lookups.index(bit) + 1
                self.miss(".".join(self.lookups[:end]))
            raise
        if isinstance(value, Nothing):
            self.miss(str(self.var))
        return value

    def miss(self, name: str) -> None:
        """Write it down, if the template is one of ours and cannot do without it."""
        template = getattr(self, "template", None)
        if template and name not in may_be_missing(template):
            with Path(os.environ[FILE]).open("a", encoding="utf-8") as file:
                file.write(f"{template.relative_to(TEMPLATES)} has no {name} for {self.var}\n")


@cache
def may_be_missing(template: Path) -> frozenset[str]:
    """The names that the template says it can do without."""
    found = MAY_BE_MISSING.findall(template.read_text(encoding="utf-8"))
    return frozenset(name for names in found for name in names.split(", "))


def heard() -> list[str]:
    """What was missing since this was asked last, each once."""
    # The tools that change code in small ways run the tests by themselves, and listen to nothing.
    file = Path(os.environ.get(FILE, os.devnull))
    if not (file.is_file() and file.stat().st_size):
        return []
    lines = sorted(set(file.read_text(encoding="utf-8").splitlines()))
    file.write_text("", encoding="utf-8")
    return lines


class LoudConfig(AppConfig):
    """Takes the place of Django's variables before any template is read."""

    name = "tests.loud"
    label = "loud"
    path = str(ROOT / "tests")

    def ready(self) -> None:
        """See the class."""
        make = base.FilterExpression.__init__

        def made(self: base.FilterExpression, token: str, parser: base.Parser) -> None:
            make(self, token, parser)
            template = Path(str(parser.origin))
            if not template.is_relative_to(TEMPLATES):
                return
            arguments = [argument for _, given in self.filters for _, argument in given]
            for variable in (self.var, *arguments):
                if isinstance(variable, Variable):
                    variable.template = template

        for backend in engines.all():
            assert isinstance(backend, DjangoTemplates)
            backend.engine.string_if_invalid = NOTHING
        base.FilterExpression.__init__ = made  # type: ignore[method-assign]
        base.Variable = Variable  # type: ignore[misc]
