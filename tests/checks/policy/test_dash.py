"""DASH manifests."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.dash import read

BASE = "https://cdn.example/v/7/m.mpd"
NS = 'xmlns="urn:mpeg:dash:schema:mpd:2011"'


def mpd(inner, attributes='type="static" mediaPresentationDuration="PT1M0.5S"', adaptation=""):
    return (
        f'<?xml version="1.0"?><MPD {NS} {attributes}><Period><AdaptationSet mimeType="video/mp4">{adaptation}'
        f'<Representation id="v1" bandwidth="800000">{inner}</Representation></AdaptationSet></Period></MPD>'
    ).encode()


def urls(playlist):
    return [
        (child.part, (child.url or "").removeprefix("https://cdn.example/v/7/"), child.range)
        for child in playlist.children
    ]


ENDLESS = "<SegmentTimeline><S t='0' d='10' r='-1'/></SegmentTimeline>"
CASES = {
    "numbers": (
        (
            '<SegmentTemplate media="$RepresentationID$/$Number%05d$.m4s" initialization="$RepresentationID$/i.mp4" '
            'duration="4" startNumber="3"/>'
        ),
        [("init", "v1/i.mp4", None), ("segment", "v1/00003.m4s", None), ("segment", "v1/00018.m4s", None)],
        16,
    ),
    "timeline": (
        (
            '<SegmentTemplate media="$Time$-$Bandwidth$$$.m4s" timescale="10"><SegmentTimeline>'
            '<S t="100" d="40" r="2"/><S d="10"/></SegmentTimeline></SegmentTemplate>'
        ),
        [("segment", "100-800000$.m4s", None), ("segment", "220-800000$.m4s", None)],
        4,
    ),
    "timeline to the end": (
        f"<SegmentTemplate media='$Number$.m4s'>{ENDLESS}</SegmentTemplate>",
        [("segment", "1.m4s", None), ("segment", "6.m4s", None)],
        6,
    ),
    "list": (
        (
            '<SegmentList><Initialization sourceURL="i.mp4" range="0-99"/><SegmentURL media="a.m4s"/>'
            '<SegmentURL media="b.m4s"/><SegmentURL media="c.m4s" mediaRange="5-9"/></SegmentList>'
        ),
        [("init", "i.mp4", (0, 99)), ("segment", "a.m4s", None), ("segment", "c.m4s", (5, 9))],
        3,
    ),
    "one file with an index": (
        '<BaseURL>v/1.mp4</BaseURL><SegmentBase indexRange="800-900"><Initialization range="0-799"/></SegmentBase>',
        [("init", "v/1.mp4", (0, 799))],
        1,
    ),
    "one file": ("<BaseURL>v/1.mp4</BaseURL>", [("segment", "v/1.mp4", (0, None))], 1),
}


@pytest.mark.parametrize("name", CASES)
def test_segments_are_found_in_every_way_to_write_them(name):
    """Templates by number and by time, lists and single files lead to the first and the last part."""
    inner, expected, count = CASES[name]
    playlist = read(mpd(inner), BASE, urljoin)
    assert urls(playlist) == expected
    assert (playlist.segments, playlist.duration_s) == (count, 60.5)


def test_base_urls_add_up():
    """Each level's BaseURL is resolved against the one above."""
    data = f"""<MPD {NS}><BaseURL>/a/</BaseURL><Period><BaseURL>b/</BaseURL><AdaptationSet>
    <Representation id="1"><BaseURL>c.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>"""
    assert read(data.encode(), BASE, urljoin).children[0].url == "https://cdn.example/a/b/c.mp4"


def test_a_live_template_without_a_list_names_no_segment():
    """Only a clock knows which segment of a live template is there; the initialisation always is."""
    inner = '<SegmentTemplate media="$Number$.m4s" initialization="i.mp4" duration="4"/>'
    playlist = read(mpd(inner, 'type="dynamic"'), BASE, urljoin)
    assert (playlist.live, urls(playlist)) == (True, [("init", "i.mp4", None)])


@pytest.mark.parametrize(
    ("protection", "drm"),
    [
        ('<ContentProtection schemeIdUri="urn:uuid:EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED"/>', "widevine"),
        (
            (
                '<ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011" value="cenc"/>'
                '<ContentProtection schemeIdUri="urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95"/>'
            ),
            "playready",
        ),
        ('<ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011"/>', "unknown"),
        ("", None),
    ],
)
def test_content_protection_is_drm(protection, drm):
    """The key system is named by the scheme that is not merely "encrypted"."""
    assert read(mpd("", adaptation=protection), BASE, urljoin).drm == drm


def test_entities_are_refused():
    """A manifest with a document type, too deep or too large is not read any further."""
    data = b'<!DOCTYPE MPD [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><MPD>&b;</MPD>'
    assert read(data, BASE, urljoin).refused
    assert read(b"<a>" * 60 + b"</a>" * 60, BASE, urljoin).refused
    assert read(b"<MPD>" + b"<a/>" * 100_001 + b"</MPD>", BASE, urljoin).refused


@pytest.mark.parametrize("data", [b"", b"<MPD>", b"<a></a>", b"<MPD" + b"<a>" * 100])
def test_what_is_no_manifest_is_broken(data):
    """Cut and foreign documents are broken, not an error."""
    assert read(data, BASE, urljoin).broken


def test_numbers_beyond_reason_are_counted_not_walked():
    """A repeat of billions costs no more than one of two."""
    inner = "<SegmentTemplate media='$Time$'><SegmentTimeline><S d='1' r='999999999999'/></SegmentTimeline>"
    assert read(mpd(inner + "</SegmentTemplate>"), BASE, urljoin).segments == 10**12


ATTRIBUTES = ("t", "d", "r", "duration", "timescale", "startNumber", "media", "initialization", "range", "mediaRange")
NAMES = (
    "S",
    "SegmentTimeline",
    "SegmentTemplate",
    "SegmentList",
    "SegmentURL",
    "SegmentBase",
    "BaseURL",
    "Initialization",
)


@given(
    st.recursive(
        st.just(""),
        lambda inner: st.builds(
            lambda name, attribute, value, children: f'<{name} {attribute}="{value}">{"".join(children)}</{name}>',
            st.sampled_from(NAMES),
            st.sampled_from(ATTRIBUTES),
            st.sampled_from(["-1", "0", "1", "5-1", "$Number%099d$", "$$$Time", "x", "99999999999999999"]),
            st.lists(inner, max_size=3),
        ),
        max_leaves=12,
    )
)
def test_reading_takes_any_elements(inner):
    """Elements in any order with any numbers give a sample of at most three parts."""
    assert len(read(mpd(inner), BASE, urljoin).children) <= 3


@given(st.binary(max_size=500))
def test_reading_takes_any_bytes(data):
    """Whatever the bytes are, there is a playlist, if only a broken one."""
    read(data, BASE, urljoin)
    read(b"<MPD>" + data, BASE, urljoin)
