"""Reads what a box or link that bears a medium's data shows of it: a picture, a text, a length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from harvester.syntax.origin import resolve_entities
from harvester.syntax.pictures import address_of, is_logo
from harvester.syntax.tags import Tag, read_tag

_PICTURE: Final = re.compile(rb"<img(?=\s)", re.IGNORECASE)
_LINK: Final = re.compile(rb"<a\s[^<>]*+>((?:[^<]++|<(?!/?a[\s>]))*+)</a", re.IGNORECASE)
_CLASSED: Final = re.compile(rb"class=[\"']?([^\"'<>]{1,200}+)[^<>]{0,200}+>\s*+(\d{1,3}(?::\d\d){1,2})\s*+<")
_OF_LENGTH: Final = re.compile(
    rb"duration|length|runtime|timecode|playtime|(?:video|clip|audio|media|track|thumb|overlay)[-_]?time", re.IGNORECASE
)
_PERIOD: Final = re.compile(
    rb"<time\b(?![^<>]*(?:cook|prep|total|read))[^<>]*?\sdatetime=[\"']?(P[0-9DHMST.]+)", re.IGNORECASE
)
"""A length as HTML has it (standard, section 4.5.14): `<time datetime="PT1M35S">`."""
_IN_DATA: Final = re.compile(rb"\sdata-([\w-]{2,40}+)=[\"'](\d{1,3}(?::\d\d){1,2})[\"']")
_OF_MEDIUM: Final = re.compile(rb"duration|length|runtime|timecode|playtime|video|audio|media", re.IGNORECASE)
_OF_A_MOMENT: Final = re.compile(rb"start|begin|end\b|current|seek|date|publish|updated|hour", re.IGNORECASE)
_OF_STILLS: Final = re.compile(r"poster|thumb|still|video|preview|splash|cover", re.IGNORECASE)
_HEADING: Final = re.compile(rb"<h[1-6]\b[^<>]*+>((?:[^<]++|<(?!/?h[1-6]))*+)</h[1-6]", re.IGNORECASE)
_TITLED: Final = re.compile(
    rb"<(span|div|p|strong|b)\b[^<>]*?\sclass=[\"']?(?:[^\"'<>]*?[\s_-])?(?:[a-z]+T|[tT])itle(?=[\s\"'>_-])[^<>]*+>"
    rb"((?:[^<]++|<(?!/?\1\b))*+)</\1"
)
_OF_A_PART: Final = re.compile(rb"(?:sub|sup|super|over|pre|top|roof|section|category|author|kicker)[_-]?[tT]itle")
_LENGTH_AT_END: Final = re.compile(r"\A\d{1,3}(?::\d\d){1,2}\s+|\s+\d{1,3}(?::\d\d){1,2}\Z")
_MARKUP: Final = re.compile(rb"<[^<>]*>")
_SIGNS: Final = " \u00d7\u2715\u2716\u2717\u25b6\u25ba\u25b8\u2022|\u203a\u200b"
"""What buttons show: to close, to play, to go on."""

_EXCUSE: Final = re.compile(
    r"javascript|browser|navigat|cookie|loading|laden|chargement|cargando|загруз|加载", re.IGNORECASE
)
"""What stands in a player's place until it is there."""

_LENGTHS: Final = [
    word.encode()
    for word in (
        *"uration untime urée uración uração urata Dauer Laufzeit".split(),
        *"Продолжительность Длительность 时长 時長 再生時間".split(),
    )
]
"""How the words for a length below end, whatever the case of their first letter: looked for before them."""

_SAID_LENGTH: Final = re.compile(
    (
        r"(?:[Dd]uration|[Rr]untime|[Dd]urée|[Dd]uración|[Dd]uração|[Dd]urata|Dauer|Laufzeit|Продолжительность|Длительность"
        r"|时长|時長|再生時間)(?:</?\w{1,9}>|[\s:：]){1,6}(\d{1,3}(?::\d\d){1,2})"
    ).encode(),
)
_DATE: Final = re.compile(
    r"(?:[^\W\d_]{2,10}[.,]?\s)?"  # a weekday
    r"(?:[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:de\s)?[^\W\d_]{3,10}\.?,?(?:\sde)?)"
    r"\s(?:19|20)\d\d",
)
"""A day by the shape of its date: `Sept 4, 2014`, `4. September 2014`, `4 de septiembre de 2014`."""

_MOST_NAME: Final = 120
_BADGE_WORDS: Final = 2
_LOOKED_AT: Final = 8
_TAG_REACH: Final = 300


def read_card(inside: bytes) -> dict[str, str]:
    """Give `image`, `alt` and `duration` of what a box shows, as far as it shows them.

    Args:
        inside: What stands in the box, without what is not shown.
    """
    found: dict[str, str] = {}
    if picture := next(_pictures(inside), None):
        found["image"] = address_of(inside, picture) or ""
        if alt := _said_of(inside, picture):
            found["alt"] = alt
    if length := shown_length(inside):
        found["duration"] = length
    return found


def shown_length(inside: bytes) -> str | None:
    """Give the only length in some markup that a class says to be one, or an attribute of what stands for a video."""
    lengths: set[bytes] = set()
    if b"class" in inside and b":" in inside:
        lengths = {one[2] for one in islice(_CLASSED.finditer(inside), _LOOKED_AT) if _OF_LENGTH.search(one[1])}
    if not lengths and b"<time" in inside:
        lengths = {one[1] for one in islice(_PERIOD.finditer(inside), _LOOKED_AT)}
    if not lengths and b"data-" in inside and b":" in inside:
        lengths = {one[2] for one in islice(_IN_DATA.finditer(inside), _LOOKED_AT) if _is_of_medium(inside, one)}
    return lengths.pop().decode() if len(lengths) == 1 else None


def _is_of_medium(inside: bytes, said: re.Match[bytes]) -> bool:
    """Whether an attribute that reads like a length stands in the tag of what plays a medium."""
    opening = inside.rfind(b"<", 0, said.start())
    tag = inside[max(opening, said.start() - _TAG_REACH, 0) : said.end() + _TAG_REACH].partition(b">")[0]
    return _OF_MEDIUM.search(tag) is not None and not _OF_A_MOMENT.search(said[1])


def still_of(*parts: bytes, classed: bool = True) -> tuple[str, str] | None:
    """Give the only picture in some markup, of those whose class says that they are a medium's still.

    Args:
        *parts: The markup.
        classed: Whether other pictures are none.

    Returns:
        Its address, and what it is said to show.
    """
    found = {
        address_of(part, picture) or "": _said_of(part, picture)
        for part in parts
        if b"<img" in part
        for picture in _pictures(part)
        if not classed or _OF_STILLS.search(picture.value(part, "class") or "")
    }
    return found.popitem() if len(found) == 1 else None


def _said_of(inside: bytes, picture: Tag) -> str:
    said = (" ".join((picture.value(inside, name) or "").split()) for name in ("alt", "title"))
    return next(filter(None, said), "")


def said_length(behind: bytes) -> str | None:
    """Give the length of a medium where what stands behind it says in words that it is one."""
    found = _SAID_LENGTH.search(behind) if any(word in behind for word in _LENGTHS) else None
    return found[1].decode() if found else None


def card_text(inside: bytes) -> str:
    """Give what a link that is a card says.

    That is its only heading, or what alone a class calls a title, else all its text but for a length at either end.
    """
    headings = [one[1] for one in islice(_HEADING.finditer(inside), _LOOKED_AT)]
    if not headings and b"itle" in inside:
        titled = islice(_TITLED.finditer(inside), _LOOKED_AT)
        headings = [one[2] for one in titled if not _OF_A_PART.search(one[0], 0, one.start(2) - one.start())]
    text = (plain(headings[0]) if len(headings) == 1 else "") or plain(inside)
    return _LENGTH_AT_END.sub("", text).strip() or text


def link_text(inside: bytes) -> str | None:
    """Give what the only link in a box is called; several to one place, a picture's and a title's, are one."""
    texts = {card_text(one[1]) for one in islice(_LINK.finditer(inside), _LOOKED_AT)}
    texts.discard("")
    return texts.pop() if len(texts) == 1 else None


def only_text(inside: bytes) -> str | None:
    """Give what a box says if that is a single short text: it names what the box plays.

    Numbers, lengths and dates don't count; beside a text of several words, neither do badges.
    """
    runs = {text for part in _MARKUP.split(inside) if not part.isspace() and _may_name(text := plain(part))}
    if 1 < len(runs) <= _LOOKED_AT:
        runs = {text for text in runs if text.count(" ") >= _BADGE_WORDS}
    text = runs.pop() if len(runs) == 1 else ""
    return text if 0 < len(text) <= _MOST_NAME and text[-1] != "." and not _EXCUSE.search(text) else None


def _may_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and not _DATE.fullmatch(text)


def plain(markup: bytes) -> str:
    """Give the text of some markup without the signs that buttons show."""
    return " ".join(resolve_entities(_MARKUP.sub(b" ", markup)).decode("utf-8", "replace").split()).strip(_SIGNS)


def _pictures(inside: bytes) -> Iterator[Tag]:
    for found in islice(_PICTURE.finditer(inside), _LOOKED_AT):
        tag = read_tag(inside, found.start())
        if tag and not is_logo(inside, tag) and address_of(inside, tag):
            yield tag
