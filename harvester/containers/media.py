"""Tells what a document is by its content, never by its name."""

from __future__ import annotations

import re
from typing import Final

BINARY: Final = "application/octet-stream"
_HEAD_BYTES: Final = 64 << 10

# Magic numbers at offset 0, longest first where one begins another.
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"fLaC", "audio/flac"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x47\x40", "video/mp2t"),
    (b"\x1f\x8b", "application/gzip"),
    (b"(\xb5/\xfd", "application/zstd"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"\x7fELF", "application/x-elf"),
    (b"wOF2", "font/woff2"),
    (b"wOFF", "font/woff"),
)
_MAGIC_NUMBERS: Final = tuple(magic for magic, _ in _MAGIC)
_CONTAINER_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"WARC/", "application/warc"),
    (b"filedesc://", "application/x-arc"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"bplist00", "application/x-webarchive"),
)
CONTAINERS: Final = {
    "application/warc": "a WARC file",
    "application/x-arc": "an ARC file",
    "application/zip": "a ZIP or WACZ package",
    "application/x-webarchive": "a binary property list (Safari web archive)",
    "application/har+json": "a HAR file",
    "multipart/related": "an MHTML file",
    "application/x-tar": "a tar archive",
}
"""Media types of files that hold documents, with how to call them."""

_MARKUP_START = re.compile(
    rb"\s*(?:<!--.{0,4096}?-->\s*)*<(\?xml|!doctype\s+html|[a-z!][\w:-]*)", re.IGNORECASE | re.DOTALL
)
_XML_ROOT = re.compile(rb"<(?![?!])([\w:.-]+)")
_XML_TYPES: Final = {
    b"rss": "application/rss+xml",
    b"rdf": "application/rss+xml",
    b"feed": "application/atom+xml",
    b"svg": "image/svg+xml",
    b"mpd": "application/dash+xml",
    b"smil": "application/smil+xml",
    b"html": "text/html",
}
_HTML_TAGS: Final = frozenset(
    b"html head body title meta link script style base div p br a span img table ul ol li h1 h2 h3 h4 h5 h6 pre iframe "
    b"video audio source article section main nav header footer noscript form input figure picture center font b i "
    b"strong em amp-video object embed template blockquote dl hr".split()
)
_HTML_DOCTYPE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_HTML_END_TAG = re.compile(rb"</(?:p|div|a|span|li|td|h[1-6]|script|pre|font|b|i|small)>|<br\s*/?>", re.IGNORECASE)
_JSON_START = re.compile(rb"""\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|-?\d+\s*[,\]]|true\b|false\b|null\b))""")
_JSON_LINE = re.compile(rb"\s*\{[^\n]*\}\s*\n\s*\{")
_HAR_START = re.compile(rb'\s*\{\s*"log"\s*:\s*\{')
_MHTML = re.compile(rb"\A[\w-]+:[^\n]*\n(?:[^\n]*\n){0,40}?content-type:\s*multipart/related", re.IGNORECASE)
# What text has no use for; escape (terminal colours) and form feed occur in saved text.
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\b"))


def is_gzip(head: bytes) -> bool:
    """Tell by the magic number and the one compression method that there is (RFC 1952, section 2.3.1)."""
    return head.startswith(b"\x1f\x8b\x08")


def container_type(head: bytes) -> str | None:
    """Give the media type where the first bytes are those of a file that holds documents."""
    for magic, media_type in _CONTAINER_MAGIC:
        if head.startswith(magic):
            return media_type
    if head[257:262] == b"ustar":
        return "application/x-tar"
    return None


def binary_type(data: bytes, *, wide: bool) -> str | None:
    """Give the media type where this is no text; `wide` says that its zero bytes are those of UTF-16 or UTF-32."""
    head = data[:4096]
    if head.startswith(_MAGIC_NUMBERS) and not _reads_as_text(head):
        return next(media_type for magic, media_type in _MAGIC if head.startswith(magic))
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head[:4] == b"RIFF" and len(head) > 12:
        return {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}.get(head[8:12], BINARY)
    if wide or not head:
        return None
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return BINARY if controls > len(head) * 0.02 else None


def text_type(text: bytes) -> str:
    """Give the media type of a text in UTF-8."""
    head = text[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"#EXTM3U"):
        return "application/vnd.apple.mpegurl"
    if head.startswith(b"WEBVTT"):
        return "text/vtt"
    if _JSON_START.match(head):
        return _json_type(head)
    if _MHTML.match(head):
        return "multipart/related"
    return _markup_type(head) or "text/plain"


def _json_type(head: bytes) -> str:
    if _HAR_START.match(head) and b'"entries"' in head and b'"version"' in head:
        return "application/har+json"
    return "application/x-ndjson" if _JSON_LINE.match(head) else "application/json"


def _markup_type(head: bytes) -> str | None:
    start = _MARKUP_START.match(head)
    name = start[1].lower() if start else b""
    if name == b"?xml" and _HTML_DOCTYPE.search(head) is None:
        root = _XML_ROOT.search(head)
        local = root[1].lower().rpartition(b":")[2] if root else b""
        return _XML_TYPES.get(local, "application/xml")
    if name.startswith(b"!doctype") or name in _HTML_TAGS:
        return "text/html"
    if name in _XML_TYPES or name in (b"rdf:rdf", b"urlset", b"sitemapindex"):
        return _XML_TYPES.get(name.partition(b":")[0], "application/xml")
    # Leaked output can stand before the page; and pieces of pages begin with text.
    if _HTML_DOCTYPE.search(head) or len(_HTML_END_TAG.findall(head)) >= 3:
        return "text/html"
    return None


def _reads_as_text(head: bytes) -> bool:
    """Tell whether a text happens to begin as a magic number: `BMW …`, `GIF8 …`, `ID3 tags …`."""
    return not head[:64].translate(None, bytes(range(32, 127)) + b"\t\n\r") and not head.startswith(b"%PDF-")
