"""Reads og:video, og:audio and twitter:player groups.

By the Open Graph protocol (ogp.me, "Arrays") a property begins a group, and the structured properties behind it
belong to it.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.decode.contract import Decoding
from harvester.model import Decoded, Excerpt, Limits, Value
from harvester.syntax.tags import read_tag

_META: Final = re.compile(rb"<meta\b", re.IGNORECASE)
_OWN: Final = re.compile(r"(og:video|og:audio|twitter:player)(?::([\w:]+))?\Z")
_FILE: Final = re.compile(r"(?:\A|/)[^/?#]+\.\w{2,5}(?:[?#]|\Z)")
_GROUPS: Final = 500
_PARTS: Final = {"stream:content_type": "type"}
"""The parts of X's player cards that have other names than Open Graph's."""


def decode_open_graph(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give one record for each medium: `url`, `secure_url`, `type`, `width`, `height` and what else is said."""
    groups: list[dict[str, Value]] = []
    for found in _META.finditer(excerpt.text):
        tag = read_tag(excerpt.text, found.start())
        if tag is None or len(groups) > min(_GROUPS, limits.findings):
            continue
        key = (tag.value(excerpt.text, "property") or tag.value(excerpt.text, "name") or "").lower()
        own = _OWN.match(key)
        content = tag.value(excerpt.text, "content")
        if own and content and content.strip():
            _add(groups, own[1], own[2] or "url", content.strip())
    for group in groups:
        _tell_player(group)
    return Decoding((Decoded(value=list[Value](groups), layers=("html",)),) if groups else ())


def _tell_player(group: dict[str, Value]) -> None:
    """Name the URL of a page that plays the medium for what it is, as schema.org does."""
    url, media_type = group.get("url"), str(group.get("type") or "")
    is_page = "html" in media_type or (not media_type and _FILE.search(str(url)) is None)
    if isinstance(url, str) and (group["property"] == "twitter:player" or is_page) and _FILE.search(url) is None:
        group["@type"] = "AudioObject" if group["property"] == "og:audio" else "VideoObject"
        group["embedUrl"] = group.pop("url")


def _add(groups: list[dict[str, Value]], name: str, part: str, content: str) -> None:
    current = next((group for group in reversed(groups) if group["property"] == name), None)
    begins = part == "url" and current is not None and current.get("url") not in (None, content)
    if current is None or begins:
        current = {"property": name}
        groups.append(current)
    current.setdefault(_PARTS.get(part, part), content)
