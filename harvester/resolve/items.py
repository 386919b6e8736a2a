"""Concludes one item from each finding; merging joins those of one medium afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from harvester.model import Document, Finding, Id, Item, Location, Problem, Reference, Sighting, Span
from harvester.model.vocabulary import Kind, Role
from harvester.resolve.dating import dates_of, likely_time
from harvester.resolve.hosts import folded_host
from harvester.resolve.identity import MediaKey, media_key
from harvester.resolve.locations import Bases, is_toolbar, locations_of
from harvester.resolve.profiles import Claim, Ladder, Profiles
from harvester.resolve.siblings import Siblings
from harvester.resolve.sightings import Sightings
from harvester.resolve.urls import host_of

_NO_LADDER: Final = Ladder()
_SAY_NOTHING: Final = ((), None, None, None)


class Setting(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is known of the document in which findings stand.

    Attributes:
        guess: Whether locations that are only guesses are listed.
    """

    document: Document
    bases: Bases
    profiles: Profiles
    language: str | None = None
    guess: bool = True


def conclude(
    findings: Sequence[Finding], spans: Sequence[tuple[Span, ...]], setting: Setting
) -> tuple[list[Item], list[Problem]]:
    """Give an item for each finding, in the findings' order, and what went wrong."""
    sightings = Sightings(setting.document)
    concluder = _Concluder(setting)
    items: list[Item] = []
    problems: list[Problem] = []
    siblings = Siblings(findings) if setting.guess else None
    for finding, places in zip(findings, spans, strict=True):
        sighting = sightings.of(finding, places)
        item, found = concluder.item(finding, sighting)
        if siblings and (guessed := siblings.guess(finding, item.locations)):
            item = replace(item, locations=(*item.locations, *guessed))
        items.append(item)
        if found:
            problems += [replace(problem, source=setting.document.id, spans=sighting.spans) for problem in found]
    return items, problems


class _Concluder:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._bases = setting.bases.original()
        self._page = self._bases.page or self._bases.base
        self._scope = (folded_host(host_of(self._page)) if self._page else "") or setting.document.id
        self._known: dict[tuple[object, ...], tuple[Finding, Item, list[Problem]]] = {}

    def item(self, finding: Finding, sighting: Sighting) -> tuple[Item, list[Problem]]:
        """Conclude one item; the same data seen again, as in a list that stands twice, is concluded once."""
        key = (finding.title, finding.published, *[reference.raw for reference in finding.references])
        if known := self._known.get(key):
            before, item, problems = known
            if _said(before, item.sightings[0]) == _said(finding, sighting):
                return replace(item, sightings=(sighting,)), problems
        item, problems = self._conclude(finding, sighting)
        self._known[key] = finding, item, problems
        return item, problems

    def _conclude(self, finding: Finding, sighting: Sighting) -> tuple[Item, list[Problem]]:
        setting = self._setting
        claim, ids = self._claimed(finding)
        kind, relation = finding.kind, finding.relation
        if kind == "unknown" and claim:
            kind = claim.kind
        if relation == "unknown" and claim:
            relation = claim.relation
        dated = dates_of(finding, ids, setting.document.captured_at)
        ladder = _NO_LADDER
        if claim or ids:
            ladder = setting.profiles.locations(
                claim,
                paths=_paths(finding.references),
                ids=ids,
                kind=kind,
                fields=finding.fields,
                on=likely_time(dated),
            )
        locations, problems = locations_of(finding, self._bases, ladder, guess=setting.guess)
        if claim and claim.rivals:
            problems.append(_overlap(claim))
        if self._bases.archive and finding.references and all(is_toolbar(one.raw) for one in finding.references):
            relation = "interface"
        site = claim.profile if claim and claim.specificity > 1 else None
        named = self._named(ids, locations, site, finding.title or sighting.quote)
        item = Item(
            key=named.key,
            aliases=named.aliases,
            id=ids[0].value if ids else None,
            ids=ids,
            kind=_kind(kind, locations),
            relation=relation,
            title=finding.title,
            description=finding.description,
            duration_s=finding.duration_s,
            published_at=_published(finding),
            site=site,
            locations=tuple(locations),
            dates=dated,
            sightings=(sighting,),
        )
        # What few records say is put in afterwards: a call with more than 15 keywords has to make a dict first.
        said = (finding.creators, finding.rights, finding.language, finding.live)
        if said != _SAY_NOTHING:
            creators, rights, language, live = said
            item = replace(item, creators=creators, rights=rights, language=language, live=live)
        return item, problems

    def _named(self, ids: Sequence[Id], locations: Sequence[Location], site: str | None, text: str) -> MediaKey:
        raws = [one.raw for one in locations if one.role == "media" and one.raw]
        raw = raws[0] if raws else None
        return media_key(ids, url=_own_url(locations), raw=raw, scope=self._scope, profile=site, text=text)

    def _claimed(self, finding: Finding) -> tuple[Claim | None, tuple[Id, ...]]:
        """Which profile claims a finding, and all ids, the profile's first."""
        raws = [reference.raw for reference in finding.references]
        strong = [one for one in finding.ids if one.scheme != "local"]
        claim = self._setting.profiles.match(finding.fields, raws, self._bases.page, strong)
        ids = (*claim.ids, *finding.ids) if claim else finding.ids
        return claim, _without_doubles(tuple(dict.fromkeys(ids))) if len(ids) > 1 else ids


def _said(finding: Finding, sighting: Sighting) -> tuple[object, ...]:
    """All that an item is concluded from."""
    return (
        finding.fields,
        finding.references,
        finding.ids,
        finding.description,
        finding.kind,
        finding.relation,
        finding.duration_s,
        finding.modified,
        finding.creators,
        finding.rights,
        finding.language,
        finding.live,
        finding.reads,
        sighting.complete,
        sighting.repairs,
    )


def _own_url(locations: Iterable[Location]) -> str | None:
    """The URL that names the medium: a full one of itself, else a resolved path, else what embeds it."""
    path = embed = None
    for one in locations:
        if one.role == "media":
            if one.url and one.confidence != "guessed":
                if one.confidence != "inferred":
                    return one.url
                path = path or one.url
        elif one.role == "embed":
            embed = embed or one.url
    return path or embed


def _without_doubles(ids: tuple[Id, ...]) -> tuple[Id, ...]:
    """Leave out a local id whose value has a scheme already."""
    known = {one.value for one in ids if one.scheme != "local"}
    return tuple(one for one in ids if one.scheme != "local" or one.value not in known)


def _paths(references: Iterable[Reference]) -> dict[Role, list[str]]:
    paths: dict[Role, list[str]] = {}
    for reference in references:
        paths.setdefault(reference.role, []).append(reference.raw)
    return paths


def _published(finding: Finding) -> datetime | None:
    if not finding.published:
        return None
    from harvester.resolve.dates.declared import declared_time  # noqa: PLC0415 - leaked records state no dates

    return declared_time(finding.published)


def _kind(kind: Kind, locations: Sequence[Location]) -> Kind:
    if kind == "unknown" and any(one.delivery in ("hls", "dash", "smooth") for one in locations):
        return "video"
    return kind


def _overlap(claim: Claim) -> Problem:
    return Problem(
        stage="resolve",
        code="profile-overlap",
        severity="info",
        message=f"{claim.profile} claims this record, so does {', '.join(claim.rivals)}; the more specific one wins",
        hint="narrow one of the profiles' rules, or name the one to use with --profile",
    )
