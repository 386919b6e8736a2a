"""Locates elements that show media: media elements, frames, links, and data in any element's attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from harvester.locate.fields import Fields
from harvester.locate.rings import BOXES
from harvester.locate.scan import Scan
from harvester.locate.surroundings import Surroundings
from harvester.model import Excerpt, Span
from harvester.syntax.tags import Ends, Tag, enclosing_tag, is_quoted, read_tag

_WITH_CHILDREN: Final = {
    "video": 1 << 16,
    "audio": 1 << 16,
    "object": 1 << 15,
    "picture": 1 << 14,
    "blockquote": 1 << 14,
    "a": 1 << 12,
    "amp-video": 1 << 14,
}
_NOT_NESTED: Final = frozenset(("video", "audio"))
_FORMS: Final = {
    "video": "media-element",
    "audio": "media-element",
    "source": "media-element",
    "track": "media-element",
    "amp-video": "media-element",
    "amp-audio": "media-element",
    "a": "media-link",
    "link": "media-link",
    "area": "media-link",
    "iframe": "embed",
    "embed": "embed",
    "object": "embed",
    "param": "embed",
    "frame": "embed",
    "script": "embed",
    "blockquote": "embed",
}
_OF_PAGE: Final = frozenset(("meta", "style", "base", "html", "body", "image"))
"""Elements that show no medium, whatever URLs they have; data may stand in them as in any other."""

_OPENERS: Final = tuple(b"fancybox lightbox popup modal play data-video".split())
"""What stands in the start tag of a link that opens a player."""

_TITLED: Final = re.compile(rb"\balt=[\"'][^\"']")
_TAGS: Final = re.compile(rb"<[^<>]*+>")

_BUTTON_BYTES: Final = 16
"""Up to this length a text is a button's: `Trailer`, `Watch now`."""

_MOVING: Final = frozenset(("loop", "muted"))
_WRAPPED_BYTES: Final = 4096
_MARKS_LOOKED_AT: Final = 20
_SHORTCODE: Final = re.compile(rb"\[(?=[\w-]*?(?:video|audio|player|embed|podcast|media))[a-z][\w-]{2,60}\s+[\w-]+=")
_SHORTCODE_BYTES: Final = 1000
_JSON_VALUE: Final = re.compile(rb"\s*(?:[{\[]|&quot;|%7[bB]|%5[bB]|eyJ|W3s|&#123;|&#x7[bB];)")


def locate_elements(scan: Scan) -> Iterator[Excerpt]:
    """Find the element round each mark that stands in no script, each element once."""
    done = 0
    low = 0
    ends, fields = Ends(scan.utf8), Fields(scan.utf8)
    round_them = Surroundings(scan.utf8, ends)
    for index, (at, kind) in enumerate(scan.outside):
        if at < done or kind in ("flight", "scope", "call") or scan.is_taken(at):
            continue
        tag = _tag_of(scan.utf8, at, kind, max(low, done))
        if tag is None and (shortcode := _shortcode(scan.utf8, at, max(low, done))):
            done = shortcode.spans[0][1]
            yield shortcode
        low = at
        if tag is None or (tag.name in _OF_PAGE and not _stands_in_data(scan.utf8, at, tag)):
            continue
        if (tag.name == "script" and kind == "file") or (kind == "embed" and _is_shown(at, tag)):
            continue
        span = _with_children(scan.utf8, tag)
        if span == tag.span and not tag.attributes:
            done = span[1]  # a player's element that has nothing yet
            continue
        excerpt = _excerpt(scan.utf8, tag, span, round_them)
        done = excerpt.spans[0][1]
        if tag.name == "input":
            excerpt = replace(excerpt, hints=fields.of(tag))
        elif excerpt.form == "data-attribute" and _is_of_box(scan.utf8, at, kind, tag):
            excerpt = _with_player(scan, excerpt, tag, index, ends)
        elif tag.name == "a" and (kind == "file" or _opens_player(excerpt.text)) and kind in ("file", "embed"):
            excerpt = replace(excerpt, hints=round_them.of(excerpt.spans[0], tag))
        yield excerpt


def _tag_of(utf8: bytes, at: int, kind: str, low: int) -> Tag | None:
    """The tag that begins at a mark, or the one in whose attributes the mark stands."""
    if kind == "element":
        tag = read_tag(utf8, at)
        if tag is None or not is_quoted(utf8, tag):
            return tag
    return enclosing_tag(utf8, at, low)


def _stands_in_data(utf8: bytes, at: int, tag: Tag) -> bool:
    """Tell whether a position stands in an attribute that holds data."""
    return any(start <= at < stop and _JSON_VALUE.match(utf8, start, stop) for start, stop in tag.attributes.values())


def _is_shown(at: int, tag: Tag) -> bool:
    """Tell whether a position stands in the address of a picture: a still alone is no player."""
    if tag.name != "img":
        return False
    return any(start <= at < stop and "src" in name for name, (start, stop) in tag.attributes.items())


def _is_of_box(utf8: bytes, at: int, kind: str, tag: Tag) -> bool:
    """Tell whether a sign says of an element itself which medium is played in it; one in data may be of more."""
    return kind == "id" or (kind == "file" and tag.name in BOXES and not _stands_in_data(utf8, at, tag))


def _opens_player(link: bytes) -> bool:
    """Tell whether a link has no text but what buttons have, and it or a picture in it is all that there is to see."""
    start = link[: link.find(b">")]
    text = len(_TAGS.sub(b"", link).strip())
    if any(name in start for name in _OPENERS):
        return text <= _BUTTON_BYTES
    return text == 0 and not _TITLED.search(link) if b"<img" in link else 0 < text <= _BUTTON_BYTES


def _with_player(scan: Scan, excerpt: Excerpt, tag: Tag, index: int, ends: Ends) -> Excerpt:
    """Join the only player that stands in an element to it, for the element's attributes tell of its medium."""
    start = excerpt.spans[0][1]
    near = scan.outside[index + 1 : index + _MARKS_LOOKED_AT]
    inside = [at for at, kind in near if kind == "element" and start <= at < start + _WRAPPED_BYTES]
    if not inside or scan.is_taken(inside[0]):
        return excerpt
    end = ends.of(tag, _WRAPPED_BYTES)
    player = read_tag(scan.utf8, inside[0]) if sum(at < end for at in inside) == 1 else None
    if player and scan.outside[index][1] == "file" and player.attributes.keys() >= _MOVING:
        return excerpt  # what moves where the medium is not played yet, from a file of its own
    span = _with_children(scan.utf8, player) if player else (0, 0)
    if not start <= span[0] < span[1] <= end:
        return excerpt
    return replace(
        excerpt,
        text=excerpt.text + scan.utf8[slice(*span)],
        spans=(*excerpt.spans, span),
        hints={**excerpt.hints, "player": str(len(excerpt.text))},
    )


def _shortcode(utf8: bytes, at: int, low: int) -> Excerpt | None:
    """The shortcode round a position that its plug-in has left in the text: `[player video-id="…" name="…"]`.

    It is given as the tag that it is but for its brackets.
    """
    start = utf8.rfind(b"[", max(low, at - _SHORTCODE_BYTES), at)
    end = utf8.find(b"]", at, at + _SHORTCODE_BYTES) if start >= 0 and _SHORTCODE.match(utf8, start) else -1
    if end < 0:
        return None
    text = b"<" + utf8[start + 1 : end] + b">"
    return Excerpt(form="data-attribute", text=text, spans=((start, end + 1),)) if read_tag(text, 0) else None


def _excerpt(utf8: bytes, tag: Tag, span: Span, round_them: Surroundings) -> Excerpt:
    """The excerpt of an element: its start tag, and for those with media children all up to the end tag."""
    form = _FORMS.get(tag.name)
    if form is None:
        form = "embed" if tag.name.startswith(("amp-", "lite-")) else "data-attribute"
    if tag.name == "link" and b"+oembed" in utf8[slice(*span)]:
        form = "oembed"
    values = tag.attributes.values() if form in ("media-link", "media-element") else ()
    if any(_JSON_VALUE.match(utf8, *value) for value in values):
        form = "data-attribute"
    named = form in ("media-element", "embed", "data-attribute") and tag.name not in ("a", "input")
    hints = round_them.of(span, tag) if named else {}
    return Excerpt(form=form, text=utf8[slice(*span)], spans=(span,), hints=hints)


def _with_children(utf8: bytes, tag: Tag) -> Span:
    """The span of an element with its children, if it ends: before the next of its kind where these don't nest."""
    reach = _WITH_CHILDREN.get(tag.name)
    start, stop = tag.span
    if reach is None:
        return tag.span
    name = utf8[start + 1 : start + 1 + len(tag.name)]
    high = stop + reach
    if tag.name in _NOT_NESTED:
        following = utf8.find(b"<" + name, stop, high)
        high = following if following >= 0 else high
    low = utf8.find(b"</" + name, stop, high)
    if low < 0:
        low = utf8.find(b"</" + name.swapcase(), stop, high)
    if low < 0:
        return tag.span
    end = utf8.find(b">", low, low + 64)
    return start, (end + 1 if end > 0 else low)
