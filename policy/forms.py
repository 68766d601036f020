"""What a policy owner fills in. A value that cannot be used is told in a sentence and kept."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from policy.core import Pack, PackError, Platform, Rule, RuleSetting, Severity
from policy.core.changes import PLATFORM_SAID, REPORTING_SAID, SEVERITY_SAID, SILENCE_SAID
from policy.core.pack import ParamValue
from policy.core.registers import LONGEST_ENTRY, Register
from policy.core.rules import ParamKind

MOST_LINES, LONGEST_LINE = 200, 300
# Beyond this the rules read no text, so that a longer limit would promise what is not checked.
LONGEST_TWEET = 4000
# Days: somebody would have noticed by then.
LONGEST_SILENCE = 1000


class SeenForm(forms.Form):
    """How often the version had been saved when the page was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, seen: int, **rest: Any) -> None:
        initial = {**rest.pop("initial", {}), "seen": seen}
        super().__init__(data, initial=initial, **rest)
        for errors in (self.fields["seen"].error_messages,):
            for kind in ("required", "invalid", "min_value", "max_value"):
                errors[kind] = "Load this page again: it was not sent in full."

    def blame(self, error: PackError) -> None:
        """Show what the rulebook refuses beside the field that it is about."""
        name = error.key.rpartition(".")[2]
        field = next((f for f in (name, f"param_{name}") if f in self.fields), None)
        self.add_error(field, error.sentence)


class RuleForm(SeenForm):
    """A rule's weight and what else a pack may set of it."""

    def __init__(self, data: Any = None, *, rule: Rule, setting: RuleSetting, seen: int) -> None:
        super().__init__(data, seen=seen, auto_id="id_rule_%s")
        self.rule = rule
        if not rule.is_legal:
            self.fields["severity"] = _severity_field(rule, setting)
        for name, param in rule.params.items():
            value = setting.params[name]
            if isinstance(value, int):
                self.fields[f"param_{name}"] = _number_field(param.help, value)
            else:
                self.fields[f"param_{name}"] = LinesField(
                    label=param.help,
                    required=False,
                    initial="\n".join(value),
                    help_text=_LINES_HELP[param.kind],
                )

    @property
    def severity(self) -> Severity:
        return Severity(self.cleaned_data.get("severity", Severity.BLOCK))

    @property
    def params(self) -> dict[str, ParamValue]:
        return {name: self.cleaned_data[f"param_{name}"] for name in self.rule.params}


_LINES_HELP: Mapping[ParamKind, str] = {
    ParamKind.WORDS: "One in each line.",
    ParamKind.PATTERNS: "One pattern (regular expression) in each line. Capitals matter unless it"
    " begins with (?i).",
}


def _severity_field(rule: Rule, setting: RuleSetting) -> forms.ChoiceField:
    field: Any = forms.ChoiceField(
        label="How much it weighs",
        choices=[(severity.value, SEVERITY_SAID[severity]) for severity in reversed(Severity)],
        initial=setting.severity.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how much this rule weighs.",
            "invalid_choice": "Choose how much this rule weighs.",
        },
    )
    passing = (
        "Nobody can pass over it."
        if not rule.overridable_by
        else "A supervisor can pass over it with a reason."
    )
    field.hints = {
        Severity.BLOCK.value: f"The draft cannot be submitted. {passing}",
        Severity.NEEDS_REASON.value: "The officer answers, and the approver reads the answer.",
        Severity.ADVISE.value: "The officer sees it and need not do anything.",
        Severity.OFF.value: "Nobody sees it.",
    }
    return field  # type: ignore[no-any-return]


def _number_field(label: str, value: int | None, *, least: int = 0, most: int = 10_000) -> Any:
    sentence = f"Write a whole number from {least:,} to {most:,}."
    return forms.IntegerField(
        label=label,
        initial=value,
        min_value=least,
        max_value=most,
        # A text box: a number box empties itself when something else is typed, which loses it.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class LinesField(forms.CharField):
    """A list of texts, one in each line."""

    widget = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        typed = super().to_python(value) or ""
        return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES:
            raise ValidationError(f"Keep it to {MOST_LINES} lines.")
        for line in value:
            # The database takes no null character, and nobody could see what else is in there.
            if not line.isprintable():
                raise ValidationError("Write it without characters that cannot be seen.")
            if len(line) > LONGEST_LINE:
                raise ValidationError(
                    f"The line “{line[:30]}…” is too long. Keep it to {LONGEST_LINE} characters."
                )

    def run_validators(self, value: Any) -> None:
        """Nothing more: each line was looked at."""


class EntryForm(SeenForm):
    """An entry for a list; a pair has two fields."""

    left = forms.CharField(max_length=LONGEST_ENTRY, widget=forms.TextInput)
    right = forms.CharField(max_length=LONGEST_ENTRY, widget=forms.TextInput)

    def __init__(self, data: Any = None, *, register: Register, seen: int) -> None:
        super().__init__(data, seen=seen, auto_id="id_entry_%s")
        left, right = self.fields["left"], self.fields["right"]
        left.label, right.label = register.asks, register.means
        left.help_text = f"For example {register.example}"
        for field in (left, right):
            field.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
            field.error_messages["required"] = f"Fill in “{field.label}”."
            field.error_messages["max_length"] = f"Keep it to {LONGEST_ENTRY} characters."
        if not register.means:
            del self.fields["right"]

    def blame(self, error: PackError) -> None:
        self.add_error("left", error.sentence)


class NumbersForm(SeenForm):
    """How long a tweet may be, where people report a crime, and when silence is told of."""

    def __init__(self, data: Any = None, *, pack: Pack, seen: int) -> None:
        super().__init__(data, seen=seen, auto_id="id_numbers_%s")
        for platform in Platform:
            title = f"Longest tweet on {PLATFORM_SAID[platform]}"
            self.fields[platform.value] = _number_field(
                title, pack.limits[platform], least=1, most=LONGEST_TWEET
            )
            self.fields[platform.value].help_text = "In characters, as the platform counts them"
        for part, title in REPORTING_SAID.items():
            self.fields[part] = forms.CharField(
                label=title,
                max_length=200,
                initial=getattr(pack.reporting, part),
                error_messages={
                    "required": f"Fill in “{title}”.",
                    "max_length": "Keep it to 200 characters.",
                },
            )
        self.fields["page"].help_text = "A web address that begins with https://"
        for step, title in SILENCE_SAID.items():
            self.fields[step] = _number_field(
                title, getattr(pack.silence, step), least=1, most=LONGEST_SILENCE
            )

    @property
    def limits(self) -> dict[str, int]:
        return {platform.value: self.cleaned_data[platform.value] for platform in Platform}

    @property
    def silence(self) -> dict[str, int]:
        return {step: self.cleaned_data[step] for step in SILENCE_SAID}

    @property
    def reporting(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in REPORTING_SAID}


class ReasonForm(SeenForm):
    """What a version is for, in the words of who proposes it."""

    reason = forms.CharField(
        label="What is this version for?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence. The second policy owner and everybody who reads the history sees"
        " it.",
        error_messages={
            "required": "Say in one sentence what this version is for.",
            "max_length": "Keep it to 500 characters.",
        },
    )


class HandleForm(forms.Form):
    """An account of one's own. Only the owner of the account types it."""

    handle = forms.CharField(
        label="Your own account on X",
        max_length=LONGEST_ENTRY,
        help_text="For example @MyOwnName",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Type the account first.",
            "max_length": "An account has up to 15 letters, digits and underscores.",
        },
    )
