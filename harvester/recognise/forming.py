"""Forms records: puts references and descriptions of one medium together."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from harvester.model import Path, Reference, Value
from harvester.model.vocabulary import Kind
from harvester.recognise.describing import described, describes, of_rendition, with_company
from harvester.recognise.drafts import (
    Draft,
    Group,
    Level,
    Loose,
    Url,
    declared_kind,
    is_entry,
    kind_of,
    names_medium,
    page_of,
    reference_of,
)
from harvester.recognise.facts import Facts, clean, read_facts, read_title
from harvester.recognise.relations import aside_by_name
from harvester.recognise.sets import is_rendition, lists_renditions, sets_of
from harvester.recognise.table import Keys, is_technical, keys_of
from harvester.recognise.technical import posters_of, read_technical

_LOOSE_LEVELS: Final = 4
_MOST_ALIKE: Final = 8
_PLAYED: Final = ("video", "audio", "associatedMedia")
_PLAYED_STEPS: Final = 2
"""How many steps what stands under such a name is away: it may be the only one in a list."""


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
    keys = keys_of(record)
    # What has no URL but a name is listed there as a medium, whatever the list is called.
    rendition = is_rendition(at) and bool(own or bare or not read_title(record, keys))
    if level.drafts:
        quiet += _saying_the_same(record, at, quiet, level)
    facts = of_rendition(record, keys, quiet) if rendition else described(record, keys, quiet)
    says = bool(facts.title) if rendition else facts.describes
    medium = bool(facts.duration_s or facts.media_ids)
    sets = sets_of(_own_references(record, keys, at, own, facts), bare, at, group, described=says, medium=medium)
    if says and (sets.first or facts.media_ids or (not sets.others and (facts.ids or is_entry(record, keys)))):
        draft = _record(record, keys, at, sets.first, facts, declared, quiet)
        if "@type" in record and not sets.first and (played := _played(draft, level)):
            _complete(played, draft)
        else:
            if level.drafts:
                level.drafts = [one for one in level.drafts if not _is_targeting(one, at)]
            level.drafts.append(draft)
        rest = sets.others
    else:
        if facts.duration_s and own and sets.first and not sets.first.lasts:
            sets.first.lasts = facts.duration_s, (*at, *facts.reads["duration"])
        rest = sets.every()
        if len(rest) == 1:
            rest[0].references = with_company(record, keys, at, rest[0].references, quiet)
    for one in rest:
        if says or one.levels >= _LOOSE_LEVELS:
            level.drafts.append(_untitled(one, facts))
        else:
            level.loose.append(one)


def _saying_the_same(record: dict[str, Value], at: Path, quiet: list[str], level: Level) -> list[str]:
    """Describing members that name no medium but the object's own: by its id, as buttons to queue or share it do."""
    own = {value for value in record.values() if isinstance(value, str)}
    inner: dict[str, list[Draft]] = {}
    for draft in level.drafts:
        name = draft.at[len(at)]
        if isinstance(name, str) and name not in quiet and describes(name):
            inner.setdefault(name, []).append(draft)
    return [
        name
        for name, drafts in inner.items()
        if all(
            one.facts.ids and not one.references and own.issuperset(i.value for i in one.facts.ids) for one in drafts
        )
    ]


def _own_references(record: dict[str, Value], keys: Keys, at: Path, own: list[Url], facts: Facts) -> list[Reference]:
    if not own:
        return []
    technical = read_technical(record, keys)
    if technical.label and facts.title and clean(technical.label) == facts.title:
        technical = replace(technical, label=None)
    return [reference_of(url, at, technical) for url in own]


def _is_targeting(draft: Draft, at: Path) -> bool:
    """Whether a record is but what the advertising beside a medium is told of it: an id without any URL."""
    return not draft.references and aside_by_name(str(draft.at[len(at)])) == "advertising"


def _untitled(one: Loose, facts: Facts) -> Draft:
    """A record of a medium beside the one that an object describes: of that it has the title alone."""
    draft = one.draft()
    if facts.title and one.aside != "related":
        draft.facts.title, draft.title_rank = facts.title, 1
    return draft


def _record(
    record: dict[str, Value],
    keys: Keys,
    at: Path,
    first: Loose | None,
    facts: Facts,
    declared: Kind | None,
    quiet: list[str],
) -> Draft:
    references = with_company(record, keys, at, first.references if first else [], quiet)
    if first and first.lasts and not facts.duration_s:
        facts.duration_s, facts.reads["duration"] = first.lasts[0], first.lasts[1][len(at) :]
    kind = declared or kind_of(references)
    if kind == "unknown" and names_medium(record, keys):
        kind = "video"
    if not first and (page := page_of(record, keys)):
        references = [*references, replace(page, path=(*at, *(page.path or ())))]
    return Draft(at, record, references, facts, kind)


def _played(own: Draft, level: Level) -> Draft | None:
    """What schema.org's episode, film or recording is played as: the only medium under the names for that."""
    depth = len(own.at)
    inner = [draft for draft in level.drafts if draft.at[depth] in _PLAYED and len(draft.at) <= depth + _PLAYED_STEPS]
    return inner[0] if len(inner) == 1 and own.kind in ("unknown", inner[0].kind) else None


def _complete(draft: Draft, own: Draft) -> None:
    """Give a medium all that the episode says which it is of; it goes by the ids of both."""
    facts = own.facts
    for fact, path in facts.reads.items():
        if fact not in draft.facts.reads:
            draft.around.setdefault(fact, (*own.at, *path))
    ids, media_ids = draft.facts.ids, draft.facts.media_ids
    draft.title_rank = draft.title_rank if draft.facts.title else 1
    draft.facts.fill(replace(facts, reads={}))
    draft.facts.ids = tuple(dict.fromkeys((*ids, *facts.ids)))
    draft.facts.media_ids = media_ids | facts.media_ids
    known = {reference.role for reference in draft.references}
    draft.references = draft.references + [one for one in own.references if one.role not in known]


def enrich(record: dict[str, Value], at: Path, level: Level, quiet: list[str]) -> None:
    """Give records what they lack of what the object round them says.

    A lone one without a title takes all of it, one of several the title alone. One that has a title takes length
    and pictures of what is called the same, or is a mere wrapper.
    """
    lacking = [draft for draft in level.drafts if not draft.facts.title and draft.at != at and draft.aside != "related"]
    if not lacking:
        if len(level.drafts) == 1 and _lacks_much(level.drafts[0], record, at):
            _wrap(level.drafts[0], record, at)
        return
    keys = keys_of(record)
    if not _are_one([draft for draft in level.drafts if not draft.aside]):
        title = read_title(record, keys)
        for draft in lacking if title else ():
            draft.facts.title, draft.title_rank = title, 1
        return
    facts = described(record, keys, quiet)
    posters = posters_of(record, keys, at)
    for draft in lacking:
        if draft.aside:
            draft.facts.title, draft.title_rank = facts.title, 1
        else:
            _describe(draft, at, facts)
            _illustrate(draft, posters)


def _lacks_much(draft: Draft, record: dict[str, Value], at: Path) -> bool:
    """Whether a record has no length or no picture that stands right beneath an object which may be the same thing.

    It does so under a name that only says medium, or both are called the same.
    """
    return (
        len(draft.at) - len(at) == 1
        and (_is_of_medium(draft.at[-1]) or _is_called(draft.facts.title, record))
        and not (draft.facts.duration_s and _has_poster(draft))
    )


def _is_called(title: str | None, record: dict[str, Value]) -> bool:
    """Whether an object holds a title; what schema.org knows is more than its film, if that goes by its name."""
    return title is not None and title in record.values() and "@type" not in record


def _wrap(draft: Draft, record: dict[str, Value], at: Path) -> None:
    keys = keys_of(record)
    if not _is_called(draft.facts.title, record) and "element" not in record and read_title(record, keys):
        return  # a thing of its own; what stands beside an element is the title of the medium in its attribute as well
    if not draft.facts.duration_s and keys.of("duration"):
        facts = read_facts(record, keys)
        _describe(draft, at, Facts(duration_s=facts.duration_s, reads=facts.reads))
    if keys.of("poster"):
        _illustrate(draft, posters_of(record, keys, at))


def _are_one(drafts: list[Draft]) -> bool:
    """Whether records are one medium, listed once: there is only one, or all name the same files or ids."""
    if not drafts or len(drafts) > _MOST_ALIKE or any(draft.from_list for draft in drafts):
        return False
    names = {_name_of(draft) for draft in drafts} if len(drafts) > 1 else {()}
    return len(names) == 1


def _name_of(draft: Draft) -> tuple[str, ...]:
    media = [reference.raw for reference in draft.references if reference.role in ("media", "embed")]
    return tuple(media or [f"{one.scheme}:{one.value}" for one in draft.facts.ids])


def _describe(draft: Draft, at: Path, facts: Facts) -> None:
    """Fill what a record lacks from the object round it.

    Where only names of media and of forms lie between the two, they are one record, whose title is its own; and only
    there are an id and a length those of the medium.
    """
    said = replace(facts, reads={})
    if len(draft.at) - len(at) == 1 or all(_is_of_medium(step) for step in draft.at[len(at) :]):
        for fact, path in facts.reads.items():
            if fact not in draft.facts.reads:
                draft.around.setdefault(fact, (*at, *path))
    else:
        said = replace(said, ids=(), media_ids=frozenset(), duration_s=None)
    draft.facts.fill(said)
    draft.title_rank = 1 if facts.title else draft.title_rank


def _is_of_medium(step: str | int) -> bool:
    return isinstance(step, int) or describes(step) or lists_renditions(step) or is_technical(step)


def _illustrate(draft: Draft, posters: list[Reference]) -> None:
    if not _has_poster(draft):
        draft.references = draft.references + posters


def _has_poster(draft: Draft) -> bool:
    return any(reference.role == "poster" for reference in draft.references)
