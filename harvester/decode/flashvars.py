"""Reads the variables of players: a query string in an attribute or a parameter, or behind a player's address."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl

from harvester.decode.ladder import decode_text, may_hold_data
from harvester.model import Limits, Value
from harvester.syntax.marks import find_marks
from harvester.syntax.packed import unpacked

_VARIABLES: Final = 200
_IS_QUERY: Final = re.compile(r"[?&]?(?:amp;)?(?:@|%40)?[\w.\[\]:-]{1,80}=")
_PLAYING: Final = re.compile(r"[?&#;][\w.\[\]-]{1,40}=(?:https?(?::|%3A)|(?:/|%2F){2}|aHR0c)", re.IGNORECASE)
"""A parameter that is a whole URL."""

_HOST: Final = re.compile(rb"(?:https?:)?//[^/]", re.IGNORECASE)
_LAYERS: Final = 2
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


def read_player(url: str, limits: Limits) -> dict[str, Value] | None:
    """Give the variables behind a player's address, if one of them is the whole URL of a file.

    Such a URL may be in Base64, and so may the address of the player itself.
    """
    for _ in range(_LAYERS):
        if not _PLAYING.search(url):
            return None
        address, _, query = url.partition("?")
        variables = read_flashvars(query or address.partition("#")[2], limits) or {}
        texts = {name: unpacked(value) for name, value in variables.items() if isinstance(value, str)}
        if any(_is_file(text) for text in texts.values()):
            return {**variables, **texts}
        url = next((text for text in texts.values() if _PLAYING.search(text)), "")
    return None


def _is_file(text: str) -> bool:
    """Whether a text is the whole URL of a media file."""
    head = text.partition("?")[0].encode("utf-8", "replace")
    return _HOST.match(head) is not None and bool(find_marks(head).files)


def _value(text: str, limits: Limits) -> Value:
    raw = text.encode("utf-8", "replace")
    if len(raw) < 8 or not may_hold_data(raw):
        return text
    decoded = decode_text(raw, limits)
    return decoded.value if decoded and decoded.complete and isinstance(decoded.value, dict | list) else text
