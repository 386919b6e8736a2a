"""Reads tags as records: attributes by name, data in attributes decoded, media children as lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from harvester.decode.calls import handled
from harvester.decode.flashvars import read_flashvars, read_player, split_movie
from harvester.decode.indexed import unwrap_astro
from harvester.decode.ladder import decode_text, may_hold_data
from harvester.decode.unfolding import unfold
from harvester.model import Decoded, Limits, Path, Places, Span, Value
from harvester.syntax.cards import card_text, read_card
from harvester.syntax.origin import ENTITY, Origin, Through, resolve_entities
from harvester.syntax.packed import from_percent
from harvester.syntax.pictures import is_logo
from harvester.syntax.tags import Tag, read_tag

_CHILD: Final = re.compile(rb"<(?:source|track|param|embed|img|a|iframe|video|audio|figcaption)\b", re.IGNORECASE)
_PLAYED: Final = re.compile(rb"<(?:video|audio|source|track|iframe|embed|object|param)\b", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"<(?:video|audio|iframe|source|embed|amp-video)\b", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SHORTEST_DATA: Final = 8
_CHILDREN: Final = 200
_TEXT_BYTES: Final = 4000
_TEXT_CHARS: Final = 500
_LISTS: Final = {"source": "sources", "track": "tracks"}
_FRAMES: Final = frozenset({"iframe", "amp-iframe", "frame"})
_FLASH: Final = frozenset({"object", "embed", "param"})
_PARAGRAPH: Final = re.compile(rb"<p\b[^>]*>(.*?)</p\s*>", re.DOTALL | re.IGNORECASE)
_POSTED: Final = re.compile(rb"\b(?:posted|shared) by\b|>\s*View this post", re.IGNORECASE)
_SHORT_LINKS: Final = ("https://t.co/", "pic.twitter.com/", "pic.x.com/")
"""How posts end that show something."""

_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|webp|avif)(?:[?#]|\Z)", re.IGNORECASE)
_WITH_TEXT: Final = frozenset("b blockquote button cite em figure h1 h2 h3 i li p q span strong".split())


@dataclass(slots=True)
class _ElementPlaces:
    """Places of an element's parts: the element itself, an attribute's value, what stands in that."""

    whole: Span
    attributes: dict[str, Span]
    data: dict[str, Places]

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """See `harvester.model.Places`."""
        found: dict[Path, Span] = {}
        inner: dict[str, list[Path]] = {}
        for path in paths:
            head = path[0] if path else ""
            if isinstance(head, str) and head in self.data and len(path) > 1:
                inner.setdefault(head, []).append(path[1:])
            else:
                found[path] = self.attributes.get(str(head), self.whole)
        for name, rest in inner.items():
            found.update({(name, *path): span for path, span in self.data[name].spans(rest).items()})
        return found


def read_markup(text: str, limits: Limits) -> Value | None:
    """Give the media elements that stand in a string of markup as records, or None where none do."""
    if not _EMBEDDED.search(text):
        return None
    data = text.encode("utf-8", "replace")
    records = [record for record in Markup(data, limits).records(0, len(data), _CHILDREN) if len(record) > 1]
    return list[Value](records) or None


def _picture_of_link(record: dict[str, Value]) -> str | None:
    """The picture that a link leads to: it is the still of a medium that another attribute of it names."""
    href = record.get("href")
    return href if isinstance(href, str) and "poster" not in record and _PICTURE.search(href) else None


class Markup:
    """Reads the tags of one excerpt."""

    def __init__(self, text: bytes, limits: Limits) -> None:
        """Take the excerpt's text."""
        self._text = text
        self._limits = limits
        self._data: dict[str, Places] = {}
        self._unfolded: dict[Path, tuple[str, ...]] = {}
        self._complete = True
        self._repairs: dict[str, None] = {}

    def element(self, tag: Tag, hints: Mapping[str, str], player: Tag | None = None) -> Decoded:
        """Read the outermost element, with the player whose medium its attributes describe as if they were its own."""
        record = {} if player is None else self._attributes(player, outer=True)
        record |= self._attributes(tag, outer=True)
        places = _ElementPlaces((0, len(self._text)), tag.attributes, self._data)
        if player:
            record["element"] = player.name
            places.attributes = {**player.attributes, **tag.attributes}
        self.take_children(record, (player or tag).span[1], len(self._text))
        if tag.name == "a" and (picture := _picture_of_link(record)):
            record["poster"] = picture
            places.attributes = {**tag.attributes, "poster": tag.attributes["href"]}
        if tag.name == "a":
            hints = {**read_card(self._text[tag.span[1] :]), **hints}
        if text := self._inner_text(tag):
            record["text"] = text
        record.update({key: value for key, value in hints.items() if key not in record})
        return Decoded(
            value=record,
            layers=("html",),
            places=places,
            complete=self._complete,
            repairs=tuple(self._repairs),
            unfolded=self._unfolded,
        )

    def take_players(self, record: dict[str, Value], start: int, stop: int) -> None:
        """Put what plays media between two offsets into a record, but for what is a property of its own."""
        self.take_children(record, start, stop, _PLAYED)

    def take_children(self, record: dict[str, Value], start: int, stop: int, kinds: re.Pattern[bytes] = _CHILD) -> None:
        """Put the media children between two offsets into a record, in lists by what they are."""
        owner = record
        for child in self.records(start, stop, _CHILDREN, kinds):
            if "itemprop" in child:
                continue
            name = str(child.get("element"))
            if name in ("video", "audio"):
                owner = child
            if name == "param":
                self._parameter(record, child)
                continue
            members = (owner if name in _LISTS else record).setdefault(_LISTS.get(name, name), [])
            if isinstance(members, list):
                members.append(child)

    def records(self, start: int, stop: int, most: int, kinds: re.Pattern[bytes] = _CHILD) -> list[dict[str, Value]]:
        """Read each media child between two offsets."""
        found: list[dict[str, Value]] = []
        for match in kinds.finditer(self._text, start, stop):
            tag = read_tag(self._text, match.start())
            if tag and not (tag.name == "img" and is_logo(self._text, tag)):
                found.append(self._attributes(tag))
                if len(found) >= most:
                    break
        return found

    def _attributes(self, tag: Tag, *, outer: bool = False) -> dict[str, Value]:
        record: dict[str, Value] = {"element": tag.name}
        is_flash, is_frame = tag.name in _FLASH, tag.name in _FRAMES
        played: dict[str, Value] = {}
        for name, span in tag.attributes.items():
            raw = self._text[span[0] : span[1]]
            text = resolve_entities(raw)
            value: Value = text.decode("utf-8", "replace")
            if name.startswith("on") or text[:11].lower() == b"javascript:":
                value = handled(text, self._limits) or value
            elif is_flash and self._flash(record, name, str(value)):
                continue
            elif decoded := self._decoded(tag, text):
                value = decoded.value
                if outer:
                    self._note(name, raw, text, span[0], decoded)
            elif b"<" in (markup := from_percent(text) or text):
                value = self._markup(name, markup) or value
            elif is_frame and "src" in name and b"=" in text:
                played = read_player(str(value), self._limits) or played
            record.setdefault(name, value)
        if tag.name == "a" and "download" in record:
            record["filename"] = record.pop("download")  # no address, but what its file is called when it is saved
        return {**record, **played, "element": tag.name} if played else record

    def _decoded(self, tag: Tag, text: bytes) -> Decoded | None:
        """The data that stand in an attribute, if there are any."""
        if len(text) < _SHORTEST_DATA or not may_hold_data(text) or not (decoded := decode_text(text, self._limits)):
            return None
        if tag.name == "astro-island":
            decoded = unwrap_astro(decoded)
        return unfold(decoded, text, self._limits, partial(read_markup, limits=self._limits))

    def _parameter(self, record: dict[str, Value], child: dict[str, Value]) -> None:
        """Take a parameter of an object for a member of it; its own variables are the object's."""
        name, value = child.get("name"), child.get("value")
        if isinstance(name, str) and isinstance(value, str) and not self._flash(record, name.lower(), value):
            record.setdefault(name, value)
        if isinstance(variables := child.get("flashvars"), dict):
            record.setdefault("flashvars", variables)

    def _flash(self, record: dict[str, Value], name: str, text: str) -> bool:
        """Decode a Flash player's variables, and tell whether a text has any."""
        movie = split_movie(text)
        variables = read_flashvars(movie[1] if movie else text, self._limits) if movie or name == "flashvars" else None
        if variables is None:
            return False
        known = record.get("flashvars")
        record["flashvars"] = {**variables, **known} if isinstance(known, dict) else variables
        if movie:
            record.setdefault(name, movie[0])
        return True

    def _markup(self, name: str, text: bytes) -> Value | None:
        """The media elements of markup that stands in an attribute."""
        if name != "srcdoc":
            return read_markup(text.decode("utf-8", "replace"), self._limits)
        return list[Value](Markup(text, self._limits).records(0, len(text), _CHILDREN)) or None

    def _note(self, name: str, raw: bytes, text: bytes, offset: int, decoded: Decoded) -> None:
        origin = Origin(raw, ENTITY, resolve_entities, offset)
        self._data[name] = Through(decoded.places, origin)
        layers = decoded.layers if raw == text else ("html-entities", *decoded.layers)
        self._unfolded[(name,)] = layers
        self._unfolded.update({(name, *path): inner for path, inner in decoded.unfolded.items()})
        self._complete = self._complete and decoded.complete
        self._repairs.update(dict.fromkeys(decoded.repairs))

    def _inner_text(self, tag: Tag) -> str | None:
        if tag.name == "a":
            return card_text(self._text[tag.span[1] :])[:_TEXT_CHARS] or None
        if tag.name not in _WITH_TEXT:
            return None
        body = self._text[tag.span[1] : tag.span[1] + _TEXT_BYTES]
        if tag.name == "blockquote":
            # Of a quoted post the paragraphs are its own text; what follows says who posted it, and when.
            body = next((one[1] for one in _PARAGRAPH.finditer(body) if not _POSTED.search(one[1])), b"")
        words = resolve_entities(_MARKUP.sub(b" ", body)).decode("utf-8", "replace").split()
        while words and tag.name == "blockquote" and words[-1].startswith(_SHORT_LINKS):
            words.pop()
        return " ".join(words)[:_TEXT_CHARS] or None
