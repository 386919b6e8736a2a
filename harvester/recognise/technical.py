"""What tells one rendition from another, and the files that go with a medium: pictures, captions, storyboards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harvester.model import Path, Reference, Value
from harvester.model.vocabulary import Role
from harvester.recognise.quantities import bits_per_second, integer
from harvester.recognise.shapes import is_mime, is_url, shape
from harvester.recognise.table import Keys, normal


@dataclass(frozen=True, slots=True)
class Technical:
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
_HEIGHT: Final = re.compile(r"(\d{3,4})[pP]\b")


def read_technical(record: dict[str, Value], keys: Keys | None = None) -> Technical:
    """Read type, size and rate of one rendition."""
    keys = keys or Keys(record)

    def scalars(fact: str) -> Iterator[tuple[str, str | int | float]]:
        for key in keys.of(fact):
            value = record[key]
            if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
                yield key, value

    def text(fact: str, most: int) -> str | None:
        return next((str(value)[:most] for _, value in scalars(fact)), None)

    label = text("label", 100)
    height = next((number for _, value in scalars("height") if (number := integer(value))), None)
    if height is None and label and (matched := _HEIGHT.match(label)):
        height = int(matched[1])
    rate = next((value for _, value in scalars("frame_rate") if isinstance(value, int | float)), 0)
    return Technical(
        media_type=text("type", 200),
        width=next((number for _, value in scalars("width") if (number := integer(value))), None),
        height=height,
        bitrate_bps=next((n for key, value in scalars("bitrate") if (n := bits_per_second(value, normal(key)))), None),
        size_bytes=next((number for _, value in scalars("size") if (number := integer(value))), None),
        frame_rate=float(rate) if 0 < rate < 1000 else None,
        codecs=text("codecs", 200),
        language=next((value[:35] for _, value in scalars("language") if isinstance(value, str)), None),
        label=label,
        drm=next((value[:100] for _, value in scalars("drm") if isinstance(value, str)), None),
    )


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
