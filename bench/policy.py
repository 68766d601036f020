"""What the rulebook costs and how well it judges: `make bench-policy`.

Prints one line of JSON; with --verbose also, on standard error, what it judged wrongly. BENCH_N
sets how many checks are timed (at least as many as there are texts unless it is set).

Times are milliseconds of processor time, so that other work on the machine does not count;
`wall_p95` is by the clock. Real tweets are read where they lie beside the project; where they do
not, times are taken over the hand-made ones and `rules` stays empty. To reach: p50 2 ms, p95 3 ms,
the slowest hostile text 150 ms; adversarial .98 (deterministic) and .85 (heuristic).
"""

import argparse
import importlib.util
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bench.drafts import Routine, demonstration_drafts, judged_tweets, routine_tweets
from policy.core import (
    Context,
    Kind,
    Pack,
    Post,
    Report,
    Severity,
    check,
    guess_category,
    load_packs,
)
from policy.core.lines import unescape
from policy.core.text import extract_reply
from tests.policy.core import labelled
from tests.policy.core.hostile import FRAGMENTS, PIECES

PACKS: Final = load_packs(Path(__file__).parents[1] / "policy" / "packs")
JUDGED_WITH: Final = PACKS["west_midlands"]
HOSTILE_LENGTH: Final = 10_000
AT_LEAST: Final = 200
# What finding names does not need of a model.
_NO_NAMES: Final = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_COLD_START: Final = """
import resource, time
began = time.process_time()
import policy.core
imported = time.process_time()
from pathlib import Path
packs = policy.core.load_packs(Path("policy/packs"))
read = time.process_time()
policy.core.check(policy.core.Post("Hello #Oldermoor"), policy.core.Context(), packs["neutral"])
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((imported - began) * 1000, (read - imported) * 1000, memory / 1024)
"""


def at_home() -> Pack:
    """The pack of the made-up force."""
    return PACKS["neutral"].with_lists(allowed_domains=["marlshire.example.org"])


def report_on(exported: str, pack: Pack = JUDGED_WITH, category: str = "") -> Report:
    """The full check of a text as platforms export it, which is how `check_post` takes it."""
    text = unescape(exported).text
    kind = Kind.ORIGINAL if extract_reply(text) is None else Kind.REPLY
    return check(Post(text, kind=kind, category=category), Context(), pack)


def milliseconds(work: Callable[[str], object], text: str) -> tuple[float, float]:
    """How long `work(text)` takes: of processor time, and by the clock."""
    wall, own = time.perf_counter(), time.thread_time()
    work(text)
    return (time.thread_time() - own) * 1000, (time.perf_counter() - wall) * 1000


def texts_to_time() -> list[str]:
    """Tweets as they are: the real ones, or the hand-made ones where there are none."""
    real = [tweet.text for tweet in labelled.development()]
    return real or [tweet.text for tweet in routine_tweets()]


def timed(work: Callable[[str], object], texts: Sequence[str], n: int) -> dict[str, float]:
    """p50, p95 and p99 of `n` runs over `texts`, after one warm-up run over all of them."""
    for text in texts:
        work(text)
    own, wall = zip(
        *(milliseconds(work, text) for text in itertools.islice(itertools.cycle(texts), n)),
        strict=True,
    )
    return {
        "n": n,
        "p50": percentile(own, 50),
        "p95": percentile(own, 95),
        "p99": percentile(own, 99),
        "wall_p95": percentile(wall, 95),
    }


def percentile(values: Sequence[float], part: int) -> float:
    """The value below which `part` of a hundred lie."""
    return round(statistics.quantiles(values, n=100, method="inclusive")[part - 1], 3)


def hostile(kinds: Sequence[str]) -> dict[str, Any]:
    """The slowest of the texts that are one hostile piece repeated, and the piece."""
    taken = {
        kind: milliseconds(report_on, (kind * HOSTILE_LENGTH)[:HOSTILE_LENGTH])[0] for kind in kinds
    }
    piece = max(taken, key=lambda kind: taken[kind])
    return {"kinds": len(kinds), "worst": round(taken[piece], 1), "piece": piece}


def cold_start() -> dict[str, float]:
    """Milliseconds to import the rulebook and to read the packs, and MiB in memory after that."""
    done = subprocess.run(  # noqa: S603  this same Python
        [sys.executable, "-c", _COLD_START],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    imported, packs, memory = map(float, done.stdout.split())
    return {"import_ms": round(imported), "packs_ms": round(packs), "rss_mb": round(memory)}


def ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def tally(rules: frozenset[str]) -> dict[str, Any]:
    """How often any of `rules` is met rightly, wrongly, and missed, over the real tweets."""
    return _scores(
        Counter(
            (bool(rules & tweet.rules), bool(rules & labelled.rules_met(tweet.text)))
            for tweet in labelled.development()
        )
    )


def _scores(counts: Counter[tuple[bool, bool]]) -> dict[str, Any]:
    """From how often a rule (ought to be met, is met)."""
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    return {
        "precision": ratio(right, right + wrong),
        "recall": ratio(right, right + missed),
        "right": right,
        "wrong": wrong,
        "missed": missed,
    }


def judged(known: dict[str, bool]) -> dict[str, Any]:
    """`tally` of every rule that is labelled or met; all that name a person once more as one."""
    labels = {rule for tweet in labelled.development() for rule in tweet.rules}
    met = Counter(
        rule for tweet in labelled.development() for rule in labelled.rules_met(tweet.text)
    )
    rules: dict[str, Any] = {
        kind: {
            # What nobody labelled can be neither right nor wrong.
            rule: tally(frozenset({rule})) if rule in labels else {"met": met[rule]}
            for rule, certain in known.items()
            if certain is is_certain and rule in labels | met.keys()
        }
        for kind, is_certain in (("deterministic", True), ("heuristic", False))
    }
    if labels & labelled.NAMES and known.keys() & labelled.NAMES:
        rules["heuristic"]["name-person"] = tally(labelled.NAMES)
    rules["without_a_rule"] = sorted(labels - known.keys())
    return rules


def hand_judged(known: dict[str, bool]) -> dict[str, Any]:
    """Per label of the made-up judged tweets: found rightly, found wrongly, missed.

    They are judged with the pack for everyday drafts, whose force they belong to.
    """
    tweets = judged_tweets()
    found = {tweet.text: _rules_at_home(tweet.text) for tweet in tweets}
    said: dict[str, Any] = {}
    for label in sorted({label for tweet in tweets for label in tweet.labels}):
        rules = frozenset(labelled.rules_of(label))
        if rules & known.keys():
            pairs = [(label in tweet.labels, bool(rules & found[tweet.text])) for tweet in tweets]
            said[label] = _scores(Counter(pairs))
    return said


def _rules_at_home(text: str) -> frozenset[str]:
    return frozenset(finding.rule for finding in report_on(text, at_home()).findings)


def false_blocks(known: dict[str, bool]) -> dict[str, Any]:
    """Blocks on real tweets that break no deterministic rule, as far as the labels say."""
    certain = {rule for rule, is_certain in known.items() if is_certain}
    clean = [tweet.text for tweet in labelled.development() if not tweet.rules & certain]
    blocks = Counter(
        rule for text in clean for rule in {finding.rule for finding in report_on(text).blocking}
    )
    return {"texts": len(clean), "by_rule": dict(sorted(blocks.items()))}


def adversarial(known: dict[str, bool]) -> dict[str, Any]:
    """Which share of the hand-made assertions holds."""
    shares: dict[str, Any] = {}
    for kind, is_certain in (("deterministic", True), ("heuristic", False)):
        result = labelled.judge(deterministic=is_certain, rules=known)
        held = result.total - len(result.failed)
        shares[kind] = {"share": round(result.share, 3), "held": held, "of": result.total}
    return {**shares, "without_a_rule": labelled.unbuilt(known)}


def routine(drafts: Sequence[Routine]) -> dict[str, Any]:
    """Which share of everyday drafts is asked about or blocked, and by which rules."""
    pack = at_home()
    said: dict[str, Any] = {"drafts": len(drafts)}
    for way, category_of in (
        ("guessed", lambda draft: guess_category(draft.text, pack)),
        ("stated", lambda draft: draft.category),
        ("none", lambda draft: ""),
    ):
        asked, blocked = Counter[str](), Counter[str]()
        needing = stopped = 0
        for draft in drafts:
            report = report_on(draft.text, pack, category_of(draft))
            asked.update({finding.rule for finding in report.needing_reason})
            blocked.update({finding.rule for finding in report.blocking})
            needing += bool(report.needing_reason)
            stopped += bool(report.blocking)
        said[way] = {
            "needs_reason": ratio(needing, len(drafts)),
            "block": ratio(stopped, len(drafts)),
            "asked_by": dict(asked.most_common()),
            "blocked_by": dict(blocked.most_common()),
        }
    right = sum(guess_category(draft.text, pack) == draft.category for draft in drafts)
    said["category_guessed"] = ratio(right, len(drafts))
    return said


def peer(texts: Sequence[str], n: int) -> dict[str, float] | None:
    """How fast spaCy finds names alone in the same texts, and how many times our p50 that is.

    None where spaCy or an English model of it is not installed.
    """
    if importlib.util.find_spec("spacy") is None:
        return None
    spacy = importlib.import_module("spacy")
    models = [name for name in spacy.util.get_installed_models() if name.startswith("en_")]
    if not models:
        return None
    names = spacy.load(models[0], exclude=_NO_NAMES)
    theirs, ours = timed(names, texts, n), timed(report_on, texts, n)
    return {"p50": theirs["p50"], "ratio": round(theirs["p50"] / ours["p50"], 2)}


def mistakes(known: dict[str, bool], drafts: Sequence[Routine]) -> Iterator[str]:
    """What is judged wrongly, a line each. Real tweets are named by their line only."""
    for is_certain in (True, False):
        for failed in labelled.judge(deterministic=is_certain, rules=known).failed:
            yield f"adversarial: {failed}: {failed.text[:140]!r}"
    for line, tweet in enumerate(labelled.development()):
        met = labelled.rules_met(tweet.text)
        for rule in sorted((tweet.rules ^ met) & known.keys()):
            yield f"development line {line}: {_how(rule in tweet.rules)} {rule}"
    yield from _mistakes_at_home(drafts)


def _mistakes_at_home(drafts: Sequence[Routine]) -> Iterator[str]:
    judged = judged_tweets()
    labels = sorted({label for tweet in judged for label in tweet.labels})
    for tweet in judged:
        met = _rules_at_home(tweet.text)
        for label in labels:
            is_wanted = label in tweet.labels
            if is_wanted is met.isdisjoint(labelled.rules_of(label)):
                yield f"judged: {_how(is_wanted)} {label}: {tweet.text}"
    for draft in drafts:
        for finding in report_on(draft.text, at_home(), draft.category).findings:
            if finding.severity is not Severity.ADVISE:
                yield f"routine {draft.category}: {finding.rule} {finding.excerpt!r}: {draft.text}"


def _how(is_wanted: bool) -> str:  # noqa: FBT001  the one thing that it says
    return "missed" if is_wanted else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description="What does the rulebook cost, and is it right?")
    parser.add_argument("--verbose", action="store_true", help="list what it judges wrongly")
    parser.add_argument(
        "--without-demonstration",
        action="store_true",
        help="leave the demonstration's drafts out; they need a database",
    )
    options = parser.parse_args()
    texts = texts_to_time()
    wanted = int(os.environ.get("BENCH_N", "0"))
    n = wanted or max(AT_LEAST, len(texts))
    known = labelled.known()
    kinds = [*PIECES, *FRAGMENTS][: wanted or None]
    times = timed(report_on, texts, n)
    drafts = routine_tweets()
    if not options.without_demonstration:
        drafts = [*demonstration_drafts(), *drafts]
    measured = {
        "pack": JUDGED_WITH.id,
        "rules_built": len(known),
        "ms": times,
        "hostile_ms": hostile(kinds),
        "start": cold_start(),
        "development": len(labelled.development()),
        "rules": judged(known),
        "false_blocks": false_blocks(known),
        "adversarial": adversarial(known),
        "hand_judged": hand_judged(known),
        "routine": routine(drafts),
        "peer": peer(texts, n),
    }
    if options.verbose:
        print(*mistakes(known, drafts), sep="\n", file=sys.stderr)  # noqa: T201  asked for
    print(json.dumps(measured, ensure_ascii=False))  # noqa: T201  it is what this prints


if __name__ == "__main__":
    main()
