"""What the checks' scheduler costs: `python tests/benchmarks/bench_checks.py [memory|overhead|loopback]`.

- memory: resident memory of a process with 1,000,000 URLs queued, by number of hosts; the limit is 500 MB.
- overhead: a run of 10,000 URLs with skewed hosts in virtual time against a web that answers at once: the ratio of the
  run's virtual length to the longest queue's (at most 1.05), and microseconds of this process's time a request for all
  but the network: queue, turns, policy, evidence, journal.
- loopback: whole checks a second, HEAD only, without limits, 100 in flight over 50 hosts, journal and all.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "servers"))
sys.path.insert(0, str(Path(__file__).parent.parent / "checks" / "client"))

from conftest import VirtualLoop
from loopback import Loopback

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.entry import run_check
from harvester.checks.client.hosts import host_of
from harvester.checks.client.journal import Journal
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.run import Checker
from harvester.model import Answer, Hop
from harvester.model.exchange import Ask

QUEUED = 1_000_000
URLS = 10_000
RATE_PER_S = 5.0


class LoopClock:
    """The time of the loop that runs."""

    def monotonic(self) -> float:
        """Seconds of the loop."""
        return asyncio.get_running_loop().time()

    def now(self) -> datetime:
        """From a day that doesn't matter."""
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        """As the loop does."""
        await asyncio.sleep(seconds)


class Web:
    """Has everything, and takes no time."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()

    async def send(self, ask: Ask) -> Answer:
        """Says that it is there."""
        self.requests[host_of(ask.url)] += 1
        there = ask.purpose != "control"
        return Answer(
            ask=ask,
            url=ask.url,
            status=200 if there else 404,
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
            duration_s=0.0,
            headers={"content-type": "video/mp4", "content-length": "5000000"} if there else {},
            hops=(Hop(url=ask.url, status=200, peer="192.0.2.1:80"),),
        )


class Never:
    """Answers nobody."""

    async def send(self, ask: Ask) -> Answer:
        """Waits."""
        await asyncio.Event().wait()
        raise AssertionError(ask)


def items(urls: Iterator[str]) -> Iterator[Candidates]:
    """One item for each URL, as a manifest has it; only what is queued stays."""
    for url in urls:
        location = {"raw": url, "url": url, "role": "media", "delivery": "file", "confidence": "declared"}
        yield Candidates({"key": url, "kind": "video", "locations": [location]})


def queue(hosts: int) -> None:
    """Queues a million URLs and prints the memory in MB before and after."""

    def urls() -> Iterator[str]:
        for number in range(QUEUED):
            yield f"http://media{number % hosts}.example.com/2016/12/15/636174317002207171/clip-{number}.mp4"

    async def fill() -> float:
        before = resident_mb()
        clock = LoopClock()
        with Journal(None, clock) as journal:
            checker = Checker(CheckPolicy(robots="ignore"), Never(), journal, clock=clock)
            stream = items(urls())
            for number, each in enumerate(stream):
                checker._want(each, 0)
                if number == hosts:
                    checker._scheduler.pump()
            await asyncio.sleep(0)
            after = resident_mb()
            for _ in checker._scheduler.stop("enough"):
                pass
            for task in checker._tasks:
                task.cancel()
            await asyncio.gather(*checker._tasks, return_exceptions=True)
        sys.stdout.write(json.dumps([before, after]) + "\n")
        return after

    begun = time.perf_counter()
    asyncio.run(fill())
    sys.stderr.write(f"  filled in {time.perf_counter() - begun:.1f} s\n")


def resident_mb() -> float:
    """Memory of this process in MB, as the system counts it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def memory() -> None:
    """Each number of hosts in a process of its own."""
    for hosts in (10, 1_000, 50_000, 1_000_000):
        command = [sys.executable, __file__, "queue", str(hosts)]
        before, after = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        sys.stdout.write(f"memory: {QUEUED:,} URLs of {hosts:,} hosts: {after:.0f} MB, {before:.0f} MB of it before\n")


def overhead() -> None:
    """Ten thousand URLs in virtual time."""
    chance = random.Random(5)
    hosts = [f"h{int(chance.paretovariate(0.9))}" for _ in range(URLS)]
    urls = [f"http://{host}.example.com/{number}.mp4" for number, host in enumerate(hosts)]
    web = Web()

    async def run() -> float:
        clock = LoopClock()
        policy = CheckPolicy(robots="ignore", look="head", rate_per_s=RATE_PER_S)
        with Journal(None, clock) as journal:
            async for _ in Checker(policy, web, journal, clock=clock).check(items(iter(urls))):
                pass
        return clock.monotonic()

    begun = time.process_time()
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        virtual_s = runner.run(run())
    real_s = time.process_time() - begun
    bound_s = (max(web.requests.values()) - 1) / RATE_PER_S
    asked = web.requests.total()
    sys.stdout.write(
        f"overhead: {URLS:,} URLs of {len(web.requests):,} hosts, {asked:,} requests: {virtual_s:.1f} virtual s, "
        f"bound {bound_s:.1f} s, ratio {virtual_s / bound_s:.4f}; {real_s / asked * 1e6:.0f} us a request\n"
    )


def loopback() -> None:
    """Whole checks against a real server."""
    server = Loopback(log=False)
    try:
        hosts = [f"127.0.0.{number}" for number in range(2, 52)]
        urls = [server.url(f"/many/{number}.mp4", host=hosts[number % 50]) for number in range(URLS)]
        location = {"role": "media", "delivery": "file", "confidence": "declared"}
        whole = {"items": [{"key": url, "kind": "video", "locations": [{"url": url, **location}]} for url in urls]}
        policy = CheckPolicy(
            rate_per_s=math.inf, connections=2, robots="ignore", look="head", allow_addresses=("127.0.0.0/8",)
        )
        begun, begun_cpu = time.perf_counter(), time.process_time()
        outcome = run_check(whole, policy)
        took_s, cpu_s = time.perf_counter() - begun, time.process_time() - begun_cpu
        sys.stdout.write(
            f"loopback: {outcome.requests:,} requests, {outcome.requests / took_s:.0f} a second, "
            f"{cpu_s / outcome.requests * 1e6:.0f} us of this process's time for each\n"
        )
    finally:
        server.stop()


def main() -> None:
    """All, or the one named."""
    match sys.argv[1:]:
        case ["queue", hosts]:
            queue(int(hosts))
        case ["memory"]:
            memory()
        case ["overhead"]:
            overhead()
        case ["loopback"]:
            loopback()
        case _:
            memory()
            overhead()
            loopback()


if __name__ == "__main__":
    main()
