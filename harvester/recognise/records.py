"""Turns the records of decoded values into findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from msgspec.structs import replace

from harvester.model import Decoded, Excerpt, Finding, Id, Limits, ListPosition, Path, Reference, Value, pointer
from harvester.model.vocabulary import Kind, Relation
from harvester.recognise.drafts import Draft, Group, Identify, image_record
from harvester.recognise.facts import Facts
from harvester.recognise.frames import id_played, kind_played
from harvester.recognise.ids import LOCAL, settle
from harvester.recognise.leftovers import take_leftovers
from harvester.recognise.relations import is_background, relation_by_file, relation_by_names
from harvester.recognise.sets import key_of
from harvester.recognise.shapes import is_url
from harvester.recognise.shown import NOTHING, Shown
from harvester.recognise.table import FACTS, normal
from harvester.recognise.walk import Walk

_FIELDS: Final = 200
_MAIN_FORMS: Final = frozenset(("open-graph",))
_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa"))
_PLAYING: Final = frozenset(("embed", "media-element", "media-link", "player-setup"))
_OWN: Final = frozenset(("video", "audio", "associatedMedia"))
_PARTS: Final = _OWN | {"@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "hasPart"}
"""Under which names schema.org's page, article or recipe has media of its own."""

_ID_FORMS: Final = frozenset(
    "player-setup data-attribute media-link js-call js-assignment json-script json-ld next-data next-flight nuxt-state"
    " js-variables embed microdata rdfa json json-parse media-element atom media-rss video-sitemap".split()
)
_PLAYLISTS: Final = frozenset(("m3u", "pls", "asx", "xspf"))
"""Forms in which an entry's URL is a medium whatever its ending."""
_KIND_OF_ELEMENT: Final[dict[str, Kind]] = {
    "video": "video",
    "audio": "audio",
    "amp-video": "video",
    "amp-audio": "audio",
}
_URN_OF_AUDIO: Final = re.compile(r"urn:\w+:audio:")


class Recognised(NamedTuple):
    """What a value gave.

    Attributes:
        whole: Whether no cap on depth or on values kept part of it from being looked at.
    """

    findings: list[Finding]
    whole: bool


def recognise(
    excerpt: Excerpt,
    decoded: Decoded,
    limits: Limits,
    identify: Identify | None,
    group: Group,
    shown: Shown = NOTHING,
    *,
    packed: bool = False,
) -> Recognised:
    """Give what each record of a decoded value says of one medium.

    Args:
        excerpt: Where the value was read; its form and hints tell what a record is to its page.
        decoded: The value.
        limits: Caps on depth, values and texts.
        identify: Tells the platform id that a URL holds; None where the excerpt has no sign of one.
        group: Gives a text that is equal for renditions of one medium.
        shown: The players and accounts that the document shows.
        packed: Whether the excerpt may hold URLs that are encoded whole.
    """
    ids, entries = excerpt.form in _ID_FORMS, excerpt.form in _PLAYLISTS
    stills = excerpt.form == "bare-url" or (excerpt.form in _SHOWN and _is_picture(decoded.value))
    walk = Walk(limits, identify, group, media_ids=ids, entries=entries, packed=packed, stills=stills)
    drafts = walk.run(decoded.value, excerpt.hints.get("variable", "").rpartition(".")[2])
    if excerpt.form.startswith("php-"):
        drafts += _dumped_images(decoded.value, drafts)
    take_leftovers(drafts, excerpt.text, of_player=excerpt.form == "data-attribute")
    drafts = drafts[: limits.findings + 1]  # one more than is kept, so that it is known that there are more
    findings = [_finding(excerpt, decoded, draft, limits, identify, shown) for draft in drafts]
    return Recognised(findings, whole=not walk.stopped)


_SHOWN: Final = ("embed", "data-attribute")
_SAYS_FILM: Final = re.compile(r"video|youtube|vimeo|play", re.IGNORECASE)


def _is_picture(value: Value) -> bool:
    """Whether an element is a picture, or has one behind it and says that a film is shown there."""
    if not isinstance(value, dict):
        return False
    return value.get("element") == "img" or (
        "background-image" in value and _SAYS_FILM.search(str(value.get("class"))) is not None
    )


def _dumped_images(value: Value, drafts: list[Draft]) -> Iterator[Draft]:
    """Records of a dump whose lead medium is an image: a leak is a list of related items, whatever these show."""
    taken = {draft.at for draft in drafts}
    if not isinstance(value, list):
        return
    for index, record in enumerate(value):
        if isinstance(record, dict) and (index,) not in taken:
            keys = [key for key in record if normal(key) in FACTS["poster"] or normal(key) in FACTS["page"]]
            draft = image_record(record, (index,), keys)
            if draft:
                draft.place = ListPosition(pointer="", position=index, length=len(value))
                draft.from_list = True
                yield draft


def _drop_url(facts: Facts) -> None:
    """Take no URL for a description: under a name for subtitles their file may stand."""
    if facts.description and is_url(facts.description):
        facts.description = None
        facts.reads.pop("description", None)


def _ids(excerpt: Excerpt, draft: Draft, shown: Shown) -> list[Id]:
    facts = draft.facts
    ids = list(settle(facts.ids, facts.media_ids, _around(excerpt, draft), shown))
    if ids and not draft.at and excerpt.form == "player-setup":
        call = excerpt.hints.get("call", "")
        ids = [one for one in ids if one.value in facts.media_ids or not _is_elements(one, call, shown)]
    return ids


def _finding(
    excerpt: Excerpt, decoded: Decoded, draft: Draft, limits: Limits, identify: Identify | None, shown: Shown
) -> Finding:
    facts, at = draft.facts, draft.at
    _drop_url(facts)
    ids = _ids(excerpt, draft, shown) if facts.ids else []
    kind = _kind(draft, ids)
    reads = {fact: pointer(path) for fact, path in facts.reads.items() if fact != "id" or ids}
    if draft.around:
        reads |= {fact: _outside(path, at) for fact, path in draft.around.items()}
    references = [_relative(reference, at) for reference in draft.references] if at else draft.references
    for reference in references:
        if reference.path is not None:
            reads.setdefault(reference.role, pointer(reference.path))
        if identify and reference.role in ("media", "embed", "poster"):
            found = identify(reference.raw)
            if found and (reference.role != "poster" or not any(one.scheme != "local" for one in ids)):
                kind = found.kind if kind == "unknown" else kind
                if found.id not in ids:
                    # A rendition's own id comes behind that of the medium.
                    ids.insert(len(ids) if found.is_media and any(one.scheme != LOCAL for one in ids) else 0, found.id)
                continue
        if reference.role == "embed" and not ids:  # a player that no profile knows
            whole = decoded.value if not draft.at and isinstance(decoded.value, dict) else draft.record
            kind = kind_played(reference.raw, whole) if kind == "unknown" else kind
            if value := id_played(reference.raw):
                ids.append(Id(scheme=LOCAL, value=value))
    return Finding(
        excerpt=excerpt,
        decoded=decoded,
        path=at,
        list=draft.place,
        fields=_fields(draft.record, limits),
        reads=reads,
        ids=tuple(dict.fromkeys(ids)),
        kind=kind,
        relation=_relation(excerpt, draft, decoded.value),
        references=tuple(references),
        title=facts.title,
        title_rank=draft.title_rank,
        description=facts.description,
        creators=facts.creators,
        rights=facts.rights,
        language=facts.language,
        duration_s=facts.duration_s,
        published=facts.published,
        modified=facts.modified,
        live=facts.live,
    )


def _is_elements(one: Id, call: str, shown: Shown) -> bool:
    """Whether an id in a player's set-up is that of the element in which the player stands."""
    if one.scheme != LOCAL:
        return False
    return call.partition("(")[2].partition(")")[0].strip("\"'`# ") == one.value or (
        not one.value.isdecimal() and shown.has_element(one.value)
    )


def _relative(reference: Reference, at: Path) -> Reference:
    """The same reference with its path from the record; None where it stands outside of it."""
    path = reference.path
    if path is None:
        return reference
    depth = len(at)
    return replace(reference, path=path[depth:] if path[:depth] == at else None)


def _outside(path: Path, at: Path) -> str:
    """Write a path that leads out of a record as a Relative JSON Pointer: how many levels up, and then where."""
    shared = 0
    while shared < min(len(path), len(at)) and path[shared] == at[shared]:
        shared += 1
    return f"{len(at) - shared}{pointer(path[shared:])}"


def _around(excerpt: Excerpt, draft: Draft) -> str:
    """Names of what a record stands in: the call or variable, the key."""
    names = [hint for name, hint in excerpt.hints.items() if name in ("call", "variable")]
    for step in reversed(draft.at):
        if isinstance(step, str):
            names.append(step)
            break
    return " ".join(names)


def _fields(record: dict[str, Value], limits: Limits) -> dict[str, Value]:
    """The record's own scalars as they stand, recognised or not."""
    most = limits.text_chars
    fields: dict[str, Value] = {
        key: value[:most] if isinstance(value, str) else value
        for key, value in record.items()
        if not isinstance(value, (dict, list))
    }
    return fields if len(fields) <= _FIELDS else dict(islice(fields.items(), _FIELDS))


def _kind(draft: Draft, ids: Iterable[Id]) -> Kind:
    if any(_URN_OF_AUDIO.match(one.value) for one in ids):
        return "audio"
    element = draft.record.get("element")
    if isinstance(element, str) and element in _KIND_OF_ELEMENT and draft.kind != "audio":
        return _KIND_OF_ELEMENT[element]
    return draft.kind


def _relation(excerpt: Excerpt, draft: Draft, whole: Value) -> Relation:
    media = [reference for reference in draft.references if reference.role == "media"]
    by_file = _agreed([relation_by_file(reference.raw) for reference in media])
    if by_file != "unknown":
        return by_file
    if draft.at[:1] in ((), ("sources",)) and isinstance(whole, dict) and _is_moving_picture(whole):
        return "preview"
    alone = not draft.from_list
    names = [hint for key, hint in excerpt.hints.items() if key in ("call", "variable", "id")]
    names += [step for step in draft.at if isinstance(step, str)]
    presented = excerpt.form in _PLAYING or bool(draft.facts.title or draft.facts.duration_s)
    by_names = relation_by_names(names, alone=alone, presented=presented)
    if by_names == "unknown":
        by_names = _agreed(
            [relation_by_names([key_of(reference)], alone=alone, presented=presented) for reference in media]
        )
    if by_names != "unknown":
        return by_names
    if excerpt.form in _MAIN_FORMS or (excerpt.form in _DECLARING and _is_pages_own(draft)):
        return "main"
    return "related" if draft.among_media or excerpt.form.startswith("php-") else "unknown"


def _agreed(relations: Iterable[Relation]) -> Relation:
    """What all files of a medium are; what only one of several is says nothing of the medium."""
    found = set(relations)
    return found.pop() if len(found) == 1 else "unknown"


def _is_moving_picture(record: dict[str, Value]) -> bool:
    """Whether an element plays silently, over and over, and nobody can stop it, or lies behind other things."""
    if record.get("element") == "video" and "loop" in record and "muted" in record and "controls" not in record:
        return True
    name = record.get("class") if "element" in record else None
    return isinstance(name, str) and ("background" in name or "bg" in name) and is_background(name)


def _is_pages_own(draft: Draft) -> bool:
    """Whether a declared medium is one of the page itself: no entry of a list, or of the page's own list of media."""
    if not draft.from_list:
        return True
    names = [step for step in draft.at if isinstance(step, str)]
    return all(name in _PARTS for name in names) and (bool(names and names[-1] in _OWN) or not draft.among_media)
