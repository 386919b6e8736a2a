"""File names say what is in the file, and which part of them names the medium."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.names import (
    NameFacts,
    facts,
    front,
    has_media_suffix,
    is_plain,
    is_role,
    suffix_of,
)

UUID = "b40b6e58-fbbb-478e-80b7-f1c1f173e776"

FACTS = [
    ("site_636174317002207171_25f_4x3.mp4", NameFacts("site_636174317002207171", frame_rate=25, aspect="4:3")),
    ("clip_16x9.mp4", NameFacts("clip", aspect="16:9")),
    ("clip_1080p.mp4", NameFacts("clip", height=1080)),
    ("clip-720p60.mp4", NameFacts("clip", height=720, frame_rate=60)),
    ("clip.1080i50.ts", NameFacts("clip", height=1080, frame_rate=50)),
    ("clip_640x360.mp4", NameFacts("clip", width=640, height=360)),
    ("clip-1280-720.mp4", NameFacts("clip", width=1280, height=720)),
    ("clip-1281-720.mp4", NameFacts("clip-1281-720")),
    ("640x360_MP4_2874298511089447822.mp4", NameFacts("2874298511089447822", width=640, height=360)),
    ("clip-2500k.mp4", NameFacts("clip", bitrate_bps=2_500_000)),
    ("clip_1500kbps.mp4", NameFacts("clip", bitrate_bps=1_500_000)),
    ("clip_500kbit.mp4", NameFacts("clip", bitrate_bps=500_000)),
    ("clip_2mbps.mp4", NameFacts("clip", bitrate_bps=2_000_000)),
    ("clip.hd-1080p-7.2Mbps.mp4", NameFacts("clip", height=1080, bitrate_bps=7_200_000, quality="hd")),
    ("clip_MBR_4500.mp4", NameFacts("clip", bitrate_bps=4_500_000)),
    ("clip_h264_1m_720x405.mp4", NameFacts("clip", width=720, height=405, bitrate_bps=1_000_000)),
    ("clip_480x270_25p_500k.mp4", NameFacts("clip", width=480, height=270, frame_rate=25, bitrate_bps=500_000)),
    ("clip_480x270-50p-700kbit.mp4", NameFacts("clip", width=480, height=270, frame_rate=50, bitrate_bps=700_000)),
    ("clip_23.976fps.mp4", NameFacts("clip", frame_rate=23.976)),
    ("clip_3360k_p36v17.mp4", NameFacts("clip", bitrate_bps=3_360_000)),
    ("clip.hd.mp4", NameFacts("clip", quality="hd")),
    ("clip.SD.mp4", NameFacts("clip", quality="sd")),
    ("clip.hi.mp4", NameFacts("clip", quality="hi")),
    ("clip.lo.mp3", NameFacts("clip", quality="lo")),
    ("clip_webm-sd.webm", NameFacts("clip", quality="sd")),
    ("clip-xl.jpg", NameFacts("clip", quality="xl")),
    ("clip_l.jpg", NameFacts("clip", quality="l")),
    ("clip_C.webxxl.h264.mp4", NameFacts("clip_C", quality="webxxl")),
    ("clip_hd1avc.mp4", NameFacts("clip", quality="hd1avc")),
    ("clip.avc720.mp4", NameFacts("clip", height=720)),
    ("clip_AVC-540.mp4", NameFacts("clip", height=540)),
    ("clip.1080.hevc.mp4", NameFacts("clip", height=1080)),
    ("clip-high.mp4", NameFacts("clip", quality="high")),
    (f"{UUID}low.mp4", NameFacts(UUID, quality="low")),
    ("v360.mp4", NameFacts("", height=360)),
    ("720p.mp4", NameFacts("", height=720)),
    ("1280x720.m3u8", NameFacts("", width=1280, height=720)),
    ("clip_4k.mp4", NameFacts("clip", quality="4k")),
    ("clip_de.mp4", NameFacts("clip_de", language="de")),
    ("clip.en.vtt", NameFacts("clip", language="en")),
    ("clip_cc.vtt", NameFacts("clip")),
    ("clip.it.vtt", NameFacts("clip", language="it")),
    ("let-it.mp4", NameFacts("let-it")),
    ("de.mp4", NameFacts("de")),
    ("CLIP_DE.mp4", NameFacts("CLIP_DE")),
    ("low-carb-bread.mp4", NameFacts("low-carb-bread")),
    ("high-speed-train.mp4", NameFacts("high-speed-train")),
    ("over-300k-people.mp4", NameFacts("over-300k-people")),
    ("top-10.mp4", NameFacts("top-10")),
    ("part_2.mp4", NameFacts("part_2")),
    ("report-1080.mp4", NameFacts("report-1080")),
    ("clip.mp4.csmil", NameFacts("clip")),
    ("mp4:clip_720p.mp4", NameFacts("clip", height=720)),
    ("/a/b/clip_720p.mp4", NameFacts("clip", height=720)),
    ("/a/720p/clip.mp4", NameFacts("clip")),
    ("clip%20one_720p.mp4", NameFacts("clip one", height=720)),
    ("clip_720p_part1.mp4", NameFacts("clip_part1", height=720)),
    ("clip.io_1731686745275.mp4", NameFacts("clip.io_1731686745275")),
    ("a_99999x99999.mp4", NameFacts("a")),
    ("a_0x0.mp4", NameFacts("a")),
    ("a_48x48.mp4", NameFacts("a")),
    ("", NameFacts("")),
    (".mp4", NameFacts("")),
    ("...", NameFacts("")),
    ("clip", NameFacts("clip")),
]


@pytest.mark.parametrize(("name", "expected"), FACTS)
def test_facts_in_names(name, expected):
    """A name gives what encoders write in it, and its stem without that."""
    assert facts(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rover_16x9_720p_hd_1552686729_82524.mp4", "rover"),
        ("20aa.hd-1080p-7.2mbps-16927096.mp4", "20aa"),
        ("clip_720p_part1.mp4", ""),
        ("clip_720p_2.mp4", ""),
        ("clip.mp4", ""),
        ("720p_12345.mp4", ""),
    ],
)
def test_front_of_numbered_renditions(name, expected):
    """Where each rendition has a number of its own behind, what stands in front names the medium."""
    assert front(name) == expected


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("master.m3u8", True),
        ("index.m3u8", True),
        ("playlist.m3u8", True),
        ("manifest.mpd", True),
        ("1080p.mp4", True),
        ("prog_index.m3u8", True),
        ("hls", True),
        ("640x360", True),
        ("10s", True),
        ("clip.mp4", False),
        ("video.mp4", False),
        ("12345", False),
        ("poster.jpg", False),
    ],
)
def test_roles(name, role):
    """Names of playlists and renditions say nothing of the medium."""
    assert is_role(name) is role


def test_suffixes():
    """Only known extensions count, in any case, with or without a path behind which a slash was left."""
    assert suffix_of("/a/X.MP4") == "mp4"
    assert suffix_of("/a/x.mp4/") == "mp4"
    assert suffix_of("/a.mp4/x") == ""
    assert suffix_of("example.com") == ""
    assert has_media_suffix("x.m3u8")
    assert not has_media_suffix("x.jpg")
    assert is_plain("Video")
    assert not is_plain("videos")


TOKENS = st.lists(
    st.sampled_from(
        ["clip", "720p", "x", "640x360", "25f", "de", "hd", "1500k", "2.5mbps", UUID, "mbr", "4500", "_", ".", "-"]
    )
    | st.text(max_size=4)
).map("".join)


@given(st.one_of(st.text(), TOKENS))
def test_facts_are_total(name):
    """Any name gives facts, whose stem is in the name; what it says is within reason."""
    found = facts(name)
    assert len(found.stem) <= len(name)
    assert found.frame_rate is None or 1 <= found.frame_rate <= 300
    assert found.width is None or found.width >= 64
    assert found.bitrate_bps is None or found.bitrate_bps > 0
    front(name)
    is_role(name)


def test_long_names_are_read_at_their_end():
    """A name of a mile is read no further than its last part's bounds."""
    assert facts("a" * 100_000 + "_720p.mp4").height == 720
    assert len(facts("a" * 100_000).stem) <= 512
