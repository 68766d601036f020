"""Links at their borders: the first and the last character, the longest, other scripts."""

import pytest

from policy.core.text import extract_urls
from policy.core.text.tlds import domain_ending, top_level_domains


def urls(text: str) -> list[str]:
    return [url.url for url in extract_urls(text)]


class TestALink:
    @pytest.mark.parametrize(
        "link",
        [
            "https://X.com/marlshire",
            "X.com/marlshire",
            "https://www.MAX.org",
            "MAX.org",
            "marlshire.org/",
            "marlshire.org/a_",
            "https://marlshire.org/-",
            "a-b.marlshire.org",
        ],
    )
    def test_may_be_the_whole_text(self, link: str) -> None:
        assert urls(link) == [link]

    def test_may_come_after_a_text_that_begins_with_a_stop(self) -> None:
        assert urls("...see marlshire.org.") == ["marlshire.org"]
        assert urls(".marlshire.org or a.org") == ["a.org"]

    @pytest.mark.parametrize("text", ["marlshire-.org", "marlshire_.org", "marlshire..org", "a.-"])
    def test_ends_each_label_in_a_letter_or_digit(self, text: str) -> None:
        assert urls(text) == []

    def test_begins_after_a_label_in_another_script(self) -> None:
        assert urls("日本.a.org") == ["a.org"]
        assert urls("日本.本.a.org と") == ["a.org"]

    @pytest.mark.parametrize("text", ["http://_marlshire.org", "http://a._b.marlshire.org"])
    def test_has_no_label_that_begins_with_a_line(self, text: str) -> None:
        assert urls(text) == []


class TestTheLongest:
    def test_shortened_address_has_forty_signs(self) -> None:
        longest = "https://t.co/" + "a" * 40
        assert urls(longest) == [longest]
        assert urls(longest + "a") == []

    def test_address_has_4096_characters_without_its_protocol(self) -> None:
        longest = "a.org/" + "b" * 4090
        assert urls(f"https://{longest}") == [f"https://{longest}"]
        assert urls(f"https://{longest}b") == []

    def test_label_has_63_characters(self) -> None:
        longest = "a" * 63 + ".org"
        assert urls(longest) == [longest]
        assert urls(f"http://{longest}") == [f"http://{longest}"]


def test_every_ending_in_another_script_is_known_whole() -> None:
    endings = [name for name in top_level_domains() if not name.isascii()]
    assert len(endings) > 100
    texts = {name: f"{name} {'and more ' * 5}" for name in endings}
    ends = {name: domain_ending(text, 0, len(text)) for name, text in texts.items()}
    assert ends == {name: len(name) for name in endings}
