"""Places of the values of JSON and JavaScript texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode import json_places
from harvester.decode.json_places import JsonPlaces

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=25,
)


def every_path(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from every_path(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from every_path(inner, (*path, index))


def at(value, path):
    for step in path:
        value = value[step]
    return value


@given(values, st.booleans(), st.sampled_from([None, 1, "\t"]), st.data())
def test_a_span_holds_exactly_the_value_at_its_path(value, ascii_only, indent, data):
    """The text at the span of any path decodes to the value at that path."""
    paths = list(every_path(value))
    wanted = data.draw(st.lists(st.sampled_from(paths), unique=True))
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "surrogatepass")
    spans = JsonPlaces(b" " + text + b" tail", 100).spans(wanted)
    assert set(spans) == set(wanted)
    for path, (start, end) in spans.items():
        assert json.loads(text[start - 101 : end - 101].decode("utf-8", "surrogatepass")) == at(value, path)


@given(values, st.data())
def test_the_loose_walk_finds_what_the_strict_one_does(value, data):
    """Skipping by brackets and quotes gives the same spans as the strict scanner."""
    paths = data.draw(st.lists(st.sampled_from(list(every_path(value))), unique=True))
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_places, "_FAILURES", 0)
        loose = JsonPlaces(text).spans(paths)
    assert loose == JsonPlaces(text).spans(paths)


@given(values, st.data())
def test_a_cut_text_still_has_places(value, data):
    """Every span of a cut text begins where it does in the whole one, and lies inside the text."""
    text = json.dumps(value).encode()
    cut = text[: data.draw(st.integers(0, len(text)))]
    paths = list(every_path(value))
    whole = JsonPlaces(text).spans(paths)
    for path, (start, end) in JsonPlaces(cut).spans(paths).items():
        assert start == whole[path][0]
        assert start <= end <= len(cut)


@given(
    st.binary() | st.text(alphabet="[]{}(),:'\"`\\/ a1\n*").map(str.encode),
    st.lists(st.lists(st.integers(0, 2) | st.just("a")).map(tuple)),
)
def test_any_bytes_have_places_or_none(text, paths):
    """No bytes raise, and every span lies inside the text."""
    for start, end in JsonPlaces(text).spans(paths).values():
        assert 0 <= start <= end <= len(text)


def test_a_key_that_stands_twice_is_its_last_value():
    """The last of equal keys counts, and what stood in an earlier one has no place."""
    text = b'{"a":{"b":1,"c":2},"a":{"b":3}}'
    spans = JsonPlaces(text).spans([("a",), ("a", "b"), ("a", "c")])
    assert {path: text[start:end] for path, (start, end) in spans.items()} == {
        ("a",): b'{"b":3}',
        ("a", "b"): b"3",
    }


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        (b"{a:1, 'b' : [1,/* , */2,] /* x */}", ("b", 1), b"2"),
        (b"{a:1, // '\n b:{c:`,}`, d:x}}", ("b",), b"{c:`,}`, d:x}"),
        (b"{a:1, // '\n b:{c:`,}`, d:x}}", ("b", "c"), b"`,}`"),
        (b"{re:/[\"',/]\\//g, b:2}", ("b",), b"2"),
        (b"{a:f(1,2), b:new Date(1, 2) }", ("b",), b"new Date(1, 2)"),
        (b'{"a":1+2,"b":\'x,y\'+"z" }', ("b",), b"'x,y'+\"z\""),
        (b"{'it\\'s':1,\"q\\\"\":2}", ("it's",), b"1"),
        (b'{"\\u00e9":1,"\xc3\xa9":2}', ("é",), b"2"),
        (b'[NaN,-Infinity,"\x01\n",4]', (3,), b"4"),
        (b"[1,{...x,b:2}]", (1, "b"), b"2"),
        (b"[" * 5000 + b"1" + b"]" * 5000, (0,) * 3000, b"[" * 2000 + b"1" + b"]" * 2000),
        (b"[" + b"[" * 5000 + b"]" * 5000 + b",7]", (1,), b"7"),
    ],
)
def test_what_is_no_strict_json_has_places_too(text, path, found):
    """Comments, bare and single-quoted keys, calls, regular expressions and control characters do no harm."""
    (start, end) = JsonPlaces(text).spans([path])[path]
    assert text[start:end] == found


@pytest.mark.parametrize(
    "unit", [b'{"a":x', b"['", b'"\\', b"{'a\\'", b"[/*", b"/[", b"[/", b"`", b'[{"a":"', b"[{a:1},"]
)
def test_work_is_linear_on_hostile_text(unit, monkeypatch):
    """Twice the text takes at most about twice the bytes looked at."""

    def work(count):
        looked = 0
        scan = json_places._scan

        def counting_scan(chars, at):
            nonlocal looked
            try:
                end = scan(chars, at)
            except (ValueError, RecursionError):
                looked += len(chars) - at
                raise
            looked += end[1] - at
            return end

        class Counting:
            def __init__(self, pattern):
                self._match = pattern.match

            def match(self, text, at, stop=None):
                nonlocal looked
                stop = min(stop or len(text), len(text))
                found = self._match(text, at, stop)
                looked += (found.end() if found else stop) - at + 1
                return found

        with monkeypatch.context() as patch:
            patch.setattr(json_places, "_scan", counting_scan)
            for name in ("_TO_COMMA", "_TO_BRACKET", "_REGEXP"):
                patch.setattr(json_places, name, Counting(getattr(json_places, name)))
            JsonPlaces(unit * count).spans([(0, 0), (0, "a", 0), (count - 1,), (0, "a", "a", "a")])
        return looked

    assert work(8000) <= 2.5 * work(4000) + 1000
