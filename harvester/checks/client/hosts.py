"""One host's line: who waits for it, who is being served, and whether it is asked at all any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import ada_url

from harvester.checks.client.pace import Pace

if TYPE_CHECKING:
    from harvester.checks.client.schedule import Turn

KeyOf: TypeAlias = Callable[[str], str]
"""URL → the key of its queue; content delivery networks can share one."""

_REMEMBERED: Final = 1024
"""One URL is asked about several times in a row, and many are on their way at once."""

BREAKER_URLS: Final = 5
"""So many different URLs of a host in a row without an answer, and it is left alone."""
BEGUN_OF_A_HOST: Final = 32
"""So many URLs of one host may wait for other hosts (redirects) before no further one of it is begun."""


@lru_cache(_REMEMBERED)
def origin_of(url: str) -> str:
    """Scheme, host and port of a URL by the WHATWG rules, which is what a robots.txt is valid for.

    Raises:
        ValueError: Where it is no URL.
    """
    origin: str = ada_url.URL(url).origin
    return origin


def host_of(url: str) -> str:
    """`host:port` of a URL by the WHATWG rules, so that `http://2130706433` and `http://127.0.0.1` share a queue.

    Raises:
        ValueError: Where it is no URL.
    """
    parsed = ada_url.URL(url)
    port = parsed.port or ("443" if parsed.protocol == "https:" else "80")
    return f"{parsed.hostname}:{port}"


class Job:
    """What stands in a host's queue: a link to who stands behind it, because a million of them are kept."""

    __slots__ = ("after",)

    def __init__(self) -> None:
        self.after: Job | None = None


class Host:
    """What is known of one host in this run.

    Attributes:
        waiters: Begun jobs that want to ask something more; they come first, so that what is begun gets done.
        active: Requests under way, or about to be.
        connections: So many of them at most.
        begun: Jobs begun and not ended.
        queued: Jobs not begun.
        granting: Whether somebody has leave to send but has not sent yet.
        planned: Whether the scheduler has it in hand.
        stalled: Whether no job of it can begin before another one ends.
        closed: Why it is not asked any more, or None.
    """

    __slots__ = (
        "_failed",
        "_first",
        "_last",
        "active",
        "begun",
        "closed",
        "connections",
        "granting",
        "key",
        "pace",
        "planned",
        "queued",
        "stalled",
        "waiters",
    )

    def __init__(self, key: str, rate_per_s: float, connections: int = 1) -> None:
        self.key = key
        self.connections = connections
        self.pace = Pace(rate_per_s)
        self.waiters: list[asyncio.Future[Turn]] = []
        self.active = 0
        self.begun = 0
        self.queued = 0
        self.granting = False
        self.planned = False
        self.stalled = False
        self.closed: str | None = None
        self._first: Job | None = None
        self._last: Job | None = None
        self._failed: tuple[str, ...] = ()

    @property
    def beginnable(self) -> bool:
        """Whether one of the jobs that wait can be begun, as far as this host is concerned."""
        return self.queued > 0 and self.begun < BEGUN_OF_A_HOST and not self.stalled

    def put(self, job: Job) -> None:
        """The job waits behind the others."""
        job.after = None
        if self._last is None:
            self._first = job
        else:
            self._last.after = job
        self._last = job
        self.queued += 1

    def take(self) -> Job | None:
        """The job that has waited longest, or None."""
        job = self._first
        if job is not None:
            self._first = job.after
            job.after = None
            self.queued -= 1
            if self._first is None:
                self._last = None
        return job

    def clear(self) -> Iterator[Job]:
        """Takes all that wait."""
        while (job := self.take()) is not None:
            yield job

    def ended(self, url: str, *, failed: bool) -> bool:
        """One URL is done with.

        Returns:
            Whether that makes five different ones in a row that ended in a timeout, no connection or a 5xx.
        """
        if not failed:
            self._failed = ()
        elif url not in self._failed:
            self._failed = (*self._failed, url)
        return len(self._failed) >= BREAKER_URLS
