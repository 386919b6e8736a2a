"""Resolves what a finding refers to: from paths as they stand to full URLs with role and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from harvester.model import Basis, Finding, Location, Problem, Reference, pointer
from harvester.model.vocabulary import CONFIDENCES, Confidence, Role
from harvester.resolve import archived, names
from harvester.resolve.profiles import Ladder
from harvester.resolve.signed import expires
from harvester.resolve.sightings import is_complete
from harvester.resolve.urls import join

HARMLESS_REPAIRS: Final = frozenset(("skipped-code", "not-a-json-value", "unfilled-template", "too-deep"))
"""Notes on what was left out; what was read stands in the data to the letter."""

_KEPT_REFUSALS: Final = frozenset(("other-scheme", "credentials", "too-long", "invalid-host", "invalid"))
"""What is refused and still names a medium: it stays listed as it stands, without a URL."""

_PLAYLIST_OF_FILE: Final = re.compile(
    r"([^?#]+\.(?:mp4|m4v|mov|mp3|m4a|flv))/[^?#]+\.(?:m3u8|mpd)(?:[?#]|\Z)", re.IGNORECASE
)
"""Servers that pack a file on demand add the playlist's name behind the file's; the file itself may be had too."""

_PLACEHOLDER: Final = re.compile(
    r"\{\{?\s*(w|width|h|height|size|format|quality|ext|f|q)\s*\}?\}|%7[Bb](w|width|h|height)%7[Dd]"
)
_FILLED: Final[Mapping[str, str]] = {
    "w": "1280", "width": "1280", "h": "720", "height": "720", "size": "1280x720", "format": "jpg", "ext": "jpg",
    "f": "jpg", "q": "80", "quality": "80",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bases:
    """Against what paths are resolved.

    Attributes:
        base: The document's base URL, None where it is not known.
        page: The document's own URL.
    """

    base: str | None
    page: str | None


def locations_of(
    finding: Finding, bases: Bases, ladder: Ladder, *, guess: bool
) -> tuple[list[Location], list[Problem]]:
    """Give the locations of one finding: as the data has them, then those that profiles propose.

    A path that neither a base nor a profile resolves stays listed, without a URL.
    """
    problems: list[Problem] = [*ladder.problems]
    own: list[Location] = []
    doubtful = not is_complete(finding) or bool(set(finding.decoded.repairs) - HARMLESS_REPAIRS)
    for reference in finding.references:
        own += [
            one
            for one in _resolved(reference, bases, problems, doubtful=doubtful)
            if guess or not one.url or one.confidence != "guessed"
        ]
    proposed = [
        location
        for location in _proposed(finding, ladder, doubtful=doubtful)
        if guess or location.confidence != "guessed"
    ]
    resolved = {location.raw for location in proposed if location.raw}
    kept = [location for location in own if location.url or location.raw not in resolved]
    return unique([*kept, *proposed]), problems


def _pointer(reference: Reference) -> str | None:
    return None if reference.path is None else pointer(reference.path)


def unique(locations: Sequence[Location]) -> list[Location]:
    """Keep one location of each URL and role: the most confident, at the place of the first."""
    best: dict[tuple[str, Role], Location] = {}
    for location in locations:
        key = (location.url or f"\0{location.raw}", location.role)
        known = best.get(key)
        if known is None:
            best[key] = location
        elif CONFIDENCES.index(location.confidence) < CONFIDENCES.index(known.confidence):
            best[key] = location
    return list(best.values())


def _resolved(reference: Reference, bases: Bases, problems: list[Problem], *, doubtful: bool) -> Iterator[Location]:
    raw, template = _filled(reference)
    joined = join(raw, bases.base)
    if joined.url is None:
        if joined.reason != "no-base":
            problems.append(_refused(reference, str(joined.reason)))
            if joined.reason not in _KEPT_REFUSALS:
                return
        yield _location(reference, None, Basis(rule="unresolved", pointer=_pointer(reference)), "guessed", template)
        return
    rewritten = archived.split(joined.url)
    absolute = "://" in reference.raw[:12]
    confidence: Confidence = "declared" if absolute and not doubtful and not template else "inferred"
    rule = "declared" if absolute else "base"
    basis = Basis(rule=rule, pointer=_pointer(reference), base=None if absolute else bases.base)
    url = rewritten.original if rewritten else joined.url
    yield _location(reference, url, basis, confidence, template, rewritten.memento if rewritten else None)
    file = _PLAYLIST_OF_FILE.match(url)
    if file and reference.role == "media":
        whole = replace(reference, delivery="file", media_type=None)
        basis = Basis(rule="playlist-of-file", pointer=_pointer(reference), base=url)
        yield _location(whole, file[1], basis, "guessed", None)


def _filled(reference: Reference) -> tuple[str, str | None]:
    """One filled-in form of a URL with placeholders for sizes, and the template itself."""
    if "{" not in reference.raw and "%7" not in reference.raw:
        return reference.raw, None
    filled = _PLACEHOLDER.sub(lambda found: _FILLED[found[1] or found[2]], reference.raw)
    return (filled, reference.raw) if filled != reference.raw else (reference.raw, None)


def _location(
    reference: Reference,
    url: str | None,
    basis: Basis,
    confidence: Confidence,
    template: str | None,
    memento: str | None = None,
) -> Location:
    lacking = reference.role == "media" and not (reference.height and reference.bitrate_bps)
    facts = names.facts(reference.raw.partition("?")[0]) if lacking else None
    expiry = expires(url) if url else None
    return Location(
        raw=reference.raw,
        url=url,
        role=reference.role,
        delivery=reference.delivery,
        basis=basis,
        confidence=confidence,
        media_type=reference.media_type,
        width=reference.width or (facts.width if facts else None),
        height=reference.height or (facts.height if facts else None),
        bitrate_bps=reference.bitrate_bps or (facts.bitrate_bps if facts else None),
        frame_rate=reference.frame_rate or (facts.frame_rate if facts else None),
        size_bytes=reference.size_bytes,
        codecs=reference.codecs,
        language=reference.language or (facts.language if facts else None),
        label=reference.label,
        template=template,
        expires_at=expiry.at if expiry else None,
        drm=reference.drm,
        archived=memento,
    )


def _proposed(finding: Finding, ladder: Ladder, *, doubtful: bool) -> Iterator[Location]:
    for one in ladder.proposed:
        confidence: Confidence = (
            "inferred" if doubtful and one.confidence in ("declared", "observed") else one.confidence
        )
        facts = names.facts(one.raw) if one.role == "media" and one.raw else None
        yield Location(
            raw=one.raw,
            url=one.url,
            role=one.role,
            delivery=one.delivery,
            basis=Basis(rule=one.rule, pointer=finding.reads.get(one.fact)),
            confidence=confidence,
            frame_rate=facts.frame_rate if facts else None,
            width=facts.width if facts else None,
            height=facts.height if facts else None,
        )


def _refused(reference: Reference, reason: str) -> Problem:
    return Problem(
        stage="resolve",
        code=f"refused-{reason}",
        severity="info",
        message=f"no location: {reference.raw[:120]!r} is refused ({reason})",
    )
