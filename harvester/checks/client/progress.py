"""How far a check is, told now and then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from harvester.checks.client.clock import Clock
from harvester.checks.client.schedule import Scheduler

_EVERY_S: Final = 0.5


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
    """Tells it, at most twice a second: it goes through all hosts."""

    def __init__(self, tell: Callable[[Progress], None] | None, scheduler: Scheduler, clock: Clock) -> None:
        """Nobody may want to know."""
        self._tell = tell
        self._scheduler = scheduler
        self._clock = clock
        self._told_at = clock.monotonic() - _EVERY_S

    def tell(self, done: int, total: int, *, last: bool = False) -> None:
        """Says how many of how many URLs have an observation; the last word is never left out."""
        now = self._clock.monotonic()
        if self._tell is None or (now - self._told_at < _EVERY_S and not last):
            return
        self._told_at = now
        busy = [host for host in self._scheduler.hosts() if host.queued or host.begun]
        self._tell(
            Progress(
                done=done,
                total=total,
                hosts=len(busy),
                requests=self._scheduler.requests,
                expected_s=max((host.pace.interval_s * (host.queued + host.begun) for host in busy), default=0.0),
            )
        )
