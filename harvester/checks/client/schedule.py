"""Who may send when: a token of the host first, then a place among all requests under way.

Hosts that have to wait stand in one heap by the time at which they are due; what waits for a host is a linked list
of jobs. So a million queued URLs are a million small objects and not a million tasks. Of a host that nobody has asked
yet there is nothing but the last of its jobs, which leads to the first: a million hosts are a million more numbers.
"""

from __future__ import annotations

import asyncio
import heapq
import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from harvester.checks.client.clock import Clock
from harvester.checks.client.hosts import Host, Job

Begin: TypeAlias = Callable[[Job, "Turn"], None]
_Mark: TypeAlias = int
"""What a host's key hashes to. Where two hosts share one, both are made when one of them is."""

BEGUN_IN_ALL: Final = 10_000
"""So many URLs are worked on at a time; one waiting for its host's next token is cheap."""


def _nothing(*_: object) -> None:
    """Does it."""


class NoTurnError(Exception):
    """There will be no turn any more in this run; `reason` is what an observation says of it."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the scheduler never exceeds.

    Attributes:
        rate_per_s: Requests a second towards one host.
        connections: Requests under way at one host.
        in_flight: Requests under way in all.
        requests: Requests in the whole run, or None for no limit.
        max_wait_s: Waiting for one host in all that its own limits may cause.
    """

    rate_per_s: float = 1.0
    connections: int = 1
    in_flight: int = 100
    requests: int | None = None
    max_wait_s: float = 60.0


class Turn:
    """Leave to send one request to one host. It holds a connection of the host and a global place until released."""

    __slots__ = ("_scheduler", "_sent", "host")

    def __init__(self, scheduler: Scheduler, host: Host) -> None:
        self._scheduler: Scheduler | None = scheduler
        self._sent = False
        self.host = host

    @property
    def unused(self) -> bool:
        """Whether it can still be used."""
        return self._scheduler is not None and not self._sent

    def start(self) -> None:
        """The request goes out now; from here the next one's distance is measured."""
        if self._scheduler is not None and not self._sent:
            self._sent = True
            self._scheduler.sent(self.host)

    def release(self) -> None:
        """The request is over, or was not needed; then it costs the host nothing. May be called twice."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.released(self.host, used=self._sent)


class Scheduler:
    """Grants turns.

    Attributes:
        requests: Sent so far.
        closed: Why nothing is granted any more, or None.
    """

    def __init__(
        self,
        clock: Clock,
        bounds: Bounds,
        begin: Begin,
        key_of: Callable[[Job], str],
        *,
        spent: Callable[[], None] = _nothing,
        met: Callable[[Host], None] = _nothing,
    ) -> None:
        """Begin without hosts.

        Args:
            clock: Tells the time and waits.
            bounds: What is never exceeded.
            begin: Called with a queued job and its first turn.
            key_of: Gives the key of the host for which a job was queued.
            spent: Called when the requests are used up.
            met: Called with each host at first sight.
        """
        self._clock = clock
        self._bounds = bounds
        self._begin = begin
        self._key_of = key_of
        self._spent = spent
        self._met = met
        self._hosts: dict[str, Host] = {}
        self._asleep: dict[_Mark, Job] = {}
        self._heap: list[tuple[float, int, Host]] = []
        self._due: deque[Host | _Mark] = deque()
        self._stalled: deque[Host] = deque()
        self._short: list[Host] = []
        self._free = bounds.in_flight
        self._granted = 0
        self._begun = 0
        self._order = 0
        self._timer: asyncio.Task[None] | None = None
        self._armed_at = math.inf
        self.requests = 0
        self.closed: NoTurnError | None = None

    def host(self, key: str) -> Host:
        """What is known of the host, made at first sight."""
        found = self._hosts.get(key)
        if found is None:
            found = self._make(key)
            self._rouse(hash(key), found)
        return found

    def loads(self) -> Iterator[tuple[int, float]]:
        """Of each host with something left to ask: how many jobs, and how many seconds lie between two requests."""
        for host in self._hosts.values():
            if host.queued or host.begun:
                yield host.queued + host.begun, host.pace.interval_s
        for last in self._asleep.values():
            yield sum(1 for _ in _chain(last)), 1 / self._bounds.rate_per_s

    def put(self, key: str, job: Job) -> bool:
        """Queues a job; False where its host is known not to be asked any more."""
        if self.closed is not None:
            return False
        host = self._hosts.get(key)
        if host is None:
            self._lay(hash(key), job)
            return True
        if host.closed is not None:
            return False
        host.put(job)
        self._plan(host)
        return True

    async def turn(self, key: str) -> Turn:
        """Waits for a turn; for jobs that are begun.

        Raises:
            NoTurnError: Where there will be none.
        """
        host = self.host(key)
        if self.closed is not None:
            raise self.closed
        if host.closed is not None:
            raise NoTurnError("deferred", host.closed)
        waiter: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        host.waiters.append(waiter)
        self._plan(host)
        self.pump()
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                waiter.result().release()
            raise

    def ended(self, host: Host) -> None:
        """A begun job is over."""
        host.begun -= 1
        self._begun -= 1
        if self._stalled:
            stalled = self._stalled.popleft()
            stalled.stalled = False
            self._plan(stalled)
        self._plan(host)
        self.pump()

    def hold(self, host: Host, seconds: float) -> bool:
        """The host wants nothing for `seconds`; False where that is beyond what this run waits for a host."""
        return host.pace.hold(self._clock.monotonic(), seconds, self._bounds.max_wait_s)

    def close(self, host: Host, why: str) -> list[Job]:
        """The host is not asked any more in this run.

        Returns:
            The jobs that waited and were not begun.
        """
        host.closed = host.closed or why
        self._refuse(host, NoTurnError("deferred", host.closed))
        return list(host.clear())

    def stop(self, why: str) -> Iterator[Job]:
        """Nothing is granted any more; gives the jobs that were not begun, while it is walked."""
        if self.closed is None:
            self.closed = NoTurnError("not-checked", why)
        if self._timer is not None:
            self._timer.cancel()
        for host in list(self._hosts.values()):
            self._refuse(host, self.closed)
            yield from host.clear()
        while self._asleep:
            yield from _chain(self._asleep.popitem()[1])

    def pump(self) -> None:
        """Serves all that are due, and sees to it that it is called again when the next one is."""
        now = self._clock.monotonic()
        while self._heap and self._heap[0][0] <= now:
            self._due.append(heapq.heappop(self._heap)[2])
        while self._due and self._free > 0 and self.closed is None:
            host = self._due.popleft()
            if isinstance(host, _Mark):
                self._rouse(host)
                continue
            host.planned = False
            self._serve(host, now)
        if self._heap and self._heap[0][0] < self._armed_at and self.closed is None:
            self._arm(self._heap[0][0])

    def sent(self, host: Host) -> None:
        """A granted request has just gone out; called by its turn."""
        self.requests += 1
        self._granted -= 1
        host.granting = False
        host.pace.started(self._clock.monotonic())
        if self.requests == self._bounds.requests:
            self._spent()
        self._plan(host)
        if host.planned:  # by more than one connection
            self.pump()

    def released(self, host: Host, *, used: bool) -> None:
        """A turn is over; called by itself."""
        self._free += 1
        host.active -= 1
        if used:
            host.pace.ended(self._clock.monotonic())
        else:
            self._granted -= 1
            host.granting = False
            short, self._short = self._short, []
            for other in short:
                other.planned = False
                self._plan(other)
        self._plan(host)
        self.pump()

    def _make(self, key: str) -> Host:
        made = self._hosts[key] = Host(key, self._bounds.rate_per_s, self._bounds.connections)
        return made

    def _lay(self, mark: _Mark, job: Job) -> None:
        """Queues a job for a host that nobody has asked yet: behind the last one, which leads to the first."""
        last = self._asleep.get(mark)
        if last is None:
            job.after = job
            self._due.append(mark)
        else:
            job.after, last.after = last.after, job
        self._asleep[mark] = job

    def _rouse(self, mark: _Mark, made: Host | None = None) -> None:
        """Makes the hosts that jobs were laid down for, and sees to it that they are served next."""
        new = {} if made is None else {made.key: made}
        last = self._asleep.pop(mark, None)
        for job in _chain(last) if last is not None else ():
            key = self._key_of(job)
            host = self._hosts.get(key)
            if host is None:
                host = new[key] = self._make(key)
            host.put(job)
        for host in new.values():
            self._met(host)  # which may close it
            self._plan(host, first=True)

    def _plan(self, host: Host, *, first: bool = False) -> None:
        """Puts the host where it will be served when it is due, if there is anything to serve."""
        if host.planned or host.granting or host.active >= host.connections:
            return
        if not host.waiters and not host.beginnable:
            return
        host.planned = True
        if host.pace.next_at <= self._clock.monotonic():
            (self._due.appendleft if first else self._due.append)(host)
        else:
            self._order += 1
            heapq.heappush(self._heap, (host.pace.next_at, self._order, host))

    def _serve(self, host: Host, now: float) -> None:
        if host.pace.next_at > now:  # held since it was planned
            self._plan(host)
            return
        limit = self._bounds.requests
        if limit is not None and self.requests + self._granted >= limit:
            host.planned = True  # until a grant comes back unused, or all is stopped
            self._short.append(host)
            return
        while host.waiters:
            waiter = host.waiters.pop(0)
            if not waiter.done():
                waiter.set_result(self._grant(host))
                return
        if not host.beginnable:
            return
        if self._begun >= BEGUN_IN_ALL:
            host.stalled = True
            self._stalled.append(host)
            return
        job = host.take()
        if job is not None:
            host.begun += 1
            self._begun += 1
            self._begin(job, self._grant(host))

    def _grant(self, host: Host) -> Turn:
        self._free -= 1
        self._granted += 1
        host.active += 1
        host.granting = True
        return Turn(self, host)

    @staticmethod
    def _refuse(host: Host, why: NoTurnError) -> None:
        waiters, host.waiters = host.waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(why)

    def _arm(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._armed_at = at
        self._timer = asyncio.get_running_loop().create_task(self._wake(at))

    async def _wake(self, at: float) -> None:
        await self._clock.sleep(max(0.0, at - self._clock.monotonic()))
        self._timer = None
        self._armed_at = math.inf
        self.pump()


def _chain(last: Job) -> Iterator[Job]:
    """Jobs from the first to the last one, which leads back to it; each is free once it was given."""
    job = last.after
    while job is not None:
        following = None if job is last else job.after
        yield job
        job = following
