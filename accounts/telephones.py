"""Numbers that are only read and rung, such as that of the comms desk; kept as they were typed."""

import re

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult
from phonenumbers.shortnumberinfo import is_valid_short_number_for_region

NO_NUMBER = "Enter a telephone number, like 01632 960100, 101 or 101 ext 1234."
SHAPE = re.compile(
    r"(?P<number>\+?\(?[0-9][0-9 ()-]*)(?:,? *(?:ext|ext\.|extension|x) *[0-9]{1,6})?",
    re.IGNORECASE,
)


def to_ring(typed: str) -> str:
    """What a telephone dials of what was typed: digits, maybe behind a +; "" for no number.

    An extension is left out: it is asked for, or keyed in, once somebody answers.
    """
    shape = SHAPE.fullmatch(typed)
    return re.sub(r"[^+0-9]", "", shape["number"]) if shape else ""


def number_problem(typed: str) -> str:
    """Why nobody could ring this, in a sentence; "" for a UK number with or without extension."""
    shape = SHAPE.fullmatch(typed)
    if shape is None:
        return NO_NUMBER
    try:
        number = phonenumbers.parse(shape["number"], "GB")
    except NumberParseException:
        return NO_NUMBER
    # By its length alone: Ofcom's numbers for drama, which nobody has, belong to no area.
    is_long = phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    return "" if is_long or is_valid_short_number_for_region(number, "GB") else NO_NUMBER
