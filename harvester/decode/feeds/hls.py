"""HLS playlists (RFC 8216, and draft-pantos-hls-rfc8216bis for newer tags): one medium with its variants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.feeds.line_places import Lines
from harvester.model import Excerpt, Limits, Span, Value

MEDIA_TYPE: Final = "application/vnd.apple.mpegurl"
_ATTRIBUTE: Final = re.compile(r"([A-Z0-9-]{1,64})=(?:\"([^\"]*)\"|([^,\"]*))")
_RESOLUTION: Final = re.compile(r"(\d{1,6})x(\d{1,6})")
_NUMBER: Final = re.compile(r"\d{1,12}(?:\.\d{1,9})?")

_NAMES: Final = {
    "URI": "url",
    "BANDWIDTH": "bandwidth",
    "AVERAGE-BANDWIDTH": "averageBandwidth",
    "FRAME-RATE": "frameRate",
    "CODECS": "codecs",
    "LANGUAGE": "language",
    "NAME": "label",
    "TYPE": "kind",
}
_KEY_TAGS: Final = frozenset({"EXT-X-KEY", "EXT-X-SESSION-KEY"})
_SEGMENT_TAGS: Final = frozenset(
    {"EXT-X-MAP", "EXT-X-BYTERANGE", "EXT-X-BITRATE", "EXT-X-PART", "EXT-X-PRELOAD-HINT", "EXT-X-RENDITION-REPORT"}
)
"""Tags that say something of one part of the stream only."""

_MOST_FIELDS: Final = 200


class _Stream:
    """What was read so far of one playlist."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.record: dict[str, Value] = {"type": MEDIA_TYPE}
        self.lists: dict[str, list[Value]] = {}
        self.segments = 0
        self.seconds = 0.0
        self.segment_urls: dict[str, None] = {}
        self.ended = False
        self.variant: tuple[dict[str, Value], Span] | None = None

    def add(self, key: str, value: dict[str, Value], span: Span) -> None:
        many = self.lists.setdefault(key, [])
        self.lines.mark((key, len(many)), span)
        many.append(value)

    def reference(self, line: str, span: Span) -> None:
        """Take a line that is a URI: of the variant before it, or of a segment."""
        if self.variant is not None:
            attributes, begun = self.variant
            self.add("sources", {"url": line, "type": MEDIA_TYPE, **attributes}, (begun[0], span[1]))
            self.variant = None
            return
        self.segments += 1
        if len(self.segment_urls) < 2:
            self.segment_urls[line] = None

    def tag(self, name: str, value: str, span: Span) -> None:
        """Take one tag; what is not read here and has a value is kept under its own name."""
        if name == "EXTINF":
            seconds = _NUMBER.match(value.strip())
            self.seconds += float(seconds[0]) if seconds else 0.0
        elif name == "EXT-X-STREAM-INF":
            self.variant = (_attributes(value), span)
        elif name == "EXT-X-MEDIA":
            self.rendition(_attributes(value), span)
        elif name == "EXT-X-I-FRAME-STREAM-INF":
            self.add("trickPlay", _attributes(value), span)
        elif name == "EXT-X-SESSION-DATA":
            data = dict(_pairs(value))
            name = data.get("DATA-ID", "sessionData")
            key = "title" if name.endswith(".title") else name
            if len(self.record) < _MOST_FIELDS:
                self.record[key] = data.get("VALUE", data.get("URI", ""))
        elif name in _KEY_TAGS:
            self.key(dict(_pairs(value)))
        elif name == "EXT-X-ENDLIST":
            self.ended = True
        elif value and name not in _SEGMENT_TAGS and len(self.record) < _MOST_FIELDS:
            self.record.setdefault(name.removeprefix("EXT-X-").lower(), value.strip())

    def rendition(self, attributes: dict[str, Value], span: Span) -> None:
        kind = str(attributes.get("kind", "")).lower()
        attributes["kind"] = kind
        if kind in ("subtitles", "closed-captions"):
            names = {"url": "src", "language": "srclang"}
            self.add("textTracks", {names.get(name, name): value for name, value in attributes.items()}, span)
        else:
            self.add("sources", {"type": MEDIA_TYPE, **attributes}, span)

    def key(self, key: dict[str, str]) -> None:
        method = key.get("METHOD", "NONE")
        if method != "NONE":
            self.record["encryption"] = method
            if key.get("KEYFORMAT", "identity") != "identity":
                self.record["drm"] = key["KEYFORMAT"]

    def finished(self) -> dict[str, Value] | None:
        if self.segments:
            self.record["segmentCount"] = self.segments
            self.record["duration"] = round(self.seconds, 3)
            self.record["live"] = not self.ended
            if len(self.segment_urls) == 1 and self.segments > 1:
                # All parts are ranges of one file, which is the medium.
                self.lists.setdefault("sources", []).extend({"url": url} for url in self.segment_urls)
        if not self.segments and not self.lists:
            return None
        return {**self.record, **self.lists}


def decode_hls(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the playlist as one record: `sources` are its variants and audio, `textTracks` its subtitles.

    Segments are counted and not listed: parts of a stream are no media of their own.
    """
    lines = Lines(excerpt.text, limits)
    stream = _Stream(lines)
    for span, line in lines:
        if line.startswith("#EXT"):
            name, _, value = line[1:].partition(":")
            stream.tag(name, value, span)
        elif not line.startswith("#"):
            stream.reference(line, span)
    return lines.decoding(stream.finished())


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Read an attribute list (RFC 8216, 4.2)."""
    for match in _ATTRIBUTE.finditer(text):
        yield match[1], match[3].strip() if match[2] is None else match[2]


def _attributes(text: str) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, value in _pairs(text):
        size = _RESOLUTION.fullmatch(value) if name == "RESOLUTION" else None
        if size:
            made["width"], made["height"] = int(size[1]), int(size[2])
        elif name in ("BANDWIDTH", "AVERAGE-BANDWIDTH") and value.isascii() and value.isdecimal() and len(value) < 15:
            made[_NAMES[name]] = int(value)
        else:
            made[_NAMES.get(name, name.lower())] = value
    return made
