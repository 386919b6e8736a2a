"""Which items are one medium, and what becomes of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from harvester import extract
from harvester.model import Basis, DateEvidence, Id, Item, Location, Sighting
from harvester.resolve.merge import merge
from harvester.resolve.sharing import shared

SIGHTING = Sighting(
    source="page",
    form="json-script",
    spans=((0, 2),),
    line=1,
    column=1,
    quote="{}",
    layers=(),
    pointer="",
    list=None,
    declared_bytes=None,
    read_bytes=None,
    complete=True,
    repairs=(),
    fields={},
    reads={},
)
A, B = "https://a.example", "https://b.example"


def test_nothing_to_merge():
    """No items give none, and one stays itself."""
    only = Item(key="a")
    assert merge([]) == ()
    assert merge([only])[0] is only


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ({"ids": [("youtube", "x1")]}, {"ids": [("youtube", "x1")]}, 1),
        ({"ids": [("brightcove:1", "77")]}, {"ids": [("brightcove", "77")]}, 1),
        ({"ids": [("youtube", "x1")]}, {"ids": [("youtube", "x2")]}, 2),
        ({"ids": [("local", "1897891")]}, {"ids": [("local", "1897891")]}, 1),
        ({"ids": [("brightcove", "5423082264001")]}, {"ids": [("local", "5423082264001")]}, 1),
        ({"ids": [("brightcove", "77123")]}, {"ids": [("local", "77123")]}, 2),
        ({"ids": [("local", "12")]}, {"ids": [("local", "12")]}, 2),
        ({"ids": [("local", "1897891")], "source": "p"}, {"ids": [("local", "1897891")], "source": "q"}, 2),
        ({"title": "A long enough title", "duration_s": 60.2}, {"title": "A long enough title", "duration_s": 60.0}, 1),
        ({"title": "A long enough title"}, {"title": "Another title as long"}, 2),
        ({"title": "Short"}, {"title": "Short"}, 2),
    ],
)
def test_ids_and_titles_join_and_part(item, first, second, count):
    """A platform's id joins everywhere, a local one and a long title of the record's own within one document."""
    made = [item(key=key, reads=("title",), **facts) for key, facts in (("a", first), ("b", second))]
    assert len(merge(made)) == count


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (f"{A}/v/clip_720p.mp4", f"{A}/v/clip_1080p.mp4", 1),
        (f"{A}/v/clip.mp4?sig=0123456789abcdef0123456789abcdef", f"{A}/v/clip.mp4", 1),
        (f"{A}/v/part_1.mp4", f"{A}/v/part_2.mp4", 2),
        (f"{A}/i/x/v/1_,7_1111,7_2222,.mp4.csmil/master.m3u8", f"{B}/x/v/1_7_2222.mp4", 1),
    ],
)
def test_renditions_of_one_document_are_one(item, first, second, count):
    """URLs that differ in rendition, signature or host are one medium; parts are not."""
    assert len(merge([item(first), item(second)])) == count


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ((f"{A}/v/12345678901.mp4", "p"), (f"{B}/v/12345678901.mp4", "q"), 2),
        ((f"{A}/v/12345678901_720p.mp4", "p"), (f"{A}/w/12345678901_360p.mp4", "q"), 1),
        ((f"{A}/v/12345678901.mp4", "p"), (f"{B}/w/12345678901.mp4", "p"), 1),
        ((f"{A}/v/1234567890123456.mp4", "p"), (f"{B}/v/1234567890123456.mp4", "q"), 1),
    ],
)
def test_a_plain_number_is_one_sites(item, first, second, count):
    """Two sites may give one number of 11 to 15 digits to two media; within a document or a host it is one medium."""
    assert len(merge([item(first[0], source=first[1]), item(second[0], source=second[1])])) == count


def test_a_shared_file_does_not_join_what_has_two_ids(item):
    """Two ids of one platform stay two items, whatever file both name, and however they meet."""
    two = [item(f"{A}/v/a.mp4", ids=[("vimeo", value)]) for value in "12"]
    bridge = item(f"{A}/v/a.mp4")
    assert [[one.value for one in found.ids] for found in merge([*two, bridge])] == [["1"], ["2"]]


def test_own_titles_keep_renditions_apart(item):
    """One name in a folder that several media share joins nothing where the records' own titles differ."""
    titles = ("The first of them", "The second of them")
    made = [
        item(f"{A}/v/12345/{size}.mp4", title=title, reads=("title",))
        for size, title in zip(("720p", "360p"), titles, strict=True)
    ]
    assert len(merge(made)) == 2


def test_what_was_joined_speaks_for_all(item):
    """An item that has joined another by a file has the other's title too when a third is compared."""
    named = item(f"{A}/v/clip_720p.mp4", title="The first of them", reads=("title",))
    plain = item(f"{A}/v/clip_720p.mp4", f"{A}/v/clip_360p.mp4")
    other = item(f"{A}/v/clip_360p.mp4x", f"{A}/v/clip_1080p.mp4", title="The second of them", reads=("title",))
    assert [len(found.sightings) for found in merge([named, plain, other])] == [2, 1]


def test_the_record_that_says_most_speaks_first(item):
    """Facts come from the fullest record, gaps from the others, and what own statements disagree on is listed."""
    poor = item(f"{A}/a.mp4", key="url:a", title="The page", duration_s=10.0, reads=("duration",))
    rich = item(f"{A}/a.mp4", key="x:1", ids=[("x", "1")], title="Its own", description="More", reads=("title",))
    (found,) = merge([poor, rich])
    assert (found.key, found.aliases, found.title, found.description, found.duration_s) == (
        "x:1",
        ("url:a",),
        "Its own",
        "More",
        10.0,
    )
    assert found.conflicts == ()
    other = item(f"{A}/a.mp4", title="Else", reads=("title",))
    assert merge([rich, other])[0].conflicts == ("title",)


def test_locations_point_to_their_sightings(item):
    """After joining, each location's basis names the position of the sighting that it was read from."""
    first, second = item(f"{A}/a_720p.mp4"), item(f"{A}/a_360p.mp4")
    (found,) = merge([first, second])
    assert {one.url: one.basis.sighting for one in found.locations} == {f"{A}/a_720p.mp4": 0, f"{A}/a_360p.mp4": 1}
    assert len(merge([first, replace(first, title="x")])[0].locations) == 1


def test_a_path_that_another_sighting_resolves_goes(item):
    """An unresolved path is left out where the same medium has its URL."""
    path = Location(
        raw="/v/a.mp4", url=None, role="media", delivery="file", basis=Basis(rule="unresolved"), confidence="guessed"
    )
    bare = item(locations=(path,), ids=[("x", "1")])
    (found,) = merge([bare, item(f"{A}/v/a.mp4", ids=[("x", "1")])])
    assert [one.url for one in found.locations] == [f"{A}/v/a.mp4"]


def test_dates_and_ids_are_kept_once(item):
    """The same evidence twice is one, and an id with its account takes the place of that without."""
    date = DateEvidence(
        value="2016", precision="day", zone="unknown", of="name", decoder="x", raw="2016", likelihood="possible"
    )
    made = [item(key=key, ids=[(key, "7")], dates=(date,)) for key in ("brightcove", "brightcove:1")]
    (found,) = merge(made)
    assert found.ids == (Id(scheme="brightcove:1", value="7"),)
    assert found.dates == (date,)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("123")), max_size=8))
def test_merging_again_changes_nothing(given_items):
    """Every item ends in one group, in order, and what has been merged stays as it is."""
    made = [
        Item(
            key=f"{name}{at}",
            ids=(Id(scheme="x", value=value), Id(scheme="y", value=name)),
            sightings=(SIGHTING,),
        )
        for at, (name, value) in enumerate(given_items)
    ]
    groups = list(shared(made))
    assert sorted(index for group in groups for index in group) == list(range(len(made)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    once = merge(made)
    assert [one.key for one in merge(once)] == [one.key for one in once]


def test_media_that_stay_apart_have_keys_of_their_own():
    """Two videos for which the data names one player's page are two items, and no key or alias is of both."""
    page = (
        '<script type="application/ld+json">[{"@type": "VideoObject", "name": "First thing", "embedUrl":'
        ' "https://a.example/player/play/"}, {"@type": "VideoObject", "name": "Second other", "embedUrl":'
        ' "https://a.example/player/play/"}]</script>'
    )
    items = extract(page.encode(), url="https://a.example/")
    names = [name for item in items for name in (item.key, *item.aliases)]
    assert [item.title for item in items] == ["First thing", "Second other"]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("The keeper\u2019s last day", "The keeper's  last day", 1),
        ("\u201cThe keeper\u201d \u2013 a film", '"The keeper" - a film', 1),
        ("The keeper's last day", "channel_two: The keeper's last day_24.04.2024", 1),
        ("Keeper", "The keeper's last day", 2),
    ],
)
def test_titles_that_say_the_same_contradict_nothing(item, first, second, count):
    """What differs in quotes and dashes, or in what stands round a long title, is one title, and no conflict."""
    urls = (f"{A}/v/clip_720p.mp4", f"{A}/v/clip_360p.mp4")
    made = [item(url, title=title, reads=("title",)) for url, title in zip(urls, (first, second), strict=True)]
    found = merge(made)
    assert len(found) == count
    assert all(one.conflicts == () for one in found)


def test_short_local_ids_keep_nothing_apart(item):
    """Positions in a list are ids by name only, and the medium's own id takes their place."""
    folder = "d574e3ec-0ec0-4a99-a34a-f26fcfd17800"
    made = [
        item(f"{A}/{folder}/clip_240p.mp4", ids=[("local", "1")]),
        item(f"{A}/{folder}/clip_480p.mp4", ids=[("local", "2")]),
        item(f"{A}/{folder}/clip_720p.mp4", ids=[("local", folder)]),
    ]
    assert [[one.value for one in found.ids] for found in merge(made)] == [[folder]]


@pytest.mark.parametrize(
    ("value", "path", "count"),
    [
        ("4d7f9f9a-1960-4e33-815a-b6a631a89476", "v-4d7f9f9a-1960-4e33-815a-b6a631a89476_original.mov", 1),
        ("65819534", "2024/65819534/talk.mp4", 1),
        ("6729d3ede87b", "a/6729d3ede87b.mp4", 1),
        ("540368", "b/v540368_talk.mp4", 1),
        ("540368", "b/x540368_talk.mp4", 2),
        ("20240302", "20240302/talk.mp4", 2),
        ("202403", "202403/talk.mp4", 2),
        ("65819534", "2024/165819534/talk.mp4", 2),
        ("headline", "a/headline.mp4", 2),
    ],
)
def test_an_id_that_stands_in_a_files_name_joins(item, value, path, count):
    """A record that has an id alone is the medium whose files are named by that id, whole; dates and words say less."""
    made = [item(key="local:a", ids=[("local", value)]), item(f"{A}/{path}", title="A title", reads=("title",))]
    assert len(merge(made)) == count


@pytest.mark.parametrize(("name", "count"), [("video_i464p10.mp4", 1), ("hd.mp4", 2)])
def test_a_short_id_joins_where_one_file_is_named_by_it(item, name, count):
    """A path that resolves to another host is the same file where both records' id stands in its name."""
    made = [item(f"{A}/x/{name}", ids=[("local", "464")]), item(f"https://b.example/{name}", ids=[("local", "464")])]
    assert len(merge(made)) == count


def test_an_id_in_the_names_of_what_turns_out_to_be_one_medium_joins(item):
    """A frame that has an id alone is the medium whose files are named by it, however many of them there are."""
    made = [
        item(key="local:a", ids=[("local", "65819534")]),
        item(f"{A}/65819534/one.mp4", f"{A}/65819534/two.mp3", title="Foxes at dusk", reads=("title",)),
        item(f"{A}/65819534/one.mp4", title="Foxes at dusk", reads=("title",)),
    ]
    assert len(merge(made)) == 1


@pytest.mark.parametrize(("path", "count"), [("video/6307131969112", 1), ("6307131969112/talk.mp4", 2)])
def test_an_id_that_an_address_ends_with_joins_whatever_the_records_are_called(item, path, count):
    """Sites call the video of an article after the article where they declare it, and by its own name in its player."""
    made = [
        item(key="local:a", ids=[("local", "6307131969112")], title="Foxes at dusk", reads=("title",)),
        item(f"{A}/{path}", title="Council votes on owls", reads=("title",)),
    ]
    assert len(merge(made)) == count


def test_an_id_in_the_names_of_several_media_joins_none(item):
    """The id of a channel stands in the path of each of its videos."""
    made = [
        item(key="local:a", ids=[("local", "65819534")]),
        item(f"{A}/65819534/one.mp4"),
        item(f"{A}/65819534/two.mp4"),
    ]
    assert len(merge(made)) == 3


def test_a_preview_that_an_id_names_stays_a_preview(item):
    """The clip that moves in a list before anybody clicks is not the medium whose id it bears."""
    made = [item(key="local:a", ids=[("local", "65819534")]), item(f"{A}/65819534/moves.mp4", relation="preview")]
    assert len(merge(made)) == 2


def test_a_preview_does_not_decide_for_its_medium(item):
    """What only some files of a medium are it is not; these stand behind the others, and give no key."""
    preview = item(f"{A}/d574e3ec-0ec0-4a99-a34a-f26fcfd17800/preview_small.mp4", relation="preview", ids=[("x", "1")])
    medium = item(f"{A}/d574e3ec-0ec0-4a99-a34a-f26fcfd17800/full.mp4", ids=[("x", "1")], relation="unknown")
    (found,) = merge([preview, medium])
    assert (found.relation, found.locations[0].url) == ("unknown", medium.locations[0].url)
    assert found.key == medium.key
    (same,) = merge([item(f"{A}/v/a.mp4", relation="preview"), item(f"{A}/v/a.mp4")])
    assert same.relation == "preview"


@pytest.mark.parametrize(("length", "conflicts"), [(60.0, ()), (61.4, ()), (58.9, ("duration_s",))])
def test_a_length_that_is_cut_or_rounded_contradicts_none(item, length, conflicts):
    """Lengths disagree where more than a second lies between them."""
    told = {"title": "Keeper retires", "reads": ("title", "duration")}
    both = [item(f"{A}/a.mp4", duration_s=60.6, **told), item(f"{A}/a.mp4", duration_s=length, **told)]
    (found,) = merge(both)
    assert found.conflicts == conflicts


def test_a_length_of_a_second_stands_where_none_else_is_known(item):
    """Forms send a second along where a length is wanted; it is believed only if nobody says otherwise."""
    told = {"title": "Keeper retires", "reads": ("title", "duration")}
    filler = item(f"{A}/a.mp4", duration_s=1.0, form="json-ld", **told)
    (found,) = merge([filler, item(f"{A}/a.mp4", duration_s=77.0, **told)])
    assert (found.duration_s, found.conflicts) == (77.0, ("duration_s",))
    (found,) = merge([filler, item(f"{A}/a.mp4", **told)])
    assert found.duration_s == 1.0


def test_a_title_comes_before_a_label(item):
    """A caption is a title in want of a better one, whatever the form, and contradicts none."""
    label = item(f"{A}/a.mp4", title="In the video: what happened", form="json-ld", duration_s=4.0)
    label = replace(label, sightings=(replace(label.sightings[0], reads={"title": "/caption"}),))
    (found,) = merge([label, item(f"{A}/a.mp4", title="Keeper retires", reads=("title",))])
    assert (found.title, found.conflicts) == ("Keeper retires", ())


def test_a_full_url_names_a_medium_before_a_path(item):
    """A path that was resolved against the page gives no key where a record has the whole URL."""
    told = {"title": "Keeper retires", "duration_s": 3.0, "reads": ("title",)}
    path = item("https://site.example/a/p7,v/2024_04/clip_480p.mp4", key="url:path", description="More", **told)
    relative = replace(
        path.locations[0], raw="p7,v/2024_04/clip_480p.mp4", confidence="inferred", basis=Basis(rule="base")
    )
    full = item(f"{A}/i/v/2024_04/clip_480p.mp4", key="url:full", **told)
    (found,) = merge([replace(path, locations=(relative,)), full])
    assert (found.key, found.aliases) == ("url:full", ("url:path",))
    assert [one.url for one in found.locations] == [full.locations[0].url]
