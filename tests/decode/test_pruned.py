"""What stays of a large JSON text."""

from __future__ import annotations

import json

from harvester.decode.json_places import JsonPlaces
from harvester.decode.pruned import loads

FILLER = {f"width_{number}": "x" * 20 for number in range(200)}
"""Several thousand bytes without any sign of media."""


def test_pictures_of_a_record_stay() -> None:
    """A large container is left out unless its name says that it describes."""
    record = {"file": "https://m.example/a.mp4", "thumbnail": {"url": "https://i.example/a", **FILLER}, "theme": FILLER}
    value = loads(json.dumps({"videos": [record]}).encode())[0]
    assert value == {"videos": [{**record, "theme": None}]}


def test_what_is_much_larger_than_a_picture_is_left_out() -> None:
    """A gallery is no picture of a record."""
    gallery = [FILLER] * 20
    assert loads(json.dumps({"file": "https://m.example/a.mp4", "images": gallery}).encode())[0] == {
        "file": "https://m.example/a.mp4",
        "images": None,
    }


def test_a_text_longer_than_any_description_is_left_out() -> None:
    """Such as a picture, and one that only mentions media; one that may be data is decoded."""
    record = {
        "file": "https://m.example/a.mp4",
        "image": "iVBOR" * 300_000,
        "log": "a.mp4 " * 200_000,
        "state": '{"a":"/b.mp4"}' + " " * 1_100_000,
    }
    assert loads(json.dumps(record).encode())[0] == {**record, "image": None, "log": None}


def test_places_are_those_of_the_text_however_it_was_cut() -> None:
    """What decoding knows of a large text's containers gives the same places as the text alone."""
    entry = {"file": "https://m.example/a.mp4", "theme": FILLER, "sizes": [[1, 2], [3, {"w": 4}]]}
    text = json.dumps({"pages": [{"a": entry, "b": [entry, entry]}, entry], "file": 1}, indent=1).encode()
    cut = loads(text)[1]
    paths: list[tuple[str | int, ...]] = [
        (),
        ("pages",),
        ("pages", 0, "b", 1, "file"),
        ("pages", 1, "sizes", 1, 1, "w"),
        ("pages", 0, "a", "theme", "width_7"),
        ("pages", 2),
        ("file", "none"),
    ]
    places = JsonPlaces(text, 5, cut).spans(paths)
    assert cut is not None
    assert places == JsonPlaces(text, 5).spans(paths)
    assert {path: json.loads(text[start - 5 : end - 5]) for path, (start, end) in places.items()}[paths[3]] == 4
    assert len(places) == 5


def test_a_key_that_stands_twice_has_the_place_of_its_last_value() -> None:
    """Containers that were cut by such keys are walked instead."""
    entry = json.dumps({"file": "https://m.example/a.mp4", "theme": FILLER}).encode()
    text = b'{"a":' + entry + b',"a":{"b":' + entry + b"}}"
    start, end = JsonPlaces(text, 0, loads(text)[1]).spans([("a", "b")])["a", "b"]
    assert (text[start:end], start) == (entry, len(text) - len(entry) - 2)
