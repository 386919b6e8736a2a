"""No connection leaves for what untrusted pages may have in them to reach where they shouldn't."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import pytest

from harvester.http import Allow
from harvester.model.exchange import Ask

PUBLIC = "93.184.216.34"

ADDRESSES = [
    *("127.0.0.1", "127.1", "127.0.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0x0.0x0.0x1"),
    *("0177.0.0.1", "017700000001", "0177.0.0.0x1", "127.0.0.1%2e", "%31%32%37.0.0.1", "１２７.0.0.1", "①②⑦.⓪.⓪.①"),
    *(
        "127。0。0。1",
        "127.0.0.1\t",
        "0",
        "0.0.0.0",
        "0x0",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.254",
    ),
    *("192.168.0.1", "192.168.257", "169.254.169.254", "0xA9FEA9FE", "2852039166", "0251.0376.0251.0376"),
    *("100.64.0.1", "100.100.100.200", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.7", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "4294967295"),
    *("[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]"),
    *("[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::10.0.0.1]", "[64:ff9b::a9fe:a9fe]"),
    *("[64:ff9b:1::7f00:1]", "[64:ff9b:1::8.8.8.8]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:a9fe:a9fe::]"),
    *("[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:0:7f00:1::]", "[2001:db8::1]", "[3fff::1]", "[2001:2::1]"),
    *("[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[100::1]", "[5f00::1]"),
    *("[2606:4700::5efe:10.0.0.1]", "[2606:4700::200:5efe:127.0.0.1]", "[fe80::1%25eth0]", "[fe80::1%eth0]"),
]

URLS = [
    *(f"http://{host}/" for host in ADDRESSES),
    *(f"http://{PUBLIC}:{port}/" for port in (0, 1, 22, 25, 53, 110, 2375, 3306, 5432, 6379, 9200, 11211, 27017)),
    f"http://user@{PUBLIC}/",
    f"http://user:password@{PUBLIC}/",
    f"http://{PUBLIC}@127.0.0.1/",
    f"http://127.0.0.1\\@{PUBLIC}/",
    f"http://127.0.0.1#@{PUBLIC}/",
    f"http://127.0.0.1?@{PUBLIC}/",
    f"http:/\\127.0.0.1/{PUBLIC}",
    f"\thttp://127.0.0.1/{PUBLIC}",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "dict://127.0.0.1:11211/stat",
    "ws://127.0.0.1/",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "jar:http://127.0.0.1!/",
    "blob:http://127.0.0.1/1",
    "view-source:http://127.0.0.1/",
    "javascript:alert(1)",
    "http://[::1",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1%00.example.com/",
]

NAMES = {
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "sub.localhost": ["::1"],
    "127.0.0.1.wild.example": ["127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "nat64.example": ["64:ff9b::10.0.0.1"],
    "six-to-four.example": ["2002:a00:1::1"],
    "compatible.example": ["::10.0.0.1"],
    "zone.example": ["fe80::1%2"],
    "any.example": ["0.0.0.0"],
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "mixed-last.example": ["2606:4700::1", PUBLIC, "10.0.0.1"],
    "nonsense.example": ["not an address"],
}


class Recorder:
    """Says what it was told to say, and remembers what was asked of it; nothing is ever dialled."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.looked_up: list[str] = []
        self.dialled: list[tuple[str, int]] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """The next answer, the last one again and again."""
        del port
        self.looked_up.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def make(self, info) -> socket.socket:
        """Makes no socket."""
        self.dialled.append(info[4][:2])
        raise ConnectionRefusedError("nothing is dialled in tests")


def test_there_are_at_least_sixty_vectors():
    """What the guards are held to doesn't shrink unseen."""
    assert len(set(URLS)) + len(NAMES) >= 60


@pytest.mark.parametrize("url", URLS)
def test_nothing_is_looked_up_or_dialled_for_a_url_that_reaches_inside(send, url):
    """The URL alone is enough to refuse."""
    recorder = Recorder([PUBLIC])
    (answer,) = send(Ask(url=url), allow=Allow(), resolve=recorder.resolve, make=recorder.make)
    assert answer.failure is not None
    assert answer.failure.reason in ("blocked-by-policy", "invalid-url", "unsupported-scheme")
    assert (answer.status, answer.failure.transient) == (None, False)
    assert recorder.looked_up == recorder.dialled == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_dialled_for_a_name_that_leads_inside(send, name):
    """One bad address among its addresses is enough."""
    recorder = Recorder(NAMES[name])
    (answer,) = send(Ask(url=f"http://{name}/"), allow=Allow(), resolve=recorder.resolve, make=recorder.make)
    assert answer.failure is not None
    assert answer.failure.reason == "blocked-by-policy"
    assert recorder.looked_up == [name]
    assert recorder.dialled == []


def test_a_name_is_dialled_at_the_address_that_was_judged(send):
    """A resolver that says something else a moment later (DNS rebinding) isn't asked again for the same connection."""
    recorder = Recorder([PUBLIC], ["127.0.0.1"])
    (answer,) = send(Ask(url="http://rebind.example/"), allow=Allow(), resolve=recorder.resolve, make=recorder.make)
    assert recorder.looked_up == ["rebind.example"]
    assert recorder.dialled == [(PUBLIC, 80)]
    assert answer.failure is not None
    assert answer.failure.reason == "connection-failed"


def test_a_name_that_leads_elsewhere_later_is_judged_again(send, monkeypatch):
    """When the first answer has run out, the second one is judged like the first."""
    monkeypatch.setattr("harvester.http.transport.DNS_CACHE_S", 0)
    recorder = Recorder([PUBLIC], ["127.0.0.1"])
    ask = Ask(url="http://rebind.example/")
    first, second = send(ask, ask, allow=Allow(), resolve=recorder.resolve, make=recorder.make)
    assert recorder.dialled == [(PUBLIC, 80)]
    assert first.failure.reason == "connection-failed"
    assert second.failure.reason == "blocked-by-policy"


def test_the_socket_is_guarded_even_if_the_url_was_not(loopback, send, monkeypatch):
    """What gets past the look at the URL is caught where the socket is made."""
    monkeypatch.setattr("harvester.http.guards.parse", lambda _text: None)
    recorder = Recorder([PUBLIC])
    (answer,) = send(Ask(url="http://127.0.0.1/"), allow=Allow(), resolve=recorder.resolve, make=recorder.make)
    assert answer.failure.reason == "blocked-by-policy"
    assert recorder.dialled == []


@pytest.mark.parametrize("name", ["private", "metadata", "number", "port", "file", "ftp", "userinfo", "javascript"])
def test_a_redirect_is_judged_like_any_other_url(loopback, send, name):
    """Where a server sends one to is no more trusted than a page."""
    (answer,) = send(Ask(url=loopback.url(f"/redirect/{name}.mp4")))
    assert answer.status == 302
    recorder = Recorder([PUBLIC])
    (next_answer,) = send(Ask(url=answer.headers["location"]), resolve=recorder.resolve, make=recorder.make)
    assert next_answer.failure.reason in ("blocked-by-policy", "unsupported-scheme")
    assert recorder.looked_up == recorder.dialled == []


def test_only_the_allowed_part_is_dialled(loopback, send):
    """Beside an allowed address and port, both another port and another address stay out of reach."""
    allow = Allow.of(addresses=[f"127.0.0.1:{loopback.port}"])
    asks = [
        Ask(url=loopback.url("/ok.mp4")),
        Ask(url=loopback.url("/ok.mp4", host="127.0.0.2")),
        Ask(url="http://127.0.0.1/ok.mp4"),
    ]
    answers = send(*asks, allow=allow)
    assert [answer.status for answer in answers] == [200, None, None]
    assert {answer.failure.reason for answer in answers[1:]} == {"blocked-by-policy"}


def test_a_refused_look_up_does_not_spoil_those_who_waited_for_it(send):
    """Several asks for one bad name are all refused, and nothing hangs."""
    recorder = Recorder(["10.0.0.1"])
    asks = [Ask(url="http://bad.example/")] * 10
    answers = send(*asks, at_once=True, allow=Allow(), resolve=recorder.resolve, make=recorder.make)
    assert [answer.failure.reason for answer in answers] == ["blocked-by-policy"] * 10
    assert recorder.dialled == []
