"""Every way to speak of guilt, of a record and of evidence while a case is open."""

import pytest

from policy.core import CaseFacts, CaseStage, Context, Post, check
from tests.policy.core.packs import DEMONSTRATION, found


def said_of_a_case(text: str) -> str:
    """What the law's rule says first about a text on somebody who was arrested."""
    post = Post(text, case=CaseFacts(stage=CaseStage.ARRESTED))
    findings = check(post, Context(), DEMONSTRATION).findings
    return next((each.message for each in findings if each.rule == "case-stage"), "")


class TestARecord:
    @pytest.mark.parametrize(
        "text",
        [
            "He has an offending history",
            "He has a criminal past",
            "She is always in trouble with us",
            "Both were previously jailed for the same",
            "There is a string of convictions",
            "He has precons",
            "He has pre-cons",
            "She has a lengthy record",
            "His record as long as your arm",
            "There is a history of violence",
            "A serial poacher",
            "A habitual drink driver",
            "A notorious family",
            "One of our regulars",
            "A frequent flyer",
            "He is no stranger to custody",
            "She is up to her old tricks",
            "Back to his old ways",
            "Just released from prison",
            "He was on licence",
            "Evidence of bad character",
            "They are known gang members",
        ],
    )
    def test_is_not_told_of_an_open_case(self, text: str) -> None:
        assert said_of_a_case(text) == "This tells what somebody has done before."


class TestGuilt:
    @pytest.mark.parametrize(
        "text",
        [
            "We have stopped those vandals",
            "One more offender is now in the cells",
            "Our dog caught both muggers",
            "Collared two hooligans",
            "Captured three scammers",
            "Apprehended some crooks",
            "Nicked a mugger",
            "Detained both robbers",
            "He was red-handed",
            "We have him bang to rights",
            "The people behind this",
            "He did it",
            "They committed several",
            "We got our man",
            "Got him",
            "Justice has been served",
            "One less thief",
            "Two fewer thieves",
        ],
    )
    def test_is_for_the_court_to_say(self, text: str) -> None:
        assert said_of_a_case(text).startswith("This says that somebody did it")


class TestEvidence:
    @pytest.mark.parametrize(
        "text",
        [
            "Forensics link him",
            "She was caught in the shop on dashcam",
            "The footage clearly shows the theft",
            "He made a full admission",
            "It was a no-comment interview",
            "The murder weapon",
            "Overwhelming evidence",
            "He was picked out in a line-up",
            "There was an identification parade",
            "She was identified by a witness",
            "He told us where the bike was",
            "Cell-site work puts him there",
            "Blood found on the coat",
        ],
    )
    def test_is_for_the_court_to_hear(self, text: str) -> None:
        assert said_of_a_case(text) == "This tells what the evidence is."


class TestACaseByItsWords:
    @pytest.mark.parametrize(
        "beside",
        [
            "He was remanded into custody.",
            "He was held on suspicion of theft.",
            "He is in court today.",
            "We detained a man.",
            "He was caught in the act.",
            "He is now locked up.",
        ],
    )
    def test_is_known_by_what_stands_beside_a_record(self, beside: str) -> None:
        assert not found("His old tricks.", "case-words")
        assert found(f"{beside} His old tricks.", "case-words")
