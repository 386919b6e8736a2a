"""Media types told by content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.containers.media import binary_type, container_type, text_type


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (b"Some words of an article.", "text/plain"),
        (b"A < B and C > D, said <someone>.", "text/plain"),
        (b"[Update] A bridge was opened.", "text/plain"),
        (b"string(5) stands in prose", "text/plain"),
        (b"", "text/plain"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"\n<!-- saved --> <HTML lang=fa>", "text/html"),
        (b"\xef\xbb\xbf<p>A piece</p>", "text/html"),
        (b'string(2) "[]"\n<!doctype html><p>', "text/html"),
        (b"Words <b>bold</b>, <i>slanted</i><br>and more", "text/html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "text/html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "application/rss+xml"),
        (b'<rss version="2.0">', "application/rss+xml"),
        (b"<?xml version='1.0'?><!-- c --><feed xmlns='http://www.w3.org/2005/Atom'>", "application/atom+xml"),
        (b"<?xml version='1.0'?><rdf:RDF>", "application/rss+xml"),
        (b"<?xml version='1.0'?><urlset>", "application/xml"),
        (b"<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>", "application/dash+xml"),
        (b'{"a": 1}', "application/json"),
        (b' [{"a": 1}]', "application/json"),
        (b"{}", "application/json"),
        (b'{"a": {"b": "cut', "application/json"),
        (b'{"a": 1}\n{"a": 2}\n', "application/x-ndjson"),
        (b'{"log": {"version": "1.2", "entries": []}}', "application/har+json"),
        (b"{ not json }", "text/plain"),
        (b"#EXTM3U\n#EXTINF:1,a\n", "application/vnd.apple.mpegurl"),
        (b"WEBVTT\n", "text/vtt"),
        (b"From: <Saved by Browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "multipart/related"),
    ],
)
def test_texts_are_told_by_their_content(text, media_type):
    """A text is what its content says."""
    assert text_type(text) == media_type


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0\0", "image/jpeg"),
        (b"\0\0\0\x18ftypmp42\0\0", "video/mp4"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7\n%\xe2", "application/pdf"),
        (b"\0\1\2\3" * 50, "application/octet-stream"),
        (b"BMW presents a car", None),
        (b"ID3 tags are old", None),
        (b"Some words", None),
        (b"\x1b[1mcoloured\x1b[0m words", None),
        (b"", None),
    ],
)
def test_binary_files_are_told_from_texts(data, media_type):
    """Files that are no text are known by their first bytes, and texts that begin alike are texts."""
    assert binary_type(data, wide=False) == media_type


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"WARC/1.0\r\n", "application/warc"),
        (b"filedesc://a.arc", "application/x-arc"),
        (b"PK\x03\x04", "application/zip"),
        (b"<html>", None),
    ],
)
def test_containers_are_told_by_their_first_bytes(head, media_type):
    """Files that hold documents are known by their first bytes."""
    assert container_type(head) == media_type


@given(st.binary(max_size=3000))
def test_every_file_is_something(data):
    """Telling types is total."""
    assert "/" in (container_type(data) or binary_type(data, wide=False) or text_type(data))
