"""The forms of the registers."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from unicodedata import category

from django import forms

from accounts.fields import DayField
from policy.registers.models import Restriction
from policy.registers.services import Order

# A shorter term would stand in almost every tweet.
SHORTEST, LONGEST, MOST = 3, 100, 50


class RestrictionForm(forms.Form):
    """`today` is the UK day that a last day must not lie before."""

    terms = forms.CharField(
        label="Words that must not appear",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text="One name or phrase on a line. Write each form that people might use.",
        error_messages={"required": "Enter at least one name or phrase."},
    )
    case_name = forms.CharField(
        label="Name of the case",
        max_length=200,
        error_messages={"required": "Enter the name of the case."},
    )
    court = forms.CharField(
        label="Court and order",
        max_length=200,
        help_text="Such as “Marlshire Crown Court, section 45 order”.",
        error_messages={"required": "Enter the court and the order."},
    )
    until = DayField(
        label="Last day on which it holds",
        required=False,
        help_text="Leave it empty if the order names no day. It holds until midnight.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: date,
        restriction: Restriction | None = None,
    ) -> None:
        start = {}
        if restriction:
            start = {
                "terms": "\n".join(restriction.terms),
                "case_name": restriction.case_name,
                "court": restriction.court,
                "until": restriction.until,
            }
        super().__init__(data, initial=start)
        self.today = today

    def clean_terms(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["terms"].splitlines())
        terms = tuple(dict.fromkeys(filter(None, lines)))
        if len(terms) > MOST:
            raise forms.ValidationError(f"Enter at most {MOST} names and phrases.")
        # Only letters and digits are looked for: the rest would make a term of nothing, or of "a".
        if any(sum(category(sign)[0] in "LMN" for sign in term) < SHORTEST for term in terms):
            raise forms.ValidationError(
                f"Enter names and phrases of at least {SHORTEST} letters or digits: a shorter one"
                " would stop almost every tweet."
            )
        if any(len(term) > LONGEST for term in terms):
            raise forms.ValidationError(
                f"Enter names and phrases of at most {LONGEST} characters, each on its own line."
            )
        return terms

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError("This day has passed. Enter the last day of the order.")
        return until

    def order(self) -> Order:
        """What was typed, once the form is valid."""
        return Order(**self.cleaned_data)


class ElectionForm(forms.Form):
    """`today` is the UK day that the last day must not lie before."""

    area = forms.CharField(
        label="Where is the election?",
        max_length=120,
        help_text="Such as “all of Marlshire” or “Oldermoor ward”.",
        error_messages={"required": "Enter the area of the election."},
    )
    starts_on = DayField(
        label="First day", error_messages={"required": "Enter the first day of the period."}
    )
    ends_on = DayField(
        label="Last day",
        help_text="The day of the vote, as a rule. The period ends at midnight.",
        error_messages={"required": "Enter the last day of the period."},
    )
    note = forms.CharField(
        label="Note for those who write (optional)",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day cannot be before the first.")
        elif last and last < self.today:
            self.add_error("ends_on", "This day has passed. Enter a later one.")
        return cleaned
