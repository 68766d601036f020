"""What is offered in place of a name: age, sex and town, as the guidance has it."""

import pytest

from tests.policy.core.packs import excerpts, found


class TestWhatIsSaidInstead:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Ann Sample, 34, was jailed", "a 34-year-old person"),
            ("Ann Sample, 81, was jailed", "an 81-year-old person"),
            ("Ann Sample, 18, was jailed", "an 18-year-old person"),
            ("Ann Sample (43) from Saltmere was jailed", "a 43-year-old person from Saltmere"),
            ("Ann Sample of Saltmere was jailed", "a person from Saltmere"),
            ("Ann Sample of Mill Lane was jailed", "a person"),
            ("Ben Sample was jailed. He stole", "a man"),
            ("Ann Sample was jailed. She stole", "a woman"),
            ("Ann Sample was jailed. She and he stole", "a person"),
            ("Ben Sample, 15, was convicted. The boy stole", "a 15-year-old boy"),
            ("Ann Sample, 15, was convicted. The girl stole", "a 15-year-old girl"),
            ("A 34-year-old burglar Ben Sample was jailed", "a 34-year-old person"),
        ],
    )
    def test_is_suggested(self, text: str, words: str) -> None:
        (finding,) = found(text, "name-offender")
        assert finding.suggestion == f"Take the name out. Say “{words}”."

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Ben Sample was jailed. He stole", ("A man",)),
            ("We say: Ben Sample was jailed. He stole", ("A man",)),
            ("Saltmere news | Ben Sample was jailed. He stole", ("A man",)),
            ("Well done all. Ben Sample was jailed. He stole", ("A man",)),
            ("Today Ben Sample was jailed. He stole", ("a man",)),
            ("A 34-year-old Ben Sample was jailed. He stole", ("man",)),
            ("The burglar Ben Sample was jailed. He stole", ()),
        ],
    )
    def test_goes_on_with_the_sentence(self, text: str, words: tuple[str, ...]) -> None:
        (finding,) = found(text, "name-offender")
        assert finding.replacements == words

    @pytest.mark.parametrize(
        "text",
        [
            "Ben Sample's killer was jailed",
            "Ben Sample was stabbed. A man was jailed",
            "The murder of Ben Sample: a man was jailed",
        ],
    )
    def test_is_not_of_a_victim(self, text: str) -> None:
        assert not found(text, "name-offender")
        assert found(text, "name-private-person")


class TestARankBeforeAName:
    @pytest.mark.parametrize(
        "text",
        [
            "They attacked a PC, Ann Sample was jailed",
            "They attacked a PC: Ann Sample was jailed",
        ],
    )
    def test_is_somebody_else_s_where_something_was_done_to_them(self, text: str) -> None:
        assert found(text, "name-offender")

    @pytest.mark.parametrize(
        "text", ["Thank the PC Ann Sample: a thief was jailed", "DI: Ann Sample. He was jailed"]
    )
    def test_is_the_name_s_own(self, text: str) -> None:
        assert not found(text, "name-offender")


class TestAName:
    @pytest.mark.parametrize("name", ["P4ul Sample", "Renée Sample", "PAUL SAMPLE"])
    def test_is_seen_however_it_is_written(self, name: str) -> None:
        assert excerpts(f"{name} was hurt in a crash", "name-private-person") == [name]
