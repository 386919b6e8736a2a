"""Microdata, RDFa, microformats, Open Graph and bare URLs."""

import pytest

from harvester.decode.registry import DECODERS
from harvester.model import Excerpt, Limits


def values(form, text):
    return [
        one.value for one in DECODERS[form](Excerpt(form=form, text=text, spans=((0, len(text)),)), Limits()).values
    ]


def test_microdata_is_read_as_the_standard_says():
    """Properties take URLs from URL elements, `content` before text, and items nest."""
    text = b"""<div itemscope itemtype="https://schema.org/VideoObject" data-id="7">
      <h2 itemprop="name">A <i>b</i></h2><a itemprop="url contentUrl" href="a.mp4">no</a>
      <meta itemprop="duration" content="PT1M">
      <img itemprop="image" src="1.jpg"><img itemprop="image" src="2.jpg">
      <p itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann</b></p></div>"""
    assert values("microdata", text) == [
        {
            "@type": "VideoObject", "data-id": "7", "name": "A b", "url": "a.mp4", "contentUrl": "a.mp4",
            "duration": "PT1M", "image": ["1.jpg", "2.jpg"], "author": {"@type": "Person", "name": "Ann"},
        }
    ]  # fmt: skip


def test_rdfa_is_read_without_its_prefixes():
    """Types and properties lose their vocabulary's prefix."""
    text = b'<div typeof="schema:VideoObject"><b property="schema:name">x</b></div>'
    assert values("rdfa", text) == [{"@type": "VideoObject", "name": "x"}]


def test_an_entry_is_read_by_its_classes():
    """The parts of an h-entry are told by the prefixes of their class names."""
    text = b"""<div class="h-entry"><h1 class="big p-name">x</h1><time class="dt-published" datetime="2024-01-02">
      <video class="u-video"><source src="a.mp4"></video><img class="u-photo" src="a.jpg"></div>"""
    assert values("microformats", text) == [
        {"@type": "h-entry", "name": "x", "datePublished": "2024-01-02", "video": "a.mp4", "image": "a.jpg"}
    ]


def test_open_graph_groups_are_paired():
    """A property begins a group and what is structured belongs to it; the secure form of a URL is no second medium."""
    text = b"".join(
        b'<meta property="%s" content="%s">' % pair
        for pair in (
            (b"og:video", b"a.mp4"), (b"og:video:secure_url", b"sa.mp4"), (b"og:video:width", b"640"),
            (b"og:image", b"i"),
            (b"og:video:url", b"b.mp4"), (b"og:video:type", b"video/mp4"), (b"og:audio", b"c.mp3"),
            (b"twitter:player:stream", b"d.mp4"), (b"twitter:player:stream:content_type", b"video/mp4"),
        )
    )  # fmt: skip
    assert values("open-graph", text) == [
        [
            {"property": "og:video", "url": "a.mp4", "secure_url": "sa.mp4", "width": "640"},
            {"property": "og:video", "url": "b.mp4", "type": "video/mp4"},
            {"property": "og:audio", "url": "c.mp3"},
            {"property": "twitter:player:stream", "url": "d.mp4", "type": "video/mp4"},
        ]
    ]


def head(*pairs):
    """The meta elements of a head."""
    return b"".join(b'<meta property="%s" content="%s">' % pair for pair in pairs)


def test_what_differs_in_type_or_size_is_one_medium_in_its_forms():
    """The file and the pages that play it are listed together, with picture, length and date that stand beside."""
    text = head(
        (b"og:video", b"/p/1"), (b"og:video:type", b"text/html"), (b"og:video", b"a.mp4"),
        (b"og:video:height", b"720"), (b"og:video", b"b.mp4"), (b"og:video:height", b"360"),
        (b"twitter:player", b"/card"), (b"og:image:width", b"9"), (b"og:image", b"i.jpg"), (b"og:image", b"j.jpg"),
        (b"video:duration", b"90"), (b"video:release_date", b"2024-01-02"), (b"video:tag", b"x"),
    )  # fmt: skip
    (records,) = values("open-graph", text)
    assert [
        {**one, "sources": [form.get("url") or form["embedUrl"] for form in one["sources"]]} for one in records
    ] == [
        {
            "property": "og:video",
            "sources": ["/p/1", "a.mp4", "b.mp4", "/card"],
            "image": "i.jpg",
            "duration": "90",
            "datePublished": "2024-01-02",
        }
    ]


def test_several_of_one_type_are_several_media():
    """Each has the length behind it for its own, and none the page's picture; no card is told to be of either."""
    text = head(
        (b"og:image", b"i.jpg"), (b"og:video", b"/p/1"), (b"video:duration", b"90"), (b"og:video", b"/p/2"),
        (b"video:duration", b"80"), (b"twitter:player", b"/card"),
    )  # fmt: skip
    (records,) = values("open-graph", text)
    assert [(one["embedUrl"], one.get("duration"), one.get("image")) for one in records] == [
        ("/p/1", "90", None),
        ("/p/2", "80", None),
        ("/card", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (b"https://a.example/b.mp4", "https://a.example/b.mp4"),
        (b"https:\\/\\/a.example\\/b.mp4", "https://a.example/b.mp4"),
        (b"https%3A%2F%2Fa.example%2Fb.mp4", "https://a.example/b.mp4"),
        (b"https://a.example/b.mp4?c=1&amp;d=2", "https://a.example/b.mp4?c=1&d=2"),
        (b"https://a.example/b.mp4&amp;d=2", "https://a.example/b.mp4"),
        (b"https://a.example/x&y/b.mp4", "https://a.example/x&y/b.mp4"),
        (b"/v/b.mp4", "/v/b.mp4"),
    ],
)
def test_a_bare_url_is_unescaped(text, url):
    """Escapes of every kind are resolved; an ampersand where no query began ends the URL."""
    assert values("bare-url", text) == [{"url": url}]


@pytest.mark.parametrize("text", [b"b.mp4", b"/v/${id}.mp4", b"/v/'+id+'.mp4", b"/v/{{id}}.mp4", b"/.*\\.mp4"])
def test_pieces_that_code_puts_together_are_no_urls(text):
    """A name alone, a template and a pattern are not taken for URLs."""
    assert values("bare-url", text) == []


def test_a_player_of_a_page_is_an_embed():
    """What og:video or a player card names as a page is told apart from what they name as a file."""
    text = b"".join(
        b'<meta property="%s" content="%s">' % pair
        for pair in ((b"og:video", b"https://p.example/embed/5"), (b"og:video:type", b"text/html"))
    )
    assert values("open-graph", text) == [
        [{"property": "og:video", "type": "text/html", "@type": "VideoObject", "embedUrl": "https://p.example/embed/5"}]
    ]


@pytest.mark.parametrize(("name", "kept"), [("video-848726", True), ("watch7-content", False)])
def test_an_elements_name_is_its_items_id_only_if_it_is_numbered(name, kept):
    """A digit alone may be a layout's."""
    (record,) = values(
        "microdata", f'<div id="{name}" itemscope itemtype="https://schema.org/VideoObject"></div>'.encode()
    )
    assert ("id" in record) is kept


def test_microdata_takes_what_plays_in_it():
    """Frames and media elements in a medium's scope are its own, unless they are properties or of an inner item."""
    text = b"""<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="name" content="Heron">
      <div itemprop="publisher" itemscope><span itemprop="name">P</span><iframe src="inner"></iframe></div>
      <video poster="p.jpg"><source src="a.mp4"></video><video itemprop="embedUrl" src="b.mp4"></video></div>"""
    (record,) = values("microdata", text)
    assert record["video"] == [
        {"element": "video", "poster": "p.jpg", "sources": [{"element": "source", "src": "a.mp4"}]}
    ]
    assert "iframe" not in record
    assert record["publisher"]["iframe"] == [{"element": "iframe", "src": "inner"}]
