"""How far a check is, told now and then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from harvester.checks.client.clock import Clock
from harvester.checks.client.schedule import Scheduler

_EVERY_S: Final = 0.5
_LEAST_SHARE: Final = 20
"""So many times as long as it takes to find out lies between two times of telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a check is.

    Attributes:
        done: URLs with an observation.
        total: URLs known so far; locations tried only if others fail come in as they are needed.
        hosts: Hosts with something left to ask.
        requests: Sent so far.
        expected_s: Until the longest queue is done, at its present pace, one request for each URL.
    """

    done: int
    total: int
    hosts: int
    requests: int
    expected_s: float


class Teller:
    """Tells it, at most twice a second and less often where there are many hosts: it goes through all of them."""

    def __init__(self, tell: Callable[[Progress], None] | None, scheduler: Scheduler, clock: Clock) -> None:
        """Nobody may want to know."""
        self._tell = tell
        self._scheduler = scheduler
        self._clock = clock
        self._next_at = clock.monotonic()

    def tell(self, done: int, total: int, *, last: bool = False) -> None:
        """Says how many of how many URLs have an observation; the last word is never left out."""
        now = self._clock.monotonic()
        if self._tell is None or (now < self._next_at and not last):
            return
        hosts, longest_s = 0, 0.0
        for count, interval_s in self._scheduler.loads():
            hosts += 1
            longest_s = max(longest_s, count * interval_s)
        self._tell(
            Progress(
                done=done,
                total=total,
                hosts=hosts,
                requests=self._scheduler.requests,
                expected_s=longest_s,
            )
        )
        self._next_at = now + max(_EVERY_S, _LEAST_SHARE * (self._clock.monotonic() - now))
