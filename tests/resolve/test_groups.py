"""Renditions of one medium get one key, different media different ones."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.groups import group_key, group_keys

UUID = "b54e2a28-c4ec-4fb2-8d9b-8b67794e7b19"
OTHER = "de56d4e5-d5f4-4398-9523-a4e76ab5e792"
HEX = "20aaea2811c74da3868a69dfd707347d"
A, B = "https://a.example", "https://b.example"

ONE_MEDIUM = [
    [f"{A}/v/clip_720p.mp4", f"{A}/v/clip_1080p.mp4", f"{A}/v/clip.m3u8", f"{A}/v/clip.webm", f"{A}/v/clip.jpg"],
    [f"{A}/v/clip.mp4", "http://www.a.example/v/clip.mp4?utm_source=x#t=1", f"{A}/v/clip.mp4?exp=1700000000"],
    [f"{A}/v/clip.vtt", f"{A}/v/clip.en.vtt", f"{A}/v/clip_de.vtt", f"{A}/v/clip_cc.srt", f"{A}/v/clip.mp4"],
    [f"{A}/v/12345/720p.mp4", f"{A}/v/12345/1080p.mp4", f"{A}/v/12345/master.m3u8", f"{A}/v/12345/manifest.mpd"],
    [f"{A}/v/12345/hls/index.m3u8", f"{A}/v/12345/mp4/v360.mp4", f"{A}/v/12345/dash/manifest.mpd"],
    [f"{A}/v/my-clip/my-clip_5000kbps.mp4", f"{A}/v/my-clip/master.m3u8"],
    [f"{A}/v/my-clip-01-27/my-clip_5000kbps.mp4", f"{A}/v/my-clip-01-27/master.m3u8"],
    [f"{A}/v/clip.mp4", f"{A}/v/clip.mp4/playlist.m3u8", f"{A}/v/mp4:clip_720p.mp4/manifest.mpd"],
    [f"{A}/v/clip.ism/manifest", f"{A}/v/clip.ism/.m3u8", f"{A}/v/clip.mp4"],
    [f"{A}/v/clip_,300,600,.mp4.csmil/master.m3u8", f"{A}/v/clip.mp4"],
    [f"{A}/i/v/clip,.webs,.webl,.h264.mp4.csmil/master.m3u8", f"{A}/v/clip.webs.h264.mp4"],
    [f"{A}/{UUID}/{UUID}_avc-540.mp4", f"{B}/i/{UUID}/{UUID}_,avc-540,avc-720,.mp4.csmil/master.m3u8"],
    [f"{A}/x/{UUID}/10s/master.m3u8", f"{B}/y/live-baseurl/clear/{UUID}/6s/manifest.mpd"],
    [f"{A}/{UUID}/rover_16x9_240p_sd_1552686729_57415.mp4", f"{A}/{UUID}/rover_16x9_720p_hd_1552686730_82524.mp4"],
    [f"{A}/v/{HEX}/{HEX}.m3u8", f"{A}/v/{HEX}/{HEX}.HD-1080p-7.2Mbps-16927096.mp4?v=0"],
    [f"{A}/v/{HEX}.mp4", f"{B}/other/{HEX.upper()}_640x360.mp4"],
    [f"{A}/2024/2874298511089447822/{size}_2874298511089447822.mp4" for size in ("640x360_MP4", "960x540_M2TS")],
    ["https://content.example/videos/A5PbQQSl-Xy12Zw34.mp4", "https://cdn.example/manifests/A5PbQQSl.m3u8"],
    [f"{A}/video/upload/t_original/v15/clip.mp4", f"{A}/video/upload/c_fill,h_360,w_640/v15/clip.jpg"],
    [f"{A}/tutorial/320/clip.mp4", f"{A}/tutorial/480/clip.mp4"],
    [f"{A}/news/image/855x495//2016/12/15/x.jpg", f"{A}/news/image/640x360//2016/12/15/x.jpg"],
    [f"{A}/watch?v=1&utm_source=x", f"{A}/watch?v=1"],
    ["https://c.example/x/p/pod.example.com/e12.mp3", "https://c.example/x/s/pod.example.com/e12.mp3"],
    ["https://c.example/redirect.mp3/d.example/t/9/pod.example.com/e12.mp3", "https://pod.example.com/e12.mp3"],
    ["/v/clip_720p.mp4", "v/clip_1080p.mp4", "\\v\\clip.mp4#x"],
    [f"{A}/mp4/{size}/33/23/{size}_PYR_3323194_2026.mp4" for size in ("FHD", "SHD")],
    [f"{A}/p/105/entryId/0_abc/format/applehttp/protocol/https/index.m3u8", f"{A}/p/105/entryId/0_abc/index.m3u8"],
]
DIFFERENT_MEDIA = [
    [f"{A}/v/12345/720p.mp4", f"{A}/v/67890/720p.mp4"],
    [f"{A}/v/12345/master.m3u8", f"{A}/v/67890/master.m3u8", f"{A}/master.m3u8"],
    [f"{A}/v/video.mp4", f"{A}/v/audio.mp3", f"{A}/v/movie.mp4"],
    [f"{A}/v/part_1.mp4", f"{A}/v/part_2.mp4", f"{A}/v/part_3.mp4"],
    [f"{A}/v/clip_de.mp4", f"{A}/v/clip_fr.mp4"],
    [f"{A}/v/low-carb-bread.mp4", f"{A}/v/carb-bread.mp4"],
    [f"{A}/v/clip.mp4", f"{B}/v/clip.mp4", f"{A}/w/clip.mp4"],
    [f"{A}/recipe/309655808310772799/1.m3u8", f"{A}/recipe/309655808310772799/steps/3.m3u8"],
    [f"{A}/recipe/309655808310772799/1.m3u8", f"{A}/recipe/367669674579591581/1.m3u8"],
    [f"{A}/{UUID}/1.mp4", f"{A}/{UUID}/2.mp4", f"{A}/{OTHER}/1.mp4"],
    [f"{A}/{UUID}/preview.mp4", f"{A}/{OTHER}/preview.mp4", f"{A}/{UUID}/{UUID}.mp4"],
    [f"{A}/{UUID}.mp4", f"{A}/{OTHER}.mp4"],
    [f"{A}/2024/11/28/28_1732806571180.10_name.mp4", f"{A}/2024/11/28/28_1732806591934.10_name.mp4"],
    [f"{A}/watch?v=1", f"{A}/watch?v=2"],
    [f"{A}/20161215.mp4", f"{B}/20161215.mp4"],
    ["https://c.example/videos/A5PbQQSl-Xy12Zw34.mp4", "https://c.example/videos/B6PbQQSm-Xy12Zw34.mp4"],
    [f"{A}/v/a_,300,600,.mp4.csmil/master.m3u8", f"{A}/v/b_,300,600,.mp4.csmil/master.m3u8"],
    [f"{A}/v/clip_720p_part1.mp4", f"{A}/v/clip_720p_part2.mp4"],
    ["/v/clip.mp4", "/w/clip.mp4", "clip.mp4"],
    [A, B, f"{A}/x", f"{A}/y"],
]


@pytest.mark.parametrize("urls", ONE_MEDIUM)
def test_renditions_have_one_key(urls):
    """Sizes, rates, containers, playlists, posters and captions of one medium share a key."""
    assert len({group_key(url) for url in urls}) == 1
    assert len(set(group_keys(urls))) == 1


@pytest.mark.parametrize("urls", DIFFERENT_MEDIA)
def test_different_media_have_different_keys(urls):
    """Names that differ in more than rendition, or stand in different folders or on different hosts, stay apart."""
    assert len({group_key(url) for url in urls}) == len(urls)
    assert len(set(group_keys(urls))) == len(urls)


def test_a_list_of_renditions_names_its_files():
    """Files that a multi-bitrate playlist lists are renditions, whatever tells them apart, on another host too."""
    playlist = f"{A}/i/2025/0617/tv-1324,.mn.mp4,.zq.mp4,.csmil/master.m3u8"
    files = [f"{B}/progressive/2025/0617/tv-1324.mn.mp4", f"{B}/progressive/2025/0617/tv-1324.zq.mp4"]
    assert len(set(group_keys([*files, playlist]))) == 1
    assert len(set(group_keys(files))) == 2


def test_one_path_on_several_hosts_is_one_medium():
    """Hosts of one document that have the same end of a path deliver the same medium, unless one has it twice."""
    urls = [f"{A}/1365798/delivery/2024/0802/clip-010824_720p.mp4", f"{B}/delivery/2024/0802/clip-010824_cc.vtt"]
    assert len({group_key(url) for url in urls}) == 2
    assert len(set(group_keys(urls))) == 1
    assert len(set(group_keys([*urls, f"{A}/other/2024/0802/clip-010824.mp4"]))) == 3


def test_a_number_of_its_own_names_a_medium_in_any_folder():
    """One long number in a file's name is one medium on a host; so is any name in a folder with an id of its own."""
    assert len(set(group_keys([f"{A}/ondemand/318/1/x_59244140.mp3", f"{A}/podcast/318/1/x_59244140.mp3"]))) == 1
    assert len(set(group_keys([f"{A}/ondemand/318/1/x_20240101.mp3", f"{A}/podcast/318/1/x_20240101.mp3"]))) == 2
    tail = "IYUZN6AMT5C7XATXQO5X6FRGOA/20240426-112452.523/current.mp3"
    assert len(set(group_keys([f"{A}/articles/{tail}", f"{B}/{tail}"]))) == 1


def test_an_ending_that_repeats_behind_ids_is_a_rendition():
    """Where endings repeat from id to id, the id in front decides; ordinals never do."""
    first, second = "k3JmX9qLpZ", "t7RvB2nWsY"
    urls = [f"{A}/v/{head}-{ending}.mp4" for head in (first, second) for ending in ("abcdwxyz", "efghstuv")]
    assert [key.count("-") for key in group_keys(urls)] == [0, 0, 0, 0]
    assert len(set(group_keys(urls))) == 2
    parts = [f"{A}/v/{head}-{ending}.mp4" for head in (first, second) for ending in ("part1", "part2")]
    assert len(set(group_keys(parts))) == 4
    titles = [f"{A}/v/{head}-{ending}.mp4" for head in ("spring", "autumn") for ending in ("intro", "outro")]
    assert len(set(group_keys(titles))) == 4


SEGMENTS = st.lists(
    st.sampled_from(
        ["v", "hls", "clip_720p.mp4", "master.m3u8", UUID, "12345", "x_,1,2,.mp4.csmil", "video.mp4", "..", "%2f", ","]
    )
    | st.text(max_size=5)
).map("/".join)
URLS = st.one_of(
    st.text(), SEGMENTS, SEGMENTS.map("https://www.a.example/".__add__), SEGMENTS.map("rtmp://a.example/".__add__)
)


@given(st.lists(URLS, max_size=8))
def test_keys_are_total(urls):
    """Any texts have keys, which don't depend on their order."""
    keys = group_keys(urls)
    assert len(keys) == len(urls)
    backwards = group_keys(urls[::-1])[::-1]
    same = [keys[a] == keys[b] for a, b in combinations(range(len(urls)), 2)]
    assert same == [backwards[a] == backwards[b] for a, b in combinations(range(len(urls)), 2)]
    assert all(key.partition(":")[0] in {"name", "path", "url"} for key in keys)
