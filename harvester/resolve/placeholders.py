"""Fills the placeholders of URL templates with what they mostly stand for."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

_NAMES: Final = "w|width|h|height|size|format|quality|ext|f|q"
_PLACEHOLDER: Final = re.compile(
    rf"\$?\{{\{{?\s*({_NAMES})\s*\}}?\}}|%7B({_NAMES})%7D|%%({_NAMES})%%|__({_NAMES})__|(?<=/)\$(size|recipe)(?=/)",
    re.IGNORECASE,
)
_FILLED: Final[Mapping[str, str]] = {
    "w": "1280", "width": "1280", "h": "720", "height": "720", "size": "1280x720", "recipe": "1280x720",
    "format": "jpg", "ext": "jpg", "f": "jpg", "q": "80", "quality": "80",
}  # fmt: skip
_NAMES_AN_ENDING: Final = frozenset(("format", "f", "ext"))
_OPEN: Final = re.compile(r"\$?\{\{?\s*\w{1,30}\s*\}?\}|%7B\w{1,30}%7D|%%\w{1,20}%%", re.IGNORECASE)
"""Placeholders, also those of which nobody knows what to put in their place."""


_ENTITY: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
"""Character references that end as they should; without the semicolon they may be a parameter, `&copy=1`."""


def filled_in(raw: str) -> tuple[str, str | None]:
    """What is joined, and the template that it is one filled-in form of.

    JSON may have kept character references from the page that it was made of; they are undone.
    """
    text = raw
    if "&" in text and ";" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "{" not in text and "%7" not in text and "%%" not in text and "__" not in text and "/$" not in text:
        return text, None
    filled = _PLACEHOLDER.sub(_filling, text)
    return (filled, raw) if filled != text or is_open(filled) else (text, None)


def is_open(text: str) -> bool:
    """Whether a text has placeholders that nothing is known to fill."""
    return _OPEN.search(text) is not None


def _filling(found: re.Match[str]) -> str:
    """What a placeholder may stand for; a format is a file's where it stands as an ending, and else unknown."""
    name = found[found.lastindex or 0].lower()
    before = found.string[found.start() - 1 : found.start()]
    return found[0] if name in _NAMES_AN_ENDING and before not in (".", "=") else _FILLED[name]
