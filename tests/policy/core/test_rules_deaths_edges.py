"""Every way to tell of a death or a grave injury, one at a time."""

import pytest

from tests.policy.core.packs import found

RULE = "death-or-serious-injury"


class TestDeaths:
    @pytest.mark.parametrize(
        "text",
        [
            "We are sad to tell you of the death of a resident",
            "A dead man lay in the lane",
            "He was killed in a crash in Saltmere",
            "Our neighbour has sadly passed away",
            "Cyclist sadly dies near Kingsmarl",
            "One dies in hospital",
            "Her injuries are described as life-changing and grave",
            "We have lost a much loved colleague",
            "A fatal on the A12",
            "It was a double fatal",
            "He never regained consciousness",
            "A body was pulled from the canal",
            "Both are in a serious but stable condition",
            "The chef has severe burns",
            "Two perished at sea",
            "Murder in Saltmere: our detectives ask for your help",
            "He fell to his death",
            "Two dead after a gas leak",
            "Driver critical after the smash",
            "Her injuries are believed to be serious",
            "One person deceased",
            "Sadly nobody survived",
            "They did not survive",
            "He is on life support",
            "She remains in intensive care",
            "He is in an induced coma",
            "She could not be saved",
            "Medics were unable to save him",
            "Despite all the efforts we made to revive her",
            "Despite the best efforts of the paramedics",
            "He succumbed to his wounds",
            "He has been formally identified",
            "Formal ID has taken place",
            "Our condolences go to his family",
            "His condition is now thought to be critical",
            "He has lost his fight",
            "A pensioner fights for life",
            "The tragic loss of a mother",
            "A swimmer drowned",
            "He was stabbed to death",
            "He was beaten to death",
            "CPR was attempted",
            "There were no signs of life",
            "A post-mortem will be held",
            "A postmortem will be held",
            "The coroner has the file",
            "The crash left her paralysed",
            "His leg was amputated",
            "Two bodies were found",
            "A sudden death in the lane",
            "He is critically ill",
        ],
    )
    def test_are_seen(self, text: str) -> None:
        assert "a death or a serious injury" in found(text, RULE)[0].message

    @pytest.mark.parametrize(
        "text",
        [
            "He has taken his own life",
            "She has taken own life",
            "She ended her life",
            "He threw himself in front of a train",
            "A man was found hanged",
        ],
    )
    def test_by_ones_own_hand_are_told_apart(self, text: str) -> None:
        assert "suicide" in found(text, RULE)[0].message

    @pytest.mark.parametrize(
        "text",
        [
            "The matter has been referred to the IOPC",
            "An inquiry following recent police contact",
            "A man became ill after brief contact with officers",
            "She was hit by a marked police car",
            "A collision with a marked police vehicle",
        ],
    )
    def test_after_contact_with_the_police_are_told_apart(self, text: str) -> None:
        assert "contact with the police" in found(text, RULE)[0].message
