"""Playlists of lines: M3U and PLS.

Neither has a standard; what players write and read is what Winamp began, with the additions of VLC and IPTV.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.feeds.line_places import Lines
from harvester.model import Excerpt, Limits, Span, Value

_EXTINF: Final = re.compile(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)?((?:\s+[\w-]{1,64}=\"[^\"]*\")*)\s*,?(.*)", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"([\w-]{1,64})=\"([^\"]*)\"")
_PLS_ENTRY: Final = re.compile(r"(File|Title|Length)(\d{1,6})\s*=(.*)", re.IGNORECASE | re.DOTALL)
_PLS_KEYS: Final = {"file": "url", "title": "title", "length": "duration"}


def decode_m3u(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the playlist with its entries under `items`: `url`, `title`, `duration` (-1: not known) and attributes."""
    lines = Lines(excerpt.text, limits)
    playlist: dict[str, Value] = {}
    items: list[Value] = []
    waiting: dict[str, Value] = {}
    begun: int | None = None
    for span, line in lines:
        if not line.startswith("#"):
            waiting["url"] = line
            start = span[0] if begun is None else begun
            lines.mark(("items", len(items)), (start, span[1]))
            lines.mark(("items", len(items), "url"), span)
            items.append(waiting)
            waiting, begun = {}, None
            continue
        name, _, value = line[1:].partition(":")
        if name == "EXTM3U" or name.startswith("EXTM3U "):
            playlist.update(_ATTRIBUTE.findall(line))
        elif name == "PLAYLIST":
            playlist["playlistTitle"] = value.strip()  # not a title of the entries in it
        elif name.startswith("EXT"):
            begun = span[0] if begun is None else begun
            waiting.update(_extinf(value) if name == "EXTINF" else {name.lower(): value.strip()})
    return lines.decoding({**playlist, "items": items} if items else None)


def _extinf(value: str) -> dict[str, Value]:
    match = _EXTINF.fullmatch(value)
    if match is None:
        return {"title": value.strip()}
    seconds, attributes, title = match.groups()
    made: dict[str, Value] = dict(_ATTRIBUTE.findall(attributes))
    if title.strip():
        made["title"] = title.strip()
    if seconds:
        made["duration"] = float(seconds) if "." in seconds else int(seconds)
    return made


def decode_pls(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the entries under `items`, in the order of their numbers."""
    lines = Lines(excerpt.text, limits)
    entries: dict[int, dict[str, Value]] = {}
    spans: dict[int, Span] = {}
    playlist: dict[str, Value] = {}
    for span, line in lines:
        match = _PLS_ENTRY.fullmatch(line)
        if match is None:
            key, equals, value = line.partition("=")
            if equals:
                playlist[key.strip()] = value.strip()
            continue
        number = int(match[2])
        value = match[3].strip()
        whole = value.lstrip("-").isdecimal() and value.isascii() and len(value) < 10
        key = _PLS_KEYS[match[1].lower()]
        entries.setdefault(number, {})[key] = int(value) if key == "duration" and whole else value
        first = spans.get(number, span)
        spans[number] = (first[0], span[1])
    items: list[Value] = []
    for number in sorted(entries):
        lines.mark(("items", len(items)), spans[number])
        items.append(entries[number])
    return lines.decoding({**playlist, "items": items} if items else None)
