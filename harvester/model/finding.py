"""What one record says, unresolved."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from harvester.model.excerpt import Decoded, Excerpt
from harvester.model.value import Path, Value
from harvester.model.vocabulary import Delivery, Kind, Live, Relation, Role


class Id(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An id with the scheme in which it is unique.

    Attributes:
        scheme: A platform or player, with account where ids are only unique in one
            (`youtube`, `brightcove:4221396001`), a profile's name, or `local` where the record says no more.
    """

    scheme: str
    value: str


class Reference(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One URL or path that a record gives, as it stands there.

    Attributes:
        raw: The text in the data, unresolved.
        path: Where in the record it was read; None where that is outside of it, in an object round it.
    """

    raw: str
    role: Role
    path: Path | None
    delivery: Delivery = "unknown"
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    bitrate_bps: int | None = None
    frame_rate: float | None = None
    size_bytes: int | None = None
    codecs: str | None = None
    language: str | None = None
    label: str | None = None
    drm: str | None = None


class ListPosition(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a record stands among its siblings: the list's own pointer, position from 0, length."""

    pointer: str
    position: int
    length: int


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one record says of one medium, unresolved.

    Attributes:
        path: Where the record stands in the decoded value.
        fields: The record's own scalar fields as they stand, recognised or not, by key or by pointer.
        reads: Concluded fact → JSON Pointer, relative to the record, of what it was read from. What the object round
            the record says has a Relative JSON Pointer (`1/title`: one level up).
        title_rank: How near the title stands to the medium: 0 the record's own, 1 its parent's, 2 the page's.
        main: Whether the form itself says that this is the page's own medium.
    """

    excerpt: Excerpt
    decoded: Decoded
    path: Path
    list: ListPosition | None = None
    fields: Mapping[str, Value] = msgspec.field(default_factory=dict)
    reads: Mapping[str, str] = msgspec.field(default_factory=dict)
    ids: tuple[Id, ...] = ()
    kind: Kind = "unknown"
    relation: Relation = "unknown"
    references: tuple[Reference, ...] = ()
    title: str | None = None
    title_rank: int = 0
    description: str | None = None
    creators: tuple[str, ...] = ()
    rights: str | None = None
    language: str | None = None
    duration_s: float | None = None
    published: str | None = None
    modified: str | None = None
    live: Live | None = None
