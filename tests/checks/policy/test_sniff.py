"""What bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.sniff import declared_family, sniff

ADTS = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)
MP3 = b"\xff\xfb\x90\x00" + bytes(413)
TS = b"\x47" + bytes(187)
ID3 = b"ID3\x04\0\0\0\0\0\x04abcd"

CASES = [
    (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4", "video"),
    (b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4", "either"),
    (b"\0\0\0\x18ftypqt  \0\0\0\0", "video/quicktime", "video"),
    (b"\0\0\0\x18ftyp3gp5\0\0\0\0", "video/mp4", "video"),
    (b"\0\0\0\x18ftypavif\0\0\0\0", "image/avif", "image"),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic", "image"),
    (b"\0\0\0\x18stypmsdh\0\0\0\0", "video/mp4", "video"),
    (b"\x12\x34\x56\x78mdat....", "video/mp4", "video"),
    (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm", "either"),
    (b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska", "video/x-matroska", "either"),
    (b"OggS" + bytes(24) + b"\x80theora", "video/ogg", "video"),
    (b"OggS" + bytes(24) + b"OpusHead", "audio/ogg", "audio"),
    (b"OggS" + bytes(24) + b"\x01vorbis", "audio/ogg", "audio"),
    (b"OggS" + bytes(40), "application/ogg", "either"),
    (b"fLaC\0\0\0\x22", "audio/flac", "audio"),
    (ID3 + MP3 + MP3, "audio/mpeg", "audio"),
    (ID3 + ADTS + ADTS, "audio/aac", "audio"),
    (ID3, "audio/mpeg", "audio"),
    (MP3 + MP3, "audio/mpeg", "audio"),
    (ADTS + ADTS, "audio/aac", "audio"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav", "audio"),
    (b"RIFF\x24\0\0\0AVI LIST", "video/x-msvideo", "video"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp", "image"),
    (b"FLV\x01\x05\0\0\0\x09", "video/x-flv", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", "video/x-ms-asf", "either"),
    (TS * 3, "video/mp2t", "either"),
    ((bytes(4) + TS) * 3, "video/mp2t", "either"),
    (b"\0\0\x01\xba\x44", "video/mpeg", "video"),
    (b".RMF\0\0\0\x12", "application/vnd.rn-realmedia", "either"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg", "image"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "image"),
    (b"GIF89a\x01\0\x01\0", "image/gif", "image"),
    (b"BM" + (70).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + b"\x28\0\0\0", "image/bmp", "image"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml", "image"),
    (b"<?xml version='1.0'?>\n<!-- drawn -->\n<svg>", "image/svg+xml", "image"),
    (b"#EXTM3U\n#EXT-X-VERSION:3", "application/vnd.apple.mpegurl", "playlist"),
    (b"\xef\xbb\xbf#EXTM3U", "application/vnd.apple.mpegurl", "playlist"),
    (b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>", "application/dash+xml", "playlist"),
    (b"<SmoothStreamingMedia MajorVersion='2'>", "application/vnd.ms-sstr+xml", "playlist"),
    (b"WEBVTT\n\n00:00", "text/vtt", "caption"),
    (b"1\r\n00:00:01,000 --> 00:00:02,000\r\n", "application/x-subrip", "caption"),
    (b"<tt xmlns='http://www.w3.org/ns/ttml'>", "application/ttml+xml", "caption"),
    (b"\n  <!DOCTYPE html><html>", "text/html", "html"),
    (b"<!-- cached --><html>", "text/html", "html"),
    (b"<?xml version='1.0'?><html xmlns='x'>", "application/xhtml+xml", "html"),
    ("\ufeff<html>".encode("utf-16-le"), "text/html", "html"),
    (b"<?xml version='1.0'?><rss>", "application/xml", "data"),
    (b'{"error": 1}', "application/json", "data"),
    (b"%PDF-1.7", "application/pdf", "document"),
    (b"PK\x03\x04\x14\0", "application/zip", "archive"),
    (b"\x1f\x8b\x08\0", "application/gzip", "archive"),
    (b"Get free videos here", "text/plain", "text"),
]


@pytest.mark.parametrize(("data", "media_type", "family"), CASES)
def test_each_format_is_told_by_its_first_bytes(data, media_type, family):
    """Every format of the table is recognised by its own beginning."""
    found = sniff(data)
    assert found is not None
    assert (found.media_type, found.family) == (media_type, family)


@pytest.mark.parametrize("data", [b"", b"   ", b"\xff\xfb\x90\x00" + bytes(600), b"\x47" + bytes(400), b"\x8a\x01\x02"])
def test_what_only_looks_alike_is_not_recognised(data):
    """One frame header without a second one where it should be proves nothing."""
    assert sniff(data) is None


@given(st.binary(max_size=4000))
def test_sniffing_takes_any_bytes(data):
    """Whatever the bytes are, there is an answer or none, and no exception."""
    sniff(data)


@pytest.mark.parametrize(("head", "rest"), [(case[0], b"\xff\x00<html>") for case in CASES[:20]])
@given(cut=st.integers(min_value=0, max_value=40))
def test_sniffing_takes_any_cut(head, rest, cut):
    """A prefix cut anywhere does no harm."""
    sniff((head + rest)[:cut])


@pytest.mark.parametrize(
    ("declared", "family"),
    [
        ("video/mp4; codecs=x", "video"),
        ("Application/X-MPEGURL", "playlist"),
        ("application/octet-stream", None),
        ("text/html", "html"),
        ("", None),
        (None, None),
    ],
)
def test_a_content_type_claims_a_family(declared, family):
    """Content-Type is read without parameters and case; what is not definite claims nothing."""
    assert declared_family(declared) == family
