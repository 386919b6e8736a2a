"""Reads what stands round an element that shows a medium: the caption of its figure, the heading of its box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from harvester.model import Span
from harvester.syntax.cards import link_text, only_text, read_card, said_length, still_of
from harvester.syntax.headings import heading_before, is_hidden
from harvester.syntax.origin import resolve_entities
from harvester.syntax.tags import Tag, read_tag

_REACH: Final = 2048
_OWN_REACH: Final = 4096
"""How far a box goes that itself bears the data of a medium."""

_PIECE: Final = 512
_LEVELS: Final = 8
_LEAST_WORK: Final = 1 << 16
_MOST_WORK: Final = 8 << 20
"""Bytes of one document that are looked at; in between, as many as it has."""

_MOST_TEXT: Final = 400
"""Characters up to which what stands beside a medium in its box is about it, and no text in which it stands."""

_MOST_BETWEEN: Final = 40
"""And up to which what stands nearer to it than its title is no title itself: a length, a button."""

_MOST_CHARS: Final = 300
_ENTRIES: Final = frozenset(("li", "article", "figure"))
"""Boxes of one thing, however much they say of it."""

_LISTS: Final = frozenset(("ul", "ol", "dl"))
BOXES: Final = frozenset("div section aside article figure header main li dd td tr ul ol dl table".split())
_BLOCK: Final = re.compile(rb"<(/?)(%s)(?=[\s>])" % "|".join(sorted(BOXES)).encode(), re.IGNORECASE)
_PARTS: Final = frozenset("button image img input label option path source svg track".split())
"""Elements that are parts of something shown, which what stands round them is not about."""

_TEXTS_THEMSELVES: Final = frozenset("span p b strong em i q cite button h2 h3 h4 h5".split())
"""Elements that are hardly more than their text."""

_SHOWING: Final = frozenset(("video", "audio", "figure"))
_DATA_BYTES: Final = 1500
_UNSEEN: Final = (b'height="0"', b"display:none", b"display: none", b'height="1"')
_OTHER_MEDIUM: Final = re.compile(
    rb"<(?:audio|iframe|amp-video)\b|<video\b(?![^<>]*+></video)|<video\b[^<>]*?(?:src=|\sdata-)", re.IGNORECASE
)
"""What shows another medium; a player's element that says of none, and holds nothing, doesn't yet."""

_OTHER_OBJECT: Final = re.compile(rb"<(?:object|embed)\b", re.IGNORECASE)
_FALLING_BACK: Final = frozenset(("video", "audio", "object"))
"""Elements beside which an object or embed shows the same medium to browsers that can't do otherwise."""

_CAPTION: Final = re.compile(rb"<figcaption\b[^<>]*>", re.IGNORECASE)
_HEADING: Final = re.compile(rb"<h[1-6]\b[^<>]*>", re.IGNORECASE)
_END: Final = re.compile(rb"</(?:figcaption|h[1-6])", re.IGNORECASE)
_FIRST_PART: Final = re.compile(rb"\s*<(p|span|div|b|strong|em|cite)\b[^<>]*>(.*?)</\1", re.DOTALL | re.IGNORECASE)
_NEXT: Final = re.compile(
    rb"(?:\s++|</[\w-]++\s*+>|<div\b[^<>]*+>\s*+</div>)*+"
    rb"<(?:div|p|span|h[1-6])\b[^<>]*?\bclass=[\"']?([^\"'<>]*+)[^<>]*+>([^<]++)</",
    re.IGNORECASE,
)
"""What stands next behind an element's boxes, a text of some class."""

_CLASS: Final = re.compile(rb"class=[\"']?([^\"'<>]*)")
_NAME: Final = re.compile(rb"<(\w+)[^<>]*\Z")
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TITLES: Final = frozenset(("title", "headline", "heading"))
_TEXTS: Final = _TITLES | {"caption"}
_TEXTS_OF_MEDIA: Final = _TEXTS | {"name", "label", "legend", "comment", "description"}
"""What stands for a title where a class says that it is a medium's."""

_MEDIUM: Final = frozenset("video audio media track song clip episode podcast player".split())
_OF_OTHERS: Final = frozenset(
    "page site author byline artist channel show section module widget block button btn tooltip sub menu nav tab"
    " related user brand credit credits copyright".split()
)
_CREDIT: Final = re.compile(
    r"(?:\u00a9|\(c\)|(?:foto|photo|bild|image|credit|source|quelle)s?\b.{0,3}:)", re.IGNORECASE
)
_BACKGROUND: Final = re.compile(
    rb"background(?:-image)?\s*:\s*url\(\s*(?:&quot;|&#0?39;|['\"])?([^'\"()<>\s&]+)", re.IGNORECASE
)
_MARKUP: Final = re.compile(rb"<[^<>]*>")
_SIGNS: Final = " \u00d7\u2715\u2716\u2717\u25b6\u25ba\u25b8\u2022|\u203a\u200b"
"""What buttons show: to close, to play, to go on."""


class _Ring(NamedTuple):
    """What a box adds before and behind what stands in it, and how many characters of text that is."""

    name: str
    before: bytes
    behind: bytes
    chars: int


class Surroundings:
    """Tells what stands round the elements of one document."""

    def __init__(self, utf8: bytes) -> None:
        """Take the document."""
        self._utf8 = utf8
        self._left = min(len(utf8) + _LEAST_WORK, _MOST_WORK)

    def of(self, element: Span, tag: Tag) -> dict[str, str]:
        """Give `caption` and `background-image` of the boxes round an element, as far as it is alone there.

        Of a box that bears the medium's data itself, `image`, `alt` and `duration` of what it shows are given too; of
        others a `still` that is called one.

        Args:
            element: From the start tag to the end of what was read of the element.
            tag: Its start tag, which may be that of a box itself.
        """
        text = self._text_in(tag)
        found = {"caption": text} if text else {}
        if not self._may_be_named(tag):
            return found
        _take_background(found, self._utf8[slice(*tag.attributes.get("style", (0, 0)))])
        own = element == tag.span and tag.name in BOXES
        worded = tag.name == "a" and _text(self._utf8[tag.span[1] : element[1]]) != ""
        before, behind = self._sides(element, tag)
        for ring in _rings(before, behind, tag, own=own):
            if ring.name in _LISTS or _media(tag, ring) > own:
                break
            _take_background(found, ring.before)
            if own:
                found |= read_card(ring.behind)
                _take_background(found, ring.behind)
            elif "poster" not in tag.attributes and (still := still_of(ring.before, ring.behind)):
                found.setdefault("still", still)
            if tag.name in _SHOWING and (length := said_length(ring.behind)):
                found.setdefault("duration", length)
            caption = _caption(ring, own=own)
            chars = ring.chars - len(caption or "")
            if caption and (ring.name in _ENTRIES or (chars <= _MOST_TEXT and not worded)):
                # Of a link its own text says more, if it is no button's.
                found["entry-caption" if worded else "caption"] = caption[:_MOST_CHARS]
            if caption is not None or chars > _MOST_BETWEEN:
                break
            own = False
        if "caption" not in found and (text := _heading(before, behind, tag) or _titled_behind(behind, tag)):
            found["caption"] = text
        return found

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
        return _shown(before, cut=low > 0), _shown(behind)


def _rings(before: bytes, behind: bytes, tag: Tag, *, own: bool) -> Iterator[_Ring]:
    """The boxes round an element, from the innermost outwards."""
    tags = _BLOCK.finditer(behind)
    inner, done = len(before), 0
    for start, name in islice(chain([(len(before), tag.name)] if own else [], _opened(before)), _LEVELS):
        part = before[start:inner]
        chars = len(_text(part))
        if chars > _MOST_TEXT + _MOST_CHARS and name not in _ENTRIES:
            return
        stop = _end(name, tags)
        if stop is None and name == "li":
            stop = len(behind)  # an entry that goes on beyond what is looked at
        if stop is None:
            return
        yield _Ring(name, part, behind[done:stop], chars + len(_text(behind[done:stop])))
        inner, done = start, stop


def _shown(markup: bytes, *, cut: bool = False) -> bytes:
    """Blank what is not shown, and the rest of a script whose beginning is cut off."""
    if b"script" in markup:
        if cut and (end := markup.find(b"</script")) >= 0 and markup.find(b"<script", 0, end) < 0:
            markup = b" " * end + markup[end:]
        markup = _without(b"<script", b"</script", _without(b"<noscript", b"</noscript", markup))
    return _without(b"<style", b"</style", _without(b"<!--", b"-->", markup))


def _without(first: bytes, last: bytes, markup: bytes) -> bytes:
    at, done = markup.find(first), 0
    if at < 0:
        return markup
    parts: list[bytes] = []
    while at >= 0:
        stop = markup.find(last, at)
        stop = len(markup) if stop < 0 else stop
        parts += markup[done:at], b" " * (stop - at)
        at, done = markup.find(first, stop), stop
    return b"".join(parts) + markup[done:]


def _opened(before: bytes) -> Iterator[tuple[int, str]]:
    """The boxes that are open at the end of a text, the innermost first, each with where it starts."""
    closed: list[bytes] = []
    high = len(before)
    while high > 0:
        low = before.find(b"<", max(0, high - _PIECE), high)
        for found in reversed([*_BLOCK.finditer(before, low, high)] if low >= 0 else []):
            name = found[2].lower()
            if found[1]:
                closed.append(name)
            elif not closed:
                yield found.start(), name.decode()
            elif name in closed:
                while closed.pop() != name:
                    pass
        high = low if low >= 0 else high - _PIECE


def _end(name: str, tags: Iterator[re.Match[bytes]]) -> int | None:
    """Where an open box ends; what else begins before that ends there too."""
    opened: list[str] = []
    for found in tags:
        closing = found[2].lower().decode()
        if not found[1]:
            opened.append(closing)
        elif closing in opened:
            while opened.pop() != closing:
                pass
        elif closing == name:
            return found.start()
        elif not opened:
            return None
    return None


def _media(tag: Tag, ring: _Ring) -> int:
    """How many other media a ring shows."""
    count = 0
    mark = _mark(tag)
    for part in (ring.before, ring.behind):
        count += len(_OTHER_MEDIUM.findall(part))
        if tag.name not in _FALLING_BACK:
            count += len(_OTHER_OBJECT.findall(part))
        if mark and mark in part:
            count += 1
    return count


def _mark(tag: Tag) -> bytes:
    """How an attribute begins by which elements of the kind are told."""
    return next((f" {name}=".encode() for name in tag.attributes if name.startswith("data-")), b"")


def _take_background(found: dict[str, str], styled: bytes) -> None:
    """Take the one picture that lies behind a medium for its still."""
    if "background-image" in found or b"background" not in styled:
        return
    backgrounds = {one[1] for one in _BACKGROUND.finditer(styled)}
    if len(backgrounds) == 1:
        found["background-image"] = backgrounds.pop().decode("utf-8", "replace")


def _caption(ring: _Ring, *, own: bool) -> str | None:
    """What a box says that its medium is called; an empty text where that can't be told, None where it says nothing.

    A figure's caption, but not who took the picture; the only heading, or the one above the others; what a class calls
    a title.

    Args:
        ring: The box.
        own: Whether it is what bears the medium's data, so that all names in it are the medium's.
    """
    captions = _found(_CAPTION, (ring.behind, ring.before)) if ring.name == "figure" else []
    if captions:
        _, caption = captions[0]
        first = _FIRST_PART.match(caption)
        text = (first and _text(first[2])) or _text(caption)
        return "" if _CREDIT.match(text) else text
    figure = read_tag(ring.before, 0) if ring.name == "figure" else None
    if label := figure and figure.value(ring.before, "aria-label"):
        return label
    headings = _found(_HEADING, ring[1:3])
    if headings:
        opening, heading = headings[0]
        told = _leads(headings, len(_found(_HEADING, ring[1:2])) if len(headings) > 1 else 1)
        return _text(heading) if told and _words(opening).isdisjoint(_OF_OTHERS) else ""
    texts = [one for part in ring[1:3] if b"class" in part for one in _classed(part, own=own)]
    titles = {text for is_title, text in texts if is_title} or {text for _, text in texts}
    if own and not titles:
        return link_text(ring.behind) or only_text(ring.behind)
    return titles.pop() if len(titles) == 1 else None


def _heading(before: bytes, behind: bytes, tag: Tag) -> str:
    """The heading right in front of an element but a link, if it is no section's of several media, no site's etc."""
    found = heading_before(before) if tag.name != "a" else None
    if found is None or not _words(found[0]).isdisjoint(_OF_OTHERS):
        return ""
    following = _HEADING.search(behind)
    headed = behind[: following.start()] if following else behind
    return "" if _media(tag, _Ring("", b"", headed, 0)) else _text(found[1])[:_MOST_CHARS]


def _titled_behind(behind: bytes, tag: Tag) -> str:
    """The title right behind an element's boxes, by its class a medium's, if no other medium follows."""
    found = _NEXT.match(behind)
    words = _words(found[1]) if found else frozenset()
    if found is None or words.isdisjoint(_TEXTS) or words.isdisjoint(_MEDIUM) or not words.isdisjoint(_OF_OTHERS):
        return ""
    return "" if _media(tag, _Ring("", b"", behind, 0)) else _text(found[2])[:_MOST_CHARS]


def _leads(headings: list[tuple[bytes, bytes]], before: int) -> bool:
    """Whether the first heading is that of all: it alone stands in front, and what the others head is a part of it."""
    return before == 1 and all(opening[2] > headings[0][0][2] for opening, _ in headings[1:])


def _found(start: re.Pattern[bytes], parts: Iterable[bytes]) -> list[tuple[bytes, bytes]]:
    """The captions or headings that begin in some parts, each with its attributes; those that don't end are none."""
    found: list[tuple[bytes, bytes]] = []
    for part in parts:
        for opening in start.finditer(part) if b"<h" in part or b"<H" in part or b"aption" in part else ():
            end = _END.search(part, opening.end())
            if end is None:
                break
            if not is_hidden(opening[0]):
                found.append((opening[0], part[opening.end() : end.start()]))
    return found


@lru_cache(maxsize=2048)
def _words(names: bytes) -> frozenset[str]:
    names = names[:_MOST_CHARS].replace(b"wp-block-", b"")  # there every element of an article is a block
    return frozenset(word.lower() for word in _WORD.findall(names.decode("utf-8", "replace")))


def _classed(part: bytes, *, own: bool) -> Iterator[tuple[bool, str]]:
    """Texts of elements whose class says what they are, each with whether that is a title."""
    for found in _CLASS.finditer(part):
        words = _words(found[1])
        if words.isdisjoint(_TEXTS_OF_MEDIA) or not words.isdisjoint(_OF_OTHERS):
            continue
        if own or not words.isdisjoint(_TEXTS) or not words.isdisjoint(_MEDIUM):
            opening = _NAME.search(part, max(0, found.start() - _MOST_CHARS), found.start())
            start = part.find(b">", found.end()) + 1
            end = part.find(b"</" + opening[1], start) if opening and start else -1
            text = _text(part[start:end]) if end >= 0 else ""
            if text and not _CREDIT.match(text):
                yield not words.isdisjoint(_TITLES), text


def _text(markup: bytes) -> str:
    return " ".join(resolve_entities(_MARKUP.sub(b" ", markup)).decode("utf-8", "replace").split()).strip(_SIGNS)
