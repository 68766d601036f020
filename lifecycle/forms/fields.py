"""Fields that several forms share."""

from typing import Any

from django import forms


class Words(forms.CharField):
    """A few sentences. `missing` is what to say without them; without it they are optional."""

    def __init__(
        self, label: str, *, missing: str = "", longest: int = 500, rows: int = 3, **kwargs: Any
    ) -> None:
        super().__init__(
            label=label,
            required=bool(missing),
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": rows, "maxlength": None}),
            error_messages={
                "required": missing,
                "max_length": "Use at most %(limit_value)d characters: it has %(show_value)d.",
            },
            **kwargs,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No limit in the browser, which would cut off what somebody pastes without a word."""
        return {}
