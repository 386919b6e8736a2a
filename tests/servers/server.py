"""A loopback server of good and bad behaviours, run in its own process: `python server.py`.

It listens on one port of many addresses 127.0.0.x, and on a second one with TLS. The first line that it prints is a
JSON object with both ports. `/__log__` gives all requests so far with their times on the machine's monotonic clock,
`/__behaviours__` the table of paths with what each does, `/__reset__` forgets both log and counters, and `/__change__`
puts another video at `/changing.mp4`, or the first one back.
It ends when its standard input does, so that it can't outlive the tests.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import sys
import time
from collections import Counter
from pathlib import Path

import answers
import archives
import faults
import files
import streams
from wire import CHANGES, DESCRIPTIONS, Reply, Request, Wire, find

HERE = Path(__file__).parent
LOADED = (answers, archives, faults, files, streams)
"""Imported for what they register."""


class Journal:
    """Every request with its start and end."""

    def __init__(self) -> None:
        self.entries: list[dict[str, object]] = []
        self.seen: Counter[str] = Counter()
        self.connections = 0
        self.enabled = True

    def start(self, request: Request) -> dict[str, object]:
        """Note that a request has come in whole."""
        entry: dict[str, object] = {
            "started": time.monotonic(),
            "ended": None,
            "connection": request.connection,
            "local": request.local,
            "host": request.headers.get("host"),
            "method": request.method,
            "target": request.target,
            "range": request.headers.get("range"),
            "headers": request.headers,
        }
        if self.enabled:
            self.entries.append(entry)
            request.ordinal = self.seen[request.local + request.target]
            self.seen[request.local + request.target] += 1
        return entry


JOURNAL = Journal()


class Connection(asyncio.Protocol):
    """Reads requests one after the other and lets the behaviour of the path answer."""

    def __init__(self, *, tls: bool) -> None:
        self.tls = tls
        self.buffer = b""
        self.task: asyncio.Task[None] | None = None
        self.entry: dict[str, object] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Give the connection its number."""
        assert isinstance(transport, asyncio.Transport)
        JOURNAL.connections += 1
        self.number = JOURNAL.connections
        self.transport = transport
        self.wire = Wire(transport)
        self.local, self.port = transport.get_extra_info("sockname")[:2]

    def pause_writing(self) -> None:
        """The peer doesn't read."""
        self.wire.writable.clear()

    def resume_writing(self) -> None:
        """The peer reads again."""
        self.wire.writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop what was being sent."""
        del exc
        self.wire.writable.set()
        if self.task is not None:
            self.task.cancel()
        self._ended()

    def data_received(self, data: bytes) -> None:
        """Take the next request once it is whole."""
        self.buffer += data
        if self.buffer[:1] == b"\x16":  # a TLS greeting, to which servers without TLS say this
            self._write(Reply(400, close=True), "GET")
        if self.task is None:
            self._next()

    def _next(self) -> None:
        while self.task is None and b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            first, *rest = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ", 2)
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
            self._answer(Request(method, target, headers, self.number, self.local, self.port, self.tls))

    def _answer(self, request: Request) -> None:
        path = request.path
        if path.startswith("/__"):
            self._write(_internal(request), request.method)
            return
        self.entry = JOURNAL.start(request)
        handler = find(path)
        result = (
            Reply(404, {"Content-Type": "text/plain"}, b"not found\n")
            if handler is None
            else handler(request, self.wire)
        )
        if isinstance(result, Reply):
            self._write(result, request.method)
            self._ended()
            return
        self.task = asyncio.ensure_future(self._later(result, request.method))

    async def _later(self, result: object, method: str) -> None:
        try:
            reply = await result  # type: ignore[misc]
            if reply is not None:
                self._write(reply, method)
        finally:
            self._ended()
            self.task = None
        self._next()

    def _ended(self) -> None:
        if self.entry is not None and self.entry["ended"] is None:
            self.entry["ended"] = time.monotonic()

    def _write(self, reply: Reply, method: str) -> None:
        if not self.transport.is_closing():
            self.transport.write(reply.render(method))
            if reply.close:
                self.transport.close()


def _internal(request: Request) -> Reply:
    if request.path == "/__log__":
        data: object = JOURNAL.entries
    elif request.path == "/__behaviours__":
        data = DESCRIPTIONS
    elif request.path.startswith("/__echo__"):
        data = {"target": request.target, "method": request.method, "headers": dict(request.headers)}
    elif request.path == "/__change__":
        CHANGES.count = 1 - CHANGES.count
        data = None
    elif request.path == "/__reset__":
        JOURNAL.entries.clear()
        JOURNAL.seen.clear()
        data = None
    else:
        return Reply(404)
    return Reply(200, {"Content-Type": "application/json"}, json.dumps(data).encode())


async def _listen(addresses: list[str], context: ssl.SSLContext | None) -> int:
    """Listen on one free port of all addresses."""
    loop = asyncio.get_running_loop()
    for _ in range(50):
        opened: list[asyncio.Server] = []
        port = 0
        try:
            for address in addresses:
                server = await loop.create_server(
                    lambda: Connection(tls=context is not None), address, port, ssl=context, backlog=1024
                )
                opened.append(server)
                port = server.sockets[0].getsockname()[1]
        except OSError:
            for server in opened:
                server.close()
            continue
        return port
    raise OSError("no port is free on all addresses")


async def serve(count: int, *, log: bool) -> None:
    """Serve until standard input ends."""
    JOURNAL.enabled = log
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / "loopback.pem")
    addresses = [f"127.0.0.{octet}" for octet in range(1, count + 1)]
    ports = {"port": await _listen(addresses, None), "tls_port": await _listen(addresses[:1], context)}
    sys.stdout.write(json.dumps(ports) + "\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def table() -> str:
    """All behaviours, a line each."""
    width = max(map(len, DESCRIPTIONS))
    return "\n".join(f"{path:{width}}  {text}" for path, text in sorted(DESCRIPTIONS.items()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serve good and bad behaviours on loopback addresses.")
    parser.add_argument("--addresses", type=int, default=64, help="how many of 127.0.0.1, 127.0.0.2, …")
    parser.add_argument("--no-log", action="store_true", help="keep no log, for measuring speed")
    parser.add_argument("--list", action="store_true", help="print the table of behaviours and end")
    options = parser.parse_args()
    if options.list:
        sys.stdout.write(table() + "\n")
    else:
        asyncio.run(serve(options.addresses, log=not options.no_log))
