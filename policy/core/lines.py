"""One line of JSON in, one answer out: what `manage.py check_post` does with every line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

import regex

from policy.core.bounded_json import read_json
from policy.core.engine import check
from policy.core.names import LIGHT, NameDetector
from policy.core.normalise import Normalised
from policy.core.pack import Pack
from policy.core.text import extract_reply
from policy.core.types import Context, Kind, Platform, Post, SourceKind, Where

_ESCAPED = regex.compile(r"&(?:amp|lt|gt|quot|apos|#39);|[^&]++|&")
_CHARACTERS: Final = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
    "&#39;": "'",
}
_Choice = TypeVar("_Choice", bound=StrEnum)


class LineError(ValueError):
    """A line that cannot be checked; the message says why, in a sentence."""


def answer(
    line: bytes, packs: Mapping[str, Pack], default: Pack, names: NameDetector = LIGHT
) -> dict[str, Any]:
    """The report on the post that `line` describes, or {"error": …}. Never raises.

    Indices count code points of the text as it stands in the line. A text that was exported from
    a platform may hold &amp; and the like: it is measured as people see it. Where no kind is
    given, a text that begins with a mention is taken for a reply.
    """
    try:
        data = _read(line)
        text = unescape(_text(data, "text"))
        pack = _pack(data, packs, default)
        report = check(_post(data, text.text), Context(), pack, names=names).as_dict()
    except LineError as error:
        return {"error": str(error)}
    return report if text.starts is None else _mapped_back(report, text)


def unescape(text: str) -> Normalised:
    """`text` with the characters that platforms export as &amp; and the like, and the way back."""
    if "&" not in text or ";" not in text:
        return Normalised(text, text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _ESCAPED.finditer(text):
        character = _CHARACTERS.get(found.group())
        pieces.append(character or found.group())
        if character:
            starts.append(found.start())
            ends.append(found.end())
        else:
            starts.extend(range(*found.span()))
            ends.extend(range(found.start() + 1, found.end() + 1))
    return Normalised(text, "".join(pieces), tuple(starts), tuple(ends))


def _read(line: bytes) -> Mapping[str, Any]:
    try:
        data = read_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineError("This line is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise LineError(f"This line is not JSON: {error.msg}.") from None
    except ValueError:
        raise LineError("This line holds more than can be read.") from None
    if not isinstance(data, dict):
        raise LineError("This line must hold an object, {“text”: …}.")
    return data


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise LineError(f"“{key}” must be a text.")
    return value


def _optional_text(data: Mapping[str, Any], key: str) -> str:
    return "" if data.get(key) is None else _text(data, key)


def _choice(data: Mapping[str, Any], key: str, default: _Choice) -> _Choice:
    value = _optional_text(data, key)
    if not value:
        return default
    for choice in type(default):
        if choice == value:
            return choice
    raise LineError(f"“{key}” must be one of {', '.join(type(default))}.")


def _pack(data: Mapping[str, Any], packs: Mapping[str, Pack], default: Pack) -> Pack:
    pack_id = _optional_text(data, "pack")
    if not pack_id:
        return default
    if pack_id not in packs:
        raise LineError(f"There is no pack called “{pack_id}”.")
    return packs[pack_id]


def _post(data: Mapping[str, Any], text: str) -> Post:
    alt_texts = data.get("alt_texts") or []
    if not isinstance(alt_texts, list) or not all(isinstance(alt, str) for alt in alt_texts):
        raise LineError("“alt_texts” must be a list of texts.")
    usual = Kind.ORIGINAL if extract_reply(text) is None else Kind.REPLY
    return Post(
        text=text,
        account=_optional_text(data, "account"),
        platform=_choice(data, "platform", Platform.X),
        kind=_choice(data, "kind", usual),
        category=_optional_text(data, "category"),
        source_text=_optional_text(data, "source_text"),
        source_account=_optional_text(data, "source_account"),
        source_kind=_choice(data, "source_kind", SourceKind.NONE),
        alt_texts=tuple(alt_texts),
    )


def _mapped_back(report: dict[str, Any], text: Normalised) -> dict[str, Any]:
    for kind in ("mentions", "hashtags", "cashtags", "urls"):
        for entity in report[kind]:
            entity["indices"] = list(text.raw_span(*entity["indices"]))
    for finding in report["findings"]:
        if finding["where"] == Where.TEXT:
            start, end = text.raw_span(finding["start"], finding["end"])
            finding |= {"start": start, "end": end, "excerpt": text.raw[start:end]}
    return report
