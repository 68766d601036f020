"""What is asked of a new force and its first comms admin."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, URLValidator

from accounts.forms.people import DeskNumberField, DetailsForm, WordsField
from accounts.services import Beginning, objections_to_start
from policy.services import packs

PACK_HINTS = {
    "neutral": "Every rule of the catalogue, at its usual weight. Choose this one when in doubt.",
    "staffordshire": "As Staffordshire Police’s Twitter basics for local policing teams have it.",
    "west_midlands": "As West Midlands Police’s Twitter guidance has it.",
}


class StartForm(DetailsForm):
    """A new force and the person who fills this in."""

    name = WordsField(
        label="Name of the force", max_length=100, missing="Enter the name of the force."
    )
    site = forms.URLField(
        label="Its own site",
        max_length=200,
        assume_scheme="https",
        help_text="Tweets may always link to it. Like www.force.police.uk.",
        error_messages={
            "required": "Enter the address of the force’s own site.",
            "invalid": "Enter a web address, like www.force.police.uk. It has to be https, not"
            " http.",
            "max_length": "Keep it to 200 characters.",
        },
    )
    policy_pack = forms.ChoiceField(
        label="Which guidance does the rulebook follow?",
        widget=forms.RadioSelect,
        initial="neutral",
        help_text="The policy owners can change each rule later. The pack itself is chosen once.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the guidance."),
    )
    comms_phone = DeskNumberField(
        help_text="At the foot of every page: if in doubt, people ring it. Like 01632 960100, 101"
        " or 101 ext 1234.",
        missing="Enter the number of the comms desk.",
    )
    password = forms.CharField(
        label="Your password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Twelve characters or more, without your name, your force or a collar number.",
        error_messages={
            "required": "Choose a password.",
            "max_length": "Keep it to 200 characters.",
        },
    )
    field_order = (
        *("name", "site", "policy_pack", "comms_phone"),
        *("full_name", "email", "mobile", "job_title", "password"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        fields: Any = self.fields
        # In place of the usual one, which takes other schemes too.
        fields["site"].validators = [URLValidator(["https"]), MaxLengthValidator(200)]
        known = packs()
        ids = [*(i for i in PACK_HINTS if i in known), *sorted(known.keys() - PACK_HINTS.keys())]
        fields["policy_pack"].choices = [(pack, known[pack].name) for pack in ids]
        fields["policy_pack"].hints = PACK_HINTS
        fields["full_name"].label = "Your name"
        fields["email"].label = "Your work e-mail"
        fields["mobile"].label = "Your mobile number"
        fields["job_title"].label = "Your rank or role (optional)"
        del fields["collar_number"]

    def clean(self) -> dict[str, Any]:
        """Everything that stands in the way is said at once, also beside a field left empty."""
        typed: dict[str, Any] = super().clean() or {}
        known = {name: typed.get(name) or "" for name in ("name", "email", "full_name", "password")}
        for field, sentences in objections_to_start(**known).items():
            self.add_error(field, sentences)
        return typed

    @property
    def beginning(self) -> Beginning:
        """The force, of a valid form."""
        typed = self.cleaned_data
        return Beginning(
            name=typed["name"],
            site=typed["site"],
            policy_pack=typed["policy_pack"],
            comms_phone=typed["comms_phone"],
        )
