"""What stays of a large JSON text."""

from __future__ import annotations

import json

from harvester.decode.pruned import loads

FILLER = {f"width_{number}": "x" * 20 for number in range(200)}
"""Several thousand bytes without any sign of media."""


def test_pictures_of_a_record_stay() -> None:
    """A large container is left out unless its name says that it describes."""
    record = {"file": "https://m.example/a.mp4", "thumbnail": {"url": "https://i.example/a", **FILLER}, "theme": FILLER}
    value = loads(json.dumps({"videos": [record]}).encode())
    assert value == {"videos": [{**record, "theme": None}]}


def test_what_is_much_larger_than_a_picture_is_left_out() -> None:
    """A gallery is no picture of a record."""
    gallery = [FILLER] * 20
    assert loads(json.dumps({"file": "https://m.example/a.mp4", "images": gallery}).encode()) == {
        "file": "https://m.example/a.mp4",
        "images": None,
    }
