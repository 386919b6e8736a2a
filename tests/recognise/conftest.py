"""Shared by the tests of recognition."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harvester.model import Id, Limits, Value
from harvester.recognise.drafts import Draft, Identified
from harvester.recognise.walk import Walk
from harvester.resolve.groups import group_key


def _identify(url: str) -> Identified | None:
    head, _, value = url.partition("player.test/embed/")
    return (
        Identified(Id(scheme="player", value=value), "video", is_media=False) if head == "https://" and value else None
    )


@pytest.fixture
def drafts() -> Callable[[Value], list[Draft]]:
    """Gives the records of a decoded value."""
    return lambda value: Walk(Limits(), _identify, group_key, media_ids=True).run(value)


@pytest.fixture
def said(drafts) -> Callable[[Value], list[tuple[object, ...]]]:
    """Gives of each record its title, ids, length, and the roles and names of its files."""

    def say(value: Value) -> list[tuple[object, ...]]:
        return [
            (
                draft.facts.title,
                [one.value for one in draft.facts.ids],
                draft.facts.duration_s,
                [f"{one.role} {one.raw.rpartition('/')[2]}" for one in draft.references],
            )
            for draft in drafts(value)
        ]

    return say
