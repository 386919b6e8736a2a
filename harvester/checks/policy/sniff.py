"""Tells by the first bytes what came, whatever Content-Type says.

The signatures follow the WHATWG MIME Sniffing Standard where it has them, else the format's own specification.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from harvester.checks.policy.target import Family


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What bytes are."""

    media_type: str
    family: Family


_MAGIC: Final[tuple[tuple[int, bytes, str, Family], ...]] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "image"),
    (0, b"\xff\xd8\xff", "image/jpeg", "image"),
    (0, b"GIF87a", "image/gif", "image"),
    (0, b"GIF89a", "image/gif", "image"),
    (0, b"II*\x00", "image/tiff", "image"),
    (0, b"MM\x00*", "image/tiff", "image"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl", "image"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2", "image"),
    (0, b"\x00\x00\x01\x00", "image/x-icon", "image"),
    (0, b"fLaC", "audio/flac", "audio"),
    (0, b"MThd\x00\x00\x00\x06", "audio/midi", "audio"),
    (0, b"#!AMR", "audio/amr", "audio"),
    (0, b".snd", "audio/basic", "audio"),
    (0, b"FLV\x01", "video/x-flv", "video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", "video/x-ms-asf", "either"),
    (0, b".RMF", "application/vnd.rn-realmedia", "either"),
    (0, b".ra\xfd", "audio/vnd.rn-realaudio", "audio"),
    (0, b"\x00\x00\x01\xba", "video/mpeg", "video"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg", "video"),
    (0, b"%PDF-", "application/pdf", "document"),
    (0, b"PK\x03\x04", "application/zip", "archive"),
    (0, b"PK\x05\x06", "application/zip", "archive"),
    (0, b"\x1f\x8b\x08", "application/gzip", "archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", "archive"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar", "archive"),
)
"""Offset, bytes, media type, family."""

_RIFF: Final[dict[bytes, Sniffed]] = {
    b"WAVE": Sniffed("audio/wav", "audio"),
    b"AVI ": Sniffed("video/x-msvideo", "video"),
    b"WEBP": Sniffed("image/webp", "image"),
}
_BRANDS: Final[dict[bytes, Sniffed]] = {
    b"M4A ": Sniffed("audio/mp4", "either"),
    b"M4B ": Sniffed("audio/mp4", "either"),
    b"F4A ": Sniffed("audio/mp4", "either"),
    b"qt  ": Sniffed("video/quicktime", "video"),
    b"avif": Sniffed("image/avif", "image"),
    b"avis": Sniffed("image/avif", "image"),
    b"heic": Sniffed("image/heic", "image"),
    b"heix": Sniffed("image/heic", "image"),
    b"mif1": Sniffed("image/heif", "image"),
    b"msf1": Sniffed("image/heif", "image"),
}
"""Major brands of ISO base media files that are not plainly `video/mp4`."""

_MP4: Final = Sniffed("video/mp4", "video")
_BOXES: Final = frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"wide", b"free", b"skip", b"pnot"})

_OGG: Final[tuple[tuple[bytes, Sniffed], ...]] = (
    (b"\x80theora", Sniffed("video/ogg", "video")),
    (b"OVP80", Sniffed("video/ogg", "video")),
    (b"fishead\x00", Sniffed("application/ogg", "either")),
    (b"OpusHead", Sniffed("audio/ogg", "audio")),
    (b"\x01vorbis", Sniffed("audio/ogg", "audio")),
    (b"\x7fFLAC", Sniffed("audio/ogg", "audio")),
    (b"Speex   ", Sniffed("audio/ogg", "audio")),
)
_HTML: Final = re.compile(
    rb"(?:<!doctype html|<html|<head|<body|<title|<script|<iframe|<h1|<div|<font|<table|<style|<b>|<br|<p>|<p |"
    rb"<a |<meta|<center|<link|<form|<span|<noscript)",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(rb"<!--[^>]{0,4096}-->\s*")
_XML: Final[tuple[tuple[re.Pattern[bytes], Sniffed], ...]] = (
    (re.compile(rb"<(?:\w{1,20}:)?MPD[\s>]"), Sniffed("application/dash+xml", "playlist")),
    (re.compile(rb"<SmoothStreamingMedia[\s>]"), Sniffed("application/vnd.ms-sstr+xml", "playlist")),
    (re.compile(rb"<svg[\s>]", re.IGNORECASE), Sniffed("image/svg+xml", "image")),
    (re.compile(rb"<(?:\w{1,20}:)?tt[\s>]"), Sniffed("application/ttml+xml", "caption")),
    (re.compile(rb"<html[\s>]", re.IGNORECASE), Sniffed("application/xhtml+xml", "html")),
)
_SRT: Final = re.compile(rb"\d{1,6}\s{1,4}\d{1,3}:\d\d:\d\d[,.]\d{3} -->")
_HEAD: Final = 1024
"""Bytes in which text must show what it is."""

_MP3_KBPS: Final = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    0: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Layer III bit rates by version bits (3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5), ISO/IEC 11172-3 and 13818-3."""
_MP3_HZ: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def sniff(prefix: bytes) -> Sniffed | None:
    """What a body with this beginning is; None where nothing is recognised, which is no verdict."""
    for offset, magic, media_type, family in _MAGIC:
        if prefix.startswith(magic, offset):
            return Sniffed(media_type, family)
    return _container(prefix) or _frames(prefix) or _text(prefix)


def _container(prefix: bytes) -> Sniffed | None:
    """Formats whose signature names a container, and further bytes what is in it."""
    found = None
    # Only `mdat` is ever so long that its first length byte isn't zero; "Get free" is text.
    if prefix[4:8] == b"mdat" or (prefix[4:8] in _BOXES and prefix[:1] == b"\x00"):
        found = _BRANDS.get(prefix[8:12], _MP4) if prefix[4:8] == b"ftyp" else _MP4
    elif prefix.startswith(b"RIFF"):
        found = _RIFF.get(prefix[8:12])
    elif prefix.startswith(b"FORM") and prefix[8:12] in (b"AIFF", b"AIFC"):
        found = Sniffed("audio/aiff", "audio")
    elif prefix.startswith(b"BM") and prefix[6:10] == bytes(4) and prefix[15:18] == bytes(3):
        found = Sniffed("image/bmp", "image")
    elif prefix.startswith(b"\x1a\x45\xdf\xa3"):  # the EBML header's id, RFC 8794; DocType says which (RFC 9559)
        found = Sniffed("video/webm" if b"webm" in prefix[:64] else "video/x-matroska", "either")
    elif prefix.startswith(b"OggS"):
        first_page = prefix[28:92]
        found = next((inner for mark, inner in _OGG if mark in first_page), Sniffed("application/ogg", "either"))
    return found


def _frames(prefix: bytes) -> Sniffed | None:
    """Formats without a signature, told by their frames repeating: MPEG-TS, MP3, AAC."""
    for packet in (188, 192, 204):  # plain, with a timecode before each (M2TS), with 16 bytes of parity after each
        start = 4 if packet == 192 else 0
        if prefix[start : start + 1] == b"\x47" and prefix[start + packet : start + packet + 1] == b"\x47":
            third = prefix[start + 2 * packet : start + 2 * packet + 1]
            if third in (b"", b"\x47"):
                return Sniffed("video/mp2t", "either")
    if prefix.startswith(b"ID3") and len(prefix) >= 10 and prefix[3] < 0x10:
        return _after_id3(prefix)
    return _audio_frames(prefix, 0)


def _after_id3(prefix: bytes) -> Sniffed:
    """ID3v2 (its length is in four 7-bit bytes) stands before MP3 mostly, before packed AAC in HLS segments."""
    size = 0
    for byte in prefix[6:10]:
        size = size << 7 | byte & 0x7F
    return _audio_frames(prefix, 10 + size) or Sniffed("audio/mpeg", "audio")


def _audio_frames(data: bytes, start: int) -> Sniffed | None:
    """MP3 or AAC at `start`, when a second frame follows where the first one says, or nothing follows it."""
    for length, media_type in ((_mp3_frame(data, start), "audio/mpeg"), (_adts_frame(data, start), "audio/aac")):
        if length is None:
            continue
        after = start + length
        again = _mp3_frame(data, after) if media_type == "audio/mpeg" else _adts_frame(data, after)
        if again is not None or after == len(data):
            return Sniffed(media_type, "audio")
    return None


def _mp3_frame(data: bytes, start: int) -> int | None:
    """Length in bytes of the Layer III frame at `start`, None where none is."""
    head = data[start : start + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate, frequency = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or frequency == 3:
        return None
    samples = 144 if version == 3 else 72
    return samples * 1000 * _MP3_KBPS[version][rate] // _MP3_HZ[version][frequency] + (head[2] >> 1 & 1)


def _adts_frame(data: bytes, start: int) -> int | None:
    """Length in bytes of the ADTS frame (ISO/IEC 13818-7) at `start`, None where none is."""
    head = data[start : start + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 > 12:
        return None
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length >= 7 else None


_TEXTS: Final[tuple[tuple[bytes, Sniffed], ...]] = (
    (b"#EXTM3U", Sniffed("application/vnd.apple.mpegurl", "playlist")),
    (b"WEBVTT", Sniffed("text/vtt", "caption")),
    (b"[Script Info]", Sniffed("text/x-ssa", "caption")),
    (b"{", Sniffed("application/json", "data")),
    (b"[", Sniffed("application/json", "data")),
)


def _text(prefix: bytes) -> Sniffed | None:
    """What text is; None where the bytes are no text."""
    if prefix.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = "utf-16-le" if prefix[0] == 0xFF else "utf-16-be"
        head = prefix[2 : 2 + 2 * _HEAD].decode(order, "replace").encode()
    else:
        head = prefix.removeprefix(b"\xef\xbb\xbf")[:_HEAD]
    head = head.lstrip()
    if not head or any(byte < 9 or 13 < byte < 27 for byte in head):
        return None
    if head.startswith(b"<"):
        return _markup(head)
    if _SRT.match(head):
        return Sniffed("application/x-subrip", "caption")
    plain = Sniffed("text/plain", "text") if _readable(head) else None
    return next((found for mark, found in _TEXTS if head.startswith(mark)), plain)


def _markup(head: bytes) -> Sniffed:
    """HTML, or the XML vocabulary that its root element names."""
    comment = _COMMENT.match(head)
    for _ in range(8):
        if comment is None:
            break
        head = head[comment.end() :]
        comment = _COMMENT.match(head)
    if _HTML.match(head):
        return Sniffed("text/html", "html")
    for root, found in _XML:
        if root.search(head):
            return found
    if head.startswith((b"<?xml", b"<rss", b"<feed", b"<Error", b"<!DOCTYPE")):
        return Sniffed("application/xml", "data")
    # Markup that names nothing known is far more often a scrap of HTML than an XML vocabulary without declaration.
    return Sniffed("text/html", "html") if re.match(rb"<[!a-zA-Z]", head) else Sniffed("text/plain", "text")


def _readable(head: bytes) -> bool:
    """Whether bytes without control characters are text in UTF-8, but for a character cut at the end."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) > 3
    return True


_TYPES: Final[dict[str, Family]] = {
    "application/vnd.apple.mpegurl": "playlist",
    "application/x-mpegurl": "playlist",
    "application/mpegurl": "playlist",
    "audio/mpegurl": "playlist",
    "audio/x-mpegurl": "playlist",
    "video/mpegurl": "playlist",
    "application/dash+xml": "playlist",
    "application/vnd.ms-sstr+xml": "playlist",
    "application/mp4": "video",
    "application/ogg": "either",
    "application/vnd.rn-realmedia": "either",
    "application/x-mpegts": "either",
    "video/mp2t": "either",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/vtt": "caption",
    "application/x-subrip": "caption",
    "application/ttml+xml": "caption",
    "application/pdf": "document",
    "application/zip": "archive",
    "application/json": "data",
    "application/xml": "data",
    "text/xml": "data",
    "application/rss+xml": "data",
    "application/atom+xml": "data",
}
_TOP_LEVEL: Final[dict[str, Family]] = {"video": "video", "audio": "audio", "image": "image", "text": "text"}


def declared_family(content_type: str | None) -> Family | None:
    """The family that a Content-Type claims; None where it claims nothing definite, such as `octet-stream`."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return _TYPES.get(media_type) or _TOP_LEVEL.get(media_type.partition("/")[0])
