"""Whom a tweet talks to, mentions or passes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from policy.core.pack import PARTNER_ACCOUNTS
from policy.core.rules import authorities
from policy.core.rules.base import OWN_WORDS, TEXT_ONLY, Case, Example, Rule, Span, tweets
from policy.core.rules.lexicon import pairs
from policy.core.types import Kind, Post, Severity, SourceKind, Where


def _handles(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(entry.lstrip("@").casefold() for entry in entries)


def _listed(case: Case, name: str, message: str) -> Iterator[Span]:
    """Mentions of the handles in the list `name`, and a source that is one of them."""
    handles = _handles(case.pack.lists[name])
    if not handles:
        return
    for mention in case.reading.entities.mentions:
        if mention.screen_name.casefold() in handles:
            yield Span(mention.start, mention.end, message.format(mention.screen_name))
    source = case.post.source_account.lstrip("@")
    if case.reading.where is Where.TEXT and source.casefold() in handles:
        yield Span(0, len(case.reading.raw), message.format(source))


def colleagues(case: Case) -> Iterator[Span]:
    """The private accounts of staff who have asked to be left out."""
    return _listed(case, "protected_handles", "@{} is a colleague's own account.")


COLLEAGUE_MENTION: Final = Rule(
    id="colleague-mention",
    title="A colleague's own account",
    subject="Handles",
    severity=Severity.NEEDS_REASON,
    cites=authorities.COLLEAGUES,
    advice="Take the handle out, or name the team's account instead.",
    find=colleagues,
    wrong=(
        *tweets(
            "Well done @asha_at_home on your award",
            "@ASHA_AT_HOME thank you for coming",
        ),
        Example(
            Post(
                "",
                kind=Kind.RETWEET,
                source_text="My day at Kingsmarl beach",
                source_account="asha_at_home",
            ),
            note="A retweet talks to the account as well.",
        ),
    ),
    right=(
        *tweets(
            "Well done @OldermoorPolice on your award",
            "Well done PC Tindall on your award",
        ),
        Example(Post("Write to asha_at_home@marlshire.example.org"), note="No handle."),
    ),
    answers=(
        "It is an official account",
        "The colleague has agreed to be named here",
    ),
)


def celebrities(case: Case) -> Iterator[Span]:
    """Accounts of well-known people that the pack lists."""
    return _listed(case, "celebrity_accounts", "@{} is the account of a celebrity.")


CELEBRITY: Final = Rule(
    id="celebrity",
    title="A celebrity's account",
    subject="Handles",
    severity=Severity.ADVISE,
    cites=authorities.CELEBRITIES,
    advice="Leave it out unless it matters to your area.",
    find=celebrities,
    wrong=(
        *tweets("Good luck tonight @StarOfSaltmere", "@starofsaltmere we love your songs"),
        Example(
            Post("Look!", kind=Kind.QUOTE, source_text="Hi", source_account="@StarOfSaltmere"),
            note="Quoted.",
        ),
    ),
    right=(
        *tweets("Good luck tonight @SaltmereFC", "Star of Saltmere is closed until Friday"),
        Example(Post("starofsaltmere"), note="Without the @ nobody is called."),
    ),
)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def partners_by_name(case: Case) -> Iterator[Span]:
    """Partners named without their handle, or with one that only looks like theirs."""
    partners = dict(case.pack.pairs(PARTNER_ACCOUNTS))
    if not partners:
        return
    mentions = case.reading.entities.mentions
    called = _handles(mention.screen_name for mention in mentions)
    for hit in pairs(case.pack.lists[PARTNER_ACCOUNTS]).hits(case.reading):
        if hit.value.casefold() not in called:
            called |= {hit.value.casefold()}
            yield _offer(case.place(hit.start, hit.end), f"You name {hit.phrase}.", hit.value)
    right = _handles(partners.values())
    by_letters = {_letters(name): handle for name, handle in partners.items()}
    by_letters |= {_letters(handle): handle for handle in partners.values()}
    for mention in mentions:
        handle = by_letters.get(_letters(mention.screen_name))
        if handle and mention.screen_name.casefold() not in right:
            place = mention.start, mention.end
            yield _offer(place, f"@{mention.screen_name} is not your partner's account.", handle)


def _offer(place: tuple[int, int], what: str, handle: str) -> Span:
    return Span(
        *place, what, f"Write @{handle}, so that they see it.", replacements=(f"@{handle}",)
    )


PARTNER_HANDLE: Final = Rule(
    id="partner-handle",
    title="A partner without its handle",
    subject="Handles",
    severity=Severity.ADVISE,
    cites=authorities.MENTIONS,
    advice="Name partners with their @ handle, so that they see it and can answer.",
    find=partners_by_name,
    wrong=(
        *tweets(
            "Flood fair with Marlshire Fire on Saturday in Saltmere",
            "Thank you marlshire fire!",
        ),
        Example(
            Post("Thank you @Marlshire_Fire for your help"), note="Not their account: it has no _."
        ),
    ),
    right=(
        *tweets(
            "Flood fair with @MarlshireFire on Saturday in Saltmere",
            "Marlshire Fire, @MarlshireFire, will be there",
        ),
        Example(Post("Marlshire fireworks are on Friday"), note="Another word."),
    ),
    reads=OWN_WORDS,
)

_KNOWN: Final = frozenset(
    (SourceKind.FORCE, SourceKind.COMMANDER, SourceKind.LPT, SourceKind.SENIOR, SourceKind.PARTNER)
)


def _is_known(case: Case, source: str) -> bool:
    lists = case.pack.lists
    partners = (handle for _, handle in case.pack.pairs(PARTNER_ACCOUNTS))
    known = (*lists["senior_accounts"], *lists["force_accounts"], *partners)
    return case.post.source_kind in _KNOWN or source.casefold() in _handles(known)


def unknown_sources(case: Case) -> Iterator[Span]:
    """A retweet or quote of an account that is neither the force's nor a partner's."""
    source = case.post.source_account.lstrip("@")
    is_passed_on = case.post.kind in (Kind.RETWEET, Kind.QUOTE)
    if source and is_passed_on and not _is_known(case, source):
        yield Span(
            0,
            len(case.reading.raw),
            f"@{source} is neither an account of the force nor a partner's.",
        )


def _passed_on(source: str, kind: SourceKind = SourceKind.OTHER, text: str = "") -> Post:
    return Post(
        text,
        kind=Kind.QUOTE if text else Kind.RETWEET,
        source_text="The flood fair is on Saturday.",
        source_account=source,
        source_kind=kind,
    )


RETWEET_RELEVANCE: Final = Rule(
    id="retweet-relevance",
    title="A retweet from outside",
    subject="Handles",
    severity=Severity.ADVISE,
    cites=authorities.RETWEETS,
    advice="Pass on mainly what the force says, or kind words from people in your area.",
    find=unknown_sources,
    wrong=(
        Example(_passed_on("bakes_by_bea"), note="An account that nobody has listed."),
        Example(_passed_on("bakes_by_bea", text="See this!"), note="Quoted, too."),
        Example(_passed_on("MarlshireFires", SourceKind.NONE), note="Only looks like a partner."),
    ),
    right=(
        Example(_passed_on("MarlshirePolice", SourceKind.FORCE), note="The force's own."),
        Example(_passed_on("@marlshirefire"), note="A partner on the list, in small letters."),
        *tweets("Thank you @bakes_by_bea for the cakes"),
    ),
    reads=TEXT_ONLY,
)

RULES: Final[tuple[Rule, ...]] = (
    COLLEAGUE_MENTION,
    PARTNER_HANDLE,
    RETWEET_RELEVANCE,
    CELEBRITY,
)
