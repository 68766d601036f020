"""Every way to offer to take a report, or to cry for help, at its borders."""

import pytest

from tests.policy.core.packs import found

RULE = "crime-report-handling"


class TestAnOffer:
    @pytest.mark.parametrize(
        "text",
        [
            "Inbox us the full details",
            "Pop us a quick message with your car reg",
            "Our DMs are always open, tell us what's happening",
            "DM details of the vehicle",
            "If you need us just inbox us",
            "Reply to this tweet if you've seen it",
            "Comment below if you know",
            "We take crime reports on here",
            "I accept reports on Twitter",
            "Report any theft to us on here",
            "Log it straight on Twitter",
            "Tweet us to report",
            "PM us and we'll log it",
            "Message me if you wish to report",
            "Respond below with your exact location",
            "Comment back with details",
            "Let us know what happened on here",
            "Send us with the reference via Twitter",
            "Want to report it?  Just DM us",
            "Saw the crash? Comment on here",
            "Recognise her? Please contact us on Twitter",
            "Witnessed it? Reply in the comments",
            "DM us with anything if you saw it",
            "Contact us on Facebook about any information",
            "We've now logged this for you",
            "I'm raising a report from here",
            "We have just recorded your crime on the system",
            "We'll log it",
            "I can record a crime",
            "Crimes can be reported on Twitter",
            "We now take reports",
            "We can accept any crime reports",
        ],
    )
    def test_is_seen(self, text: str) -> None:
        assert found(text, RULE)

    @pytest.mark.parametrize(
        "text",
        [
            "Do not DM us the details",
            "Please don't DM us the details",
            "Never DM us the details",
            "You cannot DM us the details",
            "Admits details",
            "They need us at ten tomorrow for the fete. Later DM us",
            "Seen it? Please do not DM us",
            "Seen it? Never message us",
            "We can take reports of only the most serious crime",
            "We'll logbook it",
            "Crimes can be reported on Twitterati",
            "We now take reporters out",
            "Unseen film: comment on here",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, RULE)


class TestACryForHelp:
    @pytest.mark.parametrize(
        "text",
        [
            "I'm just being followed",
            "We have been burgled",
            "we got mugged",
            "help me quick",
            "help me he is at the door now",
            "help us please",
            "plz help",
            "please help me!",
            "someone's trying to get in",
            "two streets on, lads are currently fighting",
            "my bike was just nicked",
            "my house has been vandalised",
            "my son's just been robbed",
            "my neighbour keeps threatening me",
            "my ex is harassing us",
            "she just punched me",
            "there are some kids smashing windows",
        ],
    )
    def test_is_answered(self, text: str) -> None:
        assert found(f"@fernlea_demo {text}", RULE)

    @pytest.mark.parametrize(
        "text",
        [
            "we forgot mugged",
            "shelp us please",
            "we want to please help",
            "my carpet was stolen",
            "the punched metal",
            "tommy son's just been robbed",
        ],
    )
    def test_is_not_heard_in(self, text: str) -> None:
        assert not found(f"@fernlea_demo {text}", RULE)
