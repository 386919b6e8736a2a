"""Escapes of string literals."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.syntax.unescape import join_surrogates, unescape_js


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"a\"b\'c", "a\"b'c"),
        (r"\x22\u0022\u{22}", '"""'),
        (r"\/\-\q", "/-q"),
        (r"\n\t\r\b\f\v\0", "\n\t\r\b\f\v\0"),
        ("a\\\nb\\\r\nc", "abc"),
        (r"\101\60", "A0"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83dx", "\ufffdx"),
        (r"\u{110000}", "\ufffd"),
        ("end\\", "end\\"),
        (r"\u12", "u12"),
    ],
)
def test_escapes_of_ecmascript(text, plain):
    """Each kind of escape gives its character; what is none gives the character behind the backslash."""
    assert unescape_js(text) == plain


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.booleans())
def test_what_json_escapes_comes_back(text, ascii_only):
    """A string that JSON wrote is read back as it was."""
    assert unescape_js(json.dumps(text, ensure_ascii=ascii_only)[1:-1]) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(alphabet="\\ud8D01x{}n"))
def test_any_text_gives_one_that_can_be_encoded(text):
    """No text raises, and no lone surrogate is left."""
    unescape_js(text).encode()
    join_surrogates(text).encode()
