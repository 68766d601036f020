"""The words about a case that may be open, each as it is underlined."""

import pytest

from tests.policy.core.packs import excerpts, found


class TestWhatSomebodyHasDone:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Arrested: a habitual knife carrier, we hear", "habitual knife"),
            ("A man of violent crime was arrested: a career criminal", "career criminal"),
            ("One of our nominals was arrested", "our nominals"),
            ("Arrested today: a registered sex offender", "registered sex offender"),
            ("A man with precons was arrested", "precons"),
            ("A man with pre-cons was arrested", "pre-cons"),
            ("A man with a criminal past was arrested", "criminal past"),
            ("A man was arrested at his old tricks", "his old tricks"),
            ("A man fresh out of prison was arrested", "fresh out of prison"),
            ("A man on licence was arrested", "on licence"),
            ("No stranger to police: a man was arrested", "No stranger to police"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert words in excerpts(text, "case-words")
        assert not found(text.replace("arrested", "met").replace("Arrested", "Met"), "case-words")


class TestWhoDidIt:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Two offenders nicked", "Two offenders nicked"),
            ("A local offender is in the cells", "A local offender is in the cells"),
            ("We arrested two burglars", "arrested two burglars"),
            ("Burglars in custody", "Burglars in custody"),
            ("Thieves remanded in custody", "Thieves remanded in custody"),
            ("Arrest made: we caught a mugger", "caught a mugger"),
            ("Arrest made: one less burglar", "one less burglar"),
            ("Arrest made: we got our man", "got our man"),
            ("Arrest made: another one off the streets", "another one off the streets"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, "case-words") == [words]


class TestACase:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("He was remanded into custody", "remanded into custody"),
            ("He was remanded", "remanded"),
            ("A man appears before the court", "before the court"),
            ("Kingsmarl court today", "court today"),
            ("Magistrates' court: one man", "Magistrates' court"),
            ("He pleaded guilty", "pleaded guilty"),
            ("He pleaded not guilty", "pleaded not guilty"),
            ("He is in custody", "in custody"),
            ("He is on police bail", "on police bail"),
            ("He stands trial", "stands trial"),
        ],
    )
    def test_is_seen_by_the_words(self, text: str, words: str) -> None:
        assert excerpts(text, "case-stage-unknown") == [words]

    @pytest.mark.parametrize(
        "text", ["The tennis court today", "At Court Farm", "The trial version", "Fully charged"]
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "case-stage-unknown")
