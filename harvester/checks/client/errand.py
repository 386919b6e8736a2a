"""All requests that one URL needs, each in its turn, and the evidence of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias, TypeVar

from harvester.checks.client.attempts import attempt_of
from harvester.checks.client.clock import Clock
from harvester.checks.client.hosts import Host, KeyOf
from harvester.checks.client.journal import Journal
from harvester.checks.client.redirects import follow, refusal
from harvester.checks.client.robots import MOST_REDIRECTS, Robots
from harvester.checks.client.schedule import NoTurnError, Scheduler, Turn
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.observation import Attempt

T = TypeVar("T")
Heed: TypeAlias = Callable[[Host, Ask, Answer], None]
Retry: TypeAlias = Callable[[Ask, Callable[[Ask], Awaitable[Answer]]], Awaitable[Answer]]

_CRAWLING: Final = frozenset({"probe", "control"})
"""Purposes that robots.txt is about; an archive's or a platform's interface is made for programs."""


class Client(Protocol):
    """What sends one request, without following redirects."""

    async def send(self, ask: Ask) -> Answer:
        """Never raises for what a host does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all errands of a run share.

    Attributes:
        heed: Called with every answer, before the host gets another request.
        retry: Sends, and sends again what is worth it.
        url_s: Seconds that the requests of one URL may take in all.
    """

    clock: Clock
    scheduler: Scheduler
    client: Client
    robots: Robots
    journal: Journal
    key_of: KeyOf
    heed: Heed
    retry: Retry
    url_s: float


@dataclass(slots=True)
class Errand:
    """What is done for one URL.

    Attributes:
        turn: The turn with which it began; used for the first request to that host.
        attempts: Evidence so far.
        numbers: Their numbers in the journal.
        visited: Hosts that were sent something, the last one last.
        robots: What robots.txt says of the URL, once it is known.
    """

    desk: Desk
    url: str
    turn: Turn
    attempts: list[Attempt] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    visited: dict[str, Host] = field(default_factory=dict)
    robots: str | None = None
    _spent_s: float = 0.0
    _sent: int = 0

    async def drive(self, asking: Generator[Ask, Answer, T]) -> T:
        """Asks what a policy wants to know until it has come to its conclusion."""
        try:
            ask = next(asking)
            while True:
                ask = asking.send(await self.exchange(ask))
        except StopIteration as end:
            conclusion: T = end.value
            return conclusion
        finally:
            asking.close()

    async def exchange(self, ask: Ask) -> Answer:
        """One request with its redirects, kept as an attempt if anything was sent."""
        sent = self._sent
        answer = await follow(ask, self._hop)
        if self._sent > sent:
            self._keep(ask, answer)
        return answer

    def close(self) -> None:
        """Gives back what was not used."""
        self.turn.release()

    async def _hop(self, ask: Ask) -> Answer:
        failure = refusal(ask.url)
        if failure is None and ask.purpose in _CRAWLING:
            failure = await self._disallowed(ask.url)
        return self._unasked(ask, failure) if failure else await self._paced(ask)

    async def _disallowed(self, url: str) -> Failure | None:
        robots = self.desk.robots
        decision = robots.known(url)
        if decision is None:
            if robots.busy(url):
                self.turn.release()  # or who asks for it would wait for us
            decision = await robots.decide(url, self._robots_file)
        if self.robots is None:
            self.robots = decision.word
        if decision.crawl_delay_s:
            self.desk.scheduler.host(self.desk.key_of(url)).pace.at_least(decision.crawl_delay_s)
        return decision.failure

    async def _robots_file(self, ask: Ask) -> Answer:
        sent = self._sent
        answer = await follow(ask, self._paced, MOST_REDIRECTS)
        if self._sent > sent:
            self._keep(ask, answer)
        return answer

    async def _paced(self, ask: Ask) -> Answer:
        last: Answer | None = None

        async def send(again: Ask) -> Answer:
            nonlocal last
            if last is not None:
                self._keep(again, last)
            last = await self._send(again)
            return last

        return await self.desk.retry(ask, send)

    async def _send(self, ask: Ask) -> Answer:
        if self._spent_s >= self.desk.url_s:
            why = f"the {self.desk.url_s:g} s for all requests of one URL are used up"
            return self._unasked(ask, Failure(reason="timeout", transient=True, errors=(why,)))
        try:
            turn = await self._take(self.desk.key_of(ask.url))
        except NoTurnError as error:
            return self._unasked(ask, Failure(reason=error.reason, transient=True, errors=(str(error),)))
        try:
            turn.start()
            self._sent += 1
            answer = await self.desk.client.send(ask)
            self._spent_s += answer.duration_s
            self.visited.pop(turn.host.key, None)
            self.visited[turn.host.key] = turn.host
            self.desk.heed(turn.host, ask, answer)
        finally:
            turn.release()
        return answer

    async def _take(self, key: str) -> Turn:
        if self.turn.unused and self.turn.host.key == key:
            return self.turn
        self.turn.release()
        return await self.desk.scheduler.turn(key)

    def _keep(self, ask: Ask, answer: Answer) -> None:
        attempt = attempt_of(ask, answer)
        self.attempts.append(attempt)
        self.numbers.append(self.desk.journal.attempt(self.url, attempt))

    def _unasked(self, ask: Ask, failure: Failure) -> Answer:
        now = self.desk.clock.now()
        return Answer(ask=ask, url=ask.url, status=None, started_at=now, duration_s=0.0, failure=failure)
