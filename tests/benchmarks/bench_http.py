"""HEAD requests a second without limits, 100 in flight, to 1 and to 50 hosts: `python tests/benchmarks/bench_http.py`.

In one run, against one server process on loopback: plain httpx, bare httpx-aiohttp (`pip install httpx-aiohttp`; not a
dependency), linkinator (`npx linkinator`; left out where there is none), and this project's client. What is compared
are medians over rounds that take turns, since machines are not equally fast from one second to the next.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
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
        return (await client.head(url)).status_code

    return get


CONTENDERS = {"httpx": plain, "httpx-aiohttp": bare, "harvester.http": ours}


async def rate_of(get: Get, urls: list[str]) -> float:
    """Answers a second, with `IN_FLIGHT` requests at any time."""
    left: Iterator[str] = iter(urls)

    async def work() -> None:
        for url in left:
            status = await get(url)
            if status != 200:
                raise RuntimeError(f"{url}: {status}")

    begun = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    return len(urls) / (time.perf_counter() - begun)


def urls_of(server: Loopback, hosts: int, count: int, offset: int) -> list[str]:
    """Different URLs on that many hosts in turn."""
    return [server.url(PATH.format(n), f"127.0.0.{n % hosts + 1}") for n in range(offset, offset + count)]


async def measure(server: Loopback, hosts: int, requests: int, rounds: int) -> dict[str, float]:
    """Medians of each contender, after one round to warm up."""
    rates: dict[str, list[float]] = {}
    async with AsyncExitStack() as stack:
        contenders = {name: await make(stack) for name, make in CONTENDERS.items()}
        for turn in range(rounds + 1):
            for name, get in contenders.items():
                count = requests // 10 if name == "httpx" else requests  # ten times slower
                rate = await rate_of(get, urls_of(server, hosts, count, turn * requests))
                if turn:
                    rates.setdefault(name, []).append(rate)
    return {name: statistics.median(each) for name, each in rates.items()}


def linkinator(server: Loopback, hosts: int, requests: int) -> float | None:
    """Links a second of one page, its start-up taken out by a run on an empty page; None where it is not installed."""
    command = shutil.which("linkinator")
    start = [command] if command else [shutil.which("npx") or "", "--no-install", "linkinator"]
    if not start[0]:
        return None

    def run(urls: list[str]) -> float | None:
        with tempfile.TemporaryDirectory() as folder:
            page = "".join(f'<a href="{url}">x</a>' for url in urls)
            (Path(folder) / "index.html").write_text(f"<!doctype html><html><body>{page}</body></html>")
            begun = time.perf_counter()
            arguments = ["index.html", "--server-root", folder, "--format", "JSON", "--concurrency", str(IN_FLIGHT)]
            done = subprocess.run([*start, *arguments], capture_output=True, text=True, check=False, cwd=folder)
            took = time.perf_counter() - begun
            try:
                links = json.loads(done.stdout)["links"]
            except (ValueError, KeyError):
                return None
            return took if sum(link.get("status") == 200 for link in links) >= len(urls) else None

    idle, busy = run([]), run(urls_of(server, hosts, requests, 0))
    return requests / (busy - idle) if idle and busy and busy > idle else None


def main() -> None:
    """Print a table for each number of hosts, with the ratios that are aimed at."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=5_000, help="a round and contender")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    server = Loopback(log=False)
    try:
        for hosts in (1, 50):
            rates = asyncio.run(measure(server, hosts, options.requests, options.rounds))
            if (other := linkinator(server, hosts, options.requests)) is not None:
                rates["linkinator"] = other
            mine = rates["harvester.http"]
            for name, rate in rates.items():
                sys.stdout.write(
                    f"{hosts:3} hosts  {name:16}{rate:6.0f} HEAD/s, of which ours is {mine / rate:5.2f} times\n"
                )
    finally:
        server.stop()


if __name__ == "__main__":
    main()
