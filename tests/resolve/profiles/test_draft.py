"""Profiles drafted from what a document shows."""

from __future__ import annotations

import math
import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harvester.resolve.profiles import Profiles
from harvester.resolve.profiles.draft import Sample, Shown, draft, name_for
from harvester.resolve.profiles.examples import run_examples
from harvester.resolve.profiles.tomlwriter import inline, literal, text
from harvester.resolve.profiles.validate import parse
from harvester.sources.profiles import SHIPPED

NONE = Profiles()


def _sample(number, extension="mp4", **changes):
    path = f"/clips/2016/{number:04}/film_{number * 7919}.{extension}"
    fields = {"nid": str(1000 + number), "kind": "7", "file": path, "headline": f"Title {number}", **changes}
    return Sample(fields=fields, references=[("media", path)])


def _holds(name, written, known=NONE):
    profile = parse(written, name)
    outcomes = run_examples(profile, known.plus([profile]))
    assert [outcome for outcome in outcomes if outcome.faults] == []
    return profile, outcomes


def test_records_give_a_claim_an_id_and_a_path():
    """The fields of a document's records, the one that names them and the shape of their paths are drafted."""
    samples = [_sample(number) for number in range(1, 5)]
    profile, outcomes = _holds(
        "demo", draft("demo", Shown(samples=samples, documents=["https://demo.example/p/1"]), NONE)
    )
    (claim,) = profile.file.claim
    assert claim.fields == {"kind": r"\d{1}", "nid": r"\d{4}", "file": "", "headline": ""}
    assert claim.path == r"/clips/\d{4}/\d{4}/film_\d{4,5}[^/]*"
    (rule,) = profile.file.id
    assert (rule.scheme, rule.field) == ("demo", "nid")
    assert profile.file.hosts == ("demo.example",)
    assert len(outcomes) == 2
    assert profile.file.example[0].ids == ("demo:1001",)


def test_a_location_is_a_guess_unless_it_was_seen():
    """A full URL that ends in a record's path, or holds its id, is cited; all else is a guess."""
    samples = [_sample(1), _sample(2), _sample(3, "jpg")]
    seen = "https://files.example/root/" + str(samples[1].fields["file"])
    page = "https://demo.example/article/1003?ref=x"
    shown = Shown(samples=samples, documents=["https://demo.example/p/1"], urls=["https://demo.example/", seen, page])
    profile, _ = _holds("demo", draft("demo", shown, NONE))
    found = [(rule.role, rule.template, rule.confidence, rule.seen) for rule in profile.file.location]
    assert found == [
        ("media", "https://files.example/root/{path}", "observed", (seen,)),
        ("media", "https://demo.example{path}", "guessed", ()),
        ("page", "https://demo.example/article/{id}?ref=x", "observed", (page,)),
    ]
    assert [rule.when.extension for rule in profile.file.location] == [("mp4",), ("jpg",), ()]


def test_without_a_host_a_location_is_left_to_who_knows():
    """Where no host is known, the draft says for what a location is missing and makes none up."""
    written = draft("demo", Shown(samples=[_sample(1), _sample(2)]), NONE)
    profile, _ = _holds("demo", written)
    assert profile.file.location == ()
    assert "# No host is known for media paths" in written


def test_platforms_ids_stand_in_the_examples_too():
    """A record that also has a platform's URL gives an example with both ids."""
    samples = [_sample(number, embed=f"https://youtu.be/M7lc1UVf-V{number}") for number in (1, 2)]
    profile, _ = _holds("demo", draft("demo", Shown(samples=samples), SHIPPED), SHIPPED)
    assert profile.file.example[0].ids == ("demo:1001", "youtube:M7lc1UVf-V1")


def test_records_of_another_profile_are_no_examples():
    """A record that another profile claims with more right is left out of the examples."""
    path = "/2016/12/15/alalam_636174317002207171_25f_4x3.mp4"
    fields = {"id": "1700001", "sort": "1", "contenttypeid": "21", "pic": path, "title": "x"}
    written = draft("demo", Shown(samples=[Sample(fields=fields, references=[("media", path)])]), SHIPPED)
    profile, _ = _holds("demo", written, SHIPPED)
    assert profile.file.example == ()


def test_nothing_gives_a_bare_profile():
    """A document without records gives a profile with a name and nothing made up."""
    profile, outcomes = _holds("demo", draft("demo", Shown(), NONE))
    assert (profile.file.claim, profile.file.id, profile.file.location, outcomes) == ((), (), (), ())


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        (["9c9de5e8-0a1e-484a-b099-e80766180a6d"] * 2, "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        (["0a1b2c3d4e", "1a1b2c3d4e"], "[0-9a-f]{10}"),
        (["12", "123"], r"\d{2,3}"),
        (["word", "other"], ""),
    ],
)
def test_values_of_one_kind_have_a_pattern(values, pattern):
    """Numbers, digests and UUIDs tell a site; words do not."""
    samples = [Sample(fields={"ref": value, "file": "x"}) for value in values]
    assert parse(draft("demo", Shown(samples=samples), NONE), "demo").file.claim[0].fields["ref"] == pattern


@pytest.mark.parametrize(
    ("documents", "name"),
    [
        (["https://www.demo.example/x"], "demo"),
        (["https://demo.co.uk/"], "demo"),
        (["/x", "https://a_b.example"], "site"),
        (["https://localhost/x"], "site"),
        ([], "site"),
    ],
)
def test_a_name_is_suggested_by_the_host(documents, name):
    """The host's own label is suggested, and `site` where there is none."""
    assert name_for(documents) == name


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_SAMPLES = st.builds(
    Sample,
    fields=st.dictionaries(
        st.sampled_from(["id", "guid", "file", "title"]) | st.text(max_size=4), _SCALARS, max_size=5
    ),
    references=st.lists(st.tuples(st.sampled_from(["media", "poster"]), st.text(max_size=30)), max_size=3),
)


@example(samples=[], documents=["//0"], urls=[])
@settings(max_examples=100)
@given(
    samples=st.lists(_SAMPLES, max_size=6),
    documents=st.lists(st.text(max_size=30) | st.just("https://demo.example/1"), max_size=2),
    urls=st.lists(st.text("htps:/.ab01{}?", max_size=30).map(lambda tail: "https://x.example/" + tail), max_size=4),
)
def test_a_draft_always_holds(samples, documents, urls):
    """Whatever a document shows, its draft is a profile that can be used and whose examples hold."""
    written = draft("demo", Shown(samples=samples, documents=documents, urls=urls), NONE)
    _holds("demo", written)


@given(st.text(max_size=50))
def test_text_is_written_as_toml_reads_it(value):
    """Strings and patterns are read back as they were, half characters aside."""
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
    assert tomllib.loads(f"x = {text(value)}\ny = {literal(value)}") == {"x": kept, "y": kept}


@given(
    st.dictionaries(
        st.text("abc é", max_size=3), _SCALARS | st.lists(st.text("ab", max_size=5), max_size=3), max_size=5
    )
)
def test_tables_are_written_as_toml_reads_them(table):
    """Tables are read back without what TOML has no word for: null, infinity and what is no number."""
    said = {key for key, value in table.items() if value is not None and not _is_no_number(value)}
    assert set(tomllib.loads(f"x = {inline(table)}")["x"]) == said


def _is_no_number(value):
    return isinstance(value, float) and not math.isfinite(value)
