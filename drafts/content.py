"""What exactly goes out, and its hash. An approval is bound to this and to nothing less."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from policy.core import Kind

HASH_VERSION = 1


@dataclass(frozen=True, slots=True)
class Content:
    """One tweet as it would go out.

    `account` is "platform:handle"; `source` names the tweet that is retweeted or replied to
    ({} for none); `media` are sha256 digests of the picture files, `alt_texts` stand in the
    same order.
    """

    text: str
    account: str
    kind: str = Kind.ORIGINAL
    source: tuple[tuple[str, str], ...] = ()
    media: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()

    def canonical(self, version: int = HASH_VERSION) -> bytes:
        """Canonical JSON: sorted keys, no spaces, escaped to ASCII, with the version inside."""
        fields: dict[str, Any] = asdict(self) | {"version": version, "source": dict(self.source)}
        return json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()

    def digest(self, version: int = HASH_VERSION) -> str:
        """sha256 of the canonical form, 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical(version)).hexdigest()


def clean_text(typed: str) -> str:
    """`typed` with the line ends that browsers send (CR LF) made into LF, and nothing else."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")
