"""What a URL leads to, told by its shape."""

from __future__ import annotations

from base64 import b64encode

import pytest

from harvester import extract
from harvester.recognise.shapes import delivered, delivery_of, is_url, labelled, shape
from harvester.syntax.packed import unpacked


@pytest.mark.parametrize(
    ("text", "kind", "delivery"),
    [
        ("https://m.example/a.mp4/list.m3u8", "video", "hls"),
        ("https://m.example/a.mp4/still_1.jpg", "image", "file"),
        ("https://m.example/a.m4a/playlist.m3u8", "audio", "hls"),
        ("https://m.example/a.ism/manifest", "video", "smooth"),
        ("https://m.example/a.ism/.m3u8", "video", "hls"),
        ("https://m.example/a.ism/video.mpd", "video", "dash"),
        ("https://m.example/a.ism/a.mp4", "video", "file"),
        ("https://m.example/a.ism/Manifest(format=m3u8-aapl)", "video", "hls"),
        ("https://m.example/a.ism/manifest(format=mpd-time-csf)", "video", "dash"),
        ("https://m.example/a.mp4?poster=b.jpg", "video", "file"),
        ("https://m.example/a.jpg?of=b.mp4", "image", "file"),
        ("https://m.example/player.swf?file=b.mp4&image=c.jpg", "video", "file"),
        ("https://m.example/show.php?image=c.jpg&file=b.mp4", "video", "file"),
        ("https://m.example/a.mov#t=73", "video", "file"),
        ("https://m.example/{id}.mp4", "", "unknown"),
        ("https://m.example/a-{width}.mp4", "video", "file"),
        ("see a.mp4 and b.jpg", "", "unknown"),
        ("playing && url == 'https://m.example/a.mp3", "", "unknown"),
        ("'/m/' + name + '.mp4'", "", "unknown"),
        ("hd ? 'm/a-hd.mp4' : 'm/a.mp4'", "", "unknown"),
        ("music/Don't look back.mp3", "audio", "file"),
    ],
)
def test_the_last_ending_of_the_path_decides(text: str, kind: str, delivery: str) -> None:
    """A playlist or picture below a file's name is what it leads to; parameters count where the path has no ending."""
    found, ending = shape(text)
    assert (found, delivery_of(ending, None)) == (kind, delivery)


def test_a_template_that_leaves_the_size_open_is_a_url() -> None:
    """Braces round a size or format are no reason to refuse a URL, round anything else they are."""
    assert is_url("https://i.example/a_{size}.jpg")
    assert not is_url("https://i.example/{user}/{id}.jpg")


@pytest.mark.parametrize(
    ("delivery", "media_type", "expected"),
    [
        ("file", "application/x-mpegURL", "hls"),
        ("file", "application/dash+xml", "dash"),
        ("unknown", "video/mp4", "file"),
        ("hls", "video/mp4", "hls"),
        ("file", None, "file"),
    ],
)
def test_a_declared_playlist_overrides_a_files_name(delivery: str, media_type: str | None, expected: str) -> None:
    """What is declared to be a playlist is one, though its URL ends as a file's does."""
    assert delivered(delivery, media_type) == expected


URL = "https://v.test/a/index.m3u8"
QUOTED = "https%3A%2F%2Fv.test%2Fa%2Findex.m3u8"
ESCAPED = "".join(f"%{ord(char):02X}" for char in URL)


@pytest.mark.parametrize(
    "packed", [QUOTED, ESCAPED, *(b64encode(text.encode()).decode() for text in (URL, QUOTED, ESCAPED))]
)
def test_a_url_that_is_encoded_whole_is_read(packed: str) -> None:
    """Percent-encoding, Base64 and both on top of one another are undone."""
    assert unpacked(packed) == URL
    (item,) = extract(f'<script>var p = {{"title": "A film", "url": "{packed}"}}</script>'.encode())
    assert [(one.url, one.role) for one in item.locations] == [(URL, "media")]


@pytest.mark.parametrize("text", ["aHR0cé", "aHR0c", "aHR0ZW5kYW50cyBhdCB0aGUgZG9vcg", "https://v.test/a%20b.mp4", ""])
def test_what_is_not_encoded_whole_stays(text: str) -> None:
    """Only what is a URL behind its encoding is touched."""
    assert unpacked(text) == text


@pytest.mark.parametrize("text", ["[1.5, 2.5]", "[a](https://v.test/a.mp4)", "[", "[720p]", "", "x[720p]/a.mp4"])
def test_other_brackets_hold_no_labels(text: str) -> None:
    """Lists of numbers, links in Markdown and labels without an address give nothing."""
    assert labelled(text) == []


@pytest.mark.parametrize(
    ("url", "delivery"),
    [
        ("rtmp://s.test/live/stream", "rtmp"),
        ("rtmpe://s.test/vod/mp4:a.mp4", "rtmp"),
        ("rtsp://s.test/channel", "unknown"),
        ("mms://s.test/channel", "unknown"),
        ("rtmp://s.test/live", None),
        ("rtmp://s.test/live/two  words", None),
    ],
)
def test_a_streaming_protocol_tells_a_medium(url: str, delivery: str | None) -> None:
    """What has the scheme of a stream is one, whatever it is called; the address of a server alone is none."""
    kind, ending = shape(url)
    assert kind == ("video" if delivery else "")
    assert not delivery or delivery_of(ending, None) == delivery
    items = extract(f"<script>jwplayer('p').setup({{file: '{url}'}})</script>".encode())
    assert [one.url for item in items for one in item.locations] == ([url] if delivery else [])
