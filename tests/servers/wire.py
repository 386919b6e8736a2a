"""What a behaviour is given and gives back, and the table in which each is registered under its path."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

BORN: Final = 1_480_000_000  # 24 November 2016: the Last-Modified of whatever is served


@dataclass(slots=True)
class Changes:
    """How often what changes has been told to."""

    count: int = 0


CHANGES: Final = Changes()


@dataclass(slots=True)
class Request:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    connection: int
    local: str
    port: int
    tls: bool
    ordinal: int = 0  # how often this very target was asked before, any method

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def query(self, name: str, default: str) -> str:
        """The first value of a query parameter."""
        return parse_qs(self.target.partition("?")[2]).get(name, [default])[0]

    @property
    def origin(self) -> str:
        """Scheme, host and port under which the request came in."""
        return f"{'https' if self.tls else 'http'}://{self.headers.get('host', self.local)}"


@dataclass(slots=True)
class Reply:
    """A well-formed answer, body left out for HEAD."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    close: bool = False

    def render(self, method: str) -> bytes:
        """The bytes of the answer."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unassigned"
        names = {name.lower() for name in self.headers}
        lines = [f"HTTP/1.1 {self.status} {phrase}"]
        if "date" not in names:
            lines.append(f"Date: {formatdate(usegmt=True)}")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if "content-length" not in names and "transfer-encoding" not in names and self.status not in (204, 304):
            lines.append(f"Content-Length: {len(self.body)}")
        if self.close:
            lines.append("Connection: close")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")
        return head if method == "HEAD" or self.status in (204, 304) else head + self.body


class Wire:
    """The connection, for behaviours that misbehave."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.writable = asyncio.Event()
        self.writable.set()

    async def send(self, data: bytes) -> None:
        """Write, and wait while the peer doesn't read."""
        self.transport.write(data)
        await self.writable.wait()

    def close(self) -> None:
        """End the connection in order."""
        self.transport.close()

    def reset(self) -> None:
        """End the connection with RST instead of FIN (zero linger)."""
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


Handler = Callable[[Request, Wire], "Reply | Awaitable[Reply | None]"]
BEHAVIOURS: dict[str, Handler] = {}
"""By path; a path that ends in a slash stands for everything under it."""
DESCRIPTIONS: dict[str, str] = {}


def behaviour(*paths: str) -> Callable[[Handler], Handler]:
    """Register under each path; the function's docstring says what is to be seen there."""

    def register(handler: Handler) -> Handler:
        for path in paths:
            add(path, (handler.__doc__ or "").strip().splitlines()[0], handler)
        return handler

    return register


def add(path: str, description: str, handler: Handler) -> None:
    """Register one path."""
    if path in BEHAVIOURS:
        raise ValueError(f"{path} is taken")
    BEHAVIOURS[path] = handler
    DESCRIPTIONS[path] = description


def constant(path: str, description: str, reply: Reply) -> None:
    """Register a path that always gives the same answer."""
    add(path, description, lambda _request, _wire: reply)


def find(path: str) -> Handler | None:
    """The handler of a path, or of the nearest folder above it."""
    if found := BEHAVIOURS.get(path):
        return found
    end = len(path)
    while (end := path.rfind("/", 0, end)) > 0:
        if found := BEHAVIOURS.get(path[: end + 1]):
            return found
    return None


_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def file_reply(request: Request, body: bytes, media_type: str) -> Reply:
    """What a decent static server answers: ranges (RFC 9110, section 14) and conditions (section 13)."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {
        "Content-Type": media_type,
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": formatdate(BORN, usegmt=True),
    }
    if _unchanged(request, etag):
        return Reply(304, headers)
    match = _RANGE.match(request.headers.get("range", ""))
    if match is None or not any(match.groups()):
        return Reply(200, headers, body) if request.method != "HEAD" else _head(headers, len(body))
    first, last = match.groups()
    start = int(first) if first else max(0, len(body) - int(last))
    stop = min(int(last) + 1, len(body)) if first and last else len(body)
    if start >= stop:
        return Reply(416, {"Content-Range": f"bytes */{len(body)}"})
    return Reply(206, headers | {"Content-Range": f"bytes {start}-{stop - 1}/{len(body)}"}, body[start:stop])


def _head(headers: dict[str, str], size: int) -> Reply:
    return Reply(200, headers | {"Content-Length": str(size)})


def _unchanged(request: Request, etag: str) -> bool:
    if wanted := request.headers.get("if-none-match"):
        return etag in wanted
    since = request.headers.get("if-modified-since")
    return since is not None and parsedate_to_datetime(since).timestamp() >= BORN
