"""Layers that are undone until a text is a value."""

import base64
import html
import json
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.ladder import decode_text, may_hold_data
from harvester.model import Limits

VALUE = {"title": 'The "old" pier', "file": "/v/pier.mp4", "list": [1, 2.5, None, True]}
TEXT = json.dumps(VALUE)
LIMITS = Limits()


def string(text, quote='"'):
    return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        (TEXT, ("json",)),
        (f"\ufeff {TEXT} ;", ("json",)),
        (f"<!-- {TEXT}", ("json",)),
        (f"//<![CDATA[\n{TEXT}\n//]]>", ("js-literal",)),
        (f"/* note */ {TEXT};\n", ("json",)),
        (html.escape(TEXT), ("html-entities", "json")),
        (string(TEXT), ("js-string", "json")),
        (string(TEXT, "'"), ("js-string", "json")),
        (string(string(TEXT)), ("js-string", "js-string", "json")),
        (string(TEXT).replace('\\"', "\\x22").replace("\\\\", "\\\\"), ("js-string", "json")),
        (TEXT.replace("\\", "\\\\").replace('"', '\\"'), ("escapes", "json")),
        (urllib.parse.quote(TEXT), ("percent", "json")),
        (base64.b64encode(TEXT.encode()).decode(), ("base64", "json")),
        (base64.urlsafe_b64encode(TEXT.encode()).decode().rstrip("="), ("base64", "json")),
        (f"cb({TEXT});", ("jsonp", "json")),
        (f"/**/ window.cb.x( {TEXT} )", ("jsonp", "json")),
    ],
)  # fmt: skip
def test_each_wrapping_is_undone(text, layers):
    """A value in any wrapping comes out, with the names of the layers, outermost first."""
    decoded = decode_text(text.encode(), LIMITS)
    assert decoded.value == VALUE
    assert decoded.layers == layers
    assert decoded.complete


@pytest.mark.parametrize(
    "text", ["", "x", "hello {}", "1", "eyJhbGciOiJIUzI1NiJ9x!", "%", "&", "\\", "'no end", "cb(1)"]
)
def test_what_holds_no_value_gives_none(text):
    """A text without data in it is none."""
    assert decode_text(text.encode(), LIMITS) is None


def test_layers_are_capped():
    """Wrapped once more than is undone, a value stays closed."""
    text = TEXT
    for _ in range(LIMITS.layers):
        text = string(text)
    assert decode_text(text.encode(), LIMITS).value == VALUE
    assert decode_text(string(text).encode(), LIMITS) is None


def test_what_is_broken_is_mended_last_and_said():
    """Short texts that nothing else reads are mended, with that noted; only if mending is allowed."""
    text = b'{"title": oops this, "file": "/v/pier.mp4"}'
    assert "skipped-code" in decode_text(text, LIMITS, repair=False).repairs
    assert decode_text(text, LIMITS).value["file"] == "/v/pier.mp4"
    assert decode_text(b'{"a":[{"b":1},{"b', LIMITS, repair=False) is None


@pytest.mark.parametrize("code", ["function(){ go({'on': 1}); }", "(x) => ({})", "wrap(x)"])
def test_code_among_the_values_is_no_reason_to_mend(code):
    """What stands behind a function is read as it stands, and nothing of the function is."""
    decoded = decode_text(f'{{"a": [{{"file": "x.mp4", "then": {code}, "length": 95}}]}}'.encode(), Limits())
    assert decoded.layers[-1] == "js-literal"
    assert decoded.value["a"][0]["length"] == 95


def test_large_quasi_json_is_left_alone():
    """What is no JSON to the letter is read up to a size."""
    text = b"{a:1," + b" " * 200 + b"b:2}"
    assert decode_text(text, Limits(quasi_json_bytes=100)) is None
    assert decode_text(text, LIMITS).value == {"a": 1, "b": 2}


@given(
    st.sampled_from(
        [
            (html.escape, "", ""),
            (string, '"', '"'),
            (urllib.parse.quote, "", ""),
            (lambda text: string(string(text)), '"\\"', '\\""'),
        ]
    ),
    st.data(),
)
def test_a_place_slices_back_through_the_layers(wrapping, data):
    """The span of any member of a wrapped value is the member as the wrapping writes it."""
    wrap, left, right = wrapping
    text = wrap(TEXT).encode()
    decoded = decode_text(text, LIMITS)
    path = data.draw(st.sampled_from([("title",), ("file",), ("list",), ("list", 1), ()]))
    start, end = decoded.places.spans([path])[path]
    member = VALUE
    for step in path:
        member = member[step]
    assert text[start:end].decode() == wrap(json.dumps(member)).removeprefix(left).removesuffix(right)


@given(st.binary() | st.text(alphabet="{}[]()<>&;\"'\\/=:, %x2").map(str.encode))
def test_any_bytes_are_decoded_or_not(text):
    """No bytes raise, and what is told to hold no data beforehand gives none."""
    decoded = decode_text(text, LIMITS)
    if decoded is not None and decoded.layers[0] != "jsonp":
        assert may_hold_data(text)


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_deep_json_is_read_to_the_cap(depth):
    """Neither JSON libraries nor this one fail for nesting, whether it is closed or not."""
    for text in (b'{"a":' * depth + b"1" + b"}" * depth, b"[" * depth + b"]" * depth, b"[" * depth):
        decoded = decode_text(text, LIMITS)
        assert decoded is None or isinstance(decoded.value, dict | list)


def test_whole_numbers_of_any_length_stay_exact():
    """An id of twenty digits and more is no floating-point number."""
    decoded = decode_text(b'{"id": 123456789012345678901234567890}', LIMITS)
    assert decoded.value == {"id": 123456789012345678901234567890}
