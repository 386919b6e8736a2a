"""Literals in script and text, found by their brackets."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.syntax.literals import IN_SCRIPT, IN_TEXT, STRING, Budget, Runs, literal_around, literal_end

PLENTY = 1 << 30
SCRIPT = st.text(alphabet="{}[]()'\"`/*;:,=\\ \nab.4mp").map(str.encode)


def around(text, mark, *, starts=IN_SCRIPT, budget=PLENTY, cut=False):
    found = literal_around(text, text.index(mark), (0, len(text)), starts, Budget(budget), cut=cut)
    return found and text[slice(*found)]


@pytest.mark.parametrize(
    ("script", "literal"),
    [
        (b'a = {"b": [1, "x.mp4"]};', b'{"b": [1, "x.mp4"]}'),
        (b"f(1, {b: 'x.mp4'})", b"{b: 'x.mp4'}"),
        (b"return [{b: 'x.mp4'}]", b"[{b: 'x.mp4'}]"),
        (b"a ? {b: 'x.mp4'} : 0", b"{b: 'x.mp4'}"),
        (b"a = /* of b */ {b: 'x.mp4'}", b"{b: 'x.mp4'}"),
        (b"f(...[{b: 'x.mp4'}])", b"[{b: 'x.mp4'}]"),
        (b"f({a: 1}, [{c: 2}, {b: 'x.mp4'}])", b"[{c: 2}, {b: 'x.mp4'}]"),
        (b"f({a: 1}, [2], {b: 'x.mp4'}, {d: 3})", b"{b: 'x.mp4'}"),
        (b"""a = {b: "}", c: '{', d: `]`, /* } */ e: 1, // }
                  f: 'x.mp4'}""", b"""{b: "}", c: '{', d: `]`, /* } */ e: 1, // }
                  f: 'x.mp4'}"""),
        (b"JSON.parse('{\"b\":\"x.mp4\"}')", b"'{\"b\":\"x.mp4\"}'"),
        (b"""JSON.parse("{\\"b\\":\\"x.mp4\\"}")""", b"""\"{\\"b\\":\\"x.mp4\\"}\""""),
    ],
)  # fmt: skip
def test_the_outermost_literal_round_a_place_is_found(script, literal):
    """What an assignment, a call, a return or a condition holds is given whole, whatever its strings hold."""
    assert around(script, b"x.mp4") == literal


@pytest.mark.parametrize(
    "script",
    [
        b"a = {b: function () { return {c: 'x.mp4'}; }, d: 1};",
        b"a = {b: () => { go({c: 'x.mp4'}); }};",
        b"(function(){ if (y) { z(); } go({c: 'x.mp4'}); })();",
        b"a = [1, 2; go({c: 'x.mp4'});",
    ],
)
def test_code_round_a_literal_is_passed_over(script):
    """A function's body is no data: the literal inside it that holds the place is given."""
    assert around(script, b"x.mp4") == b"{c: 'x.mp4'}"


@pytest.mark.parametrize("script", [b"x.mp4", b"a = 'x.mp4'", b"{ x.mp4 }", b"function {x.mp4}", b"a = {b: 1}; x.mp4"])
def test_a_place_in_no_literal_has_none(script):
    """A plain string, a block and what stands behind a literal are none."""
    assert around(script, b"x.mp4") is None


def test_a_literal_that_is_cut_reaches_to_the_end():
    """Open brackets and, where the data is known to be cut, an open string end with the bounds."""
    assert around(b'a = [{"b": "x.mp4"}, {"c": 1', b"x.mp4") == b'[{"b": "x.mp4"}, {"c": 1'
    text = b'a = [{"b": "x.mp4"}, {"c": "no e'
    assert around(text, b"x.mp4") is None or around(text, b"x.mp4") != text[4:]
    assert around(text, b"x.mp4", cut=True) == text[4:]


@pytest.mark.parametrize("text", [b'said [{"b": "x.mp4"}] here', b"said [{b: 'x.mp4'}] here"])
def test_json_in_prose_is_found(text):
    """In running text a literal needs no sign in front of it, but has to look like JSON."""
    assert around(text, b"x.mp4", starts=IN_TEXT) == text[5:-5]
    assert around(b"said (see x.mp4) here", b"x.mp4", starts=IN_TEXT) is None


def test_a_spent_budget_ends_the_search():
    """Where the budget is used up nothing more is looked at, and it stays used up."""
    budget = Budget(40)
    text = b"a = [" * 1000 + b"'x.mp4'"
    assert literal_around(text, len(text) - 3, (0, len(text)), IN_SCRIPT, budget) is None
    assert budget.left <= 0


@given(st.lists(SCRIPT, max_size=8), st.data())
def test_any_script_has_a_literal_round_a_place_or_none(parts, data):
    """No bytes raise; what is given lies within the bounds, round the place, and begins like a literal."""
    text = b"".join(parts)
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    position = data.draw(st.integers(low, high))
    found = literal_around(text, position, (low, high), IN_SCRIPT, Budget(PLENTY), cut=data.draw(st.booleans()))
    if found:
        assert low <= found[0] < position < found[1] <= high
        assert text[found[0]] in b"{[\"'`"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(json_values, st.sampled_from([None, 1]), st.sampled_from([b"x = ", b"f(", b"return ", b"a ? "]))
def test_json_is_found_whole(value, indent, head):
    """Whatever JSON an assignment or call holds, its literal is exactly the JSON."""
    text = json.dumps([{"file": "x.mp4"}, value], indent=indent).encode()
    script = head + text + b"; other({});"
    assert around(script, b"x.mp4") == text
    assert literal_end(script, len(head), len(script)) == len(head) + len(text)


@given(st.lists(st.sampled_from([b'"', b"'", b"`", b"/*", b"*/", b"//", b"\n", b"\\", b"a", b"{", b"]", b","])))
def test_runs_cover_a_text_without_gaps(parts):
    """A run ends only at a stop, or at something opened that never ends, and taking that for plain goes on."""
    text = b"".join(parts)
    runs = Runs(b"{}[](),")
    at = steps = 0
    while (at := runs.end(text, at, len(text))) < len(text):
        steps += 1
        if text[at] not in b"{}[](),":
            assert text[at] in b"\"'`/"
            runs.take_for_plain(text[at])
        at += 1
    assert steps <= len(text)


def test_each_kind_of_open_end_is_looked_for_once():
    """However many quotes and comments a text opens without an end, it is searched for their ends four times."""
    text = b"\\\"\\'\\`" * 10_000 + b"/* \"'` x" * 10
    runs = Runs(b"{}[](),")
    at = failures = 0
    while (at := runs.end(text, at, len(text))) < len(text):
        runs.take_for_plain(text[at])
        failures += 1
        at += 1
    assert failures <= 4


@given(st.text())
def test_a_string_literal_holds_its_quotes(text):
    """What JSON writes as a string is one string literal, to its last quote."""
    literal = json.dumps(text).encode()
    assert STRING.match(literal + b' + "x"')[0] == literal


@pytest.mark.parametrize("behind", [b"", b";x", b"  \n", b" ;f()", b")", b"\n}", b'{"b":1}', b'"'])
@pytest.mark.parametrize("literal", [b'{"a":"}"}', b'[{"a":[1]}]', b'{ "a" : {} }', b"[1]"])
def test_strict_json_ends_where_its_brackets_do(literal, behind):
    """What stands behind strict JSON is never taken for part of it, whatever it is."""
    data = b"x = " + literal + behind
    assert literal_end(data, 4, len(data)) == 4 + len(literal)


def test_small_literals_in_front_are_passed_over_at_little_cost():
    """Thousands of entries before the one that holds a place take no step each."""
    text = b'{"a":"[1]"}, [2], ' * 2000 + b'{"b":"x.mp4"}'
    assert around(text, b"x.mp4", starts=IN_TEXT, budget=2 * len(text)) == b'{"b":"x.mp4"}'


def test_brackets_deeper_than_any_data_end_the_search():
    """Nobody wrote them, so that nothing more is scanned, and the budget says so."""
    budget = Budget(PLENTY)
    text = b"{" * 10_000 + b"x.mp4"
    assert literal_around(text, 10_000, (0, len(text)), IN_TEXT, budget) is None
    assert budget.left <= 0
