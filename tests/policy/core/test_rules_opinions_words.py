"""Whom an opinion is of, and how it begins: each in a sentence of its own."""

import pytest

from tests.policy.core.packs import DEMONSTRATION, excerpts, found

RULE = "opinion-politics"


class TestAJudgement:
    @pytest.mark.parametrize(
        "whom",
        [
            *("government", "govt", "prime minister", "PM", "home secretary", "home office"),
            *("chancellor", "council", "councillors", "judge", "court", "CPS", "politicians"),
            *("minister", "MP", "MPs", "mayor", "PCC", "parliament", "Labour", "Tories"),
            *("Conservatives", "Greens", "magistrates", "press", "media", "BBC", "justice"),
            *("sentencing", "law", "legal", "protesters", "strikes", "licence fee", "immigration"),
            *("migrants", "cannabis", "hunting", "Brexit", "Westminster"),
        ],
    )
    def test_is_told_with_whom_it_is_of(self, whom: str) -> None:
        text = f"About time the {whom} got some rest, say our readers"
        assert excerpts(text, RULE) == [f"About time the {whom}"]

    @pytest.mark.parametrize(
        "whom",
        [
            *("Trump", "Biden", "Boris", "Starmer", "Sunak", "Farage", "Corbyn", "Truss"),
            *("Sturgeon", "Swinney", "Badenoch", "Rayner", "Braverman", "Putin"),
        ],
    )
    def test_may_be_of_one_politician(self, whom: str) -> None:
        assert excerpts(f"Great speech by {whom} today", RULE) == [f"Great speech by {whom}"]

    @pytest.mark.parametrize(
        "whom",
        [
            *("Muslims", "Christians", "Jews", "Gypsies", "Travellers", "Refugees", "Parents"),
            *("Cyclists", "Students", "Millennials", "Feminists", "Vegans"),
        ],
    )
    def test_may_be_of_a_group(self, whom: str) -> None:
        assert excerpts(f"{whom} must learn, we hear", RULE) == [f"{whom} must learn"]
        assert not found(f"{whom} came to our open day", RULE)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Scrap the tax on sweets", "Scrap the"),
            ("Abolish the tax on sweets", "Abolish the"),
            ("Defund the zoo", "Defund the"),
            ("Ban all sweets", "Ban all"),
            ("Bring back the stocks", "Bring back the"),
            ("Vote for him, friends", "Vote for him"),
            ("Budget cuts have left holes", "cuts have left"),
            ("Shameful that he walked free", "Shameful that he"),
            ("Outrageous that she walked free", "Outrageous that she"),
            ("Fireworks should be banned", "should be banned"),
            ("Lazy kids today", "Lazy kids"),
            ("Feckless people today", "Feckless people"),
            ("Rubbish people today", "Rubbish people"),
            ("Bad families today", "Bad families"),
            ("A bad mix of useless parenting", "useless parenting"),
        ],
    )
    def test_may_be_of_anything(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "The home secretary must go",
            "The opposition is useless",
            "Johnson is a disgrace",
            "The Prime Minister is hopeless",
            "The Conservatives came second",
            "The Green Party is here",
            "Labour supporters are here",
            "The Greens would win",
        ],
    )
    def test_is_seen_in_blame_and_in_parties(self, text: str) -> None:
        assert found(text, RULE)

    @pytest.mark.parametrize(
        "word",
        [
            *("government", "govt", "minister", "home secretary", "home office", "council"),
            *("judge", "judges", "court", "courts", "CPS", "politician", "politicians"),
            *("ministers", "MPs", "mayor", "PCC", "press", "media", "parliament", "opposition"),
            *("PM", "BBC", "Boris", "Johnson", "Sunak", "Starmer", "Farage", "Corbyn"),
            *("Truss", "Trump", "Biden", "Putin"),
        ],
    )
    def test_is_blame_where_somebody_is_to_resign(self, word: str) -> None:
        assert found(f"Blame the {word}", RULE) or found(f"Blame {word}", RULE)

    @pytest.mark.parametrize(
        "text",
        [
            "Our guide to cycling is idiot-proof",
            "He branded an officer scum",
            "A youth shouted thug at us",
            "A youth yelled scum from a van",
            "He was calling a nurse an idiot",
            "The village idiot is a play on Friday",
        ],
    )
    def test_is_not_ours_where_it_is_quoted(self, text: str) -> None:
        assert not found(text, RULE, DEMONSTRATION)

    @pytest.mark.parametrize("tag", ["#idiots", "#toerag", "#wasteofspace", "#VoteGreen"])
    def test_may_be_a_hashtag(self, tag: str) -> None:
        assert excerpts(f"Seen in Saltmere {tag}", RULE) == [tag]

    @pytest.mark.parametrize(
        "text",
        [
            "Shameful that they get away with it",
            "Outrageous how the drivers park here",
            "Wrong that they get away with it",
            "Pathetic that a few spoil it",
        ],
    )
    def test_may_begin_the_text(self, text: str) -> None:
        assert found(text, RULE)
