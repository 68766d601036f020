"""Writes the tables in docs/rulebook.md from the rulebook itself: `make docs`.

Three sections, each between a pair of markers: the rules, every requirement with what serves it,
and the hand-made cases that are judged wrongly. With --check nothing is written; the exit status
is 1 when the file is not current.
"""

import argparse
import importlib
import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from policy.core import RULEBOOK, Pack, Rule, Severity, Where, load_packs
from tests.policy.core import labelled
from tools.requirements import REQUIREMENTS, Requirement

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "rulebook.md"
PACKS: Final = load_packs(ROOT / "policy" / "packs")
_ATTESTATIONS: Final = "policy.core.attestations"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown; a bar in a cell is escaped."""
    cells = [list(head), *(list(row) for row in rows)]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + "---|" * len(cells[0]), *lines[1:]])


def code(names: Iterable[str]) -> str:
    """Names as code, in one order: `a`, `b`."""
    return ", ".join(f"`{name}`" for name in sorted(set(names)))


# --- the rules


def rules_section() -> str:
    rows = (
        (f"`{rule.id}`", _weight(rule), _reads(rule), _looks_for(rule), _cites(rule))
        for rule in RULEBOOK
    )
    return table(("rule", "weight", "reads", "what it looks for", "cites"), rows)


def _weight(rule: Rule) -> str:
    if rule.is_legal:
        return "block (legal class)"
    if rule.severity is Severity.BLOCK and rule.overridable_by:
        return "block, may be passed over"
    return rule.severity.value


def _reads(rule: Rule) -> str:
    if rule.reads == frozenset(Where):
        return "all"
    return ", ".join(where.value for where in Where if where in rule.reads)


def _looks_for(rule: Rule) -> str:
    return f"{rule.subject}: {rule.title[:1].lower()}{rule.title[1:]}"


def _cites(rule: Rule) -> str:
    document = rule.cites.document.partition(",")[0]
    return f"{document}, {rule.cites.section} ({', '.join(rule.cites.requirements)})"


# --- the requirements


def attestations() -> dict[str, tuple[str, ...]]:
    """What officers declare by a tick: id → the requirements that it serves."""
    if importlib.util.find_spec(_ATTESTATIONS) is None:
        return {}
    module = importlib.import_module(_ATTESTATIONS)
    return {one.id: tuple(one.cites.requirements) for one in module.ATTESTATIONS}


def rules_by_requirement(packs: Mapping[str, Pack] = PACKS) -> dict[str, set[str]]:
    """Requirement → rules that cite it, in the catalogue or in a force's pack."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for rule in RULEBOOK:
        cited = [rule.cites, *(pack.rules[rule.id].citation for pack in _with(rule, packs))]
        for citation in cited:
            for requirement in citation.requirements:
                found[requirement].add(rule.id)
    return dict(found)


def _with(rule: Rule, packs: Mapping[str, Pack]) -> list[Pack]:
    return [pack for pack in packs.values() if rule.id in pack.rules]


def served_by(requirement: Requirement) -> str:
    """What serves it today, in words; empty when nothing does."""
    ticks = [name for name, ids in attestations().items() if requirement.id in ids]
    templates = PACKS["neutral"].templates if requirement.templates else {}
    parts = (
        ("rules", code(rules_by_requirement().get(requirement.id, ()))),
        ("attestations", code(ticks)),
        ("lists", code(requirement.lists)),
        ("templates", code(templates)),
        ("", requirement.today),
    )
    return "; ".join(f"{kind}: {said}".removeprefix(": ") for kind, said in parts if said)


def requirements_section() -> str:
    rows = (
        (
            one.id,
            one.asks,
            served_by(one) or "–",
            ", ".join(f"with {part}" for part in one.later) or "–",
        )
        for one in REQUIREMENTS
    )
    return table(("id", "about", "served today by", "to come"), rows)


# --- the hand-made cases


def cases_section() -> str:
    known = labelled.known()
    lines: list[str] = []
    for name, certain in (("deterministic", True), ("heuristic", False)):
        result = labelled.judge(deterministic=certain, rules=known)
        held = result.total - len(result.failed)
        lines.append(f"- {name} rules: {held} of {result.total} assertions hold")
        lines += [f"  - {failed}" for failed in result.failed]
    without = labelled.unbuilt(known)
    if without:
        lines.append(f"- labels without a rule: {', '.join(without)}")
    return "\n".join(lines)


# --- the page


SECTIONS: Final = {
    "rules": rules_section,
    "requirements": requirements_section,
    "cases": cases_section,
}


def rewritten(page: str) -> str:
    """`page` with its generated sections made anew. Raises ValueError where a marker is missing."""
    for name, make in SECTIONS.items():
        begin = f"<!-- {name}: written by make docs -->\n\n"
        end = f"\n\n<!-- end of {name} -->"
        before, found, rest = page.partition(begin)
        _, found_end, after = rest.partition(end)
        if not (found and found_end):
            raise ValueError(f"docs/rulebook.md has no markers for {name}.")
        page = f"{before}{begin}{make()}{end}{after}"
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the tables in docs/rulebook.md.")
    parser.add_argument("--check", action="store_true", help="only say whether it is current")
    options = parser.parse_args()
    written = PAGE.read_text(encoding="utf-8")
    current = rewritten(written)
    if options.check and current != written:
        sys.exit("docs/rulebook.md is not current: run make docs.")
    if current != written:
        PAGE.write_text(current, encoding="utf-8")


if __name__ == "__main__":
    main()
