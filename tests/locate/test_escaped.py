"""Markup that stands escaped as text."""

from __future__ import annotations

import html
from base64 import b64encode

import pytest

from harvester import extract

PLAYER = """<h2>Foxes at dusk</h2><div data-metadata='{"sources": ["/v/a.mp4", "/v/a.webm"], "streams": "%s"}'></div>"""
ONE = PLAYER % "1.00:M7lc1UVf-VE"
SPEEDS = PLAYER % "0.75:aaaaaaaaaa1,1.00:M7lc1UVf-VE,1.50:aaaaaaaaaa2"


def _page(inside: str) -> bytes:
    return f"<html><title>Course</title><body>{inside}</body></html>".encode()


@pytest.mark.parametrize("markup", [ONE, SPEEDS])
def test_what_stands_escaped_as_text_is_read_as_a_page(markup):
    """Its elements give items as anywhere, which say where they stand and that entities were resolved."""
    page = _page(f'<p>Later:</p><div class="later">{html.escape(markup)}</div>')
    (item,) = extract(page, url="https://site.example/a")
    assert (item.key, item.title) == ("youtube:M7lc1UVf-VE", "Foxes at dusk")
    assert {one.url for one in item.locations if one.role == "media"} == {
        "https://site.example/v/a.mp4",
        "https://site.example/v/a.webm",
    }
    (sighting,) = item.sightings
    assert sighting.layers[0] == "html-entities"
    start, end = sighting.spans[0]
    assert page[start:end].startswith(b"&lt;div data-metadata" if sighting.pointer == "" else b"{")


def test_pieces_of_text_are_kept_apart():
    """Each text counts by itself, however many there are."""
    inside = "".join(f"<i>&lt;video src=/v/{name}.mp4&gt;</i>" for name in "abc")
    assert sorted(one.key for one in extract(_page(inside), url="https://site.example/a")) == [
        f"url://site.example/v/{name}.mp4" for name in "abc"
    ]


@pytest.mark.parametrize("around", ["<pre>%s</pre>", "<code class=x>%s</code>"])
def test_a_sample_of_code_is_none(around):
    """What shows how markup is written gives at most the URLs in it."""
    sample = html.escape('<video title="Foxes" src="https://site.example/v/a.mp4">')
    (item,) = extract(_page(around % sample), url="https://site.example/a")
    assert [one.form for one in item.sightings] == ["bare-url"]


def test_what_is_escaped_twice_is_read_no_deeper():
    """Escaped markup in escaped markup gives bare URLs at most, and no problem."""
    inside = html.escape(html.escape('<video src="https://site.example/v/a.mp4">'))
    found = extract(_page(f"<i>{inside}</i>"), url="https://site.example/a")
    assert len(found) <= 1
    assert not found.problems


@pytest.mark.parametrize("tail", ["", "=", "-", "_a", "-AAA", "AA-AAAA"])
def test_encoded_markup_may_be_cut_anywhere_and_in_either_alphabet(tail):
    """Whatever follows in the token, or is cut off it, markup in Base64 is read as far as it is some, or left alone."""
    token = b64encode(b'<iframe src="https://www.youtube.com/embed/HdGxWS8v60g" title="Heron?~>"></iframe>').decode()
    for end in range(60, len(token) + 1):
        found = extract(f"<div data-x='{token[:end]}{tail}'></div>".encode())
        assert {one.value for item in found for one in item.ids} <= {"HdGxWS8v60g"}
    safe = token.rstrip("=").replace("+", "-").replace("/", "_")
    assert len(extract(f"<div data-x='{safe}'></div>".encode())) == 1
