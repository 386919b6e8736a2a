"""Asks for what can't exist, to learn what a host gives to every name.

One control probe a host and extension and run is enough. It costs one request, for a sibling of the first location
that looked available; who keeps the answers is the caller, by `control_key`.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from typing import Final
from urllib.parse import urlunsplit

from harvester.checks.policy.evidence import fingerprint_of
from harvester.checks.policy.status import broken_off, gate_of, page_of, reason_of
from harvester.checks.policy.target import Target, extension, split
from harvester.checks.policy.verdict import Fingerprint, Verdict
from harvester.model.exchange import Answer, Ask

_PREFIX_BYTES: Final = 64 << 10
_ID_FOLDER: Final = re.compile(
    r"(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?$)"  # a month or a day is a folder of many
    r"(?:[0-9]{5,}|(?=[^/]*[0-9])[0-9a-fA-F]{8,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|"
    r"(?=[^/]*[0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{11})"
)
"""Folders that are named for one medium: numbers, hashes, UUIDs, ids of 11 characters."""

_FLIPPING_PAGES: Final = frozenset({"page", "text", "player"})
"""Kinds of pages whose meaning a control probe can settle; a wall gives the same page to every name, too."""


def control_key(url: str) -> tuple[str, str]:
    """What one control probe stands for: host with its port, and extension."""
    return split(url).netloc.rpartition("@")[2].lower(), extension(url)


def control_url(url: str, token: str) -> str | None:
    """A sibling that can't exist: same folder and extension, another name; None where the URL has no path.

    The query is left out, since it may be what really names the medium or a signature for this path only. For the same
    reason a folder that is an id of its own is replaced too: where `/v/81372/clip.mp4` is served, `/v/81372/x.mp4` may
    well be the same file.

    Args:
        url: Of a location that looked available.
        token: Letters and digits, made at random by the caller.
    """
    parts = split(url)
    folder, slash, name = parts.path.rpartition("/")
    if not parts.netloc or not slash or not name:
        return None
    above, last = folder.rpartition("/")[::2]
    if _ID_FOLDER.fullmatch(last):
        folder = f"{above}/{token}"
    suffix = f".{name.rpartition('.')[2]}" if extension(url) else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{token}{suffix}", "", ""))


def control(url: str, token: str) -> Generator[Ask, Answer, Fingerprint | None]:
    """Ask for a sibling that can't exist.

    Returns:
        What the host gives to every name; None where it does not: an honest 404, a refusal, a wall, a failure.
    """
    sibling = control_url(url, token)
    if sibling is None:
        return None
    span = (0, _PREFIX_BYTES - 1)
    answer = yield Ask(url=sibling, method="GET", range=span, max_bytes=_PREFIX_BYTES, purpose="control")
    if reason_of(answer) is not None or broken_off(answer) or gate_of(answer):
        return None
    seen = fingerprint_of(answer)
    page = page_of(answer) if seen and seen.html else None
    return None if page and (page.challenge or page.scripted) else seen


def compare(verdict: Verdict, target: Target, given: Fingerprint | None) -> Verdict:
    """The verdict again, now that it is known what the host gives to every name.

    What looked available, or was a page that said nothing, becomes `soft-404` where the control probe got the same.
    A medium whose length is the one that the document declares stays what it is.
    """
    seen = verdict.fingerprint
    looks_available = verdict.state in ("available", "degraded") and verdict.basis in ("head", "bytes", "playlist")
    settles = verdict.reason == "unknown" and verdict.facts.get("page") in _FLIPPING_PAGES
    if given is None or seen is None or not (looks_available or settles) or not same(seen, given):
        return verdict
    if target.size_bytes is not None and target.size_bytes == seen.size_bytes and not seen.html:
        return verdict
    return replace(verdict, reason="soft-404", transient=False, facts={**verdict.facts, "control": "same"})


def same(seen: Fingerprint, given: Fingerprint) -> bool:
    """Whether two answers show one representation.

    Where bytes of both were seen, they decide, but for pages, which may differ in a date or a token: for these one
    address after redirects is enough. Without bytes it takes one ETag and one length; a length alone is no proof.
    """
    if seen.status // 100 != given.status // 100 or given.status // 100 != 2:
        return False
    if seen.redirected and given.redirected and seen.url == given.url and (seen.html or given.html):
        return True
    lengths = seen.size_bytes is None or given.size_bytes is None or seen.size_bytes == given.size_bytes
    if seen.prefix_sha256 is not None and given.prefix_sha256 is not None:
        return lengths and seen.prefix_sha256 == given.prefix_sha256
    return lengths and seen.size_bytes is not None and seen.etag is not None and seen.etag == given.etag
