"""Tells which locations of one medium are the same, and puts together what is said of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from harvester.model import Location
from harvester.model.vocabulary import CONFIDENCES, Role
from harvester.resolve import names
from harvester.resolve.canonical import canonical

_FEWEST: Final = 2
_MOST_ENDS: Final = 8
_DOTS: Final = re.compile(r"\A(?:\.{1,2}/)+")


def unique(locations: Sequence[Location]) -> list[Location]:
    """Keep one location of each URL and role: the most confident, at the place of the first, with what all say of it.

    Two spellings of one URL are one, but for guesses, which are made in more than one spelling on purpose.
    """
    if len(locations) < _FEWEST:
        return list(locations)
    bare = [(one.url or "").partition("://")[2].partition("?")[0] for one in locations]
    if len(set(bare)) == len(bare):
        return list(locations)  # no two are even of one address
    best: dict[tuple[str, Role], Location] = {}
    spelt = _spellings(locations, bare)
    for location in locations:
        url = location.url or f"\0{location.raw}"
        key = (spelt.get(url, url), location.role)
        known = best.get(key)
        if known is None and location.confidence == "guessed":
            key = (url, location.role)
            known = best.get(key)
        if known is None:
            best[key] = location
        elif CONFIDENCES.index(location.confidence) < CONFIDENCES.index(known.confidence):
            best[key] = _completed(location, known)
        else:
            best[key] = _completed(known, location)
    return list(best.values())


def _spellings(locations: Sequence[Location], bare: Sequence[str]) -> dict[str, str]:
    """The one form of those URLs that may be another's, being alike but for scheme and query: few are looked into."""
    first: dict[str, str] = {}
    alike: set[str] = set()
    for location, address in zip(locations, bare, strict=True):
        if url := location.url:
            known = first.setdefault(address, url)
            if known != url:
                alike.update((known, url))
    return {url: canonical(url) for url in alike}


_FACTS: Final = (
    "media_type", "width", "height", "bitrate_bps", "frame_rate", "size_bytes", "codecs", "language", "label",
    "drm", "archived",
)  # fmt: skip
_facts_of = attrgetter(*_FACTS)


def _completed(kept: Location, other: Location) -> Location:
    """One location with what another one of the same URL says besides."""
    mine, more = _facts_of(kept), _facts_of(other)
    missing = {}
    if mine != more:
        said = zip(_FACTS, mine, more, strict=True)
        missing = {name: value for name, own, value in said if own is None and value is not None}
    if kept.delivery == "unknown" != other.delivery:
        missing["delivery"] = other.delivery
    if kept.width and other.width and (kept.width, kept.height) != (other.width, other.height):
        named = names.facts(kept.raw.partition("?")[0])
        if (named.width, named.height) == (kept.width, kept.height):  # what is said beats what a name suggests
            missing |= {"width": other.width, "height": other.height}
    return replace(kept, **missing) if missing else kept


def without_paths_of(locations: Sequence[Location]) -> list[Location]:
    """Leave out paths that are the end of a full URL of the same role: what they are relative to is known then."""
    if not [one for one in locations if not one.url or one.basis.rule == "base"]:
        return list(locations)
    full: dict[tuple[Role, str], list[str]] = {}
    for one in locations:
        if one.url and one.confidence != "guessed" and not _is_path(one):
            path = one.url.partition("?")[0]
            full.setdefault((one.role, path.rpartition("/")[2]), []).append(path)
    if not full:
        return list(locations)
    return [one for one in locations if not _is_end_of(one, full)]


def _is_path(location: Location) -> bool:
    """Whether a location was found by resolving a path, and not only a scheme, against the page."""
    return location.basis.rule == "base" and not location.raw.startswith("//")


def _is_end_of(location: Location, full: Mapping[tuple[Role, str], Sequence[str]]) -> bool:
    if location.url and not _is_path(location):
        return False
    path = _DOTS.sub("", location.raw.partition("?")[0].partition("#")[0].replace("\\", "/"))
    name = path.rpartition("/")[2]
    urls = full.get((location.role, name), ())[:_MOST_ENDS] if name else ()
    if not location.url:
        return bool(urls)
    # Of a path that begins anywhere, what stands in front of its folder may be of a program, not of the address.
    end = path if path.startswith("/") else "/" + "/".join(path.split("/")[-2:])
    return any(url.endswith(end) for url in urls)
