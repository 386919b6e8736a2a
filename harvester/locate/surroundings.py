"""Reads what stands round an element that shows a medium: the caption of its figure, the heading of its box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from harvester.locate.captions import (
    caption_of,
    heading_of,
    heading_over,
    is_entry,
    is_section,
    labelled_before,
    titled_behind,
)
from harvester.locate.rings import BOXES, MOST_TEXT, Ring, media_in, opened, rings, shown, until_media
from harvester.model import Span
from harvester.syntax.cards import card_text, only_text, plain, read_card, said_length, shown_length, still_of
from harvester.syntax.credits import credited
from harvester.syntax.tags import Ends, Tag, enclosing_tag, read_tag

_REACH: Final = 2048
_OWN_REACH: Final = 4096
"""How far a box goes that itself bears the data of a medium."""

_LEAST_WORK: Final = 1 << 18
_MOST_WORK: Final = 8 << 20
"""Bytes of one document that are looked at; in between, as many as it has."""

_MOST_BETWEEN: Final = 40
"""Characters up to which what stands nearer to a medium than its title is no title itself: a length, a button."""

_MOST_CHARS: Final = 300
_LISTS: Final = frozenset(("ul", "ol", "dl"))
_PARTS: Final = frozenset("image img input label option path source svg track".split())
"""Elements that are parts of something shown, which what stands round them is not about."""

_TEXTS_THEMSELVES: Final = frozenset("span p b strong em i q cite button option h2 h3 h4 h5".split())
"""Elements that are hardly more than their text."""

_SHOWING: Final = frozenset(("video", "audio", "figure"))
_DATA_BYTES: Final = 1500
_UNSEEN: Final = (b'height="0"', b"display:none", b"display: none", b'height="1"')
_BACKGROUND: Final = re.compile(
    rb"(?:background(?:-image)?\s*:\s*(?:transparent\s+)?url\(|\sdata-(?:bg|background)(?:-image|-src|-url)?=[\"'](?:url\()?)"
    rb"\s*(?:&quot;|&#0?39;|['\"])?([^'\"()<>\s&]+)",
    re.IGNORECASE,
)
_START_TAG: Final = 400
_DATA: Final = {
    **dict.fromkeys(("data-title", "data-video-title", "data-media-title", "data-headline"), "data-title"),
    **dict.fromkeys(("data-duration", "data-length", "data-video-duration"), "duration"),
    **dict.fromkeys(("data-poster", "data-thumbnail", "data-thumb", "data-still"), "still"),
}
"""What attributes of a box are of the medium that is alone in it."""

_DATA_WORDS: Final = (b"title=", b"headline=", b"duration=", b"length=", b"poster=", b"thumb", b"still=")
_OPENED: Final = frozenset(("video", "audio", "iframe"))
_LEVELS: Final = 5
_SHUT: Final = (
    *(b"display:none", b"display: none", b"hidden", b"hide", b"modal", b"Modal", b"popup", b"Popup", b"pop-up"),
    *(b"lightbox", b"dialog", b"overlay"),
)
"""What boxes are by their attributes that are shown on demand."""

_MOST_SEARCHED: Final = 1 << 28
"""Bytes that are searched for what shows boxes, however often in one document."""

_SAYS: Final = ("data-sub-html", "data-caption", "data-title", "title")
"""Attributes of lightboxes' links that say what is shown."""


class Surroundings:
    """Tells what stands round the elements of one document."""

    def __init__(self, utf8: bytes, ends: Ends) -> None:
        """Take the document, and what tells where its elements end."""
        self._utf8 = utf8
        self._left = min(len(utf8) + _LEAST_WORK, _MOST_WORK)
        self._searched = _MOST_SEARCHED
        self._ends = ends

    def of(self, element: Span, tag: Tag) -> dict[str, str]:
        """Give `caption`, `still`, `duration` and `background-image` of what stands round an element it is alone in.

        Of a box that bears the medium's data itself, `image` and `alt` of what it shows are given too.

        Args:
            element: From the start tag to the end of what was read of the element.
            tag: Its start tag, which may be that of a box itself.
        """
        text = self._text_in(tag)
        found = {"caption": text} if text else {}
        if self._may_be_named(tag):
            _take_background(found, self._utf8[tag.span[0] : min(tag.span[1], tag.span[0] + _DATA_BYTES)])
            before, behind = self._sides(element, tag)
            own = element == tag.span and tag.name in BOXES
            inside = self._utf8[tag.span[1] : element[1]]
            worded = bool(text) or (tag.name == "a" and plain(inside) != "")
            _read_boxes(found, before, behind, tag, own=own, worded=worded)
            if tag.name == "a" and not worded and b"<img" not in inside:
                found |= _shown_beside(before, behind, tag)
            self._read_beside(found, before, behind, tag)
            if tag.name in _OPENED and "caption" not in found and (opener := self._opener(before)):
                found = {**self._said_by(opener), **found}
        return found

    def _opener(self, before: bytes) -> Tag | None:
        """The element elsewhere that shows the box round an element, as lightboxes and dialogs are: by its name."""
        for start, _ in islice(opened(before), _LEVELS):
            head = before[start : before.find(b">", start)]
            box = read_tag(before, start) if b" id=" in head and any(word in head for word in _SHUT) else None
            name = box.value(before, "id") if box else None
            if not name or self._searched <= 0:
                continue
            self._searched -= len(self._utf8)
            for quote in (b'"', b"'"):
                at = self._utf8.find(quote + b"#" + name.encode() + quote)
                if at >= 0 and (opener := enclosing_tag(self._utf8, at, max(0, at - _REACH))):
                    return opener
        return None

    def _said_by(self, opener: Tag) -> dict[str, str]:
        """What an element that shows a box says of the medium in it."""
        start, stop = opener.span
        end = self._ends.of(opener, _REACH)
        inside = self._utf8[stop:end]
        found: dict[str, str] = {}
        before, behind = self._sides((start, end), opener)
        _read_boxes(found, before, behind, opener, own=False, worded=False)
        said = [card_text(text.encode()) for name in _SAYS if (text := opener.value(self._utf8, name))]
        found = {**_shown_beside(before, behind, opener), **found}
        caption = next((text for text in (*said, found.get("caption"), card_text(inside)) if text), None)
        return found | read_card(inside) | ({"caption": caption[:_MOST_CHARS]} if caption else {})

    def _read_beside(self, found: dict[str, str], before: bytes, behind: bytes, tag: Tag) -> None:
        """Read what stands right in front of an element or behind it, whatever boxes there are."""
        if tag.name in _SHOWING and (length := said_length(behind)) and length == said_length(until_media(behind)):
            found.setdefault("duration", length)
        if tag.name == "iframe" and (name := credited((tag.value(self._utf8, "src") or "").encode(), behind)):
            found["caption"] = plain(name)
        if "caption" not in found and (
            text := heading_of(before, behind, tag) or labelled_before(before) or titled_behind(behind, tag)
        ):
            found["caption"] = text

    def _text_in(self, tag: Tag) -> str | None:
        """What an element says that holds nothing but a short text."""
        if tag.name not in _TEXTS_THEMSELVES:
            return None
        start = tag.span[1]
        end = self._utf8.find(b"<", start, start + _MOST_CHARS)
        return only_text(self._utf8[start:end]) if self._utf8.startswith(b"</" + tag.name.encode(), end) else None

    def _may_be_named(self, tag: Tag) -> bool:
        """Whether something beside an element may say what it shows: it is seen, and bears no data that say it all."""
        if tag.name in _PARTS or (tag.span[1] - tag.span[0] > _DATA_BYTES and tag.name not in _SHOWING):
            return False
        return tag.name != "iframe" or not any(self._utf8.find(sign, *tag.span) >= 0 for sign in _UNSEEN)

    def _sides(self, element: Span, tag: Tag) -> tuple[bytes, bytes]:
        """What is shown before and behind an element, as far as is looked."""
        if self._left <= 0:
            return b"", b""
        at, end = element
        low = max(0, at - _REACH)
        own = end == tag.span[1] and tag.name in BOXES
        before, behind = self._utf8[low:at], self._utf8[end : end + (_OWN_REACH if own else _REACH)]
        self._left -= len(before) + len(behind)
        return shown(before, cut=low > 0), shown(behind)


def _read_boxes(found: dict[str, str], before: bytes, behind: bytes, tag: Tag, *, own: bool, worded: bool) -> None:
    """Read what the boxes say round an element, as far as it is alone there.

    Where text stands between it and what names it, only the heading of an entry or of a short section does.
    """
    boxes, chars = rings(before, behind, tag, own=own), 0
    beside = ""
    for ring in boxes:
        if not _is_alone(ring, tag, own=own):
            return
        _read_box(found, ring, tag, own=own)
        caption = beside or caption_of(ring, own=own)
        chars = ring.chars - len(caption or "")
        if caption and _is_of_it(ring, chars, tag, worded=worded):
            # Its own text says more, if that is not what buttons say.
            found["entry-caption" if worded else "caption"] = caption[:_MOST_CHARS]
            return
        if caption is not None and not (worded and caption):
            return
        # An entry round a link's text and one beside it tells that they are of one thing.
        beside = caption or ""
        if chars > _MOST_BETWEEN:
            break
        own = False
    heading = _heading_over(boxes, chars, tag) if not worded and b"<h" in before else ""
    if heading:
        found["caption"] = heading[:_MOST_CHARS]


def _heading_over(boxes: Iterator[Ring], chars: int, tag: Tag) -> str:
    """The heading of the entry or short section that holds an element and a text, of so many characters so far."""
    heading = ""
    for ring in boxes:
        over = heading_over(ring)
        if not _is_alone(ring, tag, own=False) or over == "" or (over and heading):
            return ""
        heading, chars = heading or over or "", chars + ring.chars
        if heading and (is_entry(ring) or (tag.name in _OPENED and is_section(ring, chars))):
            return heading
    return ""


def _shown_beside(before: bytes, behind: bytes, opener: Tag) -> dict[str, str]:
    """The only picture in the innermost box with any round what opens a lightbox, if the box opens no other."""
    for ring in rings(before, behind, opener, own=False):
        if not _is_alone(ring, opener, own=False):
            break
        if b"<img" in ring.before or b"<img" in ring.behind:
            still = still_of(ring.before, ring.behind, classed=False)
            return {"still": still[0], "alt": still[1]} if still else {}
    return {}


def _is_alone(ring: Ring, tag: Tag, *, own: bool) -> bool:
    """Whether a box is no list, and shows nothing but the element."""
    return ring.name not in _LISTS and media_in(ring.before, tag) + media_in(ring.behind, tag) <= own


def _is_of_it(ring: Ring, chars: int, tag: Tag, *, worded: bool) -> bool:
    """Whether what a box says, besides a name, is about the medium and not the text in which it stands."""
    return is_entry(ring) or (chars <= MOST_TEXT and (ring.name == "tr" or not (worded and tag.name == "a")))


def _read_box(found: dict[str, str], ring: Ring, tag: Tag, *, own: bool) -> None:
    """Read what one box says of the medium in it, but for what that is called."""
    _take_background(found, ring.before + ring.behind)
    if own:
        found |= read_card(ring.behind)
        return
    start_tag = ring.before[:_START_TAG]
    if b"data-" in start_tag and any(word in start_tag for word in _DATA_WORDS):
        _take_data(found, ring.before)
    if "poster" not in tag.attributes and (still := still_of(ring.before, ring.behind, classed=ring.name != "figure")):
        found.setdefault("still", still[0])
    if length := shown_length(ring.before + ring.behind):
        found.setdefault("duration", length)


def _take_data(found: dict[str, str], box: bytes) -> None:
    """Take what a box's attributes say by name of the medium in it."""
    tag = read_tag(box, 0)
    for name in tag.attributes if tag else ():
        fact = _DATA.get(name)
        if tag and fact and (value := tag.value(box, name)):
            found.setdefault(fact, value[:_MOST_CHARS])


def _take_background(found: dict[str, str], styled: bytes) -> None:
    """Take the one picture that lies behind a medium, or over it, for its still."""
    if "background-image" in found or (b"background" not in styled and b"data-bg" not in styled):
        return
    backgrounds = {one[1] for one in _BACKGROUND.finditer(styled)}
    if len(backgrounds) == 1:
        found["background-image"] = backgrounds.pop().decode("utf-8", "replace")
