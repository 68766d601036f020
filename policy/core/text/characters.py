"""Classes of characters that the platforms' own parsers share, for use inside [ ]."""

from __future__ import annotations

from typing import Final

# Latin letters with accents that may stand in links and after names.
LATIN_ACCENTS: Final = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
SPACES: Final = r"\t-\r \u0085\u00A0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
DIRECTION_MARKS: Final = r"\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069"
# The platform refuses a text that holds one of these.
REFUSED: Final = r"\uFFFE\uFEFF\uFFFF"
AT_SIGNS: Final = "@\uff20"
HASH_SIGNS: Final = "#\uff03"
