"""What each platform takes as the name of an account."""

import re
from typing import NamedTuple

from accounts.models import Platform


class _Shape(NamedTuple):
    pattern: str
    words: str
    longest: int


SHAPES = {
    Platform.X: _Shape(
        r"[A-Za-z0-9_]{1,15}", "On X a handle has up to 15 letters, digits and underscores.", 15
    ),
    Platform.MASTODON: _Shape(
        r"[A-Za-z0-9_]{1,30}",
        "On Mastodon a handle has up to 30 letters, digits and underscores.",
        30,
    ),
    Platform.BLUESKY: _Shape(
        r"[A-Za-z0-9][A-Za-z0-9-]{1,16}[A-Za-z0-9]",
        "On Bluesky a handle has 3 to 18 letters, digits and hyphens, and begins and ends without"
        " a hyphen.",
        18,
    ),
}


def limits_said(platform: str = "") -> str:
    """How long a handle may be there, or on each platform: `up to 15 characters on X`."""
    known = [Platform(platform)] if platform else list(SHAPES)
    return "up to " + ", ".join(
        f"{SHAPES[one].longest}{' characters' if one == known[0] else ''} on {one.label}"
        for one in known
    )


def handle_problem(handle: str, platform: str) -> str:
    """Why the platform takes no account of this name, in a sentence; "" when it does."""
    shape = SHAPES[Platform(platform)]
    if re.fullmatch(shape.pattern, handle):
        return ""
    counted = f" This one has {len(handle)} characters." if len(handle) > 15 else ""
    return f"{shape.words}{counted}"
