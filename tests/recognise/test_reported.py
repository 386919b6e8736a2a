"""Lengths that players report to statistics."""

from __future__ import annotations

import html
import json

import pytest

from harvester import extract

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
