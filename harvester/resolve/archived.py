"""URLs that an archive or a cache has rewritten: which original they stand for, and when it was captured.

In the words of RFC 7089: URI-M, the memento, is what the document says; URI-R, the original, is what it means.
The shape `<prefix>/<14 digits><modifier>/<original>` is that of Wayback and of all that descends from it (OpenWayback,
pywb: Arquivo.pt, the UK and the Library of Congress's web archives, Vefsafn, perma.cc, …), so it is read on any host.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

import msgspec

from harvester.resolve.urls import MAX_URL_CHARS, is_plain_url

MAX_NESTING: Final = 4
"""How many archives inside one another are looked through."""

_HOST_SIGN: Final = re.compile(r"https?://[^/]*?(?:archive|google|amp|perma|commoncrawl)")
"""One of these is in every host that a reader is of."""


class Archived(msgspec.Struct, frozen=True, gc=False):
    """What a rewritten URL stands for.

    Attributes:
        original: The URL as it was on the live web (URI-R).
        memento: The archive's URL of that version (URI-M); None where the text names no version that could be
            fetched: a calendar page, or a path whose archive isn't known.
        captured_at: When it was captured, where the URL gives that to the second.
        archive: The archive's host, or `unknown` for a path that only looks like Wayback's.
    """

    original: str
    memento: str | None
    captured_at: datetime | None
    archive: str


@lru_cache(maxsize=2048)
def split(url: str) -> Archived | None:
    """The original and the memento of a URL that an archive or a cache has rewritten; None for any other URL.

    An archive's copy of another archive's page is looked through: the innermost original, the outermost memento.
    A path as Wayback writes it (`/web/20161215204820im_/http://…`) is understood without a host too. Total on any
    text.
    """
    if len(url) > MAX_URL_CHARS or ("/" not in url and "?" not in url):
        return None
    if not _may_be_rewritten(url):
        return None
    from harvester.resolve.rewritten import split_once  # noqa: PLC0415 - most URLs are no archive's

    outer = split_once(url)
    found = outer
    for _ in range(MAX_NESTING):
        inner = split_once(found.original) if found else None
        if inner is None:
            break
        found = inner
    if outer is None or found is None or found is outer:
        return outer
    return Archived(found.original, outer.memento, outer.captured_at, outer.archive)


def _may_be_rewritten(url: str) -> bool:
    """Whether a URL holds another one, or its host's name a part of those that `_READERS` knows."""
    if not is_plain_url(url):
        return True
    holds_url = url.find(":/", len("https:/")) > 0 or "%3" in url
    return holds_url or _HOST_SIGN.match(url) is not None
