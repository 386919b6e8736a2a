"""Signatures in URLs: until when they hold, and the URL without them.

A signed URL names the same medium as its neighbour signed a minute later, so identity is of the URL without the
signature; and one that has run out is no proof that the medium is gone. The forms are those that the storage and
delivery services document; each is named where it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from harvester.resolve.urls import MAX_URL_CHARS, host_of

_MARK = re.compile(r"[/=,](?:(?<==)|(?<=,)\d{10}/|(?<=/)(?:expire/|get_file/|eyJ|[0-9a-f]{32}/[0-9a-f]{8}/))")
"""Every form below has one of these; most paths have none, and are done with quickly."""

MAX_PARAMETERS: Final = 256
"""A query with more is left alone: no service signs so much."""


if TYPE_CHECKING:
    from harvester.resolve.signed_values import Cut


@dataclass(frozen=True, slots=True)
class Expiry:
    """What a URL says of its own signature.

    Attributes:
        at: When it runs out; None where it doesn't say, says it in a way that only the server knows, or names a
            time outside 2001 to 2100.
        parameters: The query parameters or path parts that belong to it, as written.
        scheme: Whose form it has: `aws-v4`, `azure-sas`, `akamai-token`, `jwt`, …; `generic` for a parameter named
            for a time limit.
    """

    at: datetime | None
    parameters: tuple[str, ...]
    scheme: str


def expires(url: str) -> Expiry | None:
    """What a URL says of its signature; None where it has none. The earliest time where it has several."""
    return _taken(url)[1]


def unsigned(url: str) -> str:
    """The URL without its signature; all else stays as it was, in its order. Idempotent, total on any text."""
    return _taken(url)[0]


@lru_cache(maxsize=2048)
def _taken(url: str) -> tuple[str, Expiry | None]:
    if len(url) > MAX_URL_CHARS or not ("?" in url or _MARK.search(url)):
        return url, None
    head, hash_mark, fragment = url.partition("#")
    address, question, query = head.partition("?")
    path_cuts, address = _cut_all_of_path(address)
    query_cuts: list[Cut] = []
    if question and query.count("&") < MAX_PARAMETERS:
        from harvester.resolve.signed_queries import cut_query  # noqa: PLC0415 - most URLs have no query

        host = host_of(url)
        kept = query.split("&")
        # A second signature may show once the first is off; every round takes one parameter at least.
        while kept and (cut := cut_query(kept, host, address)):
            query_cuts.append(cut)
            kept = [pair for position, pair in enumerate(kept) if position not in cut.positions]
        if query_cuts:
            query = "&".join(kept)
            question = "?" if kept else ""
    cuts = path_cuts + query_cuts
    if not cuts:
        return url, None
    times = [cut.at for cut in cuts if cut.at]
    parameters = tuple(name for cut in cuts for name in cut.names)
    rest = f"{address}{question}{query}{hash_mark}{fragment}"
    return rest, Expiry(min(times, default=None), parameters, cuts[0].scheme)


def _cut_all_of_path(address: str) -> tuple[list[Cut], str]:
    cuts: list[Cut] = []
    if _MARK.search(address) is None:
        return cuts, address
    from harvester.resolve.signed_paths import cut_path  # noqa: PLC0415 - most paths are not signed

    while cut := cut_path(address):
        cuts.append(cut)
        address = cut.rest
    return cuts, address
