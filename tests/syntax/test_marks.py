"""Signs of media in bytes."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.syntax import marks
from harvester.syntax.marks import find_marks, has_marks
from harvester.syntax.signs import EXTENSIONS, PASSES, SIGNS


@pytest.mark.parametrize("ending", [*EXTENSIONS, *(text.upper() for text in EXTENSIONS)])
def test_each_ending_is_found(ending):
    """The dot of a file's name is given for every ending, in lower and upper case."""
    assert find_marks(f"see /v/film.{ending} or".encode()).files == [11]


@pytest.mark.parametrize("text", [b".mp4", b" .mp4", b"a.mp4x", b"a.mp4-b", b"a.mp4.jpg", b"a.mp", b"/.mp4"])
def test_what_is_no_file_name_is_none(text):
    """An ending needs a name in front, and no other ending behind."""
    assert find_marks(text).files == []


def test_longer_endings_win():
    """A name's ending is the longest that fits, once."""
    assert find_marks(b"a.mpeg b.m3u8 c.mp4").files == [1, 8, 15]


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
    assert kind in [found for _, found in find_marks(b"  " + text).hints]


@pytest.mark.parametrize("text", [b"the videoId is", b"youtube.com/about", b"<amp-img src", b'"contentUrl":"/a.jpg"'])
def test_look_alikes_are_none(text):
    """A sign counts only with what has to follow it."""
    assert find_marks(text).hints == []


def test_base64_counts_where_it_hides_media():
    """An encoded text is looked into: most are tokens."""
    media = base64.b64encode(b'{"title":"Harbour film","file":"/v/film.mp4"}')
    token = base64.b64encode(b'{"alg":"RS256","typ":"JWT","kid":"0123456789abcdef"}')
    assert [kind for _, kind in find_marks(b'"' + media + b'"').hints] == ["base64"]
    assert find_marks(b'"' + token + b'"').hints == []


def test_the_search_stops_at_the_most():
    """Of very many signs only as many are given as are asked for."""
    few = find_marks(b"a.mp4 " * 100, 7)
    assert few.files == list(range(1, 42, 6))
    assert few.cut
    assert len(find_marks(b"<video " * 100, 7).hints) == 7
    assert not find_marks(b"<video " * 5, 7).cut


@pytest.mark.parametrize("window", [64, 100, 1000])
def test_windows_lose_nothing(monkeypatch, window):
    """A text that is searched window by window gives what one search gives, wherever the windows end."""
    text = b"".join(b"x%d.mp4 <video %s" % (index, b"z" * (index % 13)) for index in range(100))
    found = find_marks(text)
    monkeypatch.setattr(marks, "_WINDOW", window)
    assert find_marks(text) == found


@given(
    st.binary()
    | st.lists(st.sampled_from([b".mp4", b"a", b"eyJ", b'"', b"videoId", b":", b"<video", b"=", b" "])).map(b"".join)
)
def test_any_bytes_have_marks_or_none(data):
    """No bytes raise; marks are sorted and lie inside; what has marks is never taken for having none."""
    found = find_marks(data)
    files, hints = found.files, found.hints
    assert files == sorted(files)
    assert hints == sorted(hints)
    assert all(data[at : at + 1] == b"." for at in files)
    if files or any(kind in ("id", "object", "element") for _, kind in hints):
        assert has_marks(data)


def test_each_sign_is_looked_for_in_one_pass():
    """The passes hold all signs, each once."""
    arranged = [text for texts in PASSES for text in texts]
    assert sorted(arranged) == sorted({sign.text for sign in SIGNS})
    assert len(arranged) == len(SIGNS)
    assert all(len(texts) <= 64 for texts in PASSES)


def test_dumps_and_heads_are_kept_apart():
    """What may begin a dump, and what says something of the page, are no signs of media."""
    found = find_marks(b'<html><title>x</title></head> string(3) "abc"')
    assert (found.files, found.hints) == ([], [])
    assert found.dumps == [(30, b"string(")]
    assert found.head == [0, 6, 22]
