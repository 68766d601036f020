"""The words that tell of a child, each in a sentence of its own."""

import pytest

from tests.policy.core.packs import found

RULE = "juvenile-identified"


def told(text: str) -> list[str]:
    return [finding.message for finding in found(text, RULE)]


class TestAChild:
    @pytest.mark.parametrize(
        "who",
        [
            *("The child", "A pupil from here", "A teenager", "A baby", "A toddler", "An infant"),
            *("A local youth", "The juvenile", "The youngster", "Minor", "A year 9 student"),
            *("A schoolkid", "A boy", "A girl", "A schoolgirl", "Our youngest pupil"),
        ],
    )
    def test_is_seen_by_a_word(self, who: str) -> None:
        assert found(f"{who} was hurt in Mill Lane", RULE)
        assert not found(f"{who} was hurt in town", RULE)

    @pytest.mark.parametrize(
        "who",
        [
            *("man", "woman", "male", "female", "driver", "rider", "victim", "cyclist"),
            *("pedestrian", "passenger", "lad", "suspect"),
        ],
    )
    def test_is_seen_by_an_age_in_figures(self, who: str) -> None:
        assert found(f"A {who}, 16, was hurt in Mill Lane", RULE)
        assert not found(f"A {who}, 26, was hurt in Mill Lane", RULE)
        assert not found(f"A {who}, 116, was hurt in Mill Lane", RULE)

    def test_is_seen_where_somebody_is_of_an_age(self) -> None:
        assert found("Sam, who is 15, was hurt in Mill Lane", RULE)
        assert not found("Sam, who is 51, was hurt in Mill Lane", RULE)

    @pytest.mark.parametrize(
        "who",
        [
            *("Two boys", "Three girls", "Several pupils", "Some children", "Four youths"),
            *("Both teens", "Five juveniles", "Two students"),
        ],
    )
    def test_is_one_of_a_few(self, who: str) -> None:
        assert found(f"{who} were arrested in Mill Lane", RULE)
        assert not found(f"{who} met us in Mill Lane", RULE)

    @pytest.mark.parametrize(
        "who", ["Youths", "Pupils", "Teenagers", "Juveniles", "Schoolboys", "15-year-olds"]
    )
    def test_is_one_of_many_at_a_school(self, who: str) -> None:
        assert found(f"{who} outside Oldermoor High School were spoken to", RULE)
        assert not found(f"{who} in Mill Lane were spoken to", RULE)
        assert not found(f"{who} outside Oldermoor High School won a cup", RULE)

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("A boy was hurt in Mill Lane", "street"),
            ("A boy was hurt outside Oldermoor High School", "school"),
            ("A boy was hurt and his sister ran off", "family"),
        ],
    )
    def test_is_told_by_what(self, text: str, what: str) -> None:
        (message,) = told(text)
        assert what in message.split()

    def test_is_not_the_one_who_hurt_another(self) -> None:
        assert told("Ann Sample was jailed for an attack on a boy") == []
        assert told("Ann Sample was with a boy") == ["You seem to name a child: Ann Sample."]
