"""HLS playlists."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.hls import read
from harvester.checks.policy.playlist import Child

BASE = "https://cdn.example/v/7/index.m3u8"
MEDIA = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.0,\ns1.ts\n#EXTINF:6.0,\ns2.ts\n#EXTINF:2.5,\ns3.ts\n"


def parts(playlist):
    return [(child.part, child.url, child.range) for child in playlist.children]


def test_a_master_names_the_variant_to_play_first():
    """Of several variants the first one is followed, as players do."""
    playlist = read(
        '#EXTM3U\r\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="avc1,mp4a"\r\nlow/a.m3u8\r\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=2\r\nhigh/a.m3u8\r\n",
        BASE,
        urljoin,
    )
    assert playlist.variants == 2
    assert playlist.children == (Child("variant", "https://cdn.example/v/7/low/a.m3u8"),)


def test_a_list_of_segments_is_sampled_at_both_ends():
    """Key, initialisation, first and last segment are asked for, and the durations add up."""
    text = MEDIA.replace(
        "#EXTINF:6.0,\ns1",
        '#EXT-X-KEY:METHOD=AES-128,URI="k?a=1,2",IV=0x1\n#EXT-X-MAP:URI="init.mp4",BYTERANGE="700@20"\n#EXTINF:6.0,\ns1',
    )
    playlist = read(text + "#EXT-X-ENDLIST\n", BASE, urljoin)
    assert parts(playlist) == [
        ("key", "https://cdn.example/v/7/k?a=1,2", None),
        ("init", "https://cdn.example/v/7/init.mp4", (20, 719)),
        ("segment", "https://cdn.example/v/7/s1.ts", None),
        ("segment", "https://cdn.example/v/7/s3.ts", None),
    ]
    assert (playlist.segments, playlist.duration_s, playlist.live) == (3, 14.5, False)


def test_without_an_end_a_playlist_is_live():
    """A playlist that may still grow is live, and has no duration."""
    playlist = read(MEDIA, BASE, urljoin)
    assert (playlist.live, playlist.duration_s) == (True, None)


def test_a_cut_playlist_is_not_called_live():
    """The end that was not read may be there."""
    assert read(MEDIA, BASE, urljoin, whole=False).live is False


def test_byte_ranges_follow_one_another():
    """A range without a start begins where the one before ended."""
    text = "#EXTM3U\n#EXT-X-BYTERANGE:100@0\n#EXTINF:1,\na.ts\n#EXT-X-BYTERANGE:50\n#EXTINF:1,\na.ts\n#EXT-X-ENDLIST"
    assert [child.range for child in read(text, BASE, urljoin).children] == [(0, 99), (100, 149)]


def test_gaps_are_not_asked_for():
    """A segment that the playlist itself calls missing proves nothing."""
    text = "#EXTM3U\n#EXTINF:1,\n#EXT-X-GAP\na.ts\n#EXTINF:1,\nb.ts\n#EXT-X-ENDLIST"
    assert [child.url for child in read(text, BASE, urljoin).children] == ["https://cdn.example/v/7/b.ts"]


@pytest.mark.parametrize(
    ("tag", "drm"),
    [
        ('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"', "fairplay"),
        ('#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://x"', "fairplay"),
        (
            '#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,KEYFORMAT="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",URI="data:x"',
            "widevine",
        ),
        ('#EXT-X-KEY:METHOD=AES-128,URI="k.bin",KEYFORMAT="identity"', None),
        ("#EXT-X-KEY:METHOD=NONE", None),
    ],
)
def test_key_systems_are_drm_and_plain_keys_are_not(tag, drm):
    """Only a key that can't be had by its URL holds the content back."""
    assert read(f"#EXTM3U\n{tag}\n{MEDIA}", BASE, urljoin).drm == drm


def test_what_needs_a_variable_resolves_to_nothing():
    """A reference with a variable of the playlist is not guessed at."""
    assert read("#EXTM3U\n#EXTINF:1,\n{$x}/a.ts", BASE, urljoin).children[0].url is None


@given(st.text(max_size=500), st.booleans())
def test_reading_takes_any_text(text, whole):
    """Whatever stands in a playlist, there is one."""
    read(text, BASE, lambda _base, reference: reference, whole=whole)
    read("#EXTM3U\n" + text, BASE, lambda _base, reference: reference, whole=whole)


@given(
    st.lists(
        st.sampled_from(
            [
                *("#EXTINF:1", "a.ts", '#EXT-X-KEY:METHOD=AES-128,URI="', "#EXT-X-MAP:URI=x,BYTERANGE=0", '=,="=', ""),
                *("#EXT-X-BYTERANGE:5", "#EXT-X-ENDLIST", "#EXT-X-STREAM-INF:", "#EXT-X-GAP", "{$", "#EXT-X-MAP:URI"),
            ]
        )
    )
)
def test_reading_takes_any_order_of_lines(lines):
    """Tags without their attributes and in any order do no harm, and at most five parts are named."""
    assert len(read("\n".join(["#EXTM3U", *lines]), BASE, urljoin).children) <= 4


def test_attributes_cost_one_pass():
    """A line of unclosed quotes is read once, however many there are."""
    read("#EXTM3U\n#EXT-X-KEY:" + 'A="A=' * 200_000, BASE, urljoin)
