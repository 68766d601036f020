"""What an account signs in with, as its publisher asks for it."""

from typing import Any

from django import forms

from publishing.services import Needs

LONGEST = 4000


class CredentialsForm(forms.Form):
    """Write only: what is stored is never shown again."""

    def __init__(self, data: Any = None, *, needs: Needs) -> None:
        super().__init__(data)
        for name in (*needs.required, *needs.optional):
            label = name.replace("_", " ").capitalize()
            self.fields[name] = forms.CharField(
                label=label if name in needs.required else f"{label} (optional)",
                required=name in needs.required,
                max_length=LONGEST,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                error_messages={
                    "required": f"Enter the {label.lower()}.",
                    "max_length": f"That is too long for the {label.lower()}.",
                },
            )

    def credentials(self) -> dict[str, str]:
        """Those that were given."""
        return {name: value for name, value in self.cleaned_data.items() if value}
