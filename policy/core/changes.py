"""What a force changes in its pack, as data: read like a file, told in words, merged.

Changes are JSON: `{"rules": {id: {"severity": …, "params": {name: value}}}, "lists": {name: {"add":
[…], "remove": […]}}, "limits": {platform: n}, "reporting": {part: text}, "silence": {step: days}}`,
each part optional. They are always relative to the pack in the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from policy.core.pack import LISTS, Pack, PackError, ParamValue
from policy.core.packs import extended
from policy.core.registers import BY_NAME, GIVEN_BY_PEOPLE, is_same, shown
from policy.core.rules import RULEBOOK, Rule
from policy.core.types import Platform, Severity

Changes = Mapping[str, Any]
# ("rules", id, "severity"), ("rules", id, "params", name), ("lists", name, entry) with ADD or
# REMOVE, ("limits", platform), ("reporting", part), ("silence", step).
Flat = dict[tuple[str, ...], Any]

ADD: Final = "add"
REMOVE: Final = "remove"
SEVERITY_SAID: Final = {
    Severity.OFF: "Switched off",
    Severity.ADVISE: "Advice",
    Severity.NEEDS_REASON: "Needs a reason",
    Severity.BLOCK: "Stops submission",
}
PLATFORM_SAID: Final = {Platform.X: "X", Platform.MASTODON: "Mastodon", Platform.BLUESKY: "Bluesky"}
REPORTING_SAID: Final = {
    "non_emergency": "Non-emergency number",
    "emergency": "Emergency number",
    "page": "Page for reporting a crime",
}
SILENCE_SAID: Final = {
    "team": "Days without a tweet until the team is told",
    "comms": "Days without a tweet until communications is told",
    "closing": "Days without a tweet until closing is proposed",
}
# Tables of single values.
_PLAIN: Final = ("limits", "reporting", "silence")
_RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in RULEBOOK}


def changed(pack: Pack, changes: Changes) -> Pack:
    """`pack` with `changes`, checked as if they stood in a file.

    Raises PackError with a key and a plain sentence.
    """
    _check_shape(pack, changes)
    flat = flatten(changes)
    written: dict[str, Any] = {part: dict(changes.get(part, {})) for part in _PLAIN}
    written["rules"] = {
        rule_id: {**rule.get("params", {}), **_only(rule, "severity")}
        for rule_id, rule in changes.get("rules", {}).items()
    }
    written["lists"] = {
        name: list(entries.get(ADD, [])) for name, entries in changes.get("lists", {}).items()
    }
    made = extended(pack, written)
    gone = [(key[1], key[2]) for key, how in flat.items() if key[0] == "lists" and how == REMOVE]
    lists = {
        name: tuple(e for e in entries if not any(n == name and is_same(e, g) for n, g in gone))
        for name, entries in made.lists.items()
    }
    return replace(made, lists=lists)


def _only(rule: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {key: rule[key]} if key in rule else {}


def _error(key: str, sentence: str) -> PackError:
    return PackError(f"{key}: {sentence}", sentence=sentence, key=key)


def _check_shape(pack: Pack, changes: Changes) -> None:
    """What a file says by its form, or may say and a force's own version may not."""
    for part, value in changes.items():
        if part not in ("rules", "lists", *_PLAIN):
            raise _error(part, f"There is no setting called “{part}”.")
        if not isinstance(value, Mapping):
            raise _error(part, "This must be a table.")
    for rule_id, setting in changes.get("rules", {}).items():
        _check_rule(pack, rule_id, setting)
    for name, entries in changes.get("lists", {}).items():
        _check_list(name, entries)


def _check_rule(pack: Pack, rule_id: str, setting: Any) -> None:
    key = f"rules.{rule_id}"
    if rule_id not in pack.rules or rule_id not in _RULES:
        raise _error(key, f"There is no rule called “{rule_id}”.")
    if not isinstance(setting, Mapping) or not isinstance(setting.get("params", {}), Mapping):
        raise _error(key, "This must be a table.")
    for part in setting:
        if part not in ("severity", "params"):
            raise _error(f"{key}.{part}", f"There is no setting of this rule called “{part}”.")
    for name in setting.get("params", {}):
        if name not in _RULES[rule_id].params:
            raise _error(f"{key}.{name}", f"There is no setting of this rule called “{name}”.")
    if "severity" in setting and not may_weigh(rule_id, setting["severity"]):
        raise _error(f"{key}.severity", "The law stops this: its weight cannot be changed.")


def may_weigh(rule_id: str, severity: str) -> bool:
    """Whether a force may give the rule this weight. What the law stops always blocks."""
    rule = _RULES.get(rule_id)
    return rule is None or not rule.is_legal or severity == Severity.BLOCK


def _check_list(name: str, entries: Any) -> None:
    key = f"lists.{name}"
    if name not in LISTS:
        raise _error(key, f"There is no list called “{name}”.")
    if name == GIVEN_BY_PEOPLE:
        raise _error(key, "People give their own accounts themselves. No version keeps them.")
    if not isinstance(entries, Mapping):
        raise _error(key, "This must be a table.")
    for how, names in entries.items():
        if how not in (ADD, REMOVE):
            raise _error(key, f"There is no setting called “{how}”.")
        if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
            raise _error(key, "This must be a list of texts that are not empty.")


# --- flat: one line for each single thing


def flatten(changes: Changes) -> Flat:
    """Each single change by its own key."""
    flat: Flat = {}
    for rule_id, rule in changes.get("rules", {}).items():
        if "severity" in rule:
            flat["rules", rule_id, "severity"] = rule["severity"]
        for name, value in rule.get("params", {}).items():
            flat["rules", rule_id, "params", name] = value
    for name, entries in changes.get("lists", {}).items():
        for how in (ADD, REMOVE):
            for entry in entries.get(how, []):
                flat["lists", name, entry] = how
    for part in _PLAIN:
        for name, value in changes.get(part, {}).items():
            flat[part, name] = value
    return flat


def nested(flat: Flat) -> dict[str, Any]:
    """The reverse of `flatten`, in an order of its own."""
    changes: dict[str, Any] = {}
    for key in sorted(flat):
        value = flat[key]
        match key:
            case ("rules", rule_id, "severity"):
                changes.setdefault("rules", {}).setdefault(rule_id, {})["severity"] = value
            case ("rules", rule_id, "params", name):
                rule = changes.setdefault("rules", {}).setdefault(rule_id, {})
                rule.setdefault("params", {})[name] = value
            case ("lists", name, entry):
                entries = changes.setdefault("lists", {}).setdefault(name, {})
                entries.setdefault(value, []).append(entry)
            case (part, name):
                changes.setdefault(part, {})[name] = value
    return changes


def merged(base: Changes, mine: Changes, theirs: Changes) -> dict[str, Any]:
    """`theirs` with what `mine` changed since both were `base`. Where both did, mine stands."""
    before, after, result = flatten(base), flatten(mine), flatten(theirs)
    for key in before.keys() | after.keys():
        if after.get(key) != before.get(key):
            if key in after:
                result[key] = after[key]
            else:
                result.pop(key, None)
    return nested(result)


def fitting(pack: Pack, changes: Changes) -> dict[str, Any]:
    """`changes` without those that `pack` cannot take, such as of a rule that it no longer has.

    A force's version outlives the release in which its rules were what they were.
    """
    try:
        changed(pack, changes)
    except PackError:
        flat = flatten(changes)
        return nested({key: value for key, value in flat.items() if _fits(pack, key, value)})
    return nested(flatten(changes))


def _fits(pack: Pack, key: tuple[str, ...], value: Any) -> bool:
    try:
        changed(pack, nested({key: value}))
    except PackError:
        return False
    return True


def digest(pack: Pack, changes: Changes) -> str:
    """sha256 of what the changes make of `pack`: 64 hexadecimal digits."""
    line = json.dumps(
        [pack.id, pack.version, nested(flatten(changes))],
        sort_keys=True, ensure_ascii=True, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(line.encode()).hexdigest()


# --- in words


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two packs, in words. `was` or `now` may be empty.

    `rule` and `register` name what it belongs to, where it belongs to one.
    """

    title: str
    was: str
    now: str
    rule: str = ""
    register: str = ""


def differences(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """What differs in rules, lists and the rest, in the order of the rulebook."""
    return (
        *_rule_differences(old, new),
        *_list_differences(old, new),
        *_other_differences(old, new),
    )


def _rule_differences(old: Pack, new: Pack) -> Iterator[Difference]:
    for rule in RULEBOOK:
        was, now = old.rules.get(rule.id), new.rules.get(rule.id)
        if was is None or now is None:
            continue
        if was.severity is not now.severity:
            yield Difference(
                rule.title, SEVERITY_SAID[was.severity], SEVERITY_SAID[now.severity], rule=rule.id
            )
        for name, param in rule.params.items():
            before, after = was.params.get(name), now.params.get(name)
            if before != after:
                title = f"{rule.title}: {param.help}"
                yield Difference(title, _said(before), _said(after), rule=rule.id)


def _said(value: ParamValue | None) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value)


def _list_differences(old: Pack, new: Pack) -> Iterator[Difference]:
    for name, register in BY_NAME.items():
        if name == GIVEN_BY_PEOPLE:
            continue
        before, after = old.lists.get(name, ()), new.lists.get(name, ())
        for entry in after:
            if entry not in before:
                yield Difference(register.title, "", shown(register, entry), register=name)
        for entry in before:
            if entry not in after:
                yield Difference(register.title, shown(register, entry), "", register=name)


def _other_differences(old: Pack, new: Pack) -> Iterator[Difference]:
    for platform, title in PLATFORM_SAID.items():
        if old.limits[platform] != new.limits[platform]:
            was, now = old.limits[platform], new.limits[platform]
            yield Difference(f"Longest tweet on {title}", str(was), str(now))
    for part, title in REPORTING_SAID.items():
        if getattr(old.reporting, part) != getattr(new.reporting, part):
            yield Difference(title, getattr(old.reporting, part), getattr(new.reporting, part))
    for step, title in SILENCE_SAID.items():
        if getattr(old.silence, step) != getattr(new.silence, step):
            was, now = getattr(old.silence, step), getattr(new.silence, step)
            yield Difference(title, str(was), str(now))


def touched_rules(old: Pack, new: Pack) -> frozenset[str]:
    """The rules whose findings may differ: all of them once a list or a limit differs."""
    rules = old.rules.keys() | new.rules.keys()
    if (old.lists, old.limits, old.reporting) != (new.lists, new.limits, new.reporting):
        return frozenset(rules)
    return frozenset(rule for rule in rules if old.rules.get(rule) != new.rules.get(rule))
