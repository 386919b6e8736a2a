"""From a name to a socket: where it is decided which addresses are dialled.

Names are judged by all addresses that they lead to, and these very addresses are dialled, so that a second answer of
the resolver (DNS rebinding) changes nothing. Addresses in URLs are not looked up: they meet the guard where the socket
is made, which sees whatever is dialled.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias
from weakref import WeakSet

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from harvester.http.addresses import parse
from harvester.http.failures import AddressRefusedError
from harvester.http.guards import Allow

Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""From host and port to its addresses; raises `socket.gaierror`."""
MakeSocket: TypeAlias = Callable[[AddrInfoType], socket.socket]

_LOOKUPS: Final = 32
"""At once. A dead name server holds a thread for seconds, and other hosts' names must not wait behind it."""


class SystemResolver:
    """Asks the machine's resolver, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="dns")

    async def __call__(self, host: str, port: int) -> list[str]:
        """All addresses, in the order in which the system would try them.

        Raises:
            socket.gaierror: There are none.
        """
        loop = asyncio.get_running_loop()
        # As bytes, since Python's own IDNA codec raises on names that DNS can carry; they are ASCII already.
        infos = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(info[4][0]) for info in infos))

    def close(self) -> None:
        """Starts no more look-ups; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def make_socket(info: AddrInfoType) -> socket.socket:
    """A plain TCP socket."""
    family, kind, protocol, *_ = info
    return socket.socket(family, kind, protocol)


class Dialler(AbstractResolver):
    """Looks up and makes sockets for aiohttp, each with its guard.

    Args:
        allow: What may be dialled.
        resolve: From names to addresses.
        make: Makes the socket once its address is found good.
        proxied: Whether all that is dialled is the proxy of the user's own choice, which may stand anywhere.
    """

    def __init__(self, allow: Allow, resolve: Resolve, make: MakeSocket, *, proxied: bool = False) -> None:
        self._allow = allow
        self._resolve = resolve
        self._make = make
        self._proxied = proxied
        self._sockets: WeakSet[socket.socket] = WeakSet()

    @property
    def open_sockets(self) -> int:
        """How many connections there are, idle ones too."""
        return len(self._sockets)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name, all or none: one bad answer among good ones is what an attack looks like."""
        del family
        if self._proxied:
            return await self._resolve_proxy(host, port)
        texts = await self._resolve(host, port)
        for text in texts:
            address = parse(text)
            why = f"{text[:80]!r} is no address" if address is None else self._allow.refusal(address, port)
            if why is not None:
                raise AddressRefusedError(f"{host} leads where nothing is dialled: {why}")
        return _results(host, port, texts)

    async def _resolve_proxy(self, host: str, port: int) -> list[ResolveResult]:
        try:
            return _results(host, port, await self._resolve(host, port))
        except socket.gaierror as error:  # says nothing about the host that was asked for
            raise OSError(f"the proxy {host} can't be found: {error}") from None

    async def close(self) -> None:
        """Nothing is held."""

    def socket(self, info: AddrInfoType) -> socket.socket:
        """The socket for an address, which is judged once more, or here alone if it stood in the URL.

        Raises:
            AddressRefusedError: It may not be dialled.
        """
        host, port = info[4][:2]
        if not self._proxied:
            address = parse(host)
            why = "no address" if address is None else self._allow.refusal(address, port)
            if why is not None:
                raise AddressRefusedError(f"{host} is not dialled: {why}")
        made = self._make(info)
        self._sockets.add(made)
        return made


def _results(host: str, port: int, texts: Sequence[str]) -> list[ResolveResult]:
    if not texts:
        raise socket.gaierror(socket.EAI_AGAIN, "the resolver gave no addresses")
    return [
        ResolveResult(
            hostname=host,
            host=text,
            port=port,
            family=socket.AF_INET6 if ":" in text else socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
        for text in texts
    ]
