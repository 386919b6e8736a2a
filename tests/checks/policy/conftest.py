"""A host made of a table, and the smallest media that are real ones."""

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from harvester.checks.policy.verdict import Verdict
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.observation import Hop

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "http://media.example/2016/clip.mp4"


@dataclass
class Reply:
    """What a host gives for one URL."""

    body: bytes = b""
    type: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    head: "Reply | None" = None
    ranges: bool = True
    location: str | None = None
    failure: Failure | None = None
    referer: "Reply | None" = None
    length: int | None = None
    breaks: bool = False


@dataclass
class Host:
    """Answers asks from its table as a client would hand them over: redirects followed, bodies cut at their caps."""

    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[Ask] = field(default_factory=list)
    default: Reply = field(default_factory=lambda: Reply(b"not here", "text/plain", 404))

    def send(self, ask: Ask) -> Answer:
        """Follow redirects, then answer by the table."""
        self.asked.append(ask)
        url, hops = ask.url, []
        for _ in range(10):
            reply = self.replies.get(url, self.default)
            if "Referer" in ask.headers and reply.referer:
                reply = reply.referer
            if reply.location is None or reply.failure:
                break
            hops.append(Hop(url=url, status=reply.status))
            url = reply.location
        if ask.method == "HEAD" and reply.head is not None:
            reply = reply.head
        return self._answer(ask, url, reply, hops)

    def _answer(self, ask: Ask, url: str, reply: Reply, hops: list[Hop]) -> Answer:
        base = Answer(ask=ask, url=url, status=None, started_at=NOW, duration_s=0.1)
        if reply.failure:
            return replace(base, failure=reply.failure, hops=tuple(hops))
        headers = {**({"content-type": reply.type} if reply.type else {}), **reply.headers}
        status, body, total = reply.status, reply.body, len(reply.body)
        if status == 200 and ask.method == "GET" and ask.range and reply.ranges:
            first, last = ask.range
            if first >= total:
                return replace(base, status=416, headers={"content-range": f"bytes */{total}"})
            last = total - 1 if last is None else min(last, total - 1)
            status, body = 206, body[first : last + 1]
            headers["content-range"] = f"bytes {first}-{last}/{reply.length or total}"
        headers.setdefault("content-length", str(reply.length or len(body)))
        if status == 200 and any(
            reply.headers.get("etag") == value for name, value in ask.headers.items() if name == "If-None-Match"
        ):
            status, body = 304, b""
        hops.append(Hop(url=url, status=status))
        body = b"" if ask.method == "HEAD" else body
        cut = body[: ask.max_bytes] if ask.method == "GET" else b""
        answer = replace(base, status=status, headers=headers, body=cut, whole=len(cut) == len(body), hops=tuple(hops))
        if reply.breaks and cut:
            failure = Failure(reason="connection-failed", transient=True, errors=("reset",))
            answer = replace(answer, body=cut[: len(cut) // 2 + 1], whole=False, failure=failure)
        return answer

    def drive(self, steps: Generator[Ask, Answer, Verdict]) -> Verdict:
        """Send every ask of a generator until it ends."""
        answer: Answer | None = None
        for _ in range(40):
            try:
                ask = steps.send(answer) if answer is not None else next(steps)
            except StopIteration as end:
                return end.value
            answer = self.send(ask)
        raise AssertionError("the generator asks without end")


def box(kind: bytes, content: bytes = b"", size: int | None = None) -> bytes:
    length = 8 + len(content) if size is None else size
    return length.to_bytes(4) + kind + content


def mvhd(duration: int = 5000, timescale: int = 1000) -> bytes:
    return box(b"mvhd", bytes(12) + timescale.to_bytes(4) + duration.to_bytes(4) + bytes(80))


def movie(*, tail: bool = False, mdat: int = 3000, padding: int = 0) -> bytes:
    """A file with an index of 5 s, at its head or its tail."""
    head, index = box(b"ftyp", b"isom\0\0\2\0isommp42"), box(b"moov", mvhd() + box(b"trak", bytes(padding)))
    media = box(b"mdat", bytes(mdat))
    return head + media + index if tail else head + index + media


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def reply() -> type[Reply]:
    return Reply


@pytest.fixture
def make_movie() -> Callable[..., bytes]:
    return movie


@pytest.fixture
def make_box() -> Callable[..., bytes]:
    return box


@pytest.fixture
def make_mvhd() -> Callable[..., bytes]:
    return mvhd


@pytest.fixture
def answered() -> Callable[..., Answer]:
    """Makes an answer out of what matters of it."""

    def make(
        status: int | None = 200,
        body: bytes | str = b"",
        headers: Mapping[str, str] | None = None,
        *,
        url: str = URL,
        final: str | None = None,
        method: str = "GET",
        failure: Failure | None = None,
    ) -> Answer:
        text = body.encode() if isinstance(body, str) else body
        assert all(re.fullmatch("[a-z0-9-]+", name) for name in headers or {})
        return Answer(
            ask=Ask(url=url, method=method, max_bytes=65536),
            url=final or url,
            status=status,
            started_at=NOW,
            duration_s=0.1,
            headers=headers or {},
            body=text,
            failure=failure,
        )

    return make
