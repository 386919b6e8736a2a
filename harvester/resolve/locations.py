"""Resolves what a finding refers to: from paths as they stand to full URLs with role and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from harvester.model import Basis, Finding, Location, Problem, Reference, pointer
from harvester.model.vocabulary import Confidence
from harvester.resolve import archived, names
from harvester.resolve.alike import unique, without_paths_of
from harvester.resolve.placeholders import filled_in, is_open
from harvester.resolve.profiles import Ladder
from harvester.resolve.sightings import is_complete
from harvester.resolve.signed import expires
from harvester.resolve.urls import host_url, join

HARMLESS_REPAIRS: Final = frozenset(("skipped-code", "not-a-json-value", "unfilled-template", "too-deep"))
"""Notes on what was left out; what was read stands in the data to the letter."""

_KEPT_REFUSALS: Final = frozenset(("other-scheme", "credentials", "too-long", "invalid-host", "invalid"))
"""What is refused and still names a medium: it stays listed as it stands, without a URL."""

_PLAYLIST_OF_FILE: Final = re.compile(
    r"([^?#]+\.(?:mp4|m4v|mov|mp3|m4a|flv))/[^?#]+\.(?:m3u8|mpd)(?:[?#]|\Z)", re.IGNORECASE
)
"""Servers that pack a file on demand add the playlist's name behind the file's; the file itself may be had too."""

_FEWEST: Final = 2
_NONE_OF_THEM: Final = (None, None, None, None)
_TOOLBAR: Final = re.compile(r"(?:(?:https?:)?//(?:[\w-]+\.)?archive\.org)?/_static/")
"""What the Wayback Machine puts on every page: its own files, never the page's."""


class Bases(msgspec.Struct, frozen=True, gc=False):
    """Against what paths are resolved.

    Attributes:
        base: The document's base URL, None where it is not known.
        page: The document's own URL.
        archive: The document's base URL in the archive that it was saved from, where it was; the others are then
            those of the original.
    """

    base: str | None
    page: str | None
    archive: str | None = None

    def original(self) -> Bases:
        """Give the bases of the page that an archive's copy stands for: what the archive didn't rewrite is its."""
        base = archived.split(self.base) if self.base else None
        page = archived.split(self.page) if self.page else None
        if not (base or page):
            return self
        return Bases(
            base=base.original if base else self.base,
            page=page.original if page else self.page,
            archive=self.base if base else self.archive,
        )

    def of(self, raw: str) -> str | None:
        """Give the base for a path: the archive's for what it has rewritten, and for its own files."""
        if self.archive and raw.startswith("/") and (_TOOLBAR.match(raw) or archived.split(raw)):
            return self.archive
        return self.base


def is_toolbar(raw: str) -> bool:
    """Whether a path or URL is of an archive's own interface."""
    return _TOOLBAR.match(raw) is not None


def locations_of(
    finding: Finding, bases: Bases, ladder: Ladder, *, guess: bool
) -> tuple[list[Location], list[Problem]]:
    """Give the locations of one finding: as the data has them, then those that profiles propose.

    A path that neither a base nor a profile resolves stays listed, without a URL.
    """
    problems: list[Problem] = [*ladder.problems]
    own: list[Location] = []
    repairs = finding.decoded.repairs
    doubtful = not is_complete(finding) or (bool(repairs) and not HARMLESS_REPAIRS.issuperset(repairs))
    for reference in finding.references:
        own += _resolved(reference, bases, problems, doubtful=doubtful)
    if len(own) >= _FEWEST:
        own = _with_languages(own)
    if not guess:
        own = [one for one in own if not one.url or one.confidence != "guessed"]
    if not ladder.proposed:
        return without_paths_of(unique(own)), problems
    proposed = [
        location
        for location in _proposed(finding, ladder, doubtful=doubtful)
        if guess or location.confidence != "guessed"
    ]
    resolved = {location.raw for location in proposed if location.raw}
    kept = [location for location in own if location.url or location.raw not in resolved]
    return without_paths_of(unique([*kept, *proposed])), problems


def _pointer(reference: Reference) -> str | None:
    return None if reference.path is None else pointer(reference.path)


def _resolved(reference: Reference, bases: Bases, problems: list[Problem], *, doubtful: bool) -> list[Location]:
    raw, template = filled_in(reference.raw)
    place = _pointer(reference)
    if template and is_open(raw):
        return [_location(reference, None, Basis(rule="unresolved", pointer=place), "guessed", template)]
    base = bases.of(raw) if bases.archive else bases.base
    joined = join(raw, base)
    if joined.url is None:
        if joined.reason != "no-base":
            problems.append(_refused(str(joined.reason)))
            if joined.reason not in _KEPT_REFUSALS:
                return []
        return [_location(reference, None, Basis(rule="unresolved", pointer=place), "guessed", template)]
    if "looks-like-host" in joined.notes:
        return _either(reference, raw, template, joined.url, base)
    rewritten = archived.split(joined.url)
    confidence: Confidence
    if "://" in raw[:12]:
        basis = Basis(rule="declared", pointer=place)
        confidence = "inferred" if doubtful or template else "declared"
    else:
        basis = Basis(rule="base", pointer=place, base=base)
        confidence = "inferred"
    url = rewritten.original if rewritten else joined.url
    found = [_location(reference, url, basis, confidence, template, rewritten.memento if rewritten else None)]
    if reference.role == "media" and _is_playlist(url) and (file := _PLAYLIST_OF_FILE.match(url)):
        whole = replace(reference, delivery="file", media_type=None)
        basis = Basis(rule="playlist-of-file", pointer=place, base=url)
        found.append(_location(whole, file[1], basis, "guessed", None))
    return found


def _either(reference: Reference, raw: str, template: str | None, joined: str, base: str | None) -> list[Location]:
    """Both readings of a path that begins like a host: with its scheme left out, and as a browser reads it."""
    place = _pointer(reference)
    readings: list[tuple[str, str, str | None]] = [("base", joined, base)]
    if with_host := host_url(raw).url:
        readings.insert(0, ("host", with_host, None))
    return [
        _location(reference, url, Basis(rule=rule, pointer=place, base=against), "guessed", template)
        for rule, url, against in readings
    ]


def _is_playlist(url: str) -> bool:
    lower = url.lower()
    return ".m3u8" in lower or ".mpd" in lower


def _location(
    reference: Reference,
    url: str | None,
    basis: Basis,
    confidence: Confidence,
    template: str | None,
    memento: str | None = None,
) -> Location:
    role, delivery, language = reference.role, reference.delivery, reference.language
    facts = names.NOTHING
    if role == "media":
        facts = _said_by_name(reference)
    elif delivery == "unknown" and role in ("poster", "caption", "storyboard"):
        # What goes with a medium is a file, unless it is said to be something else.
        delivery = "hls" if ".m3u8" in reference.raw else "file"
    if role == "caption" and not language:
        language = names.facts(reference.raw.partition("?")[0]).language
    expiry = expires(url) if url else None
    location = Location(
        raw=reference.raw,
        url=url,
        role=role,
        delivery=delivery,
        basis=basis,
        confidence=confidence,
        media_type=reference.media_type,
        width=reference.width or facts.width,
        height=reference.height or facts.height,
        bitrate_bps=reference.bitrate_bps or facts.bitrate_bps,
        size_bytes=reference.size_bytes,
        codecs=reference.codecs,
        label=reference.label,
        template=template,
        expires_at=expiry.at if expiry else None,
    )
    # What few have is put in afterwards: a call with more than 15 keywords has to make a dict first.
    rare = (reference.frame_rate or facts.frame_rate, language, reference.drm, memento)
    if rare == _NONE_OF_THEM:
        return location
    frame_rate, language, drm, archived_as = rare
    return replace(location, frame_rate=frame_rate, language=language, drm=drm, archived=archived_as)


def _said_by_name(reference: Reference) -> names.NameFacts:
    """What a file's name says where the record doesn't; a size that the record contradicts is another one's."""
    if reference.height and reference.bitrate_bps:
        return names.NOTHING
    facts = names.facts(reference.raw.partition("?")[0])
    if (reference.width or facts.width) == facts.width and (reference.height or facts.height) == facts.height:
        return facts
    return replace(facts, width=None, height=None)


def _with_languages(locations: list[Location]) -> list[Location]:
    """Locations with the languages that their names tell apart.

    A word of two letters at the end of a film's name is one where all its files have one and they differ.
    """
    spoken: dict[int, str] = {}
    for one in locations:
        if one.role == "media" and one.delivery in ("file", "unknown"):
            language = names.facts(one.raw.partition("?")[0]).language
            if language is None:
                return locations
            spoken[id(one)] = language
    if len(set(spoken.values())) < _FEWEST:
        return locations
    return [replace(one, language=one.language or spoken[id(one)]) if id(one) in spoken else one for one in locations]


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


def _refused(reason: str) -> Problem:
    return Problem(
        stage="resolve",
        code=f"refused-{reason}",
        severity="info",
        message=f"no location: a path or URL is refused ({reason})",
    )
