"""Concludes one item from each finding; merging joins those of one medium afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from harvester.model import (
    Basis,
    DateEvidence,
    Document,
    Finding,
    Id,
    Item,
    Location,
    Problem,
    Reference,
    Sighting,
    Span,
    pointer,
)
from harvester.model.vocabulary import Kind, Role
from harvester.resolve import dates
from harvester.resolve.identity import media_key
from harvester.resolve.locations import Bases, locations_of
from harvester.resolve.profiles import Claim, Profiles
from harvester.resolve.sightings import Sightings
from harvester.resolve.urls import host_of

_DATED_ROLES: Final = ("media", "poster")
_MAX_DATED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of the document in which findings stand.

    Attributes:
        title: The page's own, taken where a record in it has none.
        guess: Whether locations that are only guesses are listed.
    """

    document: Document
    bases: Bases
    profiles: Profiles
    title: str | None = None
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
    siblings = _Siblings(findings) if setting.guess else None
    for finding, places in zip(findings, spans, strict=True):
        sighting = sightings.of(finding, places)
        item, found = concluder.item(finding, sighting)
        if siblings and (guessed := siblings.guess(finding, item)):
            item = replace(item, locations=(*item.locations, *guessed))
        items.append(item)
        problems += [replace(problem, source=setting.document.id, spans=sighting.spans) for problem in found]
    return items, problems


class _Concluder:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._known: dict[tuple[object, ...], tuple[Item, list[Problem]]] = {}

    def item(self, finding: Finding, sighting: Sighting) -> tuple[Item, list[Problem]]:
        """Conclude one item; the same data seen again, as in a list that stands twice, is concluded once."""
        same = (
            finding.references,
            finding.ids,
            finding.title,
            finding.description,
            finding.kind,
            finding.relation,
            finding.duration_s,
            finding.published,
            tuple(finding.reads.items()),
            sighting.complete,
            sighting.repairs,
        )
        known = self._known.get(same)
        if known is None:
            known = self._known[same] = self._conclude(finding, sighting)
            return known
        return replace(known[0], sightings=(sighting,)), known[1]

    def _conclude(self, finding: Finding, sighting: Sighting) -> tuple[Item, list[Problem]]:
        setting = self._setting
        raws = [reference.raw for reference in finding.references]
        strong = [one for one in finding.ids if one.scheme != "local"]
        claim = setting.profiles.match(finding.fields, raws, setting.bases.page, strong)
        ids = tuple(dict.fromkeys((*(claim.ids if claim else ()), *finding.ids)))
        ids = _without_doubles(ids)
        kind = finding.kind
        if kind == "unknown" and claim and claim.kind != "unknown":
            kind = claim.kind
        dated = self._dates(finding, ids, claim)
        ladder = setting.profiles.locations(
            claim, paths=_paths(finding.references), ids=ids, kind=kind, fields=finding.fields, on=_on(dated)
        )
        locations, problems = locations_of(finding, setting.bases, ladder, guess=setting.guess)
        if claim and claim.rivals:
            problems.append(_overlap(claim))
        published = dates.declared_time(finding.published) if finding.published else None
        title = finding.title or (setting.title if _is_of_page(finding) else None)
        relation = finding.relation
        if claim and claim.relation != "unknown" and relation == "unknown":
            relation = claim.relation
        item = Item(
            key="",
            id=ids[0].value if ids else None,
            ids=ids,
            kind=_kind(kind, locations),
            relation=relation,
            title=title,
            description=finding.description,
            creators=finding.creators,
            rights=finding.rights,
            language=finding.language,
            duration_s=finding.duration_s,
            published_at=published,
            live=finding.live,
            site=claim.profile if claim and claim.specificity > 1 else None,
            locations=tuple(locations),
            dates=dated,
            sightings=(sighting,),
        )
        return named(item, setting.bases.page or setting.bases.base, setting.document.id), problems

    def _dates(self, finding: Finding, ids: Iterable[Id], claim: Claim | None) -> tuple[DateEvidence, ...]:
        before = self._setting.document.captured_at
        groups: list[list[DateEvidence]] = []
        seen: set[str] = set()
        for reference in finding.references:
            name = reference.raw.partition("?")[0]
            if reference.role in _DATED_ROLES and name not in seen and len(seen) < _MAX_DATED:
                seen.add(name)
                host = host_of(reference.raw) if "//" in reference.raw[:8] else None
                groups.append(dates.dates_in_name(name, before=before, host=host))
        groups += [dates.dates_in_id(one.scheme, one.value, before=before) for one in ids if one.scheme != "local"]
        for key, value in (("published", finding.published), ("modified", finding.modified)):
            if value:
                groups.append(dates.dates_in_field(key, value, before=before))
        return dates.corroborate([group for group in groups if group])


def named(item: Item, scope_url: str | None, scope: str) -> Item:
    """Give an item its key and aliases, made of what it has now."""
    media = [one for one in item.locations if one.role == "media" and one.confidence != "guessed"]
    url = next((one.url for one in media if one.url), None)
    if url is None:
        url = next((one.url for one in item.locations if one.role == "embed" and one.url), None)
    raw = next((one.raw for one in item.locations if one.role == "media" and one.raw), None)
    host = host_of(scope_url) if scope_url else ""
    found = media_key(
        item.ids, url=url, raw=raw, scope=host or scope, profile=item.site, text=item.title or _first_quote(item)
    )
    return replace(item, key=found.key, aliases=found.aliases)


def _first_quote(item: Item) -> str:
    return item.sightings[0].quote if item.sightings else ""


def _without_doubles(ids: tuple[Id, ...]) -> tuple[Id, ...]:
    """Leave out a local id whose value has a scheme already."""
    known = {one.value for one in ids if one.scheme != "local"}
    return tuple(one for one in ids if one.scheme != "local" or one.value not in known)


def _paths(references: Iterable[Reference]) -> dict[Role, list[str]]:
    paths: dict[Role, list[str]] = {}
    for reference in references:
        paths.setdefault(reference.role, []).append(reference.raw)
    return paths


def _on(dated: Sequence[DateEvidence]) -> datetime | None:
    for one in dated:
        if one.likelihood != "possible":
            try:
                return datetime.fromisoformat(one.value)
            except ValueError:
                continue
    return None


def _is_of_page(finding: Finding) -> bool:
    """Whether the page's title may stand for a record's own: not for what only surrounds the page's subject."""
    return finding.relation in ("main", "unknown")


def _kind(kind: Kind, locations: Sequence[Location]) -> Kind:
    if kind == "unknown" and any(one.delivery in ("hls", "dash", "smooth") for one in locations):
        return "video"
    return kind


def _overlap(claim: Claim) -> Problem:
    return Problem(
        stage="resolve",
        code="profile-overlap",
        severity="info",
        message=f"{claim.profile} claims this record, and so does {', '.join(claim.rivals)}; the more specific one wins",
        hint="narrow one of the profiles' rules, or name the one to use with --profile",
    )


class _Siblings:
    """Images in a list whose other records have their videos under the same naming."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._endings: dict[tuple[int, str, str], str] = {}
        for finding in findings:
            if finding.list and finding.kind == "video" and finding.references:
                shape, ending = _naming(finding.references[0].raw)
                self._endings.setdefault((id(finding.decoded), finding.list.pointer, shape), ending)

    def guess(self, finding: Finding, item: Item) -> list[Location]:
        """Give the video locations that an image's siblings suggest, each a guess."""
        if finding.kind != "image" or not finding.list or not finding.references:
            return []
        raw = finding.references[0].raw
        shape, ending = _naming(raw)
        other = self._endings.get((id(finding.decoded), finding.list.pointer, shape))
        if not other or other == ending:
            return []
        path = pointer(finding.references[0].path or ())
        return [
            Location(
                raw=one.raw,
                url=one.url[: -len(ending)] + other if one.url else None,
                role="media",
                delivery="file",
                basis=Basis(rule="siblings", pointer=path, base=one.url),
                confidence="guessed",
            )
            for one in item.locations
            if one.role == "media" and (one.url or one.raw).endswith(ending)
        ][:2]


def _naming(raw: str) -> tuple[str, str]:
    """A path with its digits levelled, without its ending; and the ending."""
    stem, dot, ending = raw.rpartition(".")
    levelled = "".join("0" if char.isdigit() else char for char in stem)
    return levelled, dot + ending
