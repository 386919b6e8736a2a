"""Drafts a site profile from what a harvest found: the records, their paths, and the URLs in the same documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harvester.containers.unpack import unpack
from harvester.errors import InputError, UsageError
from harvester.model import DEFAULT, Item, Manifest
from harvester.resolve.profiles import Profiles
from harvester.resolve.profiles.draft import Sample, Shown, draft, name_for
from harvester.sources.inputs import STDIN, Named
from harvester.sources.reading import read

_URL: Final = re.compile(rb"https?:(?:\\?/){2}[^\s\"'<>()\\]{1,300}(?:\\/[^\s\"'<>()\\]{1,300}){0,30}")
_OWN: Final[frozenset[str]] = frozenset(
    (
        *("php-var-dump", "php-print-r", "php-var-export", "php-serialize", "json", "data-attribute", "player-setup"),
        *("js-call", "js-assignment", "json-parse", "json-script", "next-data", "next-flight", "nuxt-state"),
    )
)
"""Forms whose fields a site names itself. A rule made of `poster` or `contentUrl` would claim every site's media."""
_MOST_URLS: Final = 20_000
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def draft_profile(manifest: Manifest, known: Profiles, name: str | None = None) -> str:
    """Write a profile, in TOML, of what the documents of a manifest show.

    Args:
        manifest: A harvest of documents of one site.
        known: All profiles that there are.
        name: Of the profile; without it one is suggested.

    Raises:
        InputError: The documents hold no records.
        UsageError: The name is none.
    """
    if name is not None and not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a profile", "use lower-case letters, digits and hyphens")
    samples = [sample for item in manifest.items for sample in _samples(item)]
    if not samples:
        raise InputError(
            "nothing to draft a profile from: no records were found", "name a document with data of the site's own"
        )
    documents = [source.url for source in manifest.sources if source.url is not None]
    urls = [url for source in manifest.sources for url in _urls(source.uri)]
    shown = Shown(documents=documents, samples=samples, urls=urls[:_MOST_URLS])
    return draft(name or name_for(documents), shown, known)


def _samples(item: Item) -> Iterator[Sample]:
    for position, sighting in enumerate(item.sightings):
        if sighting.form not in _OWN:
            continue
        references = [
            (location.role, location.raw)
            for location in item.locations
            if location.basis.sighting == position and not location.basis.by_profile
        ]
        yield Sample(fields=sighting.fields, references=tuple(dict.fromkeys(references)))


def _urls(uri: str) -> list[str]:
    """Give all full URLs of a document, each once; none where it can't be read a second time."""
    data = None if uri == STDIN else read(Named(uri, uri), DEFAULT)[0]
    if data is None:
        return []
    document, _ = unpack(data, uri=uri)
    found = (match[0].replace(b"\\/", b"/").decode("utf-8", "replace") for match in _URL.finditer(document.utf8))
    return list(dict.fromkeys(found))
