"""Data in strings of data: looked for only where there are signs of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.data import decode_data
from harvester.model import DEFAULT, Excerpt

TEXTS = st.text(alphabet="ab \"\\\\/:<>'é", min_size=1, max_size=12)
DATA = st.recursive(
    st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=3) | st.lists(TEXTS, min_size=1, max_size=3),
    lambda inner: st.dictionaries(TEXTS, inner, min_size=1, max_size=3) | st.lists(inner, min_size=1, max_size=3),
    max_leaves=6,
)
STYLES = st.fixed_dictionaries(
    {"indent": st.sampled_from([None, 1, 4, "\t"]), "ensure_ascii": st.booleans(), "sort_keys": st.just(value=True)}
)


def read(text):
    """The only value that a text gives."""
    (decoded,) = decode_data(Excerpt(form="json", text=text, spans=((0, len(text)),)), DEFAULT).values
    return decoded


@given(inner=DATA, style=STYLES, outer=STYLES)
def test_data_in_strings_is_found_however_it_is_written(inner, style, outer):
    """JSON in a string of JSON becomes part of the value, be it set in lines or not."""
    text = json.dumps(inner, **style)
    text += " " * max(0, 13 - len(text))
    assert read(json.dumps({"a": text}, **outer).encode()).unfolded


@pytest.mark.parametrize(
    "text",
    [
        b'{a: \'{"mp4":"/v/a.mp4"}\'}',
        b'{a: `[{"mp4":"/v/a.mp4"}]`}',
        b'{"a":"{\\u0022mp4\\u0022:\\u0022/v/a.mp4\\u0022}"}',
        b'{"a":"\\u003Cvideo src=/v/a.mp4\\u003E\\u003C/video\\u003E"}',
        b'{"a":"<p><iframe src=/v/1></iframe>"}',
        b'{"a":"&lt;video src=/v/a.mp4&gt;","b":"{&quot;mp4&quot;:&quot;/v/a.mp4&quot;}"}',
        b'{"a":"%7B%22mp4%22%3A%22%2Fv%2Fa.mp4%22%7D"}',
        b'{"a":"eyJtcDQiOiAiL3YvYS5tcDQifQ=="}',
    ],
)
def test_wrapped_data_in_strings_is_found(text):
    """So does what stands there in other quotes, escaped, encoded, or as markup."""
    assert read(text).unfolded


def test_texts_of_markup_are_left_alone():
    """Quotes of a text and of its markup's attributes are no data."""
    value = {"a": 'He said "yes" to <span class="b" id="c">it</span> all'}
    decoded = read(json.dumps(value).encode())
    assert decoded.value == value
    assert not decoded.unfolded
