"""Every way to ask for somebody who is wanted, or to be recognised."""

import pytest

from tests.policy.core.packs import found

RULE = "wanted-or-suspect-appeal"
SHOWN = ("picture", "photo", "still", "footage", "video", "clip")


class TestAnAppeal:
    @pytest.mark.parametrize(
        "text",
        [
            "Recognise the pair?",
            "Recognised either of the men?",
            "Do you recognise her?",
            "We hope to establish the identity of two men",
            "A woman that detectives need to speak with",
            "We are keen to talk to this man",
            "A woman police need to talk to",
            "A robbery: help us locate this man",
            "Who knows who the tall man is?",
            "Can you name them?",
            "Please name the suspect",
            "You know his face?",
            "Do these men look familiar?",
            "Look familiar?",
            "Images from CCTV",
            "An image has been issued after the theft",
            "Please do not approach them",
            "Recognise these riders?",
            "We have shared an image of a man",
            "The woman pictured above",
            "The theft: seen him?",
            "The theft: seen her?",
            "Police issue CCTV following the theft",
            "Two men who could assist our investigation",
            "He may be able to help us with our inquiry",
            "He is on the run",
            "She remains at large",
            "Escaped from prison",
            "The description of the attackers",
            "The suspect is still outstanding",
            "Licence recall: Ben",
            "Recalled to prison",
            "A theft: her whereabouts?",
            "A thief, whereabouts currently unknown",
            "An arrest warrant is out",
            "Hand yourself in",
            "Give yourself up",
            "Who is the tall man wearing a red hat?",
            "Who's that man with a red hat?",
            "Who are those men with red hats?",
            "Does anyone know the man from the shop",
            "Can you name these people",
            "Can anyone name him?",
            "Help us catch these men",
        ],
    )
    def test_is_seen(self, text: str) -> None:
        assert found(text, RULE)

    @pytest.mark.parametrize("shown", SHOWN)
    @pytest.mark.parametrize("which", ["the", "this", "these"])
    def test_is_seen_beside_what_shows_somebody(self, which: str, shown: str) -> None:
        assert found(f"The lad in {which} {shown}", RULE)

    def test_is_seen_beside_images(self) -> None:
        assert found("The lad in these images", RULE)

    @pytest.mark.parametrize(
        "text",
        [
            "Stocky build",
            "He was wearing a red hat",
            "We want to trace the motorist",
            "We want to trace the rider",
            "We want to identify the biker",
            "Look at this image",
            "If you spot this man",
            "Who can name these two men",
            "Detectives urgently seek two men",
            "Any idea who they are",
            "They ran off along the lane",
            "Have you seen them?",
            "This face rings any bells?",
            "Where are you?",
            "Sus described as tall",
            "The one we have been looking for",
        ],
    )
    def test_is_seen_after_a_crime_by_its_signs(self, text: str) -> None:
        assert found(f"A robbery in Saltmere. {text}", RULE)
        assert not found(f"A parade in Saltmere. {text}", RULE)

    @pytest.mark.parametrize(
        "text",
        [
            "The offender was tall",
            "A robbery. Know this man? Please let us know",
            "The man on our CCTV",
        ],
    )
    def test_is_seen_where_the_crime_is_in_the_words(self, text: str) -> None:
        assert found(text, RULE)
