"""What a box that bears a medium's data shows of it."""

import pytest

from harvester import extract
from harvester.syntax.cards import card_text, link_text, read_card, said_length, still_of


@pytest.mark.parametrize(
    ("inside", "card"),
    [
        (b'<img src="/a.jpg" alt="Foxes at dusk">', {"image": "/a.jpg", "alt": "Foxes at dusk"}),
        (b'<img src="data:image/gif;base64,R0" data-src="/a.jpg">', {"image": "/a.jpg"}),
        (b'<img src="/play.png"><img src="/icons/close.svg"><img src="/a.jpg">', {"image": "/a.jpg"}),
        (b'<img src="/btn_play-white.png"><img src="">', {}),
        (b'<span class="video-duration">12:05</span>', {"duration": "12:05"}),
        (b'<i class="length"> 1:02:05 </i><i class="length">1:02:05</i>', {"duration": "1:02:05"}),
        (b'<i class="duration">0:10</i><i class="duration">0:20</i>', {}),
        (b'<time class="posted">12:05</time>', {}),
        (b'<time datetime="PT1M35S">1 min</time>', {"duration": "PT1M35S"}),
        (b'<time datetime="2024-03-01T12:05">12:05</time>', {}),
        (b'<time itemprop="cookTime" datetime="PT30M">30 min</time>', {}),
        (b'<span class="video-time"> 6:09 </span>', {"duration": "6:09"}),
        (b'<i class="icon icon-video" data-post-text="01:45"></i>', {"duration": "01:45"}),
        (b'<i class="icon icon-video" data-start="01:45"></i>', {}),
        (b'<i class="icon" data-post-text="01:45"></i>', {}),
    ],
)
def test_a_box_shows_a_picture_and_a_length(inside, card):
    """The first picture that is no button, with its text, and the only length that a class calls one."""
    assert read_card(inside) == card


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (b'<a href="/1"><img src="/a.jpg"></a><a href="/1"><b>Foxes</b> at dusk</a>', "Foxes at dusk"),
        (b'<a href="/1">Foxes</a><a href="/1">Foxes</a>', "Foxes"),
        (b'<a href="/1">Foxes</a><a href="/2">Owls</a>', None),
        (b'<a href="/1">Foxes', None),
        (b"<p>Foxes</p>", None),
    ],
)
def test_the_only_link_of_a_box_names_it(inside, text):
    """Links without text and those of the same text don't count; two of different texts name nothing."""
    assert link_text(inside) == text


@pytest.mark.parametrize("unit", [b"<a >", b"<a <a ", b"class=", b"<img ", b'class="length">1:', b"<img src=data:>"])
def test_boxes_of_anything_are_read_in_no_time(unit):
    """What begins and does not end is looked at once, or within short reach, in thousands of boxes too."""
    box = b'<div data-video-id="a1b2c3d4e5">' + unit * (3000 // len(unit)) + b"</div>"
    assert read_card(unit * 500).keys() <= {"image", "alt"}
    assert len(extract(box * 3)) <= 1


def test_a_card_of_a_list_is_described_by_what_it_shows():
    """A link gives what a box bears data of its title, a picture its still, and a class its length."""
    card = (
        '<li data-video-id="%d"><a href="/w/%d"><img src="/%d.jpg"></a><i class="duration">0:%d</i>'
        '<a href="/w/%d">Clip %d</a></li>'
    )
    page = "<ul>" + "".join(card % ((7654321 + at, *[10 + at] * 5)) for at in range(2)) + "</ul>"
    items = extract(page.encode(), url="https://site.example/a")
    assert [(item.title, item.duration_s, [one.raw for one in item.locations]) for item in items] == [
        ("Clip 10", 10, ["/10.jpg"]),
        ("Clip 11", 11, ["/11.jpg"]),
    ]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (b"<img src=a.jpg><h3>Foxes <b>at dusk</b></h3><p>How they hunt</p>", "Foxes at dusk"),
        (b"<i>2:10</i> Foxes at dusk", "Foxes at dusk"),
        (b"Foxes at dusk<i class=length>1:02:10</i>", "Foxes at dusk"),
        (b"12:10", "12:10"),
        (b"<h3>Foxes</h3><h3>Owls</h3>", "Foxes Owls"),
        (b"<span class=teaser__kicker>Animals</span><span class=teaser__title>Foxes</span><time>3 May</time>", "Foxes"),
        (b"<span class=subtitle>Animals</span><b>Foxes</b>", "Animals Foxes"),
        (b"<span class=cardTitle>Foxes</span><span class=cardTitle>Owls</span>", "Foxes Owls"),
        (b"<img src=a.jpg>", ""),
    ],
)
def test_a_link_that_is_a_card_says_what_its_heading_does(inside, text):
    """Or what alone a class calls its title, else what all of it says, but for how long the medium is."""
    assert card_text(inside) == text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="/v/a.mp4"><img src="/p.jpg" alt="Foxes at dusk"></a>', ("Foxes at dusk", None)),
        ('<a href="/v/a.mp4"><img src="/p.jpg">Foxes<i class="duration">2:10</i></a>', ("Foxes", 130)),
        ('<li><h4>Foxes at dusk</h4><a href="/v/a.mp4">Download</a></li>', ("Foxes at dusk", None)),
        ('<li><h4>Foxes at dusk</h4><a href="/v/a.mp4">Owls at dawn</a></li>', ("Owls at dawn", None)),
        ('<div><h4>Foxes at dusk</h4><a href="/v/a.mp4">Download</a></div>', (None, None)),
        ('<figure><a href="/v/a.mp4"><img src="/p.jpg"></a><figcaption>Foxes</figcaption></figure>', ("Foxes", None)),
    ],
)
def test_a_link_to_a_file_is_described_by_what_it_shows(body, expected):
    """Its text, its picture's or, where these name nothing, the heading of the entry that it stands in."""
    (item,) = extract(f"<body>{body}</body>".encode(), url="https://site.example/a")
    assert (item.title, item.duration_s) == expected


@pytest.mark.parametrize(
    ("parts", "still"),
    [
        ([b'<img class="v-poster" src="/p.jpg">'], ("/p.jpg", "")),
        ([b'<img class="author" src="/a.jpg">', b'<img class="thumb" src="/p.jpg" alt="Foxes">'], ("/p.jpg", "Foxes")),
        ([b'<img class="thumb" src="/p.jpg"><img class="thumb" src="/q.jpg">'], None),
        ([b'<img src="/p.jpg">', b""], None),
    ],
)
def test_a_still_beside_a_medium_is_called_one(parts, still):
    """Other pictures near a medium may be of anything, and two stills are of two media."""
    assert still_of(*parts) == still


def test_only_a_word_for_it_says_a_length():
    """What ends like the word for a length, as a configuration does, says none."""
    assert said_length(b"<p>Duration: 3:05</p>") == "3:05"
    assert said_length(b"<p>Configuration: 3:05</p>") is None
