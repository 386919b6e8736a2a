"""Data and markup that stand as text in the strings of a value."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester import extract
from harvester.decode.ladder import decode_text
from harvester.decode.unfolding import unfold
from harvester.model import Decoded, Limits

LIMITS = Limits()
FRAME = '<iframe title="Herons" src="https://player.vimeo.com/video/19339941"></iframe>'


def unfolded(text: bytes) -> Decoded:
    """What a text is decoded to, with what the markup in it is replaced by."""
    decoded = decode_text(text, LIMITS)
    assert decoded is not None
    return unfold(decoded, text, LIMITS, lambda markup: ["read"] if "<video" in markup else None)


def test_texts_in_strings_are_unfolded():
    """JSON in a string, and in a string of that, becomes part of the value, with the layers at its path."""
    inner = json.dumps({"clip": json.dumps({"mp4": "/v/a.mp4"})})
    decoded = unfolded(json.dumps({"props": inner}).encode())
    assert decoded.value == {"props": {"clip": {"mp4": "/v/a.mp4"}}}
    assert decoded.unfolded == {("props",): ("json",), ("props", "clip"): ("json",)}


def test_markup_in_strings_is_unfolded():
    """What the reader of markup makes of a string takes its place; what it leaves alone stays."""
    decoded = unfolded(b'{"a":"<video src=x>........","b":"1 < 2 ............"}')
    assert decoded.value == {"a": ["read"], "b": "1 < 2 ............"}
    assert decoded.unfolded == {("a",): ("html",)}


@pytest.mark.parametrize(
    ("markup", "layers"),
    [
        ("%3Cvideo src=x%3E........", ("percent", "html")),
        ("%3cvideo%20src=x%3e......", ("percent", "html")),
        (b64encode(b"<video src=x>........").decode(), ("base64", "html")),
    ],
)
def test_markup_that_is_encoded_whole_is_unfolded(markup: str, layers: tuple[str, ...]):
    """As consent managers keep it: what had to be undone is told, outermost first."""
    decoded = unfolded(json.dumps({"a": markup}).encode())
    assert (decoded.value, decoded.unfolded) == ({"a": ["read"]}, {("a",): layers})


@pytest.mark.parametrize(
    ("attribute", "layers"),
    [
        (json.dumps({"html": FRAME}), ("json", "html")),
        (json.dumps({"html": json.dumps({"code": FRAME})}), ("json", "json", "html")),
        (json.dumps({"html": b64encode(FRAME.encode()).decode()}), ("json", "base64", "html")),
    ],
)
@pytest.mark.parametrize("escapes", ["all", "quotes"])
def test_data_in_attributes_are_unfolded_like_all_others(attribute: str, layers: tuple[str, ...], escapes: str):
    """Whether tags are escaped there or only the quotes of the attribute."""
    escaped = attribute.replace("&", "&amp;").replace('"', "&quot;")
    if escapes == "all":
        escaped = escaped.replace("<", "&lt;").replace(">", "&gt;")
    (item,) = extract(f'<div data-box="{escaped}"></div>'.encode(), url="https://site.example/a")
    assert ([one.value for one in item.ids], item.title) == (["19339941"], "Herons")
    if escapes == "all":
        assert item.sightings[0].layers[2:] == layers


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_unfolding_is_total(value: object):
    """No string of a value makes it fail, and a value without any sign of data stays as it is."""
    text = json.dumps({"a": value}).encode() + b"eyJ"
    decoded = Decoded(value={"a": value}, layers=("json",))
    assert unfold(decoded, text, LIMITS, lambda _: None).value
