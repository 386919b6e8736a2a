"""Tells which references are of one medium, and which of several media is the one that an object describes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from harvester.model import Path, Reference
from harvester.recognise.describing import describes, is_label
from harvester.recognise.drafts import RENDITIONS, Draft, Group, Loose
from harvester.recognise.relations import aside_by_file, aside_by_name, relation_by_names, words_of
from harvester.recognise.shapes import shape
from harvester.recognise.table import is_technical, normal

_FORMAT: Final = re.compile(r"(?:m3u8?|hls|dash|mpd|mp[34]|m4[av]|webm|ogg|aac|u?hd|fhd|sd|\d{3,4}p?)s?")
_MOST_RENDITIONS: Final = 40
_SAME_LENGTH_S: Final = 2.0
_SAME_SHAPE: Final = 0.03
_SHARED: Final = frozenset("share shares sharing embed embedding".split())


class Sets(msgspec.Struct, frozen=True, gc=False):
    """References sorted by medium.

    Attributes:
        first: Those of the medium that the object itself is about, if that can be told.
        others: Those of each other medium.
    """

    first: Loose | None
    others: list[Loose]

    def every(self) -> list[Loose]:
        """Give the references of each medium."""
        return [self.first, *self.others] if self.first else self.others


@lru_cache(maxsize=4096)
def lists_renditions(key: str) -> bool:
    """Whether what stands under a key is the forms of one medium: by the table, or because it is a form's name."""
    name = normal(key)
    return name in RENDITIONS or _FORMAT.fullmatch(name) is not None


def is_rendition(at: Path) -> bool:
    """Whether a place is one where the forms of one medium are listed: there an id alone is a rendition's."""
    for step in reversed(at[-2:]):
        if isinstance(step, str):
            return lists_renditions(step)
    return False


def sets_of(own: list[Reference], bare: list[Loose], at: Path, group: Group, *, described: bool, medium: bool) -> Sets:
    """Sort what stands in an object by medium.

    Of a medium that the object describes are the URLs under its own keys and the lists of its forms. What is only a
    preview of it, an advertisement or a sound is never taken for it where there is anything else.

    Args:
        own: References under the object's own keys.
        bare: What its members hand up.
        at: Where the object stands.
        group: Tells renditions of one medium from other media.
        described: Whether the object says anything of a medium.
        medium: Whether it says what only media have: a length, a media id.
    """
    several = len(bare) + len(own) > 1
    for one in bare:
        one.aside = one.aside or aside_by_name(one.key) or (_aside_by_files(one) if several else "")
    first, others = _own_sets(own, at, group, described=described)
    if not bare:
        return _chosen(first, others, group, medium=medium) if described and others else Sets(first, others)
    named = first is not None
    is_free = not own or (not named and bool(others) and bool(others[0].aside))
    known = _Names(first, group)
    for one in bare:
        if one.aside:
            others.append(one)
        elif first is None and is_free and _is_technical(one):
            first = one
        elif first is not None and (_is_technical(one) or (named and known.share(one))):
            first.take(one)
            known.add(one)
        else:
            others.append(one)
    if described:
        return _chosen(first, others, group, medium=medium)
    if first is not None and not named and others and not others[0].aside:
        others[0].take(first)  # what stands beside lists of forms in a mere wrapper is one more form
        return Sets(others[0], others[1:])
    return Sets(first, others)


def _own_sets(own: list[Reference], at: Path, group: Group, *, described: bool) -> tuple[Loose | None, list[Loose]]:
    """The sets that an object's own URLs make: one where it describes a medium or only forms of one are named."""
    if not own:
        return None, []
    if not described and len(own) > 1 and not all(is_technical(key_of(reference)) for reference in own):
        return None, by_group([Loose(at, [reference], key_of(reference)) for reference in own], group)
    sides = [_aside(reference) for reference in own]
    if not any(sides):
        return Loose(at, own), []
    paired = list(zip(own, sides, strict=True))
    main = [one for one, side in paired if not side]
    aside = [Loose(at, [one], key_of(one), aside=side) for one, side in paired if side]
    return Loose(at, main) if main else None, aside


def _chosen(first: Loose | None, others: list[Loose], group: Group, *, medium: bool) -> Sets:
    """The sets in an object that describes a medium, with the one that it describes first."""
    others = _with_asides_joined(others)
    if first is not None:
        return _with_player(first, others)
    fitting = [one for one in others if medium or not one.is_listed()]
    if any(not one.aside for one in others):
        fitting = [one for one in fitting if not one.aside]
    taken = {id(one) for one in fitting}
    rest = [one for one in others if id(one) not in taken]
    fitting = by_group(fitting, group)
    if medium and len(fitting) > 1 and _differ_in_delivery(fitting):
        for one in fitting[1:]:
            fitting[0].take(one)
        fitting = fitting[:1]
    named = [one for one in fitting if describes(one.key)] if len(fitting) > 1 else fitting
    if len(named) != 1:
        return Sets(None, [*fitting, *rest])
    return Sets(named[0], [*(one for one in fitting if one is not named[0]), *rest])


def _differ_in_delivery(sets: list[Loose]) -> bool:
    """Whether each set is delivered in a way of its own, as the stream and the file of one medium are."""
    ways = [reference.delivery for one in sets for reference in one.references]
    return len(set(ways)) == len(ways) and not {"hls", "dash"}.isdisjoint(ways)


def _with_player(first: Loose, others: list[Loose]) -> Sets:
    """What an object describes, with its player's page: the only one that stands beneath.

    What is given to be shared is of the medium, though the links that stand in the same markup make a list of it.
    """
    players = [
        one
        for one in others
        if not (one.aside or one.media() or relation_by_names([one.key]) == "related")
        and (not one.is_listed() or not _SHARED.isdisjoint(words_of([one.key])))
    ]
    if len(players) != 1:
        return Sets(first, others)
    first.take(players[0])
    return Sets(first, [one for one in others if one is not players[0]])


def _with_asides_joined(sets: list[Loose]) -> list[Loose]:
    """The previews of what one object describes are one preview, in one size or several; likewise its advertising."""
    kept: list[Loose] = []
    asides: dict[str, Loose] = {}
    for one in sets:
        if one.aside in asides and one.aside != "related" and not one.is_listed():
            asides[one.aside].take(one)
            continue
        if one.aside:
            asides[one.aside] = one
        kept.append(one)
    return kept


class _Names:
    """The names of media that a set has, told apart as renditions are."""

    def __init__(self, first: Loose | None, group: Group) -> None:
        self._pending, self._group = [first] if first else [], group
        self._names: set[str] = set()

    def add(self, one: Loose) -> None:
        self._pending.append(one)

    def share(self, one: Loose) -> bool:
        for new in self._pending:
            self._names.update(map(self._group, new.media()))
        self._pending = []
        return any(self._group(raw) in self._names for raw in one.media())


def by_group(loose: list[Loose], group: Group) -> list[Loose]:
    """Join what is told to be one medium by its names alone."""
    if len(loose) < 2:
        return loose
    groups: dict[str, Loose] = {}
    for one in loose:
        media = one.media()
        name = group(media[0]) if media else f"\0{len(groups)}"
        if name in groups:
            groups[name].take(one)
        else:
            groups[name] = one
    return list(groups.values())


def renditions_among(drafts: list[Draft], loose: list[Loose]) -> bool:
    """Whether the entries of a list are the forms of one medium, told by what they say.

    They say how they differ (size, rate, quality, type), say it differently, and say nothing by which a person would
    know a medium: no title, no description, no picture, no media id. What their lengths and proportions say agrees.
    """
    if not all(map(_is_anonymous, drafts)):
        return False
    entries = [one.references for one in loose] + [one.references for one in drafts]
    references = [reference for entry in entries for reference in entry]
    if len(references) > _MOST_RENDITIONS or any(one.role != "media" for one in references):
        return False
    lengths = [draft.facts.duration_s for draft in drafts if draft.facts.duration_s]
    lengths += [one.lasts[0] for one in loose if one.lasts]
    if lengths and max(lengths) - min(lengths) > _SAME_LENGTH_S:
        return False
    forms = [{_form_of(reference) for reference in entry} for entry in entries]
    told = set().union(*forms)
    return len(told) == sum(map(len, forms)) and any(any(form[1:]) for form in told) and _of_one_shape(references)


def all_differ(loose: list[Loose]) -> bool:
    """Whether no two entries of a list are in one form."""
    forms = {(shape(one.raw)[1], *_form_of(one)) for entry in loose for one in entry.references}
    return len(forms) == len(loose)


def _is_anonymous(draft: Draft) -> bool:
    facts = draft.facts
    return not ((facts.title and not is_label(facts.title)) or facts.description or facts.media_ids or facts.published)


def _form_of(reference: Reference) -> tuple[str, int | None, int | None, str | None]:
    label = reference.label if reference.label and is_technical(reference.label) else None
    return reference.delivery, reference.height, reference.bitrate_bps, label


def _of_one_shape(references: Iterable[Reference]) -> bool:
    """Whether all stated sizes have one proportion, so that they can show one picture."""
    ratios = [one.width / one.height for one in references if one.width and one.height]
    return not ratios or max(ratios) - min(ratios) <= _SAME_SHAPE * max(ratios)


def _is_technical(one: Loose) -> bool:
    return one.renditions or _names_form(one.key)


@lru_cache(maxsize=4096)
def _names_form(key: str) -> bool:
    return normal(key) in RENDITIONS or is_technical(key)


def key_of(reference: Reference) -> str:
    """Give the key under which a reference stands, or an empty text."""
    return str(reference.path[-1]) if reference.path else ""


def _aside(reference: Reference) -> str:
    return aside_by_name(key_of(reference)) or (aside_by_file(reference.raw) if reference.role == "media" else "")


def _aside_by_files(one: Loose) -> str:
    """What all files of a set say that they are besides media of the page; an empty text where they don't."""
    sides = {aside_by_file(raw) for raw in one.media()[:_MOST_RENDITIONS]}
    return sides.pop() if len(sides) == 1 else ""
