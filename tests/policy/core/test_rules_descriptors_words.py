"""The words that tell to what group a suspect belongs, each in a sentence of its own."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "suspect-descriptor"


class TestAGroup:
    @pytest.mark.parametrize(
        "who",
        [
            *("black man", "white man", "dark-skinned man", "mixed race man", "dual heritage man"),
            *("biracial man", "half-caste man", "Caucasian man", "coloured man", "BAME man"),
            *("Hispanic man", "Latino man", "gypsy man", "Romany man", "Muslim man"),
            *("Islamic man", "Christian man", "Jewish man", "Sikh man", "Hindu man"),
            *("Catholic man", "Protestant man", "Buddhist man", "Asian man", "African man"),
            *("Caribbean man", "European man", "Middle Eastern man", "Polish man", "Albanian man"),
            *("Somali man", "British man", "Irish man", "Scottish man", "Welsh man"),
            *("English man", "Chinese man", "Turkish man", "Arab man", "Kurdish man"),
            *("Iraqi man", "Iranian man", "Syrian man", "Afghan man", "Pakistani man"),
            *("Indian man", "Bengali man", "Bangladeshi man", "Tamil man", "Nigerian man"),
            *("Ghanaian man", "Kenyan man", "Ugandan man", "Gambian man", "Congolese man"),
            *("Sudanese man", "Eritrean man", "Ethiopian man", "Jamaican man", "Vietnamese man"),
            *("Thai man", "Filipino man", "Japanese man", "Korean man", "Oriental man"),
            *("Russian man", "Ukrainian man", "Lithuanian man", "Latvian man", "Estonian man"),
            *("Bulgarian man", "Hungarian man", "Czech man", "Slovak man", "Serbian man"),
            *("Bosnian man", "Kosovan man", "Croatian man", "Greek man", "Italian man"),
            *("Spanish man", "Portuguese man", "French man", "German man", "Dutch man"),
            *("Brazilian man", "Colombian man", "American man", "Australian man", "Israeli man"),
            *("Palestinian man", "Lebanese man", "Egyptian man", "Libyan man", "Algerian man"),
            *("Tunisian man", "Moroccan man", "Yemeni man", "Zimbabwean man", "Rwandan man"),
            *("Senegalese man", "Nepalese man", "Sri Lankan man", "Moldovan man", "Georgian man"),
            *("Mediterranean man", "Romanian man", "white stocky man", "IC 3 male"),
            *("IC1 male", "IC2 male", "IC3 male", "IC4 male", "IC5 male", "IC6 male"),
        ],
    )
    def test_is_underlined_with_the_person(self, who: str) -> None:
        assert excerpts(f"Officers arrested one {who} after a burglary", RULE) == [who]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("A traveller stole tools from a van", ["traveller stole"]),
            ("Two traveller men stole tools from a van", ["traveller men"]),
            ("A Pole arrested for theft in Saltmere", ["Pole arrested"]),
            ("Police arrested a Pole in Saltmere", ["arrested a Pole"]),
            ("A man from China was charged with theft", ["man from China"]),
            ("A man from India was charged with theft", ["man from India"]),
            ("A man from Iran was charged with theft", ["man from Iran"]),
            ("Stopped in Saltmere: illegals found in a lorry, all detained", ["illegals"]),
            ("Two asylum seekers were arrested", ["asylum seekers"]),
            ("Four migrants were arrested", ["migrants"]),
            ("A refugee was arrested", ["refugee"]),
            ("Two foreign nationals were arrested", ["foreign nationals"]),
            ("Arrested: two overstayers", ["overstayers"]),
            ("The suspect. Nationality: unknown", ["Nationality: unknown"]),
            ("The suspect. Ethnicity: mixed", ["Ethnicity: mixed"]),
            ("He was arrested on Friday. Immigration status checked", ["Immigration status"]),
            ("The thief was living in the UK illegally", ["living in the UK illegally"]),
            ("The offender is white, about 30", ["offender is white"]),
            ("Burglar described as black with a beard", ["Burglar described as black"]),
            ("The robber wore an olive coat", []),
            ("The burglar has olive skin", []),
            ("The burglar was an olive-skinned man", ["olive-skinned man"]),
        ],
    )
    def test_is_told_in_other_ways(self, text: str, words: list[str]) -> None:
        assert excerpts(text, RULE) == words

    @pytest.mark.parametrize(
        "text",
        [
            "Missing: a tall white man. Officers ask people to look in sheds, and help in tracing",
            "We have concerns for a black woman who ran off from the ward",
        ],
    )
    def test_may_be_told_of_somebody_who_is_missing(self, text: str) -> None:
        assert not found(text, RULE)

    @pytest.mark.parametrize(
        "text", ["A white man cut a ribbon at our fair", "Black Friday: watch your bags"]
    )
    def test_is_nothing_where_nobody_is_suspected(self, text: str) -> None:
        assert not found(text, RULE)
