"""What was concluded of a URL, as an observation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from harvester.checks.policy.verdict import Verdict, conclude
from harvester.model.item import Memento
from harvester.model.observation import Attempt, Observation


def observation_of(
    url: str,
    verdict: Verdict,
    now: datetime,
    attempts: Sequence[Attempt] = (),
    *,
    robots: str | None = None,
    mementos: tuple[Memento, ...] = (),
) -> Observation:
    """The observation of a URL, with its evidence.

    What robots.txt said goes to the facts: `allowed`, `disallowed`, `none` (there is none), `server-error`,
    `unreachable` or `ignored`.
    """
    return Observation(
        id=hashlib.sha256(f"{url}\n{now.isoformat()}\n{verdict.reason}".encode("utf-8", "replace")).hexdigest()[:12],
        url=url,
        state=verdict.state,
        reason=verdict.reason,
        transient=verdict.transient,
        basis=verdict.basis,
        checked_at=now,
        attempts=tuple(attempts),
        facts={**verdict.facts, "robots": robots} if robots else verdict.facts,
        mementos=mementos,
    )


def unasked(url: str, reason: str, now: datetime, *, transient: bool = True) -> Observation:
    """The observation of a URL that nobody was asked about."""
    return observation_of(url, conclude(reason, "none", transient=transient), now)
