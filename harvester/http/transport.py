"""httpx's transport on an aiohttp session: its speed with httpx's interface, guarded where sockets are made."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeVar

import aiohttp
import httpx
import yarl
from aiohttp.connector import Connection

from harvester.errors import SettingsError
from harvester.http.dialling import Dialler, MakeSocket, Resolve, SystemResolver, make_socket
from harvester.http.failures import AddressRefusedError, UrlRefusedError
from harvester.http.guards import PUBLIC_ONLY, Allow, check_url
from harvester.model.exchange import Failure

WIRE_URL: Final = "harvester.url"
"""Request extension with the URL as it goes out, checked already: httpx's own would be spelt anew."""

MOST_HEADERS: Final = 128
MOST_HEADER_BYTES: Final = 16_384
"""Of one header or status line. Servers that send more than 8 KiB of policy in one header exist."""

IDLE_S: Final = 15.0
"""How long a connection is kept for the next request to the same host."""
MOST_SOCKETS: Final = 400
"""Open at once, after which no connection is kept: the usual limit of a process is 1024 files."""
DNS_CACHE_S: Final = 60
_AUTOMATIC: Final = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long to wait, in seconds.

    Attributes:
        connect_s: For looking up the name, dialling and TLS, over all addresses of a host.
        first_byte_s: For the first byte of the answer, and between any two.
        attempt_s: For one request with its body, whatever the server does to stretch it.
    """

    connect_s: float = 5.0
    first_byte_s: float = 10.0
    attempt_s: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How hosts are reached.

    Attributes:
        allow: What may be dialled beyond public addresses.
        timeouts: How long to wait.
        proxy: URL of a proxy for all requests. It looks names up by itself, so that only addresses in URLs are judged.
        tls: None for the certificates that the machine and certifi trust.
        resolve: From host and port to addresses; None for the machine's resolver.
        make: Makes sockets, after the guard.
    """

    allow: Allow = PUBLIC_ONLY
    timeouts: Timeouts = field(default_factory=Timeouts)
    proxy: str | None = None
    tls: ssl.SSLContext | None = None
    resolve: Resolve | None = None
    make: MakeSocket = make_socket


class OneHop(httpx.Response):
    """An answer that never makes httpx look where it redirects to: a bad Location is no error of the request."""

    @property
    def has_redirect_location(self) -> bool:
        """Never: whoever asked follows redirects."""
        return False


class GuardedTransport(httpx.AsyncBaseTransport):
    """Asks for one URL at a time; redirects, cookies, compression and the environment's proxies are left alone.

    An answer's extensions say `peer` (address and port that were dialled) and `certificate_sha256`. Requests have no
    body. Errors are httpx's, with what caused them as their cause. Of the timeouts, that of a whole attempt is the
    caller's to keep.

    Raises:
        SettingsError: The proxy is none that speaks HTTP.
    """

    def __init__(self, route: Route | None = None) -> None:
        self._route = route = route or Route()
        self._proxy = _proxy(route.proxy) if route.proxy else None
        self._resolver = route.resolve or SystemResolver()
        self._dialler = Dialler(route.allow, self._resolver, route.make, proxied=self._proxy is not None)
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request and reads the headers of its answer.

        Raises:
            httpx.TransportError: No answer came.
        """
        session = self._session or self._open()
        url: str = request.extensions.get(WIRE_URL) or self._checked(str(request.url))
        headers = [(name.decode("ascii"), value.decode("utf-8")) for name, value in request.headers.raw]
        if self._dialler.open_sockets >= MOST_SOCKETS:
            headers.append(("Connection", "close"))
        try:
            answer = await session.request(
                request.method,
                yarl.URL(url, encoded=True),
                headers=headers,
                allow_redirects=False,
                proxy=self._proxy,
                ssl=self._tls(url),
            )
        except (aiohttp.ClientError, AddressRefusedError) as error:
            raise translated(error) from error
        extensions: dict[str, object] = {"http_version": b"HTTP/1.1"}
        if isinstance(answer, _Answer):
            extensions["peer"] = answer.peer
            if answer.certificate is not None:
                extensions["certificate_sha256"] = hashlib.sha256(answer.certificate).hexdigest()
        return OneHop(answer.status, headers=answer.raw_headers, stream=_Body(answer), extensions=extensions)

    async def aclose(self) -> None:
        """Closes all connections."""
        if self._session is not None:
            await self._session.close()
        if isinstance(self._resolver, SystemResolver):
            self._resolver.close()

    def _checked(self, url: str) -> str:
        target = check_url(url, self._route.allow)
        if isinstance(target, Failure):
            raise UrlRefusedError(target)
        return target.url

    def _tls(self, url: str) -> ssl.SSLContext | bool:
        """What is trusted, where it matters: reading all certificates of a machine takes some 40 ms."""
        if url.startswith("http:") and (self._proxy is None or self._proxy.scheme == "http"):
            return True
        return self._route.tls or trusted()

    def _open(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,  # slots are the caller's: waiting for one must not look like a slow host
            resolver=self._dialler,
            ttl_dns_cache=DNS_CACHE_S,
            keepalive_timeout=IDLE_S,
            socket_factory=self._dialler.socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            response_class=_Answer,
            middlewares=(_once,),
            timeout=aiohttp.ClientTimeout(
                total=None, connect=self._route.timeouts.connect_s, sock_read=self._route.timeouts.first_byte_s
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            requote_redirect_url=False,
            skip_auto_headers=_AUTOMATIC,
            max_line_size=MOST_HEADER_BYTES,
            max_field_size=MOST_HEADER_BYTES,
            max_headers=MOST_HEADERS,
        )
        return self._session


class _Answer(aiohttp.ClientResponse):
    """Remembers whom it came from: the connection is given back before anyone could ask."""

    peer: str | None = None
    certificate: bytes | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Notes the peer, then reads the headers."""
        transport = connection.transport
        if transport is not None:
            if name := transport.get_extra_info("peername"):
                host, port = name[:2]
                self.peer = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            if tls := transport.get_extra_info("ssl_object"):
                self.certificate = tls.getpeercert(binary_form=True)
        return await super().start(connection)


class _Body(httpx.AsyncByteStream):
    """The body as it comes; closing it early closes the connection."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer
        self._closed: asyncio.Future[None] | None = None

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Not a generator: one that is left in the middle would outlive the request."""
        connection = self._answer.connection
        if connection is not None and connection.protocol is not None:
            self._closed = connection.protocol.closed
            if self._closed is None:
                self._lost(None)
            else:
                self._closed.add_done_callback(self._lost)
        return self

    async def __anext__(self) -> bytes:
        """Whatever has come."""
        try:
            chunk = await self._answer.content.readany()
        except aiohttp.ClientError as error:
            raise translated(error) from error
        if not chunk:
            raise StopAsyncIteration
        return chunk

    def _lost(self, closed: asyncio.Future[None] | None) -> None:
        """Ends a body that aiohttp forgot: it drops one that is malformed, and whoever reads it waits for ever."""
        if closed is not None and not closed.cancelled():
            closed.exception()
        content = self._answer.content
        if not content.is_eof() and content.exception() is None:
            content.set_exception(_MalformedError("the body is malformed"))

    async def aclose(self) -> None:
        """Gives the connection back if all was read, and closes it if not."""
        if self._closed is not None:
            self._closed.remove_done_callback(self._lost)
        self._answer.close()


class _MalformedError(aiohttp.ClientError):
    """A body that is none."""


class _BrokenError(aiohttp.ClientError):
    """A connection that broke before an answer came."""


async def _once(
    request: aiohttp.ClientRequest, handler: Callable[[aiohttp.ClientRequest], Awaitable[aiohttp.ClientResponse]]
) -> aiohttp.ClientResponse:
    """Keeps aiohttp from asking again by itself when a connection breaks: whoever keeps the pace counts requests."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except aiohttp.ServerDisconnectedError as error:
        where = "instead of answering" if isinstance(error.message, str) else "in the middle of the headers"
        raise _BrokenError(f"the server closed the connection {where}") from error
    except aiohttp.ClientOSError as error:
        raise _BrokenError(str(error)) from error


def _proxy(text: str) -> yarl.URL:
    try:
        url = yarl.URL(text)
    except ValueError:
        url = yarl.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise SettingsError(f"no HTTP proxy: {text!r}", "such as http://proxy.example:3128")
    return url


@cache
def trusted() -> ssl.SSLContext:
    """Certificates that the machine trusts and those of certifi: a bare container has none of its own."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


_TRANSLATIONS: Final[tuple[tuple[type[Exception], type[httpx.TransportError]], ...]] = (
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (aiohttp.ServerTimeoutError, httpx.ReadTimeout),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientProxyConnectionError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (AddressRefusedError, httpx.ConnectError),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
    (_MalformedError, httpx.RemoteProtocolError),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
)


def translated(error: Exception) -> httpx.TransportError:
    """What httpx calls an error of aiohttp's: the first kind that fits, else a connection that broke."""
    kind = next((kind for given, kind in _TRANSLATIONS if isinstance(error, given)), httpx.ReadError)
    if isinstance(error, aiohttp.ClientResponseError):
        return kind(error.message)  # the rest of its text is a made-up status and the URL
    return kind(str(error))
