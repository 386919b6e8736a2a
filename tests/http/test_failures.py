"""Errors told by their types."""

from __future__ import annotations

import socket
import ssl

import httpx
import pytest

from harvester.http.failures import AddressRefusedError, UrlRefusedError, failure_of
from harvester.model.exchange import Failure
from harvester.model.vocabulary import STATE_OF


def caused(error: BaseException, cause: BaseException) -> BaseException:
    """The error as if raised from the cause."""
    error.__cause__ = cause
    return error


CASES = [
    (httpx.ConnectTimeout("x"), "timeout", True),
    (httpx.ReadTimeout("x"), "timeout", True),
    (httpx.PoolTimeout("x"), "timeout", True),
    (TimeoutError(), "timeout", True),
    (httpx.ConnectError("x"), "connection-failed", True),
    (httpx.ReadError("x"), "connection-failed", True),
    (httpx.ProxyError("x"), "connection-failed", True),
    (caused(httpx.ConnectError("x"), ConnectionRefusedError(111, "refused")), "connection-failed", True),
    (httpx.RemoteProtocolError("x"), "protocol-error", False),
    (httpx.DecodingError("x"), "protocol-error", False),
    (httpx.UnsupportedProtocol("x"), "unsupported-scheme", False),
    (httpx.InvalidURL("x"), "invalid-url", False),
    (caused(httpx.ConnectError("x"), socket.gaierror(socket.EAI_NONAME, "unknown")), "dns-nxdomain", False),
    (caused(httpx.ConnectError("x"), socket.gaierror(socket.EAI_AGAIN, "later")), "dns-temporary", True),
    (caused(httpx.ConnectError("x"), socket.gaierror(socket.EAI_FAIL, "failed")), "dns-temporary", True),
    (caused(httpx.ConnectError("x"), socket.gaierror(socket.EAI_NODATA, "no address")), "dns-temporary", True),
    (caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError(1, "expired")), "tls-failure", False),
    (caused(httpx.ConnectError("x"), ssl.SSLError(1, "handshake")), "tls-failure", True),
    (caused(httpx.ConnectError("x"), AddressRefusedError("inside")), "blocked-by-policy", False),
    (httpx.TransportError("x"), "unknown", True),
]


@pytest.mark.parametrize(("error", "reason", "transient"), CASES)
def test_the_type_of_an_error_and_of_its_causes_give_the_reason(error, reason, transient):
    """No text is looked at, and only a name that surely doesn't exist makes something unavailable."""
    failure = failure_of(error)
    assert (failure.reason, failure.transient) == (reason, transient)
    assert failure.reason in STATE_OF


def test_a_refused_url_keeps_its_failure():
    """What the guard found goes through unchanged."""
    failure = Failure(reason="invalid-url", transient=False, errors=("no URL",))
    assert failure_of(UrlRefusedError(failure)) is failure


def test_errors_stand_outermost_first_without_repeating_themselves():
    """A wrapper that only repeats its cause is left out."""
    inner = caused(OSError("reset"), ConnectionResetError("reset by peer"))
    assert failure_of(caused(httpx.ReadError("reset"), inner)).errors == (
        "OSError: reset",
        "ConnectionResetError: reset by peer",
    )


def test_long_and_broken_lines_are_made_short():
    """A server's bytes in an error can't fill a manifest."""
    (text,) = failure_of(httpx.ReadError("a\n  b" + "x" * 1000)).errors
    assert text.startswith("ReadError: a bxx")
    assert len(text) < 350


def test_a_long_chain_of_causes_is_cut():
    """Even a chain that never ends does."""
    error = httpx.ReadError("0")
    error.__cause__ = error
    assert len(failure_of(error).errors) <= 8
