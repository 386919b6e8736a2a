"""What tells one rendition from another, and the files that go with a medium: pictures, captions, storyboards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from harvester.model import Path, Reference, Value
from harvester.model.vocabulary import Role
from harvester.recognise.frames import FRAMES
from harvester.recognise.quantities import bits_per_second, integer
from harvester.recognise.shapes import is_mime, is_path, is_url, labelled, shape
from harvester.recognise.table import OF_RENDITIONS, Keys, best_first, evidence_of, normal
from harvester.syntax.pictures import keeps_place


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


NOTHING_SAID: Final = Technical()
_TEXT_CHARS: Final = 200
_LABEL_CHARS: Final = 80
_MOST_FRAMES: Final = 1000
_HEIGHT: Final = re.compile(r"(\d{3,4})(?:[pP]\b|\s*\Z)")
_BITRATE: Final = re.compile(r"(\d{2,5})\s?[kK](?:b(?:it)?/?s?|bps)\s*\Z")
_RESOLUTIONS: Final = ("res", "resolution")
_HEIGHTS: Final = frozenset(
    int(height)
    for height in (
        "144 180 216 234 240 270 272 288 320 360 384 396 404 406 432 450 468 480 486 504 540 576 600 640 720 768 800"
        " 900 960 1080 1440 2160 4320"
    ).split()
)
"""How high films are: a bare number that stands where a quality or size would is one of these, or something else."""


def read_technical(record: dict[str, Value], keys: Keys | None = None) -> Technical:
    """Read type, size and rate of one rendition."""
    said: dict[str, Any] = {}
    for fact, names in keys.of_renditions if keys else _technical_keys(tuple(record)).items():
        name, read = _READERS[fact]
        value = _first_of(record, names, read)
        if value is not None:
            said[name] = value
    if not said:
        return NOTHING_SAID
    if "label" in said or "size_bytes" in said:
        _read_qualities(record, keys, said)
    return Technical(**said)


def _read_qualities(record: dict[str, Value], keys: Keys | None, said: dict[str, Any]) -> None:
    """Take a height, and a rate, out of what a rendition is called, or where its size stands."""
    if said.get("size_bytes") in _HEIGHTS:
        said.setdefault("height", said.pop("size_bytes"))
    names = keys.of("label") if keys else _technical_keys(tuple(record)).get("label", ())
    for key in names:
        text = str(record[key])
        if "height" not in said and (matched := _HEIGHT.match(text)):
            bare = matched[0][-1] not in "pP"
            if not bare or ("width" not in said and (int(matched[1]) in _HEIGHTS or normal(key) in _RESOLUTIONS)):
                said["height"] = int(matched[1])
        if "bitrate_bps" not in said and (matched := _BITRATE.match(text)):
            said["bitrate_bps"] = int(matched[1]) * 1000


def declared_type(record: dict[str, Value], keys: Keys) -> str | None:
    """Give the type that an object says its medium is of."""
    return _first_of(record, keys.of("type"), _text)


_Text: TypeAlias = tuple[Path, str, dict[str, Value] | None]
_Scalar: TypeAlias = str | int | float
_SCALARS: Final = (str, int, float)
_Read = TypeVar("_Read")


def _technical_keys(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The keys of a small object, such as a picture's size, that tell forms of one medium apart."""
    return _kept_technical_keys(names) if len(names) <= _FEW_KEYS else _sorted_technical_keys(names)


def _sorted_technical_keys(names: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for key in names:
        for fact, place in evidence_of(key):
            if fact in OF_RENDITIONS:
                found.setdefault(fact, []).append((place, key))
    return {fact: best_first(placed) for fact, placed in found.items()}


_FEW_KEYS: Final = 60
_kept_technical_keys: Final = lru_cache(maxsize=1024)(_sorted_technical_keys)


def _first_of(
    record: dict[str, Value], names: Sequence[str], read: Callable[[_Scalar, str], _Read | None]
) -> _Read | None:
    """The first scalar that stands under one of the names and reads as what is looked for."""
    for key in names:
        value = record[key]
        if isinstance(value, _SCALARS) and not isinstance(value, bool):
            found = read(value, key)
            if found is not None:
                return found
    return None


def _text(value: str | float, _key: str) -> str | None:
    return str(value).strip()[:_TEXT_CHARS] or None


def _label(value: str | float, key: str) -> str | None:
    """What a rendition is called: no sentence, no file and no key's own name."""
    text = _text(value, key)
    if not text or len(text) > _LABEL_CHARS or ("." in text and shape(text)[0]):
        return None
    return text


def _integer(value: str | float, _key: str) -> int | None:
    return integer(value)


def _bitrate(value: str | float, key: str) -> int | None:
    return bits_per_second(value, normal(key))


def _rate(value: str | float, _key: str) -> float | None:
    return float(value) if isinstance(value, (int, float)) and 0 < value < _MOST_FRAMES else None


_READERS: Final[dict[str, tuple[str, Callable[[_Scalar, str], str | int | float | None]]]] = {
    "type": ("media_type", _text),
    "width": ("width", _integer),
    "height": ("height", _integer),
    "bitrate": ("bitrate_bps", _bitrate),
    "size": ("size_bytes", _integer),
    "frame_rate": ("frame_rate", _rate),
    "codecs": ("codecs", _text),
    "language": ("language", _text),
    "label": ("label", _label),
    "drm": ("drm", _text),
}
"""For each fact of the table that tells renditions apart: which it is, and how it is read."""


def posters_of(record: dict[str, Value], keys: Keys, at: Path = ()) -> list[Reference]:
    """Give the images that a record names for its medium, in the table's order.

    Args:
        record: The record.
        keys: Its keys.
        at: Where it stands; the paths of the references begin with that.
    """
    found = _named(record, keys, at, "poster", _MOST_POSTERS)
    # A link or picture that has its medium in another attribute shows the still of it.
    shown = ("href", "src") if "element" in record and record["element"] not in FRAMES else ()
    for key in shown if found else (*shown, "preview"):  # the latter may be a loop as well
        value = record.get(key)
        if isinstance(value, str) and shape(value)[0] == "image":
            found.append(Reference(raw=value.strip(), role="poster", path=(*at, key)))
    return found


def captions_of(record: dict[str, Value], keys: Keys, at: Path = ()) -> list[Reference]:
    """Give the caption and subtitle files that a record at `at` names."""
    return _named(record, keys, at, "caption", _MOST_CAPTIONS)


def storyboards_of(record: dict[str, Value], keys: Keys, at: Path = ()) -> list[Reference]:
    """Give the files of thumbnails along the time line that a record at `at` names."""
    return _named(record, keys, at, "storyboard", _MOST_STORYBOARDS)


def _named(record: dict[str, Value], keys: Keys, at: Path, role: Role, most: int) -> list[Reference]:
    found: list[Reference] = []
    for key in keys.of(role):
        value = record[key]
        if not value:
            continue
        for path, text, inside in _texts(value, (*at, key)):
            if _is_of(role, text, inside):
                found.append(_reference(role, text, path, inside))
                if len(found) >= most:
                    return _without_parts(found)
    return _without_parts(found)


def _is_of(role: Role, text: str, inside: dict[str, Value] | None) -> bool:
    """Whether a text that stands under a name of such files can lead to one."""
    kind = shape(text)[0]
    if role == "poster":
        return not keeps_place(text) and (kind == "image" or (not kind and _may_be_image(text)))
    if role == "storyboard":
        return kind in ("image", "caption")
    if kind or not is_path(text):
        return kind in ("caption", "video")
    return _TIMED_TEXT.search(text) is not None or (inside is not None and _says_captions(inside))


def _says_captions(inside: dict[str, Value]) -> bool:
    values = (inside.get(name) for name in ("kind", "type", "format", "mimeType", "role"))
    return any(isinstance(value, str) and _CAPTION_TYPE.search(value) for value in values)


def _reference(role: Role, text: str, path: Path, inside: dict[str, Value] | None) -> Reference:
    if not inside:
        return Reference(raw=text, role=role, path=path)
    technical = read_technical(inside)
    thumbs = "kind" in inside and normal(str(inside["kind"] or "")) in _ALONG_THE_TIME
    return Reference(
        raw=text,
        role="storyboard" if thumbs else role,
        path=path,
        media_type=technical.media_type if technical.media_type and is_mime(technical.media_type) else None,
        width=technical.width,
        height=technical.height,
        language=technical.language,
        label=technical.label,
    )


def _without_parts(found: list[Reference]) -> list[Reference]:
    """Leave out paths of which the record gives the full URL as well."""
    if len(found) < 2:
        return found
    are_full = [is_url(one.raw) for one in found]
    if all(are_full):
        return found
    full = [one.raw.partition("?")[0] for one, is_full in zip(found, are_full, strict=True) if is_full]
    return [
        one
        for one, is_full in zip(found, are_full, strict=True)
        if is_full or not any(url.endswith(one.raw.partition("?")[0].lstrip("./")) for url in full)
    ]


def _may_be_image(text: str) -> bool:
    is_address = is_url(text) or (text.startswith("/") and " " not in text and len(text) > _SHORTEST_PATH)
    return is_address and _NO_PICTURE.search(text) is None


def _texts(value: Value, path: Path) -> Iterable[_Text]:
    """Every URL-like text below a value, nearest first, with the object it stands in."""
    if isinstance(value, str):
        if value[:1] == "[" and (listed := labelled(value)):
            return [(path, url, {"label": label}) for label, url in listed]
        return [(path, value.strip(), None)]
    return _texts_below(value, path) if isinstance(value, (dict, list)) else ()


def _texts_below(value: Value, path: Path) -> Iterator[_Text]:
    level: list[tuple[Path, Value]] = [(path, value)]
    left = _MOST_VALUES
    for _ in range(_LEVELS):
        deeper: list[tuple[Path, Value]] = []
        for at, one in level:
            inside = one if isinstance(one, dict) else None
            members = one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()
            for key, inner in members:
                left -= 1
                if left < 0:
                    return
                if isinstance(inner, str):
                    if inside is None or _may_hold_url(str(key), inner):
                        yield (*at, key), inner.strip(), inside
                elif isinstance(inner, (dict, list)):
                    deeper.append(((*at, key), inner))
        level = deeper


def _may_hold_url(key: str, text: str) -> bool:
    name = normal(key)
    return name in _URL_NAMES or ("." in text and name not in _NO_URL_NAMES and bool(shape(text)[0]))


_URL_NAMES: Final = frozenset(
    ("url", "src", "href", "contenturl", "file", "uri", "source", "path", "link", "originalurl")
)
_NO_URL_NAMES: Final = frozenset("name filename title alt caption label id description".split())
_MOST_POSTERS: Final = 20
_MOST_CAPTIONS: Final = 100
_MOST_STORYBOARDS: Final = 10
_MOST_VALUES: Final = 1000
"""How much of what stands under one name is looked at, and how deep."""

_LEVELS: Final = 5
_SHORTEST_PATH: Final = 8
_NO_PICTURE: Final = re.compile(r"\.(?:svg|html?|js|css|json|xml|php)(?:[?#]|\Z)", re.IGNORECASE)
_TIMED_TEXT: Final = re.compile(r"\.(?:xml|ebutt|stl|sbv|smi|sami|ass|ssa|itt|scc)(?:[?#]|\Z)", re.IGNORECASE)
_CAPTION_TYPE: Final = re.compile(r"caption|subtitle|vtt|ttml|ebu-?tt|srt|untertitel", re.IGNORECASE)
_ALONG_THE_TIME: Final = ("thumbnails", "metadata", "chapters", "storyboard")
