"""One medium with all its locations, in the shape that the manifest has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from harvester.model.finding import Id, ListPosition
from harvester.model.value import Span, Value
from harvester.model.vocabulary import (
    Confidence,
    DateOf,
    Delivery,
    Kind,
    Likelihood,
    Live,
    Relation,
    RelationType,
    Role,
    State,
)


class Basis(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """By what a location was concluded.

    Attributes:
        rule: Such as `declared`, `base`, `profile:alalam#video-1`.
        sighting: Position of the sighting that it was read from.
        pointer: JSON Pointer, relative to that sighting's record.
        base: The URL against which a relative path was resolved.
    """

    rule: str
    sighting: int = 0
    pointer: str | None = None
    base: str | None = None

    @property
    def by_profile(self) -> bool:
        """Whether a site's profile made it, so that it does not stand in the document."""
        return self.rule.startswith("profile:")


class Location(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One URL of an item. What has a default of None is left out of the manifest when unknown.

    Attributes:
        raw: As it stands in the data.
        url: None where nothing resolves it.
        template: The URL with its placeholders, where `url` is one filled-in form of it.
        referer: The page to name when asking for it.
        archived: The memento (RFC 7089) in which it stood rewritten.
    """

    raw: str
    url: str | None
    role: Role
    delivery: Delivery
    basis: Basis
    confidence: Confidence
    observations: tuple[str, ...] = ()
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    bitrate_bps: int | None = None
    frame_rate: float | None = None
    size_bytes: int | None = None
    codecs: str | None = None
    language: str | None = None
    label: str | None = None
    template: str | None = None
    expires_at: datetime | None = None
    referer: str | None = None
    drm: str | None = None
    archived: str | None = None


class DateEvidence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A date that the data or a name gives, with what it rests on.

    Attributes:
        value: ISO 8601 local or zoned time, as precise as the source.
        precision: Such as `100ns`, `s`, `day`.
        zone: `utc`, an offset such as `+03:30`, or `unknown`.
        raw: The text that it was read from.
    """

    value: str
    precision: str
    zone: str
    of: DateOf
    decoder: str
    raw: str
    likelihood: Likelihood


class Sighting(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A finding as the manifest keeps it: what a source said, and where.

    Attributes:
        spans: Byte ranges of the document as stored that slice back to what was read.
        line: From 1, of the first span.
        column: From 1, in characters, of the first span.
        quote: Up to 200 characters of the first span, in case the source is lost.
    """

    source: str
    form: str
    spans: tuple[Span, ...]
    line: int
    column: int
    quote: str
    layers: tuple[str, ...]
    pointer: str
    list: ListPosition | None
    declared_bytes: int | None
    read_bytes: int | None
    complete: bool
    repairs: tuple[str, ...]
    fields: Mapping[str, Value]
    reads: Mapping[str, str]


class ItemRelation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How an item stands to another one, named by its key."""

    type: RelationType
    key: str


class Memento(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An archived version of a location (RFC 7089); `delta_s` is its distance from the document's date."""

    url: str
    captured_at: datetime
    archive: str
    digest: str | None = None
    delta_s: int | None = None


class Availability(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The best that is known of an item's locations; `location` is the position of the one it is about."""

    state: State
    reason: str
    location: int | None = None
    mementos: tuple[Memento, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One medium, as concluded from all its sightings. Keys stand in the manifest in this order."""

    key: str
    aliases: tuple[str, ...] = ()
    id: str | None = None
    ids: tuple[Id, ...] = ()
    kind: Kind = "unknown"
    relation: Relation = "unknown"
    title: str | None = None
    description: str | None = None
    creators: tuple[str, ...] = ()
    rights: str | None = None
    language: str | None = None
    duration_s: float | None = None
    published_at: datetime | None = None
    live: Live | None = None
    conflicts: tuple[str, ...] = ()
    site: str | None = None
    locations: tuple[Location, ...] = ()
    dates: tuple[DateEvidence, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    relations: tuple[ItemRelation, ...] = ()
    availability: Availability | None = None
