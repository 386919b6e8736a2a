"""Every way in which an answer fails to come, against a real server."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from pathlib import Path

import httpx
import pytest

from harvester.errors import SettingsError
from harvester.http import Allow, GuardedTransport, Route, Timeouts
from harvester.model.exchange import Ask

SOON = Timeouts(connect_s=0.3, first_byte_s=0.15, attempt_s=0.3)
PATIENT = Timeouts(connect_s=5, first_byte_s=5, attempt_s=5)


@pytest.mark.parametrize("method", ["HEAD", "GET"])
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/fault/reset.mp4", "connection-failed"),
        ("/fault/close.mp4", "connection-failed"),
        ("/fault/close-in-headers.mp4", "connection-failed"),
        ("/fault/garbage.mp4", "protocol-error"),
        ("/fault/status-line.mp4", "protocol-error"),
        ("/fault/http09.mp4", "protocol-error"),
        ("/fault/two-lengths.mp4", "protocol-error"),
        ("/fault/huge-header.mp4", "protocol-error"),
        ("/fault/many-headers.mp4", "protocol-error"),
        ("/fault/endless-headers.mp4", "protocol-error"),
        ("/fault/endless-line.mp4", "protocol-error"),
    ],
)
def test_an_answer_that_never_came_has_a_reason(loopback, send, method, path, reason):
    """Torn connections, nonsense and headers without end are told apart, and asked for once."""
    loopback.reset()
    (answer,) = send(Ask(url=loopback.url(path), method=method, max_bytes=100))
    assert (answer.status, answer.hops, answer.body, answer.whole) == (None, (), b"", False)
    assert answer.failure.reason == reason
    assert answer.failure.errors
    assert len(loopback.log(path=path)) == 1


@pytest.mark.parametrize(
    "path", ["/fault/hang.mp4", "/slow/first-byte.mp4", "/slow/headers.mp4", "/fault/endless-continue.mp4"]
)
def test_an_answer_that_takes_too_long_is_a_timeout(head, path):
    """Silence, trickling headers and endless interim answers all end."""
    answer = head(path, timeouts=SOON)
    assert answer.status is None
    assert (answer.failure.reason, answer.failure.transient) == ("timeout", True)


def test_a_drip_ends_with_the_attempt(get):
    """A byte now and then keeps no attempt alive; what came is kept."""
    answer = get("/slow/drip.mp4?s=0.02", timeouts=SOON)
    assert answer.failure.reason == "timeout"
    assert answer.failure.errors == ("not done after 0.3 s",)
    assert answer.status == 200
    assert 0 < len(answer.body) < 20
    assert answer.whole is False


def test_a_stall_ends_before_the_attempt(get):
    """No byte for as long as a first one may take is enough."""
    answer = get("/slow/stalls.mp4", timeouts=Timeouts(first_byte_s=0.1, attempt_s=5))
    assert (answer.status, len(answer.body), answer.failure.reason) == (200, 1000, "timeout")


@pytest.mark.parametrize(
    ("path", "reason", "size"),
    [
        ("/fault/reset-body.mp4", "connection-failed", 1000),
        ("/fault/short-body.mp4", "connection-failed", 1000),
        ("/fault/cut-chunks.mp4", "connection-failed", 16),
        ("/fault/bad-chunks.mp4", "protocol-error", 16),
    ],
)
def test_a_body_that_broke_off_is_kept_with_the_failure(get, path, reason, size):
    """The first bytes often tell what came, so they outlive the break; the hop says what the status was."""
    answer = get(path)
    assert answer.failure.reason == reason
    assert answer.hops[0].status == 200
    assert (answer.status, len(answer.body), answer.whole) == (200, size, False)


@pytest.mark.parametrize(("status", "told"), [(200, None), (206, None), (404, 404), (503, 503)])
def test_a_refusal_is_one_even_if_its_page_never_came(get, status, told):
    """A 200 without any byte says nothing of a medium, a 404 says all there is to say."""
    answer = get(f"/slow/no-body.mp4?status={status}", timeouts=SOON)
    assert (answer.status, answer.hops[0].status, answer.failure.reason) == (told, status, "timeout")


def test_a_malformed_body_ends_also_for_who_reads_late(loopback):
    """The connection was gone before anyone looked at the body."""

    async def go() -> None:
        transport = GuardedTransport(Route(allow=Allow(private=True)))
        response = await transport.handle_async_request(httpx.Request("GET", loopback.url("/fault/bad-chunks.mp4")))
        await asyncio.sleep(0.2)
        with pytest.raises(httpx.RemoteProtocolError):
            await response.aread()
        await response.aclose()
        await transport.aclose()

    asyncio.run(go())


def test_a_refused_connection_is_a_failed_one(send):
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        (answer,) = send(Ask(url=f"http://127.0.0.1:{port}/"), allow=Allow(private=True))
    assert (answer.failure.reason, answer.failure.transient) == ("connection-failed", True)
    assert any("ConnectionRefusedError" in error for error in answer.failure.errors)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (socket.EAI_NONAME, "dns-nxdomain"),
        (socket.EAI_AGAIN, "dns-temporary"),
        (socket.EAI_FAIL, "dns-temporary"),
        (socket.EAI_NODATA, "dns-temporary"),
    ],
)
def test_a_resolver_that_fails_is_told_from_a_name_that_does_not_exist(send, number, reason):
    """Only the definite answer is one."""

    async def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(number, f"{host}:{port}")

    (answer,) = send(Ask(url="http://gone.example/"), resolve=resolve)
    assert answer.failure.reason == reason


def test_a_name_without_addresses_says_nothing_definite(send):
    """An empty answer is one that may come right."""

    async def resolve(host: str, port: int) -> list[str]:
        del host, port
        return []

    (answer,) = send(Ask(url="http://empty.example/"), resolve=resolve)
    assert answer.failure.reason == "dns-temporary"


def test_a_resolver_that_never_answers_is_a_timeout(send):
    """Looking up is part of connecting."""

    async def resolve(host: str, port: int) -> list[str]:
        del host, port
        await asyncio.sleep(60)
        return []

    (answer,) = send(Ask(url="http://slow.example/"), resolve=resolve, timeouts=Timeouts(connect_s=0.1))
    assert (answer.failure.reason, answer.status) == ("timeout", None)


def test_the_machines_resolver_is_asked_with_ascii_bytes(loopback, send, monkeypatch):
    """Python's own codec for names never sees them; the answers are dialled in their order."""
    asked = []

    def getaddrinfo(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.3", port))] * 2

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    (answer,) = send(Ask(url=f"http://bücher.example:{loopback.port}/ok.mp4"))
    assert asked == [b"xn--bcher-kva.example"]
    assert answer.status == 200
    assert answer.hops[0].peer == f"127.0.0.3:{loopback.port}"


def test_the_next_address_is_dialled_when_the_first_refuses(loopback, send):
    """A host is not unreachable because one of its addresses is."""

    async def resolve(host: str, port: int) -> list[str]:
        del host, port
        return ["127.0.0.99", "127.0.0.2"]

    (answer,) = send(Ask(url=f"http://two.example:{loopback.port}/ok.mp4"), resolve=resolve, timeouts=PATIENT)
    assert answer.hops[0].peer == f"127.0.0.2:{loopback.port}"


def test_a_certificate_that_nobody_vouches_for_is_a_tls_failure(loopback, send):
    """It stays wrong until someone mends it, so it isn't transient."""
    (answer,) = send(Ask(url=loopback.tls_url("/ok.mp4")))
    assert (answer.failure.reason, answer.failure.transient) == ("tls-failure", False)
    assert any("CERTIFICATE_VERIFY_FAILED" in error for error in answer.failure.errors)


def test_a_server_that_speaks_no_tls_is_a_tls_failure(loopback, send):
    """Plain HTTP behind https."""
    (answer,) = send(Ask(url=loopback.url("/ok.mp4").replace("http:", "https:")))
    assert (answer.failure.reason, answer.failure.transient) == ("tls-failure", True)


def test_an_answer_over_tls_has_the_digest_of_the_certificate(loopback, send):
    """SHA-256 of the certificate as sent, by which others can find it."""
    pem = Path(__file__).parent.parent / "servers" / "loopback.pem"
    der = ssl.PEM_cert_to_DER_cert(pem.read_text().partition("-----BEGIN PRIVATE")[0])
    answers = send(*[Ask(url=loopback.tls_url("/ok.mp4"))] * 2, tls=loopback.trusting())
    assert [answer.status for answer in answers] == [200, 200]
    assert {answer.certificate_sha256 for answer in answers} == {hashlib.sha256(der).hexdigest()}
    assert answers[0].hops[0].peer == f"127.0.0.1:{loopback.tls_port}"


def test_a_proxy_of_the_environment_is_not_asked(loopback, head, monkeypatch):
    """Where requests go is said by the user, not by what the shell happens to hold."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert head("/ok.mp4").status == 200


def test_a_proxy_that_was_asked_for_gets_every_request(loopback, send):
    """It looks names up by itself, and may stand on one's own network."""
    loopback.reset()
    (answer,) = send(Ask(url="http://media.example/a/%41.mp4"), allow=Allow(), proxy=loopback.url(""))
    assert answer.status == 404
    assert [entry.target for entry in loopback.log()] == ["http://media.example/a/%41.mp4"]


def test_a_proxy_does_not_lift_the_guard_on_urls(loopback, send):
    """An address in a URL is judged wherever the request would go."""
    loopback.reset()
    (answer,) = send(Ask(url="http://10.0.0.1/"), allow=Allow(), proxy=loopback.url(""))
    assert answer.failure.reason == "blocked-by-policy"
    assert loopback.log() == []


def test_a_proxy_that_does_not_exist_says_nothing_about_the_host(send):
    """It is the connection that failed, not the name in the URL."""

    async def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port}")

    (answer,) = send(Ask(url="http://media.example/"), proxy="http://proxy.example:3128", resolve=resolve)
    assert answer.failure.reason == "connection-failed"


def test_a_proxy_that_makes_no_tunnel_says_nothing_about_the_host(loopback, send):
    """Its refusal is not the host's answer."""
    (answer,) = send(Ask(url="https://media.example/"), proxy=loopback.url(""))
    assert (answer.status, answer.failure.reason) == (None, "connection-failed")


@pytest.mark.parametrize("proxy", ["proxy.example:3128", "socks5://proxy.example:1080", "http://", "http://[::1"])
def test_a_proxy_that_is_none_is_a_settings_error(send, proxy):
    """The user named it, so the user is told."""
    with pytest.raises(SettingsError, match="no HTTP proxy"):
        send(Ask(url="http://media.example/"), proxy=proxy)


def test_the_connection_is_kept_for_the_next_request(loopback, send):
    """A second request to a host costs no second handshake, also after a body that was read to its end."""
    loopback.reset()
    send(
        Ask(url=loopback.url("/ok.mp4")),
        Ask(url=loopback.url("/ok.mp4"), method="GET", range=(0, 99), max_bytes=100),
        Ask(url=loopback.url("/ok.mp4")),
    )
    assert len({entry.connection for entry in loopback.log()}) == 1


def test_no_connection_is_kept_once_there_are_many(loopback, send, monkeypatch):
    """A run over thousands of hosts doesn't use up the files that a process may open."""
    monkeypatch.setattr("harvester.http.transport.MOST_SOCKETS", 0)
    loopback.reset()
    send(*[Ask(url=loopback.url("/ok.mp4"))] * 2)
    assert [entry.headers.get("connection") for entry in loopback.log()] == ["close", "close"]


def test_the_transport_judges_urls_of_any_client(loopback):
    """Whoever uses it with another client than ours gets the same guard on each hop."""

    async def go() -> None:
        route = Route(allow=Allow.of(addresses=[f"127.0.0.1:{loopback.port}"]))
        async with httpx.AsyncClient(transport=GuardedTransport(route), follow_redirects=True) as client:
            assert (await client.get(loopback.url("/redirect/302.mp4"), follow_redirects=False)).status_code == 302
            with pytest.raises(httpx.TransportError, match=r"10\.0\.0\.1 is private"):
                await client.get("http://10.0.0.1/")

    asyncio.run(go())
