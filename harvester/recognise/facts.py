"""What a record says of its medium besides where it is, read by the table."""

from __future__ import annotations

import html
import re
from typing import Final

import msgspec

from harvester.model import Id, Path, Value
from harvester.model.vocabulary import Live
from harvester.recognise.ids import ids_of
from harvester.recognise.players import SCHEMES
from harvester.recognise.quantities import seconds, seconds_of_parts
from harvester.recognise.shapes import is_url
from harvester.recognise.table import Keys, keys_of, normal
from harvester.recognise.titles import is_frames_own, is_part, is_title, is_weak

_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>")
_LINKS: Final = re.compile(r"<a\s[^<>]{0,2000}>[^<>]{0,200}</a>")
"""Links that lightboxes show beside a title: `A film <a href="…">View post</a>`."""

_TITLE_CHARS: Final = 500
_FORMAT: Final = re.compile(
    r"\s*[(\[](?:mp3|mp4a?|m4[av]|ogg|opus|flac|wav|mov|webm|flv|wmv|audio|video|hd|sd)(?:\s(?:format|version|file|audio|video))?"
    r"(?:[,;:]?\s\d+(?:[.,]\d+)?\s?(?:[kmg]i?b|mo|min))?[)\]]\Z",
    re.IGNORECASE,
)
"""What links say of a file behind the name of what is in it: `Episode 38 (MP3 format)`."""

_TO_PLAY: Final = re.compile(
    r"\A(?:spotify embed|(?:play|watch|listen)(?: on (?:youtube|vimeo)| (?:video|audio|episode))?):\s+(?=\S)",
    re.IGNORECASE,
)
_BUTTON: Final = re.compile(
    r"\A(?:play|watch|listen to)(?: the| this)?(?: (?:video|audio|sample|clip|preview))+(?: for| of)\s+(?=\S)",
    re.IGNORECASE,
)
"""How a button begins that names what it plays."""

_LABELLED: Final = re.compile(
    r"\A(?:play|watch|listen|video|audio|podcast|abspielen|ansehen|anhören|lire|voir|regarder|écouter|vidéo|reproducir|ver"
    r"|escuchar|vídeo|riproduci|guarda|ascolta|assistir|ouvir|видео|смотрите?)"
    r"(?:\s(?:the|this|la|le|el|il|o|now))?(?:\s(?:video|vidéo|vídeo|audio|clip|episode|abspielen|ansehen|anhören|starten))?"
    r"\s?[:|]\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands before the name of a medium in captions and buttons: `WATCH: `, `Video abspielen: `."""

_QUOTED: Final = re.compile(r"[\"\u201c\u00ab]([^\"\u201c\u201d\u00ab\u00bb]+)[\"\u201d\u00bb]")
"""What labels of players say before the title."""

_TEXT_KEYS: Final = (
    "text", "simpleText", "#text", "@value", "default", "short", "main", "en", "rendered", "value", "plain", "raw",
    "content", "basic", "html", "native",
)  # fmt: skip
_LANGUAGE: Final = re.compile(r"(?:[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}|und)\Z")
"""A language's code (BCP 47), as texts in several languages are keyed by."""

_TEXTS: Final = {"description": 5000, "language": 35, "rights": 500}
"""Facts that are texts, and how much of them is kept."""

_TIMES: Final = ("published", "modified")
_ZONELESS: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\Z")
_PROSE_CHARS: Final = 80
_CREATOR_CHARS: Final = 120
_SERVES: Final = frozenset(("provider", "source", "owner", "channel"))
"""Names under which also stands what serves a medium."""

_LIVE_WORDS: Final[dict[str, Live]] = {
    "live": "live", "islive": "live", "upcoming": "upcoming", "scheduled": "upcoming", "isupcoming": "upcoming",
    "ended": "ended", "waslive": "ended", "post": "ended", "recorded": "ended",
}  # fmt: skip


class Facts(msgspec.Struct, gc=False):
    """Facts of one record with the paths, relative to it, that they were read from.

    Attributes:
        media_ids: The values of those ids whose names say that they are a medium's.
        weak_title: Whether the title is a caption, a label or a file's name, which any other is better than.
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
    weak_title: bool = False

    def fill(self, other: Facts, step: Path = ()) -> None:
        """Take over what is missing, or weak, from another record that stands at `step`."""
        if self.weak_title and other.title and not other.weak_title:
            self.title, self.weak_title = None, False
            self.reads.pop("title", None)
        elif not self.title:
            self.weak_title = other.weak_title
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
    keys = keys or keys_of(record)
    said = keys.facts.keys()
    facts = Facts()
    _read_titles(facts, record, keys)
    if not said.isdisjoint(_TEXTS):
        _read_texts(facts, record, keys)
    if "live" in said:
        _read_live(facts, record, keys)
    if "duration" in said:
        _read_duration(facts, record, keys)
    if not said.isdisjoint(_TIMES):
        _read_times(facts, record, keys)
    if "creator" in said:
        _read_creators(facts, record, keys)
    if keys.may_hold_ids:
        _read_ids(facts, record, keys)
    return facts


def read_title(record: dict[str, Value], keys: Keys) -> str | None:
    """Read only the title of a record."""
    facts = Facts()
    _read_titles(facts, record, keys)
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
        for key in _TEXT_KEYS:
            if isinstance(inner := value.get(key), str):
                return inner
        if isinstance(runs := value.get("runs"), list):
            return "".join(str(run.get("text", "")) for run in runs[:20] if isinstance(run, dict)) or None
        if len(value) == 1:
            key, only = next(iter(value.items()))
            return only if isinstance(only, str) and _LANGUAGE.match(key) else None
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return None


def _read_titles(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    """Set the title to the first text that can be one; one that is weak only where nothing better stands."""
    names = keys.of("title")
    if names and "@type" in record and "name" in record:  # the vocabulary's own name (https://schema.org/name)
        names = ["name", *names]
    if "element" in record and "title" in record:  # its tooltip, which says what the element does: `Replay A film`
        names = sorted(names, key=_is_no_data)
    for key in names:
        text = (_text_of(record[key]) or "").strip()
        name = normal(key)
        if "<a " in text:
            text = _LINKS.sub("", text).strip() or text
        if not text or not ((name == "name" and "@type" in record) or is_title(text, name)):
            continue
        if record.get("element") == "iframe" and is_frames_own(text):
            continue
        weak = is_weak(text, name)
        if weak and is_part(text) and "entry-caption" in record and name != "entrycaption":
            continue
        cleaned = _named(clean(text), weak=weak)
        if cleaned and (not weak or not facts.title):
            facts.title, facts.reads["title"], facts.weak_title = cleaned, (key,), weak
            if not weak:
                return


def _named(text: str, *, weak: bool) -> str:
    """Give a title without what a button says that plays it: `Play: A film`, `Watch on YouTube: "A film"`."""
    name = _FORMAT.sub("", _LABELLED.sub("", _BUTTON.sub("", text))) if weak else text
    name = _TO_PLAY.sub("", name)
    quoted = _QUOTED.fullmatch(name) if name != text else None
    return quoted[1] if quoted else name


def _is_no_data(key: str) -> bool:
    """Whether an attribute is none by which a page's own scripts know a title."""
    return not (key.startswith("data-") and key.endswith("title"))


def _read_texts(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    """Set texts to the first that stands under one of their names; `text` is a description only where it is long."""
    for fact, most in _TEXTS.items():
        for key in keys.of(fact):
            text = _text_of(record[key])
            cleaned = clean(text, most) if text else ""
            if cleaned and (normal(key) != "text" or (len(cleaned) >= _PROSE_CHARS and cleaned != facts.title)):
                setattr(facts, fact, cleaned)
                facts.reads[fact] = (key,)
                break


def _read_duration(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for key in keys.of("duration"):
        value, may_be_long = record[key], facts.live is not None
        if isinstance(value, dict):
            length = seconds_of_parts(value, may_be_long=may_be_long)
        else:
            length = seconds(value, normal(key), may_be_long=may_be_long)
        if length is not None:
            facts.duration_s, facts.reads["duration"] = length, (key,)
            return


def _read_times(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for fact in _TIMES:
        for key in keys.of(fact):
            value = record[key]
            text = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
            if 4 <= len(text) <= 60 and any(map(str.isdigit, text)):
                in_utc = normal(key).endswith(("gmt", "utc")) and _ZONELESS.match(text)
                setattr(facts, fact, f"{text}Z" if in_utc else text)
                facts.reads[fact] = (key,)
                break


def _read_creators(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for key in keys.of("creator"):
        found: list[str] = []
        value = record[key]
        for one in (value if isinstance(value, list) else [value])[:20]:
            text = one.get("name") if isinstance(one, dict) else one
            if isinstance(text, str) and _is_creator(text, normal(key)):
                found.append(clean(text))
        if found:
            facts.creators, facts.reads["creator"] = tuple(dict.fromkeys(found)), (key,)
            return


def _is_creator(text: str, name: str) -> bool:
    """Whether a text can name who made a medium: no player, and no machine's word for where it comes from."""
    if not 2 <= len(text) <= _CREATOR_CHARS or is_url(text) or text.isdigit() or normal(text) in SCHEMES:
        return False
    return name not in _SERVES or not (text.isascii() and text.islower() and " " not in text)


def _read_live(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    for key in keys.of("live"):
        value = record[key]
        word = normal(value) if isinstance(value, str) else ("live" if value is True else "")
        if word in _LIVE_WORDS:
            facts.live, facts.reads["live"] = _LIVE_WORDS[word], (key,)
            return


def _read_ids(facts: Facts, record: dict[str, Value], keys: Keys) -> None:
    found = ids_of(record, keys)
    if found:
        facts.ids = tuple(dict.fromkeys(one.id for one in found))
        facts.media_ids = frozenset(one.id.value for one in found if one.of_medium)
        facts.reads["id"] = (found[0].key,)
