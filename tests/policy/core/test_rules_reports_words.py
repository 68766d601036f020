"""Reports that are asked for, taken on and sent by message, each in a sentence."""

import pytest

from policy.core import Kind
from tests.policy.core.packs import DEMONSTRATION, checked, excerpts, found


def told(text: str) -> list[str]:
    findings = checked(text, DEMONSTRATION, Kind.REPLY).findings
    return [each.message for each in findings if each.rule == "crime-report-handling"]


class TestAReport:
    @pytest.mark.parametrize(
        "text",
        [
            "DM us any info about drug dealing",
            "Tell us on here about the burglary",
            "Reply below if you saw the thefts",
            "Report it via Facebook",
            "Reply to this tweet about speeding in your road",
            "Send us your pictures on here of a stolen bike",
            "Contact us on here about ASB",
            "Inform us on here about anti-social behaviour",
        ],
    )
    def test_is_not_to_be_asked_for(self, text: str) -> None:
        assert excerpts(text, "crime-report-handling") == [text]

    @pytest.mark.parametrize(
        "text",
        [
            "Never DM us details of a crime",
            "We cannot take reports by DM",
            "DM us what you think about the problem",
            "Message us for questions on crime",
            "DM us to join our crime survey",
            "Tell us on here your favourite crime novel",
            "Tell us on here about your best day",
        ],
    )
    def test_is_not_asked_for_in(self, text: str) -> None:
        assert not found(text, "crime-report-handling")

    @pytest.mark.parametrize("text", ["We'll pass this on", "I have passed it to the team"])
    def test_is_not_to_be_taken_on(self, text: str) -> None:
        assert told(text) == ["This takes a report on without a number to call."]

    @pytest.mark.parametrize("what", ["feedback", "compliments", "praise"])
    def test_is_none_where_people_are_kind(self, what: str) -> None:
        assert told(f"We'll pass the {what} on. We'll pass this on") == []


class TestAMessage:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Please DM us", "Please DM"),
            ("Send it by private message", "by private message"),
            ("Follow us so we can DM", "Follow us so we can DM"),
        ],
    )
    def test_is_not_secure(self, text: str, words: str) -> None:
        assert excerpts(text, "dm-sensitive") == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "We cannot read them. Please do not send it by direct message",
            "Never send it by direct message",
            "Scam: he asked to send it by private message",
        ],
    )
    def test_is_not_asked_for_in(self, text: str) -> None:
        assert not found(text, "dm-sensitive")
