"""Boxes of MP4 files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.mp4 import Movie, walk


def whole(data, total=None):
    return walk(Movie(), data, 0, len(data) if total is None else total)


def test_an_index_at_the_head_makes_a_file_playable(make_movie):
    """With moov and a complete mdat a file is playable, and its duration is known."""
    seen = whole(make_movie())
    assert (seen.playable, seen.duration_s, seen.brand, seen.truncated) == (True, 5.0, "isom", False)


def test_an_index_at_the_tail_is_asked_for(make_movie):
    """Where mdat comes first, the range behind it is needed, and settles it."""
    data = make_movie(tail=True, mdat=200_000)
    seen = walk(Movie(), data[:65536], 0, len(data))
    assert seen.playable is None
    first, last = seen.need(len(data))
    assert last == len(data) - 1
    seen = walk(seen, data[first : last + 1], first, len(data))
    assert (seen.playable, seen.duration_s) == (True, 5.0)


def test_a_long_index_is_skipped_over(make_movie):
    """An index longer than the window is read at its head, and the box behind it asked for."""
    data = make_movie(padding=300_000)
    seen = walk(Movie(), data[:65536], 0, len(data))
    assert seen.duration_s == 5.0
    first, last = seen.need(len(data))
    assert walk(seen, data[first : last + 1], first, len(data)).playable


@pytest.mark.parametrize("cut", [1, 100, 2999])
def test_media_beyond_the_end_are_truncated(make_movie, cut):
    """A box that goes on beyond the end of the file tells that it was cut."""
    data = make_movie()[:-cut]
    assert whole(data).truncated


def test_a_file_without_index_is_truncated(make_box):
    """A recording that was never finished has media but no index."""
    data = make_box(b"ftyp", b"isom\0\0\0\0") + make_box(b"mdat", bytes(50))
    assert whole(data).truncated
    assert whole(make_box(b"ftyp", b"isom\0\0\0\0") + make_box(b"mdat", bytes(50), size=0)).truncated


def test_sixty_four_bit_lengths_are_read(make_box, make_mvhd):
    """A box of length 1 has its length in the eight bytes behind its type."""
    media = (1).to_bytes(4) + b"mdat" + (16 + 40).to_bytes(8) + bytes(40)
    assert whole(media + make_box(b"moov", make_mvhd())).playable
    endless = (1).to_bytes(4) + b"mdat" + (2**64 - 1).to_bytes(8) + bytes(40)
    assert whole(endless).truncated


def test_version_one_of_the_header_has_longer_times(make_box):
    """A movie header of version 1 has 64 bits for its duration."""
    header = make_box(b"mvhd", b"\x01" + bytes(19) + (90000).to_bytes(4) + (90000 * 7).to_bytes(8) + bytes(80))
    data = make_box(b"ftyp", b"mp42\0\0\0\0") + make_box(b"moov", header) + make_box(b"mdat", b"x")
    assert whole(data).duration_s == 7.0


@pytest.mark.parametrize(("duration", "timescale"), [(0xFFFFFFFF, 1000), (100, 0), (0xFFFFFFF0, 1)])
def test_an_impossible_duration_is_none(make_box, make_mvhd, duration, timescale):
    """Unknown, undivided and absurd durations are left out."""
    data = make_box(b"moov", make_mvhd(duration, timescale)) + make_box(b"mdat", b"x")
    assert whole(data).duration_s is None


def test_fragments_need_no_index_of_samples(make_box, make_mvhd):
    """A fragmented file is playable, and lasts as long as mehd says."""
    extends = make_box(b"mvex", make_box(b"mehd", bytes(4) + (9000).to_bytes(4)))
    data = make_box(b"ftyp", b"iso5\0\0\0\0") + make_box(b"moov", make_mvhd(0) + extends)
    data += make_box(b"moof", bytes(20)) + make_box(b"mdat", bytes(30))
    seen = whole(data)
    assert (seen.playable, seen.fragmented, seen.duration_s) == (True, True, 9.0)


def test_a_segment_index_that_reaches_beyond_the_end_tells_of_a_cut(make_box, make_mvhd):
    """Segments whose lengths add up to more than the file has are missing."""
    entry = (5000).to_bytes(4) + (2000).to_bytes(4) + bytes(4)
    index = make_box(b"sidx", bytes(8) + (1000).to_bytes(4) + bytes(8) + bytes(2) + (2).to_bytes(2) + entry * 2)
    data = make_box(b"moov", make_mvhd(0)) + index + make_box(b"moof", bytes(8)) + make_box(b"mdat", bytes(8))
    assert whole(data).truncated
    assert whole(data, len(data) + 20_000).duration_s == 4.0


@pytest.mark.parametrize("junk", [bytes(100), b"\0\0\0\x05free", b"\xff" * 60, b"\0\0\0\x04mdat" + bytes(50)])
def test_what_is_no_box_is_no_verdict(make_box, junk):
    """Behind something that is no box nothing can be told, and nothing is called cut."""
    seen = whole(make_box(b"ftyp", b"isom\0\0\0\0") + junk)
    assert seen.lost
    assert not seen.truncated
    assert seen.need(10_000) is None


def test_a_few_bytes_behind_the_last_box_are_ignored(make_movie):
    """Players ignore them too."""
    assert whole(make_movie(tail=True) + b"\0\0\0").playable


@given(st.binary(max_size=3000), st.integers(0, 5000), st.one_of(st.none(), st.integers(0, 2**40)))
def test_walking_takes_any_bytes(data, start, total):
    """Any window at any offset of a file of any length is walked in as many steps as it has room for headers."""
    seen = walk(Movie(at=start), data, start, total)
    span = seen.need(total)
    assert span is None or (span[0] <= span[1] and span[0] >= start)
    walk(seen, data, seen.at, total)


@given(
    st.lists(st.tuples(st.sampled_from([b"ftyp", b"moov", b"mdat", b"free", b"sidx", b"moof"]), st.binary(max_size=80)))
)
def test_well_formed_boxes_end_where_they_say(boxes):
    """Boxes whose lengths are right are never lost, and never beyond the end."""
    data = b"".join((8 + len(content)).to_bytes(4) + kind + content for kind, content in boxes if kind != b"sidx")
    seen = walk(Movie(), data, 0, len(data))
    assert not seen.lost
    assert seen.at <= len(data)
