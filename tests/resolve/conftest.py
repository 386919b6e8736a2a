"""Records, documents and items for the tests of resolution, each with no more than a test is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harvester.model import (
    Basis,
    Decoded,
    Document,
    Excerpt,
    Finding,
    Id,
    Item,
    Location,
    Problem,
    Reference,
    Sighting,
)
from harvester.resolve.items import Setting, conclude
from harvester.resolve.locations import Bases
from harvester.sources.profiles import SHIPPED


@pytest.fixture
def document() -> Callable[..., Document]:
    """Makes a document of text."""

    def make(text: str = "x" * 400, **known: Any) -> Document:
        data = text.encode()
        return Document(uri="page.html", data=data, utf8=data, encoding="utf-8", media_type="text/html", **known)

    return make


@pytest.fixture
def finding() -> Callable[..., Finding]:
    """Makes a finding of media URLs or references."""

    def make(*raws: str | Reference, **known: Any) -> Finding:
        references = tuple(
            raw if isinstance(raw, Reference) else Reference(raw=raw, role="media", path=(str(at),))
            for at, raw in enumerate(raws)
        )
        decoded = known.pop("decoded", Decoded(value={}, layers=("json",)))
        excerpt = Excerpt(form="json-script", text=b"{}", spans=((0, 2),))
        known.setdefault("path", ())
        return Finding(excerpt=excerpt, decoded=decoded, references=references, **known)

    return make


@pytest.fixture
def concluded(document: Callable[..., Document]) -> Callable[..., tuple[list[Item], list[Problem]]]:
    """Concludes findings that stand one after the other in a document."""

    def run(
        *findings: Finding, base: str | None = "https://site.example/a/b.html", **known: Any
    ) -> tuple[list[Item], list[Problem]]:
        page = known.pop("document", None) or document()
        setting = Setting(document=page, bases=Bases(base=base, page=base), profiles=SHIPPED, **known)
        spans = [((at * 3, at * 3 + 2),) for at in range(len(findings))]
        return conclude(findings, spans, setting)

    return run


@pytest.fixture
def item() -> Callable[..., Item]:
    """Makes an item with media URLs; `source` and `reads` are of its one sighting."""

    def make(*urls: str, source: str = "page", reads: tuple[str, ...] = (), **known: Any) -> Item:
        sighting = Sighting(
            source=source,
            form=known.pop("form", "json-script"),
            spans=((0, 2),),
            line=1,
            column=1,
            quote="{}",
            layers=("json",),
            pointer="",
            list=None,
            declared_bytes=None,
            read_bytes=None,
            complete=True,
            repairs=(),
            fields={},
            reads={name: "/" + name for name in reads},
        )
        locations = known.pop("locations", tuple(place(url) for url in urls))
        ids = tuple(Id(scheme=scheme, value=value) for scheme, value in known.pop("ids", ()))
        key = known.pop("key", urls[0] if urls else "record")
        return Item(key=key, ids=ids, locations=locations, sightings=(sighting,), **known)

    def place(url: str) -> Location:
        return Location(
            raw=url, url=url, role="media", delivery="file", basis=Basis(rule="declared"), confidence="declared"
        )

    return make
