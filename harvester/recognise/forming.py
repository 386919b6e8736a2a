"""Forms records: puts references and descriptions of one medium together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from harvester.model import Path, Reference, Value
from harvester.model.vocabulary import Kind
from harvester.recognise.drafts import (
    RENDITIONS,
    Draft,
    Group,
    Level,
    Loose,
    Url,
    declared_kind,
    kind_of,
    names_medium,
    reference_of,
)
from harvester.recognise.facts import Facts, clean, read_facts, read_title
from harvester.recognise.table import Keys, is_technical, normal
from harvester.recognise.technical import Technical, captions_of, posters_of, read_technical, storyboards_of

_DESCRIBING: Final = frozenset(
    "meta metadata info details data snippet attributes fields video media content properties config params item"
    " videodetails basicinfo player clip asset microformat analytics tracking videodata mediadata".split()
)
_LOOSE_LEVELS: Final = 4
_NOTHING: Final = Technical()


def form(
    record: dict[str, Value], at: Path, own: list[Url], bare: list[Loose], quiet: list[str], level: Level, group: Group
) -> None:
    """Make a record of what stands in an object, or hand it up.

    Args:
        record: The object.
        at: Where it stands.
        own: URLs under its own keys.
        bare: What its members hand up.
        quiet: Keys of members that are objects and gave nothing.
        level: Takes what is formed.
        group: Tells renditions of one medium from other media.
    """
    declared = declared_kind(record)
    if declared == "image":
        return
    keys = Keys(record)
    rendition = _is_rendition(at)
    # Most of what is read is one of a list of renditions, of which nothing but a title would be used.
    facts = Facts() if rendition and not read_title(record, keys) else _described(record, keys, quiet)
    technical = read_technical(record, keys) if own else _NOTHING
    if technical.label and clean(technical.label) == facts.title:
        technical = replace(technical, label=None)
    references = [reference_of(url, at, technical) for url in own]
    describes = bool(facts.title) if rendition else facts.describes
    sets = _sets(references, bare, at, group, described=describes)
    if describes and len(sets) <= 1 and (sets or facts.ids):
        level.drafts.append(_record(record, keys, at, sets[0].references if sets else [], facts, declared))
        return
    if len(sets) == 1:
        sets[0].references = _with_company(record, keys, at, sets[0].references)
    for one in sets:
        if describes or one.levels >= _LOOSE_LEVELS:
            level.drafts.append(one.draft())
        else:
            level.loose.append(one)


def enrich(record: dict[str, Value], at: Path, level: Level, quiet: list[str]) -> None:
    """Give records that lack a title that of the object round them; to a lone one all that it lacks."""
    lacking = [draft for draft in level.drafts if not draft.facts.title and draft.at != at]
    if not lacking:
        return
    keys = Keys(record)
    if len(level.drafts) > 1 or level.drafts[0].from_list:
        title = read_title(record, keys)
        for draft in lacking if title else ():
            draft.facts.title, draft.title_rank = title, 1
        return
    facts = _described(record, keys, quiet)
    draft = lacking[0]
    if facts.title:
        draft.facts.title, draft.title_rank = facts.title, 1
    draft.facts.fill(replace(facts, title=None, reads={}))
    if not any(reference.role == "poster" for reference in draft.references):
        draft.references += _beneath(at, posters_of(record, keys))


def _described(record: dict[str, Value], keys: Keys, quiet: list[str]) -> Facts:
    """An object's facts; what it does not say itself, a member that only describes may."""
    facts = read_facts(record, keys)
    for name in quiet:
        if facts.title:
            break
        child = record[name]
        if isinstance(child, dict) and normal(name) in _DESCRIBING:
            facts.fill(read_facts(child), (name,))
    return facts


def _is_rendition(at: Path) -> bool:
    """Whether a place is one where the forms of one medium are listed: there an id alone is a rendition's."""
    for step in reversed(at[-2:]):
        if isinstance(step, str):
            return normal(step) in RENDITIONS
    return False


def _sets(references: list[Reference], bare: list[Loose], at: Path, group: Group, *, described: bool) -> list[Loose]:
    """Group references by medium: what a record names itself, or in lists of renditions, is one."""
    media = [reference for reference in references if reference.role in ("media", "embed")]
    if not media and not bare:
        return []
    together = described or len(media) <= 1 or all(is_technical(str(_key(reference))) for reference in media)
    sets: list[Loose] = []
    if media and together:
        sets.append(Loose(at, references))
    elif media:
        sets += by_group([Loose(at, [reference], str(_key(reference))) for reference in media], group)
    for one in bare:
        technical = normal(one.key) in RENDITIONS or is_technical(one.key)
        if sets and ((together and (technical or _same(sets[0], one, group))) or (technical and not media)):
            sets[0].references += one.references
            sets[0].levels = max(sets[0].levels, one.levels)
        else:
            sets.append(one)
    return sets


def _key(reference: Reference) -> str | int:
    return reference.path[-1] if reference.path else ""


def _same(first: Loose, second: Loose, group: Group) -> bool:
    known = {group(raw) for raw in first.media()}
    return any(group(raw) in known for raw in second.media())


def by_group(loose: list[Loose], group: Group) -> list[Loose]:
    """Join what is told to be one medium by its names alone."""
    if len(loose) < 2:
        return loose
    groups: dict[str, Loose] = {}
    for one in loose:
        media = one.media()
        name = group(media[0]) if media else f"\0{len(groups)}"
        if name in groups:
            groups[name].references += one.references
        else:
            groups[name] = one
    return list(groups.values())


def _record(
    record: dict[str, Value], keys: Keys, at: Path, references: list[Reference], facts: Facts, declared: Kind | None
) -> Draft:
    references = _with_company(record, keys, at, references)
    kind = declared or kind_of(references)
    if kind == "unknown" and names_medium(record):
        kind = "video"
    return Draft(at, record, references, facts, kind)


def _with_company(record: dict[str, Value], keys: Keys, at: Path, references: list[Reference]) -> list[Reference]:
    """References to a medium with the pictures and captions that the object names for it."""
    known = {reference.raw for reference in references}
    for found in (posters_of, captions_of, storyboards_of):
        references = references + [one for one in _beneath(at, found(record, keys)) if one.raw not in known]
    return references


def _beneath(at: Path, references: Iterable[Reference]) -> list[Reference]:
    """References whose paths begin at an object, with paths from the root."""
    return [replace(one, path=(*at, *(one.path or ()))) for one in references]
