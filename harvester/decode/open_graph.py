"""Reads og:video, og:audio and twitter:player groups, and what a page's head says of its medium besides.

By the Open Graph protocol (ogp.me, "Arrays") a property begins a group, and the structured properties behind it
belong to it. Groups that differ in type are the forms of one medium: its file, and the pages that play it. Several of
one type are several media.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from harvester.decode.contract import Decoding
from harvester.model import Decoded, Excerpt, Limits, Value
from harvester.syntax.tags import read_tag

_Group: TypeAlias = dict[str, Value]

_META: Final = re.compile(rb"<meta\b", re.IGNORECASE)
_OWN: Final = re.compile(r"(og:video|og:audio|twitter:player:stream|twitter:player)(?::([\w:]+))?\Z")
_FILE: Final = re.compile(r"(?:\A|/)[^/?#]+\.(\w{2,5})(?:[?#]|\Z)")
_GROUPS: Final = 500
_PARTS: Final = {"content_type": "type"}
"""The parts of X's player cards that have other names than Open Graph's."""

_BESIDE: Final = {
    "og:image": "image",
    "og:image:url": "image",
    "og:image:secure_url": "image",
    "twitter:image": "image",
    "video:duration": "duration",
    "video:release_date": "datePublished",
}
"""What stands in no group and is of the medium all the same, by what schema.org calls it."""


def decode_open_graph(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give one record for each medium: `url`, `secure_url`, `type`, `width`, `height` and what else is said."""
    groups: list[_Group] = []
    beside: list[tuple[int, str, str]] = []
    for found in _META.finditer(excerpt.text):
        tag = read_tag(excerpt.text, found.start())
        if tag is None or len(groups) > min(_GROUPS, limits.findings):
            continue
        key = (tag.value(excerpt.text, "property") or tag.value(excerpt.text, "name") or "").lower()
        own = _OWN.match(key)
        content = ((own or key in _BESIDE) and tag.value(excerpt.text, "content")) or ""
        if not content.strip():
            continue
        if own:
            _add(groups, own[1], own[2] or "url", content.strip())
        else:
            beside.append((len(groups) - 1, _BESIDE[key], content.strip()))
    media = [_record(forms) for forms in _by_medium(groups)]
    for index, name, content in beside:
        if len(media) == 1:
            media[0].setdefault(name, content)
        elif index >= 0 and name != "image":
            groups[index].setdefault(name, content)  # of several, each has its own behind it
    return Decoding((Decoded(value=list[Value](media), layers=("html",)),) if media else ())


def _add(groups: list[_Group], name: str, part: str, content: str) -> None:
    current = next((group for group in reversed(groups) if group["property"] == name), None)
    begins = part == "url" and current is not None and current.get("url") not in (None, content)
    if current is None or begins:
        current = {"property": name}
        groups.append(current)
    current.setdefault(_PARTS.get(part, part), content)


def _by_medium(groups: list[_Group]) -> list[list[_Group]]:
    """Put the groups of each medium together: a player card is of the film, or of the sound, that the page has."""
    films, sounds, cards = (
        [group for group in groups if str(group["property"]).startswith(name)]
        for name in ("og:video", "og:audio", "twitter:")
    )
    media = [part for own in (films, sounds) for part in ([own] if _are_forms(own) else [[group] for group in own])]
    if cards and len(media) > 0 and (_are_forms(films) if films else _are_forms(sounds)):
        media[0] = media[0] + cards
    elif cards:
        media.append(cards)
    return media


def _are_forms(groups: list[_Group]) -> bool:
    """Whether groups are forms of one medium, for no two are of one type and size."""
    return len({_form(group) for group in groups}) == len(groups) > 0


def _form(group: _Group) -> tuple[str, Value]:
    file = _FILE.search(str(group.get("url")))
    if file:
        return file[1].lower(), group.get("height")
    return str(group.get("type") or "text/html").partition(";")[0].lower(), None


def _record(forms: list[_Group]) -> _Group:
    """One record of a medium, its forms listed where it has more than one."""
    for group in forms:
        _tell_player(group)
    if len(forms) == 1:
        return forms[0]
    record: _Group = {"property": forms[0]["property"], "sources": list[Value](forms)}
    if all("@type" in group for group in forms):
        record["@type"] = forms[0]["@type"]
    return record


def _tell_player(group: _Group) -> None:
    """Name the URL of a page that plays the medium for what it is, as schema.org does."""
    url, media_type = group.get("url"), str(group.get("type") or "")
    is_page = "html" in media_type or (not media_type and _FILE.search(str(url)) is None)
    if isinstance(url, str) and (group["property"] == "twitter:player" or is_page) and _FILE.search(url) is None:
        group["@type"] = "AudioObject" if group["property"] == "og:audio" else "VideoObject"
        group["embedUrl"] = group.pop("url")
