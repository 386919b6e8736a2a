"""Signs of media in bytes."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.syntax import marks
from harvester.syntax.marks import EXTENSIONS, find_files, find_hints, has_marks


@pytest.mark.parametrize("ending", [*EXTENSIONS, *(text.upper() for text in EXTENSIONS)])
def test_each_ending_is_found(ending):
    """The dot of a file's name is given for every ending, in lower and upper case."""
    assert find_files(f"see /v/film.{ending} or".encode()) == [11]


@pytest.mark.parametrize("text", [b".mp4", b" .mp4", b"a.mp4x", b"a.mp4-b", b"a.mp4.jpg", b"a.mp", b"/.mp4"])
def test_what_is_no_file_name_is_none(text):
    """An ending needs a name in front, and no other ending behind."""
    assert find_files(text) == []


def test_longer_endings_win():
    """A name's ending is the longest that fits, once."""
    assert find_files(b"a.mpeg b.m3u8 c.mp4") == [1, 8, 15]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"<video src", "element"),
        (b"<IFRAME src", "element"),
        (b'"videoId":"x"', "id"),
        (b'data-video-id="x"', "id"),
        (b"&quot;videoId&quot;:1", "id"),
        (b'\\"videoId\\":1', "id"),
        (b'"@type":"VideoObject"', "object"),
        (b'property="og:video"', "meta"),
        (b"https:\\/\\/www.youtube.com\\/embed\\/x", "embed"),
        (b'href="https://youtu.be/abcdefghijk"', "embed"),
        (b"<script>", "script"),
        (b"</SCRIPT>", "end-script"),
        (b'class="h-entry"', "scope"),
        (b"self.__next_f.push([1,", "flight"),
    ],
)
def test_each_hint_is_found(text, kind):
    """Every kind of sign is told, at its place."""
    assert kind in [found for _, found in find_hints(b"  " + text)]


@pytest.mark.parametrize("text", [b"the videoId is", b"youtube.com/about", b"<amp-img src", b'"contentUrl":"/a.jpg"'])
def test_look_alikes_are_none(text):
    """A sign counts only with what has to follow it."""
    assert find_hints(text) == []


def test_base64_counts_where_it_hides_media():
    """An encoded text is looked into: most are tokens."""
    media = base64.b64encode(b'{"title":"Harbour film","file":"/v/film.mp4"}')
    token = base64.b64encode(b'{"alg":"RS256","typ":"JWT","kid":"0123456789abcdef"}')
    assert [kind for _, kind in find_hints(b'"' + media + b'"')] == ["base64"]
    assert find_hints(b'"' + token + b'"') == []


def test_the_search_stops_at_the_most():
    """Of very many signs only as many are given as are asked for."""
    assert find_files(b"a.mp4 " * 100, 7) == list(range(1, 42, 6))
    assert len(find_hints(b"<video " * 100, 7)) == 7


@pytest.mark.parametrize("window", [64, 100, 1000])
def test_windows_lose_nothing(monkeypatch, window):
    """A text that is searched window by window gives what one search gives, wherever the windows end."""
    text = b"".join(b"x%d.mp4 <video %s" % (index, b"z" * (index % 13)) for index in range(100))
    files, hints = find_files(text), find_hints(text)
    monkeypatch.setattr(marks, "_WINDOW", window)
    assert find_files(text) == files
    assert find_hints(text) == hints


@given(
    st.binary()
    | st.lists(st.sampled_from([b".mp4", b"a", b"eyJ", b'"', b"videoId", b":", b"<video", b"=", b" "])).map(b"".join)
)
def test_any_bytes_have_marks_or_none(data):
    """No bytes raise; marks are sorted and lie inside; what has marks is never taken for having none."""
    files, hints = find_files(data), find_hints(data)
    assert files == sorted(files)
    assert hints == sorted(hints)
    assert all(data[at : at + 1] == b"." for at in files)
    if files or any(kind in ("id", "object", "element") for _, kind in hints):
        assert has_marks(data)
