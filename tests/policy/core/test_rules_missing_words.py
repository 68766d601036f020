"""The words of an appeal for a missing person, each where nothing else tells of one."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "misper"


class TestAMissingPerson:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Concerns are growing for Amy", "Concerns are growing for"),
            ("Family are worried about Amy", "Family are worried"),
            ("Amy Sample failed to come home", "failed to come home"),
            ("She has not come home", "has not come home"),
            ("Amy, who is 14, has left home since noon", "has left home since"),
            ("She wandered off from hospital", "wandered off from hospital"),
            ("He has dementia", "has dementia"),
            ("He lives with dementia and needs help", "lives with dementia"),
            ("We want to check you are okay", "want to check you are okay"),
            ("Please bring Amy back home", "Please bring Amy back home"),
            ("She may be found wandering", "found wandering"),
            ("Our search for the hiker and the boy", "search for"),
            ("The search for Amy Sample resumes", "search for Amy Sample resumes"),
            ("It is totally out of character", "totally out of character"),
            ("He hasn't been seen", "hasn't been seen"),
            ("She hasn't been seen since Friday", "hasn't been seen since"),
            ("Not seen for three days", "Not seen for three days"),
            ("Has anyone seen Amy Sample, 14", "anyone seen"),
            ("Spotted Amy Sample, 14?", "Spotted"),
            ("Keep an eye out for Amy Sample, 14", "Keep an eye out for"),
            ("Keep your eyes out for Amy Sample, 14", "Keep your eyes out for"),
            ("Eyes peeled for Amy Sample, 14", "Eyes peeled for"),
            ("Where is Amy Sample, 14?", "Where is"),
            ("Where's Amy Sample, 14?", "Where's"),
            ("Missing hiker and a toddler", "Missing hiker"),
            ("She did not return home", "did not return"),
            ("We worry over her wellbeing", "worry over her wellbeing"),
            ("We worry about his well-being", "worry about his well-being"),
            ("Do you know his whereabouts", "know his whereabouts"),
            ("Amy walked out of the ward", "walked out of the ward"),
            ("She failed to return home", "failed to return home"),
            ("She failed to return to the ward", "failed to return to the ward"),
            ("After an assault Amy failed to return home", "failed to return home"),
            ("Have u seen Amy Sample, 14?", "Have u seen"),
            ("Have you seen this boy?", "Have you seen this boy"),
            ("We are searching the woods for Amy Sample, 14", "searching the woods for"),
            ("Searching: Amy Sample, 14", "Searching"),
            ("We have seen her, says a neighbour", "have seen her"),
            ("We have seen him, says a neighbour", "have seen him"),
            ("Any sightings of Amy Sample, 14?", "sightings of"),
            ("The appeal asks Amy to make contact", "appeal asks Amy to make contact"),
            ("Two missing people", "missing people"),
            ("The cat's owner, a girl of ten, has gone missing", "gone missing"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "A cat has gone missing",
            "Each year 200 people go missing",
            "Missing people cost us time",
            "Is your homework missing? Ask again",
            "Searching: new ways to park",
            "Keep an eye out for our van",
            "Where is our van?",
            "Not seen in the film: our van",
            "The thief was not seen since Friday",
            "The robber was last seen in Saltmere",
            "The robber was last spotted in Saltmere",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, RULE)

    @pytest.mark.parametrize(
        ("news", "words"),
        [
            ("Amy Sample: found!", "found"),
            ("Amy is safely back with her family", "safely back with her family"),
            ("Amy is safe back home", "safe back home"),
            ("Amy has returned home", "has returned home"),
            ("Safe & well", "Safe & well"),
            ("Safe and sound", "Safe and sound"),
        ],
    )
    def test_is_underlined_where_the_news_is_good(self, news: str, words: str) -> None:
        assert excerpts(f"Missing from Saltmere. {news}", RULE) == [words]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Amy Sample has been found!", "has been found"),
            ("Amy Sample, 14, has been found!", "has been found"),
            ("Good news! #AmyFound", "#AmyFound"),
            ("He was located safe and well", "was located"),
        ],
    )
    def test_may_be_good_by_itself(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    def test_is_none_of_a_thing(self) -> None:
        assert not found("A bag has been found!", RULE)

    def test_is_sought_in_a_tale_too(self) -> None:
        tale = "A charity run in memory of Amy Sample, 14, missing since 2009."
        assert not found(tale, RULE)
        assert found(f"{tale} Can you help?", RULE)

    @pytest.mark.parametrize(
        "told",
        [
            "Missing: 300 children each year in Marlshire",
            "He went missing. Every year 200 people do",
            "Reported missing: 30% are children",
            "On average two teenagers a day are missing from home",
            "A person with dementia has gone missing? The Herbert Protocol helps",
            "Missing child? You need not wait 24 hours to report it",
            "She has not been seen? 24 hours before you report is a myth",
            "What to do if he is missing from home",
        ],
    )
    def test_is_nobody_where_many_are_told_of(self, told: str) -> None:
        assert not found(told, RULE)

    def test_is_sought_beside_others_who_are_not(self) -> None:
        text = "Can you help us find witnesses? Help us find Ella Sample"
        assert excerpts(text, RULE) == ["Help us find"]
