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
    ("body", "title"),
    [
        (f"<figure>{VIDEO}<figcaption>Foxes at dusk</figcaption></figure>", "Foxes at dusk"),
        (
            f"<figure>{VIDEO}<figcaption><span>Foxes &amp; owls</span> <small>Photo: Ann</small></figcaption></figure>",
            "Foxes & owls",
        ),
        (f"<figure>{VIDEO}<figcaption>Photo: Ann</figcaption></figure>", None),
        (f"<figure aria-label='Foxes at dusk'>{VIDEO}</figure>", "Foxes at dusk"),
        (f"<ul><li>{VIDEO}<h3>Stir</h3></li></ul>", "Stir"),
        (f"<article><h2>Foxes at dusk</h2><p>{VIDEO}</p></article>", "Foxes at dusk"),
        (f"<article><h2>Foxes</h2><h3>At dusk</h3>{VIDEO}</article>", None),
        (f"<li><h3>Stir</h3></li>{VIDEO}<li><h3>Fry</h3></li>", None),
        (f"<li><h3>Stir</h3>{VIDEO}<video src='/v/b.mp4'></video></li>", None),
        (f"<link><h3>Stir</h3>{VIDEO}</link>", None),
        (
            '<figure data-video-id="848726"><img src=a.jpg><figcaption>Foxes at dusk</figcaption></figure>',
            "Foxes at dusk",
        ),
    ],
)
def test_a_caption_or_heading_names_the_medium_that_is_alone_with_it(body, title):
    """A figure's caption, without credits, or the one heading of a list entry or article is what a medium is called."""
    assert _items(body)[0][0] == title


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
