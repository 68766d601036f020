"""Further kinds of wording, each beside what only looks like it."""

import pytest

from tests.policy.core.packs import WEST_MIDLANDS, checked


def rules_met(text: str) -> set[str]:
    return {finding.rule for finding in checked(text, WEST_MIDLANDS).findings}


_NAMES = {"name-offender", "name-private-person"}


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Abdul was arrested at his home",
            "K. Flint of Mill Lane was arrested",
            "Flint, D. was remanded",
            "Flint D jailed",
            "wanted: darren flint, 31",
            "O'Brien was remanded",
            'Darren "Daz" Flint got 3 years',
            "D a r r e n F l i n t arrested",
        ],
    )
    def test_are_found_however_they_are_written(self, text: str) -> None:
        assert rules_met(text) & _NAMES

    @pytest.mark.parametrize(
        "text",
        [
            "Ur of the Chaldees",
            "Oldermoor, A. was the first area",
            "A to Z of crime prevention",
            "grace period ends today",
            "We have got two years of good news",
        ],
    )
    def test_are_not_seen_in_other_words(self, text: str) -> None:
        assert not rules_met(text) & _NAMES


class TestPlaces:
    @pytest.mark.parametrize(
        "text",
        [
            "Drugs warrant at 5 Fern Court",
            "Orchard Way, a shed was broken into between 2am and 4am",
            "Police raid at a house on Manor Park",
            "Theft from a van, Bramble Rise",
            "car stolen from foxhollow drive",
            "Burglary at a flat in Alder Hill",
        ],
    )
    def test_are_exact_with_a_street_of_any_kind(self, text: str) -> None:
        assert "exact-location" in rules_met(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Robbery in Manor Park last night",
            "car stolen from his drive",
            "Two arrests at Foxhollow Hill",
            "One more burglar jailed. Way to go, team",
        ],
    )
    def test_are_not_exact_with_an_area(self, text: str) -> None:
        assert "exact-location" not in rules_met(text)


class TestPersonalDetails:
    @pytest.mark.parametrize(
        "text",
        [
            "mail bob [at] example [dot] com",
            "The stolen van's registration number A123 BCD",
            "He lives at 5 Mill Lane, Brackenford",
            "His address: 14 Fern Court, Oldermoor",
        ],
    )
    def test_are_found_however_they_are_given(self, text: str) -> None:
        assert "personal-identifiers" in rules_met(text)


class TestPasswords:
    @pytest.mark.parametrize(
        "text",
        [
            "wifi password at the hub: copper99",
            "our twitter pasword: Foxhollow7",
            "door code 4471 at the station",
            "Verification code 482913 for the account",
            "use 'truncheon' as the password",
            "Password=marlshire",
            "OTP is 553201",
        ],
    )
    def test_are_found_with_what_they_open(self, text: str) -> None:
        assert "credential-disclosure" in rules_met(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Never use 'password' as your password",
            "The one time code is 6 digits and never to be shared",
            "A good mix of letters makes a safe combination",
            "Password protection in the hub is a must",
        ],
    )
    def test_are_not_seen_in_advice(self, text: str) -> None:
        assert "credential-disclosure" not in rules_met(text)


class TestMarkings:
    @pytest.mark.parametrize(
        "text",
        [
            "PROTECT - personal",
            "law enforcement only",
            "RESTR1CTED",
            "Handling: confidential",
            "this document is classified as secret",
            "Not for public release",
        ],
    )
    def test_are_found_in_every_form(self, text: str) -> None:
        assert "protective-marking" in rules_met(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Handling: wear gloves",
            "The breed is classified as restricted in size",
            "PROTECT - your home",
        ],
    )
    def test_are_not_seen_in_ordinary_words(self, text: str) -> None:
        assert "protective-marking" not in rules_met(text)


class TestLinks:
    @pytest.mark.parametrize("text", ["see goo . gl/abc", "h t t p s : / / example . com"])
    def test_are_found_with_blanks_in_them(self, text: str) -> None:
        assert "external-link" in rules_met(text)

    @pytest.mark.parametrize(
        "text", ["Well done . Come along", "5 . 30 start", "H T T P stands for"]
    )
    def test_are_not_seen_where_a_sentence_ends(self, text: str) -> None:
        assert "external-link" not in rules_met(text)


class TestWording:
    @pytest.mark.parametrize(
        "text", ["M8 well done", "B4 you go out, lock up", "tell us cos its cold"]
    )
    def test_is_text_speak_at_the_start_of_a_sentence_too(self, text: str) -> None:
        assert "text-speak" in rules_met(text)

    @pytest.mark.parametrize(
        "text", ["M8 closed at J2", "B4 area patrol", "LOL surprise dolls stolen"]
    )
    def test_is_no_text_speak_on_a_road(self, text: str) -> None:
        assert "text-speak" not in rules_met(text)

    @pytest.mark.parametrize(
        "text", ["TWOC'd", "R.T.C. on the A34", "RTC's are up", "D&D", "MOE: window"]
    )
    def test_is_jargon_with_an_ending_or_stops(self, text: str) -> None:
        assert "jargon" in rules_met(text)

    @pytest.mark.parametrize("text", ["U.K. law", "It's on. A.M. only", "B&Q and M&S"])
    def test_is_no_jargon_in_other_abbreviations(self, text: str) -> None:
        assert "jargon" not in rules_met(text)


class TestFurtherForms:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("shane mcgrath nicked for theft", "name-offender"),
            ("María José García was charged", "name-offender"),
            ("The family home at 9 Fern Avenue", "personal-identifiers"),
            ("14yo girl at Saltmere High robbed", "juvenile-identified"),
            ("gate PIN is 4 8 2 1", "credential-disclosure"),
            ("credentials: oldermoor/Saltmere2", "credential-disclosure"),
            ("hunter2 is our password", "credential-disclosure"),
            ("Drug arrests in Pear Tree Court", "exact-location"),
            ("St Mary's Road robbery", "exact-location"),
            ("Fern Rd, Oldermoor: shed break", "exact-location"),
            ("OFFICIAL//SENSITIVE", "protective-marking"),
            ("Op Nightjar RESTRICTED", "protective-marking"),
            ("visit facebook . com / marlshire", "external-link"),
            ("Gd morning all", "text-speak"),
            ("MG11 taken", "jargon"),
        ],
    )
    def test_are_found(self, text: str, rule: str) -> None:
        assert rule in rules_met(text)

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("Gary Boothroyd, 9 years a special", "juvenile-identified"),
            ("Girl guides at St Mary's School", "juvenile-identified"),
            ("Jailed in Leeds Crown Court", "exact-location"),
            ("A Leeds Street Robbery team is out", "exact-location"),
            ("4 U shop raided", "text-speak"),
            ("the . com boom was big", "external-link"),
            ("It's an official, sensitive matter", "protective-marking"),
            ("Key safe fitted for 12 residents", "credential-disclosure"),
        ],
    )
    def test_are_told_from_what_looks_like_them(self, text: str, rule: str) -> None:
        assert rule not in rules_met(text)
