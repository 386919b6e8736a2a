"""Which medium a URL or a record is about, as one string that stays the same from page to page and run to run.

Two ways to be wrong are not equal: two keys for one medium are listed twice, which an alias can mend; one key for
two media loses one of them. So what might tell two media apart stays in the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from harvester.model.finding import Id
from harvester.resolve.canonical import canonical, normal_escapes
from harvester.resolve.distinctive import is_distinctive
from harvester.resolve.groups import group_key
from harvester.resolve.names import has_media_suffix
from harvester.resolve.signed import unsigned
from harvester.resolve.urls import authority

__all__ = ["LOCAL", "MediaKey", "canonical", "media_key", "path_hash"]

LOCAL: Final = "local"
"""The scheme of ids that are unique within their page or site only, as far as the record says."""

MAX_KEY_CHARS: Final = 400
"""A longer canonical URL is hashed: keys are printed, indexed and compared."""

MIN_LOCAL_ID_CHARS: Final = 5
"""A shorter local id is mostly a position in a list, and a position never identifies."""

_LEADING = re.compile(r"\A(?:\./|/)+")
_UNIQUE = re.compile(r"[0-9A-Za-z]{16}|[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
"""Long enough that no two sites give it; shorter numbers may be two shops' for one product."""


class MediaKey(NamedTuple):
    """What a medium is known by: the best form, and the others that it could have had."""

    key: str
    aliases: tuple[str, ...]


def path_hash(raw: str, record_id: str | None, scope: str = "") -> str:
    """`path:sha256:…` of a path that nothing resolves, and of the id beside it.

    `scope` (a host, or a document's id) goes in for a path that could stand on any site (`/videos/1.mp4`).
    """
    path = raw.strip().replace("\\", "/").partition("#")[0]
    path = _LEADING.sub("", normal_escapes(unsigned(path)), count=1)
    scope = "" if is_distinctive(path) else scope
    return "path:sha256:" + _digest(scope, path, record_id or "")


def record_key(*said: str) -> str:
    """`record:sha256:…` of what a record says, where nothing else tells its medium from others."""
    return "record:sha256:" + _digest(*said)


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
    2. `url:` and the canonical media URL, then what its renditions share (`group_key`), so that a page that has
       another one of them is matched by alias;
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
        for found in (sorted(ids, key=lambda found: _rank(found, profile)) if len(ids) > 1 else ids)
        if found.scheme != LOCAL and found.value
    ]
    if url:
        forms.append(_url_form(url))
        if group := _group_form(url):
            forms.append(group)
    if raw and not raw.startswith("//") and not authority(raw):
        forms.extend(path_hash(raw, value, scope) for value in _values(ids))
    if not forms:
        forms.append(_last_resort(ids, scope, text))
    best, *others = dict.fromkeys(forms)
    return MediaKey(best, tuple(others))


def _last_resort(ids: Sequence[Id], scope: str, text: str) -> str:
    values = [found.value for found in ids if found.scheme == LOCAL]
    for value in values:
        if scope and (len(value) >= MIN_LOCAL_ID_CHARS or is_distinctive(value)):
            return f"{LOCAL}:{scope}/{value}"
    return record_key(scope, *values, text)


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


def _group_form(url: str) -> str | None:
    """What the renditions of a file share, where that is unique everywhere or bound to its host."""
    group = group_key(url)
    is_sure = group.startswith("path:") or (group.startswith("name:") and _UNIQUE.search(group) is not None)
    if is_sure and len(group) <= MAX_KEY_CHARS and has_media_suffix(canonical(url).partition("?")[0]):
        return group
    return None


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
