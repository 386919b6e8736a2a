"""Reads the variables of Flash players: a query string in an attribute, a parameter or a URL behind `.swf?`."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl

from harvester.decode.ladder import decode_text, may_hold_data
from harvester.model import Limits, Value

_VARIABLES: Final = 200
_IS_QUERY: Final = re.compile(r"[?&]?(?:amp;)?(?:@|%40)?[\w.\[\]:-]{1,80}=")
_MOVIE: Final = re.compile(r"([^?#\s]{1,1000}\.swf)[?#&]([^#]*)", re.IGNORECASE)


def read_flashvars(text: str, limits: Limits) -> dict[str, Value] | None:
    """Give the variables of `file=a.mp4&image=b.jpg`, what is data among them decoded; None where it is no query."""
    query = text.strip().lstrip("?&")
    if not _IS_QUERY.match(query):
        return None
    try:
        pairs = parse_qsl(query.replace("&amp;", "&"), max_num_fields=_VARIABLES)
    except ValueError:  # more variables than any player has
        return None
    found: dict[str, Value] = {}
    for name, value in pairs:
        found.setdefault(name, _value(value, limits))
    return found or None


def split_movie(url: str) -> tuple[str, str] | None:
    """Give the URL of a Flash movie and the variables behind it, or None for any other text."""
    match = _MOVIE.fullmatch(url.strip())
    return (match[1], match[2]) if match and match[2] else None


def _value(text: str, limits: Limits) -> Value:
    raw = text.encode("utf-8", "replace")
    if len(raw) < 8 or not may_hold_data(raw):
        return text
    decoded = decode_text(raw, limits)
    return decoded.value if decoded and decoded.complete and isinstance(decoded.value, dict | list) else text
