"""HEAD requests a second without limits, 100 in flight, to 1 and to 50 hosts: `python tests/benchmarks/bench_http.py`.

In one run, against one server process on loopback: plain httpx, bare httpx-aiohttp (`pip install httpx-aiohttp`; not a
dependency), linkinator (`npx linkinator`; left out where there is none), and this project's client. What is compared
are medians over rounds that take turns, since machines are not equally fast from one second to the next; where others
use the machine too, the processor time says more than the clock.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from httpx_aiohttp import AiohttpTransport

sys.path.insert(0, str(Path(__file__).parent.parent / "servers"))

from loopback import Loopback

from harvester.http import Allow, HttpClient, Route
from harvester.model.exchange import Ask

IN_FLIGHT = 100
PATH = "/many/{}.mp4"
Get = Callable[[str], Awaitable[int | None]]


async def plain(stack: AsyncExitStack) -> Get:
    """What httpx does with its own connections."""
    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
    return _head(await stack.enter_async_context(httpx.AsyncClient(limits=limits, trust_env=False)))


async def bare(stack: AsyncExitStack) -> Get:
    """What httpx does on httpx-aiohttp as it ships."""
    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
    transport = AiohttpTransport(limits=limits, trust_env=False)
    return _head(await stack.enter_async_context(httpx.AsyncClient(transport=transport, trust_env=False)))


async def ours(stack: AsyncExitStack) -> Get:
    """This project's client, guards, peers and all."""
    client = await stack.enter_async_context(
        HttpClient(
            user_agent="bench",
            now=lambda: datetime.fromtimestamp(time.time(), UTC),
            monotonic=time.monotonic,
            route=Route(allow=Allow(private=True)),
        )
    )

    async def get(url: str) -> int | None:
        return (await client.send(Ask(url=url))).status

    return get


def _head(client: httpx.AsyncClient) -> Get:
    async def get(url: str) -> int | None:
        try:
            return (await client.head(url)).status_code
        except httpx.TransportError:  # httpx's own pool now and then takes a connection that has just been closed
            return (await client.head(url)).status_code

    return get


CONTENDERS = {"httpx": plain, "httpx-aiohttp": bare, "harvester.http": ours}


@dataclass(frozen=True, slots=True)
class Speed:
    """One contender's: requests a second by the clock, and microseconds of processor for each."""

    rate: float
    processor_us: float


def middle(speeds: list[Speed]) -> Speed:
    """The median of each figure."""
    return Speed(*(statistics.median(each) for each in zip(*map(astuple, speeds), strict=True)))


async def speed_of(get: Get, urls: list[str]) -> Speed:
    """With `IN_FLIGHT` requests at any time."""
    left: Iterator[str] = iter(urls)

    async def work() -> None:
        for url in left:
            status = await get(url)
            if status != 200:
                raise RuntimeError(f"{url}: {status}")

    begun, busy = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    took, worked = time.perf_counter() - begun, time.process_time() - busy
    return Speed(len(urls) / took, worked / len(urls) * 1e6)


def urls_of(server: Loopback, hosts: int, count: int, offset: int) -> list[str]:
    """Different URLs on that many hosts in turn."""
    return [server.url(PATH.format(n), f"127.0.0.{n % hosts + 1}") for n in range(offset, offset + count)]


async def measure(server: Loopback, hosts: int, requests: int, rounds: int) -> dict[str, Speed]:
    """Each contender's middle, after one round to warm up."""
    speeds: dict[str, list[Speed]] = {name: [] for name in CONTENDERS}
    async with AsyncExitStack() as stack:
        contenders = {name: await make(stack) for name, make in CONTENDERS.items()}
        for turn in range(rounds + 1):
            for name, get in contenders.items():
                count = requests // 10 if name == "httpx" else requests  # ten times slower
                speed = await speed_of(get, urls_of(server, hosts, count, turn * requests))
                if turn:
                    speeds[name].append(speed)
    return {name: middle(each) for name, each in speeds.items()}


def linkinator(server: Loopback, hosts: int, requests: int, rounds: int) -> Speed | None:
    """On one page of links, without its start-up as an empty page shows it; None where it is not installed."""
    command = shutil.which("linkinator")
    start = [command] if command else [shutil.which("npx") or "", "--no-install", "linkinator"]
    if not start[0]:
        return None
    speeds = []
    for turn in range(rounds):
        idle = _linkinator_s(start, [])
        busy = _linkinator_s(start, urls_of(server, hosts, requests, turn * requests))
        if idle is None or busy is None or busy[0] <= idle[0]:
            return None
        speeds.append(Speed(requests / (busy[0] - idle[0]), (busy[1] - idle[1]) / requests * 1e6))
    return middle(speeds)


def _linkinator_s(start: list[str], urls: list[str]) -> tuple[float, float] | None:
    """Seconds by the clock and of processor for a page of links; None unless all of them were found good."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = "".join(f'<a href="{url}">x</a>' for url in urls)
        (folder / "index.html").write_text(f"<!doctype html><html><body>{page}</body></html>")
        arguments = ["index.html", "--server-root", name, "--format", "JSON", "--concurrency", str(IN_FLIGHT)]
        begun, busy = time.perf_counter(), _children_s()
        with (folder / "out.json").open("w") as out:  # into a pipe it writes no more than 128 KiB
            subprocess.run([*start, *arguments], stdout=out, stderr=subprocess.DEVNULL, check=False, cwd=name)
        took, worked = time.perf_counter() - begun, _children_s() - busy
        try:
            links = json.loads((folder / "out.json").read_text())["links"]
        except (ValueError, KeyError):
            return None
    return (took, worked) if sum(link["status"] == 200 for link in links) > len(urls) else None


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a table for each number of hosts, with the ratios that are aimed at."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=5_000, help="a round and contender")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    server = Loopback(log=False)
    try:
        for hosts in (1, 50):
            speeds = asyncio.run(measure(server, hosts, options.requests, options.rounds))
            if (other := linkinator(server, hosts, options.requests, 3)) is not None:
                speeds["linkinator"] = other
            mine = speeds["harvester.http"]
            for name, speed in speeds.items():
                sys.stdout.write(
                    f"{hosts:3} hosts  {name:16}{speed.rate:6.0f} HEAD/s, {speed.processor_us:6.0f} us of processor; "
                    f"ours is {mine.rate / speed.rate:5.2f} times as fast and takes "
                    f"{mine.processor_us / speed.processor_us:4.2f} of the processor\n"
                )
    finally:
        server.stop()


if __name__ == "__main__":
    main()
