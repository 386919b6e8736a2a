"""What a player's data says of its medium outside of the medium's record."""

from __future__ import annotations

import html
import json

import pytest

from harvester import extract
from harvester.model import Reference
from harvester.recognise.drafts import Draft
from harvester.recognise.facts import Facts
from harvester.recognise.leftovers import take_leftovers

MEDIUM = {"streams": [{"media": [{"url": "https://cdn.example/a.mp4", "mimeType": "video/mp4"}]}]}


def lengths(*values: object) -> list[float | None]:
    """The lengths of all media that stand in attributes."""
    page = "".join(f'<div data-v="{html.escape(json.dumps(value))}"></div>' for value in values)
    return [item.duration_s for item in extract(page.encode(), url="https://site.example/a")]


@pytest.mark.parametrize("key", ["av_content_duration", "n:av_content_duration"])
@pytest.mark.parametrize("more", [{}, {"rest": ["of what is reported"] * 400}], ids=["small", "large"])
def test_the_length_that_a_player_reports_is_its_mediums(key: str, more: dict[str, object]) -> None:
    """In milliseconds, wherever it stands beside the medium, however much is reported."""
    assert lengths({"mc": MEDIUM, "pc": {"tracking": {"avContent": {key: 9500}} | more}}) == [9.5]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"mc": MEDIUM | {"duration": "PT7S"}, "t": {"av_content_duration": 9500}}, [7.0]),
        ({"mc": MEDIUM, "t": {"av_content_duration": 0}}, [None]),
        ({"mc": MEDIUM, "t": [{"av_content_duration": 9500}, {"av_content_duration": 8000}]}, [None]),
        (
            [{"title": f"The film {n}", "file": f"https://cdn.example/{n}.mp4"} for n in "ab"]
            + [{"av_content_duration": 9500}],
            [None, None],
        ),
    ],
)
def test_a_reported_length_gives_way(value: object, expected: list[float | None]) -> None:
    """To what the data says itself, and where it can't be told of which medium it is."""
    assert lengths(value) == expected


def posters(value: object) -> list[str | None]:
    """The pictures of the only medium in an attribute."""
    page = f'<div data-v="{html.escape(json.dumps(value))}"></div>'
    (item,) = extract(page.encode(), url="https://site.example/a")
    return [one.url for one in item.locations if one.role == "poster"]


SIZES = {"size": [{"minWidth": width, "value": f"https://i.example/{width}/sea-1.webp"} for width in (0, 640, 1280)]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"pc": {"generic": SIZES}, "mc": MEDIUM}, ["https://i.example/1280/sea-1.webp"]),
        ({"pc": {"generic": SIZES, "icon": "https://i.example/icon.png"}, "mc": MEDIUM}, []),
        ({"pc": SIZES, "mc": MEDIUM | {"poster": "https://i.example/p.jpg"}}, ["https://i.example/p.jpg"]),
        ({"pc": SIZES, "rest": ["of it"] * 9000, "mc": MEDIUM}, []),
    ],
    ids=["sizes", "several", "own", "large"],
)
def test_the_only_picture_in_a_players_data_shows_its_medium(value: object, expected: list[str]) -> None:
    """In its last size; several pictures may show anything, and so may one in a page's whole state."""
    assert posters(value) == expected


@pytest.mark.parametrize("part", [b"https://", b"https://a/", b"/", b".", b"a.png", b"https://a/b."])
def test_what_only_begins_like_a_picture_is_none(part: bytes) -> None:
    """However often it does."""
    draft = Draft(at=(), record={}, references=[Reference(raw="a.mp4", role="media", path=None)], facts=Facts())
    take_leftovers([draft], part * (65_000 // len(part)), of_player=True)
    assert [one.role for one in draft.references] == ["media"]
