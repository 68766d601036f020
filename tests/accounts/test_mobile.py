"""UK mobile numbers, however they are typed."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.mobile import MobileField, to_e164

SENTENCE = "Enter a UK mobile number, like 07700 900982."


class TestAMobileNumber:
    @pytest.mark.parametrize(
        ("typed", "e164"),
        [
            ("07911 123456", "+447911123456"),
            ("07911123456", "+447911123456"),
            ("(07911) 123-456", "+447911123456"),
            ("+44 7911 123456", "+447911123456"),
            ("+44 (0)7911 123456", "+447911123456"),
            ("0044 7911 123456", "+447911123456"),
            ("  07911 123456  ", "+447911123456"),
            # Ofcom's numbers for drama, which the demonstration's people have.
            ("07700 900000", "+447700900000"),
            ("07700 900123", "+447700900123"),
            ("07700 900999", "+447700900999"),
            ("٠٧٩١١ ١٢٣٤٥٦", "+447911123456"),
            ("\u202e07911123456\u200b", "+447911123456"),
        ],
    )
    def test_is_kept_in_e164(self, typed: str, e164: str) -> None:
        assert to_e164(typed) == e164
        assert to_e164(e164) == e164

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            "x",
            "mobile",
            "07911",
            "07911 1234567",
            "079111234567890123456789",
            # Landlines, services, pagers, other countries.
            "01785 123456",
            "020 7946 0123",
            "0345 113 5000",
            "0800 555 111",
            "101",
            "999",
            "07600 123456",
            "+1 212 555 0123",
            "+33 6 12 34 56 78",
            "+44 7700 901000x",
            "07911 12345O",
            "'; DROP TABLE",
            "<script>",
        ],
    )
    def test_of_any_other_kind_is_refused_with_a_sentence(self, typed: str) -> None:
        with pytest.raises(ValidationError) as refused:
            to_e164(typed)
        assert refused.value.messages == [SENTENCE]

    @settings(deadline=None)
    @given(st.text(max_size=30))
    def test_is_a_number_or_refused_whatever_is_typed(self, typed: str) -> None:
        try:
            e164 = to_e164(typed)
        except ValidationError:
            return
        assert e164.startswith("+447")
        assert len(e164) == 13


class TestTheField:
    def test_turns_what_was_typed_into_e164(self) -> None:
        field = MobileField()
        assert field.max_length == 20
        assert field.clean("07911 123456", None) == "+447911123456"

    def test_lets_nothing_be_nothing(self) -> None:
        assert MobileField().to_python("") == ""
        assert MobileField().to_python(None) is None
