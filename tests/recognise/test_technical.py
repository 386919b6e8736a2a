"""Renditions, pictures and captions that a record names."""

from __future__ import annotations

import pytest

from harvester.recognise.table import Keys
from harvester.recognise.technical import captions_of, posters_of, read_technical, storyboards_of


def posters(record: dict) -> list[str]:
    """The raw URLs of a record's pictures."""
    return [one.raw for one in posters_of(record, Keys(record))]


def test_a_picture_may_stand_deep() -> None:
    """Objects and lists of sources are looked through."""
    assert posters({"poster": {"picture": {"sources": [{"src": "https://i.example/a.jpg"}]}}}) == [
        "https://i.example/a.jpg"
    ]


def test_a_path_of_the_same_picture_is_left_out() -> None:
    """A path that the record gives as a full URL too is no second picture, and a name is none at all."""
    image = {"url": "/1s/a.jpg", "name": "2024/a-name.jpg", "hostUrl": "https://i.example/1s/a.jpg"}
    assert posters({"image": image}) == ["https://i.example/1s/a.jpg"]


@pytest.mark.parametrize("key", ["href", "src"])
def test_a_link_to_a_picture_is_the_still_of_its_video(key: str) -> None:
    """An element that has its medium in another attribute shows what its own one leads to."""
    assert posters({"element": "a", key: "/a.jpg?x=1", "data-video": "/a.mp4"}) == ["/a.jpg?x=1"]


def test_what_is_no_picture() -> None:
    """A logo's drawing and a page are none."""
    assert posters({"image": "https://i.example/logo.svg", "thumbnail": "https://site.example/a.html"}) == []


def test_a_template_is_a_picture() -> None:
    """A URL that leaves the size open is one."""
    assert posters({"image": "https://i.example/a_{size}.jpg"}) == ["https://i.example/a_{size}.jpg"]


def test_captions_in_xml() -> None:
    """Under a name of captions a file that only its type or ending tells to be timed text is one."""
    record = {
        "subtitles": [{"languageCode": "de", "sources": [{"kind": "ebutt", "url": "/ut/ut-64683"}, {"url": "/b.xml"}]}]
    }
    assert [one.raw for one in captions_of(record, Keys(record))] == ["/ut/ut-64683", "/b.xml"]


def test_thumbnails_along_the_time_line() -> None:
    """A track of thumbnails is no caption."""
    record = {"thumbnailTrack": "https://m.example/thumbs.vtt"}
    assert [one.role for one in storyboards_of(record, Keys(record))] == ["storyboard"]


def test_many_pictures_cost_little() -> None:
    """What stands under one name is looked at up to a cap, however it is nested."""
    deep: object = "https://i.example/a.jpg"
    for _ in range(4):
        deep = [deep] * 50
    assert len(posters({"images": deep})) <= 20


@pytest.mark.parametrize("label", ["list.m3u8", "A whole sentence " * 8, ""])
def test_what_is_no_label(label: str) -> None:
    """A file's name and a sentence tell no rendition from another."""
    assert read_technical({"label": label}).label is None


def test_the_size_of_the_frame() -> None:
    """Sizes also stand under names of frames and of the most that a stream has."""
    assert (read_technical({"frameWidth": 270, "frameHeight": 480}).height) == 480
    assert (read_technical({"maxHResolutionPx": 1280}).width) == 1280


@pytest.mark.parametrize(
    ("record", "height", "bitrate"),
    [
        ({"res": "740", "label": "1500kbps"}, 740, 1_500_000),
        ({"size": 720}, 720, None),
        ({"quality": "1080"}, 1080, None),
        ({"label": "480p"}, 480, None),
        ({"label": "300 kbit/s"}, None, 300_000),
        ({"size": 734003}, None, None),
        ({"name": "320", "width": 320}, None, None),
        ({"quality": "100"}, None, None),
    ],
)
def test_a_height_or_rate_may_be_what_a_rendition_is_called(record, height, bitrate) -> None:
    """Bare numbers count where films have that height, or where it is said to be the resolution."""
    technical = read_technical(record)
    assert (technical.height, technical.bitrate_bps) == (height, bitrate)
