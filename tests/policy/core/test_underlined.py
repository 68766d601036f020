"""What an officer sees underlined: the words that are meant, and no more of the tweet."""

from typing import Final

import pytest

from policy.core import RULEBOOK, Example, Rule, check
from tests.policy.core.packs import WITH_LISTS, found

# Rules that are about a tweet and not about some of its words.
_OF_THE_WHOLE: Final = (
    *("critical-incident-lock", "under-18-in-a-case", "argument", "duplicate-text"),
    *("media-attestation-missing", "alt-text-missing", "meeting-details", "retweet-relevance"),
)
_WORDS: Final = {
    "hashtags-max": (["#Surgery"], ["#Burglary", "#Oldermoor"], ["＃Surgery"]),
    "hidden-characters": (["shop\u200b"], ["\u202egnitset ylno\u202c"], ["Neigh\xadbourhood"]),
    "mixed-script": (["Pоlice"], ["mаrlshire"], ["Crimestοppers"]),
    "styled-letters": (["𝗠𝗲𝗲𝘁 𝘆𝗼𝘂𝗿 𝘁𝗲𝗮𝗺"], ["ＳＵＲＧＥＲＹ"], ["🆂🅰🅵🅴"]),
    "external-link": (
        ["https://tickets.example.com/flood"],
        ["bit.ly/2abcDEF"],
        ["town.it"],
        ["tickets[.]example[.]com"],
        ["tickets dot example dot com"],
        ["https://www.metoffice.gov.uk@tickets.example.com/"],
        ["//tickets.example.com/flood"],
    ),
    "personal-identifiers": (
        ["07700 900123"],
        ["j.sample@gmail.com"],
        ["ST16 3AA"],
        ["D.O.B: 1st Feb 1990"],
        ["AB12 CDE"],
        ["4111 1111 1111 1111"],
        ["943 476 5919"],
        ["oh seven seven double oh nine hundred one two three"],
        ["Q123 ABC"],
    ),
    "name-offender": (["Ann Sample"], ["john smith"], ["JOHN SMITH"], ["J. Smith"]),
    "exact-location": (
        ["on Mill Lane, Oldermoor"],
        ["at 14 Acacia Avenue, Brackenford"],
        ["Flat 3, Acacia Court"],
        ["#CedarTreeGrove"],
        ["st163aa"],
        ["acacia avenue"],
        ["///filled.count.soap"],
    ),
    "juvenile-identified": (["Amy Fictional"], ["Mill Lane"]),
    "suspect-descriptor": (["white man"], ["Eastern European men"]),
    "stop-check-details": (["AB12 CDE"], ["ST16 3AA"], ["14 Acacia Avenue"], ["a b 1 2 c d e"]),
    "joke": (
        ["could not make it up", "muppet", "😂"],
        ["Not the wisest idea"],
        ["Bye bye car", "Better luck next time", "#fail"],
    ),
    "opinion-politics": (["Vote Labour", "the government is a shambles"], ["thug"]),
    "rumour": (["Apparently"], ["Hearing reports", "unconfirmed"], ["Word on the street"]),
    "partner-handle": (["Marlshire Fire"], ["marlshire fire"], ["@Marlshire_Fire"]),
    "hashtag-case": (["#meetyourteam"], ["#staysafe"]),
    "emoji-few-and-last": (["🏠"], ["🚲"], ["👮🏽\u200d♀️"]),
    "unfilled-blank": (["[day]"], ["[priority 2]"], ["[ Meeting ]", "［area］"]),
    "text-speak": (["gr8", "2nite", "lol"], ["pls"], ["Thx", "2moro"], ["ＧＲ８"]),
    "jargon": (["RTC"], ["proceeded", "in the vicinity of"], ["IC1 male", "TWOC"], ["utilise"]),
}
_BY_ID: Final = {rule.id: rule for rule in RULEBOOK}


def underlined(rule: str, example: Example) -> list[str]:
    findings = check(example.post, example.context, WITH_LISTS).findings
    return [finding.excerpt for finding in findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("rule", "number", "words"),
    [(rule, number, each) for rule, all_ in _WORDS.items() for number, each in enumerate(all_)],
)
def test_are_the_words_that_are_meant(rule: str, number: int, words: list[str]) -> None:
    assert underlined(rule, _BY_ID[rule].wrong[number]) == words


@pytest.mark.parametrize("rule", _OF_THE_WHOLE)
def test_is_the_whole_tweet_where_all_of_it_is_meant(rule: str) -> None:
    for example in _BY_ID[rule].wrong:
        assert underlined(rule, example) == [example.post.text]


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULEBOOK])
def test_says_how_sure_the_rule_is(rule: Rule) -> None:
    for example in (*rule.wrong, *rule.right):
        for finding in check(example.post, example.context, WITH_LISTS).findings:
            assert 0 < finding.confidence <= 1


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Call Sam on 07700 900123", "a mobile number"),
        ("Ring Sam on +33 6 12 34 56 78", "a telephone number abroad"),
        ("Seen a stolen car, AB12 CDE?", "a vehicle registration"),
        ("Her NHS number is 943 476 5919", "an NHS number"),
        ("D.O.B: 1st Feb 1990", "a date of birth"),
        ("Card 4111 1111 1111 1111", "the number of a payment card"),
        ("His passport number is 123456789", "a passport number"),
        ("National Insurance QQ 12 34 56 C", "a National Insurance number"),
        ("Sort code 12-34-56", "a sort code"),
        ("CVV 123", "the security code of a card"),
        ("Write to j.sample@gmail.com", "address"),
        ("Attacked at home, ST16 3AA", "the full postcode of somebody's home"),
    ],
)
def test_tells_which_detail_of_somebody_it_is(text: str, what: str) -> None:
    assert any(what in finding.message for finding in found(text, "personal-identifiers"))
