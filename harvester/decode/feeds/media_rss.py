"""RSS with media: enclosures, Media RSS, iTunes and podcast namespaces.

Sources: RSS 2.0 (rssboard.org/rss-specification), Media RSS 1.5.1 (rssboard.org/media-rss), Apple's podcast
tags, the podcast namespace (podcasting2.org).
"""

from __future__ import annotations

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

_SIZE_NAMES: Final = {"fileSize": "fileSize", "lang": "language"}
_TRACK_NAMES: Final = {"href": "src", "url": "src", "lang": "srclang", "language": "srclang", "rel": "kind"}


def decode_media_rss(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the channel with its entries under `items`."""
    tree = parse_xml(excerpt.text, limits)
    shaper = Shaper()
    if tree.root is None:
        return shaper.decoding(None, tree)
    return shaper.decoding(shaper.record(tree.root, _RSS, attributes={}), tree)


def _is_image(element: Element) -> bool:
    declared = element.attributes.get("medium") or element.attributes.get("type", "")
    return declared.lower().startswith("image")


def _content(key: str) -> Handler:
    """Media RSS: what stands in a group is one medium in several forms, what stands alone is a medium of its own."""

    def put(shaper: Shaper, record: Record, element: Element) -> None:
        made = shaper.record(element, MEDIA, attributes=_SIZE_NAMES)
        shaper.add(record, "image" if _is_image(element) else key, made, element.span)

    return put


def _sole_content(shaper: Shaper, record: Record, element: Element) -> None:
    _content("content")(shaper, record, element)


def _enclosure(shaper: Shaper, record: Record, element: Element) -> None:
    # What it is long is a number of bytes, not a duration.
    made = shaper.record(element, {}, attributes={"length": "fileSize"})
    shaper.put(record, "enclosure", made, element.span)


def _track(kind: str) -> Handler:
    def put(shaper: Shaper, record: Record, element: Element) -> None:
        made = shaper.record(element, {}, attributes=_TRACK_NAMES)
        made.setdefault("kind", kind)
        shaper.add(record, "tracks", made, element.span)

    return put


def _alternate(shaper: Shaper, record: Record, element: Element) -> None:
    made = shaper.record(
        element,
        {"podcast:source": put_record("sources", {}, {"uri": "url", "contentType": "type"})},
        attributes={"length": "fileSize", "lang": "language"},
    )
    shaper.add(record, "alternateEnclosures", made, element.span)


def _guid(shaper: Shaper, record: Record, element: Element) -> None:
    permanent = element.attributes.get("isPermaLink", "true") != "false"
    plain(shaper, record, element)
    if permanent and element.text.startswith(("http://", "https://")):
        record.setdefault("permalink", element.text)


MEDIA: Final[dict[str, Handler]] = {
    "media:content": _sole_content,
    "media:thumbnail": put_record("thumbnails", {}),
    "media:subTitle": _track("subtitles"),
    "itunes:image": put_attribute("itunes:image", "href"),
    "media:player": put_attribute("playerUrl", "url"),
    "yt:videoId": put_as("youtubeId"),
    "yt:videoid": put_as("youtubeId"),
}
"""Children of other namespaces; those not named here keep their names."""

MEDIA["media:group"] = flatten({**MEDIA, "media:content": _content("sources")})

_ITEM: Final[dict[str, Handler]] = {
    **MEDIA,
    "enclosure": _enclosure,
    "guid": _guid,
    "content:encoded": put_as("contentEncoded"),
    "dc:creator": put_as("creator"),
    "dc:date": put_as("date"),
    "dc:language": put_as("language"),
    "dc:rights": put_as("rights"),
    "podcast:transcript": _track("transcript"),
    "podcast:chapters": put_record("chapters", {}),
    "podcast:alternateEnclosure": _alternate,
}
_CHANNEL: Final[dict[str, Handler]] = {**MEDIA, "item": put_record(ITEMS, _ITEM)}
_RSS: Final[dict[str, Handler]] = {"channel": flatten(_CHANNEL), "item": put_record(ITEMS, _ITEM)}
"""RSS 2.0 holds its entries in the channel, RSS 1.0 beside it."""
