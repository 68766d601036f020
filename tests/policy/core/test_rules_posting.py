"""Reports of crime, repeats, pictures, sources, links, meetings, tags and emoji."""

from datetime import UTC, datetime, timedelta

import pytest

from policy.core import Context, Earlier, Finding, Kind, Post, Severity, check, override_rule
from policy.core.types import Where
from tests.policy.core.packs import (
    DEMONSTRATION,
    NOTHING,
    WEST_MIDLANDS,
    WITH_LISTS,
    excerpts,
    found,
)


def of(rule: str, post: Post, context: Context = NOTHING) -> list[Finding]:
    return [f for f in check(post, context, WITH_LISTS).findings if f.rule == rule]


class TestAReportOfCrime:
    @pytest.mark.parametrize(
        "text",
        [
            "Seen anything? DM us",
            "Message us on here with any information",
            "Want to report a crime? Drop us a tweet",
            "Tweet us if you see anything suspicious",
            "Please provide details of the incident by DM",
            "You can report crime to us on Twitter",
            "@fernlea_demo Thanks, I'll pass this on to the team",
            "@fernlea_demo We'll get an officer round",
            "@fernlea_demo Where did this happen?",
            "@fernlea_demo Can you give me more details?",
            "@fernlea_demo someone is trying to break into my house",
            "@fernlea_demo my car has been stolen",
            "@fernlea_demo I want to report a burglary",
            "@fernlea_demo pls send police",
        ],
    )
    def test_is_not_taken_here(self, text: str) -> None:
        (finding,) = found(text, "crime-report-handling")
        assert finding.severity is Severity.NEEDS_REASON

    @pytest.mark.parametrize(
        "text",
        [
            "@fernlea_demo my car has been stolen. Please call 101",
            "@fernlea_demo Someone is breaking in? Call 999 now!",
            "@fernlea_demo Sorry to hear it was stolen: https://www.police.uk/pu/contact-us/",
            "@fernlea_demo We can't take reports on Twitter: please use our website",
            "@fernlea_demo please help us share this",
            "Please help us. Did you see the crash?",
            "My car was stolen last year, says a victim. Mark your property.",
            "Report it here https://marlshire.example.org/report",
            "We have recorded a rise in thefts from sheds",
            "Send us your ideas for the summer",
            "Comment below with your questions for the inspector",
            "Got a suspicious message? Forward it to 7726.",
        ],
    )
    def test_may_be_talked_about(self, text: str) -> None:
        assert not found(text, "crime-report-handling")

    def test_is_referred_with_one_tap(self) -> None:
        text = "@fernlea_demo Hello! my bike was nicked last night. Thanks"
        (finding,) = found(text, "crime-report-handling", WEST_MIDLANDS)
        assert finding.excerpt == "my bike was nicked last night."
        (answer,) = finding.replacements
        assert "0345 113 5000" in answer
        assert WEST_MIDLANDS.reporting.page in answer
        put = text[: finding.start] + answer + text[finding.end :]
        assert not found(put, "crime-report-handling", WEST_MIDLANDS)

    def test_knows_the_number_of_the_force(self) -> None:
        text = "@fernlea_demo Sorry to hear you were robbed. Call 0345 1135000."
        assert not found(text, "crime-report-handling", WEST_MIDLANDS)
        assert found(text, "crime-report-handling", DEMONSTRATION)

    def test_is_seen_in_the_tweet_that_is_quoted(self) -> None:
        post = Post("Thank you", kind=Kind.QUOTE, source_text="I am being followed please help")
        (finding,) = of("crime-report-handling", post)
        assert (finding.where, finding.replacements) == (Where.SOURCE, ())


class TestDirectMessages:
    @pytest.mark.parametrize("text", ["DM us", "Can you follow and DM?", "Drop me a message"])
    def test_are_asked_for(self, text: str) -> None:
        assert found(text, "dm-sensitive")

    @pytest.mark.parametrize(
        "text", ["We never read DMs", "A message of thanks", "Scam: a message from your bank"]
    )
    def test_are_not_asked_for(self, text: str) -> None:
        assert not found(text, "dm-sensitive")


class TestTheSameWordsAgain:
    NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)

    def severity(self, kind: Kind, now: datetime | None, **since: int) -> list[Severity]:
        earlier = Earlier("Lock your  shed!", self.NOW - timedelta(**since))
        post = Post("lock your shed", kind=kind)
        return [
            f.severity for f in of("duplicate-text", post, Context(now=now, earlier=(earlier,)))
        ]

    def test_block_within_a_day(self) -> None:
        assert self.severity(Kind.ORIGINAL, self.NOW, hours=24) == [Severity.BLOCK]

    def test_advise_later(self) -> None:
        assert self.severity(Kind.ORIGINAL, self.NOW, hours=24, seconds=1) == [Severity.ADVISE]

    def test_advise_where_nobody_knows_the_time(self) -> None:
        assert self.severity(Kind.ORIGINAL, None, hours=1) == [Severity.ADVISE]

    def test_advise_in_a_reply(self) -> None:
        assert self.severity(Kind.REPLY, self.NOW, hours=1) == [Severity.ADVISE]

    def test_are_those_of_the_nearest_tweet(self) -> None:
        earlier = tuple(
            Earlier("Lock your shed", self.NOW + timedelta(hours=hours)) for hours in (-90, 5, -40)
        )
        post = Post("Lock your shed")
        (finding,) = of("duplicate-text", post, Context(now=self.NOW, earlier=earlier))
        assert finding.message == "The same words go out on 5 March at 17:00."

    def test_are_not_the_same_with_another_link(self) -> None:
        earlier = (Earlier("News: https://marlshire.example.org/1", self.NOW),)
        post = Post("News: https://marlshire.example.org/2")
        assert not of("duplicate-text", post, Context(now=self.NOW, earlier=earlier))


class TestAPicture:
    def test_names_what_is_open(self) -> None:
        attested = frozenset(
            ("picture-release", "picture-no-child", "picture-not-evidence", "picture-no-suspect")
        )
        post = Post("Look", pictures=1, alt_texts=("A van",))
        (finding,) = of("media-attestation-missing", post, Context(attested=attested))
        assert finding.message == (
            "You have not said yet that no address can be made out and it is ours to use."
        )

    def test_needs_a_description_each(self) -> None:
        post = Post("Look", pictures=3, alt_texts=("A van", ""))
        (finding,) = of("alt-text-missing", post)
        assert finding.message == "2 pictures have no description."
        assert not finding.overridable_by


class TestWeather:
    @pytest.mark.parametrize(
        "text",
        [
            "Amber warning of snow and ice tomorrow",
            "Severe weather warning in place",
            "Heavy rain warnings for Saltmere",
        ],
    )
    def test_needs_its_source(self, text: str) -> None:
        assert [f.severity for f in found(text, "weather-source")] == [Severity.NEEDS_REASON]

    @pytest.mark.parametrize(
        "text",
        [
            "A red warning triangle was left on Mill Lane",
            "Flood warnings: move your car",
            "A warning to all drivers: ice on Mill Lane",
            "Snow warning, see metoffice.gov.uk",
        ],
    )
    def test_needs_none_in(self, text: str) -> None:
        assert not found(text, "weather-source")

    def test_is_half_sourced_by_name(self) -> None:
        (finding,) = found("Wind warning from the Met Office", "weather-source")
        assert (finding.severity, finding.replacements) == (Severity.ADVISE, ("@metoffice",))

    def test_may_be_passed_on_from_the_met_office(self) -> None:
        post = Post("Wind warning!", kind=Kind.QUOTE, source_account="MetOffice")
        assert not of("weather-source", post)


class TestALinkBack:
    TEAM = Context(team_page="https://marlshire.example.org/oldermoor")

    def test_is_put_before_the_tags(self) -> None:
        post = Post("Surgery on Friday. #Oldermoor #Meet", category="meeting")
        (finding,) = of("link-back", post, self.TEAM)
        end = len("Surgery on Friday.")
        assert (finding.start, finding.end, finding.excerpt) == (end, end, "")
        assert finding.replacements == (" https://marlshire.example.org/oldermoor",)

    @pytest.mark.parametrize("text", ["", "#Oldermoor"])
    def test_is_added_to_the_last_thing_there_is(self, text: str) -> None:
        findings = of("link-back", Post(text, category="meeting"), self.TEAM)
        assert [f.start for f in findings] == ([len(text)] if text else [])

    @pytest.mark.parametrize("text", ["#A #B #C", "#A #B #C \n"])
    def test_goes_behind_the_first_of_nothing_but_tags(self, text: str) -> None:
        (finding,) = of("link-back", Post(text, category="meeting"), self.TEAM)
        assert finding.start == len("#A")

    def test_goes_behind_a_tag_with_a_stop(self) -> None:
        (finding,) = of(
            "link-back", Post("See you #there. #Oldermoor", category="meeting"), self.TEAM
        )
        assert finding.start == len("See you #there.")

    def test_is_not_asked_for_without_a_page(self) -> None:
        assert not of("link-back", Post("Surgery on Friday.", category="meeting"))


class TestAMeeting:
    @pytest.mark.parametrize(
        ("text", "missing"),
        [
            ("Come to our surgery", "the day and the time and the place"),
            ("Surgery on Friday at the library", "the time"),
            ("Meet us at 6pm, Oldermoor Library", "the day"),
            ("Join us on 3 May from 10am to noon", "the place"),
        ],
    )
    def test_says_what_people_need(self, text: str, missing: str) -> None:
        (finding,) = of("meeting-details", Post(text, category="meeting"))
        assert finding.message == f"People cannot tell {missing} of the meeting."

    @pytest.mark.parametrize(
        "text",
        [
            "Thank you to all who came to our meeting",
            "Our meeting is cancelled",
            "Surgery every Tuesday, 18:30, in Saltmere",
        ],
    )
    def test_is_well_told_in(self, text: str) -> None:
        assert not of("meeting-details", Post(text, category="meeting"))

    def test_is_only_looked_at_in_its_category(self) -> None:
        assert not of("meeting-details", Post("Come to our surgery"))


class TestTags:
    def test_are_unknown_only_where_there_is_a_list(self) -> None:
        assert not found("#Elsewhere", "hashtag-unknown", DEMONSTRATION)
        assert excerpts("#Elsewhere #OLDERMOOR", "hashtag-unknown", WITH_LISTS) == ["#Elsewhere"]

    def test_are_as_long_as_the_pack_allows(self) -> None:
        pack = override_rule(DEMONSTRATION, "hashtag-long", max=5)
        assert excerpts("#Short #Longer", "hashtag-long", pack) == ["#Longer"]

    @pytest.mark.parametrize(
        ("tag", "spelling"),
        [
            ("#meetyourteam", "#MeetYourTeam"),
            ("#staysafe", "#StaySafe"),
            ("#Hatecrimeawareness", "#HateCrimeAwareness"),
            ("#lockitorloseit", "#LockItOrLoseIt"),
        ],
    )
    def test_get_their_capitals_with_one_tap(self, tag: str, spelling: str) -> None:
        (finding,) = found(tag, "hashtag-case", WITH_LISTS)
        assert finding.replacements == (spelling,)

    @pytest.mark.parametrize(
        "tag", ["#oldermoor", "#police", "#MeetYourTeam", "#STAYSAFE", "#xyzzyteam", "#nowhere"]
    )
    def test_stay_as_they_are(self, tag: str) -> None:
        assert not found(tag, "hashtag-case", WITH_LISTS)


class TestEmoji:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Well done 👏👏👏", []),
            ("Well done 👏👏👏👏", ["👏"]),
            ("Our 🚲 patrol is out", ["🚲"]),
            ("Out now 🚲 See you there", []),
            ("© 2026 the team ™ goes on", []),
            ("🇬🇧 flags are out", []),
        ],
    )
    def test_are_few_and_last(self, text: str, words: list[str]) -> None:
        assert excerpts(text, "emoji-few-and-last") == words


class TestStyledLetters:
    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("𝗠𝗲𝗲𝘁 𝘂𝘀 on Friday", "Meet us"),
            ("ＬＯＣＫ it", "LOCK"),
            ("Ⓛⓞⓒⓚ it", "Lock"),
            ("🅻🅾🅲🅺 it", "LOCK"),
            ("ʟᴏᴄᴋ it", "LOCK"),
            ("𝒮𝓉𝒶𝓎 ℂ𝕒𝕝𝕞", "Stay Calm"),
        ],
    )
    def test_are_put_right_with_one_tap(self, text: str, plain: str) -> None:
        (finding,) = found(text, "styled-letters")
        assert finding.severity is Severity.BLOCK
        (put,) = finding.replacements
        assert put.casefold() == plain.casefold()

    @pytest.mark.parametrize(
        "text",
        ["Parking 🅿 here, 🆘 there", "The 19ᵗʰ", "x² ½ № ™ ℹ", "ⓘ", "ＡＢＣ 警察", "Tŷ a gŵr"],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, "styled-letters")
