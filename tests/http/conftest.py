"""A client that may dial the loopback server and nothing else, with clocks that stand still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from harvester.http import Allow, HttpClient, Route, Timeouts
from harvester.model.exchange import Answer, Ask

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)

Send = Callable[..., list[Answer]]


@pytest.fixture
def send(loopback) -> Send:
    """Sends asks through one client, in turn or `at_once`: `send(Ask(url=…), …, timeouts=…)`."""

    def run(*asks: Ask, at_once: bool = False, **route: Any) -> list[Answer]:
        allowed = [f"127.0.0.0/8:{loopback.port}", f"127.0.0.1:{loopback.tls_port}"]
        route.setdefault("allow", Allow.of(addresses=allowed))
        route.setdefault("timeouts", Timeouts(connect_s=2, first_byte_s=2, attempt_s=4))

        async def go() -> list[Answer]:
            client = HttpClient(user_agent="tests/1", now=lambda: NOON, monotonic=lambda: 0.0, route=Route(**route))
            async with client:
                if at_once:
                    return list(await asyncio.gather(*map(client.send, asks)))
                return [await client.send(ask) for ask in asks]

        return asyncio.run(go())

    return run


@pytest.fixture
def get(loopback, send) -> Callable[..., Answer]:
    """GETs one path of the loopback server."""

    def run(path: str, max_bytes: int = 1_000_000, **route: Any) -> Answer:
        return send(Ask(url=loopback.url(path), method="GET", max_bytes=max_bytes), **route)[0]

    return run


@pytest.fixture
def head(loopback, send) -> Callable[..., Answer]:
    """HEADs one path of the loopback server."""

    def run(path: str, **route: Any) -> Answer:
        return send(Ask(url=loopback.url(path)), **route)[0]

    return run
