"""Tells what a medium is called by what stands round its element: captions, headings, and classes that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from harvester.locate.rings import ENTRIES, MOST_TEXT, Ring, media_in
from harvester.syntax.cards import link_text, only_text, plain
from harvester.syntax.headings import heading_before, is_hidden, text_before
from harvester.syntax.tags import Tag, read_tag

_CAPTION: Final = re.compile(rb"<figcaption\b[^<>]*>", re.IGNORECASE)
_HEADING: Final = re.compile(rb"<h[1-6]\b[^<>]*>", re.IGNORECASE)
_BEGINS_HEADED: Final = re.compile(rb"(?:\s++|<(?!h[1-6])[^<>]*+>)*+<h[1-6]\b", re.IGNORECASE)
_NEXT_HEADING: Final = re.compile(rb"<(?:h[1-6]|dt)\b", re.IGNORECASE)
_END: Final = re.compile(rb"</(?:figcaption|h[1-6])", re.IGNORECASE)
_FIRST_PART: Final = re.compile(rb"\s*<(p|span|div|b|strong|em|cite)\b[^<>]*>(.*?)</\1", re.DOTALL | re.IGNORECASE)
_BESIDE: Final = re.compile(
    rb"<(span|div|p|small|cite|em|i|b|strong)\b[^<>]*?\sclass=[\"']?[^\"'<>]*?"
    rb"(?:credit|copyright|source|photographer|byline|agency|label|kicker|badge|icon)[^<>]*+>(?:[^<]++|<(?!/?\1\b))*+</\1\s*+>",
    re.IGNORECASE,
)
"""What a caption shows beside its text: what kind of thing this is, and whose."""
_NEXT: Final = re.compile(
    rb"(?:\s++|</[\w-]++\s*+>|<div\b[^<>]*+>\s*+</div>)*+"
    rb"<(?:div|p|span|h[1-6])\b[^<>]*?\bclass=[\"']?([^\"'<>]*+)[^<>]*+>([^<]++)</",
    re.IGNORECASE,
)
"""What stands next behind an element's boxes, a text of some class."""

_CLASS: Final = re.compile(rb"class=[\"']?([^\"'<>]*)")
_NAME: Final = re.compile(rb"<(\w+)[^<>]*\Z")
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LINES: Final = frozenset(("li", "tr"))
"""Boxes whose only text names what is in them."""

_TITLES: Final = frozenset(("title", "headline", "heading"))
_TEXTS: Final = _TITLES | {"caption"}
_TEXTS_OF_MEDIA: Final = _TEXTS | {"name", "label", "legend", "comment", "description"}
"""What stands for a title where a class says that it is a medium's."""

_MEDIUM: Final = frozenset("video audio media track song clip episode podcast player".split())
_ENTRY: Final = _MEDIUM | frozenset("post entry item card sermon lesson lecture talk story teaser tile slide".split())
_OF_OTHERS: Final = frozenset(
    "page site author byline artist channel show section module widget block button btn tooltip sub menu nav tab"
    " related user brand credit credits copyright".split()
)
_CREDIT: Final = re.compile(
    r"(?:\u00a9|\(c\)|(?:foto|photo|bild|image|credit|source|quelle|illustra(?:tion|sjon)|grafik)s?\b.{0,3}:)",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?:watch|listen|video|audio|vidéo|vídeo|regardez|écoutez|mira|escucha|guarda|ascolta|видео|смотрите)\b[^:|]{0,20}[:|]\s\S",
    re.IGNORECASE,
)
_MOST_CHARS: Final = 300


def caption_of(ring: Ring, *, own: bool) -> str | None:
    """Give what a box says that its medium is called; empty where that can't be told, None where it says nothing.

    A figure's caption, but not who took the picture; the only heading, or the one above the others; what a class calls
    a title.

    Args:
        ring: The box.
        own: Whether it is what bears the medium's data, so that all names in it are the medium's.
    """
    if captions := _found(_CAPTION, (ring.behind, ring.before)) if ring.name == "figure" else []:
        return _said_in(captions[0][1])
    figure = read_tag(ring.before, 0) if ring.name == "figure" else None
    if label := figure and figure.value(ring.before, "aria-label"):
        return label
    headings = _found(_HEADING, ring[1:3])
    if headings:
        opening, heading = headings[0]
        told = _leads(headings, len(_found(_HEADING, ring[1:2])) if len(headings) > 1 else 1)
        return plain(heading) if told and _words(opening).isdisjoint(_OF_OTHERS) else ""
    texts = [one for part in ring[1:3] if b"class" in part for one in _classed(part, own=own)]
    titles = {text for is_title, text in texts if is_title} or {text for _, text in texts}
    if own and not titles and ring.name != "button":
        return link_text(ring.behind) or only_text(ring.behind)
    if not titles and ring.name in _LINES and (line := _line_of(ring)):
        return None if line.endswith(":") else line
    return titles.pop() if len(titles) == 1 else None


def _said_in(caption: bytes) -> str:
    """What a figure's caption says of it; nothing where that is only whose the picture is."""
    said = _BESIDE.sub(b" ", caption) if b"class" in caption else caption
    caption = said if plain(said) else caption
    first = _FIRST_PART.match(caption)
    text = (first and plain(first[2])) or plain(caption)
    return "" if _CREDIT.match(text) else text


def _line_of(ring: Ring) -> str | None:
    """The only text of an entry; of a row with several, the only one in the cells in front of the medium's."""
    said = only_text(ring.before + b"<br>" + ring.behind)
    return said if said or ring.name != "tr" else only_text(ring.before)


def heading_over(ring: Ring) -> str | None:
    """Give the only heading that a box has in front of a medium with text in between; None where it has none."""
    headings = _found(_HEADING, ring[1:2])
    if not headings:
        return None
    told = len(headings) == 1 and _words(headings[0][0]).isdisjoint(_OF_OTHERS)
    return plain(headings[0][1]) if told else ""


def is_entry(ring: Ring) -> bool:
    """Tell whether a box is of one thing, by its name or its class."""
    if ring.name in ENTRIES:
        return True
    classed = _CLASS.search(ring.before, 0, ring.before.find(b">"))
    return classed is not None and not _words(classed[1]).isdisjoint(_ENTRY)


def is_section(ring: Ring, chars: int) -> bool:
    """Tell whether a box, all of whose text has so many characters, is short and has its heading at the beginning."""
    return chars <= MOST_TEXT and _BEGINS_HEADED.match(ring.before) is not None


def heading_of(before: bytes, behind: bytes, tag: Tag) -> str:
    """Give the heading right in front of an element, if it is no link, and the heading no site's or several media's."""
    found = heading_before(before) if tag.name != "a" else None
    if found is None or not _words(found[0]).isdisjoint(_OF_OTHERS):
        return ""
    following = _NEXT_HEADING.search(behind)
    headed = behind[: following.start()] if following else behind
    return "" if media_in(headed, tag) else plain(found[1])[:_MOST_CHARS]


def labelled_before(before: bytes) -> str:
    """Give the text right in front of an element that says of itself what it names: `WATCH: Foxes at dusk`."""
    text = text_before(before)
    return text if _LABELLED.match(text) else ""


def titled_behind(behind: bytes, tag: Tag) -> str:
    """Give the title right behind an element's boxes, by its class a medium's, if no other medium follows."""
    found = _NEXT.match(behind)
    words = _words(found[1]) if found else frozenset()
    if found is None or words.isdisjoint(_TEXTS) or words.isdisjoint(_MEDIUM) or not words.isdisjoint(_OF_OTHERS):
        return ""
    return "" if media_in(behind, tag) else plain(found[2])[:_MOST_CHARS]


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
            text = plain(part[start:end]) if end >= 0 else ""
            if text and not _CREDIT.match(text):
                yield not words.isdisjoint(_TITLES), text
