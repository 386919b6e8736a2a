"""What a host says about its pace, and which answers are worth asking for again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from harvester.checks.policy.hostnames import ByHost
from harvester.errors import ProfileError
from harvester.model.exchange import Answer

HOSTS_OWN: Final = frozenset({429, 503})
"""Statuses that are about the host, not the URL: they delay all that is queued for it, and are not retried as such."""

_RETRIED_FAILURES: Final = frozenset({"timeout", "connection-failed", "dns-temporary"})
_FINAL_ERRORS: Final = frozenset({501, 505})

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIXDATE: Final = re.compile(
    r"[A-Za-z]{3,9}, ([0-9]{1,2})[ -]([A-Za-z]{3})[ -]([0-9]{2}|[0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?: GMT| UTC)?"
)
"""IMF-fixdate, and the RFC 850 form with dashes and two digits of year (RFC 9110, section 5.6.7)."""
_ASCTIME: Final = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) {1,2}([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([0-9]{4})")
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_PARAMETER: Final = re.compile(r"([a-z]{1,16})\s{0,4}=\s{0,4}([0-9]{1,12})")

_LONGEST_S: Final = 366 * 86400.0
_EPOCH_FROM: Final = 1_000_000_000
"""Numbers from here on are seconds since 1970, not seconds to wait; below, GitHub and others mean a time span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """The pace that hosts are known to want.

    Attributes:
        hosts: Names of hosts; `.a.example` stands for all below it, too.
        key: Of the queue that they share; empty where each has its own.
        rate_per_s: Requests a second; it makes no host faster than the user said.
        connections: Requests at the same time, in place of the usual number.
    """

    hosts: tuple[str, ...] = ()
    key: str = ""
    rate_per_s: float | None = None
    connections: int | None = None

    def __post_init__(self) -> None:
        if (self.rate_per_s is not None and not self.rate_per_s > 0) or (
            self.connections is not None and self.connections < 1
        ):
            raise ProfileError(f"no pace for {self.key or self.hosts}: it asks nothing", "give numbers above 0")


class AllManners:
    """The manners towards each host."""

    def __init__(self, manners: tuple[Manners, ...] = ()) -> None:
        self._by_key = {each.key: each for each in manners if each.key}
        self._by_host = ByHost((each.hosts, each) for each in manners)

    def of(self, key: str) -> Manners | None:
        """What the hosts of a queue want, by its key: a shared one, or `host:port`."""
        found = self._by_key.get(key)
        if found is None and (known := self._by_host[key.rpartition(":")[0].strip("[]")]):
            return known[0]
        return found


def http_date(text: str) -> datetime | None:
    """A time in any of the three forms of RFC 9110, section 5.6.7; None for anything else."""
    text = text.strip()
    found = _FIXDATE.fullmatch(text)
    if found:
        day, month, year, hour, minute, second = found.groups()
    else:
        found = _ASCTIME.fullmatch(text)
        if found is None:
            return None
        month, day, hour, minute, second, year = found.groups()
    if month.lower() not in _MONTHS:
        return None
    # Two digits are the year of this century unless that lies far ahead.
    full = int(year) + ((2000 if int(year) < 70 else 1900) if len(year) == 2 else 0)
    try:
        number = _MONTHS.index(month.lower()) + 1
        return datetime(full, number, int(day), int(hour), int(minute), min(int(second), 59), tzinfo=UTC)
    except ValueError:
        return None


def retry_after_s(answer: Answer) -> float | None:
    """Seconds that `Retry-After` asks for (RFC 9110, section 10.2.3), a date measured against the answer's own Date."""
    text = answer.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), _LONGEST_S)
    return _up_to_date(answer, text)


def delay_s(answer: Answer) -> float | None:
    """Seconds for which nothing should be asked of this host, None where it says nothing.

    Retry-After counts but beside a success. Of the RateLimit fields a reset counts where nothing is left, or where the
    status is 429: `RateLimit: "default";r=0;t=30` and `RateLimit: limit=10, remaining=0, reset=30` (drafts of the IETF
    HTTP API group), `RateLimit-Reset`, `X-RateLimit-Reset` and `X-Rate-Limit-Reset`, in seconds or as a time.
    """
    asked_to_wait = answer.status is not None and (answer.status == 202 or answer.status >= 300)
    waits = [retry_after_s(answer)] if asked_to_wait else []
    combined = _parameters(answer.headers.get("ratelimit", ""))
    remaining, reset = combined.get("r", combined.get("remaining")), combined.get("t", combined.get("reset"))
    if reset is not None and (remaining == 0 or answer.status == 429):
        waits.append(float(reset))
    for prefix in ("ratelimit", "x-ratelimit", "x-rate-limit"):
        left = answer.headers.get(f"{prefix}-remaining", "").strip()
        if answer.status == 429 or (left.isdigit() and not left.strip("0")):
            waits.append(_reset(answer, answer.headers.get(f"{prefix}-reset", "")))
    known = [min(wait, _LONGEST_S) for wait in waits if wait is not None]
    return max(known) if known else None


def policy_rate(headers: Mapping[str, str]) -> float | None:
    """Requests a second that `RateLimit-Policy` allows (`"default";q=100;w=60`, `100;w=60`); None for no policy."""
    rates: list[float] = []
    for policy in headers.get("ratelimit-policy", "").lower().split(",")[:16]:
        parameters = _parameters(policy)
        leading = policy.partition(";")[0].strip()
        quota = parameters.get(
            "q", int(leading) if leading.isascii() and leading.isdigit() and len(leading) < 10 else 0
        )
        window = parameters.get("w", 0)
        if quota and window:
            rates.append(quota / window)
    return min(rates) if rates else None


def retryable(answer: Answer) -> bool:
    """Whether the same request is worth repeating soon: resets, timeouts, 408 and 5xx but 501, 505 and the host's own.

    A 429 never is, nor a 503: these say when the host wants to be asked again, and `delay_s` reads it.
    """
    if answer.status is None:
        return answer.failure is not None and answer.failure.transient and answer.failure.reason in _RETRIED_FAILURES
    if answer.status in HOSTS_OWN or answer.status in _FINAL_ERRORS:
        return False
    return answer.status == 408 or 500 <= answer.status < 600


def _reset(answer: Answer, text: str) -> float | None:
    """A reset in seconds from now, as a time since 1970, or as a date."""
    text = text.strip()
    if not _SECONDS.fullmatch(text) and not (text.isascii() and text.isdigit() and len(text) <= 13):
        return _up_to_date(answer, text)
    number = float(text)
    if number >= _EPOCH_FROM * 1000:
        number /= 1000  # milliseconds
    return _up_to(answer, number) if number >= _EPOCH_FROM else number


def _up_to_date(answer: Answer, text: str) -> float | None:
    until = http_date(text)
    return None if until is None else _up_to(answer, until.timestamp())


def _up_to(answer: Answer, until: float) -> float:
    """Seconds up to a time since 1970 by the host's own clock, ours where it doesn't show one; never below zero."""
    now = http_date(answer.headers.get("date", "")) or answer.started_at
    return min(max(until - now.timestamp(), 0.0), _LONGEST_S)


def _parameters(text: str) -> dict[str, int]:
    return {name: int(value) for name, value in _PARAMETER.findall(text[:1000].lower())}
