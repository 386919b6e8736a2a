"""Signs of media in bytes."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.syntax.marks import find_marks, has_marks, hits
from harvester.syntax.signs import EXTENSIONS, SIGNS


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
    marks = find_marks(b"  " + text)
    assert kind in [found for _, found in (*marks.media, *marks.scripts)]


@pytest.mark.parametrize("text", [b"the videoId is", b"youtube.com/about", b"<amp-img src", b'"contentUrl":"/a.jpg"'])
def test_look_alikes_are_none(text):
    """A sign counts only with what has to follow it."""
    assert find_marks(text).media == []


@pytest.mark.parametrize(
    "text",
    [
        b'<a href="/us" aria-label="YouTube">',
        b"{eventLabel: 'Vimeo', transport: 'beacon'}",
        b'{"title":"YouTube","url":"/us"}',
        b'<li id="youtube">',
        b'<span data-icon="youtube" class="x">',
        b'{"@type":"ImageObject","url":"/a?s=96","contentUrl":"/a?s=96"}',
        b'<iframe src="/count?id=1" height="0" width="0" style="display:none;visibility:hidden"></iframe>',
        b'<iframe name="locator" style="width: 100%; display: none" src="about:blank"></iframe>',
        b'<img src="https://i.ytimg.com/vi/ID/hqdefault.jpg">',
        b'"/(?:.+/)?embed\\/|/index.php"',
        b'{"js":"podigee-podcast-player.js"}',
        b'<input accept=".mov,.mp4">',
    ],
)
def test_what_means_something_else_is_no_sign(text):
    """Labels of links, images' addresses, unseen frames and lists of endings show no medium."""
    assert not has_marks(text)
    assert find_marks(text).media == []


@pytest.mark.parametrize(
    "text",
    [
        b'{"provider":"youtube","key":"a"}',
        b'<div data-type="vimeo" class="x">',
        b'{"@type":"ImageObject","url":"/a"},"contentUrl":"/b"',
        b'<iframe height="315" width="560" src="/x"></iframe>',
        b'"src":"\\/embed\\/1"',
        b'<img src="https://i.ytimg.com/vi/M7lc1UVf-VE/hqdefault.jpg">',
        b'"https:\\/\\/i.ytimg.com\\/vi_webp\\/M7lc1UVf-V-\\/hqdefault.webp"',
        b"https%3A%2F%2Fi.ytimg.com%2Fvi%2FM7lc1UVf-VE%2F0.jpg",
    ],
)
def test_what_means_a_medium_is_a_sign(text):
    """A provider's name, a URL behind another record's end and a frame that is seen count."""
    assert find_marks(text).media != []


def test_base64_counts_where_it_hides_media():
    """An encoded text is looked into: most are tokens."""
    media = base64.b64encode(b'{"title":"Harbour film","file":"/v/film.mp4"}')
    token = base64.b64encode(b'{"alg":"RS256","typ":"JWT","kid":"0123456789abcdef"}')
    assert [kind for _, kind in find_marks(b'"' + media + b'"').media] == ["base64"]
    assert find_marks(b'"' + token + b'"').media == []


def test_the_search_stops_at_the_most():
    """Of very many signs only as many are given as are asked for."""
    few = find_marks(b"a.mp4 " * 100, 7)
    assert few.files == list(range(1, 42, 6))
    assert few.cut
    assert len(find_marks(b"<video " * 100, 7).media) == 7
    assert not find_marks(b"<video " * 7, 7).cut


def test_threads_search_side_by_side():
    """Several threads may search at once: each has a matcher of its own."""
    text = b"a.mp4 <video " * 20_000
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(find_marks, [text] * 8))
    assert all(len(one.media) == 40_000 for one in found)


def test_overlapping_signs_are_all_found():
    """One sign may stand in another one, or end where it begins."""
    found = find_marks(b'"videoId":"{a:1}')
    assert (found.media, found.dumps) == ([(1, "id")], [(9, b':"{')])
    assert find_marks(b"<video src=a.mp4><audio").media == [(0, "element"), (12, "file"), (17, "element")]


@given(
    st.binary()
    | st.lists(st.sampled_from([b".mp4", b"a", b"eyJ", b'"', b"videoId", b":", b"<video", b"=", b" "])).map(b"".join)
)
def test_any_bytes_have_marks_or_none(data):
    """No bytes raise; marks are sorted and lie inside; what has marks is never taken for having none."""
    found = find_marks(data).media
    assert found == sorted(found)
    assert all(data[at : at + 1] == b"." for at, kind in found if kind == "file")
    if any(kind in ("file", "id", "object", "element") for _, kind in found):
        assert has_marks(data)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"{sign.kind}-{sign.text!r}")
def test_each_sign_is_looked_for(sign):
    """Every sign is hit where its text stands between what it needs before and behind, and nowhere else."""
    text = (sign.before[:1] or b"n") + sign.text + (sign.after[:1] or b" ")
    index = SIGNS.index(sign)
    assert (index, text.index(sign.text) + len(sign.text) + bool(sign.after)) in hits(text)[0]
    assert index not in [one for one, _ in hits(text.replace(sign.text, sign.text[:-1] + b"\0"))[0]]


def test_dumps_and_heads_are_kept_apart():
    """What may begin a dump, and what says something of the page, are no signs of media."""
    found = find_marks(b'<html><title>x</title></head> string(3) "abc"')
    assert found.media == []
    assert found.dumps == [(30, b"string(")]
    assert found.head == [(0, b"<html"), (6, b"<title"), (22, b"</head")]
