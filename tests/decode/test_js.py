"""Object and array literals of JavaScript, read without executing anything."""

import contextlib
import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from harvester.decode.js import NotALiteralError, read_js

NAMES = st.from_regex(r"[A-Za-z_$][\w$]{0,8}", fullmatch=True).filter(str.isascii)
SCALARS = st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=25,
)
CONTAINERS = st.lists(VALUES) | st.dictionaries(TEXTS, VALUES)
NOISE = st.text(alphabet="{}[]()'\"`/*,:;=+-!\\ \n$ab0.eEtrufals").map(str.encode)


@given(CONTAINERS, st.booleans(), st.sampled_from([None, 1]))
def test_json_is_read_as_by_the_standard_library(value, ascii_only, indent):
    """Any JSON is read as `json.loads` reads it, whole and without repairs."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    reading = read_js(b" " + text + b"; tail")
    assert reading.value == value
    assert (reading.end, reading.complete, reading.repairs, reading.cut) == (len(text) + 1, True, {}, [])


class Writer:
    """Writes values as JavaScript in one of the many ways that pages do."""

    def __init__(self, draw):
        self.draw = draw

    def one_of(self, *choices):
        """Choose one."""
        return self.draw(st.sampled_from(choices))

    def gap(self):
        """White space or a comment."""
        return self.one_of("", " ", "\n", '/* } , " */', "// ' ]\n", "\t\xa0")

    def text(self, value):
        """A string in any quotes."""
        quote = self.one_of('"', "'", "`")
        body = "".join(self.char(char, quote) for char in value)
        return f"{quote}{body}{quote}"

    def char(self, char, quote):
        """A character, escaped or not."""
        if char in (quote, "\\"):
            return "\\" + char
        if char in "\n\r\u2028\u2029":
            return f"\\u{ord(char):04x}"
        if char == "$" and quote == "`":
            return "\\$"
        if ord(char) < 256 and self.draw(st.booleans()):
            return self.one_of(f"\\x{ord(char):02x}", f"\\u{ord(char):04X}", f"\\u{{{ord(char):x}}}")
        return char

    def scalar(self, value):
        """A number or word."""
        if value is None:
            return self.one_of("null", "undefined", "void 0", "NaN")
        if value is True:
            return self.one_of("true", "!0")
        if value is False:
            return self.one_of("false", "!1")
        if isinstance(value, int) and value >= 0:
            return self.one_of(str(value), hex(value))
        return repr(value)

    def key(self, key):
        """A key, bare where it can be."""
        plain = key.isascii() and key.isidentifier()
        return key if plain and self.draw(st.booleans()) else self.text(key)

    def write(self, value):
        """A value."""
        if isinstance(value, str):
            return self.text(value)
        if not isinstance(value, dict | list):
            return self.scalar(value)
        if isinstance(value, dict):
            parts = [f"{self.key(key)}{self.gap()}:{self.gap()}{self.write(one)}" for key, one in value.items()]
        else:
            parts = [self.write(one) for one in value]
        inner = f"{self.gap()},{self.gap()}".join(parts) + (self.one_of("", ",") if parts else "")
        left, right = "{}" if isinstance(value, dict) else "[]"
        return f"{left}{self.gap()}{inner}{self.gap()}{right}"


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking would take minutes
@given(CONTAINERS, st.data())
def test_what_is_written_as_javascript_comes_back(value, data):
    """Bare keys, all quotes and escapes, comments, trailing commas, `!0`, `undefined` and hex give the same value."""
    text = Writer(data.draw).write(value).encode()
    reading = read_js(text)
    assert reading.value == value
    assert reading.complete
    assert reading.end == len(text)
    assert set(reading.repairs) <= {"not-a-json-value"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1,,2,]", [1, None, 2]),
        ("{a:new Date(1700000000000),b:new Date('2024-01-02')}", {"a": 1700000000000, "b": "2024-01-02"}),
        ("{a:'x'+\"y\"+1}", {"a": "xy1"}),
        ("{a:`x\ny`}", {"a": "x\ny"}),
        ("[.5,1.,1e3,0b11,0o17,1_000,10n,-0]", [0.5, 1.0, 1000.0, 3, 15, 1000, 10, 0]),
        ("{a:-Infinity,b:+NaN,c:Infinity}", {"a": None, "b": None, "c": None}),
        ("{a:JSON.parse('[1]'),b:decodeURIComponent(\"x\")}", {"a": "[1]", "b": "x"}),
        ("{'a\\'b':1,\"c\":2}", {"a'b": 1, "c": 2}),
        ("{a:!!1,b:!!0}", {"a": True, "b": False}),
        ('{"a":"line\nbreak\ttab\x01"}', {"a": "line\nbreak\ttab\x01"}),
        ("{<!-- note\na:1}", {"a": 1}),
    ],
)
def test_forms_that_json_does_not_have(text, value):
    """Holes, dates, joined strings, numbers in other bases and calls that only wrap a string are read."""
    assert read_js(text.encode()).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a:f(1,x),c:3}", {"a": None, "c": 3}),
        ("{a:f(1,{b:2}),c:3}", {"a": {"b": 2}, "c": 3}),
        ("[new T({b:2}).g(1)||q,3]", [{"b": 2}, 3]),
        ("{a:h('p',{b:2},[3]),c:3}", {"a": ["p", {"b": 2}, [3]], "c": 3}),
        ("{a:function({b}){return 1},c:async({b})=>2,d:3}", {"a": None, "c": None, "d": 3}),
        ("{a:function(x){return {y:','};},c:3}", {"a": None, "c": 3}),
        ("{a:(x)=>({y:1}),c:3}", {"a": None, "c": 3}),
        ("{a:b?'x':'y',c:3}", {"a": None, "c": 3}),
        ("{a:'x'+y,c:3}", {"a": None, "c": 3}),
        ("{...rest,c:3}", {"c": 3}),
        ("{get a(){return 1},c:3}", {"c": 3}),
        ("{a:x.y[0],c:3}", {"a": None, "c": 3}),
        ("{a:1+2,c:3}", {"a": None, "c": 3}),
    ],
)  # fmt: skip
def test_code_is_left_out_and_said(text, value):
    """What would have to be executed becomes None; what stands behind it is read, and the repair is noted."""
    reading = read_js(text.encode())
    assert reading.value == value
    assert "skipped-code" in reading.repairs
    assert reading.complete


def test_bare_names_stand_for_their_bindings():
    """Names that are bound give what they are bound to, also in shorthand."""
    reading = read_js(b"{a:x,y,z:[x,q]}", bindings={b"x": "one", b"y": {"two": 2}})
    assert reading.value == {"a": "one", "y": {"two": 2}, "z": ["one", None]}


def test_unescaped_quotes_are_taken_into_the_string():
    """A quote that is not followed by what ends a value belongs to the text."""
    reading = read_js(b'{"title":"The "old" pier","file":"/v/pier.mp4"}')
    assert reading.value == {"title": 'The "old" pier', "file": "/v/pier.mp4"}
    assert "unescaped-quotes" in reading.repairs


@pytest.mark.parametrize("text", [b"", b"x", b"1", b"<a>", b"/* [1] */ x", b'"no end'])
def test_what_begins_like_no_literal_is_refused(text):
    """Code, numbers, markup and a string without an end are no literal."""
    with pytest.raises(NotALiteralError):
        read_js(text)


def test_a_string_is_a_literal():
    """A string literal gives its text."""
    assert read_js(rb"""  'a\'b' + c""").value == "a'b"


@given(CONTAINERS, st.data())
def test_a_cut_literal_gives_what_stands_before_the_cut(value, data):
    """However JSON is cut, what is given is a part of it, and the open containers are told."""
    text = json.dumps(value).encode()
    cut = text[: data.draw(st.integers(1, len(text)))]
    reading = read_js(cut)
    assert reading.complete == (cut == text)
    assert bool(reading.cut) == (not reading.complete)
    assert within(reading.value, value)


def within(part, whole):
    """Whether a value read from a cut text is the beginning of the whole one."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and within(one, whole[key]) for key, one in list(part.items())[:-1])
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(within(one, two) for one, two in zip(part[:-1], whole, strict=False))
    return True  # a scalar at the cut may be a part of one


def test_depth_is_capped_without_recursion():
    """Deep nesting exhausts no stack: what lies below the cap is left out, and that is said."""
    text = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    reading = read_js(text, depth=50)
    assert "too-deep" in reading.repairs
    assert reading.complete
    depth, value = 0, reading.value
    while value:
        depth, value = depth + 1, value["a"]
    assert depth == 50


@given(NOISE | st.binary())
def test_any_bytes_are_read_or_refused(text):
    """No bytes raise anything but the refusal; reading never goes past the end."""
    try:
        reading = read_js(text)
    except NotALiteralError:
        return
    assert 0 < reading.end <= len(text) + 1
    json.dumps(reading.value)


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking would take minutes
@given(CONTAINERS, st.data())
def test_damaged_literals_are_read_or_refused(value, data):
    """A byte put in, taken out or changed anywhere raises nothing but the refusal."""
    text = bytearray(Writer(data.draw).write(value).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text[at : at + data.draw(st.integers(0, 2))] = data.draw(NOISE)[:2]
    with contextlib.suppress(NotALiteralError):
        read_js(bytes(text))
