"""What one check saw, attempt by attempt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from harvester.model.item import Memento
from harvester.model.vocabulary import ObservationBasis, State


class Hop(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One request of an attempt: redirects make several.

    Attributes:
        peer: Address and port that were dialled, such as `93.184.216.34:443`.
    """

    url: str
    status: int
    peer: str | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One request with its redirects, as evidence.

    Attributes:
        range: The byte range asked for, as in the `Range` header.
        status: Final status, or None where no answer came.
        headers: Selected headers of the final answer, names in lower case.
        sniffed_type: Media type by the first bytes, never by Content-Type.
        prefix_sha256: Digest of the first `bytes_read` bytes of the body.
        certificate_sha256: Digest of the peer's certificate.
        error: The error with its cause chain, outermost first.
        tool: Name and version of the program that asked.
    """

    url: str
    method: str
    started_at: datetime
    duration_s: float
    range: str | None = None
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    bytes_read: int = 0
    sniffed_type: str | None = None
    prefix_sha256: str | None = None
    certificate_sha256: str | None = None
    error: tuple[str, ...] = ()
    purpose: str = "probe"
    tool: str | None = None


class Observation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What follows from the attempts at one URL.

    Attributes:
        transient: Whether asking again later may give another answer.
        facts: What the medium itself said: duration, size, type.
    """

    id: str
    url: str
    state: State
    reason: str
    transient: bool
    basis: ObservationBasis
    checked_at: datetime
    attempts: tuple[Attempt, ...] = ()
    facts: Mapping[str, str | int | float] = msgspec.field(default_factory=dict)
    mementos: tuple[Memento, ...] = ()
