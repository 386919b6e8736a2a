from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.decode.feeds.xml_tree import parse_xml
from harvester.model import DEFAULT, Limits


def names(element):
    return [element.name, *(names(child) for child in element.children)]


def test_elements_know_where_they_stand():
    """The span of an element is its own bytes, however its tags are written."""
    text = b"<a>x/><b/><b><b/></b ><c\n/>y<d></d><!-- /></d> --><e>/></e></a>"
    tree = parse_xml(text, DEFAULT)
    assert tree.complete
    spans = [text[slice(*child.span)] for child in tree.root.children]
    assert spans == [b"<b/>", b"<b><b/></b >", b"<c\n/>", b"<d></d>", b"<e>/></e>"]
    assert text[slice(*tree.root.children[1].children[0].span)] == b"<b/>"
    assert tree.root.span == (0, len(text))


def test_prefixes_are_known_by_their_namespace():
    """A namespace has one prefix here, whichever a document uses, and the root's own has none."""
    text = (
        b'<f:feed xmlns:f="http://www.w3.org/2005/Atom"><f:a/><x:b xmlns:x="http://search.yahoo.com/mrss/"><x:c/></x:b>'
        b'<d xmlns="http://search.yahoo.com/mrss/"/><g:h/></f:feed>'
    )
    assert names(parse_xml(text, DEFAULT).root) == [
        "feed",
        ["a"],
        ["media:b", ["media:c"]],
        ["media:d"],
        ["g:h"],
    ]


def test_the_encoding_that_a_declaration_names_does_not_count():
    """Text arrives as UTF-8, whatever the declaration still says."""
    text = '<?xml version="1.0" encoding="windows-1256"?><a>آذر</a>'.encode()
    assert parse_xml(text, DEFAULT).root.text == "آذر"


@pytest.mark.parametrize(
    "text",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY a0 "lol"><!ENTITY a1 "&a0;&a0;"><!ENTITY a2 "&a1;&a1;">]><a b="&a2;"/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><a/>',
    ],
)
def test_documents_that_declare_entities_are_refused(text):
    """Nothing is expanded and nothing is fetched: such a document gives no values and says why."""
    tree = parse_xml(text, DEFAULT)
    assert tree.root is None
    assert tree.problem.code == "xml-entities"


def test_a_doctype_alone_is_no_harm():
    """Old feeds name a DTD, which is not asked for."""
    tree = parse_xml(
        b'<!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss><a/></rss>', DEFAULT
    )
    assert tree.complete
    assert names(tree.root) == ["rss", ["a"]]


@pytest.mark.parametrize(
    ("text", "expected", "repairs"),
    [
        (b"<a>x&nbsp;y</a>", "x\xa0y", ("html-entities",)),
        (b"<a>x & y &amp; z?a=1&b=2</a>", "x & y & z?a=1&b=2", ("bare-ampersands",)),
        (b"<a>x\xffy</a>", "x?y", ("invalid-utf-8",)),
        (b"<a>x\x08y</a>", "x y", ("control-characters",)),
        (b"<a>\xe2\x82 \x01&</a>", "??  &", ("invalid-utf-8", "control-characters", "bare-ampersands")),
    ],
)
def test_repairs_keep_offsets_and_are_said(text, expected, repairs):
    """What XML forbids and feeds have is mended byte for byte, and noted."""
    tree = parse_xml(text, DEFAULT)
    assert tree.root.text == expected
    assert tree.repairs == repairs
    assert tree.complete
    assert tree.root.span == (0, len(text))


def test_a_break_leaves_what_stands_before_it():
    """Elements on the way to a break are there and not closed; those before are whole."""
    text = b"<a><b>1</b><b>2</c></b></a>"
    tree = parse_xml(text, DEFAULT)
    assert tree.problem.code == "broken-xml"
    assert [child.closed for child in tree.root.children] == [True, False]
    assert not tree.root.closed
    assert tree.root.end <= len(text)


def test_limits_end_a_parse():
    """Depth, number of values, length of texts and bytes read are capped, with a Problem."""
    assert parse_xml(b"<a>" * 1000, Limits(depth=50)).problem.code == "too-deep"
    assert parse_xml(b"<a>" + b"<b/>" * 1000 + b"</a>", Limits(values=100)).problem.code == "too-many-values"
    assert parse_xml(b"<a>" + b"x" * 1000 + b"</a>", Limits(text_chars=10)).root.text == "x" * 10
    cut = parse_xml(b"<a><b/>" + b"x" * 1000 + b"</a>", Limits(excerpt_bytes=100))
    assert not cut.complete
    assert names(cut.root) == ["a", ["b"]]


@given(
    st.one_of(
        st.binary(),
        st.lists(
            st.sampled_from(
                [b"<a>", b"</a>", b"<b/>", b"<c d='", b"&amp;", b"&x;", b"&", b"<!--", b"-->", b"]]>", b"\xff"]
            )
        ).map(b"".join),
    )
)
def test_total_on_any_bytes(text):
    """Any bytes give elements inside the text, or a Problem, or both."""
    tree = parse_xml(text, DEFAULT)
    assert tree.root is not None or tree.problem is not None
    waiting = [tree.root] if tree.root else []
    while waiting:
        element = waiting.pop()
        assert 0 <= element.start < element.end <= len(text)
        assert text[element.start : element.start + 1] == b"<"
        waiting.extend(element.children)
