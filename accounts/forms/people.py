"""Somebody's record, a role, and the file with many people."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import DayField
from accounts.mobile import as_said, to_e164
from accounts.models import LPT, Force
from accounts.roles import Role
from accounts.seen import SeenForm, fingerprint
from accounts.services import Checked, Details, Place, objections_to_new
from accounts.spreadsheets import formula_problem
from accounts.telephones import number_problem

UNSEEN = "Write it without characters that cannot be seen."


class WordsField(forms.CharField):
    """One line of text that can be read as it stands."""

    def __init__(self, *, missing: str = "", **kwargs: Any) -> None:
        longest = kwargs["max_length"]
        kwargs["error_messages"] = {
            "required": missing,
            "max_length": f"Keep it to {longest} characters.",
        }
        super().__init__(required=bool(missing), **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value.isprintable():
            raise ValidationError(UNSEEN)


class RecordField(WordsField):
    """What stands in the register, and so in its file: nothing that a spreadsheet would run."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if problem := formula_problem(value, "This"):
            raise ValidationError(problem)


class DeskNumberField(WordsField):
    """A number that people ring, as typed: a landline, a mobile, 101, maybe with an extension."""

    LONGEST = 20

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Number of the comms desk", max_length=self.LONGEST, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        # What is too long is said to be so, and not looked at.
        if 0 < len(value) <= self.LONGEST and (problem := number_problem(value)):
            raise ValidationError(problem)


class MobileInput(forms.CharField):
    """A UK mobile number, as typed; in E.164 when it is clean."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        return to_e164(typed) if typed else ""


class DetailsForm(forms.Form):
    """What is on record of every person."""

    full_name = RecordField(label="Name", max_length=100, missing="Enter the name.")
    email = forms.EmailField(
        label="Work e-mail",
        max_length=254,
        error_messages={
            "required": "Enter the work e-mail.",
            "invalid": "Enter an e-mail address, like name@force.police.uk.",
            "max_length": "Keep it to 254 characters.",
        },
    )
    mobile = MobileInput(
        label="Mobile number",
        max_length=40,
        help_text="Compulsory: it is how a person is reached when a tweet of theirs needs them.",
        error_messages={
            "required": "Enter the mobile number.",
            "max_length": "Keep it to 40 characters.",
        },
    )
    job_title = RecordField(label="Rank or role (optional)", max_length=60)
    collar_number = RecordField(label="Collar number (optional)", max_length=20)

    @property
    def details(self) -> Details:
        """What was typed, of a valid form."""
        names = Details.__dataclass_fields__.keys() & self.fields
        typed = {name: self.cleaned_data[name] for name in names}
        return Details(**typed | {"email": typed["email"].lower()})


class PersonForm(DetailsForm, SeenForm):
    """Somebody who is on the register."""

    def __init__(self, data: Any = None, *, details: Details) -> None:
        initial = {name: getattr(details, name) for name in Details.__dataclass_fields__}
        initial |= {"mobile": as_said(details.mobile), "seen": fingerprint(details)}
        super().__init__(data, initial=initial)


class RoleForm(forms.Form):
    """A role, where, and from when to when."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *Role.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a role."),
    )
    lpt = forms.ModelChoiceField(
        label="Team",
        queryset=LPT.objects.none(),
        required=False,
        empty_label="No team",
        help_text="For officers, supervisors and commanders. Central teams and communications have"
        " none.",
        error_messages={"invalid_choice": "Choose a team from the list."},
    )
    since = DayField(label="From", error_messages={"required": "Enter the first day."})
    until = DayField(label="Until, if that is known", required=False)

    def __init__(self, data: Any = None, *, teams: Iterable[LPT], today: date, **rest: Any) -> None:
        initial = {"since": today, **rest.pop("initial", {})}
        super().__init__(data, initial=initial, **rest)
        field: Any = self.fields["lpt"]
        field.queryset = teams

    @property
    def place(self) -> Place:
        """What was chosen, of a valid form."""
        chosen = self.cleaned_data
        return Place(Role(chosen["role"]), chosen["lpt"], chosen["since"], chosen["until"])


class NewPersonForm(DetailsForm, RoleForm):
    """Somebody new, with a first role."""

    field_order = ("full_name", "email", "mobile", "job_title", "collar_number", "role", "lpt")

    def __init__(
        self, data: Any = None, *, force: Force, teams: Iterable[LPT], today: date, **rest: Any
    ) -> None:
        super().__init__(data, teams=teams, today=today, **rest)
        self.force, self.today = force, today

    def clean(self) -> dict[str, Any]:
        """Everything that stands in the way is said at once, also beside a field left empty."""
        typed: dict[str, Any] = super().clean() or {}
        place = None
        if typed.get("role") and "lpt" in typed:
            since = typed.get("since") or date.min
            place = Place(Role(typed["role"]), typed["lpt"], since, typed.get("until"))
        objections = objections_to_new(
            self.force, email=typed.get("email", "").lower(), place=place, on=self.today
        )
        for field, sentences in objections.items():
            self.add_error(field, sentences)
        return typed


class EndRoleForm(forms.Form):
    """When a role ends."""

    last_day = DayField(
        label="Last day",
        required=False,
        help_text="Leave it empty to end the role at once, at the person's next click.",
    )


class LostFactorForm(forms.Form):
    """Somebody lost their second factor: how the admin knows that it is they who say so."""

    checked = forms.ChoiceField(
        label="How do you know that it is them?",
        choices=Checked.choices,
        widget=forms.RadioSelect,
        help_text="A mail or a call from a number that you do not know is not enough.",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Say how you made sure that it is them."
        ),
    )
    reason = WordsField(
        label="What happened?",
        max_length=200,
        missing="Say what happened.",
        help_text="Such as “New phone, the old one is broken”. It stands in the trail.",
    )


class ImportForm(forms.Form):
    """The file, as it is uploaded."""

    file = forms.FileField(
        label="CSV file",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "invalid": "Choose a file.",
            "empty": "The file is empty.",
        },
    )
