"""What a check needs of a manifest."""

from __future__ import annotations

import pytest

from harvester.checks.client.given import require
from harvester.errors import InputError

LOCATION = {"raw": "/a.mp4", "url": "https://a.example/a.mp4", "role": "media", "confidence": "declared"}


def test_what_is_whole_passes_with_keys_of_later_versions():
    """Keys that this version doesn't know are no reason to refuse a manifest."""
    require({"manifest": 1, "items": [{"key": "k", "locations": [{**LOCATION, "later": 1}]}], "later": {}})


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        ([], "the whole of it"),
        ({"manifest": 2, "items": []}, "manifest"),
        ({"manifest": 1}, "items"),
        ({"manifest": 1, "items": [{"key": "k"}]}, "items.0.locations"),
        ({"manifest": 1, "items": [{"key": "k", "locations": [{**LOCATION, "url": 7}]}]}, "items.0.locations.0.url"),
        ({"manifest": 1, "items": [{"key": None, "locations": []}]}, "items.0.key"),
    ],
)
def test_what_is_not_is_refused_with_its_place(manifest, place):
    """The first thing that is wrong is named by where it stands."""
    with pytest.raises(InputError, match=rf"no whole manifest: {place}: ") as raised:
        require(manifest)
    assert "harvest manifest" in str(raised.value.hint)
