"""What profiles say of a record, a URL or an id."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from harvester.model.finding import Id
from harvester.model.problem import Problem
from harvester.model.vocabulary import Confidence, Delivery, Kind, Relation, Role


class PlatformId(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An id that a URL holds.

    Attributes:
        rule: By which it was read, such as `youtube#embed`.
        role: What that URL itself is for the medium, where the rule says so.
        groups: Everything that the rule read from the URL; what templates may need beside the id.
    """

    id: Id
    profile: str
    rule: str
    kind: Kind = "unknown"
    role: Role | None = None
    delivery: Delivery = "unknown"
    groups: Mapping[str, str] = msgspec.field(default_factory=dict)


class Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A profile's claim on a record.

    Attributes:
        rule: By which it claims, such as `alalam#record`.
        specificity: How much of the record the rule asked for; the highest wins, then the profile's name.
        rivals: Other profiles that claim it, most specific first.
        ids: What the profile's rules read from the record's fields and URLs, the best first.
        relation: What the profile says of its records, where they say nothing themselves.
        kind: Likewise.
        groups: What the rule's patterns read.
        found: The platform ids in the record's URLs, of whatever profile.
    """

    profile: str
    rule: str
    specificity: int
    rivals: tuple[str, ...] = ()
    ids: tuple[Id, ...] = ()
    relation: Relation = "unknown"
    kind: Kind = "unknown"
    groups: Mapping[str, str] = msgspec.field(default_factory=dict)
    found: tuple[PlatformId, ...] = ()


class Proposed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One location that a profile proposes.

    Attributes:
        raw: What filled the template: a raw path, or an id.
        rule: Such as `profile:alalam#video-1`.
        fact: Of what it is made: `id`, or the role of the raw path.
        template: The URL with its placeholders.
    """

    url: str
    raw: str
    role: Role
    delivery: Delivery
    rule: str
    confidence: Confidence
    fact: str
    template: str


class Step(msgspec.Struct, frozen=True, gc=False):
    """One rule tried, for `harvest explain`."""

    rule: str
    matched: bool
    why: str


class Ladder(msgspec.Struct, frozen=True, gc=False):
    """All locations that profiles propose for a record, in order of trial, and how they came to be."""

    proposed: tuple[Proposed, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
