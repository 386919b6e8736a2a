"""Checks what a manifest lists, from beginning to end: the one door for the command line and for programs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from harvester.checks.client import plan as planning
from harvester.checks.client.apply import apply, candidates_of, earlier_of
from harvester.checks.client.candidates import Candidates
from harvester.checks.client.clock import Clock, SystemClock
from harvester.checks.client.errand import Client
from harvester.checks.client.given import require
from harvester.checks.client.hosts import KeyOf, host_of
from harvester.checks.client.journal import Journal
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.progress import Progress
from harvester.checks.client.records import Record
from harvester.checks.client.run import Checker
from harvester.errors import Exit, InputError
from harvester.http import Allow, HttpClient, Route, Timeouts
from harvester.model.item import Item
from harvester.model.observation import Observation
from harvester.model.problem import Problem

MakeClient: TypeAlias = Callable[[CheckPolicy, Clock], AbstractAsyncContextManager[Client]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a check ended.

    Attributes:
        exit: What the process should say.
        counts: URLs by reason.
        problems: As they were put into the manifest.
        requests: Sent.
    """

    exit: Exit
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    requests: int


@dataclass(slots=True)
class Stop:
    """Ends a running check cleanly; may be called from a signal handler or another thread, also before it runs."""

    asked: bool = False
    _loop: asyncio.AbstractEventLoop | None = None
    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def set(self) -> None:
        """Nothing new is asked; what is under way gets a moment."""
        self.asked = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._event.set)

    def event(self) -> asyncio.Event:
        """The event to wait for, in the loop that runs."""
        self._loop = asyncio.get_running_loop()
        if self.asked:
            self._event.set()
        return self._event


def http_client(policy: CheckPolicy, clock: Clock) -> HttpClient:
    """The client that a policy asks for.

    Raises:
        SettingsError: An allowed address is none.
    """
    timeouts = Timeouts(connect_s=policy.connect_s, first_byte_s=policy.first_byte_s, attempt_s=policy.attempt_s)
    allow = Allow.of(private=policy.allow_private, addresses=policy.allow_addresses)
    route = Route(allow=allow, timeouts=timeouts, proxy=policy.proxy)
    headers = {"From": policy.contact} if policy.contact and "@" in policy.contact else None
    return HttpClient(
        user_agent=policy.full_user_agent, now=clock.now, monotonic=clock.monotonic, headers=headers, route=route
    )


async def check(items: Iterable[Item], policy: CheckPolicy) -> AsyncIterator[Observation]:
    """Observations of items' locations as they come, one a URL; without a journal.

    Raises:
        SettingsError: An allowed address is none.
    """
    clock = SystemClock()
    candidates = (Candidates(item, all_locations=policy.all_locations, platforms=policy.platforms) for item in items)
    with Journal(None, clock) as journal:
        async with http_client(policy, clock) as client:
            async for observation in Checker(policy, client, journal, clock=clock).check(candidates):
                yield observation


def run_check(
    manifest: Record,
    policy: CheckPolicy,
    *,
    journal: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
    key_of: KeyOf = host_of,
    client: MakeClient = http_client,
    clock: Clock | None = None,
) -> Outcome:
    """Checks what a manifest lists, and puts what was seen into it; what was begun with a journal is gone on with.

    Args:
        manifest: Its JSON, changed in place; keys that are not known stay.
        policy: How to check.
        journal: A file that remembers, so that a check can be killed and gone on with.
        progress: Told now and then how far it is.
        stop: To end it early.
        key_of: Gives the key of a URL's queue.
        client: Makes what sends requests.
        clock: Tells the time and waits.

    Raises:
        InputError: It is no whole manifest.
        OutputError: The journal can't be used.
        SettingsError: An allowed address is none.
    """
    clock = clock or SystemClock()
    candidates = _whole(manifest, policy)

    async def run() -> tuple[list[Observation], Checker]:
        with Journal(journal, clock, policy.scope) as kept:
            async with client(policy, clock) as sending:
                checker = Checker(
                    policy, sending, kept, clock=clock, key_of=key_of, earlier=earlier_of(manifest), progress=progress
                )
                seen = checker.check(candidates, stop.event() if stop else None)
                return [observation async for observation in seen], checker

    observations, checker = asyncio.run(run())
    problems = _problems(observations, checker)
    apply(manifest, observations, policy, problems)
    return Outcome(
        exit=_exit(checker),
        counts=Counter({one.url: one.reason for one in observations}.values()),
        problems=problems,
        requests=checker.requests,
    )


def plan(manifest: Record, policy: CheckPolicy, *, key_of: KeyOf = host_of) -> planning.Plan:
    """What a check of the manifest would ask, of whom, and how long it takes; nothing is asked.

    Raises:
        InputError: It is no whole manifest.
        SettingsError: An allowed address is none.
    """
    return planning.plan(_whole(manifest, policy), policy, key_of)


def _whole(manifest: Record, policy: CheckPolicy) -> list[Candidates]:
    require(manifest)
    try:
        return list(candidates_of(manifest, policy))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"it is no whole manifest: {error!r}", hint="name a file that `harvest manifest` saved"
        ) from error


def _exit(checker: Checker) -> Exit:
    codes = [Exit.DEFERRED] if checker.deferred else []
    return Exit.worst(*codes, *([Exit.PARTIAL] if checker.stopped else []))


def _problems(observations: Iterable[Observation], checker: Checker) -> tuple[Problem, ...]:
    asked = Counter({one.url: one.reason for one in observations}.values())
    problems = [
        Problem(
            stage="check",
            code="host-deferred",
            severity="warning",
            message=f"{host} is left alone in this run: {why}",
            hint="check again later; what was seen is kept",
        )
        for host, why in checker.deferred.items()
    ]
    if checker.stopped is not None:
        problems.append(
            Problem(
                stage="check",
                code="check-stopped",
                severity="warning",
                message=f"not all was asked: {checker.stopped}",
                hint="the same check goes on where this one stopped",
                count=max(1, asked["not-checked"]),
            )
        )
    return tuple(problems)
