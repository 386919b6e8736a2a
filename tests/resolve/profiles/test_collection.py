"""What profiles say together of records, ids and hosts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.model.finding import Id
from harvester.resolve.profiles import Profiles
from harvester.resolve.profiles.ladder import MAX_PATHS
from harvester.resolve.profiles.validate import parse
from harvester.sources.profiles import SHIPPED

VIDEO = "/2016/12/15/alalam_636174317002207171_25f_4x3.mp4"
IMAGE = "/2016/12/15/alalam_636174092169675897_25f_4x3.jpg"


def _record(path, **changes):
    return {"id": "1700001", "sort": "3500001", "contenttypeid": "21", "pic": path, "title": "A title", **changes}


def _profile(name, text):
    return parse(f'name = "{name}"\ntitle = "{name}"\n{text}', name)


def test_a_leaked_record_is_known_by_its_shape():
    """A record without any host is claimed by its fields and its path, and gives the profile's id."""
    claim = SHIPPED.match(_record(VIDEO), [VIDEO])
    assert claim is not None
    assert (claim.profile, claim.rule, claim.relation) == ("alalam", "alalam#record", "related")
    assert claim.ids == (Id(scheme="alalam", value="1700001"),)
    assert claim.rivals == ()


@pytest.mark.parametrize(
    "record",
    [
        _record("/videos/another.mp4"),
        _record(None),
        _record([VIDEO]),
        {"id": "1700001", "title": "A title"},
        {"id": "x", "pic": VIDEO, "title": "A title"},
        {},
    ],
)
def test_a_record_of_another_shape_is_not_claimed(record):
    """Other paths, other values and missing fields are another site's."""
    urls = [value for value in record.values() if isinstance(value, str)]
    assert SHIPPED.match(record, urls) is None


def test_ids_may_be_numbers():
    """A number in the record is the id in digits."""
    claim = SHIPPED.match(_record(VIDEO, id=1700001), [VIDEO])
    assert claim is not None
    assert claim.ids == (Id(scheme="alalam", value="1700001"),)


def _urls(ladder):
    return [each.url for each in ladder.proposed]


def test_locations_come_in_order_with_what_they_rest_on():
    """The page is observed, the videos are guessed in the file's order, and the poster is made of the video's path."""
    claim = SHIPPED.match(_record(VIDEO), [VIDEO])
    ladder = SHIPPED.locations(
        claim, paths={"media": [VIDEO]}, kind="video", fields=_record(VIDEO), on=date(2016, 12, 15)
    )
    page, *videos, poster = ladder.proposed
    assert (page.url, page.confidence, page.fact, page.raw) == (
        "https://en.alalam.ir/news/1700001",
        "observed",
        "id",
        "1700001",
    )
    assert [each.rule for each in videos] == [f"profile:alalam#video-{n}" for n in (1, 2, 3, 4)]
    assert {(each.role, each.confidence, each.fact, each.raw) for each in videos} == {
        ("media", "guessed", "media", VIDEO)
    }
    assert (poster.role, poster.confidence, poster.rule) == ("poster", "guessed", "profile:alalam#poster-1")
    assert poster.url == "http://media.alalam.ir/news/image/original/" + VIDEO.replace(".mp4", ".jpg")
    assert poster.template == "http://media.alalam.ir/news/image/original/{path|replace_ext:jpg}"


def test_an_images_location_is_observed():
    """An image's path gives the observed location with its double slash."""
    claim = SHIPPED.match(_record(IMAGE), [IMAGE])
    ladder = SHIPPED.locations(claim, paths={"media": [IMAGE]}, kind="image", fields=_record(IMAGE))
    by_url = {each.url: each for each in ladder.proposed}
    assert by_url["http://media.alalam.ir/news/image/original/" + IMAGE].confidence == "observed"
    assert not any("/video/" in url for url in by_url)


def test_each_rule_says_why():
    """The ladder names every rule of the profile, whether it matched, and why."""
    claim = SHIPPED.match(_record(IMAGE), [IMAGE])
    ladder = SHIPPED.locations(
        claim, paths={"media": [IMAGE]}, kind="image", fields=_record(IMAGE), on=date(2016, 12, 15)
    )
    steps = {step.rule: step for step in ladder.steps}
    assert len(steps) == len(SHIPPED["alalam"].file.location)
    assert steps["profile:alalam#video-1"].why == "the path does not end in .mp4"
    assert steps["profile:alalam#image-4"].why == "in use from 2017-03-08, the item is of 2016-12-15"
    assert steps["profile:alalam#poster-2"].why == "the record has no poster for it"
    assert steps["profile:alalam#image-1"].matched
    assert steps["profile:alalam#image-1"].why.startswith("URLs of this shape are observed")


def test_a_refused_path_is_one_problem():
    """A hostile path is refused once, however many rules it meets, and the other locations stand."""
    path = "/2016/12/15/alalam_636174092169675897_/../../../x.jpg"
    claim = SHIPPED.match(_record(path), [path])
    ladder = SHIPPED.locations(claim, paths={"media": [path]}, kind="image", fields=_record(path))
    assert _urls(ladder) == ["https://en.alalam.ir/news/1700001"]
    (problem,) = ladder.problems
    assert (problem.stage, problem.code, problem.severity) == ("resolve", "unsafe-path", "warning")
    assert "segment of dots" in problem.message


def test_a_problem_shows_no_control_character():
    """What a problem quotes of a hostile path can be printed."""
    path = "/2016/12/15/alalam_636174092169675897_\n\x1b[31m" + "x" * 300 + ".jpg"
    ladder = SHIPPED.locations(SHIPPED.match(_record(path), [path]), paths={"media": [path]}, kind="image")
    (problem,) = ladder.problems
    assert problem.message.isprintable()
    assert len(problem.message) < 300


MOVED = """
[[claim]]
fields = { demo = '' }
[[location]]
name = "old"
role = "media"
template = "http://old.example/{path}"
source = "made up"
confidence = "observed"
seen = ["http://old.example/a"]
valid_to = 2015-12-31
[[location]]
name = "new"
role = "media"
template = "https://new.example/{path}"
source = "made up"
confidence = "observed"
seen = ["https://new.example/a"]
valid_from = 2016-01-01
"""


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 12, 31), [("http://old.example/a.mp4", "observed")]),
        (date(2016, 1, 1), [("https://new.example/a.mp4", "observed")]),
        (datetime(2016, 1, 1, 3, tzinfo=UTC), [("https://new.example/a.mp4", "observed")]),
        (None, [("http://old.example/a.mp4", "guessed"), ("https://new.example/a.mp4", "guessed")]),
    ],
)
def test_a_move_is_told_by_the_items_date(on, expected):
    """A layout is used for items of its time; without a date both are guesses."""
    profiles = Profiles([_profile("demo", MOVED)])
    ladder = profiles.locations(profiles.match({"demo": 1}), paths={"media": ["a.mp4"]}, on=on)
    assert [(each.url, each.confidence) for each in ladder.proposed] == expected


def test_the_more_specific_claim_wins_and_the_other_is_named():
    """Of two profiles that claim a record the one that asks for more wins."""
    loose = _profile("loose", "[[claim]]\nfields = { pic = '', title = '' }")
    strict = _profile("strict", "[[claim]]\nfields = { pic = '/x/.*', title = '', id = '' }")
    for order in ([loose, strict], [strict, loose]):
        claim = Profiles(order).match({"pic": "/x/1", "title": "t", "id": 1})
        assert claim is not None
        assert (claim.profile, claim.rivals) == ("strict", ("loose",))


def test_a_tie_goes_by_name():
    """Two claims that ask for as much go by name, so that the order of files changes nothing."""
    text = "[[claim]]\nfields = { pic = '' }"
    for order in (["a", "b"], ["b", "a"]):
        claim = Profiles([_profile(name, text) for name in order]).match({"pic": "x"})
        assert claim is not None
        assert (claim.profile, claim.rivals) == ("a", ("b",))


HOSTS = """
[[claim]]
name = "there"
document = [".news.example"]
[[claim]]
name = "files"
urls = ["files.example", ".files.example"]
path = '/(?P<year>[0-9]{4})'
[[location]]
role = "page"
template = "https://news.example/{year}"
source = "made up"
"""


@pytest.mark.parametrize(
    ("urls", "document", "rule"),
    [
        ([], "https://www.news.example/1", "demo#there"),
        ([], "https://news.example", "demo#there"),
        ([], "https://fakenews.example/1", None),
        ([], "https://news.example@evil.example/", None),
        (["https://files.example/2016/x"], None, "demo#files"),
        (["//a.files.example/2016/x"], None, "demo#files"),
        (["https://files.example/x"], None, None),
        (["/2016/x"], None, None),
    ],
)
def test_a_claim_may_go_by_hosts(urls, document, rule):
    """The document's host claims all its records, the host of a record's URL that record."""
    claim = Profiles([_profile("demo", HOSTS)]).match({"x": 1}, urls, document)
    assert (claim.rule if claim else None) == rule


def test_a_location_may_be_made_of_what_the_claim_read():
    """Groups of a claim's patterns fill templates."""
    profiles = Profiles([_profile("demo", HOSTS)])
    claim = profiles.match({}, ["https://files.example/2016/x"])
    ladder = profiles.locations(claim, paths={})
    assert [(each.url, each.fact) for each in ladder.proposed] == [("https://news.example/2016", "record")]


def test_a_platforms_url_claims_a_record_that_no_site_claims():
    """A record with a platform's URL is the platform's, with the id and what else the URL says."""
    claim = SHIPPED.match({"a": 1}, ["https://players.brightcove.net/123456/abc_default/index.html?videoId=7654321"])
    assert claim is not None
    assert (claim.profile, claim.rule, claim.specificity) == ("brightcove", "brightcove#player", 1)
    assert _urls(SHIPPED.locations(claim, paths={})) == [
        "https://players.brightcove.net/123456/abc_default/index.html?videoId=7654321",
        "https://players.brightcove.net/123456/default_default/index.html?videoId=7654321",
    ]


def test_an_id_alone_is_enough():
    """An id that a recogniser read gives the platform's locations."""
    ids = [Id(scheme="youtube", value="M7lc1UVf-VE")]
    claim = SHIPPED.match({"videoId": "M7lc1UVf-VE"}, ids=ids)
    assert claim is not None
    assert (claim.profile, claim.rule) == ("youtube", "youtube#scheme")
    assert _urls(SHIPPED.locations(claim, paths={}, ids=ids)) == _urls(SHIPPED.locations(None, paths={}, ids=ids))
    assert SHIPPED.match({}, ids=[Id(scheme="local", value="1")]) is None


def test_a_sites_record_with_a_platforms_id_has_both_locations():
    """The site's rules come first, then the platform's for the id that the record also has."""
    embed = "https://www.youtube.com/embed/M7lc1UVf-VE"
    claim = SHIPPED.match(_record(IMAGE, video=embed), [IMAGE, embed])
    assert claim is not None
    assert claim.profile == "alalam"
    assert claim.ids == (Id(scheme="alalam", value="1700001"), Id(scheme="youtube", value="M7lc1UVf-VE"))
    ladder = SHIPPED.locations(claim, paths={"media": [IMAGE]}, kind="image")
    assert _urls(ladder)[0] == "https://en.alalam.ir/news/1700001"
    assert _urls(ladder)[-3] == "https://www.youtube.com/watch?v=M7lc1UVf-VE"


def test_a_link_to_a_post_is_no_id_of_the_record():
    """A record may link to a post without being about what that shows: the link is found, and names nothing."""
    post = "https://twitter.com/someone/status/643211948184596480"
    claim = SHIPPED.match(_record(IMAGE, tweet=post), [IMAGE, post])
    assert claim is not None
    assert claim.ids == (Id(scheme="alalam", value="1700001"),)
    assert [each.id.scheme for each in claim.found] == ["x"]
    assert SHIPPED.match({"tweet": post}, [post, "/a.mp4"]) is None
    alone = SHIPPED.match({"tweet": post}, [post])
    assert alone is not None
    assert alone.rule == "x#post"
    found = SHIPPED.ids_in_url(post)
    assert found is not None
    assert SHIPPED.claim_of(found).ids == (Id(scheme="x", value="643211948184596480"),)


def test_hostile_ids_stay_inside():
    """An id from a hostile record can't leave the template that it fills."""
    for value in ("../../x", "a\nb", "//evil.example", "x" * 5000):
        ladder = SHIPPED.locations(None, paths={}, ids=[Id(scheme="jwplayer", value=value)])
        assert all(
            each.url.startswith(("https://cdn.jwplayer.com/", "https://content.jwplatform.com/"))
            for each in ladder.proposed
        )
        assert ladder.problems


def test_many_paths_are_capped():
    """A record with thousands of paths gives a bounded number of locations."""
    profiles = Profiles([_profile("demo", MOVED)])
    paths = [f"{n}.mp4" for n in range(10_000)]
    ladder = profiles.locations(profiles.match({"demo": 1}), paths={"media": paths})
    assert len(ladder.proposed) == 2 * MAX_PATHS


CONDITIONS = """
[[claim]]
fields = { demo = '(?P<part>[a-z]+)' }
[[location]]
name = "by-field"
role = "media"
template = "https://x.example/{part}/{path}"
source = "made up"
when = { kind = ["video", "audio"], fields = { quality = 'h(?P<height>d)' } }
[[location]]
name = "by-path"
role = "page"
uses = "media"
template = "https://x.example/{year}/{name}"
source = "made up"
when = { path = '/(?P<year>[0-9]{4})/(?P<name>[a-z]+)\\.mp4' }
"""


@pytest.mark.parametrize(
    ("kind", "quality", "path", "expected"),
    [
        ("video", "hd", "/2016/a.mp4", ["https://x.example/abc//2016/a.mp4", "https://x.example/2016/a"]),
        ("audio", "hd", "/16/a.mp4", ["https://x.example/abc//16/a.mp4"]),
        ("image", "hd", "/2016/a.mp4?x=1", ["https://x.example/2016/a"]),
        ("video", "sd", "/2016/a.mp4/b", ["https://x.example/2016/a"]),
        ("video", "sd", "/2016/a.mp45", []),
    ],
)
def test_conditions_say_of_what_a_location_is_tried(kind, quality, path, expected):
    """Kind, fields and the path's shape decide; the path's groups fill the template."""
    profiles = Profiles([_profile("demo", CONDITIONS)])
    fields = {"demo": "abc", "quality": quality}
    ladder = profiles.locations(profiles.match(fields), paths={"media": [path]}, kind=kind, fields=fields)
    assert _urls(ladder) == expected


def test_a_later_profile_of_a_name_takes_the_earlier_ones_place():
    """A user's profile replaces the shipped one of its name, and digests say which was used."""
    mine = _profile("youtube", "hosts = ['tube.example']\n[[id]]\nscheme = 'youtube'\npath = '/(?P<id>[a-z]+)'")
    both = SHIPPED.plus([mine])
    assert len(both) == len(SHIPPED)
    assert both["youtube"] is mine
    assert both.digests["youtube"] == mine.digest != SHIPPED.digests["youtube"]
    assert both.ids_in_url("https://youtu.be/M7lc1UVf-VE") is None
    assert "youtube" in both
    assert "nothing" not in both


def test_reading_waits_until_it_is_needed():
    """Profiles that nothing asks for are not read, so that a broken one can't be in the way."""
    asked = []

    def give():
        asked.append(1)
        return [_profile("demo", MOVED)]

    profiles = Profiles(give)
    assert asked == []
    assert len(profiles) == 1
    assert list(profiles) == [profiles["demo"]]
    assert asked == [1]


def test_platforms_say_how_to_ask():
    """Probes and archives come by an id's scheme."""
    youtube = Id(scheme="youtube", value="M7lc1UVf-VE")
    (probe,) = SHIPPED.probes(youtube)
    assert probe.name == "oembed"
    assert [archive.name for archive in SHIPPED.archives(youtube)] == ["wayback-by-id"]
    (spotify,) = SHIPPED.probes(Id(scheme="spotify:show&x", value="1"))
    assert spotify.url.endswith("open.spotify.com%2Fshow%26x%2F{id}")
    assert SHIPPED.probes(Id(scheme="spotify", value="1")) == ()
    assert SHIPPED.probes(Id(scheme="local", value="1")) == ()
    assert SHIPPED.archives(Id(scheme="local", value="1")) == ()


def test_hosts_of_one_operator_share_a_pace():
    """Politeness goes by host and all above it."""
    for host in ("scontent-ams2-1.xx.fbcdn.net", "www.facebook.com", "fb.watch"):
        pace = SHIPPED.politeness(host)
        assert pace is not None
        assert (pace.key, pace.rate_per_s) == ("facebook", 0.5)
    assert SHIPPED.politeness("notfb.watch") is None
    assert SHIPPED.politeness("example.org") is None


def test_a_host_has_its_signs_of_what_is_gone():
    """Signs of a 200 that means "gone" go by host."""
    (sign,) = SHIPPED.soft_404("i.imgur.com")
    assert sign.url
    assert SHIPPED.soft_404("example.org") == ()


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(VIDEO)
_KEYS = st.sampled_from(["id", "pic", "title", "sort", "contenttypeid"]) | st.text(max_size=5)


@given(
    fields=st.dictionaries(_KEYS, _VALUES | st.lists(_VALUES, max_size=2), max_size=6),
    urls=st.lists(st.text(max_size=40) | st.just(VIDEO), max_size=3),
    document=st.none() | st.text(max_size=40),
    ids=st.lists(
        st.builds(Id, scheme=st.sampled_from(["youtube", "kaltura:1", "local"]), value=st.text(max_size=20)), max_size=2
    ),
)
def test_any_record_is_looked_at(fields, urls, document, ids):
    """Whatever a record holds, it is claimed or not, and what is proposed stays on the hosts of profiles."""
    claim = SHIPPED.match(fields, urls, document, ids)
    ladder = SHIPPED.locations(claim, paths={"media": urls}, ids=ids, fields=fields)
    assert all(each.url.startswith(("http://", "https://")) for each in ladder.proposed)
    assert all(each.rule.startswith("profile:") for each in ladder.proposed)
