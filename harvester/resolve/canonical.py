"""A URL in the one form that all its spellings share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from harvester.resolve.archived import split
from harvester.resolve.hosts import folded_host
from harvester.resolve.names import facts, has_media_suffix, is_plain, is_role, suffix_of
from harvester.resolve.signed import MAX_PARAMETERS, unsigned
from harvester.resolve.urls import authority, host_of, is_plain_url, join

_TRACKING = re.compile(
    r"(?:utm_|mc_|wt_|ns_|at_|amp_|guce_|_hs|pk_|mtm_|vero_|oly_|hsa_).*|[a-z]{1,3}clid|gclsrc|[gw]braid|igshid|igsh"
    r"|_ga|_gl|mkt_tok|xtor|cmpid|icid|ito|ocid|ref_src|ref_url|usqp|guccounter|spm|__twitter_impression|smid|partner"
    r"|_|cb|cachebust|cachebuster|cache_buster|nocache|no_cache|rnd|rand|random|bust",
    re.IGNORECASE,
)
"""Parameters that count visitors or defeat caches."""

_VERSION = re.compile(r"(?:v|ver|version|rev|t|ts|timestamp|modified|mtime)=[\d.]*", re.IGNORECASE)
"""Versions of a file; of a named file only, since `player.php?v=…` names a medium."""

_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS: Final = (":80", ":443")
_MAX_ROUNDS: Final = 6


@lru_cache(maxsize=2048)
def canonical(url: str) -> str:
    """A URL for comparison, as a network-path reference (`//host/path`, RFC 3986 § 4.2), since http and https are one.

    Of an archive's or cache's URL the original; without signature, fragment, tracking, cache busters and default
    port; `www.` and the numbers of farm hosts folded; percent-encoding in its normal form (RFC 3986 § 6.2.2);
    parameters sorted by name. Path, double slashes and all other parameters stay. Idempotent; what is no URL is only
    stripped.
    """
    if _is_bare(url) and unsigned(url) == url and split(url) is None:
        place, _, path = url.partition("://")[2].partition("/")
        return f"//{folded_host(place)}/{path}"
    for _ in range(_MAX_ROUNDS):
        url, is_final = _simplified(url)
        if is_final:
            break
    return url


def _is_bare(url: str) -> bool:
    """Whether a URL has nothing but host and path, in their normal form."""
    return "?" not in url and "%" not in url and is_plain_url(url) and url[-1] != "/"


def _simplified(url: str) -> tuple[str, bool]:
    """One round, and whether it was the last: what a signature or an archive's prefix hid may hide more."""
    archived = split(url)
    joined = join(archived.original if archived else url, None)
    if joined.url is None:
        return url.strip(), True
    whole = normal_escapes(joined.url.partition("#")[0])
    bare = unsigned(whole)
    address, _, query = bare.partition("?")
    place = authority(address)
    start = address.find("://") + 3
    path = address[start + len(place) :] or "/"
    if path.endswith("/") and has_media_suffix(path):
        path = path.rstrip("/")
    scheme = "" if joined.scheme in {"http", "https"} else f"{joined.scheme}:"
    pairs = _identifying(query, path) if query else []
    form = f"{scheme}//{_place(address, place)}{path}{'?' if pairs else ''}{'&'.join(pairs)}"
    return form, archived is None and bare == whole


def _place(address: str, place: str) -> str:
    if is_plain_url(address):
        return folded_host(place)
    host = host_of(address)
    port = place[len(host) :] if not place.endswith(_DEFAULT_PORTS) else ""
    return (folded_host(host) or host) + port


def _identifying(query: str, path: str) -> list[str]:
    """The parameters that may tell one medium from another, sorted by name; those of one name keep their order."""
    pairs = [pair for pair in query.split("&") if pair]
    if len(pairs) > MAX_PARAMETERS:
        return pairs
    kept = [pair for pair in pairs if not _is_tracking(pair.partition("=")[0])]
    if suffix_of(path) and not _is_generic(path):
        kept = [pair for pair in kept if not _VERSION.fullmatch(pair)]
    return sorted(kept, key=lambda pair: pair.partition("=")[0])


@lru_cache(maxsize=512)
def _is_tracking(name: str) -> bool:
    return _TRACKING.fullmatch(name) is not None


def _is_generic(path: str) -> bool:
    return is_role(path) or is_plain(facts(path).stem)


def normal_escapes(text: str) -> str:
    """Percent-encoding in its normal form (RFC 3986 § 6.2.2): upper-case digits, nothing encoded that needn't be."""
    return _ESCAPE.sub(_normal_escape, text) if "%" in text else text


def _normal_escape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
