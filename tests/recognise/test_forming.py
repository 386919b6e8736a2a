"""How records are formed of what stands in objects."""

from __future__ import annotations

import pytest

from harvester import extract

A = "https://a.test"
CLIP = {"id": "clip-1001", "title": "A clip of ducks", "duration": 61, "poster": f"{A}/p.jpg"}
IDS = ["clip-1001"]


@pytest.mark.parametrize(
    "teaser",
    [
        {"preview": {"small": f"{A}/a/s-1.mp4", "large": f"{A}/b/l-2.mp4"}},
        {"hoverUrl": f"{A}/b/l-2.mp4"},
        {"extra": {"file": f"{A}/v/preview/l-2.mp4"}},
    ],
)
@pytest.mark.parametrize(
    "media",
    [
        {"url": f"{A}/full.m3u8"},
        {"streamUrls": {"hls": f"{A}/full.m3u8"}},
        {"clip": {"url": f"{A}/full.m3u8"}},
        {"sources": [{"src": f"{A}/full.m3u8"}]},
    ],
)
def test_a_record_describes_its_own_media_and_no_preview(said, teaser, media):
    """What an object says is of the full medium, before or behind a preview of it, which is one record more."""
    for record in (CLIP | media | teaser, CLIP | teaser | media):
        full, preview = said(record)
        assert full[:3] == ("A clip of ducks", IDS, 61)
        assert full[3] == ["media full.m3u8", "poster p.jpg"]
        assert preview[:3] == ("A clip of ducks", [], None)
        assert "media l-2.mp4" in preview[3]


def test_a_preview_alone_is_what_a_record_describes(said):
    """Where there is nothing but a preview, it is the record's."""
    assert said(CLIP | {"previewUrl": f"{A}/p.mp3"}) == [("A clip of ducks", IDS, 61, ["media p.mp3", "poster p.jpg"])]


def test_a_players_page_beneath_joins_its_medium(said):
    """The share code of a medium is its player, where it is the only one."""
    (record,) = said(CLIP | {"url": f"{A}/full.mp4", "share": {"code": "https://player.test/embed/77"}})
    assert record[3] == ["media full.mp4", "embed 77", "poster p.jpg"]


def test_a_share_code_may_have_links_beside_the_player(said):
    """Links that stand in the markup which is given to be shared make no list of media of the player in it."""
    code = [{"element": "iframe", "src": "https://player.test/embed/77"}, {"element": "a", "href": "/clips/77"}]
    (record,) = said(CLIP | {"url": f"{A}/full.mp4", "sharing": {"link": "/clips/77", "code": code}})
    assert record[3] == ["media full.mp4", "embed 77", "poster p.jpg"]
    assert len(said(CLIP | {"url": f"{A}/full.mp4", "body": code})) == 2


EPISODE = {
    "@type": "PodcastEpisode",
    "@id": "episode-77",
    "name": "Ducks at dusk",
    "url": "/77",
    "image": f"{A}/i.jpg",
    "datePublished": "2024-01-02",
}
SOUND = {"@type": "AudioObject", "contentUrl": f"{A}/77.mp3", "duration": "PT1M"}


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("name", ["audio", "associatedMedia"])
def test_an_episode_is_what_it_is_played_as(drafts, name, listed):
    """An episode round the only medium that it is played as is no medium besides: it completes what that says."""
    (draft,) = drafts(EPISODE | {name: [SOUND] if listed else SOUND})
    assert (draft.facts.title, draft.facts.duration_s, draft.facts.published) == ("Ducks at dusk", 60, "2024-01-02")
    assert [one.raw for one in draft.references] == [f"{A}/77.mp3", f"{A}/i.jpg", "/77"]
    (draft,) = drafts(EPISODE | {name: SOUND | {"@id": "sound-99", "name": "Ducks, the podcast"}})
    assert draft.facts.title == "Ducks, the podcast"
    assert [one.value for one in draft.facts.ids] == ["sound-99", "episode-77"]


@pytest.mark.parametrize(
    "more",
    [
        {"audio": [SOUND, SOUND | {"contentUrl": f"{A}/78.mp3"}]},
        {"video": {"@type": "VideoObject", "name": "Geese at noon", "contentUrl": f"{A}/g.mp4"}},
        {"previous": {"@type": "AudioObject", "name": "Geese at noon", "contentUrl": f"{A}/g.mp3"}},
    ],
)
def test_otherwise_an_episode_stays_itself(drafts, more):
    """Several media, one of another kind, and one under another name are no episode's own."""
    found = drafts(EPISODE | more)
    assert len(found) == len(more.get("audio", "1")) + 1
    assert [[one.value for one in draft.facts.ids] for draft in found].count(["episode-77"]) == 1


def test_media_of_others_take_the_title_alone(said):
    """Media that stand beneath a described one, neither its forms nor its player, inherit its title and no more."""
    more = {"others": [{"url": f"{A}/x/one.mp4"}, {"url": f"{A}/y/two.mp4"}]}
    first, *others = said(CLIP | {"url": f"{A}/full.mp4"} | more)
    assert first[:3] == ("A clip of ducks", IDS, 61)
    assert others == [
        ("A clip of ducks", [], None, ["media one.mp4"]),
        ("A clip of ducks", [], None, ["media two.mp4"]),
    ]


def test_what_one_of_several_texts_holds_is_not_what_a_page_is(said):
    """An article's id is none of the one film in its list of paragraphs."""
    article = {"id": "article-7", "headline": "Ducks in town", "body": [{"text": "x"}, {"film": {"url": f"{A}/f.mp4"}}]}
    assert said({"article": article}) == [("Ducks in town", [], None, ["media f.mp4"])]


@pytest.mark.parametrize("key", ["transcodings", "versions", "videoFormats", "outputsByDevice"])
def test_renditions_are_told_by_what_they_say(said, key):
    """A list of what differs in size or rate alone is of one medium, whatever its name and whatever numbers it has."""
    entries = [
        {"id": "1", "url": f"{A}/v/k3j4.mp4", "width": 426, "height": 240, "duration": 61},
        {"id": "2", "url": f"{A}/w/9s8d.mp4", "width": 1280, "height": 720, "duration": 62},
    ]
    assert said(CLIP | {key: entries}) == [
        ("A clip of ducks", IDS, 61, ["media k3j4.mp4", "media 9s8d.mp4", "poster p.jpg"])
    ]


@pytest.mark.parametrize(
    "apart",
    [
        {"duration": 300},
        {"title": "Quite another clip"},
        {"videoId": "9944221"},
        {"width": 720, "height": 1280},
        {"height": 240, "width": 426},
    ],
)
def test_media_in_a_list_stay_apart(said, apart):
    """Entries that have a title or id of their own, or whose lengths, proportions or sizes don't fit, are many."""
    entries = [
        {"id": "1", "videoId": "9944220", "url": f"{A}/v/k3j4.mp4", "width": 426, "height": 240, "duration": 61},
        {"id": "2", "url": f"{A}/w/9s8d.mp4", "width": 1280, "height": 720, "duration": 61} | apart,
    ]
    del entries[0]["videoId" if "videoId" not in apart else "id"]
    assert len(said({"title": "Clips of the week", "entries": entries})) == 2


def test_a_renditions_name_is_no_title(said):
    """Under a format's name a single word is what the rendition is called."""
    files = [
        {"m3u8": [{"name": "Standart", "file": f"{A}/v/k3j4.m3u8"}]},
        {"mp4": [{"name": "360", "file": f"{A}/w/9s8d.mp4"}, {"name": "720", "file": f"{A}/w/7f6g.mp4"}]},
    ]
    assert said(CLIP | {"files": files}) == [
        ("A clip of ducks", IDS, 61, ["media k3j4.m3u8", "media 9s8d.mp4", "media 7f6g.mp4", "poster p.jpg"])
    ]


def test_a_renditions_length_is_its_mediums(said):
    """Where only the renditions say how long a medium is, it is that long."""
    record = {"title": "A clip of ducks", "sources": [{"src": f"{A}/f.mp4", "duration": 61}]}
    assert said(record) == [("A clip of ducks", [], 61, ["media f.mp4"])]


def test_describing_members_fill_what_is_missing(said):
    """Title, length and pictures that stand in a member beside the streams are the medium's."""
    meta = {"title": "A clip of ducks", "durationSeconds": 61, "images": [{"url": f"{A}/p.jpg"}]}
    streams = [{"media": [{"url": f"{A}/f.mp4"}]}]
    expected = [("A clip of ducks", [], 61, ["media f.mp4", "poster p.jpg"])]
    assert said({"mediaCollection": {"streams": streams, "meta": meta}}) == expected
    assert said({"title": "A clip of ducks", "url": f"{A}/f.mp4", "videoMeta": meta | {"title": "Else"}}) == expected


def test_a_member_may_repeat_its_name_in_its_keys(drafts):
    """What counts views names its facts after itself."""
    tracked = {"trackerClipTitle": "A clip of ducks", "trackerClipId": "c-1"}
    (found,) = drafts({"mediaResource": {"dflt": {"audioURL": f"{A}/f.mp3"}}, "trackerData": tracked})
    assert found.facts.title == "A clip of ducks"


def test_a_members_title_beats_a_caption(said):
    """A line under a medium is its title only where no member says one."""
    record = {"src": f"{A}/f.mp4", "caption": "See the ducks swim.", "content": {"title": "A clip of ducks"}}
    assert said(record)[0][0] == "A clip of ducks"
    assert said(record | {"title": "Own title"})[0][0] == "Own title"


def test_an_id_in_a_describing_member_is_not_taken_for_the_mediums(said):
    """What a titled medium's member is about may be something else, unless its id's name says medium."""
    record = {"title": "A clip of ducks", "url": f"{A}/f.mp4"}
    assert said(record | {"details": {"id": "author-77"}})[0][1] == []
    assert said(record | {"details": {"videoId": "9944220"}})[0][1] == ["9944220"]


def test_one_medium_that_stands_twice_takes_all_of_its_wrapper(drafts):
    """Two records of the same files are one medium: what the object round them says is of both."""
    media = {"duration": 61, "files": [{"url": f"{A}/f.mp4"}]}
    found = drafts({"title": "A clip of ducks", "poster": f"{A}/p.jpg", "media": media, "typed": {"media": media}})
    assert [(one.facts.title, one.references[-1].raw) for one in found] == [("A clip of ducks", f"{A}/p.jpg")] * 2


def test_a_titled_record_takes_the_picture_of_a_bare_wrapper(said):
    """An object that only wraps a medium has its picture and length; one with a title of its own has its own."""
    wrapper = {"poster": f"{A}/p.jpg", "duration": 61, "video": {"title": "A clip of ducks", "url": f"{A}/f.mp4"}}
    assert said(wrapper) == [("A clip of ducks", [], 61, ["media f.mp4", "poster p.jpg"])]
    assert said(wrapper | {"title": "An article"}) == [("A clip of ducks", [], None, ["media f.mp4"])]


@pytest.mark.parametrize(
    "record",
    [
        {"type": "video", "id": "3013", "title": "A clip of ducks", "duration": 61, "url": f"{A}/clips/3013"},
        {"type": "video", "title": "A clip of ducks", "duration": 61, "url": f"{A}/clips/3013"},
        {
            "type": "video",
            "id": "clip3013",
            "title": "A clip of ducks",
            "image": f"{A}/p.jpg",
            "url": f"{A}/clips/3013",
        },
        {"@type": "AudioObject", "name": "A talk on ducks", "image": f"{A}/p.jpg", "url": f"{A}/talks/1"},
    ],
)
def test_a_declared_medium_without_a_file_is_listed(drafts, record):
    """What says that it is a medium, and enough else, is one, with its page."""
    (found,) = drafts(record)
    assert found.kind in ("video", "audio")
    assert ("page", record["url"]) in [(one.role, one.raw) for one in found.references]


@pytest.mark.parametrize(
    "record",
    [
        {"type": "video", "title": "Videos", "url": "/videos"},
        {"type": "video", "id": "slot-12345", "title": "Advertisement"},
        {"type": "video", "id": "nav-12345", "title": "Videos", "icon": "/i.svg", "url": "/videos"},
        {"type": "videoUpload", "id": "field-12345", "title": "Your video", "duration": 61, "url": "/upload"},
        {"@type": "VideoObject", "name": "A clip of ducks"},
        {"@type": "Movie", "name": "A film on ducks", "image": f"{A}/p.jpg", "url": f"{A}/films/1"},
        {"duration": 61, "title": "A walk", "id": "walk-12345", "url": f"{A}/walks/1"},
    ],
)
def test_what_only_calls_itself_a_video_is_none(drafts, record):
    """Menus, slots, fields of forms, stubs and reviewed films are no media."""
    assert drafts({"entries": [record]}) == []


def test_a_wrappers_description_makes_no_second_record(said):
    """A declared medium whose file stands in a member is one record."""
    record = {"type": "video", "title": "A clip of ducks", "duration": 61, "url": f"{A}/c/1"}
    media = {"id": "file-55", "duration": 61, "files": [{"url": f"{A}/f.mp4"}]}
    assert said(record | {"media": media}) == [("A clip of ducks", ["file-55"], 61, ["media f.mp4"])]


def test_an_address_that_lacks_its_id_is_no_location(said):
    """A template that was filled with nothing leads nowhere."""
    record = {"@type": "VideoObject", "name": "A clip of ducks", "thumbnailUrl": f"{A}/p.jpg"}
    urls = {"contentUrl": f"{A}/watch?v=", "embedUrl": f"{A}/embed/"}
    assert said(record | urls) == [("A clip of ducks", [], None, ["poster p.jpg"])]


@pytest.mark.parametrize("name", ["embedUrl", "embedURL"])
def test_the_player_of_a_declared_medium_stands_beside_its_file(said, name):
    """Its name is also read as schema.org wrote it at first."""
    record = {"@type": "AudioObject", "name": "A talk of ducks", "contentUrl": f"{A}/a.mp3", name: f"{A}/a-player.html"}
    assert said(record)[0][3] == ["media a.mp3", "embed a-player.html"]


def test_what_advertising_is_told_of_a_medium_is_no_medium(said):
    """An id among the parameters of the advertising before a medium is that of no other; a file there is one."""
    parameters = {"type": "preroll", "videoId": "663189048"}
    (record,) = said(CLIP | {"url": f"{A}/full.mp4", "ad": {"zone": "/news", "custom": parameters}})
    assert record[1] == IDS
    assert (
        len(said(CLIP | {"url": f"{A}/full.mp4", "ad": {"clip": {"videoId": "663189048", "file": f"{A}/x.mp4"}}})) == 2
    )


def test_a_post_alone_is_no_video(drafts):
    """The id of a post says nothing of a medium."""
    assert drafts({"element": "iframe", "data-tweet-id": "1650785681021759488", "src": "post.htm"}) == []


def test_films_among_pictures_are_pictures(said):
    """A moving thumbnail stands behind the still ones."""
    pictures = [{"src": f"{A}/p.mp4"}, {"src": f"{A}/p.jpg"}]
    record = {"title": "A clip of ducks", "url": f"{A}/f.m3u8", "thumbnails": pictures}
    assert said(record)[0][3] == ["media f.m3u8", "poster p.jpg", "poster p.mp4"]


def test_where_an_inherited_fact_was_read_is_said(drafts):
    """Of a lone record the facts of its wrapper are its own, with the place outside of it."""
    (found,) = drafts({"title": "A clip of ducks", "media": {"id": "file-55", "files": [{"url": f"{A}/f.mp4"}]}})
    assert found.around == {"title": ("title",)}


@pytest.mark.parametrize("count", [3000, 30_000])
def test_many_members_take_no_more_than_their_number(said, count):
    """An object of many media is sorted in one go."""
    members = {f"duck-{index}": {"url": f"{A}/d{index}/x.mp4"} for index in range(count)}
    assert len(said({"title": "A clip of ducks", "id": "c-1", **members})) == count


@pytest.mark.parametrize(
    "length",
    [{"duration": {"text": "3:20"}}, {"length_formatted": "3:20"}, {"meta": {"length_formatted": "3:20"}}],
)
def test_a_length_is_read_in_words_and_one_level_down(said, length):
    """What players show as a length counts, be it in a member that only describes."""
    (record,) = said({"title": "A clip of ducks", "file": f"{A}/a.mp4", **length})
    assert record[2] == 200


def test_a_text_may_list_the_forms_of_a_medium_with_their_labels(drafts):
    """Of `[480p]URL,[720p]URL` each URL is a form, and so are captions; what is tried instead is left out."""
    (draft,) = drafts(
        {
            "title": "A clip",
            "file": f"[480p]{A}/a_480.mp4 or {A}/b_480.mp4,[720p]{A}/a_720.mp4",
            "subtitle": "[English]/en.vtt,[Deutsch]/de.vtt",
        }
    )
    assert [(one.role, one.raw, one.label, one.height) for one in draft.references] == [
        ("media", f"{A}/a_480.mp4", "480p", 480),
        ("media", f"{A}/a_720.mp4", "720p", 720),
        ("caption", "/en.vtt", "English", None),
        ("caption", "/de.vtt", "Deutsch", None),
    ]


def test_the_next_medium_is_another_one(said):
    """What stands under a name for the next or previous medium is no form of this one, nor has it its title."""
    after = f"{A}/b.m3u8"
    for other in ({"url_next": after}, {"nextVideo": {"url": after}}):
        own, following = said({"vod_data": {"name": "Ducks, part 1"}, "url": f"{A}/a.m3u8", **other})
        assert own[0] == "Ducks, part 1"
        assert own[3] == ["media a.m3u8"]
        assert following[0] is None
        assert following[3] == ["media b.m3u8"]


def test_a_clip_shown_before_a_listed_medium_is_not_what_a_set_up_describes(drafts):
    """Advertising beside a playlist is no medium of the object, and copies in a list are one medium."""
    records = drafts(
        {
            "id": "box-1",
            "playlist": [{"file": f"{A}/film.mp4"}, {"file": f"{A}/film.mp4"}],
            "plugins": {"ads": {"holdingClipUrl": f"{A}/wait.mp4"}},
        }
    )
    told = {draft.references[0].raw: (draft.from_list, draft.aside) for draft in records}
    assert told == {f"{A}/film.mp4": (False, ""), f"{A}/wait.mp4": (False, "advertising")}


def _items(body):
    return [[one.url.rpartition("/")[2] for one in item.locations] for item in extract(body.encode(), url=f"{A}/p/")]


@pytest.mark.parametrize(
    ("files", "together"),
    [
        ('{src: "/m/low.m3u8", type: "application/x-mpegURL"}, {src: "/n/film.mp4"}', True),
        ('"/m/low.webm", "/n/film.mp4"', True),
        ('{src: "/m/a.mp4", label: "720p"}, {src: "/n/b.mp4", label: "480p"}', True),
        ('{src: "/m/a.mp4"}, {src: "/n/b.mp4"}', False),
        ('"/m/a.mp3", "/n/b.mp3"', False),
    ],
)
def test_a_variable_may_be_named_for_the_forms_of_one_medium(files, together):
    """What a variable's name says to be forms of one medium is that where no two of them are in one form."""
    assert len(_items(f"<script>var sources = [{files}];</script>")) == (1 if together else 2)
    assert len(_items(f"<script>page.films = [{files}];</script>")) == (1 if "label" in files else 2)


def test_a_link_may_lead_to_a_file_beside_the_page():
    """A file's name alone is a link's address, while most texts that end like a file's name are no address."""
    assert _items('<a href="foxes-2.mp4">Foxes</a>') == [["foxes-2.mp4"]]
    assert _items('<a data-note="foxes-2.mp4">Foxes</a>') == []


@pytest.mark.parametrize("name", ["mp3", "mp3Url", "mp3_url", "hls", "hlsUrl", "m3u8"])
def test_the_name_of_a_form_makes_a_url_without_an_ending_a_medium(name):
    """A stream's address often has no ending: the name of the form under which it stands says that it is one."""
    live = f"{A}/live/station-7"
    for body in (
        f"<li data-title='Live' data-{name.replace('_', '-')}='{live}'></li>",
        f'<script>play({{title: "Live", {name}: "{live}"}})</script>',
        f'<script type="application/json">{{"title": "Live", "{name}":"{live}"}}</script>',
    ):
        (item,) = extract(body.encode(), url=f"{A}/p/")
        assert (item.title, item.kind) == ("Live", "audio" if "mp3" in name else "video")
        assert [(one.url, one.delivery) for one in item.locations] == [(live, "unknown" if "mp3" in name else "hls")]


@pytest.mark.parametrize("value", [f"{A}/player/hls.min.js", A, f"{A}/", "/live/station-7", "no. 7"])
def test_other_texts_under_the_name_of_a_form_are_no_media(said, value):
    """Neither programs nor hosts, nor what may be the name of anything."""
    assert said({"hls": value, "title": "A player"}) == []


def test_a_file_in_a_style_is_read_without_the_style(drafts):
    """What stands round it is no part of its address."""
    (draft,) = drafts({"element": "div", "style": "color: red; --clip: url('/v/a.mp4')"})
    assert [one.raw for one in draft.references] == ["/v/a.mp4"]


@pytest.mark.parametrize(("url", "role"), [("/player/play/", "embed"), ("/player/play/9.123456", "media")])
def test_the_address_of_a_sites_player_is_no_file(drafts, url, role):
    """A template that had no id to fill in gives the same address for all media of a site."""
    record = {"@type": "VideoObject", "name": "A film", "contentUrl": f"https://a.example{url}"}
    (draft,) = drafts(record)
    assert [(one.raw, one.role) for one in draft.references] == [(f"https://a.example{url}", role)]


@pytest.mark.parametrize("key", ["sources", "assets", "files", "streams", "downloads"])
def test_named_media_without_a_url_are_media_whatever_their_list_is_called(said, key):
    """An id alone in a list of forms is a form's, but one with a title stands for a medium."""
    film, owls = {"youtubeId": "Ab3-dE_9hIj", "title": "Ducks"}, {"youtubeId": "Ab3-dE_9hIk", "title": "Owls"}
    assert [one[:2] for one in said({"page": 5, key: [film, owls]})] == [
        ("Ducks", ["Ab3-dE_9hIj"]),
        ("Owls", ["Ab3-dE_9hIk"]),
    ]
    form = {"src": f"{A}/a.mp4"}
    assert len(said(CLIP | {key: [form, {"youtubeId": "Ab3-dE_9hIj", "quality": "hd"}]})) == 1


def test_a_word_names_what_has_a_length_and_picture_of_its_own(said):
    """The forms of one medium share these, and are called by a word each."""
    listed = [
        {"file": f"{A}/{name.lower()}.mp4", "title": name, "duration": length, "image": f"{A}/{name}.jpg"}
        for name, length in (("Ducks", 95), ("Owls", 45))
    ]
    assert [(one[0], one[2]) for one in said({"title": "The page", "assets": listed})] == [("Ducks", 95), ("Owls", 45)]


def test_a_video_among_pictures_is_found(said):
    """Galleries list both under the name of pictures; what says that it is a video is one."""
    pictures = [{"type": "image", "url": f"{A}/1.jpg"}, {"type": "image", "url": f"{A}/2.jpg"}]
    film = {"type": "video", "url": f"{A}/a.mp4", "title": "A film of ducks"}
    assert [one[0] for one in said({"images": [*pictures, film]}) if "media a.mp4" in one[3]] == ["A film of ducks"]
