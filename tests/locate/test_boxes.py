"""Boxes whose attributes tell of the medium that is played in them."""

from __future__ import annotations

import pytest

from harvester import extract

FILES = ["https://site.example/e/1.mp3", "https://site.example/e/1.ogg"]


def _files(page):
    return [
        [one.url for one in item.locations if one.role == "media"]
        for item in extract(page, url="https://site.example/a")
    ]


def test_a_box_that_names_a_file_is_one_medium_with_its_only_player():
    """What the box offers to load and what its player plays are forms of one medium, which has the facts of both."""
    box = "<div data-file='/e/1.mp3' data-duration='15:50' data-title='Foxes at dusk'>"
    page = f"{box}<audio><source src='/e/1.ogg'></audio></div>"
    (item,) = extract(page.encode(), url="https://site.example/a")
    assert (item.title, item.duration_s) == ("Foxes at dusk", 950)
    assert sorted(one.url for one in item.locations if one.role == "media") == FILES


@pytest.mark.parametrize(
    "inside",
    [
        "<audio src='/e/2.ogg'></audio><audio src='/e/3.ogg'></audio>",
        "<video src='/e/2.mp4' loop muted></video>",
    ],
)
def test_several_players_and_moving_stills_are_media_of_their_own(inside):
    """Of more than one player none is the box's, and what moves before it is played is not what is played."""
    page = f"<div data-file='/e/1.mp3'>{inside}</div>".encode()
    assert ["https://site.example/e/1.mp3"] in _files(page)


def test_data_in_an_attribute_of_a_box_speak_for_themselves():
    """A framework's properties may hold more media than the one that is played in the box."""
    box = """<div data-props='{"list": [{"file": "/e/1.mp3"}, {"file": "/e/2.mp3"}]}'>"""
    page = f"{box}<audio src='/e/1.mp3'></audio></div>"
    assert sorted(_files(page.encode())) == [["https://site.example/e/1.mp3"], ["https://site.example/e/2.mp3"]]
