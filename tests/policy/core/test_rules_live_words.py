"""The words that tell of an incident that goes on, each where nothing else tells of one."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "live-incident"


class TestSomethingGrave:
    @pytest.mark.parametrize(
        "what",
        [
            *("a stabbing", "a shooting", "a robbery", "a burglary", "disorder", "a barricade"),
            *("an intruder", "an explosion", "a suspect", "a hostage", "a machete", "a firearm"),
            *("a protest", "demonstrators", "a blockade", "a pursuit", "a brawl", "a collision"),
            *("a crash", "an incident", "a fire", "a fight", "a siege", "a knife", "knives"),
            *("a gun", "shots", "a shot", "a bomb", "he is on the roof", "a warrant", "a raid"),
            *(
                "a cannabis farm",
                "a stolen van",
                "an RTA",
                "an RTC",
                "a crowd",
                "it failed to stop",
            ),
            *("armed", "they ran from us", "they run from us", "they made off", "he bailed out"),
            *("a stand-off", "a large group", "three males", "two lads", "several youths"),
            "a disturbance",
        ],
    )
    def test_is_what_officers_are_at_work_on(self, what: str) -> None:
        assert excerpts(f"Keep back, {what}", RULE) == ["Keep back"]
        assert not found(f"Come back, {what}", RULE)

    def test_may_begin_the_sentence(self) -> None:
        assert found("Shots: keep back", RULE)

    @pytest.mark.parametrize("what", ["a fire station", "a speed gun", "knife crime", "a bench"])
    def test_is_not_in(self, what: str) -> None:
        assert not found(f"Keep back, {what}", RULE)


class TestAnIncident:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Cops at the scene of a smash", "Cops at the scene"),
            ("Ambulance at the scene of it", "Ambulance at the scene"),
            (
                "Officers are outside the bank following a robbery",
                "Officers are outside the bank following a robbery",
            ),
            (
                "Emergency services are at a gas leak",
                "Emergency services are at a gas leak",
            ),
            ("We're rushing to a gas leak", "We're rushing to a gas leak"),
            ("A blue light run to Saltmere", "blue light run to"),
            ("Police responding to a gas leak", "Police responding to a gas leak"),
            ("Currently dealing with several sheep", "Currently dealing with several"),
            ("Now attending a gas leak", "Now attending a gas leak"),
            ("Just called to Mill Lane", "Just called to"),
            ("Currently at a gas leak", "Currently at a gas leak"),
            ("Gas leak in Saltmere right now", "Gas leak in Saltmere right now"),
            ("Right now a gas leak in Saltmere", "Right now a gas leak"),
            ("A theft in progress at the mill", "theft in progress"),
            ("Officers still at the river", "Officers still at the river"),
            ("Hold on while crews deal with a gas leak", "while crews deal with a gas leak"),
            ("Avoid Saltmere Bridge while crews work", "Avoid Saltmere Bridge while crews"),
            ("The mill is sealed off", "sealed off"),
            ("The residents have barricaded a door", "have barricaded"),
            ("He is barricaded in the flat", "He is barricaded"),
            (
                "A leak at the mill: please keep your windows shut",
                "leak at the mill: please keep your windows",
            ),
            ("On route to a gas leak", "On route to a gas leak"),
            ("Protesters have blocked a lane", "Protesters have blocked"),
            ("Police activity in Saltmere", "Police activity in"),
            ("NPAS are up", "NPAS are up"),
            ("We're pursuing a van", "We're pursuing"),
            (
                "Officers are in Saltmere looking for a driver",
                "Officers are in Saltmere looking for a driver",
            ),
            ("We are searching the woods", "are searching the woods"),
            ("The warrants are being carried out", "warrants are being carried"),
            ("The raid is now being carried out", "raid is now being carried"),
            ("The mill has been evacuated", "has been evacuated"),
            ("Crews are evacuating", "are evacuating"),
            ("Shoppers are being moved back", "Shoppers are being moved back"),
            ("The bus is late following a police incident", "following a police incident"),
            ("A man threatening staff with words", "man threatening staff"),
            ("Containment is on", "Containment is on"),
            ("The park has been taped off", "park has been taped off"),
            ("A bomb squad has been called", "bomb squad has been called"),
            ("EOD have been called", "EOD have been called"),
            ("You may hear a few sirens", "You may hear a few sirens"),
            ("Our helicopter has been launched", "Our helicopter has been launched"),
            ("Dogs are still searching", "Dogs are still searching"),
            ("Tea left cold, going to a job", "going to a job"),
            ("A call in Saltmere, on our way now", "call in Saltmere, on our way"),
            ("Several units searching", "Several units searching"),
            ("An emergency run to a stabbing", "emergency run to"),
            ("A crash. More info to follow.", "More info to follow"),
            ("A crash. Details will follow shortly.", "Details will follow shortly"),
            ("Going to put a door in", "Going to put a door in"),
            ("We're blocking the road", "We're blocking the road"),
            ("There's a cordon around the mill", "There's a cordon around"),
            ("We will remain in the square while it lasts", "We will remain in the"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "A man threatening staff was jailed",
            "Dogs are still looking for new homes",
            "A gas leak at the mill taught us to lock up",
            "The blue light run for charity is in May",
            "The mill was sealed off",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, RULE)

    @pytest.mark.parametrize(
        "event",
        [
            *("if you have no tickets", "on match day", "during the concert", "for the parade"),
            *("during the marathon", "while the carnival is on", "for the race"),
        ],
    )
    def test_is_none_where_people_come_to_see_something(self, event: str) -> None:
        assert not found(f"Avoid the town centre {event}", RULE)
        assert not found(f"Keep away from the town centre {event}", RULE)
        assert not found(f"Stay away from the town centre {event}", RULE)

    def test_is_one_though_it_is_said_to_whom(self) -> None:
        assert found("If you are in town, avoid the area", RULE)
        assert found("Anyone in town, keep away from the area", RULE)

    @pytest.mark.parametrize(
        "asked", ["call 999", "report it", "call us when it is safe", "ring if you see it"]
    )
    def test_is_none_where_people_are_told_what_to_do(self, asked: str) -> None:
        assert found("A theft in progress at the mill", RULE)
        assert not found(f"A theft in progress at the mill, {asked}", RULE)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Stabbing in Saltmere. More info when we know", "More info when we know"),
            ("Collision on the A34. More details when we have them", "More details when we have"),
            ("Fight going off now in Saltmere", "going off now"),
            ("Stabbing: officers now at Mill Lane", "now at Mill"),
        ],
    )
    def test_is_one_where_it_goes_on(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]
