"""Names, children, descriptions of suspects, and victims of sexual offences."""

import pytest

from policy.core import Post, Severity, check
from tests.policy.core.packs import DEMONSTRATION, NOTHING, excerpts, found

OFFENDER, PRIVATE = "name-offender", "name-private-person"
JUVENILE, DESCRIPTOR, SEXUAL = "juvenile-identified", "suspect-descriptor", "sexual-offence-words"


def named(text: str) -> list[str]:
    return [*excerpts(text, OFFENDER), *excerpts(text, PRIVATE)]


class TestAnOfficer:
    @pytest.mark.parametrize(
        "text",
        [
            "PC Ann Sample and Sgt Bob Sample were assaulted in Brackenford",
            "PCs Ellie Sample, Tom Dodd and Priya Nair were commended",
            "A/Insp Carl Ferris, Det Supt Ann Sample and ACC Claire Bell spoke",
            "DC 1234 Ann Sample arrested a man",
            "Detective Chief Inspector Jim Munro, from the Homicide Unit, said",
            "Julie Robinson, our Crime Prevention Officer, is giving advice",
            "Ann Sample, Assistant Commissioner, said the man was jailed",
            "Officers Sian Pugh and Mel Tudor arrested two men",
            "New colleague Olivia Harrop joins us this week",
            "Our new neighbourhood lead Karl Heap says hello",
            "Special Constable Marcus Okoro received an award",
        ],
    )
    def test_may_be_named(self, text: str) -> None:
        assert named(text) == []

    def test_may_be_named_again_by_one_name(self) -> None:
        assert named("PC Julie Sample was hurt. Julie was attacked by a man.") == []

    @pytest.mark.parametrize(
        "text",
        [
            "Former PC Wayne Sample has been jailed for life",
            "A retired sergeant, Malcolm Sample, was convicted",
            "The ex-PC Wayne Sample was jailed",
        ],
    )
    def test_is_an_officer_no_more_once_former(self, text: str) -> None:
        assert len(named(text)) == 1

    def test_does_not_cover_for_whom_he_arrested(self) -> None:
        assert named("PC Ann Sample arrested Tariq Hussain today") == ["Tariq Hussain"]


class TestSomebodyInPublicOffice:
    @pytest.mark.parametrize(
        "text",
        [
            "PCC Ann Sample and Mayor Bob Sample opened the station",
            "Councillor Waseem Hussain and Liam Sample MP joined us",
            "Judge Michael Chambers sentenced the man",
            "Sadiq Sample, Mayor of Saltmere, was there",
            "Prime Minister Ann Sample has announced new rules",
        ],
    )
    def test_may_be_named(self, text: str) -> None:
        assert named(text) == []


class TestAnAnimal:
    @pytest.mark.parametrize(
        "text",
        [
            "PD Molly found the knife",
            "Police horses Finn and Archie were on patrol",
            "Missing dog Bailey has been found",
            "Luna, a cocker spaniel, found the drugs",
        ],
    )
    def test_may_be_named(self, text: str) -> None:
        assert named(text) == []


class TestAPlaceOfThePack:
    def test_is_no_person(self) -> None:
        pack = DEMONSTRATION.with_lists(places=["Kelly Bray"], operation_names=["Grace Kelly"])
        text = "Grace Kelly: a man was arrested. Kelly Bray is quiet."
        rules = {finding.rule for finding in check(Post(text), NOTHING, pack).findings}
        assert named(text)
        assert not rules & {OFFENDER, PRIVATE}


class TestANamedPerson:
    def test_is_told_once(self) -> None:
        assert named("Ann Sample was jailed. Sample admitted burglary.") == ["Ann Sample"]

    @pytest.mark.parametrize(
        "text",
        [
            "Officers arrested Ann Sample in Saltmere",
            "Ann Sample pleaded guilty at Kingsmarl Crown Court",
            "Have you seen wanted man Tariq Example?",
            "We want to speak to Liam Example in connection with a burglary",
            "Burglar Jimmy Example is behind bars",
        ],
    )
    def test_is_an_offender_where_the_text_tells_of_a_crime(self, text: str) -> None:
        assert len(excerpts(text, OFFENDER)) == 1
        assert excerpts(text, PRIVATE) == []

    @pytest.mark.parametrize(
        "text",
        [
            "A man has been charged with the murder of Daniel Example",
            "Daniel Example was stabbed in Saltmere. A man has been arrested.",
            "The family of Mary Example have released a tribute",
            "Missing: Mary Example from Foxhollow",
            "Well done to Mrs Example, who found the purse",
        ],
    )
    def test_is_none_where_it_is_a_victim_or_somebody_else(self, text: str) -> None:
        assert len(excerpts(text, PRIVATE)) == 1
        assert excerpts(text, OFFENDER) == []

    def test_is_asked_about_in_alternative_text_too(self) -> None:
        post = Post("Meet our team", alt_texts=("Ann Sample was jailed",))
        findings = check(post, NOTHING, DEMONSTRATION).findings
        assert [finding.excerpt for finding in findings] == ["Ann Sample"]

    def test_never_blocks(self) -> None:
        (finding,) = found("Ann Sample was jailed", OFFENDER)
        assert finding.severity is Severity.NEEDS_REASON


class TestTheSuggestion:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Ann Sample, 34, from Oldermoor, was jailed. She", "a 34-year-old woman from"),
            ("Bob Sample (18) was jailed for robbing his uncle", "an 18-year-old man"),
            ("Bob Sample was arrested", "a person"),
        ],
    )
    def test_says_what_may_be_said(self, text: str, words: str) -> None:
        (finding,) = found(text, OFFENDER)
        assert f"Say “{words}" in finding.suggestion

    @pytest.mark.parametrize(
        ("text", "fixed"),
        [
            ("Bob Sample was jailed. He stole", "A man was jailed. He stole"),
            ("We arrested Ann Sample at her home", "We arrested a woman at her home"),
            ("24-year-old Bob Sample was jailed, he", "24-year-old man was jailed, he"),
        ],
    )
    def test_can_be_taken_with_one_press(self, text: str, fixed: str) -> None:
        (finding,) = found(text, OFFENDER)
        replaced = text[: finding.start] + finding.replacements[0] + text[finding.end :]
        assert replaced == fixed

    def test_offers_no_press_where_the_sentence_would_break(self) -> None:
        (finding,) = found("We arrested wanted man Bob Sample", OFFENDER)
        assert finding.replacements == ()


class TestAChild:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Chloe, 15, was last seen in Saltmere", "Chloe"),
            ("Missing: Tyler Example (14) from Foxhollow", "Tyler Example"),
            ("Jordan Example is 16 and has been missing since Monday", "Jordan Example"),
            ("Schoolboy Jack Example found a wallet", "Jack Example"),
            ("A 13-year-old girl was attacked on Harbour Road", "Harbour Road"),
            ("12yo boy stabbed outside Saltmere Academy", "Saltmere Academy"),
            ("The 10-year-old brother of the victim called 999", "brother of the "),
            (
                "Three schoolchildren from Kingsmarl High were caught",
                "schoolchildren from Kingsmarl",
            ),
            ("Juvenile arrested in Mill Lane for damage", "Mill Lane"),
            ("Youths from Oldermoor Academy arrested after a fight", "Oldermoor Academy"),
            ("Pupils Ella and Max won our competition", "Ella"),
            ("16 y/o male Tyler Roberts is wanted", "Tyler Roberts"),
            ("Sam is only 12. Have you seen him?", "Sam"),
            (
                "A boy of 13 was arrested at Saltmere Community College",
                "Saltmere Community College",
            ),
            ("This young man, 15, from Hill Street, stole a bike", "Hill Street"),
        ],
    )
    def test_may_be_recognised_by(self, text: str, told: str) -> None:
        assert told in excerpts(text, JUVENILE)

    @pytest.mark.parametrize(
        "text",
        [
            "A 14-year-old boy has been arrested for arson in Oldermoor",
            "Boys and girls at Saltmere Primary School loved the police car",
            "Slow down near schools: School Lane, Mill Lane and Park Road",
            "Our cadets aged 13-17 picked litter in Mill Lane",
            "A man aged 25 was arrested on Mill Lane",
            "18-year-old man arrested on Mill Lane",
            "A 10-year-old case: detectives appeal about a murder in Mill Lane",
            "Boy racers on Harbour Road will have their cars seized",
            "Ann Sample, 34, attacked a boy in Saltmere",
            "A teenager was arrested over the death of Bob Sample",
            "Ann Sample, 16 Mill Lane",
            "Baby clothes stolen from a shop in Mill Lane",
            "We give a talk to pupils at Oldermoor High School today",
        ],
    )
    def test_is_not_recognised_by(self, text: str) -> None:
        assert excerpts(text, JUVENILE) == []


class TestTheDescriptionOfASuspect:
    @pytest.mark.parametrize(
        "text",
        [
            "IC1 male, 6ft, wanted for robbery",
            "Suspects are two Asian men in a silver car",
            "He is described as white, 5ft 10 and slim. Assault in Saltmere",
            "The man, who is mixed race, ran off after the robbery",
            "Three Romanians arrested for picking pockets",
            "The attacker spoke with an Eastern European accent",
            "Suspect: white, 30s, tall, stole a bike",
            "Two dark-skinned men robbed a shop",
            "Jewish businessman jailed for fraud",
            "We arrested a man from Albania for growing cannabis",
            "Foreign nationals arrested in a drugs raid",
        ],
    )
    def test_goes_to_comms(self, text: str) -> None:
        assert excerpts(text, DESCRIPTOR)

    @pytest.mark.parametrize(
        "text",
        [
            "White van stolen, suspect ran off in a black jacket",
            "A black woman was racially abused. We are looking for the offender",
            "A Jewish man was attacked; somebody has been arrested",
            "Chinese restaurant burgled in Saltmere",
            "Turkish barber shop searched, drugs seized",
            "German shepherd bit a burglar",
            "Thieves stole Asian gold from a house",
            "Asian Police Association dinner: a detective spoke",
            "Missing: white man, 70s, grey hair, last seen in Foxhollow",
            "British Transport Police arrested a man",
            "We talked about crime with women of the Muslim community",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert excerpts(text, DESCRIPTOR) == []


class TestAVictimOfASexualOffence:
    @pytest.mark.parametrize(
        "text",
        [
            "A woman in her 20s who works at the Kings Arms was raped",
            "A jogger was sexually assaulted in Park Road",
            "Man jailed for raping his niece",
            "The victim of the rape, a student at Kingsmarl University, has spoken",
            "He was convicted of sexual offences against a boy aged 11",
            "Sex attack on 45-year-old in Saltmere: man arrested",
            "Appeal after indecent exposure to girls aged 12 and 13 in Mill Lane",
            "Man charged with the r*pe of a 17-year-old girl",
        ],
    )
    def test_may_be_recognised(self, text: str) -> None:
        assert excerpts(text, SEXUAL)

    @pytest.mark.parametrize(
        "text",
        [
            "Six men jailed for child sexual exploitation",
            "A 40-year-old man has been charged with rape",
            "Oilseed rape crops were damaged on Mill Lane",
            "Dog grooming parlour burgled in Mill Lane",
            "If you have been raped, call us. A nurse at the centre will listen.",
            "A man appeared at Kingsmarl Magistrates Court charged with sexual assault",
            "A student was robbed on Mill Lane",
        ],
    )
    def test_is_not_told_of(self, text: str) -> None:
        assert excerpts(text, SEXUAL) == []
