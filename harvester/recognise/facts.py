"""What a record says of its medium besides where it is, read by the table."""

from __future__ import annotations

import html
import re
from typing import Final

import msgspec

from harvester.model import Id, Path, Value
from harvester.model.vocabulary import Live
from harvester.recognise.ids import ids_of
from harvester.recognise.quantities import seconds
from harvester.recognise.shapes import is_url
from harvester.recognise.table import Keys, normal

_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>")
_TITLE_CHARS: Final = 500
_NO_TITLE: Final = re.compile(
    r"(?:https?:)?//\S*\Z|\d{1,4}[pk]?\Z|(?:true|false|null|undefined|none|auto|default|video|audio|hd|sd|hls|dash|mp4|play|untitled)\Z"
    r"|[\w-]+\.(?:mp4|m3u8|webm|mp3|mov|jpg|png)\Z|[\w.+-]+/[\w.+-]+\Z",
    re.IGNORECASE,
)
_TO_PLAY: Final = re.compile(r"(?:play|watch)(?: video)?:\s+(?=\S)", re.IGNORECASE)
"""What labels of players say before the title."""

_LIVE_WORDS: Final[dict[str, Live]] = {
    "live": "live", "islive": "live", "upcoming": "upcoming", "scheduled": "upcoming", "isupcoming": "upcoming",
    "ended": "ended", "waslive": "ended", "post": "ended", "recorded": "ended",
}  # fmt: skip


class Facts(msgspec.Struct):
    """Facts of one record with the paths, relative to it, that they were read from.

    Attributes:
        media_ids: The values of those ids whose names say that they are a medium's.
    """

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
    media_ids: frozenset[str] = frozenset()
    reads: dict[str, Path] = msgspec.field(default_factory=dict)

    def fill(self, other: Facts, step: Path = ()) -> None:
        """Take over what is missing from another record that stands at `step`."""
        for name in ("title", "description", "duration_s", "published", "modified", "rights", "language", "live"):
            if getattr(self, name) is None and getattr(other, name) is not None:
                setattr(self, name, getattr(other, name))
                fact = name.removesuffix("_s")
                if fact in other.reads:
                    self.reads[fact] = (*step, *other.reads[fact])
        if not self.ids:
            self.media_ids = other.media_ids
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


def read_facts(record: dict[str, Value], keys: Keys | None = None) -> Facts:
    """Read all facts of one record's own members."""
    keys = keys or Keys(record)
    facts = Facts()
    _read_texts(facts, record, keys)
    for key in keys.of("duration"):
        length = seconds(record[key], normal(key))
        if length is not None:
            facts.duration_s, facts.reads["duration"] = length, (key,)
            break
    for fact in ("published", "modified"):
        for key in keys.of(fact):
            value = record[key]
            text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
            if 4 <= len(text) <= 60 and any(char.isdigit() for char in text):
                setattr(facts, fact, text)
                facts.reads[fact] = (key,)
                break
    _read_creators(facts, record, keys)
    _read_live(facts, record, keys)
    _read_ids(facts, record, keys.names)
    return facts


def read_title(record: dict[str, Value], keys: Keys) -> str | None:
    """Read only the title of a record."""
    facts = Facts()
    _read_text(facts, record, keys, "title", _TITLE_CHARS)
    return facts.title


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


def _read_texts(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for fact, most in (("title", _TITLE_CHARS), ("description", 5000), ("language", 35), ("rights", 500)):
        _read_text(facts, record, keys, fact, most)


def _read_text(facts: Facts, record: dict[str, Value], keys: Keys, fact: str, most: int) -> None:
    """Set a fact to the first text that stands under one of its names and can be one."""
    for key in keys.of(fact):
        text = _text_of(record[key])
        if not text or not text.strip():
            continue
        if fact == "title":
            name = normal(key)
            if not ((name == "name" and "@type" in record) or _is_title(text.strip(), name)):
                continue
        cleaned = _TO_PLAY.sub("", clean(text, most)) if fact == "title" else clean(text, most)
        if cleaned:
            setattr(facts, fact, cleaned)
            facts.reads[fact] = (key,)
            return


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


def _read_creators(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for key in keys.of("creator"):
        found: list[str] = []
        value = record[key]
        for one in (value if isinstance(value, list) else [value])[:20]:
            text = one.get("name") if isinstance(one, dict) else one
            if isinstance(text, str) and 2 <= len(text) <= 120 and not is_url(text) and not text.isdigit():
                found.append(clean(text))
        if found:
            facts.creators, facts.reads["creator"] = tuple(dict.fromkeys(found)), (key,)
            return


def _read_live(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for key in keys.of("live"):
        value = record[key]
        word = normal(value) if isinstance(value, str) else ("live" if value is True else "")
        if word in _LIVE_WORDS:
            facts.live, facts.reads["live"] = _LIVE_WORDS[word], (key,)
            return


def _read_ids(facts: Facts, record: dict[str, Value], names: dict[str, str]) -> None:
    found = list(ids_of(record, names))
    if found:
        facts.ids = tuple(dict.fromkeys(one.id for one in found))
        facts.media_ids = frozenset(one.id.value for one in found if one.of_medium)
        facts.reads["id"] = (found[0].key,)
