"""Tags where they stand in the bytes."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.syntax.tags import Ends, enclosing_tag, read_tag

MARKUP = st.text(alphabet="<>/='\" abDIV\\!-\n").map(str.encode)
NAME = st.from_regex(r"[a-z:@][a-z0-9:.@-]{0,8}", fullmatch=True)


def values(data, start=0):
    tag = read_tag(data, start)
    return tag and {name: tag.value(data, name) for name in tag.attributes}


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        (b"<a>", {}),
        (b"<a href=x.mp4>", {"href": "x.mp4"}),
        (b"<A HREF = 'x' Data-B=\"y>z\" c>", {"href": "x", "data-b": "y>z", "c": ""}),
        (b"<a b=1 b=2>", {"b": "1"}),
        (b"<a b='1'c=2/>", {"b": "1", "c": "2/"}),
        (b'<a b=">&quot;" :c="{}" @d="e"/>', {"b": '>"', ":c": "{}", "@d": "e"}),
        (b"<a\n b\n=\n1\n>", {"b": "1"}),
        (b"<a b=>", {"b": ""}),
        (b"<video-box.x y=1>", {"y": "1"}),
    ],
)
def test_attributes_are_read(tag, attributes):
    """Names in lower case, values in any quoting with entities resolved, the first of a name."""
    assert values(tag + b" tail") == attributes


@pytest.mark.parametrize(
    "text", [b"", b"<", b"< a>", b"<1>", b"</a>", b"<!-- a>", b"<a", b"<a b='", b'<a b="c>', b"<a <b>"]
)
def test_what_is_no_start_tag_gives_none(text):
    """An end tag, a comment, a bare bracket and a tag without an end are none."""
    assert read_tag(text, 0) is None


@given(
    NAME, st.dictionaries(NAME, st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
)
def test_written_tags_are_read_back(name, attributes):
    """What is written with quotes and references comes back, and the tag ends where it was written to end."""
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    data = f"<a{name.strip(':@.-') or 'x'}{written}>tail</a>".encode()
    tag = read_tag(data, 0)
    assert {name: tag.value(data, name) for name in tag.attributes} == attributes
    assert data[tag.span[1] :] == b"tail</a>"


@given(MARKUP, st.data())
def test_any_markup_is_read_or_not(data, choose):
    """No bytes raise; a tag begins where it was asked for, ends with a bracket and holds its attributes in order."""
    start = choose.draw(st.integers(0, len(data)))
    tag = read_tag(data, start)
    if tag:
        assert tag.span[0] == start
        assert data[tag.span[1] - 1 : tag.span[1]] == b">"
        assert all(start < low <= high < tag.span[1] for low, high in tag.attributes.values())


@given(MARKUP, st.data())
def test_an_enclosing_tag_encloses(data, choose):
    """A tag that is found round a position reaches over it, and begins no earlier than allowed."""
    position = choose.draw(st.integers(0, len(data)))
    low = choose.draw(st.integers(0, position))
    tag = enclosing_tag(data, position, low)
    if tag:
        assert low <= tag.span[0] < position < tag.span[1]


def test_the_tag_whose_attribute_holds_markup_is_the_outer_one():
    """A tag that stands escaped in an attribute of another one is passed over."""
    data = b"""<div data-x="<video src=\\"a.mp4\\">">"""
    assert enclosing_tag(data, data.index(b".mp4"), 0).name == "div"


def test_no_tag_stands_round_text():
    """Between tags there is none."""
    data = b"<p>a.mp4</p>"
    assert enclosing_tag(data, data.index(b".mp4"), 0) is None


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"<div><div></div></div><p>", 22),
        (b"<DIV><div></DIV></div >x", 23),
        (b"<div><div></div>", 5),
        (b"<br><br></br>", 4),
        (b"<div/></div>", 6),
        (b"<div></divx></div>", 18),
    ],
)
def test_an_element_ends_with_its_own_end_tag(data, end):
    """Elements of the same name are counted; one without an end tag ends with its start tag."""
    assert Ends(data).of(read_tag(data, 0)) == end


def test_an_end_tag_out_of_reach_is_none():
    """Looking for an end is bounded."""
    data = b"<div>" + b" " * 100 + b"</div>"
    assert Ends(data).of(read_tag(data, 0), reach=50) == 5


@given(st.lists(st.sampled_from([b"<div>", b"</div>", b"<p>", b"</p>", b"x", b"</div", b"<div/>"])))
def test_elements_end_behind_their_start(parts):
    """Whatever is nested, an end lies behind the start tag and inside of the text."""
    data = b"".join(parts)
    ends = Ends(data)
    for start in range(len(data)):
        tag = read_tag(data, start)
        if tag:
            assert tag.span[1] <= ends.of(tag) <= len(data)


def test_names_beyond_the_most_have_no_ends():
    """A text with very many names of elements is not searched once for each."""
    data = b"".join(b"<a%d></b>" % index for index in range(200)) + b"".join(b"</a%d>" % index for index in range(200))
    ends = Ends(data)
    found = [ends.of(tag) > tag.span[1] for at in range(len(data)) if (tag := read_tag(data, at))]
    assert found[:50] == [True] * 50
    assert not any(found[60:])


@given(st.lists(st.sampled_from([b"<div>", b"</div>", b"<div ", b"x", b"</div", b"<div/>", b"<DIV>"])))
def test_ends_are_the_same_however_they_are_found(parts):
    """Looking ahead for an end and pairing all tags of a name give the same."""
    data = b"".join(parts)
    ahead, paired = Ends(data), Ends(data)
    ahead._left, paired._left = 1 << 40, 0
    for start in range(len(data)):
        tag = read_tag(data, start)
        if tag:
            assert ahead.of(tag) == paired.of(tag)
