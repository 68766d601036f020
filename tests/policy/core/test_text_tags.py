"""Mentions, replies, hashtags and cashtags."""

import pytest

from policy.core.text import (
    Cashtag,
    Entities,
    Hashtag,
    Mention,
    Url,
    extract_cashtags,
    extract_hashtags,
    extract_mentions,
    extract_mentions_or_lists,
    extract_reply,
    reply_prefix,
)


class TestAMention:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("@OldermoorPolice thank you", ["OldermoorPolice"]),
            ("thanks \uff20OldermoorPolice!", ["OldermoorPolice"]),
            ("RT@A rt:@B .@C", ["A", "B", "C"]),
            ("team@marlshire.example.org", []),
            ("@team@marlshire", []),
            ("@http://marlshire", []),
            ("@teamé", []),
            ("the @OldermoorPolice/teams list", []),
        ],
    )
    def test_is_a_name_by_itself(self, text: str, names: list[str]) -> None:
        assert [mention.screen_name for mention in extract_mentions(text)] == names

    def test_says_where_it_stands(self) -> None:
        assert extract_mentions("👮 @Oldermoor") == [Mention("Oldermoor", 2, 12)]

    def test_may_be_the_owner_of_a_list(self) -> None:
        assert extract_mentions_or_lists("see @a/team-1") == [Mention("a", 4, 13, "/team-1")]


class TestAReply:
    @pytest.mark.parametrize(
        ("text", "name"),
        [("@a hello", "a"), ("  @a", "a"), ("hello @a", None), ("@a@b", None), ("", None)],
    )
    def test_begins_with_a_mention(self, text: str, name: str | None) -> None:
        assert extract_reply(text) == name

    @pytest.mark.parametrize(
        ("text", "length"),
        [("@a @b hello", 6), ("@a", 2), ("@a, hello", 0), ("hello @a", 0), (" @a\n@b", 6)],
    )
    def test_has_its_names_left_out_of_the_count(self, text: str, length: int) -> None:
        assert reply_prefix(text) == length


class TestAHashtag:
    @pytest.mark.parametrize(
        ("text", "tags"),
        [
            ("#Oldermoor", ["Oldermoor"]),
            ("\uff03Oldermoor", ["Oldermoor"]),
            ("👮#Oldermoor, (#ASB)", ["Oldermoor", "ASB"]),
            ("✌\ufe0f#peace", ["peace"]),
            ("#YnysMôn #tŷ", ["YnysMôn", "tŷ"]),
            ("we are #1, ref #123_4", []),
            ("#2025Review", ["2025Review"]),
            ("a#b #c#d &#39;", []),
            ("#\ufe0f\u20e3 #\u20e3", []),
            ("#https://a.org", []),
        ],
    )
    def test_is_a_word_with_a_sign(self, text: str, tags: list[str]) -> None:
        assert [tag.hashtag for tag in extract_hashtags(text, [])] == tags

    def test_does_not_count_inside_a_link(self) -> None:
        text = "a.org/#news #Oldermoor b.org/#more"
        assert Entities.of(text).hashtags == (Hashtag("Oldermoor", 12, 22),)


class TestACashtag:
    @pytest.mark.parametrize(
        ("text", "tags"),
        [("$AB and $CD.E", ["AB", "CD.E"]), ("£20 $20", []), ("a$AB", []), ("$ABCDEFG", [])],
    )
    def test_is_short_and_in_letters(self, text: str, tags: list[str]) -> None:
        assert [tag.cashtag for tag in extract_cashtags(text)] == tags


class TestEntities:
    def test_hold_everything_that_can_be_tapped(self) -> None:
        assert Entities.of("@a #b $CD e.org") == Entities(
            mentions=(Mention("a", 0, 2),),
            hashtags=(Hashtag("b", 3, 5),),
            cashtags=(Cashtag("CD", 6, 9),),
            urls=(Url("e.org", 10, 15),),
        )

    def test_count_nothing_inside_a_link_twice(self) -> None:
        assert Entities.of("http://a.org/@b").mentions == ()

    def test_show_their_places_as_indices(self) -> None:
        assert Mention("a", 0, 2).as_dict() == {"screen_name": "a", "indices": [0, 2]}
        assert Hashtag("b", 3, 5).as_dict() == {"hashtag": "b", "indices": [3, 5]}
        assert Cashtag("CD", 6, 9).as_dict() == {"cashtag": "CD", "indices": [6, 9]}
        assert Url("e.org", 10, 15).as_dict() == {"url": "e.org", "indices": [10, 15]}
