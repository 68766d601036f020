"""What exactly goes out, and its hash. An approval is bound to this and to nothing less."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from policy.core import Kind

HASH_VERSION = 2
# What each version added; an earlier one is written without it.
_ADDED = {2: ("case",)}


@dataclass(frozen=True, slots=True)
class Content:
    """One tweet as it would go out.

    `account` is "platform:handle", with the handle as it was at the time of writing; `source`
    names the tweet that is retweeted or replied to ({} for none); `media` are sha256 digests of
    the picture files, `alt_texts` stand in the same order. `case` is what was declared about the
    case, by column of the revision.
    """

    text: str
    account: str
    kind: str = Kind.ORIGINAL
    source: tuple[tuple[str, str], ...] = ()
    media: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    case: tuple[tuple[str, Any], ...] = ()

    def canonical(self, version: int = HASH_VERSION) -> bytes:
        """Canonical JSON: sorted keys, no spaces, escaped to ASCII, with the version inside.

        Of an older version: exactly as it was written then, without what came later.
        """
        fields: dict[str, Any] = asdict(self) | {
            "version": version,
            "source": dict(self.source),
            "case": dict(self.case),
        }
        for added in (name for since, names in _ADDED.items() if since > version for name in names):
            del fields[added]
        return json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()

    def digest(self, version: int = HASH_VERSION) -> str:
        """sha256 of the canonical form, 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical(version)).hexdigest()


def clean_text(typed: str) -> str:
    """`typed` with the line ends that browsers send (CR LF) made into LF, and nothing else."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def is_signed(text: str, signature: str) -> bool:
    """Whether `text` ends with the signature, or there is none to end with."""
    return text.rstrip().endswith(signature)


def signed(text: str, signature: str) -> str:
    """`text` with the signature at its end, once."""
    if is_signed(text, signature):
        return text
    return f"{text.rstrip()} {signature}".lstrip()


def seal_of(text: str) -> str:
    """A short mark of `text`: a tick counts only for the text under which it was shown."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]
