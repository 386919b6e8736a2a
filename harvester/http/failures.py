"""What went wrong on the way, by the type of the error and of those that caused it, as a reason."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from typing import Final

import httpx

from harvester.model.exchange import Failure

_MOST_ERRORS: Final = 8
_MOST_CHARACTERS: Final = 300

_NO_SUCH_NAME: Final = frozenset({socket.EAI_NONAME})
"""The only answer of a resolver that says that a name does not exist: no data, no server and no answer don't."""

_TRANSIENT: Final = frozenset({"timeout", "connection-failed", "dns-temporary", "unknown"})


class AddressRefusedError(Exception):
    """An address that may not be dialled, named by a host or found where a socket was to be made."""


class UrlRefusedError(httpx.TransportError):
    """A URL that may not be asked for.

    Attributes:
        failure: Why.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__("; ".join(failure.errors))
        self.failure = failure


def failure_of(error: BaseException) -> Failure:
    """Says why no answer came."""
    if isinstance(error, UrlRefusedError):
        return error.failure
    chain = tuple(_chain(error))
    reason = _reason(chain)
    transient = reason in _TRANSIENT
    if reason == "tls-failure":  # a certificate stays wrong; a handshake that broke off may not
        transient = not any(isinstance(link, ssl.SSLCertVerificationError) for link in chain)
    return Failure(reason=reason, transient=transient, errors=_said(chain))


def _reason(chain: tuple[BaseException, ...]) -> str:
    for link in chain:
        if isinstance(link, AddressRefusedError):
            return "blocked-by-policy"
        if isinstance(link, socket.gaierror):
            return "dns-nxdomain" if link.errno in _NO_SUCH_NAME else "dns-temporary"
        if isinstance(link, ssl.SSLError):
            return "tls-failure"
    for kind, reason in _REASONS:
        if isinstance(chain[0], kind):
            return reason
    return "unknown"


_REASONS: Final[tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...]] = (
    ((TimeoutError, httpx.TimeoutException), "timeout"),
    (httpx.UnsupportedProtocol, "unsupported-scheme"),
    (httpx.InvalidURL, "invalid-url"),
    ((httpx.ProtocolError, httpx.DecodingError), "protocol-error"),
    ((httpx.NetworkError, httpx.ProxyError), "connection-failed"),
)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, outermost first; how a timeout is done inside is no cause."""
    link: BaseException | None = error
    for _ in range(_MOST_ERRORS):
        if link is None or isinstance(link, asyncio.CancelledError):
            return
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _said(chain: tuple[BaseException, ...]) -> tuple[str, ...]:
    """Each error in one line; one that only repeats its cause is left out."""
    texts = [" ".join(str(link).split())[:_MOST_CHARACTERS] for link in chain]
    kept = [at for at, text in enumerate(texts) if at + 1 == len(texts) or text != texts[at + 1]]
    return tuple(f"{type(chain[at]).__name__}: {texts[at]}".removesuffix(": ") for at in kept)
