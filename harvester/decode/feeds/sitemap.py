"""Sitemaps with video entries (Google's video sitemap extension 1.1)."""

from __future__ import annotations

from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.feeds.shaping import ITEMS, Handler, Record, Shaper, put_as
from harvester.decode.feeds.xml_tree import Element, parse_xml
from harvester.model import Excerpt, Limits


def decode_video_sitemap(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the videos of all pages under `items`, each with the page that it stands on."""
    tree = parse_xml(excerpt.text, limits)
    shaper = Shaper()
    if tree.root is None:
        return shaper.decoding(None, tree)
    made = shaper.record(tree.root, {"url": _page, "sitemap": _skip})
    return shaper.decoding(made if ITEMS in made else None, tree)


def _page(shaper: Shaper, record: Record, element: Element) -> None:
    page = {child.name: child for child in reversed(element.children) if child.name in _PAGE}
    for video in element.children:
        if video.name != "video:video":
            continue
        made = shaper.record(video, _VIDEO)
        for name, child in page.items():
            shaper.put(made, _PAGE[name], child.text, child.span)
        shaper.add(record, ITEMS, made, video.span)


def _skip(_shaper: Shaper, _record: Record, _element: Element) -> None:
    """Leave out what lists no media."""


_PAGE: Final = {"priority": "priority", "changefreq": "changefreq", "lastmod": "lastmod", "loc": "pageUrl"}
_VIDEO: Final[dict[str, Handler]] = {
    "video:content_loc": put_as("contentUrl"),
    "video:player_loc": put_as("embedUrl"),
    "video:thumbnail_loc": put_as("thumbnailUrl"),
    "video:title": put_as("title"),
    "video:description": put_as("description"),
    "video:duration": put_as("duration"),
    "video:publication_date": put_as("publicationDate"),
    "video:expiration_date": put_as("expirationDate"),
    "video:uploader": put_as("uploader"),
    "video:live": put_as("live"),
    "video:id": put_as("videoId"),
    "video:tag": put_as("tag"),
    "video:category": put_as("category"),
}
