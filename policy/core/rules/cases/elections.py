"""The weeks before an election."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.rules.cases.stage import apart
from policy.core.rules.phrases import Phrases
from policy.core.types import Context, Election, Post, Severity

_POLITICS: Final = Phrases(
    {
        "candidate": (
            r"(?:\w+ )?candidates?(?! (?:for|to become|who want to join|applying|information)"
            r" (?:the )?(?:police|pc|pcso|role|job|post|officer|cadets?))",
        ),
        "party|parties": (
            r"(?:labour|conservative|tory|green|reform|liberal democrat|lib dem|political"
            r"|independent"
            r"|national|brexit|workers) part(?:y|ies)",
        ),
        "labour": (r"labour(?! (?:exploitation|ward|day|intensive|market|provider|abuse))",),
        "conservative": (r"conservatives?",),
        "tory": (r"tory",),
        "tories": (r"tories",),
        "lib dem": (r"lib dems?",),
        "liberal democrat": (r"liberal democrats?",),
        "reform uk": (r"reform uk",),
        "ukip": (r"ukip",),
        "plaid": (r"plaid(?: cymru)?",),
        "snp": (r"snp",),
        "dup": (r"dup",),
        "sinn": (r"sinn f[eé]in",),
        "manifesto": (r"manifestos?",),
        "leader": (
            r"(?:council|party|opposition|group|labour|conservative|tory|deputy council) leaders?",
            r"leaders? of (?:the )?(?:[\w']+ ){0,3}?(?:council|opposition|party|group)",
        ),
        "minister": (
            r"(?:prime |home |policing |shadow |crime )?ministers?(?! of (?:religion|the church))",
        ),
        "secretary": (r"(?:home|foreign|justice|shadow|health|education) secretary",),
        "councillor": (r"(?:county |town |city |local |parish )?councillors?",),
        "cllr": (r"cllrs?",),
        "mp": (r"mps?(?! hour)",),
        "of parliament": (r"members? of parliament",),
        "mayor": (r"(?:deputy |metro )?mayors?(?:al)?",),
        "pcc": (r"d?pcc",),
        "commissioner": (
            r"police (?:(?:and|&|&amp;|,? fire and) )?crime commissioners?",
            r"police commissioner",
        ),
        "government": (
            r"government(?:'s)? (?:\w+ ){0,2}?(?:announce\w*|polic(?:y|ies)|plans?|pledges?"
            r"|funding|promises?"
            r"|cuts|decision|proposals?|minister)",
        ),
        "announc": (
            r"(?:policy|funding|new|spending|budget) announcements?",
            r"announc\w+ (?:\w+ ){0,4}?(?:new )?(?:policy|policies|funding|investment"
            r"|police station"
            r"|extra officers|more officers)",
        ),
        "vote|voting": (
            r"(?:vote|voting|votes|voted) (?:for|against|labour|conservative|tory|reform|green)",
        ),
        "election": (
            r"(?:re )?elections?(?: (?:campaign|pledges?|promises?|results?|debate|night))",
        ),
        "hustings": (r"hustings",),
        "campaign trail": (r"campaign trail",),
        "canvass": (r"canvass\w*",),
        "referendum": (r"referendum",),
        "poll": (r"(?:opinion|exit) polls?",),
    }
)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def politics(case: Case) -> Iterator[Span]:
    """Parties, candidates, office holders and their plans, in a pre-election period."""
    elections = case.context.elections
    if not elections:
        return
    areas = " and ".join(f"in {each.area} until {_day(each.ends_on)}" for each in elections)
    for start, end in apart(case.place(*found.span()) for found in _POLITICS.found(case)):
        yield Span(start, end, f"A pre-election period is on {areas}.", confidence=0.7)


_SALTMERE: Final = Context(elections=(Election("Saltmere", date(2027, 5, 6)),))

POLITICS_IN_ELECTION_PERIOD: Final = Rule(
    id="politics-in-election-period",
    title="Politics before an election",
    subject="The law",
    severity=Severity.NEEDS_REASON,
    cites=authorities.ELECTIONS,
    advice="Leave candidates, parties, office holders and their plans out, or ask comms.",
    find=politics,
    wrong=(
        Example(Post("Good to meet the candidates at the market in Saltmere"), _SALTMERE),
        Example(Post("Out on patrol with the leader of the council"), _SALTMERE),
        Example(Post("The Police and Crime Commissioner visited our team"), _SALTMERE),
        Example(Post("The government announced new funding for knife crime"), _SALTMERE),
    ),
    right=(
        *tweets("Good to meet the leader of the council", "The PCC visited our team"),
        Example(Post("Join our Christmas party at the library"), _SALTMERE, "No political party."),
        Example(Post("Officers will be at polling stations on Thursday"), _SALTMERE),
        Example(Post("Vote for our new police dog's name"), Context(), "No election is near."),
    ),
    answers=(
        "It is about policing only and takes no side",
        "Comms has agreed these words",
        "It is not about politics",
    ),
)
