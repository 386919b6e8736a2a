"""What follows from the answers about one URL, and which of several verdicts speaks for an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from harvester.model.vocabulary import REASONS, STATE_OF, ObservationBasis, State

Fact: TypeAlias = str | int | float

TRANSIENT: Final = frozenset(
    {
        "rate-limited",
        "deferred",
        "server-error",
        "timeout",
        "connection-failed",
        "dns-temporary",
        "bot-challenge",
        "not-checked",
    }
)
"""Reasons after which a later check may well see something else, where the failure itself doesn't say."""

_STATES_BEST_FIRST: Final[tuple[State, ...]] = (
    "available",
    "degraded",
    "restricted",
    "undetermined",
    "unchecked",
    "unavailable",
)
"""What could not be told or was not asked comes before what is gone: one of those locations may hold the medium."""

_FIRST: Final = ("ok", "moved-permanent", "moved-temporary")
"""Bytes that were seen come before a HEAD."""

_LAST: Final = "invalid-url"
"""A URL that can't be one shields no other location."""

_PRECEDENCE: Final = {
    reason: place
    for place, reason in enumerate(
        dict.fromkeys(
            (
                *_FIRST,
                *(reason for state in _STATES_BEST_FIRST for reason in REASONS[state] if reason != _LAST),
                _LAST,
            )
        )
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What two answers are compared by when a host may give one answer to every name.

    Attributes:
        url: Where the answer came from, after redirects.
        redirected: Whether that is another URL than the one asked for.
        size_bytes: Of the whole representation, where the answer says.
        prefix_sha256: Digest of the first `prefix_bytes` bytes, None where no byte was seen.
        html: Whether the bytes, or the Content-Type where none were seen, are HTML.
    """

    status: int
    url: str
    redirected: bool = False
    size_bytes: int | None = None
    etag: str | None = None
    prefix_sha256: str | None = None
    prefix_bytes: int = 0
    html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What follows from all the answers about one URL.

    Attributes:
        reason: One of the reasons of `harvester.model.vocabulary`; the state follows from it.
        transient: Whether asking again later may give another answer.
        basis: By what it was concluded.
        facts: What the medium or the answer itself said. Keys, where known: `size_bytes`, `media_type`, `duration_s`,
            `width`, `height`, `final_url`, `etag`, `last_modified`, `drm`, `child` and `child_url` (the part of a
            playlist that decided), `page` (what kind of page came instead), `with_referer`.
        fingerprint: For comparing with the control probe; None where there is nothing to compare.
    """

    reason: str
    transient: bool
    basis: ObservationBasis
    facts: Mapping[str, Fact] = field(default_factory=dict)
    fingerprint: Fingerprint | None = None

    @property
    def state(self) -> State:
        """The state that the reason belongs to."""
        return STATE_OF[self.reason]


def conclude(
    reason: str,
    basis: ObservationBasis,
    facts: Mapping[str, Fact | None] | Mapping[str, Fact] = MappingProxyType({}),
    *,
    transient: bool | None = None,
    fingerprint: Fingerprint | None = None,
) -> Verdict:
    """Make a verdict; facts that are None are left out, and the reason says whether it passes unless it is given."""
    return Verdict(
        reason=reason,
        transient=reason in TRANSIENT if transient is None else transient,
        basis=basis,
        facts={name: fact for name, fact in facts.items() if fact is not None},
        fingerprint=fingerprint,
    )


def precedence(reason: str) -> int:
    """Place of a reason among all, the best one first; unknown words come last."""
    return _PRECEDENCE.get(reason, len(_PRECEDENCE))


def best(verdicts: Iterable[Verdict]) -> int | None:
    """Position of the verdict that speaks for an item, the earliest of equals; None for no verdict.

    Unavailable comes last but for URLs that can't be one: as long as one location is restricted, could not be told or
    was not asked, the item is not gone.
    """
    ranked = [(precedence(verdict.reason), position) for position, verdict in enumerate(verdicts)]
    return min(ranked)[1] if ranked else None
