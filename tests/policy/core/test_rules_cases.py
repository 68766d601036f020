"""What the law stops from declared facts, and what words alone only warn of."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policy.core import Context, Finding, Post, Severity, check
from policy.core.measure import measure
from policy.core.reading import Reading
from policy.core.rules import RULEBOOK, cases
from policy.core.rules.base import Case, Deadline
from policy.core.rules.cases import names_in
from policy.core.types import CaseFacts, CaseStage, Election, Offence, Restriction
from tests.policy.core.packs import DEMONSTRATION, NOTHING, found

ACTIVE = [stage for stage in CaseStage if stage.is_active]
INACTIVE = [stage for stage in CaseStage if not stage.is_active]


def findings(
    text: str, rule: str, facts: CaseFacts, context: Context = NOTHING, **more: Any
) -> list[Finding]:
    post = replace(Post(text, case=facts), **more)
    report = check(post, context, DEMONSTRATION)
    return [each for each in report.findings if each.rule == rule]


def names(text: str) -> list[str]:
    rule = next(rule for rule in RULEBOOK if rule.id == "case-stage")
    setting = DEMONSTRATION.rules[rule.id]
    post = Post(text)
    reading = Reading(text)
    measured = measure(post, 280, reading.entities.urls)
    case = Case(reading, post, NOTHING, DEMONSTRATION, setting, measured, Deadline(1))
    return [reading.folded.text[slice(*place)] for place in names_in(case)]


class TestTheLegalClass:
    def test_is_these_four_and_never_passed_over(self) -> None:
        legal = [rule for rule in cases.RULES if rule.is_legal]
        assert [rule.id for rule in legal] == [
            "case-stage",
            "sexual-offence-anonymity",
            "under-18-in-a-case",
            "restricted-matter",
        ]
        assert {rule.severity for rule in legal} == {Severity.BLOCK}
        assert {rule.overridable_by for rule in legal} == {""}

    def test_says_nothing_of_a_post_without_facts(self) -> None:
        text = "We arrested the thief Ben Example, 14, a prolific burglar. CCTV shows him."
        rules = {
            each.rule for each in check(Post(text, pictures=1), NOTHING, DEMONSTRATION).blocking
        }
        assert not rules & {rule.id for rule in cases.RULES}


class TestNames:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("We arrested Ben Example today", ["Ben Example"]),
            ("Ben Example, 34, of Saltmere was charged", ["Ben Example"]),
            (
                "Anna-Maria O'Sample and Ben Example-Jones",
                ["Anna-Maria O'Sample", "Ben Example-Jones"],
            ),
            ("BEN EXAMPLE was charged", ["BEN EXAMPLE"]),
            ("Mr Example was charged", ["Example"]),
            ("Ｂｅｎ Ｅｘａｍｐｌｅ was charged", ["Ben Example"]),
            ("Siân Ŵyn was charged", ["Siân Ŵyn"]),
        ],
    )
    def test_are_found(self, text: str, expected: list[str]) -> None:
        assert names(text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "PC Ann Sample made the arrest",
            "Sgt Ben Example and DC Ann Sample",
            "He will appear at Kingsmarl Crown Court on Monday",
            "Arrested in Upper Saltmere by our Neighbourhood Team",
            "He was stopped on Mill Lane in Great Oldermoor",
            "Two arrested. Thank You Saltmere",
            "The Ford Fiesta was stopped on Harbour Road",
            "Happy Monday Saltmere",
        ],
    )
    def test_are_not_seen_in_officers_and_places(self, text: str) -> None:
        assert names(text) == []


class TestACaseBeforeTheCourts:
    @pytest.mark.parametrize("stage", ACTIVE)
    @pytest.mark.parametrize(
        "text",
        [
            "Ben Example was stopped in Saltmere",
            "A man well known to police is in our cells",
            "A prolific shoplifter is in our cells",
            "A regular trouble maker is in custody",
            "A career criminal is in custody",
            "One of our usual suspects is in custody",
            "He has 14 previous convictions",
            "A repeat offender is back in the cells",
            "He was already on bail",
            "Just out of prison and back in custody",
            "We got the thief",
            "The offender was arrested",
            "The burglar is in custody",
            "He was caught red-handed",
            "He was caught in the act",
            "The man responsible is in custody",
            "The shoplifter was detained by staff",
            "Another drug dealer off the streets",
            "His DNA was on the window",
            "CCTV shows him at the door",
            "He was caught on CCTV",
            "He confessed to it",
            "He admitted stealing the bike",
            "His fingerprints were on the glass",
            "He told officers that he needed the money",
        ],
    )
    def test_stops_names_records_guilt_and_evidence(self, text: str, stage: CaseStage) -> None:
        found_here = findings(text, "case-stage", CaseFacts(stage=stage))
        assert {each.severity for each in found_here} == {Severity.BLOCK}
        assert all(each.is_legal for each in found_here)

    @pytest.mark.parametrize("stage", ACTIVE)
    @pytest.mark.parametrize(
        "text",
        [
            "A 34-year-old man from Oldermoor was arrested on suspicion of theft",
            "Two men were charged with burglary and will be in court on Monday",
            "He pleaded not guilty at Kingsmarl Crown Court",
            "A suspected thief was arrested",
            "If you have CCTV of the street, call 101",
            "Officers went to Saltmere and made an arrest after a call from the public",
            "Thank you to everyone who called us",
        ],
    )
    def test_lets_plain_words_pass(self, text: str, stage: CaseStage) -> None:
        assert not findings(text, "case-stage", CaseFacts(stage=stage))

    @pytest.mark.parametrize("stage", INACTIVE)
    def test_says_nothing_at_other_stages(self, stage: CaseStage) -> None:
        text = "Ben Example, the thief, was jailed. CCTV shows him."
        assert not findings(text, "case-stage", CaseFacts(stage=stage), pictures=1)

    def test_lets_a_name_pass_that_was_decided_on_and_nothing_else(self) -> None:
        facts = CaseFacts(stage=CaseStage.CHARGED, is_naming_decided=True)
        text = "Ben Example was charged. The thief took a bike."
        assert [each.excerpt for each in findings(text, "case-stage", facts)] == ["The thief"]

    def test_lets_a_verdict_pass_once_it_is_given(self) -> None:
        text = "A man was found guilty of theft"
        assert not findings(text, "case-stage", CaseFacts(stage=CaseStage.CONVICTED))
        assert findings(text, "case-stage", CaseFacts(stage=CaseStage.ON_TRIAL))

    def test_stops_any_picture_once(self) -> None:
        (finding,) = findings(
            "A man was arrested",
            "case-stage",
            CaseFacts(stage=CaseStage.ARRESTED, is_naming_decided=True),
            pictures=2,
            alt_texts=("A street",),
        )
        assert (finding.start, finding.end) == (0, len("A man was arrested"))

    def test_reads_what_is_quoted_and_shown(self) -> None:
        facts = CaseFacts(stage=CaseStage.ARRESTED)
        quoted = findings("Well done", "case-stage", facts, source_text="The thief is in custody")
        assert [each.where for each in quoted] == ["source"]


class TestAVictimWhoMayNeverBeKnown:
    @pytest.mark.parametrize("stage", CaseStage)
    @pytest.mark.parametrize(
        "text",
        [
            "Ann Sample was raped",
            "The victim, 23, from Saltmere was walking home",
            "The victim is a 17-year-old girl from Oldermoor",
            "It happened in Mill Lane",
            "It happened at 12 Harbour Road",
            "She is a pupil at the local high school",
            "The victim attends Foxhollow Academy",
            "He raped his step-daughter",
            "He attacked his own niece",
            "The abuse of his girlfriend went on for years",
            "The two were in a relationship",
            "She works at a hotel in Kingsmarl",
            "The victim was a nurse at the hospital",
            "He attacked her at her workplace",
            "He was her uncle and she trusted him: the man's niece",
        ],
    )
    def test_is_protected_at_every_stage(self, text: str, stage: CaseStage) -> None:
        facts = CaseFacts(stage=stage, offence=Offence.SEXUAL)
        assert findings(text, "sexual-offence-anonymity", facts)

    @pytest.mark.parametrize(
        "text",
        [
            "A man was charged with a sexual offence",
            "A 45-year-old man from Saltmere has been charged with rape",
            "We charged a 45-year-old man from Saltmere with rape",
            "A man, 45, from Saltmere was jailed for nine years for rape",
            "If you have been a victim of a sexual offence, we will listen",
            "He appeared at Kingsmarl Crown Court",
        ],
    )
    def test_lets_plain_words_pass(self, text: str) -> None:
        facts = CaseFacts(stage=CaseStage.CHARGED, offence=Offence.SEXUAL)
        assert not findings(text, "sexual-offence-anonymity", facts)

    def test_is_not_looked_for_in_other_offences(self) -> None:
        facts = CaseFacts(stage=CaseStage.CHARGED, offence=Offence.OTHER)
        text = "The victim is a pupil at Foxhollow Academy"
        assert not findings(text, "sexual-offence-anonymity", facts)


class TestSomebodyUnder18:
    @pytest.mark.parametrize("stage", [*ACTIVE, CaseStage.SENTENCED, CaseStage.ENDED])
    def test_is_stopped_from_wanted_on(self, stage: CaseStage) -> None:
        facts = CaseFacts(stage=stage, under_18=True)
        (finding,) = findings("Two arrested", "under-18-in-a-case", facts)
        assert (finding.start, finding.end, finding.is_legal) == (0, len("Two arrested"), True)

    @pytest.mark.parametrize("stage", [CaseStage.NONE, CaseStage.REPORTED])
    def test_passes_before(self, stage: CaseStage) -> None:
        facts = CaseFacts(stage=stage, under_18=True)
        assert not findings("A bike was stolen", "under-18-in-a-case", facts)

    @pytest.mark.parametrize("answer", [None, False])
    def test_is_not_assumed(self, answer: bool | None) -> None:  # noqa: FBT001
        facts = CaseFacts(stage=CaseStage.ARRESTED, under_18=answer)
        assert not findings("Two arrested", "under-18-in-a-case", facts)

    @pytest.mark.parametrize("stage", ACTIVE)
    def test_who_is_missing_and_wanted_is_stopped(self, stage: CaseStage) -> None:
        facts = CaseFacts(stage=stage, under_18=True)
        assert findings("Seen Amy?", "under-18-in-a-case", facts, category="missing-person")

    def test_who_is_missing_passes(self) -> None:
        facts = CaseFacts(stage=CaseStage.ENDED, under_18=True)
        assert not findings("Seen Amy?", "under-18-in-a-case", facts, category="missing-person")


ORDER = Context(
    restrictions=(
        Restriction("one", ("Ben Example", "Mill Lane fire", "case 12/3456")),
        Restriction("two", ("Zoë", "", " - ")),
    )
)
UNTOLD = "This touches a matter that a court has restricted. Call comms."


class TestARestrictedMatter:
    @pytest.mark.parametrize(
        "text",
        [
            "Ben Example",
            "ben example was there",
            "BEN   EXAMPLE's house",
            "Ben\nExample",
            "Ben-Example, Ben_Example or Ben.Example",
            "#BenExample",
            "#JusticeForBenExample",
            "#BenExample2",
            "@24BenExample99",
            "@BenExample said",
            "see example.org/ben-example",
            "B\u200ben Ex\u00adample",
            "Вen Еxample",
            "Ｂｅｎ Ｅｘａｍｐｌｅ",
            "𝐁𝐞𝐧 𝐄𝐱𝐚𝐦𝐩𝐥𝐞",
            "Bén Exàmple",
            "🅱🅴🅽 🅴🆇🅰🅼🅿🅻🅴",
            "🅑🅔🅝 🅔🅧🅐🅜🅟🅛🅔",
            "B3n Exampl3s? No: B3n Example",
            "The Mill Lane (fire), two years on",
            "Case 12 / 3456",
            "Zoe is well",
            "ZOË",
        ],
    )
    def test_is_stopped_and_not_told(self, text: str) -> None:
        (finding,) = findings(text, "restricted-matter", CaseFacts(), ORDER)
        assert finding.message == UNTOLD
        assert (finding.start, finding.end, finding.excerpt) == (0, len(text), text)
        assert finding.is_legal
        assert "Ben" not in finding.suggestion

    @pytest.mark.parametrize(
        "text",
        [
            "Ben was an example to us all",
            "Reuben Example",
            "Ben Examples",
            "Mill Lane firework night",
            "Case 12/34567",
            "Zoeys",
        ],
    )
    def test_is_not_seen_in_parts_of_words(self, text: str) -> None:
        assert not findings(text, "restricted-matter", CaseFacts(), ORDER)

    def test_is_stopped_in_every_text(self) -> None:
        rule, facts = "restricted-matter", CaseFacts()
        assert findings("Look", rule, facts, ORDER, source_text="Ben Example")
        assert findings("Look", rule, facts, ORDER, alt_texts=("Ben Example",))

    @pytest.mark.parametrize(
        "term", ["Иван Сидоров", "Νίκος Παπας", "Ｂｅｎ Ｅｘａｍｐｌｅ", "ıpek Test"]
    )
    def test_is_stopped_in_whichever_alphabet_the_order_has_it(self, term: str) -> None:
        context = Context(restrictions=(Restriction("one", (term,)),))
        (finding,) = findings(f"Update on {term}", "restricted-matter", CaseFacts(), context)
        assert finding.message == UNTOLD

    def test_is_stopped_however_long_the_list_takes(self) -> None:
        many = tuple(f"Name{number} Example{number}" for number in range(500))
        context = Context(restrictions=(Restriction("many", many),))
        post = Post(f"Update on {many[0]}")
        report = check(post, context, DEMONSTRATION, budget=1e-6)
        assert "restricted-matter" in {finding.rule for finding in report.blocking}

    def test_is_nothing_without_terms(self) -> None:
        context = Context(restrictions=(Restriction("empty", ("", "--")),))
        assert not findings("Ben Example --", "restricted-matter", CaseFacts(), context)


class TestCaseWords:
    @pytest.mark.parametrize(
        "text",
        [
            "The arrest of a regular trouble maker in Oldermoor today",
            "Prolific shoplifter arrested in Saltmere",
            "Caught red-handed: one in custody",
            "A man known to police was arrested",
            "We arrested the thief within minutes",
            "Burglar arrested in Kingsmarl",
            "Two drug dealers arrested this morning",
            "The thug is now in custody",
            "Another career criminal charged",
            "The culprits have been charged with theft",
            "He will be in court tomorrow, guilty as sin",
            "Shoplifter arrested in Oldermoor",
            "Great work by PC Hart who nabbed a burglar this morning. Now in custody.",
            "Another thief in the cells",
            "Known offender arrested by the team",
            "The drug dealer was arrested and remanded",
            "We've arrested the person responsible for the graffiti",
        ],
    )
    def test_warn_beside_words_of_arrest(self, text: str) -> None:
        assert {each.severity for each in found(text, "case-words")} == {Severity.NEEDS_REASON}

    @pytest.mark.parametrize(
        "text",
        [
            "A man was arrested on suspicion of theft",
            "Two arrested and a knife seized in Saltmere",
            "The burglar was jailed for six years at Kingsmarl Crown Court",
            "A prolific thief has been sentenced",
            "Do not open the door to the fraudster on the phone",
            "Keep thieves out: lock your shed",
            "A suspected burglar was arrested in Foxhollow",
            "He denied it and was found not guilty in court",
            "Crime figures show fewer arrests for theft",
            "Burglars beware: two arrests this week",
            "A man, 34, was arrested on suspicion of being a drug dealer's courier",
            "Thieves target vans: one arrest last week",
            "Three arrested after reports of shoplifting",
            "Robber jailed",
            "Drink driver banned and fined at court",
            "We arrest drink drivers every day",
            "Offenders will be arrested",
            "If you drink and drive you may end up in court",
        ],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, "case-words")

    def test_leave_active_cases_to_the_law(self) -> None:
        text = "We arrested the thief"
        facts = CaseFacts(stage=CaseStage.ARRESTED)
        assert findings(text, "case-stage", facts)
        assert not findings(text, "case-words", facts)

    @pytest.mark.parametrize("stage", [CaseStage.SENTENCED, CaseStage.ENDED])
    def test_pass_after_the_sentence(self, stage: CaseStage) -> None:
        assert not findings("We arrested the thief", "case-words", CaseFacts(stage=stage))


class TestAnUndeclaredCase:
    @pytest.mark.parametrize(
        "text",
        [
            "A man was arrested in Oldermoor",
            "Two people are in custody",
            "A woman has been charged with theft",
            "He is on bail",
            "He stands trial in May",
            "One nicked in Saltmere",
            "A man appeared before Kingsmarl magistrates' court",
        ],
    )
    def test_is_asked_about(self, text: str) -> None:
        (finding,) = found(text, "case-stage-unknown")
        assert finding.severity is Severity.ADVISE
        assert not findings(text, "case-stage-unknown", CaseFacts(stage=CaseStage.ARRESTED))

    @pytest.mark.parametrize(
        "text",
        [
            "Charge your phone before you travel",
            "Come to the tennis court on Saturday",
            "Our meeting is at the village hall",
            "Try our trial session for cadets",
        ],
    )
    def test_is_not_assumed(self, text: str) -> None:
        assert not found(text, "case-stage-unknown")


NEAR = Context(elections=(Election("Saltmere", date(2027, 5, 6)),))


class TestPoliticsBeforeAnElection:
    @pytest.mark.parametrize(
        "text",
        [
            "Great to meet the candidates today",
            "Thanks to the Labour Party for the visit",
            "On patrol with Cllr Sample",
            "Our MP came to see us",
            "The Mayor opened our station",
            "Read the manifesto",
            "The council leader praised our work",
            "The leader of Marlshire Council came by",
            "The Home Secretary visited",
            "The policing minister was here",
            "Our PCC has new plans",
            "The Police & Crime Commissioner came",
            "The government announced extra money",
            "A new funding announcement for Saltmere",
            "Vote Green",
            "Vote for Ann Sample",
        ],
    )
    def test_is_asked_about_with_area_and_day(self, text: str) -> None:
        here = findings(text, "politics-in-election-period", CaseFacts(), NEAR)
        assert here
        assert "in Saltmere until 6 May 2027" in here[0].message
        assert not findings(text, "politics-in-election-period", CaseFacts())

    @pytest.mark.parametrize(
        "text",
        [
            "Lock your shed",
            "Officers will be at the polling stations",
            "Join our birthday party",
            "Labour exploitation: know the signs",
            "A minister of religion was robbed",
            "The team leader said thank you",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not findings(text, "politics-in-election-period", CaseFacts(), NEAR)

    def test_names_every_area(self) -> None:
        both = Context(elections=(*NEAR.elections, Election("Kingsmarl", date(2027, 6, 3))))
        (finding,) = findings("Our PCC", "politics-in-election-period", CaseFacts(), both)
        assert finding.message == (
            "A pre-election period is on in Saltmere until 6 May 2027 "
            "and in Kingsmarl until 3 June 2027."
        )
