"""Where leaked PHP dumps stand."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.locate import php
from harvester.locate.php import locate_php
from harvester.model import DEFAULT, Limits
from harvester.syntax.marks import find_marks
from harvester.syntax.php import Plain, print_r, serialize, strings, symfony, var_dump, var_export, xdebug


def texts(document, limits=DEFAULT):
    data = document.encode() if isinstance(document, str) else document
    return [excerpt.text.decode() for excerpt in locate_php(data, find_marks(data).dumps, limits)]


@pytest.mark.parametrize(
    "prose",
    [
        "In PHP, string(5) and array(3) are what var_dump prints.",
        "It says string(5) “hello” or array(2) { and so on }.",
        's.substring(1) "x"; x.toString(2); new Array(3); Array (computing); class A { }',
        "is_array($a) or in_array('x', $b); array('a', 'b'); (x) => y; ['a', 'b']; a['b'] = c",
        'object(s) of string(theory); {"a:1:{": 1, "b":{"c":"{}"}}; data:1:{s:, :{s:1}',
        "#{#1} {#if x} array:3 string '",
        "",
    ],
)
def test_prose_and_code_that_look_alike_are_no_leak(prose):
    """What only speaks of a dump, or looks like one's beginning, gives no excerpt."""
    assert texts(prose) == []
    assert texts(f"<p>{prose}</p><br>&nbsp;&quot;{prose}") == []


def test_dumps_follow_one_another_without_anything_between():
    """Each dump ends where it ends, whatever stands right before and behind it."""
    dumps = ['string(3) "abc"', "array(1) {\n  [0]=>\n  int(1)\n}", 'string(7) "[{}, 1]"', 'a:1:{i:0;s:1:"x";}']
    assert texts("12" + "".join(dumps) + "34") == dumps
    assert texts("\n".join(dumps)) == dumps


def test_a_lying_length_does_not_hide_the_next_dump():
    """A length beyond the next dump is not believed."""
    first, second = 'string(400) "[{"a":"b"}]"', 'string(11) "[{"a":"c"}]"'
    assert texts(f"{first}\ntext {second}\n") == [first, second]


def test_an_unclosed_string_does_not_hide_the_next_dump():
    """A string that never ends is passed over, unless it holds data."""
    assert texts('string(99999) "never ends, string(2) "ok"') == ['string(2) "ok"']
    assert texts('string(99999) "[{"a":"cut"\nstring(2) "ok"') == ['string(99999) "[{"a":"cut', 'string(2) "ok"']


@pytest.mark.parametrize(
    "where", ["<!-- {} -->", "<script>/* {} */</script>", "<pre>{}</pre>", "<td title='x'>{}</td>"]
)
def test_dumps_are_found_in_comments_scripts_and_elements(where):
    """It does not matter in what part of a page a dump stands."""
    assert texts(where.replace("{}", 'array(1) {\n  ["a"]=>\n  int(1)\n}')) == ['array(1) {\n  ["a"]=>\n  int(1)\n}']


def test_excerpts_are_limited():
    """No more excerpts are given than allowed."""
    assert len(texts('string(1) "a" ' * 50, Limits(excerpts=7))) == 7


def freed(document, monkeypatch):
    made = []
    monkeypatch.setattr(php, "Plain", lambda source, undo: made.append(source) or Plain(source, undo))
    return texts(document), len(made)


@pytest.mark.parametrize("arrow", ["=&gt;", " =&gt;", "&nbsp;=&gt;", "</i> <b>=&gt;</b>", "\u00a0=&gt;"])
def test_a_key_shows_an_export_whose_arrow_is_a_reference(arrow, monkeypatch):
    """With and without a space or a tag between the key and its arrow, also where the dump's beginning is cut."""
    found, times = freed(f"… [ 'file'{arrow} '/v/1.mp4', ]", monkeypatch)
    assert len(found) == times == 1


def test_arrow_functions_are_not_freed_of_markup(monkeypatch):
    """What stands before their arrow is a name or a bracket, which no dump has there."""
    page = """<a onclick="p.then(() =&gt; show('[x]')).catch(error =&gt; {})">"""
    assert freed(page, monkeypatch) == ([], 0)


def test_markup_is_taken_out_in_stretches_that_serve_many_dumps(monkeypatch):
    """A page of many escaped dumps is freed of markup a few times, not once a dump."""
    made = []

    class Counting(Plain):
        def __init__(self, source, undo):
            made.append(len(source))
            super().__init__(source, undo)

    monkeypatch.setattr(php, "Plain", Counting)
    monkeypatch.setattr(php, "_WINDOW", 4000)
    page = b"string(3) &quot;abc&quot; <b>x</b> " * 1000
    assert len(list(locate_php(page, find_marks(page).dumps, DEFAULT))) == 1000
    assert sum(made) <= 3 * len(page)


HOSTILE = [
    b'string(999999) "', b'string(999999) "[{"a":"b",', b'string(9) "["', b'string(5) "[x ]"', b"array(3) {",
    b'array(1) { ["a"]=> string(9999) "b', b"array(", b"array('a' => '", b"array (/*", b"['a' => ", b"array('a\\",
    b"Array\n(\n    [a] => ", b"Array ( [a] => ", b"Array\n (\n     [a] => Array\n", b'a:1:{s:9:"', b"a:1:{i:0;",
    b'a:1:{i:0;C:1:"a":5:{', b"array (size=1)\n  'a' => string 'b\n", b"string 'a", b'array:1 [\n "a" => """\n',
    b'array:1 [\n "a" => "[1', b'{#1\n +"a": ', b"string(5) &quot;", b"array(3)&nbsp;{", b"'=&gt;", b"class=sf-dump ",
    b"a::__set_state([", b'string(20) "[{"id":"1","a":"b"}]" text ',
]  # fmt: skip


class Counted:
    """A pattern that counts the bytes it looked at."""

    def __init__(self, pattern, work):
        self._pattern = pattern
        self._work = work

    def search(self, text, at=0, end=sys.maxsize):
        """As `re.Pattern.search`."""
        found = self._pattern.search(text, at, end)
        self._work.append((found.end() if found else min(len(text), end)) - at)
        return found

    def match(self, text, at=0, end=sys.maxsize):
        """As `re.Pattern.match`; what does not match is taken to have failed at once."""
        found = self._pattern.match(text, at, end)
        self._work.append(found.end() - at if found else 1)
        return found

    def __getattr__(self, name):
        return getattr(self._pattern, name)


def work(document):
    """Bytes that the grammars' patterns look at in locating, with what they read."""
    counts = []
    with pytest.MonkeyPatch.context() as patch:
        for module in (strings, var_dump, xdebug, symfony, print_r, var_export, serialize):
            for name, value in list(vars(module).items()):
                if isinstance(value, re.Pattern):
                    patch.setattr(module, name, Counted(value, counts))
        list(locate_php(document, find_marks(document).dumps, DEFAULT))
    return sum(counts)


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_is_linear_whatever_is_never_closed(unit):
    """Twice the document takes about twice the bytes looked at."""
    count = 20_000 // len(unit)
    assert work(unit * (2 * count)) <= 2.2 * work(unit * count) + 20_000


PIECES = [*HOSTILE, b"}", b")", b"]", b'"', b"'", b'";', b"\n", b"int(1)", b"=> ", b"&quot;", b"<br>", b"\xff", b" "]


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=5), max_size=30).map(b"".join))
def test_spans_slice_back_in_order(document):
    """No bytes raise; excerpts stand in order, don't overlap and slice back to their text."""
    reached = 0
    for excerpt in locate_php(document, find_marks(document).dumps, DEFAULT):
        [(start, end)] = excerpt.spans
        assert reached <= start < end <= len(document)
        assert document[start:end] == excerpt.text
        reached = end
