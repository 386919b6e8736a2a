"""Unescaped texts and the way back to where they came from."""

import html
import json
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model import NoPlaces
from harvester.syntax.origin import (
    ENTITY,
    JS_ESCAPE,
    PERCENT,
    Origin,
    Through,
    resolve_entities,
    resolve_escapes,
    resolve_percent,
)

WAYS = {
    "entities": (ENTITY, resolve_entities, lambda text: html.escape(text).encode()),
    "numeric": (ENTITY, resolve_entities, lambda text: "".join(f"&#{ord(c)};" for c in text).encode()),
    "json": (JS_ESCAPE, resolve_escapes, lambda text: json.dumps(text)[1:-1].encode()),
    "hex": (
        JS_ESCAPE,
        resolve_escapes,
        lambda text: "".join(f"\\x{ord(c):02x}" for c in text if ord(c) < 256).encode(),
    ),
    "percent": (PERCENT, resolve_percent, lambda text: urllib.parse.quote(text).encode()),
}
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]))


@pytest.mark.parametrize("way", WAYS)
@given(before=TEXT, inside=TEXT, behind=TEXT)
def test_a_span_maps_back_to_what_was_escaped(way, before, inside, behind):
    """The span of a part of the unescaped text maps to exactly the escaped form of that part."""
    token, resolve, escape = WAYS[way]
    raw = escape(before) + escape(inside) + escape(behind)
    start, end = len(resolve(escape(before))), len(resolve(escape(before) + escape(inside)))
    low, high = Origin(raw, token, resolve, 7).span((start, end))
    assert resolve(raw[low - 7 : high - 7]) == resolve(escape(inside))


@pytest.mark.parametrize("way", WAYS)
@given(raw=st.binary() | st.text(alphabet='&#x;%\\u0a"ampltquo1d{}').map(str.encode), data=st.data())
def test_any_bytes_map_into_themselves(way, raw, data):
    """No bytes raise, and spans stay in order and inside of the escaped text."""
    token, resolve, _ = WAYS[way]
    inner = resolve(raw)
    start = data.draw(st.integers(0, len(inner)))
    end = data.draw(st.integers(start, len(inner)))
    low, high = Origin(raw, token, resolve).span((start, end))
    assert 0 <= low <= high <= len(raw)


@given(st.text(alphabet="&;#x0123ampltquosgé<'\" "))
def test_entities_are_resolved_as_by_the_standard_library(text):
    """The short way for common references gives what `html.unescape` gives."""
    assert resolve_entities(text.encode()).decode() == html.unescape(text)


def test_a_surrogate_pair_is_one_escape():
    """Two escapes of one character map back together."""
    raw = b"a\\ud83d\\ude00b"
    assert resolve_escapes(raw).decode() == "a😀b"
    assert Origin(raw, JS_ESCAPE, resolve_escapes).span((1, 5)) == (1, 13)


def test_places_are_told_in_the_outer_text():
    """`Through` maps what another map of places gives; what that does not know stays unknown."""

    class Places:
        def spans(self, paths):
            return {("a",): (0, 1)}

    raw = b"&quot;x"
    assert Through(Places(), Origin(raw, ENTITY, resolve_entities, 3)).spans([("a",)]) == {("a",): (3, 9)}
    assert Through(NoPlaces(), Origin(raw, ENTITY, resolve_entities)).spans([("a",)]) == {}


def test_a_text_of_entities_alone_is_mapped_block_by_block():
    """Only the escapes round a place are looked up, also where there is no comma for a long way."""
    lookups = []

    def resolve(raw):
        lookups.append(len(raw))
        return resolve_entities(raw)

    raw = b"&quot;" * 20_000 + b"a.mp4" + b"&quot;" * 20_000
    assert Origin(raw, ENTITY, resolve).span((20_000, 20_005)) == (120_000, 120_005)
    assert max(lookups) < 2000
