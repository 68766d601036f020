"""The settings of a force, and a team."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.people import DeskNumberField, WordsField
from accounts.seen import SeenForm, fingerprint
from accounts.services import ForceDetails, TeamDetails

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
MOST_DOMAINS = 20


class DomainsField(forms.CharField):
    """Bare domain names, one in each line, in lower case."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        typed = super().to_python(value) or ""
        lines = (line.strip().lower().lstrip("@") for line in typed.splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: Any) -> None:
        if len(value) > MOST_DOMAINS:
            raise ValidationError(f"Keep it to {MOST_DOMAINS} domains.")
        for domain in value:
            if len(domain) > 253 or not DOMAIN.fullmatch(domain):
                raise ValidationError(f"“{domain[:60]}” is no domain, like force.police.uk.")

    def run_validators(self, value: Any) -> None:
        """Nothing more: each line was looked at."""


class ForceForm(SeenForm):
    """What a comms admin keeps of the force itself."""

    comms_phone = DeskNumberField(
        help_text="At the foot of every page. Like 01632 960100, 101 or 101 ext 1234."
    )
    comms_email = forms.EmailField(
        label="E-mail of the comms desk",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, like comms@force.police.uk."},
    )
    mail_domains = DomainsField(
        label="What a work e-mail ends with",
        required=False,
        help_text="One domain in each line, like force.police.uk. Empty: any e-mail is taken.",
    )

    def __init__(self, data: Any = None, *, details: ForceDetails) -> None:
        initial = {
            "comms_phone": details.comms_phone,
            "comms_email": details.comms_email,
            "mail_domains": "\n".join(details.mail_domains),
            "seen": fingerprint(details),
        }
        super().__init__(data, initial=initial)

    @property
    def details(self) -> ForceDetails:
        """What was typed, of a valid form."""
        return ForceDetails(
            comms_email=self.cleaned_data["comms_email"],
            comms_phone=self.cleaned_data["comms_phone"],
            mail_domains=self.cleaned_data["mail_domains"],
        )


def _address(label: str) -> forms.URLField:
    return forms.URLField(
        label=f"{label} (optional)",
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={
            "invalid": "Enter a web address, like https://www.force.police.uk/team.",
            "max_length": "Keep it to 200 characters.",
        },
    )


class TeamForm(SeenForm):
    """A local policing team, as it is or is to be."""

    name = WordsField(label="Name of the team", max_length=100, missing="Enter the team's name.")
    team_page = _address("Address of its team page")
    newsletter_page = _address("Address of its newsletter")
    meeting_place = WordsField(label="Where it meets people (optional)", max_length=200)
    comms_contact = WordsField(
        label="Its comms officer (optional)",
        max_length=200,
        help_text="Name and number, at the foot of each page of its people.",
    )
    area_hashtag = WordsField(
        label="Hashtag of the area (optional)", max_length=50, help_text="Without the #."
    )

    def __init__(self, data: Any = None, *, details: TeamDetails) -> None:
        initial = {name: getattr(details, name) for name in TeamDetails.__dataclass_fields__}
        super().__init__(data, initial=initial | {"seen": fingerprint(details)})

    def clean_area_hashtag(self) -> str:
        tag = str(self.cleaned_data["area_hashtag"]).lstrip("#")
        if tag and not re.fullmatch(r"\w+", tag):
            raise ValidationError("Write the hashtag with letters and digits alone.")
        return tag

    @property
    def details(self) -> TeamDetails:
        """What was typed, of a valid form."""
        return TeamDetails(
            **{name: self.cleaned_data[name] for name in TeamDetails.__dataclass_fields__}
        )
