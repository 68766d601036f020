"""The text that rules match against, with the way back to the text that was typed.

Full-width and styled letters become plain ones, look-alikes from other alphabets become the Latin
letter that they imitate, dashes and quotes become one kind each, and what cannot be seen is
left out. Accents stay: Welsh names are no disguise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

# Ignorable by definition, interlinear marks, and control codes other than tab and line ends.
HIDDEN: Final = (
    r"\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\uFFFE\uFFFF"
    r"\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F"
)
_VISIBLE = regex.compile(rf"[^{HIDDEN}]")
_HIDDEN = regex.compile(rf"[{HIDDEN}]")
_CLUSTER = regex.compile(r"[\x00-\x7F]+(?!\p{M})|.\p{M}*+", regex.DOTALL)
# A single character may stand for a whole phrase of 18 letters. No Latin letter, number or unit
# becomes more than this many; what does stays as it is, or a text would grow past all limits.
_LONGEST_FOLD: Final = 4
_PLAIN = regex.compile(r"[\t\n\r -~]*+")

_LOOKALIKES: Final = {
    # Cyrillic
    "АВЕКМНОРСТУХЅІЈԌԚԜӀҮ": "ABEKMHOPCTYXSIJGQWIY",
    "аеорсухѕіјԛԝһԁӏгвкмнт": "aeopcyxsijqwhdlrbkmht",
    # Greek
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "ABEZHIKMNOPTYX",
    "αικνορτυχγ": "aikvoptuxy",
    # Armenian, Cherokee, small capitals, dotless letters
    "օոսհցԼՕՍ": "onuhgLOU",
    "ᎪᏴᏟᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ": "ABCEHJKLMPRSTVWZ",
    "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıȷɑɡ": "abcdeghijklmnoprstuvwyzijag",
    # A capital that small letters have no single one for
    "İ": "I",
    # Dashes, quotes, stops and slashes
    "‐‑‒–—―−⁃﹘": "-" * 9,
    "‘’‚‛′ʼ`´": "'" * 8,
    "“”„‟″«»": '"' * 7,
    "。․∙•⸱": ".....",
    "⁄∕╱": "///",
    "⠀": " ",
    # White letters in black circles and squares
    **{
        "".join(map(chr, range(first, first + 26))): "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for first in (0x1F150, 0x1F170)
    },
}
_FOLD: Final = {
    ord(strange): plain
    for strangers, plains in _LOOKALIKES.items()
    for strange, plain in zip(strangers, plains, strict=True)
}


def fold(text: str) -> str:
    """`text` with compatibility forms and look-alikes made plain. The length may change."""
    return unicodedata.normalize("NFKC", text).translate(_FOLD)


def visible(text: str) -> str:
    """`text` without the characters that cannot be seen."""
    return "".join(_VISIBLE.findall(text))


def _folded(cluster: str) -> str:
    folded = fold(cluster)
    return folded if len(folded) <= _LONGEST_FOLD * len(cluster) else cluster


@dataclass(frozen=True, slots=True)
class Normalised:
    """A folded text and, for each of its code points, the raw ones that it came from.

    `starts` and `ends` are None when nothing had to be folded and both texts are the same.
    """

    raw: str
    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the raw text behind `start:end` of the folded one.

        An empty span stays empty.
        """
        if self.starts is None or self.ends is None:
            return start, end
        first = self.starts[start] if start < len(self.starts) else len(self.raw)
        return first, max(first, self.ends[end - 1] if end > start else first)


def normalise(raw: str) -> Normalised:
    """Fold `raw`, keeping the offsets."""
    if _PLAIN.fullmatch(raw):
        return Normalised(raw, raw)
    places: Sequence[int] = range(len(raw))
    shown = raw
    if _HIDDEN.search(raw):
        places = [found.start() for found in _VISIBLE.finditer(raw)]
        shown = "".join(raw[place] for place in places)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(shown):
        begin, stop = cluster.span()
        piece = cluster.group()
        if piece.isascii():
            starts.extend(places[begin:stop])
            ends.extend(place + 1 for place in places[begin:stop])
        else:
            piece = _folded(piece)
            starts.extend([places[begin]] * len(piece))
            ends.extend([places[stop - 1] + 1] * len(piece))
        pieces.append(piece)
    return Normalised(raw, "".join(pieces), tuple(starts), tuple(ends))
