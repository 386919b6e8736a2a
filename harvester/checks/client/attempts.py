"""Answers as evidence."""

from __future__ import annotations

import hashlib
from typing import Final

from harvester.checks.policy.sniff import sniff
from harvester.model.exchange import Answer, Ask
from harvester.model.observation import Attempt

KEPT_HEADERS: Final = frozenset(
    {
        *("accept-ranges", "age", "cache-control", "content-disposition", "content-encoding", "content-language"),
        *("content-length", "content-location", "content-range", "content-type", "date", "etag", "expires"),
        *("last-modified", "link", "location", "memento-datetime", "ratelimit", "ratelimit-policy"),
        *("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after", "server", "vary", "via"),
        *("www-authenticate", "x-robots-tag"),
    }
)
"""Headers of a final answer that say something of the medium or of why it wasn't given; the rest is not kept."""
_MOST_CHARS: Final = 1000


def attempt_of(ask: Ask, answer: Answer) -> Attempt:
    """What one request and its redirects leave as evidence."""
    sniffed = sniff(answer.body) if answer.body else None
    return Attempt(
        url=ask.url,
        method=ask.method,
        started_at=answer.started_at,
        duration_s=round(answer.duration_s, 6),
        range=range_of(ask),
        hops=answer.hops,
        status=answer.status,
        headers={name: value[:_MOST_CHARS] for name, value in answer.headers.items() if name in KEPT_HEADERS},
        bytes_read=len(answer.body),
        sniffed_type=sniffed.media_type if sniffed else None,
        prefix_sha256=hashlib.sha256(answer.body).hexdigest() if answer.body else None,
        certificate_sha256=answer.certificate_sha256,
        error=answer.failure.errors if answer.failure else (),
        purpose=ask.purpose,
    )


def range_of(ask: Ask) -> str | None:
    """The range asked for as the `Range` header has it (RFC 9110, section 14.1.2)."""
    if ask.range is None:
        return None
    first, last = ask.range
    return f"bytes={first}" if first < 0 else f"bytes={first}-{'' if last is None else last}"
