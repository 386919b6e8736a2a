"""What a host's robots.txt says of us (RFC 9309), asked through the same queue as all else."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from harvester.checks.client.hosts import origin_of
from harvester.checks.client.journal import Journal
from harvester.checks.client.options import RobotsMode
from harvester.checks.client.records import Record
from harvester.model.exchange import Answer, Ask, Failure

if TYPE_CHECKING:
    from protego import Protego

Fetch: TypeAlias = Callable[[Ask], Awaitable[Answer]]

MOST_BYTES: Final = 500 << 10
"""RFC 9309, section 2.5: a crawler reads at least 500 KiB."""
MOST_REDIRECTS: Final = 5
"""RFC 9309, section 2.3.1.2."""
_LIFE: Final = timedelta(hours=24)
"""RFC 9309, section 2.4."""
_TRANSIENT_LIFE: Final = timedelta(minutes=10)
_PARSED: Final = 256
"""So many hosts' rules are kept parsed; those of others are read from the journal again."""
_ANSWERED_BUT_NOT_GIVEN: Final = frozenset({"redirect-loop", "blocked-by-policy", "protocol-error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether a URL may be asked.

    Attributes:
        word: What is recorded: `allowed`, `disallowed`, `none` (there is no robots.txt), `server-error`, `unreachable`.
        failure: Why the URL is not asked; None where it is.
        crawl_delay_s: What the host wants between two requests.
    """

    word: str
    failure: Failure | None = None
    crawl_delay_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What came for one origin; `text` is None where there are no rules, `failure` says why nothing is allowed."""

    word: str
    text: str | None = None
    failure: Failure | None = None

    @property
    def passing(self) -> bool:
        """Whether the host may just not have been there for a moment, so that the next URL asks again."""
        return self.word == "unreachable" and self.failure is not None and self.failure.transient


class Robots:
    """Asks each origin once and decides by what came."""

    def __init__(self, mode: RobotsMode, token: str, journal: Journal) -> None:
        """`token` is the product token by which rules are matched (RFC 9309, section 2.2.1)."""
        self._mode = mode
        self._token = token
        self._journal = journal
        self._known: dict[str, _Rules] = {}
        self._parsed: OrderedDict[str, Protego] = OrderedDict()
        self._under_way: dict[str, asyncio.Future[_Rules]] = {}

    def known(self, url: str) -> Decision | None:
        """The decision on a URL, if no request is needed for it."""
        if self._mode == "ignore":
            return Decision(word="ignored")
        origin = origin_of(url)
        rules = self._known.get(origin) or self._recalled(origin)
        return None if rules is None else self._decide(rules, origin, url)

    def busy(self, url: str) -> bool:
        """Whether somebody else is asking for it right now."""
        return origin_of(url) in self._under_way

    async def decide(self, url: str, fetch: Fetch) -> Decision:
        """The decision on a URL; `fetch` follows redirects, at most `MOST_REDIRECTS`."""
        origin = origin_of(url)
        while (other := self._under_way.get(origin)) is not None:
            rules = await asyncio.shield(other)
            if not rules.passing:
                return self._decide(rules, origin, url)
        known = self.known(url)
        if known is not None:
            return known
        future: asyncio.Future[_Rules] = asyncio.get_running_loop().create_future()
        self._under_way[origin] = future
        try:
            ask = Ask(url=f"{origin}/robots.txt", method="GET", max_bytes=MOST_BYTES, purpose="robots")
            rules = rules_of(await fetch(ask))
            self._keep(origin, rules)
            future.set_result(rules)
        finally:
            del self._under_way[origin]
            future.cancel()
        return self._decide(rules, origin, url)

    def _keep(self, origin: str, rules: _Rules) -> None:
        if rules.passing:
            return
        self._known[origin] = rules
        if rules.failure is None:
            note: Record = {"word": rules.word, "text": rules.text}
            self._journal.note("robots", origin, note, _LIFE)
        elif rules.word == "server-error":
            note = {"word": rules.word, "text": None, "errors": list(rules.failure.errors)}
            self._journal.note("robots", origin, note, _TRANSIENT_LIFE)

    def _recalled(self, origin: str) -> _Rules | None:
        note = self._journal.noted("robots", origin)
        if note is None:
            return None
        failure = _server_error(tuple(note["errors"])) if note["word"] == "server-error" else None
        rules = _Rules(word=note["word"], text=note["text"], failure=failure)
        self._known[origin] = rules
        return rules

    def _decide(self, rules: _Rules, origin: str, url: str) -> Decision:
        failure, word, crawl_delay_s = rules.failure, rules.word, 0.0
        if rules.text is not None:
            parsed = self._parse(rules.text, origin)
            crawl_delay_s = parsed.crawl_delay(self._token) or 0.0
            if not parsed.can_fetch(url, self._token):
                word = "disallowed"
                failure = Failure(reason="robots-disallowed", transient=False, errors=(f"by {origin}/robots.txt",))
        if self._mode == "record" and word != "unreachable":
            failure = None
        return Decision(word=word, failure=failure, crawl_delay_s=crawl_delay_s)

    def _parse(self, text: str, origin: str) -> Protego:
        parsed = self._parsed.get(origin)
        if parsed is None:
            from protego import Protego  # noqa: PLC0415 - only where a robots.txt came

            parsed = self._parsed[origin] = Protego.parse(text)
            if len(self._parsed) > _PARSED:
                self._parsed.popitem(last=False)
        return parsed


def rules_of(answer: Answer) -> _Rules:
    """What follows from the answer: 2xx rules, 4xx none, 5xx all disallowed for now (RFC 9309, section 2.3.1)."""
    status = answer.status
    if answer.failure is not None or status is None:
        return _rules_of_failure(answer)
    if status >= 500:
        return _Rules(word="server-error", failure=_server_error((f"robots.txt answers {status}",)))
    if status == 429:
        # Its 4xx would mean "allowed", but a host that is asked too much already is not asked more.
        limited = Failure(reason="rate-limited", transient=True, errors=("robots.txt answers 429",))
        return _Rules(word="unreachable", failure=limited)
    if not 200 <= status < 300:
        return _Rules(word="none")
    return _Rules(word="allowed", text=_text_of(answer))


def _rules_of_failure(answer: Answer) -> _Rules:
    failure = answer.failure
    if failure is None or (answer.hops and failure.reason in _ANSWERED_BUT_NOT_GIVEN):
        return _Rules(word="none")
    if answer.hops:
        return _Rules(word="server-error", failure=_server_error(failure.errors))
    return _Rules(word="unreachable", failure=failure)


def _text_of(answer: Answer) -> str:
    body = answer.body[:MOST_BYTES]
    if len(answer.body) >= MOST_BYTES and not answer.whole:
        body = body[: body.rfind(b"\n") + 1]  # half a path would disallow more than the whole one
    return body.decode("utf-8-sig", "replace")


def _server_error(errors: tuple[str, ...]) -> Failure:
    return Failure(reason="robots-disallowed", transient=True, errors=errors)
