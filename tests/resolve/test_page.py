"""Which media are a page's own, and which go by its title."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from harvester import extract
from harvester.resolve.page import of_page

CDN = "https://cdn.example/v"
SHOWN = f'<video src="{CDN}/a.mp4"></video>'
STILL = "https://www.dailymotion.com/thumbnail/video/x2oikl3"
TITLE = "Lighthouse keeper retires after forty years"


def _items(body, title=TITLE):
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return [(item.title, item.relation) for item in extract(page.encode(), url="https://site.example/a")]


@pytest.mark.parametrize(
    "body",
    [
        f'<video src="{CDN}/a.mp4"></video>',
        f'<script>conf = {{"file": "{CDN}/a.mp4"}}</script>',
        f"<p>see {CDN}/a.mp4</p>",
        f'<video src="{CDN}/a.mp4"></video><p>see {CDN}/b.mp4</p>',
        f'<video src="{CDN}/a.mp4"></video><audio src="{CDN}/beep.mp3"></audio>',
    ],
)
def test_the_only_medium_of_a_page_is_its_own(body):
    """What stands alone, but for sounds of the interface and URLs that nothing describes, is the page's subject."""
    assert _items(body)[0] == (TITLE, "main")


@pytest.mark.parametrize(
    ("body", "relation"),
    [
        (f"<aside>{SHOWN}</aside>", "unknown"),
        ('<aside><div data-video-id="x"><iframe src="https://youtu.be/aqz-KE-bpKQ"></iframe></div></aside>', "unknown"),
        (f'<div id="right-sidebar"><div><p>More</p>{SHOWN}</div></div>', "unknown"),
        (f'<div id="text-3" class="widget widget_text"><div>{SHOWN}</div></div>', "unknown"),
        (f'<div id="content-sidebar-wrap"><div class="elementor-widget widget-video">{SHOWN}</div></div>', "main"),
        (f'<div id="sidebar">More</div>{SHOWN}', "main"),
        (f"<aside>{SHOWN}</aside><article>{SHOWN}</article>", "main"),
        (f"<aside><p>More</p></aside>{SHOWN}", "main"),
        (f"<p>More</aside>{SHOWN}", "main"),
        (f'<aside>More</aside><script>conf = {{"file": "{CDN}/a.mp4"}}</script>', "main"),
    ],
)
def test_what_stands_beside_the_content_is_not_the_pages_own(body, relation):
    """An `aside` or sidebar is about something else, unless the same medium stands in the content too."""
    assert _items(body) == [(TITLE if relation == "main" else None, relation)]


def test_few_places_of_a_medium_are_looked_at(item):
    """However often it is seen, since a look at one may go through all the document."""
    asked = []
    seen = item(f"{CDN}/a.mp4", form="media-link")
    seen = replace(seen, sightings=seen.sightings * 1000)
    (found,) = of_page([seen], (TITLE,), is_aside=lambda at: asked.append(at) or True)
    assert (found.relation, 0 < len(asked) < 20) == ("unknown", True)


def test_of_several_untitled_media_none_has_the_pages_title():
    """Two clips in one text show two parts of its subject, and none of them is what the text is called."""
    body = f'<video src="{CDN}/a.mp4"></video><video src="{CDN}/b.mp4"></video>'
    assert _items(body) == [(None, "unknown"), (None, "unknown")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<a href="{CDN}/b.mp3">Live radio</a><a href="{CDN}/c.mp3">Weather</a>{SHOWN}', [None, None, "main"]),
        (f'<div><h3>Storm over the bay</h3><audio src="{CDN}/b.mp3"></audio></div>{SHOWN}', [None, "main"]),
        (f'<a href="{CDN}/b.mp3">Play in new window</a><a href="{CDN}/b.mp3">Download</a>{SHOWN}', [None, "main"]),
        (f'<div style="background-image:url({STILL})"></div>{SHOWN}', ["main"]),
        (f'<a href="{CDN}/b.mp4"><img src="/b.jpg"></a>{SHOWN}', [None, None]),
        (f'<a href="{CDN}/b.mp4"><img src="/b.jpg"></a><a href="{CDN}/a.mp4">The keeper</a>', [None, None]),
    ],
)
def test_what_needs_no_name_is_the_pages_own(body, expected):
    """Beside links with names and media in named boxes, the one medium that is played without a name is the page's."""
    assert [relation if relation == "main" else None for _, relation in _items(body)] == expected


@pytest.mark.parametrize(
    ("names", "relations"),
    [
        (("0611_jkeeper_pod.mp3", "0612_asmith_pod.mp3"), ["main", "unknown"]),
        (("0611_asmith_pod.mp3", "0612_retires.mp3"), ["unknown", "main"]),
        (("keeper_1.mp3", "keeper_2.mp3"), ["unknown", "unknown"]),
        (("keeper.mp3", "years.mp3"), ["unknown", "unknown"]),
        (("0611.mp3", "0612.mp3"), ["unknown", "unknown"]),
    ],
)
def test_of_several_files_the_one_named_after_the_page_is_its_own(names, relations):
    """By a word of the page's title that no other file bears, unless other words tell of another file."""
    body = "".join(f'<a href="{CDN}/{name}">Download</a>' for name in names)
    assert [relation for _, relation in _items(body)] == relations


def test_among_mere_ids_the_one_with_a_file_is_the_pages_own():
    """What lists of other media say of each has a title; what is played needs none."""
    others = "".join(f'<li data-videoid="5015112{n}" title="Harbour news, part {n}"></li>' for n in range(1, 4))
    items = _items(f'<script>film = "{CDN}/a.mp4"; still = "/a.jpg";</script><ul>{others}</ul>')
    assert [title for title, relation in items if relation == "main"] == [TITLE]
    assert len(items) == 4


def test_a_blogs_name_before_its_archive_is_no_part_of_the_title():
    """The first themes of WordPress put it in front."""
    assert _items(SHOWN, title=f"The Blog » Blog Archive » {TITLE}") == [(TITLE, "main")]


@pytest.mark.parametrize(("name", "title"), [("The%20Talk.mp3", TITLE), ("other.mp3", "The Talk.mp3")])
def test_a_files_name_is_no_title_where_the_page_has_one(item, name, title):
    """What is only called like its file goes by the page's title."""
    (found,) = of_page([item(f"{CDN}/{name}", title="The Talk.mp3", relation="main")], (TITLE,))
    assert found.title == title


@pytest.mark.parametrize("site", [" | The Gazette", " - The Gazette", " \u2013 The Gazette", " > The Gazette", ""])
def test_what_bears_the_pages_title_is_its_own(item, site):
    """A medium that is called what the page is called, the site's name aside, is the page's; others stay."""
    made = [
        item(f"{CDN}/a.mp4", title="Lighthouse keeper\u2019s last  day"),
        item(f"{CDN}/b.mp4", title="Harbour reopens"),
        item(f"{CDN}/c.mp4"),
    ]
    found = of_page(made, (None, "Lighthouse Keeper's Last Day" + site))
    assert [one.relation for one in found] == ["main", "unknown", "unknown"]
    assert [one.title for one in found] == [one.title for one in made]


def test_the_pages_title_on_many_media_tells_none_apart(item):
    """Where data calls all of its media what the page is called, none is more the page's own than the others."""
    made = [item(f"{CDN}/{name}.mp4", title=TITLE) for name in "abcdef"]
    assert {one.relation for one in of_page(made, (TITLE,))} == {"unknown"}


@pytest.mark.parametrize(
    ("title", "relation"),
    [
        ("The keeper speaks", "main"),
        ("Storm over the bay", "unknown"),
        ("Nr. 12", "main"),
        ("灯台の最後の日", "main"),
        ("港が再開した", "unknown"),
    ],
)
def test_a_lone_medium_about_something_else_is_not_the_pages(item, title, relation):
    """A recommended clip may be the only one of a page: its title has no word of the page's then."""
    page = TITLE if title.isascii() else "灯台守が引退"
    (found,) = of_page([item(f"{CDN}/a.mp4", title=title)], (page,))
    assert found.relation == relation


@pytest.mark.parametrize(
    "facts",
    [
        {"relation": "preview"},
        {"relation": "interface"},
        {"relation": "related"},
        {"kind": "image"},
    ],
)
def test_what_is_shown_beside_the_subject_is_left_alone(item, facts):
    """Previews, sounds, related media and pictures neither become the page's own nor go by its title."""
    made = [item(f"{CDN}/a.mp4", **facts)]
    assert of_page(made, (TITLE,)) == tuple(made)


def test_a_mere_id_or_link_does_not_stand_for_the_page():
    """An id of no platform that nothing is said of, or a link to one, says too little to go by the page's title."""
    assert _items('<div class="player" data-video-id="848726"></div>') == [(None, "unknown")]
    assert _items('<div class="player" data-video-id="848726" data-duration="95"></div>') == [(TITLE, "main")]
    assert _items('<a href="https://youtu.be/h5LsuS87e2Q">as seen there</a>')[0][1] == "unknown"


def test_beside_the_pages_own_medium_no_other_has_its_title():
    """Where the page says which medium is its own, what else has no title stays without."""
    body = (
        '<script type="application/ld+json">{"@type": "VideoObject", "name": "The keeper",'
        f' "contentUrl": "{CDN}/a.mp4"}}</script><video src="{CDN}/b.mp4"></video>'
    )
    assert _items(body) == [("The keeper", "main"), (None, "unknown")]


def test_what_the_page_declares_goes_by_its_title():
    """A video that Open Graph declares for the page has the page's title, where nothing else says one."""
    page = (
        f'<meta property="og:title" content="{TITLE}"><meta property="og:video" content="{CDN}/a.mp4">'
        f'<video src="{CDN}/b.mp4"></video>'
    )
    assert [(one.title, one.relation) for one in extract(page.encode(), url="https://site.example/a")] == [
        (TITLE, "main"),
        (None, "unknown"),
    ]


@pytest.mark.parametrize(
    ("title", "lent"),
    [
        ("Orange rolls - Ann's Kitchen", "Orange rolls"),
        ("Ann's Kitchen | Orange rolls", "Orange rolls"),
        ("Orange rolls - soft | Ann's Kitchen", "Orange rolls - soft"),
        ("Orange rolls - AnnsKitchen.example", "Orange rolls"),
        ("Orange rolls - Find & bake on AnnsKitchen", "Orange rolls"),
        ("Orange rolls - przepisy na AnnsKitchen.example", "Orange rolls"),
        ("Orange rolls - a week with AnnsKitchen", "Orange rolls - a week with AnnsKitchen"),
        ("Orange rolls - a recipe", "Orange rolls - a recipe"),
        ("Anns - rolls", "Anns - rolls"),
        ("Ann's Kitchen", "Ann's Kitchen"),
    ],
)
def test_the_sites_name_is_no_part_of_what_a_medium_is_called(item, title, lent):
    """At either end of the page's title the name is left off that its address has too."""
    (found,) = of_page([item(f"{CDN}/a.mp4")], (title,), ("https://www.annskitchen.example/orange-rolls/",))
    assert found.title == lent


def test_without_a_title_there_is_no_page_to_speak_of(item):
    """Data that stands alone has no page that its media could be of."""
    made = [item(f"{CDN}/a.mp4")]
    assert of_page(made, (None, "")) == tuple(made)
