"""Form fields for a day and a time of day, as every form of the product asks for them."""

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A date, from the browser's own picker or typed the British way."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        invalid = {"invalid": "Enter a real date, like 27/3/2027."}
        kwargs["error_messages"] = invalid | kwargs.get("error_messages", {})
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y"])
        super().__init__(**kwargs)


class ClockField(forms.TimeField):
    """A time of day on the 24-hour clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        invalid = {"invalid": "Enter a time on the 24-hour clock, like 14:30."}
        kwargs["error_messages"] = invalid | kwargs.get("error_messages", {})
        super().__init__(**kwargs)
