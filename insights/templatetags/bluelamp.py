"""What the templates say: times as people say them, findings as marks, fields as GOV.UK draws them.

`when` and `uk_time` always speak UK time, whatever time zone is active.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from accounts.mobile import as_said
from accounts.telephones import to_ring
from drafts.panel import Group, groups_of
from policy.core import RULEBOOK
from policy.core.text import Cashtag, Entities, Hashtag, Mention, Url
from publishing.workflow import State as DeliveryState

register = template.Library()

UK = ZoneInfo("Europe/London")
SEVERITY_WORDS = {
    "block": "Stops submission",
    "needs-reason": "Needs your reason",
    "advise": "Advice",
    "off": "Switched off",
}
# The same to someone who reads what another wrote.
SEVERITY_WORDS_READ = SEVERITY_WORDS | {"needs-reason": "Needs a reason"}
# Rules whose fix changes nothing that a reader could see.
CLEANING = frozenset({"hidden-characters", "invalid-characters", "mixed-script", "styled-letters"})
HEAVIEST_FIRST = tuple(SEVERITY_WORDS)


# --- times


@register.filter
def uk_time(value: datetime | None) -> str:
    """`Thursday 26 November 2026, 14:30`, or nothing for nothing."""
    if value is None or value == "":
        return ""
    local = value.astimezone(UK)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


@register.filter
def phone(e164: str) -> SafeString:
    """A number to read out, and to ring with one tap."""
    return format_html('<a class="govuk-link bl-nowrap" href="tel:{}">{}</a>', e164, as_said(e164))


@register.filter
def to_call(typed: str) -> SafeString | str:
    """A number as somebody typed it, to ring with one tap if it is one."""
    digits = to_ring(typed)
    if not digits:
        return typed
    return format_html('<a class="govuk-link bl-nowrap" href="tel:{}">{}</a>', digits, typed)


@register.filter
def phone_words(e164: str) -> str:
    """A number to read out: 07700 900982."""
    return as_said(e164)


@register.filter
def when(value: datetime | None, now: datetime | None = None) -> SafeString | str:
    """The time as one would say it, in a `<time>` that holds the exact one."""
    if value is None or value == "":
        return ""
    return format_html(
        '<time datetime="{}" title="{}, UK time">{}</time>',
        value.isoformat(timespec="seconds"),
        uk_time(value),
        said(value, now or timezone.now()),
    )


@register.filter
def due(value: datetime | None) -> SafeString | str:
    """`due in 40 minutes` or `was due today at 14:30`, or nothing for nothing."""
    if value is None or value == "":
        return ""
    return format_html("{} {}", "due" if value >= timezone.now() else "was due", when(value))


def said(value: datetime, now: datetime) -> str:
    """`in 40 minutes`, `20 minutes ago`, `today at 14:30`, `on Thursday 26 November at 14:30`."""
    seconds = (value - now).total_seconds()
    if abs(seconds) < 60:
        return "in less than a minute" if seconds > 0 else "less than a minute ago"
    minutes = round(seconds / 60)
    if abs(minutes) < 60:
        count = f"{abs(minutes)} minute{'' if abs(minutes) == 1 else 's'}"
        return f"in {count}" if minutes > 0 else f"{count} ago"
    local, today = value.astimezone(UK), now.astimezone(UK).date()
    days = (local.date() - today).days
    clock = f"{local:%H:%M}"
    if days in (-1, 0, 1):
        return f"{('today', 'tomorrow', 'yesterday')[days]} at {clock}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"on {local:%A} {local.day} {local:%B}{year} at {clock}"


# --- findings and tweets


@register.filter
def delivery_words(state: str) -> str:
    """The state of a delivery as people read it."""
    return str(DeliveryState(state).label)


@register.filter
def severity_words(severity: str) -> str:
    return SEVERITY_WORDS.get(str(severity), str(severity))


@register.filter
def severity_words_read(severity: str) -> str:
    return SEVERITY_WORDS_READ.get(str(severity), str(severity))


@register.filter
def severity_words_was(severity: str) -> str:
    """The weight of something that a version treats otherwise: "nothing" where it says nothing."""
    return "nothing" if severity == "off" else severity_words_read(severity).lower()


@register.filter
def rule_title(rule_id: str) -> str:
    """The title of a rule of the rulebook by its id; the id where there is no such rule now."""
    return next((rule.title for rule in RULEBOOK if rule.id == rule_id), rule_id)


@register.filter
def severity_slug(severity: str) -> str:
    """The severity as a part of a class name, whatever kind of enum it came as."""
    return str(getattr(severity, "value", severity))


@register.simple_tag
def marked(text: str, findings: Iterable[Any]) -> SafeString:
    """`text` with what the findings mean in `<mark>`; the heaviest wins where they overlap.

    Takes findings, or the items that hold one; positions are code points of `text`.
    """
    spans = []
    for item in findings or ():
        finding = getattr(item, "finding", item)
        if str(getattr(finding, "where", "text")) != "text":
            continue
        start, end = max(0, finding.start), min(len(text), finding.end)
        if start < end:
            spans.append((start, end, severity_slug(finding.severity)))
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces: list[tuple[str, str]] = []
    for start, end in pairwise(edges):
        here = [severity for first, last, severity in spans if first <= start and end <= last]
        heaviest = min(here, key=HEAVIEST_FIRST.index, default="")
        if pieces and pieces[-1][0] == heaviest:
            pieces[-1] = (heaviest, pieces[-1][1] + text[start:end])
        else:
            pieces.append((heaviest, text[start:end]))
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<mark class="bl-mark bl-mark--{}">{}</mark>', severity, piece),)
            if severity
            else (piece,)
            for severity, piece in pieces
        ),
    )


@register.filter
def with_entities(text: str) -> SafeString:
    """`text` with its tags, names and links coloured as on the platform, and nowhere linked."""
    found = Entities.of(text)
    entities: list[Mention | Hashtag | Cashtag | Url] = [
        *found.mentions,
        *found.hashtags,
        *found.cashtags,
        *found.urls,
    ]
    pieces: list[tuple[SafeString | str]] = []
    done = 0
    for start, end in sorted((entity.start, entity.end) for entity in entities):
        pieces.append((text[done:start],))
        pieces.append((format_html('<span class="bl-entity">{}</span>', text[start:end]),))
        done = end
    pieces.append((text[done:],))
    return format_html_join("", "{}", pieces)


@register.filter
def has_errors(items: Iterable[Any] | None) -> bool:
    """Whether an answer that was asked for is missing."""
    return any(item.error for item in items or ())


@register.filter
def verdict(items: Iterable[Any], open_answers: int = 0) -> str:
    """What the findings mean for the officer, in one sentence.

    `open_answers` counts the questions and ticks beside the findings that are still open.
    """
    groups = [group for group in groups_of(items) if not group.is_passed_over]
    stopping = sum(severity_slug(group.finding.severity) == "block" for group in groups)
    asking = [g for g in groups if severity_slug(g.finding.severity) == "needs-reason"]
    needed = sum(not group.is_answered for group in asking)
    wanted = [
        *([_things(stopping, "stops this from being submitted")] if stopping else []),
        *([_things(needed, "needs your reason")] if needed else []),
        *([_things(open_answers, "is still to be answered or ticked")] if open_answers else []),
    ]
    if wanted:
        return f"{'; '.join(wanted)}."
    if asking:
        return "Nothing stops you from submitting. Your reasons go with it."
    if not groups:
        return "What stopped this was passed over. Nothing stops you from submitting."
    return "Nothing stops you from submitting. This is advice."


def _things(number: int, does: str) -> str:
    """As in “1 thing stops this” and “3 things stop this”."""
    if number == 1:
        return f"1 thing {does}"
    verb, _, rest = does.partition(" ")
    return f"{number} things {'are' if verb == 'is' else verb.removesuffix('s')} {rest}"


@register.filter
def advice(items: Iterable[Any] | None) -> list[Any]:
    """The items that ask for nothing."""
    return [item for item in items or () if severity_slug(item.finding.severity) == "advise"]


@register.filter
def weighty(items: Iterable[Any] | None) -> list[Any]:
    """The items that stop a draft or ask for a reason."""
    return [item for item in items or () if severity_slug(item.finding.severity) != "advise"]


@register.filter
def grouped(items: Iterable[Any] | None) -> list[Group]:
    """Findings of the same rule put together."""
    return groups_of(items or ())


@register.filter
def fix_label(finding: Any, replacement: str) -> str:
    """What the button of a one-click fix says."""
    if finding.rule in CLEANING:
        return "Clean text"
    if not replacement:
        return f"Take out “{Truncator(finding.excerpt).chars(20)}”"
    verb = "Use" if finding.excerpt else "Add"
    return f"{verb} “{Truncator(replacement.strip()).chars(60)}”"


@register.filter
def fix_all_label(finding: Any) -> str:
    """What the button says that mends all that one rule found."""
    return "Clean all of it" if finding.rule in CLEANING else "Mend them all"


@register.filter
def answered_otherwise(item: Any) -> bool:
    """Whether the officer's answer is none of the prepared ones."""
    return bool(item.answer) and item.answer not in item.finding.answers


@register.filter
def absolute(number: int) -> int:
    return abs(number)


# --- forms


@dataclass
class Choice:
    """One radio or checkbox of a group, with its hint and what choosing it opens."""

    id: str
    name: str
    type: str
    value: str
    label: str
    selected: bool
    disabled: bool = False
    hint: str = ""
    reveals: list[BoundField] = field(default_factory=list)


@register.filter
def choices(bound: BoundField) -> Iterator[Choice]:
    """The choices of a radio or checkbox group.

    The form field may carry `hints` ({value: sentence}) and `reveals` ({value: [names of fields
    of the same form]}).
    """
    hints = getattr(bound.field, "hints", {})
    reveals = getattr(bound.field, "reveals", {})
    fields = bound.form.fields
    for option in bound.subwidgets:
        data = option.data
        value = str(data["value"])
        yield Choice(
            id=data["attrs"].get("id", ""),
            name=data["name"],
            type=data["type"],
            value=value,
            label=data["label"],
            selected=data["selected"],
            disabled=bool(data["attrs"].get("disabled")),
            hint=hints.get(value, ""),
            reveals=[bound.form[name] for name in reveals.get(value, ()) if name in fields],
        )


@register.filter
def top_fields(form: forms.BaseForm | None) -> list[BoundField]:
    """The fields of a form that no choice of another field opens."""
    if not form:
        return []
    revealed = {
        name
        for field_ in form.fields.values()
        for names in getattr(field_, "reveals", {}).values()
        for name in names
    }
    return [bound for bound in form if bound.name not in revealed]


CONTROL_CLASSES: Sequence[tuple[type[forms.Widget], str]] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.SelectDateWidget, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.DateInput, "govuk-input bl-input--date"),
    (forms.TimeInput, "govuk-input bl-input--time"),
    (forms.Widget, "govuk-input"),
)


@register.filter
def kind(bound: BoundField) -> str:
    """Which of the pack's pictures of a field to draw."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "parts"
    return "control"


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """The widget of a field with GOV.UK's classes; Django itself says what describes it."""
    widget = bound.field.widget
    parts = widget.widgets if isinstance(widget, forms.MultiWidget) else [widget]
    for part in parts:
        base = next(css for kind_, css in CONTROL_CLASSES if isinstance(part, kind_))
        if bound.errors and not isinstance(part, forms.CheckboxInput):
            base += f" {base.split()[0]}--error"
        # A hint in the box goes when typing starts; GOV.UK's way is a label and a hint above it.
        part.attrs.pop("placeholder", None)
        # What came back with problems is read from the top, where they are listed.
        if bound.form.is_bound:
            part.attrs.pop("autofocus", None)
        own = str(part.attrs.get("class", "")).split()
        part.attrs["class"] = " ".join(dict.fromkeys([*base.split(), *own]))
    # Django leaves out the hint and the error where a widget names what describes it itself.
    described_by = [widget.attrs.get("aria-describedby", "")]
    if described_by[0] and bound.help_text:
        described_by.insert(0, f"{bound.auto_id}_helptext")
    if described_by[-1] and bound.errors:
        described_by.append(f"{bound.auto_id}_error")
    if described_by == [""]:
        return bound.as_widget()
    return bound.as_widget(attrs={"aria-describedby": " ".join(described_by)})


@register.filter
def control_id(bound: BoundField) -> str:
    """Where a link to the field leads: the first radio or checkbox of a group, else the control."""
    if kind(bound) == "group":
        return next((choice.id for choice in choices(bound)), bound.auto_id)
    if isinstance(bound.field.widget, forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return bound.auto_id
