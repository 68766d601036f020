"""The words in which teams say when they come, go and are few, as they are underlined."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "duty-times"


class TestDutyTimes:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Tell nobody: on & off duty", "on & off duty"),
            ("We patrol until midnight then home", "midnight then home"),
            ("Over to nights now", "Over to nights"),
            ("Over to lates now", "Over to lates"),
            ("Over to earlies now", "Over to earlies"),
            ("Sgt Hart is on leave until Monday", "Sgt Hart is on leave"),
            ("PC Hart is on holiday until Monday", "PC Hart is on holiday"),
            ("Team are off over Christmas", "Team are off over"),
            ("Logging off now until Monday", "Logging off now"),
            ("Quiet night. That's a wrap for tonight", "That's a wrap"),
            ("Quiet night. That's a wrap from the team", "That's a wrap from the team"),
            ("Knocking off early", "Knocking off early"),
            ("We're next on tomorrow", "We're next on tomorrow"),
            ("PC Hart is on from 2pm to 10pm", "PC Hart is on from 2pm to 10pm"),
            ("The twilight turn", "twilight turn"),
            ("One day off and back", "One day off"),
            ("Signing off for the night", "Signing off"),
            ("Signed off for the night", "Signed off"),
            ("He signs off at ten", "signs off"),
            ("The crew knock off at ten", "knock off"),
            ("They sign off now", "sign off"),
            ("Signed off.", "Signed off"),
            ("Signing off.", "Signing off"),
            ("He signs off.", "signs off"),
            ("Time to sign off.", "sign off"),
            ("They knock off.", "knock off"),
            ("That is us all off.", "That is us all off"),
            ("That's us all off.", "That's us all off"),
            ("Off now for three days", "Off now for three days"),
            ("Duty starts soon", "Duty starts"),
            ("We're back next week.", "We're back next week."),
            ("We're back tomorrow evening", "We're back tomorrow evening"),
            ("We're back on Monday morning with news", "We're back on Monday morning"),
            ("Back Tues at 7pm for all", "Back Tues at 7pm"),
            ("Back on Wednesday afternoon", "Back on Wednesday afternoon"),
            ("Team on from noon", "Team on from noon"),
            ("Team are off for the bank holiday", "Team are off for the bank"),
            ("We knock off at 10", "We knock off at 10"),
            ("We clock off at 10", "We clock off at 10"),
            ("We start at 2pm", "We start at 2pm"),
            ("We begin at 2pm", "We begin at 2pm"),
            ("That is us done", "That is us done"),
            ("That's us off", "That's us off"),
            ("Just one unit available", "Just one unit available"),
            ("The village has no cover tonight", "no cover tonight"),
            ("PC Hart's set of nights starts", "set of nights"),
            ("Into our nights", "Into our nights"),
            ("Our lates next week", "lates next"),
            ("We're working a twilight shift", "We're working a twilight shift"),
            ("The day shift are out and ready", "day shift are out and"),
            ("Middle of our busy shift", "Middle of our busy shift"),
            ("We love our shift", "our shift"),
            ("Now homeward home", "Now homeward home"),
            ("Heading home for tea", "Heading home"),
            ("Sgt Hart is working 2pm - 10pm", "Sgt Hart is working 2pm - 10pm"),
            ("Sgt Hart is on 2pm - 10pm", "Sgt Hart is on 2pm - 10pm"),
            ("Officers work 2pm - 10pm", "Officers work 2pm - 10pm"),
            ("Sgt Hart is working 2pm-10pm", "Sgt Hart is working 2pm-10pm"),
            ("Sgt Hart is working 2pm to 10pm", "Sgt Hart is working 2pm to 10pm"),
            ("Booking on for the night", "Booking on"),
            ("Now logging off at two", "Now logging off"),
            ("Signing out now", "Signing out"),
            ("Sgt Hart will be on long leave next week", "Sgt Hart will be on long leave"),
            ("We're away on holiday next week", "We're away on holiday"),
            ("Your PCSO is off until Monday", "Your PCSO is off"),
            ("Three long days off until Monday", "Three long days off"),
            ("Weekend off now", "Weekend off now"),
            ("We'll be back on Monday with cake", "We'll be back on Monday"),
            ("Back tomorrow at 7", "Back tomorrow"),
            ("Back from leave today", "Back from leave"),
            ("PC Hart is off duty until noon", "PC Hart is off duty"),
            ("Next on duty from noon", "Next on duty from"),
            ("Off duty at noon", "Off duty at noon"),
            ("PC Hart: on duty from noon", "on duty from noon"),
            ("Tea and then home.", "and then home"),
            ("Team B is on until midnight", "Team B is on until midnight"),
            ("PCSOs finish work at 10pm", "PCSOs finish work at 10pm"),
            ("We all finish tonight at noon", "We all finish tonight at noon"),
            ("Knocked off at ten", "Knocked off"),
            ("Good night all!", "Good night all"),
            ("Night all.", "Night all"),
            ("An early start tomorrow", "early start tomorrow"),
            ("Working till late", "Working till late"),
            ("Just the three cops on", "Just the three cops on"),
            ("Only two bobbies left", "Only two bobbies left"),
        ],
    )
    def test_are_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "Nurses on the night shift saved him",
            "The pub has a late shift",
            "The clocks go back tonight: day shift to night shift",
            "Apply now: the early shift suits bakers",
            "Great work by the night shift",
            "The night shift arrested two yesterday",
            "We begin at the beginning",
            "We clock off the wall",
            "Signs off the road",
            "The day off school",
        ],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, RULE)

    def test_are_seen_where_the_shift_is_ours_still(self) -> None:
        assert found("Great work: the night shift is on until 7", RULE)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Back on duty on Friday", "Back on duty"),
            ("Next on duty at 7am", "Next on duty"),
        ],
    )
    def test_are_underlined_where_somebody_comes_back(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]
