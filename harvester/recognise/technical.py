"""What tells one rendition from another, and the files that go with a medium: pictures, captions, storyboards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import msgspec

from harvester.model import Path, Reference, Value
from harvester.model.vocabulary import Role
from harvester.recognise.quantities import bits_per_second, integer
from harvester.recognise.shapes import is_mime, is_url, shape
from harvester.recognise.table import Keys, normal


class Technical(msgspec.Struct, frozen=True, gc=False):
    """What tells one rendition from another."""

    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    bitrate_bps: int | None = None
    size_bytes: int | None = None
    frame_rate: float | None = None
    codecs: str | None = None
    language: str | None = None
    label: str | None = None
    drm: str | None = None


_NOTHING_SAID: Final = Technical()
_TEXT_CHARS: Final = 200
_MOST_FRAMES: Final = 1000
_HEIGHT: Final = re.compile(r"(\d{3,4})[pP]\b")


def read_technical(record: dict[str, Value], keys: Keys | None = None) -> Technical:
    """Read type, size and rate of one rendition."""
    keys = keys or Keys(record)
    label = _first(record, keys, "label", _text)
    height = _first(record, keys, "height", _integer)
    if height is None and label and (matched := _HEIGHT.match(label)):
        height = int(matched[1])
    return Technical(
        media_type=_first(record, keys, "type", _text),
        width=_first(record, keys, "width", _integer),
        height=height,
        bitrate_bps=_first(record, keys, "bitrate", bits_per_second),
        size_bytes=_first(record, keys, "size", _integer),
        frame_rate=_first(record, keys, "frame_rate", _rate),
        codecs=_first(record, keys, "codecs", _text),
        language=_first(record, keys, "language", _text),
        label=label,
        drm=_first(record, keys, "drm", _text),
    )


_Read = TypeVar("_Read")


def _first(
    record: dict[str, Value], keys: Keys, fact: str, read: Callable[[str | int | float, str], _Read | None]
) -> _Read | None:
    """The first scalar that stands under a name of a fact and reads as one."""
    for key in keys.of(fact):
        value = record[key]
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found = read(value, normal(key))
            if found is not None:
                return found
    return None


def _text(value: str | float, _key: str) -> str | None:
    return str(value).strip()[:_TEXT_CHARS] or None


def _integer(value: str | float, _key: str) -> int | None:
    return integer(value)


def _rate(value: str | float, _key: str) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 < value < _MOST_FRAMES else None


def posters_of(record: dict[str, Value], keys: Keys) -> Iterator[Reference]:
    """Give the images that a record names for its medium, in the table's order."""
    yield from _named(record, keys, "poster", ("image",), 8)


def captions_of(record: dict[str, Value], keys: Keys) -> Iterator[Reference]:
    """Give the caption and subtitle files that a record names."""
    yield from _named(record, keys, "caption", ("caption", "video"), 100)


def storyboards_of(record: dict[str, Value], keys: Keys) -> Iterator[Reference]:
    """Give the files of thumbnails along the time line."""
    yield from _named(record, keys, "storyboard", ("image", "caption"), 10)


def _named(record: dict[str, Value], keys: Keys, role: Role, shapes: tuple[str, ...], most: int) -> Iterator[Reference]:
    count = 0
    for key in keys.of(role):
        for path, text, inside in _texts(record[key], (key,), 3):
            kind = shape(text)[0]
            if not (kind in shapes or (role == "poster" and not kind and _may_be_image(text))):
                continue
            technical = read_technical(inside) if inside else _NOTHING_SAID
            thumbs = inside and normal(str(inside.get("kind") or "")) in (
                "thumbnails",
                "metadata",
                "chapters",
                "storyboard",
            )
            yield Reference(
                raw=text,
                role="storyboard" if thumbs else role,
                path=path,
                media_type=technical.media_type if technical.media_type and is_mime(technical.media_type) else None,
                width=technical.width,
                height=technical.height,
                language=technical.language,
                label=technical.label,
            )
            count += 1
            if count >= most:
                return


def _may_be_image(text: str) -> bool:
    return is_url(text) or (text.startswith("/") and " " not in text and len(text) > 8)


def _texts(value: Value, path: Path, depth: int) -> Iterator[tuple[Path, str, dict[str, Value] | None]]:
    """Every URL-like text below a value, nearest first, with the object it stands in."""
    if isinstance(value, str):
        yield path, value.strip(), None
    elif isinstance(value, list) and depth:
        for index, one in enumerate(value[:50]):
            yield from _texts(one, (*path, index), depth - 1)
    elif isinstance(value, dict) and depth:
        for key, one in list(value.items())[:50]:
            if isinstance(one, str):
                if shape(one)[0] or normal(key) in _URL_NAMES:
                    yield (*path, key), one.strip(), value
            elif isinstance(one, dict | list):
                yield from _texts(one, (*path, key), depth - 1)


_URL_NAMES: Final = frozenset(
    ("url", "src", "href", "contenturl", "file", "uri", "source", "path", "link", "originalurl")
)
