"""What status, headers and the beginning of the body say, before anyone asks whether the right medium came."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from harvester.checks.policy import page as pages
from harvester.checks.policy.page import Page
from harvester.checks.policy.signature import ends_at
from harvester.checks.policy.target import host, split
from harvester.model.exchange import Answer
from harvester.model.vocabulary import STATE_OF

_BY_STATUS: Final[dict[int, str]] = {
    401: "login",  # RFC 9110, 15.5.2
    402: "payment",
    403: "forbidden",
    404: "not-found",
    408: "timeout",
    410: "gone",
    429: "rate-limited",  # RFC 6585, 4
    440: "login",  # IIS: the session has ended
    451: "legal",  # RFC 7725
    460: "timeout",
    498: "expired-signature",  # ArcGIS: the token is no longer valid
    499: "login",  # ArcGIS: a token is needed
    509: "rate-limited",  # cPanel and others: the bandwidth of the month is used up
    999: "bot-challenge",  # LinkedIn
}
"""What a final status means unless headers or body say better. 5xx is `server-error`, all else `unknown`.

Only 404 and 410 lead to unavailable, and these only where the body is no wall and no signature has run out.
"""

_CHALLENGE_HEADERS: Final = (
    ("cf-mitigated", ("challenge",)),
    ("x-vercel-mitigated", ("challenge", "deny")),
    ("x-amzn-waf-action", ("challenge", "captcha")),
    ("x-sucuri-block", ("",)),
    ("x-dd-b", ("",)),
)
"""Headers that a wall sets on its own pages only, with the beginnings of the values that count."""

_EXPIRED: Final = (
    b"request has expired",
    b"expiredtoken",
    b"signature expired",
    b"signature has expired",
    b"signature not valid in the specified time frame",
    b"signed expiry time",
    b"token expired",
    b"token has expired",
    b"link has expired",
    b"link expired",
    b"url has expired",
    b"url expired",
    b"expired timestamp",
    b"expired url",
)
_REFERER: Final = (
    b"hotlink",
    b"invalid referer",
    b"invalid referrer",
    b"bad referer",
    b"referer denied",
    b"no referer",
)
_WALLED_STATUSES: Final = frozenset({403, 405, 406, 418, 429, 503})
"""Statuses with which a page that mentions a captcha is about that captcha."""


def reason_of(answer: Answer, expires_at: datetime | None = None) -> str | None:
    """Why an answer holds no medium, None where it may: a 2xx whose body has to be looked at.

    Args:
        answer: With the first bytes of the body where it has any; after all redirects.
        expires_at: When the signature in the URL ends, where it is known from elsewhere.
    """
    if answer.status is None:
        reason = answer.failure.reason if answer.failure else "unknown"
        return reason if reason in STATE_OF else "unknown"
    if _walled_by_headers(answer):
        return "bot-challenge"
    if answer.status < 300 and answer.status not in (202, 204, 205):
        return "protocol-error" if answer.status < 200 else None
    if answer.status < 400:
        return _redirect(answer) if answer.status >= 300 else _empty(answer)
    return _error(answer, answer.status, expires_at)


def broken_off(answer: Answer) -> str | None:
    """Why a body broke off after its first bytes, None where it did not: what was seen may be right, but not all."""
    if answer.status is None or answer.failure is None:
        return None
    return answer.failure.reason if answer.failure.reason in STATE_OF else "unknown"


def page_of(answer: Answer) -> Page:
    """The body as a page."""
    return pages.read(answer.body, answer.headers.get("content-type", ""))


def redirected(answer: Answer) -> bool:
    """Whether the answer came from another URL than the one asked for."""
    return answer.url != answer.ask.url


def gate_of(answer: Answer) -> str | None:
    """The kind of gate that a redirect has led to; None where it led to none, or the gate itself was asked for."""
    if not redirected(answer):
        return None
    now, before = split(answer.url), split(answer.ask.url)
    reason = pages.gate(host(answer.url), now.path)
    return None if reason and reason == pages.gate(host(answer.ask.url), before.path) else reason


def _walled_by_headers(answer: Answer) -> bool:
    headers = answer.headers
    if any(name in headers and headers[name].lower().startswith(values) for name, values in _CHALLENGE_HEADERS):
        return True
    return answer.status == 403 and "x-datadome" in headers


def _empty(answer: Answer) -> str:
    """A 2xx that by its status has no content yet or none at all."""
    page = page_of(answer)
    return "bot-challenge" if page.challenge or page.mentions_captcha else "unknown"


def _redirect(answer: Answer) -> str:
    """A 3xx that was not followed: too many of them, or nowhere to go."""
    if answer.status in (301, 302, 303, 307, 308):
        return "redirect-loop" if answer.headers.get("location") else "protocol-error"
    return "unknown"


def _error(answer: Answer, status: int, expires_at: datetime | None) -> str:
    """A 4xx or 5xx, by what its body says, else by its number."""
    page = page_of(answer)
    if page.challenge or (status in _WALLED_STATUSES and page.mentions_captcha):
        return "bot-challenge"
    if status >= 500:
        return _BY_STATUS.get(status, "server-error" if status < 600 else "protocol-error")
    if status in (400, 401, 403, 404, 410):
        told = _refused(answer, page, expires_at)
        if told:
            return told
    return _BY_STATUS.get(status, "unknown")


def _refused(answer: Answer, page: Page, expires_at: datetime | None) -> str | None:
    """What lies behind a refusal or an absence: time, place, law, a gate, a missing Referer."""
    body = answer.body[:4096].lower()
    ends = expires_at or ends_at(answer.ask.url)
    if any(mark in body for mark in _EXPIRED) or (ends is not None and ends < answer.started_at):
        return "expired-signature"
    told = pages.walled(page) or gate_of(answer)
    if told:
        return told
    if answer.status in (401, 403):
        if any(mark in body for mark in _REFERER):
            return "needs-referer"
        said = pages.refusal(page)
        return said if said in ("payment", "login") else None
    return None
