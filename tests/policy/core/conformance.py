"""The official conformance cases of twitter-text, where they lie beside the project.

They are another project's data and are not part of this one. The parser's own cases in these
tests stand for themselves.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[4] / "shared" / "twitter-text"
COUNTED = {
    "extract": (
        "mentions",
        "mentions_with_indices",
        "mentions_or_lists_with_indices",
        "replies",
        "urls",
        "urls_with_indices",
        "urls_with_directional_markers",
        "tco_urls_with_params",
        "hashtags",
        "hashtags_from_astral",
        "hashtags_with_indices",
        "cashtags",
        "cashtags_with_indices",
    ),
    "validate": (
        "tweets",
        "WeightedTweetsCounterTest",
        "WeightedTweetsWithDiscountedEmojiCounterTest",
        "UnicodeDirectionalMarkerCounterTest",
        "hashtags",
        "urls",
        "urls_without_protocol",
    ),
    "tlds": ("country", "generic"),
}
Case = dict[str, Any]


@cache
def _file(name: str) -> dict[str, list[Case]]:
    path = FOLDER / f"{name}.yml"
    if not path.exists():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: dict[str, Any] = yaml.load(
        path.read_text(encoding="utf-8"),
        loader,  # noqa: S506 - it is the safe one, in C where there is C
    )
    tests: dict[str, list[Case]] = content["tests"]
    return tests


def cases(file: str, section: str) -> list[Case]:
    """The cases of one section; none where the folder is absent."""
    return _file(file).get(section, [])


@cache
def count() -> int:
    """How many cases there are in the sections that count."""
    return sum(len(cases(file, section)) for file, all_ in COUNTED.items() for section in all_)
