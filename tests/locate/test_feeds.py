from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.locate.feeds import locate_feed
from harvester.model import DEFAULT


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (b"<rss><channel/></rss>", "media-rss"),
        (
            b'\xef\xbb\xbf \n<?xml version="1.0"?><!-- a --><?xml-stylesheet href="x"?>\n<rss version="2.0">',
            "media-rss",
        ),
        (b'<!DOCTYPE rss PUBLIC "-//X//EN" "http://x/y.dtd" [ <!-- --> ]><rss>', "media-rss"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "media-rss"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "atom"),
        (b'<atom:entry xmlns:atom="http://www.w3.org/2005/Atom">', "atom"),
        (b'<urlset xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">', "video-sitemap"),
        (b"<smil>", "smil"),
        (b'<playlist xmlns="http://xspf.org/ns/0/">', "xspf"),
        (b'<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', "dash"),
        (b"<oembed>", "oembed"),
        (b"<ASX VERSION='3'>", "asx"),
        (b"#EXTM3U\na.mp3", "m3u"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n", "hls"),
        (b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na", "hls"),
        (b"[Playlist]\nFile1=a", "pls"),
    ],
)
def test_documents_are_known_by_their_beginning(text, form):
    """The root element, or the first line, says what a document is."""
    excerpt = locate_feed(text, DEFAULT)
    assert excerpt.form == form
    assert text[slice(*excerpt.spans[0])] == excerpt.text


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"   ",
        b"<!doctype html><html>",
        b"<!DOCTYPE html>\n<html lang='en'><body><feed>",
        b"<html><rss>",
        b"<div><smil/></div>",
        b"<svg/>",
        b"<feed><entry/></feed>",
        b"<playlist><song/></playlist>",
        b"<urlset><url><loc>x</loc></url></urlset>",
        b"<rdf:RDF xmlns:foaf='http://xmlns.com/foaf/0.1/'>",
        b"An article about <rss> and #EXTM3U",
        b"EXTM3U",
        b"{}",
        b"<!-- " * 50_000,
        b"<?" * 50_000,
        b"<!DOCTYPE rss [" * 10_000,
        b"<" * 100_000,
    ],
)
def test_other_documents_are_left_alone(text):
    """HTML, other XML, prose and endless prologs are no feeds."""
    assert locate_feed(text, DEFAULT) is None


@given(st.binary())
def test_total_on_any_bytes(text):
    """Any bytes give an excerpt that slices back, or nothing."""
    excerpt = locate_feed(text, DEFAULT)
    assert excerpt is None or text[slice(*excerpt.spans[0])] == excerpt.text
