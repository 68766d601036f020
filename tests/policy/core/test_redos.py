"""No text makes a rule slow: every rule by itself against texts made to be slow.

FUZZ_N sets how many texts; `make fuzz-policy` takes 10,000. What they are made of comes from the
hostile pieces and from the rules' own examples, so that a new rule is tried with its own words.
"""

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from policy.core import (
    RULEBOOK,
    CaseFacts,
    CaseStage,
    Context,
    Earlier,
    Election,
    Incident,
    Kind,
    Offence,
    Post,
    Restriction,
    Rule,
    SourceKind,
)
from policy.core.measure import measure
from policy.core.reading import CAP, Reading
from policy.core.rules.base import Case, Deadline, Span
from tests.policy.core.hostile import FRAGMENTS, PIECES
from tests.policy.core.packs import WEST_MIDLANDS
from tests.policy.core.speed import milliseconds, takes_longer

TEXTS: Final = int(os.environ.get("FUZZ_N", "60"))
SEED: Final = int(os.environ.get("FUZZ_SEED", "1"))
# Milliseconds that one rule may take over the longest text that is read.
LIMIT: Final = 20.0
NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
PACK: Final = WEST_MIDLANDS.with_lists(
    force_accounts=["WMPolice"],
    senior_accounts=["ChiefWMP"],
    partner_accounts=["Marlshire Fire = MarlshireFire"],
    protected_handles=["a_person"],
    celebrity_accounts=["somebody_famous"],
    campaign_hashtags=["MeetYourTeam"],
    area_hashtags=["Oldermoor"],
    jargon=["RTC = crash"],
    operation_names=["Larkspur"],
    places=["Oldermoor", "Tanner Square"],
)


def words_of_the_rules() -> list[str]:
    """Every run of one to four words in the rules' own examples."""
    found: set[str] = set()
    for rule in RULEBOOK:
        for example in (*rule.wrong, *rule.right):
            words = example.post.text.split(" ")
            for length in range(1, 5):
                found |= {
                    " ".join(words[first : first + length]) + end
                    for first in range(len(words))
                    for end in (" ", "")
                }
    return sorted(found - {"", " "})


def hostile_texts(count: int, seed: int = SEED) -> Iterator[str]:
    """`count` texts as long as may be read."""
    chance = random.Random(seed)
    own_words, pieces = words_of_the_rules(), [*PIECES, *FRAGMENTS]
    for turn in range(count):
        made_of = [chance.choice(chance.choice((own_words, pieces))) for _ in range(turn % 4 + 1)]
        if turn % 3 == 0:
            text = "".join(chance.choices(made_of, k=CAP))
        elif turn % 3 == 1:
            text = "".join(made_of) * CAP
        else:
            text = made_of[0] + (made_of[-1].strip() or "a") * CAP
        yield text[: chance.choice((CAP, CAP, CAP - 1, CAP // 2))]


def surroundings(texts: list[str], seed: int = SEED) -> Iterator[tuple[Post, Context]]:
    """Each of the texts as a post about which everything that rules ask for is known."""
    chance = random.Random(seed)
    for text in texts:
        post = Post(
            text,
            account="OldermoorPolice",
            kind=chance.choice(list(Kind)),
            category=chance.choice(["", *PACK.categories]),
            source_account="somebody",
            source_kind=chance.choice(list(SourceKind)),
            pictures=chance.randrange(2),
            case=CaseFacts(
                stage=chance.choice(list(CaseStage)),
                offence=chance.choice(list(Offence)),
                under_18=chance.choice((None, True, False)),
            ),
        )
        context = Context(
            incidents=(Incident("Oldermoor", NOW),) * chance.randrange(2),
            now=NOW,
            restrictions=(Restriction("1", ("Ann Sample", "Mill Lane", text[:20] or "a")),),
            elections=(Election("Marlshire", date(2026, 6, 9)),),
            earlier=tuple(
                Earlier(text[number : number + 280], NOW - timedelta(hours=1))
                for number in range(20)
            ),
            team_page="https://marlshire.example.org/oldermoor",
            reply_turns=chance.randrange(5),
        )
        yield post, context


def times(post: Post, context: Context) -> Iterator[tuple[str, float, bool]]:
    """Each rule over the post's own text: its id, its milliseconds, and whether that is slow."""
    read = Reading(post.text)
    folded, entities = read.folded, read.entities
    measured = measure(post, PACK.limits[post.platform], entities.urls)

    def prepared(rule: Rule) -> Callable[[], object]:
        # What rules share besides has to be worked out by each: the first one bears it.
        reading = Reading(post.text)
        reading.__dict__.update(folded=folded, entities=entities)
        case = Case(
            reading, post, context, PACK, PACK.rules[rule.id], measured, Deadline(LIMIT * 50)
        )
        return lambda: list(rule.find(case))

    for rule in RULEBOOK:
        if rule.id in PACK.rules:
            afresh = partial(prepared, rule)
            taken = milliseconds(afresh())
            yield rule.id, taken, taken > LIMIT and takes_longer(afresh, LIMIT)


class TestARule:
    def test_is_never_slow(self) -> None:
        slowest: dict[str, tuple[float, str]] = {}
        slow: list[str] = []
        for post, context in surroundings(list(hostile_texts(TEXTS))):
            for rule, taken, is_slow in times(post, context):
                slowest[rule] = max(slowest.get(rule, (0.0, "")), (taken, post.text[:60]))
                slow += [f"{rule}: {post.text[:60]!r} and so on"] * is_slow
        # Shown by make fuzz-policy.
        for rule, (taken, text) in sorted(slowest.items(), key=lambda item: -item[1][0])[:10]:
            print(f"{taken:6.1f} ms {rule}: {text!r} and so on")  # noqa: T201
        assert not slow, "\n".join(slow)

    def test_is_quick_where_every_sentence_breaks_it(self) -> None:
        text = ("Burglary at Oldermoor. you DM us your///a.b." * CAP)[:CAP]
        rule = next(rule for rule in RULEBOOK if rule.id == "crime-report-handling")

        def prepared() -> Callable[[], list[Span]]:
            reading, post = Reading(text), Post(text)
            measured = measure(post, PACK.limits[post.platform], reading.entities.urls)
            setting, deadline = PACK.rules[rule.id], Deadline(LIMIT * 50)
            case = Case(reading, post, Context(), PACK, setting, measured, deadline)
            return lambda: list(rule.find(case))

        assert len(prepared()()) > 50
        assert not takes_longer(prepared, LIMIT / 2)


class TestTheTexts:
    def test_are_as_long_as_may_be_read(self) -> None:
        texts = list(hostile_texts(30))
        assert len(set(texts)) > 25
        assert max(map(len, texts)) == CAP
        assert min(map(len, texts)) >= CAP // 2

    def test_are_the_same_in_every_run(self) -> None:
        assert list(hostile_texts(5)) == list(hostile_texts(5))

    def test_use_the_rules_own_words(self) -> None:
        assert "OFFICIAL-SENSITIVE briefing: " in words_of_the_rules()
