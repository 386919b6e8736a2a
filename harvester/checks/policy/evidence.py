"""Turns answers into what is kept of them: attempts for the record, fingerprints for comparing."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from harvester import __version__
from harvester.checks.policy.sniff import declared_family, sniff
from harvester.checks.policy.verdict import Fingerprint
from harvester.model.exchange import Answer
from harvester.model.observation import Attempt

_TOOL: Final = f"harvester/{__version__}"
_CONTENT_RANGE: Final = re.compile(r"bytes\s+(?:([0-9]{1,18})-([0-9]{1,18})|\*)/([0-9]{1,18}|\*)", re.IGNORECASE)

_KEPT: Final = (
    *("accept-ranges", "age", "cache-control", "cf-mitigated", "cf-ray", "content-disposition", "content-encoding"),
    *("content-language", "content-length", "content-location", "content-range", "content-type", "date", "etag"),
    *("expires", "last-modified", "link", "location", "memento-datetime", "ratelimit", "ratelimit-limit"),
    *("ratelimit-policy", "ratelimit-remaining", "ratelimit-reset", "retry-after", "server", "via", "warning"),
    *("www-authenticate", "x-amz-cf-id", "x-amz-request-id", "x-amzn-waf-action", "x-archive-orig-date", "x-cache"),
    *("x-datadome", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-robots-tag"),
)
"""Headers that a verdict can rest on, or that let the host's owner find the request in a log."""

_LONGEST_CHARS: Final = 2000


def attempt_of(answer: Answer) -> Attempt:
    """The record of one attempt, with no header value longer than 2,000 characters."""
    found = sniff(answer.body)
    return Attempt(
        url=answer.ask.url,
        method=answer.ask.method,
        started_at=answer.started_at,
        duration_s=answer.duration_s,
        range=range_header(answer.ask.range),
        hops=answer.hops,
        status=answer.status,
        headers={name: answer.headers[name][:_LONGEST_CHARS] for name in _KEPT if name in answer.headers},
        bytes_read=len(answer.body),
        sniffed_type=found.media_type if found else None,
        prefix_sha256=sha256(answer.body).hexdigest() if answer.body else None,
        certificate_sha256=answer.certificate_sha256,
        error=answer.failure.errors if answer.failure else (),
        purpose=answer.ask.purpose,
        tool=_TOOL,
    )


def range_header(span: tuple[int, int | None] | None) -> str | None:
    """A byte range as the `Range` header writes it (RFC 9110, section 14.1.2)."""
    if span is None:
        return None
    first, last = span
    return f"bytes={first}" if first < 0 else f"bytes={first}-{'' if last is None else last}"


def content_range(answer: Answer) -> tuple[int | None, int | None]:
    """First byte and whole length that a `Content-Range` names (RFC 9110, section 14.4), None where it doesn't."""
    found = _CONTENT_RANGE.match(answer.headers.get("content-range", "").strip())
    if found is None:
        return None, None
    return (int(found[1]) if found[1] else None), (int(found[3]) if found[3] != "*" else None)


def total_bytes(answer: Answer) -> int | None:
    """Length of the whole representation, None where the answer doesn't say."""
    if answer.status in (206, 416):
        return content_range(answer)[1]
    if answer.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return None  # Content-Length counts the encoded bytes
    length = answer.headers.get("content-length", "").strip()
    if length.isascii() and length.isdigit() and len(length) <= 18:
        return int(length)
    return len(answer.body) if answer.whole and answer.ask.method == "GET" else None


def fingerprint_of(answer: Answer) -> Fingerprint | None:
    """What an answer is compared by; None where there is none, or none about the representation."""
    if answer.status is None:
        return None
    found = sniff(answer.body)
    family = found.family if found else None if answer.body else declared_family(answer.headers.get("content-type"))
    return Fingerprint(
        status=answer.status,
        url=answer.url,
        redirected=answer.url != answer.ask.url,
        size_bytes=total_bytes(answer),
        etag=answer.headers.get("etag"),
        prefix_sha256=sha256(answer.body).hexdigest() if answer.body else None,
        prefix_bytes=len(answer.body),
        html=family == "html",
    )
