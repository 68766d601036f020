"""What sort of tweet a text seems to be."""

import pytest

from policy.core import guess_category
from tests.policy.core.packs import NEUTRAL


class TestTheGuess:
    @pytest.mark.parametrize(
        ("text", "category"),
        [
            ("Meet your team: surgery this Thursday, Oldermoor Library.", "meeting"),
            ("You said: speeding past the school. We did: two speed checks.", "you-said-we-did"),
            ("Shed break-ins are up. Lock it, alarm it, mark your tools.", "advice"),
            ("Harbour Road is closed. Please use Station Road.", "traffic"),
            ("Yellow wind warning tonight. Updates from the Met Office.", "weather"),
            ("Off-road bikes in the park: we were on patrol.", "local-issue"),
            ("Our December newsletter is out. Read it here.", "newsletter"),
            ("Flood fair with our partners on Saturday. Book here.", "partner-event"),
            ("What should we tackle first? Reply here.", "question"),
            ("Stop check of note: car stopped, no insurance. Vehicle seized.", "stop-check"),
            ("A man has been arrested on suspicion of burglary.", "arrest"),
            ("A man was jailed today at the Crown Court.", "court-result"),
            ("MISSING from Oldermoor. Have you seen him?", "missing-person"),
            ("Thank you for telling us. Please call 101.", "reply"),
            ("Come and see us at the library on Saturday", "meeting"),
            ("Pop in for a cuppa with your officers, Friday, 10am", "meeting"),
            ("A text from your bank? Hang up and never share your PIN.", "advice"),
            ("The A34 is now open again.", "traffic"),
            ("A man was found guilty of burglary.", "court-result"),
            ("He has been found safe and well.", "missing-person"),
            ("Which roads worry you most? Tell us your views.", "question"),
            ("Your new neighbourhood officer is PC Hart: please follow her.", "farewell"),
            ("I am moving to a new role in January.", "other"),
            ("", "other"),
        ],
    )
    def test_is_the_category_with_most_of_its_words(self, text: str, category: str) -> None:
        assert guess_category(text, NEUTRAL) == category

    def test_sees_through_styled_letters(self) -> None:
        assert guess_category("ＳＵＲＧＥＲＹ on Thursday", NEUTRAL) == "meeting"

    def test_takes_the_first_of_equals(self) -> None:
        assert guess_category("surgery, newsletter", NEUTRAL) == "meeting"
