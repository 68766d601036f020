"""JSON from outside: read only as deep as anything sensible goes.

Python's own reader stops at its recursion limit, by an error raised wherever it happens to be, a
finalizer of something else included. Here the depth is looked at first.
"""

import json
import re
from typing import Any

DEEPEST = 100
# A text, whole or cut off, or one bracket; possessive, so that no text makes it look twice.
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def read_json(text: str) -> Any:
    """What `text` says. Raises ValueError for what is no JSON, too deep, or too long a number."""
    depth = 0
    for mark in _MARKS.finditer(text):
        match mark.group()[0]:
            case "[" | "{":
                depth += 1
                if depth > DEEPEST:
                    raise ValueError("more brackets in brackets than can be read")
            case "]" | "}":
                depth -= 1
    return json.loads(text)
