"""What leads to one person, however it is written, and what only looks like it."""

import pytest

from policy.core import Severity, override_rule
from tests.policy.core.packs import WEST_MIDLANDS, excerpts, found


class TestATelephoneNumber:
    @pytest.mark.parametrize(
        "text",
        [
            "Call him on 07700 900123",
            "text o7700 9oo 123",
            "ring +447700900123 for the keys",
            "0044 7700 900 123 is his mobile",
            "(07700) 900123",
            "07700-900-123",
            "07700.900.123",
            "0 7 7 0 0 9 0 0 1 2 3",
            "zero seven seven zero zero nine zero zero one two three",
            "oh double seven hundred nine hundred one two three",
            "His number is 07700/900123",
            "ring ０７７００９００１２３",
            "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
            "➐ call 07700 900 one two three",
            "07700900123!",
            "Mobile:07700900123",
            "tel.07700 900123",
            "whatsapp 7700900123",
            "07700 900123 10am",
            "ring Dave: 07700 900123",
            "suspect uses 07700900123, do you know it?",
            "her home number is 01632 960123",
            "Ring Mrs Sample on 01632 960123",
            "call the victim on 020 7946 0123",
            "his landline: (01632) 960 123",
            "+353 87 123 4567 is the sellers number",
            "Mob 07700900123 if you see him",
            "call 07700 900123 with info",
            "mobile number: 0770 0900123",
            "Contact Jane on 07700 900 123",
            "dm or text zero77 00 900 123",
            "07700 nine hundred 123",
            "PC Sample arrested a man whose number is 07700 900123",
            "Can anyone ID this number 07700 900 456? It was used in a scam",
            "Seen this man? Ring his sister Jane 07700 900123",
            "Please ring Marlene (mum) 07700900123",
            "Tel 07700 900123 ask for Dave",
            "07700 900123 ring anytime",
            "contact no. 07700900123",
            "+44 7700 900123",
            "+44(0)7700900123",
            "44 7700 900123 is the phone",
            "call 0n 07700 90O 123",
            "o77oo 9oo 123",
            "07 700 900 123",
            "0770 090 0123",
            "07700 9 0 0 1 2 3",
            "Number: zero seven seven zero zero, nine zero zero, one two three",
            "my mate's number 07700 900123",
            "the owner's phone is 01632 960 555",
            "ring the complainant on 01632960555",
            "Ring her at home, 01632 960555",
            "his mum's landline 01632 960555",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "personal-identifiers")


class TestAnEmailAddress:
    @pytest.mark.parametrize(
        "text",
        [
            "john.smith@gmail.com",
            "john.smith(at)gmail.com",
            "john.smith [at] gmail [dot] com",
            "john smith at hotmail dot co dot uk",
            "j.smith @ yahoo.co.uk",
            "js1990@btinternet.com was hacked",
            "email jane_doe at outlook.com",
            "jane.doe＠gmail．com",
            "contact the victim: a.b@live.co.uk",
            "the suspect emailed from dodgy99@icloud.com",
            "dave1985@gmail.com",
            "dave_1985 at gmail dot com",
            "d a v e @ gmail.com",
            "email: dave(dot)smith(at)gmail(dot)com",
            "DAVE.SMITH@GMAIL.COM",
            "contact ann.sample@hotmail.co.uk or 101",
            "his email was ann [at] yahoo [dot] com",
            "dave@me.com",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "personal-identifiers")


class TestAHome:
    @pytest.mark.parametrize(
        "text",
        [
            "victim lives at ST16 3AA",
            "his home address is st16 3aa",
            "burglary at ST16 3AA",
            "She lives in ST163AA",
            "Ann Sample, 37, of Mill Lane, Oldermoor",
            "Missing: he suffers from dementia",
            "She has Alzheimer's and may be confused",
            "Mr Sample of B4 7AB was the victim",
            "burglary victim's address: b4 7ab",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "personal-identifiers")


class TestANumberOnPapers:
    @pytest.mark.parametrize(
        "text",
        [
            "NINO QQ 12 34 56 C",
            "ni number ab123456c",
            "National Insurance: AB-12-34-56-C",
            "NI no. AB 123456 C",
            "NHS number: 9434765919",
            "nhs no: 943-476-5919",
            "patient 943 476 5919",
            "DOB 01/02/1990",
            "dob: 1.2.90",
            "date of birth 1 February 1990",
            "Born 1st February 1990, he is known to us",
            "D O B 01-02-1990",
            "d.o.b. Feb 1, 1990",
            "DOB 1990-02-01",
            "passport number 123456789",
            "Passport no: 123 456 789",
            "lost passport 509876543",
            "driving licence SMITH701010JJ9AA",
            "licence no. SMITH 701010 JJ9AA",
            "His collar number is 4321",
            "PNC ID 99/123456X",
            "CRO number 12345/99A",
            "NI: QQ123456C",
            "Ni Number QQ 123456 C",
            "NATIONAL INSURANCE NO QQ123456C",
            "nino: q q 1 2 3 4 5 6 c",
            "NHS Number is 943 476 5919",
            "Her DOB is 3/4/1985",
            "his date of birth: 03.04.85",
            "D.O.B. 3 April 1985",
            "born 03/04/1985 in Saltmere",
            "dob 3rd of April 1985",
            "DOB - 3 Apr 85",
            "Date of Birth = 1985/04/03",
            "passport GBR 123456789",
            "Passport No. 123456789 found",
            "found a driving license: SAMPL 853045 A99AB",
            "Driver number SAMPL853045A99AB",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "personal-identifiers")


class TestMoney:
    @pytest.mark.parametrize(
        "text",
        [
            "sort code 20-00-00 account 55779911",
            "Sort code: 200000",
            "acc no 55779911",
            "account number 5577 9911",
            "card 4111111111111111",
            "4111-1111-1111-1111",
            "Amex 3782 822463 10005",
            "mastercard 5555 5555 5555 4444",
            "IBAN GB29 NWBK 6016 1331 9268 19",
            "GB29NWBK60161331926819",
            "CVV 123",
            "s/c 20-00-00 acc 12345678",
            "sort code 20 00 00, account number 12345678",
            "bank details: 20-00-00 12345678",
            "a/c 12345678 sort 200000",
            "visa 4242 4242 4242 4242",
            "card no 4242424242424242 exp 01/25",
            "the card ending? no, 4000 0566 5566 5556",
            "iban: de89 3704 0044 0532 0130 00",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "personal-identifiers")


class TestHowMuchItWeighs:
    @pytest.mark.parametrize(
        ("text", "weight"),
        [
            ("Driver was in AB12 CDE", Severity.BLOCK),
            ("Have you seen AB12 CDE? It was stolen last night", Severity.NEEDS_REASON),
            ("Ring Dave on 07700 900123", Severity.BLOCK),
            ("01632 960123 is what he gave", Severity.NEEDS_REASON),
            ("Write to dave@tools.example.com", Severity.NEEDS_REASON),
            ("Write to dave@gmail.com", Severity.BLOCK),
            ("He suffers from dementia", Severity.NEEDS_REASON),
            ("Ann Sample, 37, of Mill Lane", Severity.NEEDS_REASON),
        ],
    )
    def test_follows_how_certain_it_is(self, text: str, weight: Severity) -> None:
        assert [finding.severity for finding in found(text, "personal-identifiers")] == [weight]

    def test_may_be_passed_over_with_a_reason(self) -> None:
        (finding,) = found("Driver was in AB12 CDE", "personal-identifiers")
        assert finding.overridable_by == "policy.override_block"


class TestANumberOfTheForces:
    def test_may_be_listed_in_the_pack(self) -> None:
        text = "Ring 07700 900123 or +44 7700 900123"
        assert found(text, "personal-identifiers")
        own = override_rule(WEST_MIDLANDS, "personal-identifiers", own_numbers=("07700 900 123",))
        assert not found(text, "personal-identifiers", own)

    @pytest.mark.parametrize(
        "text", ["07700900123/07700900456", "Dave/07700900123", "#07700900123"]
    )
    def test_is_none_for_standing_beside_a_slash(self, text: str) -> None:
        assert found(text, "personal-identifiers")


class TestAFinding:
    @pytest.mark.parametrize(
        ("text", "excerpt"),
        [
            ("Ring +44 (0)7700 900123 now", "+44 (0)7700 900123"),
            ("Ring \u200b07700 9\u200b00123 now", "07700 9\u200b00123"),
            (
                "oh double seven hundred nine hundred one two three it is",
                "oh double seven hundred nine hundred one two three",
            ),
            ("Lives at \uff33\uff34\uff11\uff16 3AA now", "\uff33\uff34\uff11\uff16 3AA"),
            ("NHS no 943 476 5919 found", "943 476 5919"),
            ("Driver in AB12 CDE, no insurance", "AB12 CDE"),
        ],
    )
    def test_points_into_the_raw_text(self, text: str, excerpt: str) -> None:
        assert excerpts(text, "personal-identifiers") == [excerpt]

    def test_offers_the_forces_own_number_for_a_mobile(self) -> None:
        (finding,) = found("Ring Dave on 07700 900123", "personal-identifiers", WEST_MIDLANDS)
        assert finding.replacements == ("0345 113 5000",)

    def test_is_made_once_for_each_place(self) -> None:
        text = "His card 4111 1111 1111 1111 and his mobile 07700 900123"
        assert excerpts(text, "personal-identifiers") == ["4111 1111 1111 1111", "07700 900123"]


class TestACheckDigit:
    def test_tells_an_nhs_number_from_another(self) -> None:
        assert found("943 476 5919", "personal-identifiers")
        assert not found("943 476 5918", "personal-identifiers")

    def test_tells_a_card_from_another_number(self) -> None:
        assert found("4111 1111 1111 1111", "personal-identifiers")
        assert not found("4111 1111 1111 1112", "personal-identifiers")

    def test_tells_an_iban_from_another_number(self) -> None:
        assert found("GB29 NWBK 6016 1331 9268 19", "personal-identifiers")
        assert not found("GB28 NWBK 6016 1331 9268 19", "personal-identifiers")
