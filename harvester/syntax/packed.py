"""Opens what is kept from sight: Base64, and URLs and markup that are percent-encoded whole, in Base64, or both."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

PACKED: Final = ("%68%74%74%70", "aHR0c", "JTY4JTc0")
"""How such URLs begin: `http` percent-encoded and in Base64, and the first in Base64."""

PERCENT_TAGS: Final = (b"%3C", b"%3c")
"""How markup begins that is percent-encoded whole."""

BASE64_TAGS: Final = (b"PGlmcmFtZ", b"PGRpdi", b"PGZpZ3Vy", b"PHZpZGVv", b"PGJsb2NrcXVv")
"""How markup begins in Base64: `<iframe`, `<div`, `<figure`, `<video`, `<blockquote`."""

LONGEST_PACKED: Final = 4 * 4096
_QUOTED: Final = re.compile(r"(?:h|%68)(?:t|%74){2}(?:p|%70)(?:s|%73)?%3A%2F", re.IGNORECASE)


def from_base64(text: bytes) -> bytes | None:
    """Decode Base64 in either alphabet (RFC 4648, 4 and 5), padded or not; None where a text is none."""
    body = text.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return b64decode(body + b"=" * (-len(body) % 4), validate=True)
    except ValueError:
        return None


def from_percent(text: bytes) -> bytes | None:
    """Resolve markup that is percent-encoded whole (RFC 3986, 2.1); None where a text is none."""
    return unquote_to_bytes(text) if text.startswith(PERCENT_TAGS) else None


def unpacked(text: str) -> str:
    """Give a URL that is kept from sight; any other text as it is."""
    if len(text) > LONGEST_PACKED:
        return text
    opened = text
    if text.startswith(PACKED[1:]):
        try:
            opened = b64decode(text + "=" * (-len(text) % 4), altchars=b"-_").decode("ascii")
        except ValueError:
            return text
    if _QUOTED.match(opened):
        return unquote(opened)
    return opened if opened.startswith("http") else text
