"""Starts the loopback server as a process of its own and asks it what it saw."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).parent
CERTIFICATE: Final = HERE / "loopback.pem"

ROBOTS_HOSTS: Final[Mapping[str, str]] = {
    name: f"127.0.0.{octet}"
    for octet, name in {
        11: "allow",
        12: "disallow",
        13: "not-found",
        14: "server-error",
        15: "redirect",
        16: "huge",
        17: "slow",
        18: "forbidden",
        19: "crawl-delay",
        20: "html",
        21: "agent",
        22: "unavailable",
        23: "loop",
        24: "limited",
        25: "bytes",
        26: "reset",
    }.items()
}
"""Which address has which robots.txt; all others answer 404, which allows everything."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One request as the server saw it.

    Attributes:
        started: When it had come in whole, in seconds of the machine's monotonic clock (`time.monotonic`).
        ended: When it was answered or broken off; None while it goes on.
        connection: Number of the connection, counted from the server's start.
        local: The address that was dialled, such as `127.0.0.3`.
        host: The Host header.
        target: Path and query as they stood on the wire.
        range: The Range header.
    """

    started: float
    ended: float | None
    connection: int
    local: str
    host: str | None
    method: str
    target: str
    range: str | None
    headers: Mapping[str, str]


class Loopback:
    """The running server.

    Attributes:
        port: Of all addresses 127.0.0.1 to 127.0.0.64.
        tls_port: Of 127.0.0.1, with the self-signed certificate `CERTIFICATE`.
    """

    def __init__(self, *, addresses: int = 64, log: bool = True) -> None:
        command = [sys.executable, str(HERE / "server.py"), "--addresses", str(addresses)]
        self._process = subprocess.Popen(
            command if log else [*command, "--no-log"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        ports = json.loads(self._process.stdout.readline())
        self.port: int = ports["port"]
        self.tls_port: int = ports["tls_port"]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The full URL of a behaviour."""
        return f"http://{host}:{self.port}{path}"

    def tls_url(self, path: str, host: str = "127.0.0.1") -> str:
        """The same over TLS."""
        return f"https://{host}:{self.tls_port}{path}"

    def robots_host(self, name: str) -> str:
        """The address with that robots.txt (see `ROBOTS_HOSTS`)."""
        return ROBOTS_HOSTS[name]

    def trusting(self) -> ssl.SSLContext:
        """A TLS context that trusts the server's certificate and nothing else."""
        return ssl.create_default_context(cafile=str(CERTIFICATE))

    def log(self, host: str | None = None, path: str | None = None) -> list[Entry]:
        """What was asked since the last `reset`, oldest first; only of one address or one path (without query)."""
        entries = [Entry(**entry) for entry in self._ask("/__log__")]
        return [
            entry for entry in entries if host in (None, entry.local) and path in (None, entry.target.partition("?")[0])
        ]

    def behaviours(self) -> dict[str, str]:
        """Every path with what is to be seen there; a path that ends in a slash stands for all under it."""
        return dict(self._ask("/__behaviours__"))

    def reset(self) -> None:
        """Forget the log and the counters of the flaky paths."""
        self._ask("/__reset__")

    def change(self) -> None:
        """Put another video at `/changing.mp4`, or the first one back."""
        self._ask("/__change__")

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()

    def _ask(self, path: str) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return json.load(connection.getresponse())
        finally:
            connection.close()


def closed_port(host: str = "127.0.0.1") -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
