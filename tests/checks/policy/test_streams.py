"""Playlists and the parts that are asked for."""

from urllib.parse import urljoin

import pytest

from harvester.checks.policy.ladder import probe
from harvester.checks.policy.target import Target
from harvester.model.exchange import Failure

TS = (b"\x47" + bytes(187)) * 30
MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhigh.m3u8\n"
MEDIA = (
    '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:6,\n1.ts\n#EXTINF:6,\n2.ts\n#EXTINF:6,\n3.ts\n#EXT-X-ENDLIST\n'
)


def hls(host, reply, **others):
    """A stream of a master, its low variant, a key and three segments, but for what `others` replaces."""
    root = "http://media.example/hls/"
    table = {
        "m.m3u8": reply(MASTER.encode(), "application/vnd.apple.mpegurl"),
        "low.m3u8": reply(MEDIA.encode(), "application/vnd.apple.mpegurl"),
        "k": reply(b"0123456789abcdef"),
        "1.ts": reply(TS, "video/mp2t"),
        "3.ts": reply(TS, "video/mp2t"),
        **others,
    }
    host.replies.update({root + name: what for name, what in table.items() if what is not None})
    return host.drive(probe(Target(url=root + "m.m3u8", kind="video", delivery="hls"), join=urljoin))


def test_a_stream_is_sampled_by_one_variant(host, reply):
    """Master, variant, key, first and last segment: five requests tell that a stream plays."""
    verdict = hls(host, reply)
    assert (verdict.reason, verdict.basis, verdict.facts["duration_s"]) == ("ok", "playlist", 18.0)
    names = [(ask.method, ask.url.rpartition("/")[2]) for ask in host.asked]
    assert names == [("GET", "m.m3u8"), ("GET", "low.m3u8"), ("GET", "k"), ("GET", "1.ts"), ("GET", "3.ts")]


@pytest.mark.parametrize("missing", ["low.m3u8", "k", "1.ts", "3.ts"])
def test_a_missing_part_makes_a_stream_incomplete(host, reply, missing):
    """Whatever part is gone, the playlist is degraded and never gone itself."""
    verdict = hls(host, reply, **{missing: None})
    assert (verdict.reason, verdict.state) == ("playlist-incomplete", "degraded")
    assert verdict.facts["child_url"].endswith(missing)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, "forbidden"), (401, "login"), (429, "rate-limited"), (500, "server-error"), (451, "legal")],
)
def test_a_part_that_is_held_back_decides(host, reply, status, reason):
    """A key or segment that can't be had is passed on as what it is."""
    assert hls(host, reply, k=reply(b"", None, status)).reason == reason


def test_a_part_that_is_not_asked_for_by_our_own_guards_says_nothing(host, reply):
    """A segment on an address that we don't dial is left out."""
    refused = reply(failure=Failure(reason="blocked-by-policy", transient=False, errors=()))
    assert hls(host, reply, **{"1.ts": refused}).reason == "ok"


def test_a_stream_of_which_no_segment_may_be_asked_for_is_unchecked(host, reply):
    """Where our own guards keep us from every segment, nothing is claimed."""
    refused = reply(failure=Failure(reason="blocked-by-policy", transient=False, errors=()))
    verdict = hls(host, reply, **{"1.ts": refused, "3.ts": refused})
    assert (verdict.reason, verdict.state) == ("blocked-by-policy", "unchecked")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("#EXTINF:2,\n{$host}/1.ts\n", "unknown"),
        ("#EXT-X-GAP\n#EXTINF:2,\n1.ts\n", "unknown"),
        ("#EXTINF:2,\n{$host}/1.ts\n#EXTINF:2,\n3.ts\n", "ok"),
    ],
)
def test_a_stream_of_which_no_segment_was_seen_is_not_there(host, reply, lines, reason):
    """A playlist that lists nothing that can be asked for shows nothing; one segment that came shows it."""
    body = f"#EXTM3U\n{lines}#EXT-X-ENDLIST\n".encode()
    assert hls(host, reply, **{"low.m3u8": reply(body, "application/vnd.apple.mpegurl")}).reason == reason


@pytest.mark.parametrize("name", ["low.m3u8", "1.ts"])
def test_a_part_that_breaks_off_decides(host, reply, name):
    """What came of it may be right, but it can't be had."""
    broken = {"low.m3u8": MEDIA.encode(), "1.ts": TS}[name]
    assert hls(host, reply, **{name: reply(broken, "video/mp2t", breaks=True)}).reason == "connection-failed"


@pytest.mark.parametrize(
    ("gone", "reason", "names"),
    [
        ((), "ok", ["k", "3.ts"]),
        (("1.ts",), "ok", ["k", "3.ts"]),
        (("3.ts",), "playlist-incomplete", ["k", "3.ts", "1.ts"]),
        (("1.ts", "3.ts"), "live-ended", ["k", "3.ts", "1.ts"]),
    ],
)
def test_a_live_stream_is_sampled_from_its_end(host, reply, gone, reason, names):
    """The newest segment tells that it is live; the oldest may have gone; with neither it has ended, for now."""
    live = reply(MEDIA.replace("#EXT-X-ENDLIST", "").encode())
    verdict = hls(host, reply, **{"low.m3u8": live}, **dict.fromkeys(gone))
    assert (verdict.reason, verdict.transient) == (reason, reason != "ok")
    assert [ask.url.rpartition("/")[2] for ask in host.asked[2:]] == names


def test_a_manifest_with_entities_is_not_judged(host, reply):
    """What we refuse to read is neither there nor gone."""
    host.default = reply(b"<?xml version='1.0'?><!DOCTYPE MPD [<!ENTITY a 'b'>]><MPD>&a;</MPD>")
    verdict = host.drive(probe(Target(url="http://media.example/m.mpd", delivery="dash"), join=urljoin))
    assert verdict.reason == "unknown"


def test_a_page_in_place_of_a_segment_is_a_missing_segment(host, reply):
    """Soft 404s happen to segments, too."""
    assert (
        hls(host, reply, **{"3.ts": reply(b"<html><title>Not found</title>", "text/html")}).reason
        == "playlist-incomplete"
    )


def test_drm_ends_the_check_at_the_playlist(host, reply):
    """What only a key system can open is restricted, and its segments are not asked for."""
    text = MEDIA.replace('METHOD=AES-128,URI="k"', 'METHOD=SAMPLE-AES,URI="skd://k",KEYFORMAT="com.widevine"')
    verdict = hls(host, reply, **{"low.m3u8": reply(text.encode())})
    assert (verdict.reason, verdict.facts["drm"], len(host.asked)) == ("drm", "widevine", 2)


def test_a_playlist_without_segments_is_incomplete(host, reply):
    """An empty list plays nothing; a live one may yet begin."""
    verdict = hls(host, reply, **{"low.m3u8": reply(b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n")})
    assert (verdict.reason, verdict.transient) == ("playlist-incomplete", True)
    assert not hls(host, reply, **{"low.m3u8": reply(b"#EXTM3U\n#EXT-X-ENDLIST\n")}).transient


def test_a_playlist_found_by_surprise_is_read_whole(host, reply):
    """Where a file was expected and a long playlist came, it is asked for again without a range."""
    text = MEDIA.replace("#EXTINF:6,\n2.ts\n", "#EXTINF:6,\n2.ts\n" * 6000)
    host.replies.update({f"http://media.example/2016/{name}": reply(TS) for name in ("k", "1.ts", "3.ts")})
    host.replies["http://media.example/2016/clip.mp4"] = reply(text.encode(), "audio/mpegurl")
    verdict = host.drive(probe(Target(url="http://media.example/2016/clip.mp4", kind="video"), join=urljoin))
    assert (verdict.reason, verdict.facts["segments"]) == ("ok", 6002)


def test_a_dash_manifest_is_sampled(host, reply):
    """Initialisation, first and last segment of one representation are asked for."""
    text = (
        '<MPD mediaPresentationDuration="PT12S"><Period><AdaptationSet><Representation id="1"><SegmentTemplate '
        'media="$Number$.m4s" initialization="i.mp4" duration="4"/></Representation></AdaptationSet></Period></MPD>'
    )
    root = "http://media.example/d/"
    host.replies.update({root + name: reply(TS) for name in ("i.mp4", "1.m4s", "3.m4s")})
    host.replies[root + "m.mpd"] = reply(text.encode())
    verdict = host.drive(probe(Target(url=root + "m.mpd", delivery="dash"), join=urljoin))
    assert (verdict.reason, verdict.facts["parts_seen"], verdict.facts["duration_s"]) == ("ok", 3, 12.0)


def test_endless_masters_end(host, reply):
    """A master that names itself is not followed for ever."""
    host.default = reply(MASTER.encode())
    verdict = host.drive(probe(Target(url="http://media.example/a.m3u8"), join=urljoin))
    assert (verdict.reason, len(host.asked)) == ("unknown", 4)
