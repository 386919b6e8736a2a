"""Reads the heading that stands right in front of an element, whatever else there is round both."""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.cards import plain

_START: Final = re.compile(rb"<(?:h[1-6]|dt|b|strong)\b", re.IGNORECASE)
_HEADING: Final = re.compile(
    rb"<(h[1-6]|dt)\b([^<>]*+)>((?:[^<]++|<(?!/?(?:h[1-6]|dt)\b))*+)</\1\s*+>\s*+(</(?:div|header)\s*+>\s*+)?",
    re.IGNORECASE,
)
_BOLD: Final = re.compile(
    rb"<(b|strong)\b([^<>]*+)>([^<]++)(?:<a\b[^<>]*+>[^<]*+</a\s*+>\s*+)?</\1\s*+>\s*+(?:<br\s*+/?>\s*+)*(</p\s*+>\s*+)?",
    re.IGNORECASE,
)
_OPENED: Final = re.compile(rb"(?:<(?:dd|div|figure|p|section|center|article|span)\b[^<>]*+>\s*+)*+\Z", re.IGNORECASE)
_HIDDEN: Final = re.compile(rb"(?<!visually-)(?<!visually)(?<!aria-)\bhidden\b|display:\s*none", re.IGNORECASE)

_TAIL: Final = 800
_MOST_LINE: Final = 160
_SENTENCE: Final = (b".", b"!", b"?", b",", b":", b";")


def is_hidden(attributes: bytes) -> bool:
    """Whether an element is there for later, by its attributes; what only screen readers show is seen."""
    return _HIDDEN.search(attributes) is not None


def heading_before(before: bytes) -> tuple[bytes, bytes] | None:
    """Give the attributes and the markup of the heading at the end of a text.

    Behind it only boxes begin. It may stand in a box of its own; a bold text counts where it is all of a paragraph or
    its last line, but for a link at its end.
    """
    at = max((found.start() for found in _START.finditer(before)), default=-1)
    if at < 0:
        return None
    heading = _HEADING.match(before, at)
    found = heading or _BOLD.match(before, at)
    if found is None or not _OPENED.match(before, found.end()) or is_hidden(found[2]):
        return None
    alone = (b"<div", b"<header") if heading else (b"<p", b"<br", b"<hr")
    if (found[4] or not heading) and not _opens(before[:at], alone):
        return None
    if not heading and found[3].rstrip().endswith(_SENTENCE):
        return None
    return found[2], found[3]


def text_before(before: bytes) -> str:
    """Give the paragraph or short line at the end of a text, behind which only boxes begin, or an empty text."""
    tail = before[-_TAIL:]
    opened = _OPENED.search(tail)
    tail = tail[: opened.start()].rstrip() if opened else tail.rstrip()
    start = max(tail.rfind(b"<p"), tail.rfind(b"<div")) if tail.endswith((b"</p>", b"</div>")) else -1
    text = plain(tail[start:]) if start >= 0 else ""
    return text if len(text) <= _MOST_LINE else ""


def _opens(before: bytes, names: tuple[bytes, ...]) -> bool:
    """Whether a text ends in one of some start tags."""
    before = before.rstrip()
    return before.endswith(b">") and before[before.rfind(b"<") :].lower().startswith(names)
