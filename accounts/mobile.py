"""UK mobile numbers, stored in E.164 (+447700900123)."""

from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

NOT_A_MOBILE = "Enter a UK mobile number, like 07700 900982."

# Ofcom keeps 07700 900000 to 900999 for drama; the demonstration force uses them.
DRAMA = range(447700900000, 447700901000)
MOBILE_TYPES = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def to_e164(typed: str) -> str:
    """`typed` in E.164. Raises ValidationError when it is not a UK mobile number."""
    try:
        number = phonenumbers.parse(typed, "GB")
    except NumberParseException as error:
        raise ValidationError(NOT_A_MOBILE, code="mobile") from error
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    is_mobile = (
        number.country_code == 44
        and phonenumbers.is_valid_number(number)
        and phonenumbers.number_type(number) in MOBILE_TYPES
    )
    if not (is_mobile or int(e164) in DRAMA):
        raise ValidationError(NOT_A_MOBILE, code="mobile")
    return e164


def as_said(e164: str) -> str:
    """A stored number as people in the UK say it: 07700 900982."""
    number = phonenumbers.parse(e164, "GB")
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


class MobileField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A CharField that holds one UK mobile number and turns what was typed into E.164."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return to_e164(value) if value else value
