"""What an object says of its medium: itself, and by members that only describe."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from harvester.model import Path, Reference, Value
from harvester.recognise.facts import Facts, read_facts, read_title
from harvester.recognise.shapes import shape
from harvester.recognise.table import Keys, is_technical, keys_of, normal
from harvester.recognise.technical import captions_of, posters_of, storyboards_of

_DESCRIBING: Final = frozenset(
    "meta metadata info details data snippet attributes fields video media content properties config params item"
    " videodetails basicinfo player clip asset microformat analytics tracking".split()
)
_OF_MEDIUM: Final = re.compile(
    r"(?:video|media|clip|audio|vod|movie|song|podcast|asset|content|item|track|tracker|tracking|player|stream|episode|programme?|film|file|entry)+"
    r"(?:data|meta|metadata|info|details|attributes|properties|snippet)"
)
_PLAYED: Final = frozenset(("video", "audio", "video-js"))
"""Elements of one medium, which all data in their attributes is about."""

_WATCHING: Final = ("track", "analytics")
"""What describes for those who count views says titles in their way: it comes last."""

_HEAD: Final = re.compile(r"[a-z]{4,12}(?=[A-Z_-])")
_LABEL_CHARS: Final = 20
_PICTURE_LEVELS: Final = 3
_MOST_PICTURES: Final = 50
_COMPANY: Final = (("poster", posters_of), ("caption", captions_of), ("storyboard", storyboards_of))
_COMPANY_FACTS: Final = ("poster", "caption", "storyboard")


@lru_cache(maxsize=4096)
def describes(name: str) -> bool:
    """Whether a member of that name says what the medium of the object round it is."""
    normalised = normal(name)
    return normalised in _DESCRIBING or _OF_MEDIUM.fullmatch(normalised) is not None


def described(record: dict[str, Value], keys: Keys, quiet: list[str]) -> Facts:
    """Give an object's facts; what it does not say itself, its describing members do.

    Args:
        record: The object.
        keys: Its keys.
        quiet: Keys of members that are objects and gave nothing.
    """
    facts = read_facts(record, keys)
    for name, child in describing(record, quiet):
        more = _read(name, child)
        has_better = facts.weak_title and more.title and not more.weak_title
        if facts.title and not has_better and not more.media_ids:
            more.ids = ()  # an id without a title may be that of what the member is about besides
        facts.fill(more, (name,))
    return facts


def describing(record: dict[str, Value], quiet: list[str]) -> list[tuple[str, dict[str, Value]]]:
    """Give the members of an object that only describe, those for counting views last."""
    all_describe = record.get("element") in _PLAYED
    found = [
        (name, child)
        for name in quiet
        if (all_describe or describes(name)) and isinstance(child := record[name], dict) and len(child)
    ]
    return sorted(found, key=lambda one: normal(one[0]).startswith(_WATCHING)) if len(found) > 1 else found


def _read(name: str, member: dict[str, Value]) -> Facts:
    """Read a describing member, or what alone it holds, also where its keys repeat its name.

    Such as `metadata: {videoMetadata: {title: …}}` and `tracker: {trackerClipTitle: …}`.
    """
    if len(member) == 1 and isinstance(only := next(iter(member.values())), dict) and "title" in only:
        facts = read_facts(only)
        facts.reads = {fact: (*member, *path) for fact, path in facts.reads.items()}
        return facts
    facts = read_facts(member)
    head = _HEAD.match(name)
    if facts.title or head is None or not any(key.startswith(head[0]) for key in member):
        return facts
    size = len(head[0])
    more = read_facts({key[size:]: value for key, value in member.items() if key.startswith(head[0]) and key[size:]})
    more.reads = {fact: (f"{head[0]}{path[0]}", *path[1:]) for fact, path in more.reads.items()}
    facts.fill(more)
    return facts


def of_rendition(record: dict[str, Value], keys: Keys, quiet: list[str]) -> Facts:
    """Give the facts of what stands where the forms of one medium are listed.

    Most of what is read is such a form, of which nothing but a title tells that it is a medium of its own.
    """
    title = read_title(record, keys) if keys.of("title") or "name" in record else None
    # Forms share the length and the picture of their medium; what has both of its own may be called a word.
    names = is_technical if keys.of("duration") and keys.of("poster") else is_label
    if (title and not names(title)) or (quiet and describing(record, quiet)):
        facts = described(record, keys, quiet)
        if facts.title and not names(facts.title):
            return facts
    if keys.of("duration"):
        facts = read_facts(record, keys)
        reads = {"duration": facts.reads["duration"]} if facts.duration_s else {}
        return Facts(duration_s=facts.duration_s, reads=reads)
    return Facts()


def is_label(title: str) -> bool:
    """Whether what stands for a title beside a rendition is only what the rendition is called, as `Standard`."""
    return is_technical(title) or (" " not in title and len(title) <= _LABEL_CHARS)


def with_company(
    record: dict[str, Value], keys: Keys, at: Path, references: list[Reference], quiet: list[str]
) -> list[Reference]:
    """References to a medium with the pictures and captions that the object, or what describes in it, names for it."""
    members = describing(record, quiet) if quiet else []
    is_element = "element" in record
    shows = "preview" in record
    if not members and not is_element and not shows and keys.facts.keys().isdisjoint(_COMPANY_FACTS):
        return references
    known = {reference.raw for reference in references}
    references = [*references]
    for role, find in _COMPANY:
        found = find(record, keys, at) if is_element or shows or role in keys.facts else []
        if not found and members and not any(reference.role == role for reference in references):
            for name, child in members:
                found = found or find(child, keys_of(child), (*at, name))
        if role == "poster" and keys.of("poster"):
            found += _moving_pictures(record, keys, at)
        if found:
            references += [one for one in found if one.raw not in known]
    return references


def _moving_pictures(record: dict[str, Value], keys: Keys, at: Path) -> list[Reference]:
    """Films that stand among a medium's pictures: in lists and objects, for one that stands alone is the medium."""
    found: list[Reference] = []
    for key in keys.of("poster"):
        value = record[key]
        ways: list[tuple[Path, list[Value] | dict[str, Value]]] = []
        if value and isinstance(value, (dict, list)):
            ways.append(((*at, key), value))
        seen = 1
        for path, one in ways:
            if len(path) - len(at) > _PICTURE_LEVELS or seen > _MOST_PICTURES:
                break
            seen += len(one)
            for step, inner in one.items() if isinstance(one, dict) else enumerate(one):
                if isinstance(inner, str):
                    if "." in inner and shape(inner)[0] == "video":
                        found.append(Reference(raw=inner.strip(), role="poster", path=(*path, step), delivery="file"))
                elif isinstance(inner, (dict, list)):
                    ways.append(((*path, step), inner))
    return found
