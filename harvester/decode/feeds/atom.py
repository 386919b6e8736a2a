"""Atom (RFC 4287) with enclosures, media groups and YouTube's ids."""

from __future__ import annotations

from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.feeds.media_rss import MEDIA
from harvester.decode.feeds.shaping import ITEMS, Handler, Record, Shaper, put_as, put_record
from harvester.decode.feeds.xml_tree import Element, parse_xml
from harvester.model import Excerpt, Limits


def decode_atom(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the feed with its entries under `items`; a document that is one entry gives that."""
    tree = parse_xml(excerpt.text, limits)
    shaper = Shaper()
    if tree.root is None:
        return shaper.decoding(None, tree)
    handlers = _entry_of(excerpt.text, limits)
    if tree.root.name == "feed":
        handlers = {**handlers, "entry": put_record(ITEMS, handlers)}
    return shaper.decoding(shaper.record(tree.root, handlers), tree)


def _entry_of(text: bytes, limits: Limits) -> dict[str, Handler]:
    def markup(key: str) -> Handler:
        def put(shaper: Shaper, record: Record, element: Element) -> None:
            if not element.children:
                put_as(key)(shaper, record, element)
                return
            # XHTML inside (RFC 4287, 3.1.1.3) is a text with tags, not a record.
            if key not in _MARKED_UP:
                whole = "".join(piece for each in element.everything() for piece in each.pieces).strip()
                shaper.put(record, key, whole[: limits.text_chars], element.span)
                return
            inner = text[element.start : element.end].partition(b">")[2].rpartition(b"</")[0]
            value = inner[: limits.text_chars * 4].decode("utf-8", "replace")[: limits.text_chars].strip()
            shaper.put(record, key, value, element.span)

        return put

    return {**MEDIA, **_ENTRY, **{key: markup(key) for key in ("title", "summary", "content", "rights", "subtitle")}}


def _link(shaper: Shaper, record: Record, element: Element) -> None:
    relation = element.attributes.get("rel", "alternate")
    if relation == "enclosure":
        names = {"href": "url", "length": "fileSize", "hreflang": "language", "title": "label"}
        shaper.add(record, "sources", shaper.record(element, {}, attributes=names), element.span)
    elif relation == "alternate" and "link" not in record and "href" in element.attributes:
        shaper.put(record, "link", element.attributes["href"], element.span)
    else:
        shaper.add(record, "links", shaper.record(element, {}), element.span)


def _author(shaper: Shaper, record: Record, element: Element) -> None:
    name = element.child("name")
    if name is not None and name.text:
        shaper.put(record, "author", name.text, element.span)
        for child in element.children:
            if child is not name:
                shaper.put(record, f"author@{child.name}", child.text, child.span)
    else:
        put_as("author")(shaper, record, element)


_MARKED_UP: Final = frozenset({"content", "summary"})
_ENTRY: Final[dict[str, Handler]] = {"link": _link, "author": _author}
