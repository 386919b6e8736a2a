"""What a profile file may say, key by key; the reference for whoever writes one.

The classes are msgspec's and not pydantic's: the file is data of a fixed shape, and on the way of the main job
importing pydantic alone costs as much as reading all shipped profiles.

Host lists name a host (`youtu.be`), a host and all below it (`.youtube.com`), or any host (`*`).
Patterns are Python regular expressions. Those for paths begin at the path's start and end where one of its
segments ends; those for values must fit the whole value.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import msgspec

from harvester.model.vocabulary import Confidence, Delivery, Kind, Relation, Role

Record: TypeAlias = dict[str, str | int | float | bool | None]
"""A record's own scalar fields."""


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Knows its keys and no others."""


class ClaimRule(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By what a record is known to be of this site; all that is said must hold, several rules are alternatives.

    Attributes:
        name: For `harvest explain`; made of kind and position where left out.
        document: Hosts of the document in which the record stands.
        urls: Hosts of the record's own URLs, one is enough.
        path: One of the record's raw paths or URL paths begins like this; its groups are placeholders.
        fields: Fields that the record has, each with a pattern for its value, empty for any value.
    """

    name: str = ""
    document: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    path: str = ""
    fields: dict[str, str] = {}


class IdRule(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an id stands: in a record's field, or in a URL.

    Attributes:
        scheme: In what the id is unique; may hold groups, as in `brightcove:{account}`.
        field: The record's field that holds it; only of records that the profile claims.
        pattern: What the field's value looks like, with a group `id` or as a whole.
        hosts: Hosts of URLs that hold it; the profile's own hosts where left out.
        path: Start of the URL's path, with groups.
        query: Parameter to pattern of its decoded value, with groups; all must be there.
        fragment: Pattern found at the fragment's start, with groups.
        inner: Parameter that holds a URL in which the id stands, by whatever rule fits that one.
        role: What a URL of this shape is for the medium.
        delivery: How it delivers, where it does.
        kind: What the id names.
    """

    name: str = ""
    scheme: str = ""
    field: str = ""
    pattern: str = ""
    hosts: tuple[str, ...] = ()
    path: str = ""
    query: dict[str, str] = {}
    fragment: str = ""
    inner: str = ""
    role: Role | None = None
    delivery: Delivery = "unknown"
    kind: Kind = "unknown"


class When(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of what a location is tried; all that is said must hold.

    Attributes:
        kind: Kinds of the item.
        extension: Extensions of the raw path, in lower case without dot.
        path: Start of the raw path; its groups are placeholders.
        fields: Fields of the record, each with a pattern for its value.
        scheme: Platforms of the id.
    """

    kind: tuple[Kind, ...] = ()
    extension: tuple[str, ...] = ()
    path: str = ""
    fields: dict[str, str] = {}
    scheme: tuple[str, ...] = ()


class LocationRule(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place where the medium, or what belongs to it, may be had; the file's order is the order of trial.

    Attributes:
        template: URL with placeholders: `{id}`, `{account}` (what stands behind the scheme's colon), `{path}`,
            `{host}` (of the URL that was recognised), groups of patterns, names of `[let]`.
        uses: The role of the raw path that fills `{path}`; the location's own role where left out. So a poster is
            made of a video's path, and a video of a poster's.
        confidence: `observed` only with a URL of that shape in `seen`.
        seen: URLs of that shape that stand on public pages.
        source: Where that knowledge comes from: a page's address, or what was looked at.
        valid_from: First day on which this layout was in use; by the item's own dates.
        valid_to: Last such day.
    """

    role: Role
    template: str
    source: str
    name: str = ""
    uses: Role | None = None
    confidence: Confidence = "guessed"
    seen: tuple[str, ...] = ()
    delivery: Delivery = "unknown"
    when: When = When()
    valid_from: date | None = None
    valid_to: date | None = None


class Answer(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one answer of a platform means; all that is given must hold.

    Attributes:
        reason: One of the reasons of an observation.
        status: HTTP statuses that it is about, empty for any.
        contains: Text that the first bytes of the body have in them, whatever its case.
        size_bytes: Content-Length, for answers that are always the same.
    """

    reason: str
    status: tuple[int, ...] = ()
    contains: str = ""
    size_bytes: int | None = None


class Probe(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to ask a platform about an id, where its pages answer 200 for what is gone.

    Attributes:
        url: Template with `{id}` and `{account}`, asked for by GET.
        answers: The first that fits counts; where none does, the status speaks as everywhere.
    """

    scheme: str
    url: str
    source: str
    answers: tuple[Answer, ...]
    name: str = ""


class ArchiveLookup(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an archive keeps media by id.

    Attributes:
        found: HTTP statuses that say that it has it.
    """

    scheme: str
    url: str
    source: str
    found: tuple[int, ...] = (200,)
    name: str = ""


class Soft404(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a 200 looks like that means "gone".

    Attributes:
        hosts: The profile's own where left out.
        url: Pattern of the path at which the redirects end.
        body: Pattern found in the first bytes of the body.
        sha256: Digest of a placeholder's whole body.
        size_bytes: Size of a placeholder's whole body.
    """

    source: str
    hosts: tuple[str, ...] = ()
    url: str = ""
    body: str = ""
    sha256: str = ""
    size_bytes: int | None = None


class Politeness(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The pace towards hosts.

    Attributes:
        hosts: The profile's own where left out.
        key: Hosts with the same key share one queue, as those of one CDN should.
        rate_per_s: Requests a second for the whole key.
        connections: Requests at the same time.
    """

    source: str
    hosts: tuple[str, ...] = ()
    key: str = ""
    rate_per_s: float | None = None
    connections: int | None = None


class Example(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes of a URL or a record; examples are run as tests.

    Attributes:
        url: A URL that holds an id, or, with `none`, one that only looks like it.
        record: A record's fields.
        document: URL of the document in which the record stands.
        paths: Raw paths of the record by role.
        kind: The item's kind.
        on: The item's date.
        ids: All ids, as `scheme:value`.
        locations: All locations in order; left out where only the ids matter.
        none: Nothing comes of it.
        refused: The path is refused, with a Problem.
    """

    url: str = ""
    record: Record | None = None
    document: str | None = None
    paths: dict[Role, tuple[str, ...]] = {}
    kind: Kind = "unknown"
    on: date | None = None
    ids: tuple[str, ...] = ()
    locations: tuple[str, ...] | None = None
    none: bool = False
    refused: bool = False


class ProfileFile(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file: what is known of one site or platform.

    Attributes:
        name: As the file's, without suffix.
        title: As people call it.
        about: What one should know of it, and what its ids look like.
        hosts: Where it lives; the default of all rules that name no hosts.
        relation: What its records are to the document, where the record says nothing.
        kind: What its records are, where the record says nothing.
        let: Names for pieces of templates, which may use one another.
    """

    name: str
    title: str
    about: str = ""
    hosts: tuple[str, ...] = ()
    relation: Relation = "unknown"
    kind: Kind = "unknown"
    let: dict[str, str] = {}
    claim: tuple[ClaimRule, ...] = ()
    id: tuple[IdRule, ...] = ()
    location: tuple[LocationRule, ...] = ()
    probe: tuple[Probe, ...] = ()
    archive: tuple[ArchiveLookup, ...] = ()
    soft_404: tuple[Soft404, ...] = ()
    politeness: tuple[Politeness, ...] = ()
    example: tuple[Example, ...] = ()


TABLES: dict[str, type[msgspec.Struct]] = {
    "claim": ClaimRule,
    "id": IdRule,
    "location": LocationRule,
    "when": When,
    "probe": Probe,
    "answers": Answer,
    "archive": ArchiveLookup,
    "soft_404": Soft404,
    "politeness": Politeness,
    "example": Example,
}
"""The class of each table by its key, wherever it stands."""
