from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.feeds import DECODERS
from harvester.model import DEFAULT, Excerpt, Limits

TAGS = {
    "media-rss": (
        b"<rss>", b"<channel>", b"<item>", b"</item>", b"<enclosure url='a.mp3' length='1'/>", b"<media:group>",
        b"<media:content url='b'/>", b"</media:group>", b"<guid>http://x/</guid>", b"<media:subTitle lang='de'/>",
        b"<podcast:alternateEnclosure><podcast:source uri='c'/></podcast:alternateEnclosure>", b"</channel>", b"</rss>",
    ),
    "atom": (
        b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"</entry>", b"<link rel='enclosure' href='a'/>",
        b"<link href='b'/>", b"<author><name>n</name></author>", b"<author/>", b"<title><b>x</b></title>",
        b"<content><p>", b"</content>", b"</feed>",
    ),
    "video-sitemap": (
        b"<urlset>", b"<url>", b"<loc>x</loc>", b"<video:video>", b"<video:title>t</video:title>", b"</video:video>",
        b"</url>", b"<sitemap><loc/></sitemap>", b"</urlset>",
    ),
    "smil": (
        b"<smil>", b"<head>", b"<meta base='x'/>", b"</head>", b"<body>", b"<switch>", b"<par>", b"<video src='a'/>",
        b"<img src='b'/>", b"<textstream src='c'/>", b"</par>", b"</switch>", b"</body>", b"</smil>",
    ),
    "xspf": (b"<playlist>", b"<trackList>", b"<track>", b"<location>a</location>", b"</track>", b"</trackList>"),
    "asx": (b"<ASX>", b"<ENTRY>", b"<REF HREF='a'/>", b"<PARAM NAME='url' VALUE='b'/>", b"</ENTRY>", b"</ASX>"),
    "dash": (
        b"<MPD type='dynamic'>", b"<Period>", b"<AdaptationSet mimeType='text/vtt' lang='a'>",
        b"<BaseURL>//[a</BaseURL>",
        b"<Representation bandwidth='1'>", b"</Representation>", b"</AdaptationSet>", b"<SegmentTemplate/>",
        b"<ContentProtection value='x'/>", b"</Period>", b"</MPD>",
    ),
    "oembed": (b"<oembed>", b"<html>x</html>", b"</oembed>"),
    "m3u": (
        b"#EXTM3U\n", b"#EXTINF:", b"-1", b' a="b"', b",t", b"\n", b"a.mp3\r\n", b"#PLAYLIST:x\n", b"#EXTVLCOPT:a=b\n",
    ),
    "pls": (b"[playlist]\n", b"File1=a\n", b"Length1=-1\n", b"Title2=b\n", b"File999999=c\n", b"x=y\n", b"\n"),
    "hls": (
        b"#EXTM3U\n", b"#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=1x1\n", b'#EXT-X-MEDIA:TYPE=SUBTITLES,URI="a"\n',
        b"a.m3u8\n", b"#EXTINF:1.5,\n", b'#EXT-X-KEY:METHOD=AES-128,KEYFORMAT="x"\n', b"#EXT-X-ENDLIST\n",
        b'#EXT-X-SESSION-DATA:DATA-ID="a.title",VALUE="b"\n', b"#EXT-X-FOO:bar\n",
        b'#EXT-X-I-FRAME-STREAM-INF:URI="i"\n',
    ),
}  # fmt: skip


def excerpt_of(form, text):
    return Excerpt(form=form, text=text, spans=((0, len(text)),))


def decode(form, text, limits=DEFAULT):
    return DECODERS[form](excerpt_of(form, text), limits)


def paths_of(value):
    waiting = [((), value)]
    while waiting:
        path, at = waiting.pop()
        yield path
        steps = at.items() if isinstance(at, dict) else enumerate(at) if isinstance(at, list) else ()
        waiting.extend(((*path, step), inner) for step, inner in steps)


def check(form, text):
    decoding = decode(form, text)
    for decoded in decoding.values:
        paths = list(paths_of(decoded.value))
        spans = decoded.places.spans(paths)
        assert () in spans
        for start, end in spans.values():
            assert 0 <= start <= end <= len(text)
        assert decoded.incomplete_paths <= set(paths)
        assert decoded.complete == (not decoded.incomplete_paths)
        assert decoded.complete or decoding.problems
    for problem in decoding.problems:
        assert problem.stage == "decode"


@pytest.mark.parametrize("form", list(DECODERS))
@given(st.binary(max_size=200))
def test_total_on_any_bytes(form, text):
    """Any bytes give values, Problems, or neither, and never an exception."""
    check(form, text)


@pytest.mark.parametrize("form", list(DECODERS))
@given(data=st.data())
def test_total_on_pieces_of_the_form(form, data):
    """The form's own pieces in any order give values whose places lie in the text."""
    pieces = data.draw(st.lists(st.sampled_from(TAGS[form]), max_size=30))
    cut = data.draw(st.integers(0, 5))
    text = b"".join(pieces)
    check(form, text[: len(text) - cut] if cut else text)
    check(form, TAGS[form][0] + text + TAGS[form][-1])


@pytest.mark.parametrize("form", list(DECODERS))
@pytest.mark.parametrize("repeated", range(14))
def test_work_is_linear(form, repeated):
    """Twice as many of any piece cost about twice as many steps, or end at a limit."""
    pieces = TAGS[form]
    if repeated >= len(pieces):
        return
    opening = b"".join(
        piece for piece in pieces[:repeated] if not piece.startswith(b"</") and not piece.endswith(b"/>")
    )

    def steps(count):
        taken = 0

        def step(*_):
            nonlocal taken
            taken += 1

        text = opening + pieces[repeated] * count
        sys.setprofile(step)
        try:
            decode(form, text)
        finally:
            sys.setprofile(None)
        return taken

    few, many = steps(400), steps(800)
    assert many < 2.3 * few + 200


def test_a_cut_feed_says_which_records_are_whole():
    """Entries before a break are whole, the one it cuts is named with all that hold it."""
    decoding = decode("media-rss", b"<rss><channel><item><title>1</title></item><item><enclosure url='a.mp3'/>")
    decoded = decoding.values[0]
    assert decoded.incomplete_paths == {(), ("items",), ("items", 1)}
    assert [problem.code for problem in decoding.problems] == ["broken-xml"]
    assert decoded.value["items"][1] == {"sources": [{"url": "a.mp3"}]}


def test_records_nested_beyond_reason_are_left_out():
    """Elements inside elements are followed for some levels only."""
    text = b"<rss><item>" + b"<x a='1'>" * 100 + b"</x>" * 100 + b"</item></rss>"
    assert decode("media-rss", text).values[0].complete


def test_playlists_longer_than_the_limits_are_read_in_part():
    """Lines beyond the limits are left out, with a Problem."""
    text = b"#EXTM3U\n" + b"a.mp3\n" * 100
    for limits in (Limits(values=51), Limits(excerpt_bytes=8 + 50 * 6)):
        decoding = decode("m3u", text, limits)
        assert len(decoding.values[0].value["items"]) == 50
        assert not decoding.values[0].complete
        assert decoding.problems[0].code == "too-large"


def test_an_entry_of_a_playlist_spans_its_remarks():
    """The span of an entry begins with its #EXTINF line and ends with its URL."""
    text = b"#EXTM3U\n#EXTINF:1,A\na.mp3\nb.mp3\n"
    places = decode("m3u", text).values[0].places
    spans = places.spans([("items", 0), ("items", 0, "url"), ("items", 0, "title"), ("items", 1)])
    assert [text[slice(*span)] for span in spans.values()] == [
        b"#EXTINF:1,A\na.mp3",
        b"a.mp3",
        b"#EXTINF:1,A\na.mp3",
        b"b.mp3",
    ]


def test_a_live_stream_and_one_of_many_files():
    """A playlist without an end is live, and its segments are counted and not listed."""
    value = decode("hls", b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n#EXTINF:6,\nb.ts\n").values[0].value
    assert value["live"] is True
    assert value["segmentCount"] == 2
    assert "sources" not in value


def test_a_manifest_of_parts_has_no_urls():
    """Where representations are made of numbered parts, their folder is no URL of a medium."""
    text = (
        b"<MPD type='dynamic'><BaseURL>http://x/a/</BaseURL><Period><AdaptationSet mimeType='video/mp4'>"
        b"<Representation id='1'><BaseURL>b</BaseURL><SegmentTemplate media='$Number$.m4s'/></Representation>"
        b"<Representation id='2'><BaseURL>c.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>"
    )
    value = decode("dash", text).values[0].value
    assert value["live"] is True
    assert [source.get("url") for source in value["sources"]] == [None, "http://x/a/c.mp4"]


def test_a_sitemap_without_videos_gives_nothing():
    """Pages alone are no media, and neither is an index of sitemaps."""
    assert decode("video-sitemap", b"<urlset><url><loc>x</loc></url></urlset>").values == ()
