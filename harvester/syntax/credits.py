"""Reads the line right behind a player that says, by links to its platform, whose and which work it plays."""

from __future__ import annotations

import re
from typing import Final

_LINE_BYTES: Final = 1200
_STARTS: Final = re.compile(rb"(?:\s++|</(?:iframe|p|div|figure)\s*+>|<(?:div|p|br|small|span)\b[^<>]*+>)*+")
_ENDS: Final = re.compile(rb"</(?:div|p|small)\s*+>|<(?:iframe|h[1-6]|div|p|ul|table)\b", re.IGNORECASE)
_LINK: Final = re.compile(
    rb"<a\b[^<>]*?href=[\"']https?://([\w.-]++)/([^\"'<>?#]*+)[^<>]*+>([^<]++)</a\s*+>", re.IGNORECASE
)
_MARKUP: Final = re.compile(rb"<[^<>]*+>")
_HOST: Final = re.compile(rb"(?:https?:)?//([\w.-]++)")
_LEAST_LINKS: Final = 2
_LEAST_STEPS: Final = 2
_MOST_ELSE: Final = 30
"""Bytes of such a line that stand in no link: what parts the names, and `on` or `by`."""


def credited(address: bytes, behind: bytes) -> bytes | None:
    """Give the name of the work as platforms' own embed codes write it: `<a>Ann</a> · <a>Low tide</a>`.

    Of several links to the player's platform it is the one whose path is the longest.

    Args:
        address: Of the player.
        behind: What stands behind it.
    """
    host = _HOST.match(address)
    start = _STARTS.match(behind, 0, _LINE_BYTES)
    if host is None or start is None:
        return None
    end = _ENDS.search(behind, start.end(), _LINE_BYTES)
    line = behind[start.end() : end.start()] if end else b""
    site = b".".join(host[1].lower().split(b".")[-2:])
    links = [
        (path.strip(b"/").count(b"/") + 1, name)
        for linked, path, name in _LINK.findall(line)
        if linked.lower() == site or linked.lower().endswith(b"." + site)
    ]
    elsewhere = _MARKUP.sub(b"", _LINK.sub(b"", line)).strip()
    if len(links) < _LEAST_LINKS or len(elsewhere) > _MOST_ELSE:
        return None
    steps, name = max(links, key=lambda link: link[0])
    return name if steps >= _LEAST_STEPS else None
