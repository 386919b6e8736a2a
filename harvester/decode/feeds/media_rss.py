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

_NAMES: Final = {"length": "fileSize", "lang": "language"}
"""What an enclosure is long is a number of bytes, not a duration."""

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


def _rendition(shaper: Shaper, record: Record, element: Element) -> None:
    """One of the forms in which the entry's medium may be had."""
    if _is_image(element):
        shaper.add(record, "image", shaper.record(element, MEDIA, attributes=_NAMES), element.span)
        return
    made = shaper.record(element, MEDIA, attributes={**_NAMES, "duration": "contentDuration"})
    shaper.add(record, "sources", made, element.span)
    # A length of time is of the medium, whatever form says it; one that names its own makes no medium of it.
    if "duration" not in record and "contentDuration" in made:
        shaper.put(record, "duration", made["contentDuration"], element.span)


def _alone(shaper: Shaper, record: Record, element: Element) -> None:
    """Media RSS: what stands in no group is a medium of its own."""
    made = shaper.record(element, MEDIA, attributes=_NAMES)
    shaper.add(record, "image" if _is_image(element) else "content", made, element.span)


def _entry(shaper: Shaper, record: Record, element: Element) -> None:
    """An item: its one medium stands in `sources`, several that no group joins stand in `content`."""
    ungrouped = sum(child.name == "media:content" and not _is_image(child) for child in element.children)
    shaper.add(record, ITEMS, shaper.record(element, _ITEM if ungrouped < 2 else _ITEM_OF_MANY), element.span)


def _track(kind: str) -> Handler:
    def put(shaper: Shaper, record: Record, element: Element) -> None:
        made = shaper.record(element, {}, attributes=_TRACK_NAMES)
        made.setdefault("kind", kind)
        shaper.add(record, "textTracks", made, element.span)

    return put


def _alternate(shaper: Shaper, record: Record, element: Element) -> None:
    """The same episode in another form: where it may be had stands in elements of its own."""
    for child in element.children:
        if child.name == "podcast:source":
            made = shaper.record(child, {}, attributes={"uri": "url", "contentType": "type"})
            for name, value in element.attributes.items():
                made.setdefault(_NAMES.get(name, name), value)
            shaper.add(record, "sources", made, element.span)


def _guid(shaper: Shaper, record: Record, element: Element) -> None:
    permanent = element.attributes.get("isPermaLink", "true") != "false"
    plain(shaper, record, element)
    if permanent and element.text.startswith(("http://", "https://")):
        record.setdefault("permalink", element.text)


MEDIA: Final[dict[str, Handler]] = {
    "media:content": _alone,
    "media:thumbnail": put_record("thumbnails", {}),
    "media:subTitle": _track("subtitles"),
    "itunes:image": put_attribute("itunes:image", "href"),
    "media:player": put_attribute("playerUrl", "url"),
    "yt:videoId": put_as("youtubeId"),
    "yt:videoid": put_as("youtubeId"),
}
"""Children of other namespaces; those not named here keep their names."""

MEDIA["media:group"] = flatten({**MEDIA, "media:content": _rendition})

_ITEM: Final[dict[str, Handler]] = {
    **MEDIA,
    "media:content": _rendition,
    "enclosure": _rendition,
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
_ITEM_OF_MANY: Final[dict[str, Handler]] = {**_ITEM, "media:content": _alone}
_CHANNEL: Final[dict[str, Handler]] = {**MEDIA, "item": _entry}
_RSS: Final[dict[str, Handler]] = {"channel": flatten(_CHANNEL), "item": _entry}
"""RSS 2.0 holds its entries in the channel, RSS 1.0 beside it."""
