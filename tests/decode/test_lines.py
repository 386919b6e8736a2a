"""Values that stand one after the other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.ladder import decode_text
from harvester.model import Limits

LIMITS = Limits()
RECORDS = st.lists(st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=6), max_size=3), min_size=2)


@given(RECORDS, st.sampled_from(["\n", "\r\n", "\n\n", "\n\x1e", ",\n"]), st.booleans())
def test_each_line_is_a_value_with_its_place(records, between, ends):
    """Lines of JSON are read as a list, and each value's span is its line."""
    lines = [json.dumps(record) for record in records]
    text = (between.join(lines) + ("\n" if ends else "")).encode()
    decoded = decode_text(text, LIMITS)
    assert decoded.value == records
    assert decoded.layers == ("ndjson",)
    spans = decoded.places.spans([(index,) for index in range(len(records))])
    assert [text[slice(*spans[(index,)])].decode() for index in range(len(records))] == lines


def test_lines_beyond_the_cap_are_said_to_be_left():
    """As many lines are read as a document may have records; that there are more is noted."""
    lines = b'{"a":1}\n' * 5
    assert decode_text(lines, Limits(findings=5)).repairs == ()
    cut = decode_text(lines, Limits(findings=4))
    assert (len(cut.value), cut.repairs) == (4, ("too-deep",))


@pytest.mark.parametrize("text", [b'{"a":1}{"a":2}', b'{"a":1} {"a":2}', b'{\n"a":1\n}\n{\n"a":2\n}', b"{a:1}\n{a:2}"])
def test_values_need_no_lines(text):
    """Values without a line break between them, over several lines, and literals are read too."""
    assert decode_text(text, LIMITS).value == [{"a": 1}, {"a": 2}]


def test_a_cut_last_line_is_said():
    """Lines that end within a value give all before, and what was read of the last."""
    decoded = decode_text(b'{"a":1}\n{"a":2}\n{"a":3,"b":"no e', LIMITS)
    assert decoded.value[:2] == [{"a": 1}, {"a": 2}]
    assert not decoded.complete
    assert (0,) not in decoded.incomplete_paths


def test_many_lines_need_no_size():
    """Strict lines are read whatever their sum; the cap on literals does not hold for them."""
    text = b'{"a":1}\n' * 100
    assert len(decode_text(text, Limits(quasi_json_bytes=50)).value) == 100


def test_one_value_is_no_list():
    """A value with something else behind it is that value."""
    assert decode_text(b'{"a":1}\nx', LIMITS).value == {"a": 1}
