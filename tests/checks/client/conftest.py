"""Time that passes only when everybody waits, and hosts that write down who came when."""

import asyncio
import itertools
import selectors
from collections import defaultdict
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

START = datetime(2026, 1, 1, tzinfo=UTC)


class _NoWaiting(selectors.DefaultSelector):
    """Instead of waiting for the next timer, moves the loop's time there."""

    def __init__(self):
        super().__init__()
        self.now = 0.0

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("everybody waits for nothing: a deadlock")
        if timeout > 0:
            self.now += timeout
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time passes only when everybody waits."""

    def __init__(self):
        self.watch = _NoWaiting()
        super().__init__(self.watch)

    def time(self):
        """Seconds since the loop was made."""
        return self.watch.now


class _VirtualClock:
    """The clock of a `VirtualLoop`."""

    def monotonic(self):
        return asyncio.get_running_loop().time()

    def now(self):
        return START + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds):
        await asyncio.sleep(seconds)


class _HostLog:
    """What hosts saw: times of arrival, and the most that were there at once."""

    def __init__(self, clock):
        self.clock = clock
        self.came = defaultdict(list)
        self.here = defaultdict(int)
        self.most = defaultdict(int)
        self.all_here = 0
        self.most_in_all = 0

    async def visit(self, key, seconds):
        self.came[key].append(self.clock.monotonic())
        self.here[key] += 1
        self.all_here += 1
        self.most[key] = max(self.most[key], self.here[key])
        self.most_in_all = max(self.most_in_all, self.all_here)
        await self.clock.sleep(seconds)
        self.here[key] -= 1
        self.all_here -= 1

    def closest(self, key):
        """Shortest time between two arrivals."""
        came = self.came[key]
        return min((b - a for a, b in itertools.pairwise(came)), default=float("inf"))


def in_virtual_time(coroutine: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(coroutine)


@pytest.fixture
def clock():
    return _VirtualClock()


@pytest.fixture
def log(clock):
    return _HostLog(clock)


@pytest.fixture(scope="session")
def virtually():
    return in_virtual_time


@pytest.fixture(scope="session")
def make_clock():
    return _VirtualClock


@pytest.fixture(scope="session")
def make_log():
    return _HostLog
