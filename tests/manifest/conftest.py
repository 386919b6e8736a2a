"""Manifests to write and read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harvester.manifest.build import build
from harvester.model import (
    Availability,
    Basis,
    DateEvidence,
    Generator,
    Id,
    Item,
    ListPosition,
    Location,
    Problem,
    Run,
    Sighting,
    Source,
)

AT = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def item():
    """Makes an item with two locations, of which parts can be said differently."""

    def make(key="site:1", **changes):
        media = Location(
            raw="/v/1.mp4",
            url=None,
            role="media",
            delivery="file",
            basis=Basis(rule="path"),
            confidence="guessed",
            expires_at=AT,
        )
        page = Location(
            raw="1",
            url="https://a.example/1",
            role="page",
            delivery="page",
            basis=Basis(rule="profile:site#page", pointer="/id"),
            confidence="observed",
        )
        sighting = Sighting(
            source="s1",
            form="php-var-dump",
            spans=((3, 20),),
            line=1,
            column=4,
            quote='{"id":"1"}',
            layers=("php-string", "json"),
            pointer="/0",
            list=ListPosition(pointer="", position=0, length=1),
            declared_bytes=20,
            read_bytes=20,
            complete=True,
            repairs=(),
            fields={"id": "1", "pic": "/v/1.mp4"},
            reads={"id": "/id"},
        )
        date = DateEvidence(
            value="2016-12-15",
            precision="day",
            zone="unknown",
            of="path",
            decoder="directory",
            raw="2016/12/15",
            likelihood="certain",
        )
        given = {
            "key": key,
            "id": "1",
            "ids": (Id(scheme="site", value="1"),),
            "kind": "video",
            "relation": "related",
            "title": "A title",
            "published_at": AT,
            "locations": (page, media),
            "dates": (date,),
            "sightings": (sighting,),
        }
        return Item(**(given | changes))

    return make


@pytest.fixture
def made(item):
    """Builds a manifest."""

    def make(items=None, problems=(), availability=None):
        state = Availability(state=availability, reason="ok") if availability else None
        return build(
            generator=Generator(name="harvester", version="0"),
            run=Run(id="r", started_at=AT, finished_at=AT),
            sources=[
                Source(id=name, uri=f"{name}.txt", sha256="00", size_bytes=9, media_type="text/plain")
                for name in ("s1", "s2")
            ],
            items=[item(availability=state)] if items is None else items,
            problems=problems,
        )

    return make


@pytest.fixture
def problem():
    """Makes a Problem."""

    def make(source="s1", **changes):
        return Problem(
            **({"stage": "decode", "code": "c", "severity": "warning", "message": "m", "source": source} | changes)
        )

    return make
