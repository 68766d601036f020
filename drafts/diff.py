"""What changed between two texts, word by word."""

import difflib
import re
from typing import Literal

Change = tuple[Literal["same", "add", "remove"], str]


def word_diff(before: str, after: str) -> list[Change]:
    """The runs of words that stayed, came and went, in reading order."""
    old, new = (re.findall(r"\S+\s*", text) for text in (before, after))
    changes: list[Change] = []
    matcher = difflib.SequenceMatcher(
        a=[word.rstrip() for word in old], b=[word.rstrip() for word in new], autojunk=False
    )
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            changes.append(("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            changes.append(("remove", "".join(old[i1:i2]).rstrip()))
        if j2 > j1:
            changes.append(("add", "".join(new[j1:j2]).rstrip()))
    return changes
