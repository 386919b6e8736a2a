"""Which medium a URL or a record is about, as one string that stays the same from page to page and run to run.

Two ways to be wrong are not equal: two keys for one medium are listed twice, which an alias can mend; one key for
two media loses one of them. So what might tell two media apart stays in the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from harvester.model.finding import Id
from harvester.resolve.archived import split
from harvester.resolve.hosts import folded_host
from harvester.resolve.names import facts, has_media_suffix, is_distinctive, is_plain, is_role, suffix_of
from harvester.resolve.signed import MAX_PARAMETERS, unsigned
from harvester.resolve.urls import authority, host_of, join

LOCAL: Final = "local"
"""The scheme of ids that are unique within their page or site only, as far as the record says."""

MAX_KEY_CHARS: Final = 400
"""A longer canonical URL is hashed: keys are printed, indexed and compared."""

MIN_LOCAL_ID_CHARS: Final = 5
"""A shorter local id is mostly a position in a list, and a position never identifies."""

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


class MediaKey(NamedTuple):
    """What a medium is known by: the best form, and the others that it could have had."""

    key: str
    aliases: tuple[str, ...]


@lru_cache(maxsize=1024)
def canonical(url: str) -> str:
    """A URL for comparison, as a network-path reference (`//host/path`, RFC 3986 § 4.2), since http and https are one.

    Of an archive's or cache's URL the original; without signature, fragment, tracking, cache busters and default
    port; `www.` and the numbers of farm hosts folded; percent-encoding in its normal form (RFC 3986 § 6.2.2);
    parameters sorted by name. Path, double slashes and all other parameters stay. Idempotent; what is no URL is only
    stripped.
    """
    for _ in range(_MAX_ROUNDS):
        simpler = _simplified(url)
        if simpler == url:
            break
        url = simpler
    return url


def path_hash(raw: str, record_id: str | None, scope: str = "") -> str:
    """`path:sha256:…` of a path that nothing resolves, and of the id beside it.

    `scope` (a host, or a document's id) goes in for a path that could stand on any site (`/videos/1.mp4`).
    """
    path = raw.strip().replace("\\", "/").partition("#")[0]
    path = _normal_escapes(unsigned(path)).lstrip("./")
    scope = "" if is_distinctive(path) else scope
    return "path:sha256:" + _digest(scope, path, record_id or "")


def media_key(
    ids: Sequence[Id],
    *,
    url: str | None = None,
    raw: str | None = None,
    scope: str = "",
    profile: str | None = None,
    text: str = "",
) -> MediaKey:
    """The key of a medium and its aliases, best first.

    1. `scheme:value` of an id that is unique in its scheme: the profile's first, then those with an account, then
       by name, so that the order in the record doesn't matter;
    2. `url:` and the canonical media URL;
    3. the hash of the unresolved path and id;
    4. `local:<scope>/<value>` of an id that is unique on its site at best: never without the site, never as an
       alias, and never where it is so short that it may be a position;
    5. the hash of what the record says.

    Args:
        ids: All ids of the record.
        url: The medium's own URL, where it is more than guessed.
        raw: The medium's path as it stands in the data, where it is relative.
        scope: The document's site (`folded_host`) or, unknown, the document's id.
        profile: The name of the site profile that claimed the record.
        text: The record's title, or its text, for when it says nothing better.
    """
    forms = [
        f"{found.scheme}:{found.value}"
        for found in sorted(ids, key=lambda found: _rank(found, profile))
        if found.scheme != LOCAL and found.value
    ]
    if url:
        forms.append(_url_form(url))
    if raw and not authority(raw) and not raw.startswith("//"):
        forms.extend(path_hash(raw, value, scope) for value in _values(ids))
    if not forms:
        forms.append(_last_resort(ids, scope, text))
    return MediaKey(forms[0], tuple(dict.fromkeys(form for form in forms[1:] if form != forms[0])))


def _last_resort(ids: Sequence[Id], scope: str, text: str) -> str:
    values = [found.value for found in ids if found.scheme == LOCAL]
    for value in values:
        if scope and (len(value) >= MIN_LOCAL_ID_CHARS or is_distinctive(value)):
            return f"{LOCAL}:{scope}/{value}"
    return "record:sha256:" + _digest(scope, *values, text)


def _rank(found: Id, profile: str | None) -> tuple[int, str, str]:
    first = 0 if profile and found.scheme == profile else 1 if ":" in found.scheme else 2
    return first, found.scheme, found.value


def _values(ids: Sequence[Id]) -> Iterator[str | None]:
    """The ids that a path's hash is taken with: local ones first, each value once; a profile renames only schemes."""
    values = dict.fromkeys(found.value for found in sorted(ids, key=lambda found: found.scheme != LOCAL))
    yield from values or (None,)


def _url_form(url: str) -> str:
    form = canonical(url)
    return f"url:{form}" if len(form) <= MAX_KEY_CHARS else "url:sha256:" + _digest(form)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _simplified(url: str) -> str:
    """One round: what a signature or an archive's prefix hid may itself be signed or archived."""
    archived = split(url)
    joined = join(archived.original if archived else url, None)
    if joined.url is None:
        return url.strip()
    address, _, query = unsigned(_normal_escapes(joined.url.partition("#")[0])).partition("?")
    place = authority(address)
    start = address.find("://") + 3
    path = address[start + len(place) :] or "/"
    if path.endswith("/") and has_media_suffix(path):
        path = path.rstrip("/")
    scheme = "" if joined.scheme in {"http", "https"} else f"{joined.scheme}:"
    pairs = _identifying(query, path)
    return f"{scheme}//{_place(address, place)}{path}{'?' if pairs else ''}{'&'.join(pairs)}"


def _place(address: str, place: str) -> str:
    host = host_of(address)
    port = place[len(host) :] if not place.endswith(_DEFAULT_PORTS) else ""
    return (folded_host(host) or host) + port


def _identifying(query: str, path: str) -> list[str]:
    """The parameters that may tell one medium from another, sorted by name; those of one name keep their order."""
    pairs = [pair for pair in query.split("&") if pair]
    if len(pairs) > MAX_PARAMETERS:
        return pairs
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0])]
    if suffix_of(path) and not _is_generic(path):
        kept = [pair for pair in kept if not _VERSION.fullmatch(pair)]
    return sorted(kept, key=lambda pair: pair.partition("=")[0])


def _is_generic(path: str) -> bool:
    return is_role(path) or is_plain(facts(path).stem)


def _normal_escapes(text: str) -> str:
    return _ESCAPE.sub(_normal_escape, text) if "%" in text else text


def _normal_escape(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()
