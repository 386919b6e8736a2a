"""What stands round the elements that show media."""

from __future__ import annotations

import pytest

from harvester import extract


def _items(body):
    page = f"<body>{body}</body>"
    return [
        (item.title, [one.url for one in item.locations if one.role == "poster"])
        for item in extract(page.encode(), url="https://site.example/a")
    ]


VIDEO = "<video src='/v/a.mp4'></video>"


@pytest.mark.parametrize(
    "box",
    [
        '<div data-video-id="848726" style="background-image:url(\'/p.jpg\')"></div>',
        '<div data-video-id="848726"><i style="background: url(/p.jpg)"></i></div>',
        '<div data-video-id="848726"><img src="/p.jpg"></div>',
        '<div data-video-id="848726" data-bg="/p.jpg"></div>',
        '<div data-video-id="848726"><i class="lazy" data-background-image="url(/p.jpg)"></i></div>',
        '<div data-video-id="848726"><img src="data:image/gif;base64,R0" data-srcset="/p.jpg 640w, /q.jpg"></div>',
        '<div data-video-id="848726"><img src="/blank.gif" data-lazysrc="/p.jpg"></div>',
        '<figure><img src="/p.jpg"><div data-video-id="848726"></div></figure>',
        '<div><div data-video-id="848726"></div><img class="poster" src="/p.jpg"></div>',
    ],
)
def test_a_box_shows_the_still_of_its_medium(box):
    """A picture in a box that bears a medium's data, behind it, or beside it where it is called a still."""
    assert _items(box) == [(None, ["https://site.example/p.jpg"])]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<figure>{VIDEO}<figcaption>Foxes at dusk</figcaption></figure>", "Foxes at dusk"),
        (
            f"<figure>{VIDEO}<figcaption><span>Foxes &amp; owls</span> <small>Photo: Ann</small></figcaption></figure>",
            "Foxes & owls",
        ),
        (f"<figure>{VIDEO}<figcaption>Photo: Ann</figcaption></figure>", None),
        (f"<figure>{VIDEO}<figcaption>Illustrasjon: Ann</figcaption></figure>", None),
        (f"<figure aria-label='Foxes at dusk'>{VIDEO}</figure>", "Foxes at dusk"),
        (
            f"<figure>{VIDEO}<figcaption><b class=label>Video</b> Foxes<i class=credit>A</i></figcaption></figure>",
            "Foxes",
        ),
        (f"<figure>{VIDEO}<figcaption><span class=label>Foxes at dusk</span></figcaption></figure>", "Foxes at dusk"),
        (f"<p class=video-label>WATCH: Foxes at dusk</p><div>{VIDEO}</div>", "Foxes at dusk"),
        (f"<div>Vidéo | Renards au soir</div>{VIDEO}", "Renards au soir"),
        (f"<p>They watch: foxes are shy</p>{VIDEO}", None),
        ("<li><h4>Foxes at dusk</h4><a href='https://youtu.be/aaaaaaaaaa1'>Trailer</a></li>", "Foxes at dusk"),
        ("<li><h4>Foxes at dusk</h4><a href='https://youtu.be/aaaaaaaaaa1'>Owls</a></li>", "Owls"),
        ("<div class=sermon><h2>Foxes at dusk</h2><p>By Ann</p><a href='/a.mp3'>Listen</a></div>", "Foxes at dusk"),
        (f"<ul><li>{VIDEO}<h3>Stir</h3></li></ul>", "Stir"),
        (f"<article><h2>Foxes at dusk</h2><p>{VIDEO}</p></article>", "Foxes at dusk"),
        (f"<article><h2>Foxes</h2><h3>At dusk</h3>{VIDEO}</article>", "At dusk"),
        (f"<article><h2>Foxes</h2>{VIDEO}<h3>Where they live</h3><h3>What they eat</h3></article>", "Foxes"),
        (f"<article><h2>Foxes</h2>{VIDEO}<h2>Owls</h2></article>", "Foxes"),
        (f"<article>{VIDEO}<h2>Foxes</h2><h3>Where they live</h3></article>", None),
        (f"<li><h3>Stir</h3></li>{VIDEO}<li><h3>Fry</h3></li>", None),
        (f"<table><tr><td>3</td><td>Foxes at dusk</td><td>{VIDEO}</td></tr></table>", "Foxes at dusk"),
        ("<tr><td>Foxes at dusk</td><td><a href='/a.mp3'>Download</a></td></tr>", "Foxes at dusk"),
        ("<tr><td>Foxes at dusk</td><td>Told by Ann</td><td><a href='/a.mp3'>MP3</a></td></tr>", None),
        (
            "<tr><td>Sept 4, 2014</td><td>Foxes at dusk</td><td><a href='/a.mp3'>MP3</a></td><td>Told by Ann</td></tr>",
            "Foxes at dusk",
        ),
        ("<tr><td>4. September 2014</td><td><a href='/a.mp3'>MP3</a></td></tr>", None),
        (f"<li><h3>Stir</h3>{VIDEO}<video src='/v/b.mp4'></video></li>", None),
        (f"<h2>Foxes</h2>{VIDEO}<h2>Owls</h2><video src='/v/b.mp4'></video>", "Foxes"),
        (f"<p><strong>Foxes at dusk</strong></p>{VIDEO}<p>They live in dens.</p>", "Foxes at dusk"),
        (f"<p><strong>Look at this film.</strong></p>{VIDEO}<p>They live in dens.</p>", None),
        (f"<h2 class=wp-block-heading>Foxes at dusk</h2>{VIDEO}", "Foxes at dusk"),
        (f"<h2 class=block-heading>Foxes at dusk</h2>{VIDEO}", None),
        (f"<p>How they live.<br><b>Foxes at dusk</b></p><div>{VIDEO}</div>", "Foxes at dusk"),
        (f"<p>How they live, <b>foxes at dusk</b></p><div>{VIDEO}</div>", None),
        (f"<hr><b>Foxes at dusk | <a href=/all>All films</a></b><br><br>{VIDEO}", "Foxes at dusk"),
        (f"<div>{VIDEO}</div></div><div class=video_heading>Foxes at dusk</div>", "Foxes at dusk"),
        (f"<div>{VIDEO}</div></div><div class=ad></div><p class=clip-title>Foxes at dusk</p>", "Foxes at dusk"),
        (f"<div>{VIDEO}</div></div><div class=page-title>Foxes at dusk</div>", None),
        (f"<div>{VIDEO}</div></div><p class=clip-title>Owls</p><video src='/v/b.mp4'></video>", None),
        (f"<h3 class='hidden'>No player</h3>{VIDEO}", None),
        (f"<h3 class='visually-hidden'>Foxes at dusk</h3>{VIDEO}", "Foxes at dusk"),
        (
            '<figure data-video-id="848726"><img src=a.jpg><figcaption>Foxes at dusk</figcaption></figure>',
            "Foxes at dusk",
        ),
    ],
)
def test_a_caption_or_heading_names_the_medium_that_is_alone_with_it(body, title):
    """A medium is called what its figure's caption says, without credits, or the heading over it or right in front."""
    assert _items(body)[0][0] == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"<div class=box><h3>Foxes at dusk</h3><div class=player>{VIDEO}</div></div>", "Foxes at dusk"),
        (f"<div class=head><h3>Foxes at dusk</h3></div><div>{VIDEO}</div>", "Foxes at dusk"),
        (f"<div><div class=player>{VIDEO}<span>3:05</span></div><h3>Foxes at dusk</h3></div>", "Foxes at dusk"),
        (f"<aside><h2>Foxes</h2><p>{'How they live. ' * 10}</p><div>{VIDEO}</div></aside>", "Foxes"),
        (f"<div>{VIDEO}<p class='video-caption'>Foxes at dusk</p></div>", "Foxes at dusk"),
        (f"<div>{VIDEO}<p class='wp-caption-text'>Foxes &amp; owls</p></div>", "Foxes & owls"),
        (f"<div><div>{VIDEO}</div><div class=audioComment>Listen to foxes</div><a>Save</a></div>", "Listen to foxes"),
        ("<ul><li data-src=/v/a.mp3><b class=name>The fox</b><b class='artist name'>Ann</b> 3:05</li></ul>", "The fox"),
        (f"<div>{VIDEO}<b class='title'>Foxes</b><p class='caption'>Two foxes at dusk</p></div>", "Foxes"),
        (f"<div><span class='mediaTitle'>Foxes <a>\u2716</a></span>{VIDEO}</div>", "Foxes"),
        (f"<!-- <div> --><div><h3>Foxes</h3><script>'</div>'</script>{VIDEO}</div>", "Foxes"),
        (f"<div><ul><li>One<li>Two</ul><h3>Foxes</h3>{VIDEO}</div>", "Foxes"),
        (f"<div>{VIDEO}<object data=/p.swf></object><h3>Foxes</h3></div>", "Foxes"),
    ],
)
def test_a_box_names_the_medium_that_is_alone_in_it(body, title):
    """The heading of a box, or what a class in it calls a title or caption, is what the only medium there is called."""
    assert _items(body)[0][0] == title


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h3>Foxes</h3>{VIDEO}<div><video src='/v/b.mp4'></video></div></div>",
        f"<div><h2>Foxes</h2><p>{'How they live. ' * 40}</p><div>{VIDEO}</div></div>",
        f"<div><h2>Foxes</h2><div><p>{'How they live. ' * 40}</p>{VIDEO}</div></div>",
        f"<div><p>Ann</p><h2>Foxes</h2><div><p>{'How they live. ' * 9}</p>{VIDEO}</div></div>",
        f"<div><h2>Feeds</h2><p>{'The latest of all. ' * 3}</p><a data-mp3='/a.mp3' href='/a'>Play</a></div>",
        f"<div><h3 class='widget-title'>From the zoo</h3>{VIDEO}</div>",
        f"<div><h3>Featured video</h3>{VIDEO}</div>",
        f"<div><h3>Zubereitung</h3>{VIDEO}</div>",
        f"<div><span class='author-name video'>Ann</span>{VIDEO}</div>",
        f"<div><span class='name'>Ann</span>{VIDEO}</div>",
        f"<div><p class='caption'>Photo: Ann</p>{VIDEO}</div>",
        f"<div><p class='caption'>Foxes</p><p class='caption'>Owls</p>{VIDEO}</div>",
        "<div><h3>Clips</h3><ul><li data-video-url='https://a.test/v/a.mp4'></li></ul></div>",
        "<section><h3>Clips</h3><div data-src='/v/a.mp4'></div><div data-src='/v/b.mp4'></div></section>",
    ],
)
def test_what_may_name_something_else_names_no_medium(body):
    """No heading of several media, of a text, a list or a part of the page, and no name of who made it, is a title."""
    assert _items(body)[0][0] is None


def test_a_heading_beyond_reach_names_nothing():
    """What stands far from an element isn't looked at, however deep the element is nested."""
    assert _items(f"<div><h3>Foxes</h3>{'<div>' * 2000}{VIDEO}{'</div>' * 2000}</div>")[0][0] is None


def test_a_title_of_its_own_comes_first():
    """What the element itself says is nearer than what stands round it."""
    assert (
        _items(f"<figure>{VIDEO[:6]} title='Owls' {VIDEO[7:]}<figcaption>Foxes</figcaption></figure>")[0][0] == "Owls"
    )


def test_a_background_is_the_still():
    """A picture that lies behind the only medium of a list entry is its poster."""
    body = f"<li><div style='background-image: url(/p/a.jpg)'>{VIDEO}</div></li><li><video src='/v/b.mp4'></video></li>"
    assert [posters for _, posters in _items(body)] == [["https://site.example/p/a.jpg"], []]


def test_a_shortcode_that_was_left_in_the_text_is_read_like_a_tag():
    """A player that a plug-in failed to put in place is still named, with the span in which it stands."""
    code = '[acme-video-player video-id="Sl3e52Hm" name="Meadow walk"]'
    page = f"<p>Below [1] {code} above</p>".encode()
    (item,) = extract(page, url="https://site.example/a")
    assert (item.title, [one.value for one in item.ids]) == ("Meadow walk", ["Sl3e52Hm"])
    assert [page[slice(*span)].decode() for span in item.sightings[0].spans] == [code]
    assert not list(extract(b'<p>[the "video" data-video-id="Sl3e52Hm"</p>', url="https://site.example/a"))


@pytest.mark.parametrize(
    ("box", "title"),
    [
        ("<div data-src='/v/a.mp4'>Foxes at dusk</div>", "Foxes at dusk"),
        ("<ul><li data-src='/v/a.mp3'><i></i><span>Foxes at dusk</span> <span>2:27</span></li></ul>", "Foxes at dusk"),
        ("<span data-src='/v/a.mp4'>Лисы</span> <span data-src='/v/b.mp4'>Совы</span>", "Лисы"),
        ("<div data-src='/v/a.mp4'>Foxes at dusk <b>by Ann</b></div>", "Foxes at dusk"),
        ("<div data-src='/v/a.mp4'>Foxes at dusk <b>How they live</b></div>", None),
        ("<div data-src='/v/a.mp4'>Please turn JavaScript on</div>", None),
        ("<div data-src='/v/a.mp4'>This is a film about the foxes that live in our garden.</div>", None),
        ("<div data-src='/v/a.mp4'>Play</div>", None),
        ("<div data-src='/v/a.mp4'>2:27</div>", None),
        ("<span data-src='/v/a.mp4'>Foxes <b>at dusk</b></span>", None),
    ],
)
def test_an_element_that_bears_a_mediums_data_names_it_by_its_only_text(box, title):
    """A short text that is all that an entry says is what its medium is called; prose and what stands in are not."""
    assert _items(box)[0][0] == title


def test_an_empty_player_beside_another_shows_no_other_medium():
    """A player that is written into the page has video elements of its own that say nothing yet."""
    players = "<video class=main></video><i><video class=still></video></i>"
    box = f'<div data-video-id="848726">{players}<b class="player-title">Foxes at dusk</b></div>'
    assert _items(box)[0][0] == "Foxes at dusk"


@pytest.mark.parametrize(
    ("beside", "length"),
    [
        ("<p><a href='/v/a.mp3'>Download</a> (Duration: 31:43 &mdash; 29 MB)</p>", 1903),
        ("<p><b>Dauer:</b> 1:02:03</p>", 3723),
        ("<p>Продолжительность: 0:45</p>", 45),
        ("<p>From 31:43 on they talk of owls.</p>", None),
    ],
)
def test_a_length_that_is_said_to_be_one_is_the_mediums(beside, length):
    """Podcast players are followed by a line that says how long they play."""
    page = f"<article><h1>Foxes at dusk</h1><div><audio src='/v/a.mp3'></audio></div>{beside}</article>"
    (item,) = extract(page.encode(), url="https://site.example/a")
    assert item.duration_s == length


def test_the_heading_of_the_entry_before_is_not_the_next_ones():
    """A heading behind one medium, in the box that ends there, does not name what follows the box."""
    entries = "<div><video src='/v/b.mp4'></video><h3>Foxes</h3></div><div><video src='/v/c.mp4'></video></div>"
    assert [title for title, _ in _items(entries)] == ["Foxes", None]


SHUT = '<div id="film7" style="display:none"><video><source src="/v/a.mp4"></video></div>'


@pytest.mark.parametrize(
    ("opener", "title"),
    [
        ('<div data-html="#film7" data-sub-html="<h4>Foxes at dusk</h4><p>On 16 mm</p>">Watch</div>', "Foxes at dusk"),
        ('<div><h3>Foxes at dusk</h3><a href="#film7">Watch</a></div>', "Foxes at dusk"),
        ('<a data-bs-target="#film7"><img src="/a.jpg" alt="Foxes at dusk"></a>', "Foxes at dusk"),
        ('<a href="#film7">Watch</a>', None),
        ('<a href="#film77">Foxes at dusk</a>', None),
    ],
)
def test_what_opens_a_box_names_the_medium_in_it(opener, title):
    """Of a medium in a box that is shown on demand, what shows it says what it is, wherever on the page that stands."""
    assert _items(SHUT + "<p>Ends here.</p>" + opener)[0][0] == title
    assert _items(opener + "<p>Begins here.</p>" + SHUT)[0][0] == title


def test_the_only_picture_beside_what_opens_a_box_shows_the_medium_in_it():
    """The tile of a lightbox is the still of what it opens, but not where more than one picture stands there."""
    tile = '<div><div><div><div data-html="#film7"><p>Watch</p></div></div><h2>Foxes</h2></div>{}</div><p>Ends.</p>'
    one, two = '<img src="/p.jpg">', '<img src="/p.jpg"><img src="/q.jpg">'
    assert _items(SHUT + tile.format(one)) == [("Foxes", ["https://site.example/p.jpg"])]
    assert _items(SHUT + tile.format(two)) == [("Foxes", [])]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div><a class="popup" href="/v/a.mp4"><i></i></a><img src="/p.jpg" alt="Foxes"></div>', ("Foxes", 1)),
        ('<figure><img src="/p.jpg" alt="Foxes"></figure><a class="popup" href="/v/a.mp4"><i></i></a>', ("Foxes", 1)),
        (
            '<div><a class="popup" href="/v/a.mp4">Owls at dusk</a><img src="/p.jpg" alt="Foxes"></div>',
            ("Owls at dusk", 0),
        ),
        (
            '<div><a class="popup" href="/v/a.mp4"><i></i></a><img src="/p.jpg"><img src="/q.jpg" alt="B"></div>',
            (None, 0),
        ),
    ],
)
def test_the_only_picture_beside_a_button_is_of_what_the_button_plays(body, expected):
    """A link without text lies over a picture or beside it; of one with text, a picture near it may show anything."""
    (item,) = _items(f"<div>{body}</div><p>Ends here.</p>")
    assert (item[0], len(item[1])) == expected


def test_an_option_is_called_by_its_text():
    """A list of stations to choose from has the address of each as its value."""
    stations = '<option value="/a.asx">Harbour radio</option><option value="/b.asx">Bay news</option>'
    assert [title for title, _ in _items(f"<select>{stations}</select>")] == ["Harbour radio", "Bay news"]


def test_an_entry_names_what_a_button_in_a_box_of_it_plays():
    """The box round the button and the heading need not be the entry itself."""
    inner = '<div><h2>Foxes at dusk</h2><a class="popup" href="/v/a.mp4"><span>Trailer</span></a></div>'
    assert _items(f'<li class="slide_item">{inner}</li><p>Ends here.</p>')[0][0] == "Foxes at dusk"
    assert _items(f'<section class="team">{inner}</section><p>Ends here.</p>')[0][0] == "Trailer"


def test_a_link_to_a_box_in_sight_names_nothing():
    """A link that only leads down the page to a box says what it does, and not what the box shows."""
    body = f'<a href="#film7">Jump to the film</a><div id="film7">{VIDEO}</div>'
    assert _items(body)[0][0] is None


def test_an_entrys_heading_names_its_medium_over_a_text():
    """In an entry the heading counts though a text stands between; in another box only one that begins it."""
    inner = f"<div><h6>Foxes</h6><div class=excerpt><p>{'How they live. ' * 8}</p><div>{VIDEO}</div></div></div>"
    assert _items(f"<div class='post card'>{inner}</div>")[0][0] == "Foxes"
    other = (
        f"<div>Of ours <h6>Foxes</h6><div class=excerpt><p>{'How they live. ' * 8}</p><div>{VIDEO}</div></div></div>"
    )
    assert _items(f"<div class='content'>{other}</div>")[0][0] is None
