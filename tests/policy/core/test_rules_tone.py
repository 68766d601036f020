"""Jokes, opinions, rumours, arguments and what else costs trust."""

import pytest

from policy.core import Context, Kind, Post, Severity, check, override_rule
from tests.policy.core.packs import DEMONSTRATION, NOTHING, WITH_LISTS, excerpts, found


class TestJokes:
    @pytest.mark.parametrize(
        "text",
        [
            "Haha, he forgot where he parked",
            "He forgot his trousers 🤣",
            "Top tip: switch your lights on when you pass us. Genius!",
            "Definitely not his best idea",
            "He wasn't the brightest burglar: not the sharpest tool",
            "Oops!",
            "One free ride in our van",
            "Locked out of your own getaway car #epicfail",
            "Pawsome work by our dog",
        ],
    )
    def test_are_found(self, text: str) -> None:
        assert found(text, "joke")

    @pytest.mark.parametrize(
        "text",
        [
            "Thank you to all who knew him and came forward",
            "It is never a sensible idea to drink and drive",
            "Not a good idea: a key under the mat",
            "This is no joke: scams cost people their savings",
            "Wally Brook is closed to cars",
            "Hahn Street is closed",
            "Our best idea yet: coffee on Friday",
        ],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, "joke")

    def test_may_be_told_in_the_forces_own_words(self) -> None:
        pack = override_rule(DEMONSTRATION, "joke", words=("silly season",))
        assert excerpts("It is the Silly Season again", "joke", pack) == ["Silly Season"]


class TestOpinions:
    @pytest.mark.parametrize(
        "text",
        [
            "This government is failing victims",
            "The CPS got it wrong again",
            "The judge got this one wrong",
            "Personally, I think the law is too soft",
            "The Tories have no idea",
            "Labour will win in Kingsmarl",
            "Sack the home secretary",
            "These idiots were racing on the A34",
            "Four more #scumbags off the streets",
            "Good riddance",
        ],
    )
    def test_are_found(self, text: str) -> None:
        assert found(text, "opinion-politics")

    @pytest.mark.parametrize(
        "text",
        [
            "The government has announced new rules for e-scooters",
            "The judge said that he was lying to the jury",
            "She went into labour in our car: mother and baby are well",
            "Right-wing extremism: see the signs and report them",
            "The left wing mirror was broken off",
            "The council and the fire service joined our meeting",
            "The Prime Minister visits Saltmere on Friday: expect delays",
            "A family woke to find burglars in the kitchen",
            "An idiot-proof guide to bike locks",
            "A man was fined for calling an officer scum",
            "Please do not blame yourself if you were scammed",
        ],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, "opinion-politics")


class TestEmotiveSubjects:
    def test_may_be_added_to(self) -> None:
        pack = override_rule(DEMONSTRATION, "emotive-subject", words=("the bypass",))
        assert excerpts("What about The Bypass?", "emotive-subject", pack) == ["The Bypass"]


class TestRumours:
    @pytest.mark.parametrize(
        "text",
        [
            "Hearing there has been a shooting in Saltmere",
            "There's talk of a new gang in town",
            "Not confirmed, but it may be arson",
            "Word is that the shop will close",
        ],
    )
    def test_ask_for_a_reason(self, text: str) -> None:
        assert {finding.severity for finding in found(text, "rumour")} == {Severity.NEEDS_REASON}

    @pytest.mark.parametrize(
        "text",
        [
            "We are aware of rumours about the school. They are not true.",
            "Please don't spread rumours about the crash",
            "Please avoid speculation while we investigate",
        ],
    )
    def test_only_advise_where_they_are_denied(self, text: str) -> None:
        assert {finding.severity for finding in found(text, "rumour")} == {Severity.ADVISE}

    @pytest.mark.parametrize(
        "text",
        [
            "A man was allegedly assaulted in Foxhollow",
            "We had reports of a fire and it is out",
            "I've heard your concerns about parking and we will act",
            "It sounds like a good day for a ride: bike marking at ten",
        ],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, "rumour")


class TestArguments:
    def test_begin_where_the_pack_says(self) -> None:
        pack = override_rule(DEMONSTRATION, "argument", turns=4)
        post = Post("@fernlea_demo Thank you.", kind=Kind.REPLY)
        for turns, count in ((3, 0), (4, 1)):
            report = check(post, Context(reply_turns=turns), pack)
            assert len([f for f in report.findings if f.rule == "argument"]) == count


class TestOperations:
    @pytest.mark.parametrize(
        "text",
        ["Operation Nightjar goes on", "Op nightjar", "#OpNightjar", "#Operation_Nightjar"],
    )
    def test_are_known_by_the_packs_names(self, text: str) -> None:
        (finding,) = found(text, "operational-harm", WITH_LISTS)
        assert finding.severity is Severity.NEEDS_REASON

    @pytest.mark.parametrize("text", ["A nightjar sings in Foxhollow wood", "#OpJemima #Nightjars"])
    def test_are_nothing_else(self, text: str) -> None:
        assert not found(text, "operational-harm", WITH_LISTS)

    @pytest.mark.parametrize(
        "text",
        [
            "Drugs warrant in Saltmere tonight",
            "Early start tomorrow, warrants to execute",
            "The team will be executing warrants this week",
        ],
    )
    def test_are_told_before_they_happen(self, text: str) -> None:
        assert found(text, "operational-harm")

    @pytest.mark.parametrize(
        "text",
        [
            "A warrant was executed in Saltmere tonight",
            "There is a warrant out for his arrest",
            "Rail strikes are planned for Friday",
            "The search for a missing walker goes on tomorrow",
        ],
    )
    def test_are_not_told_by(self, text: str) -> None:
        assert not found(text, "operational-harm")

    def test_only_advise_on_how_you_work(self) -> None:
        (finding,) = found("Our undercover officers were there", "operational-harm")
        assert finding.severity is Severity.ADVISE


class TestWhatElseCostsTrust:
    @pytest.mark.parametrize(
        ("rule", "text", "words"),
        [
            ("graphic-sensational", "He was hacked to death", ["hacked to death"]),
            ("libel", "That con-man again", ["con-man"]),
            ("copyright", "This cartoon I found on Google", ["cartoon I found on Google"]),
            ("reputation", "Feeling p*ssed off. Whatever.", ["p*ssed", "Whatever"]),
            ("reputation", "Whatever you do, lock up", []),
            ("graphic-sensational", "It took guts to speak", []),
        ],
    )
    def test_is_pointed_at(self, rule: str, text: str, words: list[str]) -> None:
        assert excerpts(text, rule) == words

    def test_is_found_in_what_is_passed_on_too(self) -> None:
        post = Post("", kind=Kind.RETWEET, source_text="What a muppet 😂")
        findings = check(post, NOTHING, DEMONSTRATION).findings
        assert {(f.rule, f.where) for f in findings} == {("joke", "source")}
