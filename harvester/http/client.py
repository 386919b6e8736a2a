"""Asks one thing of one host and tells what came back, without judging it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Final, Self, cast

import httpx

from harvester.http.failures import failure_of
from harvester.http.guards import Target, check_url
from harvester.http.transport import WIRE_URL, GuardedTransport, Route
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.observation import Hop

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class HttpClient:
    """Sends requests, one hop each; an async context manager.

    Nothing is kept between requests but connections: no cookies, no cache, no credentials, no proxy unless asked.

    Args:
        user_agent: Who asks.
        now: The time, aware and in UTC.
        monotonic: Seconds of a clock that only goes forward.
        headers: That every request carries, beyond the usual ones.
        route: How hosts are reached, and what is not dialled at all.

    Raises:
        SettingsError: The route's proxy is none that speaks HTTP.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        headers: Mapping[str, str] | None = None,
        route: Route | None = None,
    ) -> None:
        self._now = now
        self._monotonic = monotonic
        self._route = route or Route()
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",  # what is kept as evidence are the bytes as stored
            **(headers or {}),
        }
        self._usual = encoded(self._headers)
        self._client = _Client(transport=GuardedTransport(self._route), trust_env=False, timeout=self._attempt_s)

    @property
    def _attempt_s(self) -> float:
        return self._route.timeouts.attempt_s

    async def __aenter__(self) -> Self:
        """Starts with no connections."""
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes all connections."""
        await self._client.__aexit__(kind, error, trace)

    async def send(self, ask: Ask) -> Answer:
        """Asks once and follows no redirect.

        Never raises for what a URL, a host or the network does: `Answer.failure` says it. Where the body broke off
        after its first bytes, there are both a status with these bytes and a failure. Where none of it came, a refusal
        (4xx, 5xx) is still one; of anything else there is no status, and only the hop tells which there was. The body
        of a redirect is not read.
        """
        watch = _Watch(ask, self._now(), self._monotonic())
        target = check_url(ask.url, self._route.allow)
        if isinstance(target, Failure):
            return watch.answer(0.0, target)
        failure: Failure | None = None
        try:
            async with asyncio.timeout(self._attempt_s):
                await self._exchange(target, watch)
        except TimeoutError:
            why = f"not done after {self._attempt_s:g} s"
            failure = Failure(reason="timeout", transient=True, errors=(why,))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            failure = failure_of(error)
        return watch.answer(self._monotonic() - watch.begun, failure)

    async def _exchange(self, target: Target, watch: _Watch) -> None:
        request = httpx.Request(
            watch.ask.method,
            target.url,
            headers=self._wire_headers(watch.ask),
            stream=_NOTHING,
            extensions={WIRE_URL: target.url},
        )
        response = await self._client.send(request)
        try:
            watch.saw(response)
            await watch.read(response)
        finally:
            await response.aclose()

    def _wire_headers(self, ask: Ask) -> list[tuple[bytes, bytes]]:
        if ask.range is None and not ask.headers:
            return self._usual
        headers = self._headers | dict(ask.headers)
        if ask.range is not None:
            headers["Range"] = range_of(ask.range)
        return encoded(headers)


@dataclass(slots=True)
class _Watch:
    """What is known of an answer while it comes."""

    ask: Ask
    started_at: datetime
    begun: float
    response: httpx.Response | None = None
    body: bytearray = field(default_factory=bytearray)
    whole: bool = False

    def saw(self, response: httpx.Response) -> None:
        """Notes that the headers have come."""
        self.response = response

    async def read(self, response: httpx.Response) -> None:
        """Reads as much of the body as was asked for."""
        if self.ask.method == "HEAD" or response.status_code in (204, 304):
            self.whole = True
            return
        length = response.headers.get("content-length")
        if length == "0":
            self.whole = True
            return
        if self.ask.max_bytes <= 0 or (response.status_code in _REDIRECTS and "location" in response.headers):
            return
        # Not by httpx's own readers, which refuse the answers that tests make up; of an asynchronous client it is one.
        async for chunk in cast("httpx.AsyncByteStream", response.stream):
            self.body += chunk
            if len(self.body) >= self.ask.max_bytes:
                del self.body[self.ask.max_bytes :]
                self.whole = length == str(len(self.body))
                return
        self.whole = True

    def answer(self, duration_s: float, failure: Failure | None) -> Answer:
        """What there is to say."""
        response = self.response
        if response is None:
            return Answer(
                ask=self.ask,
                url=self.ask.url,
                status=None,
                started_at=self.started_at,
                duration_s=duration_s,
                whole=False,
                failure=failure,
            )
        peer: str | None = response.extensions.get("peer")
        status = response.status_code
        return Answer(
            ask=self.ask,
            url=self.ask.url,
            status=status if failure is None or self.body or status >= 400 else None,
            started_at=self.started_at,
            duration_s=duration_s,
            headers=folded(response.headers.raw),
            body=bytes(self.body),
            whole=self.whole,
            hops=(Hop(url=self.ask.url, status=status, peer=peer),),
            certificate_sha256=response.extensions.get("certificate_sha256"),
            failure=failure,
        )


class _Client(httpx.AsyncClient):
    """Httpx's client with nothing between it and its transport: no cookies, no credentials, no redirects."""

    async def send(self, request: httpx.Request, **_: object) -> httpx.Response:
        """Sends one request; the body is there to be read.

        What httpx does in between (looks for credentials, follows redirects, takes the time, writes a log) is either
        not wanted here or done by who asks, and costs a tenth of a request's time.
        """
        response = await self._transport_for_url(request.url).handle_async_request(request)
        response.request = request
        return response


_NOTHING: Final = httpx.ByteStream(b"")


def range_of(span: tuple[int, int | None]) -> str:
    """The Range header for a span of bytes (RFC 9110, section 14.2)."""
    first, last = span
    return f"bytes={first}" if first < 0 else f"bytes={first}-{'' if last is None else last}"


def encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as they go out, without the control characters that a page's URL or a server's ETag may bring along."""
    return [
        (name.encode("ascii"), _CONTROL.sub("", value).encode("utf-8", "replace")) for name, value in headers.items()
    ]


def folded(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers with names in lower case, repeated ones joined by a comma; UTF-8 where it is, else Latin-1."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name = raw_name.decode("latin-1").lower()
        try:
            value = raw_value.decode("utf-8")
        except UnicodeDecodeError:
            value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers
