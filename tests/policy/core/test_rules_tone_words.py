"""The words of rumours, laughter, other people's works and raids, each in a sentence."""

import pytest

from tests.policy.core.packs import excerpts, found


class TestARumour:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Allegedly it was arson", "Allegedly"),
            ("Residents are saying it was arson", "Residents are saying"),
            ("Locals suggesting it was arson", "Locals suggesting"),
            ("Some claiming it was arson", "Some claiming"),
            ("Users on Facebook are speculating again", "Users on Facebook are speculating"),
            ("Claims online that it was arson", "Claims online"),
            ("A claim on Facebook", "claim on Facebook"),
            ("Posts circulating that it was arson", "Posts circulating"),
            ("A post online tells of arson", "post online"),
            ("A story going round tells of arson", "story going round"),
            ("Stories spreading of arson", "Stories spreading"),
            ("A message being shared tells of arson", "message being shared"),
            ("Messages circulating tell of arson", "Messages circulating"),
            ("A video is circulating of it", "video is circulating"),
            ("Videos going about tell of it", "Videos going about"),
            ("A theory online tells of arson", "theory online"),
            ("The talk on Twitter is of arson", "talk on Twitter"),
            ("A screenshot online tells of arson", "screenshot online"),
            ("There were whispers of arson", "There were whispers"),
            ("It may be arson, we do not yet know", "It may be arson, we do not yet know"),
            ("This might be arson: not sure", "This might be arson: not sure"),
            ("They could be lost, not confirmed", "They could be lost, not confirmed"),
            ("We've heard that it was arson", "We've heard that"),
            ("Sounds like it was arson", "Sounds like it was"),
            (
                "It is said to be arson, but isn't confirmed",
                "said to be arson, but isn't confirmed",
            ),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, "rumour") == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "Scam: messages circulating say that you owe tax",
            "Phishing: a video is circulating of our chief",
            "A story time for children",
            "There were biscuits",
            "It may be icy, so drive slowly",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "rumour")


class TestLaughter:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Caught in a hedge hehe", "hehe"),
            ("Caught in a hedge lolol", "lolol"),
            ("Caught in a hedge haha", "haha"),
            ("Caught in a hedge ;)", ";)"),
            ("Caught in a hedge 🤣", "🤣"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, "joke") == [words]


class TestSomebodyElsesWork:
    @pytest.mark.parametrize(
        "what",
        [
            *("pic", "pics", "picture", "pictures", "photo", "photos", "image", "images", "meme"),
            *("memes", "video", "videos", "clip", "clips", "gif", "gifs", "cartoon", "cartoons"),
            *("map", "maps", "article", "articles", "screenshot", "screenshots", "footage"),
        ],
    )
    def test_is_taken_from_elsewhere(self, what: str) -> None:
        assert excerpts(f"A nice {what} from Facebook", "copyright") == [f"{what} from Facebook"]
        assert not found(f"A nice {what} by our team", "copyright")

    @pytest.mark.parametrize(
        "words", ["Getty Images", "Shutterstock", "All rights reserved", "Artist unknown"]
    )
    def test_is_said_to_be(self, words: str) -> None:
        assert excerpts(f"{words} 2024", "copyright") == [words]


class TestARaid:
    @pytest.mark.parametrize(
        "text",
        [
            "A warrant is planned for tomorrow",
            "Warrants are planned for tomorrow",
            "A raid is planned for tomorrow",
            "Raids are planned for tomorrow",
            "We will be raiding a house tomorrow",
        ],
    )
    def test_is_not_to_be_told_before(self, text: str) -> None:
        (finding,) = found(text, "operational-harm")
        assert finding.message == f"“{finding.excerpt}” warns those whom it is meant for."
        assert not found("A fair is planned for tomorrow", "operational-harm")
