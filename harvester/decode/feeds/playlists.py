"""XML playlists: XSPF, SMIL, ASX; and oEmbed answers in XML.

Sources: XSPF 1 (xspf.org/spec), SMIL 3.0 (W3C), Microsoft's ASX reference, oembed.com.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.feeds.shaping import (
    ITEMS,
    Handler,
    Record,
    Shaper,
    flatten,
    plain,
    put_as,
    put_attribute,
    put_record,
)
from harvester.decode.feeds.xml_tree import Element, parse_xml
from harvester.model import Excerpt, Limits


def decode_xspf(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the playlist with its tracks under `items`; their durations are milliseconds and named so."""
    return _decode(excerpt, limits, {"trackList": flatten({"track": put_record(ITEMS, _TRACK)})})


def decode_oembed(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give an oEmbed answer's fields under their own names."""
    return _decode(excerpt, limits, {})


def decode_asx(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the playlist with its entries under `items`; names are read without case, as players do."""
    return _decode(excerpt, limits, {}, lower=_ASX)


def decode_smil(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give one record for each medium under `items`: what a `switch` or `par` holds are forms of one medium."""
    return _decode(excerpt, limits, {"head": _smil_head, "body": _smil_body})


def _decode(
    excerpt: Excerpt, limits: Limits, handlers: Mapping[str, Handler], *, lower: Mapping[str, Handler] | None = None
) -> Decoding:
    tree = parse_xml(excerpt.text, limits)
    shaper = Shaper()
    if tree.root is None:
        return shaper.decoding(None, tree)
    if lower is not None:
        _lower(tree.root)
    return shaper.decoding(shaper.record(tree.root, lower if lower is not None else handlers), tree)


def _location(shaper: Shaper, record: Record, element: Element) -> None:
    # Several locations are places where the same track may be had.
    if "url" not in record:
        shaper.put(record, "url", element.text, element.span)
    else:
        shaper.add(record, "sources", {"url": element.text}, element.span)


def _rel(key: str) -> Handler:
    """XSPF: `<meta rel="…">text</meta>` and `<link rel="…">URL</link>`."""

    def put(shaper: Shaper, record: Record, element: Element) -> None:
        shaper.add(record, key, {"rel": element.attributes.get("rel", ""), "text": element.text}, element.span)

    return put


_TRACK: Final[dict[str, Handler]] = {
    "location": _location,
    "duration": put_as("durationMs"),
    "annotation": put_as("description"),
    "info": put_as("pageUrl"),
    "meta": _rel("meta"),
    "link": _rel("links"),
}

_SMIL_MEDIA: Final = frozenset({"video", "audio", "ref", "img", "animation"})
_SMIL_TEXT: Final = frozenset({"textstream", "text"})
_SMIL_NAMES: Final = {
    "src": "url",
    "system-bitrate": "bitrate",
    "systemBitrate": "bitrate",
    "system-language": "language",
    "systemLanguage": "language",
    "dur": "duration",
}
_SMIL_TEXT_NAMES: Final = {**_SMIL_NAMES, "src": "src", "system-language": "srclang", "systemLanguage": "srclang"}


def _smil_head(shaper: Shaper, record: Record, element: Element) -> None:
    for child in element.children:
        named = child.attributes
        if child.name == "meta" and "name" in named:
            shaper.put(record, named["name"], named.get("content", ""), child.span)
        elif child.name == "meta":
            for name, value in named.items():
                shaper.put(record, name, value, child.span)
        else:
            plain(shaper, record, child)


def _smil_body(shaper: Shaper, record: Record, element: Element) -> None:
    waiting = [element]
    while waiting:
        at = waiting.pop()
        if at.name in ("switch", "par") and _one_medium(at):
            shaper.add(record, ITEMS, _smil_group(shaper, at), at.span)
        elif at.name in _SMIL_MEDIA:
            shaper.add(record, ITEMS, shaper.record(at, {}, attributes=_SMIL_NAMES), at.span)
        else:
            waiting.extend(reversed(at.children))


def _one_medium(element: Element) -> bool:
    names = {child.name for child in element.children}
    if element.name == "switch":
        return bool(names & _SMIL_MEDIA)
    media = [child for child in element.children if child.name in _SMIL_MEDIA - {"img"} or child.name == "switch"]
    return len(media) == 1 and not names & {"par", "seq"}


def _smil_group(shaper: Shaper, group: Element) -> Record:
    made: Record = {}
    for name, value in group.attributes.items():
        shaper.put(made, name, value, group.span)
    inner = [each for child in group.children for each in (child.children if child.name == "switch" else [child])]
    for child in inner:
        if child.name in _SMIL_TEXT:
            track = shaper.record(child, {}, attributes=_SMIL_TEXT_NAMES)
            track.setdefault("kind", "subtitles")
            shaper.add(made, "tracks", track, child.span)
        elif child.name in _SMIL_MEDIA:
            key = "image" if child.name == "img" else "sources"
            shaper.add(made, key, shaper.record(child, {}, attributes=_SMIL_NAMES), child.span)
        else:
            plain(shaper, made, child)
    titled = next((child for child in inner if child.attributes.get("title")), None)
    if titled is not None and "title" not in made:
        shaper.put(made, "title", titled.attributes["title"], titled.span)
    return made


def _lower(root: Element) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        element.name = element.name.lower()
        element.attributes = {name.lower(): value for name, value in element.attributes.items()}
        waiting.extend(element.children)


def _asx_ref(shaper: Shaper, record: Record, element: Element) -> None:
    target = element.attributes.get("href", "")
    if "url" not in record:
        shaper.put(record, "url", target, element.span)
    else:
        # Further references of an entry are tried where the first does not answer.
        shaper.add(record, "sources", {"url": target}, element.span)


_ASX_ENTRY: Final[dict[str, Handler]] = {
    "ref": _asx_ref,
    "abstract": put_as("description"),
    "moreinfo": put_attribute("pageUrl", "href"),
    "duration": put_attribute("duration", "value"),
    "banner": put_attribute("banner", "href"),
    "param": lambda shaper, record, element: shaper.put(
        record, element.attributes.get("name", "param"), element.attributes.get("value", ""), element.span
    ),
}
_ASX: Final[dict[str, Handler]] = {**_ASX_ENTRY, "entry": put_record(ITEMS, _ASX_ENTRY)}
