"""Reads items of microdata (WHATWG HTML, 5), RDFa Lite (W3C) and h-entry (microformats2) as records like JSON-LD's."""

from __future__ import annotations

import re
from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.markup import Markup
from harvester.model import Decoded, Excerpt, Limits, Value
from harvester.syntax.origin import resolve_entities
from harvester.syntax.tags import Ends, Tag, enclosing_tag, read_tag

_NUMBERED: Final = re.compile(r"(?:\d\D*){3}")
"""What an element's name has in it if it may be its item's id, and not that of a place on the page: three digits."""

_PROPERTY: Final = re.compile(rb"\b(?:itemprop|property)\s*=|\sitemscope\b")
_OF_MEDIUM: Final = re.compile(r"Video|Audio|Music|Clip|Media|Podcast|Episode|Movie")
_MARKUP: Final = re.compile(rb"<[^<>]*>")
_URLS: Final = {
    "a": "href", "area": "href", "link": "href", "audio": "src", "video": "src", "embed": "src", "iframe": "src",
    "img": "src", "source": "src", "track": "src", "object": "data", "time": "datetime", "data": "value",
    "meter": "value",
}  # fmt: skip
_DEPTH: Final = 8
_PROPERTIES: Final = 2000
_TEXT_BYTES: Final = 8000
_CLASS: Final = re.compile(rb"\bclass\s*=")
_MF2: Final = re.compile(r"(p|u|dt|e)-(name|summary|content|video|audio|photo|published|updated|url|author|featured)\Z")
_MF2_NAMES: Final = {
    "photo": "image",
    "featured": "image",
    "published": "datePublished",
    "updated": "dateModified",
    "summary": "description",
}


def decode_microdata(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read the item with which the excerpt begins."""
    tag = read_tag(excerpt.text, 0)
    if tag is None:
        return Decoding()
    reader = _Items(excerpt.text, limits)
    record = {**excerpt.hints, **reader.item(tag, len(excerpt.text), 0)}
    return Decoding((Decoded(value=record, layers=("html",)),))


class _Items:
    def __init__(self, text: bytes, limits: Limits) -> None:
        self._text, self._left = text, min(_PROPERTIES, limits.values)
        self._markup = Markup(text, limits)
        self._ends = Ends(text)

    def item(self, tag: Tag, stop: int, depth: int) -> dict[str, Value]:
        """Read an item: its type, its own attributes, the properties that stand in it."""
        kind = (tag.value(self._text, "itemtype") or tag.value(self._text, "typeof") or "").split()
        record: dict[str, Value] = {"@type": kind[0].rstrip("/").rpartition("/")[2].rpartition(":")[2] if kind else ""}
        for name in tag.attributes:
            said = tag.value(self._text, name) or ""
            if name.startswith("data-") or name in ("itemid", "resource") or (name == "id" and _NUMBERED.search(said)):
                record[name] = said
        at = known = tag.span[1]
        while self._left > 0 and (found := _PROPERTY.search(self._text, at, stop)):
            self._left -= 1
            inner = enclosing_tag(self._text, found.start(), at)
            at = found.end()
            if inner is None:
                continue
            name = inner.value(self._text, "itemprop") or inner.value(self._text, "property") or ""
            if not name:
                at = max(at, self._ends.of(inner)) if self._is_of_another(inner) else at
                continue
            value, at = self._value(inner, stop, depth)
            if isinstance(value, dict):  # what plays in there is that item's
                self._markup.take_players(record, known, inner.span[0])
                known = at
            for each in name.split():
                _put(record, each.rpartition(":")[2], value)
        self._markup.take_players(record, min(known, stop), stop)
        return record

    def _is_of_another(self, tag: Tag) -> bool:
        """Whether an element that is no property is an item of its own, and no medium of the one round it."""
        said = tag.value(self._text, "itemtype") or ""
        return "itemscope" in tag.attributes and said != "" and not _OF_MEDIUM.search(said)

    def _value(self, tag: Tag, stop: int, depth: int) -> tuple[Value, int]:
        """Give a property's value and where reading goes on."""
        names = tag.attributes
        if "itemscope" in names or "typeof" in names:
            end = min(self._ends.of(tag), stop)
            if depth >= _DEPTH:
                return None, end
            return self.item(tag, end, depth + 1), end
        for name in ("content", _URLS.get(tag.name, ""), "resource"):
            if name and name in names:
                return tag.value(self._text, name), tag.span[1]
        end = min(self._ends.of(tag, _TEXT_BYTES), stop)
        return text_of(self._text[tag.span[1] : end]), tag.span[1]


def text_of(markup: bytes) -> str:
    """Give the words of a stretch of markup."""
    return " ".join(resolve_entities(_MARKUP.sub(b" ", markup)).decode("utf-8", "replace").split())


def _put(record: dict[str, Value], name: str, value: Value) -> None:
    """Set a property; a second value makes a list of it."""
    known = record.get(name)
    if known is None:
        record[name] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        record[name] = [known, value]


def decode_microformats(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read an h-entry's name, media, pictures and dates."""
    text = excerpt.text
    ends = Ends(text)
    record: dict[str, Value] = {"@type": "h-entry"}
    for count, found in enumerate(_CLASS.finditer(text)):
        if count > min(_PROPERTIES, limits.values):
            break
        tag = enclosing_tag(text, found.start(), max(0, found.start() - 2000))
        if tag is None or tag.span[0] == 0:
            continue
        for word in (tag.value(text, "class") or "").split():
            part = _MF2.match(word)
            if part:
                _put(record, _MF2_NAMES.get(part[2], part[2]), _mf2_value(text, tag, part[1], ends))
    return Decoding((Decoded(value=record, layers=("html",)),))


def _mf2_value(text: bytes, tag: Tag, prefix: str, ends: Ends) -> str | None:
    if prefix in ("u", "dt") and (value := tag.value(text, _URLS.get(tag.name, "href"))):
        return value
    if prefix == "u" and tag.name in ("video", "audio"):
        source = text.find(b"<source", tag.span[1], ends.of(tag))
        inner = read_tag(text, source) if source >= 0 else None
        return inner.value(text, "src") if inner else None
    return text_of(text[tag.span[1] : ends.of(tag, _TEXT_BYTES)])[:500] or None
