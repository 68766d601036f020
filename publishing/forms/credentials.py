"""What an account signs in with, as its publisher asks for it, and by which publisher it goes."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from accounts.fields import DayField
from publishing.services import Needs

LONGEST = 4000
HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
# Nobody's secret: shown while they are typed. Each with what is said beside it, and its shape.
PLAIN: dict[str, str] = {
    "client_id": "",
    "consumer_key": "",
    "handle": "Only where it is not the account’s handle with .bsky.social behind it, such as a"
    " domain of the force: oldermoor.police.example",
    "server": "Only where it is not the usual one: social.example.org",
}
SHAPES: dict[str, RegexValidator] = {
    "handle": RegexValidator(
        rf"(?i)^@?{HOST}$", "Enter the whole handle, such as oldermoor.police.example."
    ),
    "server": RegexValidator(
        rf"(?i)^{HOST}$", "Enter the name of the server alone, such as social.example.org."
    ),
}
HINTS: dict[str, str] = {
    "app_password": "Made on Bluesky under Settings, Privacy and security, App passwords. Never the"
    " password of the account itself.",
}


class CredentialsForm(forms.Form):
    """Write only: what is stored is never shown again on this page."""

    def __init__(self, data: Any = None, *, needs: Needs) -> None:
        super().__init__(data)
        self.names = (*needs.required, *needs.optional)
        for name in self.names:
            self.fields[name] = _field(name, required=name in needs.required)
        if needs.required:
            self.fields["ends_on"] = DayField(
                label="Until when do they work? (optional)",
                required=False,
                help_text="When the platform or the force’s own rules end them. You are told two"
                " weeks before.",
            )

    def credentials(self) -> dict[str, str]:
        """Those that were given."""
        return {name: value for name in self.names if (value := self.cleaned_data[name])}

    @property
    def ends_on(self) -> date | None:
        """The last day on which they work, where that was said."""
        day: date | None = self.cleaned_data.get("ends_on")
        return day


def _field(name: str, *, required: bool) -> forms.CharField:
    label = name.replace("_", " ").capitalize()
    is_plain = name in PLAIN
    widget = forms.TextInput if is_plain else forms.PasswordInput
    return forms.CharField(
        label=label if required else f"{label} (optional)",
        required=required,
        max_length=LONGEST,
        help_text=PLAIN.get(name) or HINTS.get(name, ""),
        validators=[SHAPES[name]] if name in SHAPES else [],
        widget=widget(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": f"Enter the {label.lower()}.",
            "max_length": f"That is too long for the {label.lower()}.",
        },
    )


class ConnectForm(forms.Form):
    """On which server the account is, where the platform has several."""

    def __init__(self, data: Any = None, *, needs: Needs) -> None:
        super().__init__(data)
        if "server" in needs.optional:
            self.fields["server"] = _field("server", required=False)


class PublisherForm(forms.Form):
    """By which publisher an account goes out."""

    publisher = forms.ChoiceField(
        label="Where do its tweets go?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose where its tweets go.",
            "invalid_choice": "Choose one of these.",
        },
    )

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]], chosen: str) -> None:
        super().__init__(data, initial={"publisher": chosen})
        field: Any = self.fields["publisher"]
        field.choices = choices
