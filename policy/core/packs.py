"""Reads packs from TOML files, and refuses those that could surprise anyone later."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final, Self

import regex

from policy.core.hosts import host_of
from policy.core.pack import (
    ALLOWED_DOMAINS,
    LISTS,
    PAIRS,
    Category,
    Naming,
    Pack,
    PackError,
    ParamValue,
    Reporting,
    RuleSetting,
    Silence,
    Template,
    list_entries,
)
from policy.core.patterns import why_refused
from policy.core.rules import RULEBOOK, ParamKind, Rule
from policy.core.text.validate import is_valid_url
from policy.core.toml_lines import Keys, Lines
from policy.core.types import CaseStage, Citation, Platform, Severity

CATALOGUE: Final = "catalogue"
_TOP: Final = frozenset(
    {
        "id",
        "name",
        "version",
        "extends",
        "limits",
        "reporting",
        "naming",
        "silence",
        "lists",
        "rules",
        "categories",
        "templates",
    }
)
_PARTS_OF_CATEGORY = frozenset({"label", "purpose", "guess", "off", "is_case", "is_low_risk"})
_LINE_IN_MESSAGE = regex.compile(r"\(at (?:line (\d+)|end of document)")
_PAIR = regex.compile(r"[^=]*[^=\s][^=]*=[^=]*[^=\s@][^=]*")
_WORD_OF_A_RULE = regex.compile(
    r"(?=(?:.*[\p{L}\p{N}]){2})[\p{L}\p{M}\p{N}\p{So} '’&/#@.,:!?+\-]++"
)
_DOMAIN = regex.compile(r"(?:[a-z0-9](?:[a-z0-9\-]*+)\.)++[a-z][a-z0-9\-]++")


class _Table:
    """One table of one file: hands out values of the right type, or says what is wrong."""

    def __init__(self, file: str, lines: Lines, keys: Keys, data: Mapping[str, Any]) -> None:
        self.file = file
        self.lines = lines
        self.keys = keys
        self.data = data

    @classmethod
    def read(cls, path: Path) -> Self:
        try:
            text = path.read_text(encoding="utf-8")
            data = tomllib.loads(text)
        except UnicodeDecodeError as error:
            raise PackError(f"{path.name}, line 1: this is not UTF-8 text.") from error
        except tomllib.TOMLDecodeError as error:
            place = _LINE_IN_MESSAGE.search(str(error))
            line = place[1] if place and place[1] else len(text.splitlines())
            raise PackError(f"{path.name}, line {line}: {error}.") from error
        return cls(path.name, Lines(text), (), data)

    def error(self, message: str, *keys: str) -> PackError:
        """What to raise about `keys` of this table."""
        full = (*self.keys, *keys)
        key = ".".join(full)
        place = f"{self.file}, line {self.lines.of(full)}, {key or 'the file'}"
        return PackError(f"{place}: {message}", sentence=message, key=key)

    def only(self, known: frozenset[str], what: str) -> None:
        for key in self.data:
            if key not in known:
                raise self.error(f"There is no {what} called “{key}”.", key)

    def table(self, key: str) -> _Table:
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.error("This must be a table.", key)
        return _Table(self.file, self.lines, (*self.keys, key), value)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            raise self.error("This is missing.", key)
        if not isinstance(value, str) or not value.strip():
            raise self.error("This must be a text that is not empty.", key)
        return value

    def number(self, key: str, default: int | None = None, *, least: int = 1) -> int:
        value = self.data.get(key, default)
        if value is None:
            raise self.error("This is missing.", key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.error(f"This must be a whole number, {least} or more.", key)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.error("This must be true or false.", key)
        return value

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self.data.get(key, list(default))
        if not isinstance(value, list) or not all(
            isinstance(word, str) and word.strip() for word in value
        ):
            raise self.error("This must be a list of texts that are not empty.", key)
        return tuple(value)

    def patterns(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        patterns = self.words(key, default)
        for pattern in patterns:
            self._compile(pattern, key)
        return patterns

    def pattern(self, key: str, default: str | None = None) -> str:
        return self._compile(self.text(key, default), key)

    def _compile(self, pattern: str, key: str) -> str:
        if reason := why_refused(pattern):
            raise self.error(f"The pattern “{pattern}” does not work: {reason}", key)
        try:
            regex.compile(pattern)
        # The last two come from counts that no engine can hold.
        except (regex.error, OverflowError, ValueError) as error:
            raise self.error(f"The pattern “{pattern}” does not work: {error}.", key) from error
        return pattern


def load_packs(folder: Path, rulebook: tuple[Rule, ...] = RULEBOOK) -> dict[str, Pack]:
    """Every pack in the TOML files of `folder`, by id.

    Raises PackError, which names file, line and key, for anything that is not exactly right.
    """
    tables = {path.stem: _Table.read(path) for path in sorted(folder.glob("*.toml"))}
    rules = {rule.id: rule for rule in rulebook}
    packs: dict[str, Pack] = {}
    for pack_id in tables:
        _load(pack_id, tables, rules, packs, ())
    return packs


def extended(pack: Pack, written: Mapping[str, Any], rulebook: tuple[Rule, ...] = RULEBOOK) -> Pack:
    """The pack that a file with `written` in it would be if it extended `pack`.

    Raises PackError for anything that such a file could not hold.
    """
    data = {**written, "id": pack.id, "name": pack.name, "version": pack.version}
    table = _Table(pack.id, Lines(""), (), data)
    return _pack(pack.id, table, pack, {rule.id: rule for rule in rulebook})


def override_rule(
    pack: Pack,
    rule_id: str,
    *,
    severity: Severity | None = None,
    rulebook: tuple[Rule, ...] = RULEBOOK,
    **params: ParamValue,
) -> Pack:
    """A new pack in which one rule weighs or measures differently.

    Raises PackError for a rule or parameter that there is not, and for a value that a file
    could not hold either.
    """
    rule = next((rule for rule in rulebook if rule.id == rule_id), None)
    if rule is None or rule_id not in pack.rules:
        raise PackError(f"The pack {pack.id} has no rule called {rule_id}.")
    setting = pack.rules[rule_id]
    written: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in params.items()
    }
    written["severity"] = (severity or setting.severity).value
    table = _Table(pack.id, Lines(""), ("rules", rule_id), written)
    return replace(pack, rules={**pack.rules, rule_id: _setting(table, rule, setting)})


def _load(
    pack_id: str,
    tables: Mapping[str, _Table],
    rules: Mapping[str, Rule],
    packs: dict[str, Pack],
    children: tuple[str, ...],
) -> Pack:
    if pack_id in packs:
        return packs[pack_id]
    table = tables[pack_id]
    parent = None
    if "extends" in table.data:
        parent_id = table.text("extends")
        if parent_id not in tables:
            raise table.error(f"There is no pack called “{parent_id}”.", "extends")
        if parent_id in (*children, pack_id):
            raise table.error("These packs extend each other in a circle.", "extends")
        parent = _load(parent_id, tables, rules, packs, (*children, pack_id))
    packs[pack_id] = _pack(pack_id, table, parent, rules)
    return packs[pack_id]


def _pack(pack_id: str, table: _Table, parent: Pack | None, rules: Mapping[str, Rule]) -> Pack:
    table.only(_TOP, "setting")
    if table.text("id") != pack_id:
        raise table.error(f"The id must be the name of the file, “{pack_id}”.", "id")
    categories = _categories(table.table("categories"), parent, rules)
    return Pack(
        id=pack_id,
        name=table.text("name"),
        version=table.number("version"),
        rules=_rules(table.table("rules"), parent, rules),
        lists=_lists(table.table("lists"), parent),
        limits=_limits(table.table("limits"), parent),
        reporting=_reporting(table.table("reporting"), parent),
        naming=_naming(table.table("naming"), parent),
        silence=_silence(table.table("silence"), parent),
        categories=categories,
        templates=_templates(table.table("templates"), parent, categories),
    )


def _limits(table: _Table, parent: Pack | None) -> dict[Platform, int]:
    table.only(frozenset(Platform), "platform")
    inherited = parent.limits if parent else {}
    return {
        platform: table.number(platform.value, inherited.get(platform)) for platform in Platform
    }


def _reporting(table: _Table, parent: Pack | None) -> Reporting:
    table.only(frozenset({"non_emergency", "emergency", "page"}), "setting")
    page = table.text("page", parent.reporting.page if parent else None)
    if not is_valid_url(page):
        raise table.error("This must be a web address with https://.", "page")
    return Reporting(
        table.text("non_emergency", parent.reporting.non_emergency if parent else None),
        table.text("emergency", parent.reporting.emergency if parent else None),
        page,
    )


def _naming(table: _Table, parent: Pack | None) -> Naming:
    table.only(frozenset({"pattern", "example"}), "setting")
    pattern = table.pattern("pattern", parent.naming.pattern if parent else None)
    example = table.text("example", parent.naming.example if parent else None)
    if not regex.fullmatch(pattern, example):
        raise table.error("The example does not fit the pattern.", "example")
    return Naming(pattern, example)


def _silence(table: _Table, parent: Pack | None) -> Silence:
    names = [field.name for field in fields(Silence)]
    table.only(frozenset(names), "setting")
    days = [table.number(name, getattr(parent.silence, name) if parent else None) for name in names]
    for name, day, earlier in zip(names[1:], days[1:], days, strict=False):
        if day <= earlier:
            raise table.error("Each step must come later than the one before it.", name)
    return Silence(*days)


def _lists(table: _Table, parent: Pack | None) -> dict[str, tuple[str, ...]]:
    table.only(frozenset(LISTS), "list")
    for domain in table.words(ALLOWED_DOMAINS):
        if not _DOMAIN.fullmatch(host_of(domain)):
            raise table.error(f"“{domain}” is no domain name.", ALLOWED_DOMAINS)
    for name in sorted(PAIRS):
        for entry in table.words(name):
            if not _PAIR.fullmatch(entry):
                raise table.error(f"“{entry}” must be a pair, like “RTC = crash”.", name)
    inherited = parent.lists if parent else {}
    return {
        name: list_entries(name, (*inherited.get(name, ()), *table.words(name))) for name in LISTS
    }


def _rules(table: _Table, parent: Pack | None, rules: Mapping[str, Rule]) -> dict[str, RuleSetting]:
    table.only(frozenset(rules), "rule")
    inherited = parent.rules if parent else {}
    return {
        rule_id: _setting(table.table(rule_id), rule, inherited.get(rule_id))
        for rule_id, rule in rules.items()
        if rule_id in table.data or rule_id in inherited
    }


def _setting(table: _Table, rule: Rule, inherited: RuleSetting | None) -> RuleSetting:
    table.only(frozenset({"severity", "citation", *rule.params}), "setting of this rule")
    default = inherited.severity if inherited else rule.severity
    severity = table.text("severity", default.value)
    if severity not in list(Severity):
        choices = ", ".join(Severity)
        raise table.error(f"This must be one of {choices}.", "severity")
    params: dict[str, ParamValue] = {}
    for name, param in rule.params.items():
        value = inherited.params[name] if inherited else param.default
        params[name] = _param(table, name, param.kind, value)
    return RuleSetting(Severity(severity), _citation(table, rule, inherited), params)


def _param(table: _Table, name: str, kind: ParamKind, default: ParamValue) -> ParamValue:
    if isinstance(default, int):
        return table.number(name, default, least=0)
    if kind is ParamKind.PATTERNS:
        return table.patterns(name, default)
    words = table.words(name, default)
    for word in words:
        # A sign would be passed over in silence, and a single letter met in every text.
        if not _WORD_OF_A_RULE.fullmatch(word):
            raise table.error(f"“{word}” must be a word or phrase, in letters and digits.", name)
    return words


def _citation(table: _Table, rule: Rule, inherited: RuleSetting | None) -> Citation:
    written = table.data.get("citation")
    if written is None and inherited:
        return inherited.citation
    if written is None:
        raise table.error(
            "A rule needs a citation: its document, section and paraphrase, "
            f"or “{CATALOGUE}” for the one that the catalogue gives.",
            "citation",
        )
    if written == CATALOGUE:
        return rule.cites
    cited = table.table("citation")
    cited.only(frozenset({"document", "section", "paraphrase", "requirements"}), "part")
    return Citation(
        cited.text("document"),
        cited.text("section"),
        cited.text("paraphrase"),
        cited.words("requirements"),
    )


def _categories(
    table: _Table, parent: Pack | None, rules: Mapping[str, Rule]
) -> dict[str, Category]:
    categories = dict(parent.categories) if parent else {}
    for category_id in table.data:
        entry = table.table(category_id)
        entry.only(_PARTS_OF_CATEGORY, "part")
        known = categories.get(category_id)
        off = entry.words("off", tuple(sorted(known.off)) if known else ())
        for rule_id in off:
            if rule_id not in rules:
                raise entry.error(f"There is no rule called “{rule_id}”.", "off")
        categories[category_id] = Category(
            id=category_id,
            label=entry.text("label", known.label if known else None),
            purpose=entry.text("purpose", known.purpose if known else None),
            guess=entry.words("guess", known.guess if known else ()),
            off=frozenset(off),
            is_case=entry.flag("is_case", default=known.is_case if known else False),
            is_low_risk=entry.flag("is_low_risk", default=known.is_low_risk if known else False),
        )
    return categories


def _templates(
    table: _Table, parent: Pack | None, categories: Mapping[str, Category]
) -> dict[str, Template]:
    templates = dict(parent.templates) if parent else {}
    for template_id in table.data:
        entry = table.table(template_id)
        entry.only(frozenset({"label", "category", "text", "stage"}), "part")
        known = templates.get(template_id)
        category = entry.text("category", known.category if known else None)
        if category not in categories:
            raise entry.error(f"There is no category called “{category}”.", "category")
        stage = entry.text("stage", known.stage.value if known else CaseStage.NONE.value)
        if stage not in list(CaseStage):
            choices = ", ".join(CaseStage)
            raise entry.error(f"This must be one of {choices}.", "stage")
        templates[template_id] = Template(
            id=template_id,
            label=entry.text("label", known.label if known else None),
            category=category,
            text=entry.text("text", known.text if known else None),
            stage=CaseStage(stage),
        )
    return templates
