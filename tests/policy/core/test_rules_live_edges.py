"""Every way to tell of an incident that goes on, one at a time."""

import pytest

from tests.policy.core.packs import found

RULE = "live-incident"


class TestALiveIncident:
    @pytest.mark.parametrize(
        "text",
        [
            "Still doing scene guard",
            "Officers are now outside the bank after reports of a robbery",
            "Police are still at the school after a report of a fight",
            "We are rushing to another stabbing",
            "Racing to a burglary",
            "Going on blues and twos to Saltmere",
            "On blue lights to Saltmere",
            "Crews currently responding to a fire",
            "Currently dealing with several youths",
            "Officers dealing with an assault",
            "Units attending the crash",
            "They remain in attendance",
            "We're being called out to a fight",
            "Just had another call of a burglary",
            "A burglary as we speak",
            "Right now a robbery at the bank",
            "A fight happening now",
            "An ongoing situation",
            "We are still outside the house",
            "People are now blocking the square",
            "Avoid Saltmere town centre",
            "Avoid the High Street due to a fire",
            "Avoid the square because of an ongoing gathering",
            "Officers at an address",
            "The lane is sealed off",
            "Smoke over the mill: please keep your doors and windows closed",
            "A van has just failed to stop",
            "Raids planned for tomorrow",
            "A situation is unfolding",
            "There is a large cordon",
            "Lots of police around",
            "We continue to engage with the noisy protesters",
            "Negotiators are here",
            "Warrants are being executed",
            "A murder inquiry is under way",
            "A fight in the pub: please stay inside",
        ],
    )
    def test_is_seen(self, text: str) -> None:
        assert found(text, RULE)

    @pytest.mark.parametrize(
        "text",
        [
            "Putting up containment",
            "He is contained inside",
            "Avoid for now",
            "Avoid area",
            "A rescue is now taking place",
            "She is going to jump",
            "The school is in lockdown",
            "EOD team on their way",
            "A suspicious package is being checked",
            "A job just in",
            "One has just come in",
            "It just dropped in",
            "Calls coming in about Saltmere",
            "We are getting several reports of it",
            "Getting more calls about it",
            "All rolling now",
            "That's the police helicopter",
            "Police helicopter is deployed",
            "Chopper up overhead",
            "Drone is in the air",
            "There is no wider risk to the public",
            "He is holed up",
            "We have scene preservation",
            "Due to the nature of the call",
            "One in custody, two others outstanding",
            "It is still not safe",
            "Blues and sirens",
            "We are backing up our colleagues",
            "Requesting back-up",
            "Off out on another shout",
            "On our way to another job",
            "We are busy at the moment so please bear with us",
            "An active scene",
            "He is on the wrong side of the railings",
            "We are now with a young man in crisis",
            "Firefighters are cutting the driver free",
            "The driver is still trapped",
            "Two people trapped",
            "One detained, another to find",
            "Dogs on the way",
            "A call at the bank. On our way.",
            "Alarm at the bank, we're on our way",
            "The air ambulance is landing",
            "Air ambulance overhead",
            "A foot chase through Saltmere",
            "In a foot chase",
            "Got him cornered",
            "As I type",
            "ETA two minutes",
            "Right: on our way",
            "As we tweet",
            "It is a code zero",
            "Off to our first job",
            "He has just run off towards the park",
            "She is refusing to come down",
            "We have officers searching the woods after it",
            "Multiple units heading there",
            "Please give us some space to work",
            "About to put a door in",
            "Colleagues are working at the scene",
            "We have a cordon in Saltmere",
            "Cordons on Mill Lane at the moment",
            "Please don't come down",
            "The shop is being ransacked",
            "A rolling road block",
            "Keep your doors and windows closed, there is smoke",
            "Intruders in the mill",
            "Currently dealing.",
            "There is a police incident",
            "Do not go near",
        ],
    )
    def test_is_seen_by_its_signs(self, text: str) -> None:
        assert found(text, RULE)

    @pytest.mark.parametrize(
        "words",
        [
            "Our drones deployed",
            "Tied up at it",
            "Mobile to it",
            "ETA soon",
            "Officers inside",
            "Keep back",
            "Stay back",
            "Please steer clear",
            "Do not travel",
            "Don't travel",
            "Dont travel",
            "Making entry",
            "Just forced entry",
            "Minutes away",
            "Mins away",
            "Building evacuated",
            "Police surround it",
            "Closed in on it",
        ],
    )
    def test_is_seen_where_something_grave_is_in_the_same_sentence(self, words: str) -> None:
        assert found(f"{words}: a hostage", RULE)
        assert not found(words, RULE)
        assert not found(f"{words}. A hostage drama on the stage", RULE)
        assert not found(f"{words}: training with a hostage", RULE)

    @pytest.mark.parametrize(
        "promise",
        [
            "We'll keep you updated as it comes.",
            "Updates shortly.",
            "More news as we get it.",
            "Bear with us.",
        ],
    )
    def test_is_seen_where_more_is_promised_of_something_grave(self, promise: str) -> None:
        assert found(f"A crash. {promise}", RULE)
        assert not found(f"A parade. {promise}", RULE)
        assert not found(f"A crash yesterday. {promise}", RULE)

    @pytest.mark.parametrize(
        "end",
        [
            "All clear.",
            "This is resolved.",
            "The crews stood down.",
            "It concluded well.",
            "It has ended.",
            "It is finished now: it has finished.",
            "It is all over.",
            "The cordon was lifted.",
            "The car was removed.",
            "It was a false alarm.",
        ],
    )
    def test_may_be_told_when_it_is_over(self, end: str) -> None:
        assert found("On scene at a fire.", RULE)
        assert not found(f"On scene at a fire. {end}", RULE)
