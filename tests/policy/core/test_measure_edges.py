"""Borders of what is measured and read."""

import pytest

from policy.core import Kind, Platform, Post, Where
from policy.core.measure import EXACT, measure
from policy.core.reading import CAP, Reading, readings
from policy.core.text import extract_urls


class TestAMeasure:
    @pytest.mark.parametrize("platform", [Platform.BLUESKY, Platform.MASTODON, Platform.X])
    def test_of_a_text_that_just_fits(self, platform: Platform) -> None:
        measured = measure(Post("abcde", platform=platform), 5, [])
        assert (measured.weighted, measured.limit, measured.valid, measured.fits) == (5, 5, True, 5)

    @pytest.mark.parametrize("platform", [Platform.BLUESKY, Platform.MASTODON, Platform.X])
    def test_of_a_text_that_is_one_too_long(self, platform: Platform) -> None:
        measured = measure(Post("abcdef", platform=platform), 5, [])
        assert (measured.weighted, measured.valid, measured.fits) == (6, False, 5)

    @pytest.mark.parametrize("platform", [Platform.BLUESKY, Platform.MASTODON])
    def test_of_nothing(self, platform: Platform) -> None:
        measured = measure(Post("", platform=platform), 5, [])
        assert (measured.weighted, measured.valid, measured.fits) == (0, False, 0)
        assert measure(Post("a", platform=platform), 5, []).valid

    def test_keeps_what_readers_see_as_one_together(self) -> None:
        # Each of these is two code points and one character.
        assert measure(Post("🇬🇧" * 4, platform=Platform.BLUESKY), 3, []).fits == 6

    def test_of_more_than_is_measured_to_the_letter(self) -> None:
        for platform in Platform:
            measured = measure(Post("a" * (EXACT + 7), platform=platform), 280, [])
            assert (measured.weighted, measured.valid) == (EXACT + 7, False)
            assert measured.fits == 280

    def test_leaves_out_whom_a_reply_answers(self) -> None:
        text = "@a " + "b" * 281
        measured = measure(Post(text, kind=Kind.REPLY), 280, [])
        assert (measured.weighted, measured.fits) == (281, 283)
        assert measure(Post(text), 280, []).weighted == 284

    def test_of_a_reply_finds_its_links_again(self) -> None:
        text = "@a https://marlshire.example.org/oldermoor"
        assert measure(Post(text, kind=Kind.REPLY), 280, extract_urls(text)).weighted == 23


class TestAReading:
    def test_is_whole_up_to_the_limit(self) -> None:
        assert not Reading("a" * CAP).is_cut
        assert len(Reading("a" * CAP).raw) == CAP
        assert Reading("a" * (CAP + 1)).is_cut
        assert len(Reading("a" * (CAP + 1)).raw) == CAP

    def test_of_each_text_that_goes_out(self) -> None:
        post = Post("own", alt_texts=("first", "", "third"), source_text="theirs")
        assert [(one.raw, one.where, one.index) for one in readings(post)] == [
            ("own", Where.TEXT, 0),
            ("first", Where.ALT, 0),
            ("third", Where.ALT, 2),
            ("theirs", Where.SOURCE, 0),
        ]

    def test_without_a_source_has_none(self) -> None:
        assert [one.where for one in readings(Post(""))] == [Where.TEXT]
