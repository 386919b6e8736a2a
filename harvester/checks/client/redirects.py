"""From hop to hop, each one asked like a request of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from msgspec.structs import replace

from harvester.model.exchange import Answer, Ask, Failure
from harvester.resolve import urls

Send: TypeAlias = Callable[[Ask], Awaitable[Answer]]

MOST_REDIRECTS: Final = 10
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FORBIDDEN: Final = frozenset({"credentials", "inline-data", "blob", "script", "local-file", "other-scheme"})
"""Refusals by `harvester.resolve.urls` of what is a URL, but none that a redirect may lead to."""


def join(base: str, reference: str) -> str | None:
    """Resolves a reference against a base by the WHATWG rules; None where it gives no URL."""
    return urls.join(reference, base).url


def asked_url(url: str) -> str:
    """A URL as it is asked for: the fragment stays here (RFC 9110, section 7.1)."""
    return url.partition("#")[0]


def target_of(answer: Answer) -> tuple[str | None, Failure | None]:
    """Where an answer sends on to, None where it doesn't, or why that is not followed (RFC 9110, section 15.4)."""
    location = answer.headers.get("location", "").strip()
    if answer.status not in _REDIRECTS or not location:
        return None, None
    joined = urls.join(location, answer.url)
    if joined.scheme in ("http", "https"):
        return asked_url(joined.url or ""), None
    forbidden = joined.url is not None or joined.reason in _FORBIDDEN
    return None, Failure(
        reason="blocked-by-policy" if forbidden else "protocol-error",
        transient=False,
        errors=(f"redirect to {location[:200]!r}", *((joined.reason,) if joined.reason else ())),
    )


async def follow(ask: Ask, send: Send, most: int = MOST_REDIRECTS) -> Answer:
    """Asks, and asks on where the answer is a redirect.

    Returns:
        The last answer, with the hops and the duration of all.
    """
    answer = await send(ask)
    started_at, duration_s, hops = answer.started_at, answer.duration_s, answer.hops
    seen = {ask.url}
    while answer.failure is None:
        url, failure = target_of(answer)
        if url is not None and (url in seen or len(seen) > most):
            why = "a URL comes again" if len(seen) <= most else f"more than {most} redirects"
            failure = Failure(reason="redirect-loop", transient=False, errors=(f"{why}: {url[:200]}",))
        if failure is not None:
            answer = replace(answer, status=None, failure=failure)
            break
        if url is None:
            break
        seen.add(url)
        answer = await send(replace(ask, url=url))
        duration_s += answer.duration_s
        hops += answer.hops
    return replace(answer, ask=ask, started_at=started_at, duration_s=duration_s, hops=hops)
