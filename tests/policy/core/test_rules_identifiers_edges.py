"""Borders of plates, telephone numbers and passwords: what is just inside, what just outside."""

import pytest

from tests.policy.core.packs import excerpts

PERSONAL = "personal-identifiers"
SECRET = "credential-disclosure"


class TestAPlate:
    @pytest.mark.parametrize(
        ("text", "plate"),
        [
            pytest.param("AB12 CDE", "AB12 CDE", id="alone"),
            pytest.param("AB12 - CDE", None, id="too-far-apart"),
            pytest.param("AB12  CDE", "AB12  CDE", id="two-spaces"),
            pytest.param("AB00 CDE", None, id="no-such-age"),
            pytest.param("AB01 CDE", "AB01 CDE", id="the-first-age"),
            pytest.param("AB30 CDE", None, id="no-age-of-autumn"),
            pytest.param("AB50 CDE", None, id="none-between"),
            pytest.param("AB79 CDE", "AB79 CDE", id="the-last-age"),
            pytest.param("AB80 CDE", None, id="not-yet"),
            pytest.param("XAB12 CDE", None, id="a-letter-before"),
            pytest.param("AB12 CDEF", None, id="a-letter-after"),
            pytest.param("a car, B123 BCD, was left", "B123 BCD", id="a-prefix"),
            pytest.param("a car, A1234 bcd, was left", None, id="too-many-digits"),
            pytest.param("a car, DBC 123D, was left", "DBC 123D", id="a-suffix"),
            pytest.param("a car, DBC 1234D, was left", None, id="too-many-for-a-suffix"),
            pytest.param("a car, AIZ 1234, was left", "AIZ 1234", id="a-northern-one"),
            pytest.param("a car, AIZ 12345, was left", None, id="too-many-for-a-northern-one"),
            pytest.param("a car, index is: ab 1234", "ab 1234", id="called-one"),
            pytest.param("a car, index is: abcd 1234", None, id="no-such-letters"),
        ],
    )
    def test_is_seen_as_far_as_it_reaches(self, text: str, plate: str | None) -> None:
        assert excerpts(text, PERSONAL) == ([] if plate is None else [plate])


class TestATelephoneNumber:
    @pytest.mark.parametrize(
        "text",
        [
            "Our team on 07700 900123",
            "The wardens, on duty at 07700 900123",
            "PCSO Sample is on 07700 900123",
            "LPT mobile: 07700 900123",
            "07700 900123 (the station)",
            "07700 900123 to report it quietly to the police",
            "Appeals: 01632 960999",
            "Witnesses, 01632 960999",
        ],
    )
    def test_of_ours_may_be_given(self, text: str) -> None:
        assert excerpts(text, PERSONAL) == []

    @pytest.mark.parametrize(
        "text",
        [
            "Our team seeks him, 07700 900123",
            "Our team. 07700 900123",
            "Our team found her 07700 900123",
            "PC Sample wants him. 07700 900123",
            "07700 900123. The station is open",
            "07700 900123 to report it. The police know",
            "Bus 07700 900123",
            "01632 960999",
        ],
    )
    def test_of_somebody_else_may_not(self, text: str) -> None:
        assert len(excerpts(text, PERSONAL)) == 1


class TestAPassword:
    @pytest.mark.parametrize(
        "text",
        [
            "pass code: Blue47",
            "pass=Blue47x",
            "p/w: Blue47x",
            "pin number is 4821",
            "the door code 4821",
            "the door code 482",
            "PIN 482193",
            "our password Blue47x",
            "username: blue.lamp / password: Blue47x",
            "user = blue, and the pwd = Blue47x",
            "Log in with blue and Blue47x",
            "password for the team account is Blue47x",
        ],
    )
    def test_is_seen(self, text: str) -> None:
        assert excerpts(text, SECRET)

    @pytest.mark.parametrize(
        "text",
        [
            "the door code 48",
            "PIN 482",
            "PIN 4821937",
            "PIN 1000 followers",
            "bypass code: open to all",
            "Never say the password is Blue47x",
            "Is your password weak? If your password is 123456, change it",
            "A password is easy to guess",
            "Log in with care and attention",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert excerpts(text, SECRET) == []
