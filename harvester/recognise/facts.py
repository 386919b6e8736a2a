"""What a record says of its medium besides where it is, read by the table."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harvester.model import Id, Path, Reference, Value
from harvester.model.vocabulary import Live
from harvester.recognise.quantities import bits_per_second, integer, seconds
from harvester.recognise.shapes import is_mime, is_url, shape
from harvester.recognise.table import ACCOUNTS, FACTS, IDS, WEAK_IDS, normal

_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>")
_TITLE_CHARS: Final = 500
_PLAIN_ID: Final = re.compile(r"[\w.:/@=+-]{1,200}\Z")
_NO_TITLE: Final = re.compile(
    r"(?:https?:)?//\S*\Z|\d{1,4}[pk]?\Z|(?:true|false|null|undefined|none|auto|default|video|audio|hd|sd|hls|dash|mp4|play|untitled)\Z"
    r"|[\w-]+\.(?:mp4|m3u8|webm|mp3|mov|jpg|png)\Z|[\w.+-]+/[\w.+-]+\Z",
    re.IGNORECASE,
)
_LIVE_WORDS: Final[dict[str, Live]] = {
    "live": "live", "islive": "live", "upcoming": "upcoming", "scheduled": "upcoming", "isupcoming": "upcoming",
    "ended": "ended", "waslive": "ended", "post": "ended", "recorded": "ended",
}  # fmt: skip


@dataclass(slots=True)
class Facts:
    """Facts of one record with the paths, relative to it, that they were read from."""

    title: str | None = None
    description: str | None = None
    duration_s: float | None = None
    published: str | None = None
    modified: str | None = None
    creators: tuple[str, ...] = ()
    rights: str | None = None
    language: str | None = None
    live: Live | None = None
    ids: tuple[Id, ...] = ()
    reads: dict[str, Path] = field(default_factory=dict)

    def fill(self, other: Facts, step: Path = ()) -> None:
        """Take over what is missing from another record that stands at `step`."""
        for name in ("title", "description", "duration_s", "published", "modified", "rights", "language", "live"):
            if getattr(self, name) is None and getattr(other, name) is not None:
                setattr(self, name, getattr(other, name))
                fact = name.removesuffix("_s")
                if fact in other.reads:
                    self.reads[fact] = (*step, *other.reads[fact])
        for name in ("ids", "creators"):
            if not getattr(self, name) and getattr(other, name):
                setattr(self, name, getattr(other, name))
                fact = {"ids": "id", "creators": "creator"}[name]
                if fact in other.reads:
                    self.reads[fact] = (*step, *other.reads[fact])

    @property
    def describes(self) -> bool:
        """Whether this says anything by which a person would know the medium."""
        return bool(self.title or self.ids or self.duration_s or self.description)


def read_facts(record: dict[str, Value]) -> Facts:
    """Read all facts of one record's own members."""
    facts = Facts()
    names: dict[str, str] = {}
    for key in record:
        names.setdefault(normal(key), key)
    _read_texts(facts, record, names)
    for name in FACTS["duration"]:
        key = names.get(name)
        if key is not None and (value := seconds(record[key], name)) is not None:
            facts.duration_s, facts.reads["duration"] = value, (key,)
            break
    for fact in ("published", "modified"):
        for name in FACTS[fact]:
            key = names.get(name)
            if key is not None and isinstance(value := record[key], str | int) and not isinstance(value, bool):
                text = str(value).strip()
                if 4 <= len(text) <= 60 and any(char.isdigit() for char in text):
                    setattr(facts, fact, text)
                    facts.reads[fact] = (key,)
                    break
    _read_creators(facts, record, names)
    _read_live(facts, record, names)
    _read_ids(facts, record, names)
    return facts


def clean(text: str, most: int = _TITLE_CHARS) -> str:
    """Give a text without markup and entities, white space folded."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return " ".join(text.split())[:most]


def _text_of(value: Value) -> str | None:
    """A text, or that of `{"text": …}`, `{"#text": …}`, `{"runs": [{"text": …}]}` and the like."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        for key in ("text", "simpleText", "#text", "@value", "default", "short", "main", "en", "rendered", "value"):
            if isinstance(inner := value.get(key), str):
                return inner
        if isinstance(runs := value.get("runs"), list):
            return "".join(str(run.get("text", "")) for run in runs[:20] if isinstance(run, dict)) or None
        if len(value) == 1 and isinstance(only := next(iter(value.values())), str):
            return only
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return None


def _read_texts(facts: Facts, record: dict[str, Value], names: dict[str, str]) -> None:
    typed = "@type" in record
    for fact, most in (("title", _TITLE_CHARS), ("description", 5000), ("language", 35), ("rights", 500)):
        for name in FACTS[fact]:
            key = names.get(name)
            if key is None:
                continue
            text = _text_of(record[key])
            if not text or not text.strip():
                continue
            if fact == "title" and not ((typed and name == "name") or _is_title(text.strip(), name)):
                continue
            cleaned = clean(text, most)
            if cleaned:
                setattr(facts, fact, cleaned)
                facts.reads[fact] = (key,)
                break


def _is_title(text: str, name: str) -> bool:
    if len(text) > 4000 or _NO_TITLE.match(text):
        return False
    # Names that also stand for machine words count only where the text reads like words.
    return (
        name in ("title", "headline", "videotitle")
        or " " in text
        or not text.isascii()
        or (name in ("name", "text", "caption", "alt") and text[:1].isupper() and "_" not in text)
    )


def _read_creators(facts: Facts, record: dict[str, Value], names: dict[str, str]) -> None:
    for name in FACTS["creator"]:
        key = names.get(name)
        if key is None:
            continue
        found: list[str] = []
        value = record[key]
        for one in (value if isinstance(value, list) else [value])[:20]:
            text = one.get("name") if isinstance(one, dict) else one
            if isinstance(text, str) and 2 <= len(text) <= 120 and not is_url(text) and not text.isdigit():
                found.append(clean(text))
        if found:
            facts.creators, facts.reads["creator"] = tuple(dict.fromkeys(found)), (key,)
            return


def _read_live(facts: Facts, record: dict[str, Value], names: dict[str, str]) -> None:
    for name in FACTS["live"]:
        key = names.get(name)
        if key is None:
            continue
        value = record[key]
        word = normal(value) if isinstance(value, str) else ("live" if value is True else "")
        if word in _LIVE_WORDS:
            facts.live, facts.reads["live"] = _LIVE_WORDS[word], (key,)
            return


def _read_ids(facts: Facts, record: dict[str, Value], names: dict[str, str]) -> None:
    ids: list[Id] = []
    for name, scheme in IDS.items():
        key = names.get(name)
        text = id_text(record[key]) if key is not None else None
        if key is None or text is None:
            continue
        ids.append(Id(scheme=_with_account(scheme, record, names) if scheme else "local", value=text))
        facts.reads.setdefault("id", (key,))
    for name in WEAK_IDS:
        key = names.get(name)
        text = id_text(record[key]) if key is not None else None
        if key is not None and text is not None:
            ids.append(Id(scheme="local", value=text))
            facts.reads.setdefault("id", (key,))
            break
    facts.ids = tuple(dict.fromkeys(ids))


def _with_account(scheme: str, record: dict[str, Value], names: dict[str, str]) -> str:
    for name in ACCOUNTS.get(scheme, ()):
        key = names.get(name)
        text = id_text(record[key]) if key is not None else None
        if text:
            return f"{scheme}:{text}"
    return scheme


def id_text(value: Value) -> str | None:
    """Give an id as text, or None for what is none: empty, a URL, a sentence, zero."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if value > 0 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not _PLAIN_ID.match(text) or text in ("0", "-1", "null", "undefined", "none", "NaN") or "//" in text:
        return None
    return text if not shape(text)[0] else None


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


def read_technical(record: dict[str, Value]) -> Technical:
    """Read type, size and rate of one rendition."""
    found: dict[str, Value] = {}
    for key, value in record.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found.setdefault(normal(key), value)

    def first(fact: str) -> Iterator[tuple[str, Value]]:
        return ((name, found[name]) for name in FACTS[fact] if name in found)

    media_type = next((str(value) for _, value in first("type") if value), None)
    label = next(
        (str(value) for _, value in first("label") if isinstance(value, str | int) and str(value).strip()), None
    )
    height = next((n for _, value in first("height") if (n := integer(value))), None)
    if height is None and label and (matched := re.match(r"(\d{3,4})[pP]\b", label)):
        height = int(matched[1])
    rate = next((value for _, value in first("frame_rate")), None)
    return Technical(
        media_type=media_type[:200] if media_type else None,
        width=next((n for _, value in first("width") if (n := integer(value))), None),
        height=height,
        bitrate_bps=next((n for name, value in first("bitrate") if (n := bits_per_second(value, name))), None),
        size_bytes=next((n for _, value in first("size") if (n := integer(value))), None),
        frame_rate=float(rate) if isinstance(rate, int | float) and 0 < rate < 1000 else None,
        codecs=next((str(value)[:200] for _, value in first("codecs") if value), None),
        language=next((str(value)[:35] for _, value in first("language") if isinstance(value, str)), None),
        label=label[:100] if label else None,
        drm=next((str(value)[:100] for _, value in first("drm") if isinstance(value, str)), None),
    )


def posters_of(record: dict[str, Value]) -> Iterator[Reference]:
    """Give the images that a record names for its medium, in the table's order."""
    yield from _named(record, "poster", ("image",), 8)


def captions_of(record: dict[str, Value]) -> Iterator[Reference]:
    """Give the caption and subtitle files that a record names."""
    yield from _named(record, "caption", ("caption", "video"), 100)


def storyboards_of(record: dict[str, Value]) -> Iterator[Reference]:
    """Give the files of thumbnails along the time line."""
    yield from _named(record, "storyboard", ("image", "caption"), 10)


def _named(record: dict[str, Value], role: str, shapes: tuple[str, ...], most: int) -> Iterator[Reference]:
    names = {normal(key): key for key in reversed(list(record))}
    count = 0
    for name in FACTS[role]:
        key = names.get(name)
        if key is None:
            continue
        for path, text, inside in _texts(record[key], (key,), 3):
            kind = shape(text)[0]
            if not (kind in shapes or (role == "poster" and not kind and _may_be_image(text))):
                continue
            technical = read_technical(inside) if inside else Technical()
            thumbs = inside and normal(str(inside.get("kind") or "")) in (
                "thumbnails",
                "metadata",
                "chapters",
                "storyboard",
            )
            yield Reference(
                raw=text,
                role="storyboard" if thumbs else role,  # type: ignore[arg-type]  # a word of the list by construction
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
