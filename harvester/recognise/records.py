"""Turns the records of decoded values into findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from msgspec.structs import replace

from harvester.model import Decoded, Excerpt, Finding, Limits, ListPosition, Path, Reference, Value, pointer
from harvester.model.vocabulary import Kind, Relation
from harvester.recognise.drafts import Draft, Group, Identify, image_record
from harvester.recognise.ids import NOTHING, Shown, settle
from harvester.recognise.relations import relation_by_file, relation_by_names
from harvester.recognise.sets import key_of
from harvester.recognise.table import FACTS, normal
from harvester.recognise.walk import Walk

_FIELDS: Final = 200
_PLAYS_VIDEO: Final = re.compile(r"player|video", re.IGNORECASE)
_MAIN_FORMS: Final = frozenset(("open-graph",))
_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa"))
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
) -> Recognised:
    """Give what each record of a decoded value says of one medium.

    Args:
        excerpt: Where the value was read; its form and hints tell what a record is to its page.
        decoded: The value.
        limits: Caps on depth, values and texts.
        identify: Tells the platform id that a URL holds; None where the excerpt has no sign of one.
        group: Gives a text that is equal for renditions of one medium.
        shown: The players and accounts that the document shows.
    """
    walk = Walk(limits, identify, group, media_ids=excerpt.form in _ID_FORMS, entries=excerpt.form in _PLAYLISTS)
    drafts = walk.run(decoded.value)
    if excerpt.form.startswith("php-"):
        drafts += _dumped_images(decoded.value, drafts)
    findings = [_finding(excerpt, decoded, draft, limits, identify, shown) for draft in drafts[: limits.findings]]
    return Recognised(findings, whole=not walk.stopped)


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


def _finding(
    excerpt: Excerpt, decoded: Decoded, draft: Draft, limits: Limits, identify: Identify | None, shown: Shown
) -> Finding:
    facts = draft.facts
    ids, kind = list(settle(facts.ids, facts.media_ids, _around(excerpt, draft), shown)), _kind(draft)
    reads = {fact: pointer(path) for fact, path in facts.reads.items()}
    reads |= {fact: _outside(path, draft.at) for fact, path in draft.around.items()}
    references = [_relative(reference, draft.at) for reference in draft.references]
    for reference in references:
        if reference.path is not None:
            reads.setdefault(reference.role, pointer(reference.path))
        if identify and reference.role in ("media", "embed", "poster"):
            found = identify(reference.raw)
            if found and (reference.role != "poster" or not any(one.scheme != "local" for one in ids)):
                kind = found[1] if kind == "unknown" else kind
                if found[0] not in ids:
                    ids.insert(0, found[0])
                continue
        if reference.role == "embed" and kind == "unknown" and not ids and _PLAYS_VIDEO.search(reference.raw):
            kind = "video"  # a player that no profile knows
    return Finding(
        excerpt=excerpt,
        decoded=decoded,
        path=draft.at,
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


def _relative(reference: Reference, at: Path) -> Reference:
    """The same reference with its path from the record; None where it stands outside of it."""
    if not at or reference.path is None:
        return reference
    inside = reference.path[: len(at)] == at
    return replace(reference, path=reference.path[len(at) :] if inside else None)


def _outside(path: Path, at: Path) -> str:
    """Write a path that leads out of a record as a Relative JSON Pointer: how many levels up, and then where."""
    shared = 0
    while shared < min(len(path), len(at)) and path[shared] == at[shared]:
        shared += 1
    return f"{len(at) - shared}{pointer(path[shared:])}"


def _around(excerpt: Excerpt, draft: Draft) -> str:
    """Names of what a record stands in: the call or variable, the key."""
    key = next((step for step in reversed(draft.at) if isinstance(step, str)), "")
    return " ".join((*(hint for name, hint in excerpt.hints.items() if name in ("call", "variable")), key))


def _fields(record: dict[str, Value], limits: Limits) -> dict[str, Value]:
    """The record's own scalars as they stand, recognised or not."""
    fields: dict[str, Value] = {}
    most = limits.text_chars
    for key, value in record.items():
        if isinstance(value, str):
            fields[key] = value[:most]
        elif not isinstance(value, (dict, list)):
            fields[key] = value
        if len(fields) >= _FIELDS:
            break
    return fields


def _kind(draft: Draft) -> Kind:
    element = draft.record.get("element")
    if isinstance(element, str) and element in _KIND_OF_ELEMENT and draft.kind != "audio":
        return _KIND_OF_ELEMENT[element]
    return draft.kind


def _relation(excerpt: Excerpt, draft: Draft, whole: Value) -> Relation:
    media = [reference for reference in draft.references if reference.role == "media"]
    by_file = _agreed(relation_by_file(reference.raw) for reference in media)
    if by_file != "unknown":
        return by_file
    if not draft.at and isinstance(whole, dict) and _is_moving_picture(whole):
        return "preview"
    alone = not draft.from_list
    names = [hint for key, hint in excerpt.hints.items() if key in ("call", "variable", "id")]
    names += [step for step in draft.at if isinstance(step, str)]
    by_names = relation_by_names(names, alone=alone)
    if by_names == "unknown":
        by_names = _agreed(relation_by_names([key_of(reference)], alone=alone) for reference in media)
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
    """Whether an element plays silently, over and over, and nobody can stop it."""
    return record.get("element") == "video" and "loop" in record and "muted" in record and "controls" not in record


def _is_pages_own(draft: Draft) -> bool:
    """Whether a declared medium is one of the page itself: no entry of a list, or of the page's own list of media."""
    if not draft.from_list:
        return True
    names = [step for step in draft.at if isinstance(step, str)]
    return all(name in _PARTS for name in names) and (bool(names and names[-1] in _OWN) or not draft.among_media)
