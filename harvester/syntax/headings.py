"""Reads the heading that stands right in front of an element, whatever else there is round both."""

from __future__ import annotations

import re
from typing import Final

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


def _opens(before: bytes, names: tuple[bytes, ...]) -> bool:
    """Whether a text ends in one of some start tags."""
    before = before.rstrip()
    return before.endswith(b">") and before[before.rfind(b"<") :].lower().startswith(names)
