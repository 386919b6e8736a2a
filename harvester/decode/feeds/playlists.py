"""XML playlists: XSPF, SMIL, ASX; and oEmbed answers in XML.

Sources: XSPF 1 (xspf.org/spec), SMIL 3.0 (W3C), Microsoft's ASX reference, oembed.com.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Final
from urllib.parse import urljoin

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

_LONGEST_URL: Final = 4096
_MOST_JOINED: Final = 10_000
"""How many references of one document are joined to its base: each takes memory of its own."""

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
_SMIL_SOURCE_NAMES: Final = {**_SMIL_NAMES, "dur": "contentDuration", "title": "label"}
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
    base = record.get("base")
    if isinstance(base, str) and len(base) < _LONGEST_URL:
        _based(element, base)
    media: list[Element] = []
    waiting = [element]
    while waiting:
        at = waiting.pop()
        if at.name in _SMIL_MEDIA or (at.name in ("switch", "par") and _one_medium(at)):
            media.append(at)
        else:
            waiting.extend(reversed(at.children))
    if len(media) == 1:
        _smil_medium(shaper, record, media[0])  # the whole presentation is this medium
        return
    for each in media:
        made = shaper.record(each, {}, attributes=_SMIL_NAMES) if each.name in _SMIL_MEDIA else {}
        if not made:
            _smil_medium(shaper, made, each)
        shaper.add(record, ITEMS, made, each.span)


def _one_medium(element: Element) -> bool:
    names = {child.name for child in element.children}
    if element.name == "switch":
        return bool(names & _SMIL_MEDIA)
    media = [child for child in element.children if child.name in _SMIL_MEDIA - {"img"} or child.name == "switch"]
    return len(media) == 1 and not names & {"par", "seq"}


def _smil_medium(shaper: Shaper, made: Record, medium: Element) -> None:
    """Put one medium into a record: an element of its own, or the forms that a group holds."""
    alone = medium.name in _SMIL_MEDIA
    if not alone:
        for name, value in medium.attributes.items():
            shaper.put(made, name, value, medium.span)
    members = (medium,) if alone else medium.children
    for child in (each for member in members for each in (member.children if member.name == "switch" else (member,))):
        if child.name in _SMIL_TEXT:
            track = shaper.record(child, {}, attributes=_SMIL_TEXT_NAMES)
            track.setdefault("kind", "subtitles")
            shaper.add(made, "textTracks", track, child.span)
        elif child.name in _SMIL_MEDIA:
            key = "image" if child.name == "img" else "sources"
            shaper.add(made, key, shaper.record(child, {}, attributes=_SMIL_SOURCE_NAMES), child.span)
            for name in ("title", "dur"):
                if name in child.attributes and _SMIL_NAMES.get(name, name) not in made:
                    shaper.put(made, _SMIL_NAMES.get(name, name), child.attributes[name], child.span)
        else:
            plain(shaper, made, child)


def _based(element: Element, base: str) -> None:
    """Join what the body refers to with the base that the head gives; RTMP's names are no relative URLs."""
    media = (
        each for each in element.everything() if each.name in _SMIL_MEDIA | _SMIL_TEXT and "src" in each.attributes
    )
    for each in islice(media, _MOST_JOINED):
        target = each.attributes["src"]
        if base.startswith("rtmp") and "://" not in target:
            each.attributes["src"] = base.rstrip("/") + "/" + target.lstrip("/")
        elif len(base) + len(target) < _LONGEST_URL:
            each.attributes["src"] = _joined(base, target)


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _lower(root: Element) -> None:
    for element in root.everything():
        element.name = element.name.lower()
        element.attributes = {name.lower(): value for name, value in element.attributes.items()}


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
