"""Profiles that can't be used say where and what would have been right."""

from __future__ import annotations

import pytest

from harvester.errors import ProfileError
from harvester.resolve.profiles.parse import MAX_CHARS, MAX_TEMPLATE_CHARS, Profile, rule_names
from harvester.resolve.profiles.validate import parse, repeats_in_repeats

HEAD = """
name = "demo"
title = "Demo"
hosts = [".video.example"]
"""
ID = """
[[id]]
scheme = "demo"
path = '/v/(?P<id>[0-9]+)'
"""
PAGE = """
[[location]]
role = "page"
template = "https://video.example/v/{id}"
source = "made up"
"""


def test_a_whole_profile_is_read():
    """A profile that says nothing wrong is read, with the digest of its text."""
    profile = parse(HEAD + ID + PAGE, "demo")
    assert profile.file.location[0].confidence == "guessed"
    assert profile.digest.startswith("sha256:")
    assert profile.digest != parse(HEAD + ID + PAGE + "\n", "demo").digest
    assert repr(profile) == "Profile('demo')"


@pytest.mark.parametrize(
    ("text", "place", "wrong", "near"),
    [
        ('name = "demo"\ntitle = "D"\nhots = []', "", "hots", "hosts"),
        ('name = "demo"\ntitle = "D"\nnmae = "x"', "", "nmae", "name"),
        (HEAD + "[[claims]]\nurls = []", "", "claims", "claim"),
        (HEAD + "[[claim]]\nfeilds = {}", "claim[0]", "feilds", "fields"),
        (HEAD + ID + "[[id]]\nshceme = 'x'", "id[1]", "shceme", "scheme"),
        (HEAD + PAGE + "confidance = 'guessed'", "location[0]", "confidance", "confidence"),
        (HEAD + PAGE + "when = { kinds = ['video'] }", "location[0].when", "kinds", "kind"),
        (
            HEAD + "[[probe]]\nscheme='x'\nurl='x'\nsource='x'\nanswers=[{stat=[1], reason='ok'}]",
            "probe[0].answers[0]",
            "stat",
            "status",
        ),
        (HEAD + "[[politeness]]\nsource='x'\nrate = 1", "politeness[0]", "rate", "rate_per_s"),
        (HEAD + "[[soft_404]]\nsource='x'\nsha = ''", "soft_404[0]", "sha", "sha256"),
        (HEAD + "[[example]]\nurls = ['x']", "example[0]", "urls", "url"),
        (HEAD + "[[archive]]\nscheme='x'\nurl='x'\nsource='x'\nfund=[200]", "archive[0]", "fund", "found"),
    ],
)
def test_an_unknown_key_names_the_nearest_known_one(text, place, wrong, near):
    """A key that no table knows is an error with its place and the nearest key that the table knows."""
    with pytest.raises(ProfileError) as error:
        parse(text, "demo")
    assert f"unknown key {wrong!r}" in str(error.value)
    assert place in str(error.value)
    assert error.value.hint == f"did you mean {near!r}?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "no TOML"),
        ("a = 1\na = 2", "no TOML"),
        ("a = " + "[" * 100_000, "no TOML"),
        ('title = "D"', "missing required field `name`"),
        ('name = 1\ntitle = "D"', "profile demo, name: Expected `str`, got `int`"),
        ('name = "other"\ntitle = "D"', "its name is 'other'"),
        (HEAD + PAGE.replace('"page"', '"pgae"'), "location[0].role: Invalid enum value 'pgae'"),
        (HEAD + "[[id]]\nscheme='x'\npath='/(?P<id>x)'\nkind='film'", "id[0].kind: Invalid enum value 'film'"),
        (HEAD + PAGE + "valid_from = 'yesterday'", "location[0].valid_from"),
        ("# " + "x" * MAX_CHARS, "longer than"),
    ],
)
def test_what_is_no_profile_says_why(text, message):
    """What is no TOML, or not of a profile's shape, says so and where."""
    with pytest.raises(ProfileError) as error:
        parse(text, "demo")
    assert message in str(error.value)
    assert error.value.hint


@pytest.mark.parametrize("name", ["Demo", "de mo", "-demo", "demo-", "de--mo", "dé", ""])
def test_a_name_is_a_word(name):
    """A profile's name is its file's, in lower-case letters, digits and hyphens."""
    with pytest.raises(ProfileError, match="its name is"):
        parse(f'name = "{name}"\ntitle = "D"', name)


def _location(**changes):
    keys = {"role": '"page"', "template": '"https://video.example/v/{id}"', "source": '"made up"', **changes}
    return HEAD + ID + "[[location]]\n" + "\n".join(f"{key} = {value}" for key, value in keys.items())


def _id(text):
    return HEAD + "[[id]]\n" + text


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (_location(template='"https://video.example/{size}"'), "location[0]", "unknown placeholder {size}"),
        (_location(template='"https://video.example/{id|x}"'), "location[0]", "unknown filter x"),
        (_location(template='"ftp://video.example/{id}"'), "location[0]", "begins with http"),
        (_location(template='"https://video.example/{id"'), "location[0]", "brace without its partner"),
        (_location(confidence='"observed"'), "location[0]", "no URL in seen"),
        (_location(confidence='"declared"'), "location[0]", "confidence 'declared'"),
        (_location(confidence='"observed"', seen='["https://other.example/v/1"]'), "location[0]", "was not made by"),
        (_location(valid_from="2017-01-01", valid_to="2016-01-01"), "location[0]", "valid_to lies before valid_from"),
        (_location(when="{ path = '/(x' }"), "location[0]", "is no pattern"),
        (_location(when="{ path = '/(?:x+)+' }"), "location[0]", "repeats a group that repeats"),
        (_id("scheme='x'"), "id[0]", "no group id"),
        (_id("scheme='x'\npath='/('"), "id[0]", "is no pattern"),
        (_id("scheme='x'\ninner='u'"), "id[0]", "an id has a scheme"),
        (_id("path='/(?P<id>x)'"), "id[0]", "an id has a scheme"),
        (_id("scheme='X y'\npath='/(?P<id>x)'"), "id[0]", "is no scheme"),
        (_id("scheme='x'\nhosts=['*']\npath='(?P<id>x)'"), "id[0]", "begins with a segment"),
        (_id("scheme='x'\nhosts=['video']\npath='/(?P<id>x)'"), "id[0].hosts", "'video' is no host"),
        (_id("scheme='x'\nhosts=['*.video.example']\npath='/(?P<id>x)'"), "id[0].hosts", "is no host"),
        ("name='demo'\ntitle='D'\n[[id]]\nscheme='x'\npath='/(?P<id>x)'", "id[0]", "neither field nor hosts"),
        (HEAD.replace(".video", "https://video"), "hosts", "is no host"),
        (HEAD + "[[claim]]\npath='/x'", "claim[0]", "names hosts or fields"),
        (HEAD + "[[claim]]\ndocument=['x']", "claim[0].document", "is no host"),
        (HEAD + "[[claim]]\nfields={id='('}", "claim[0]", "is no pattern"),
        (HEAD + "[[example]]\nids=['x:1']", "example[0]", "of a URL or of a record"),
        (HEAD + "[[example]]\nurl='x'\nrecord={id=1}", "example[0]", "of a URL or of a record"),
        (
            HEAD + ID + "[[probe]]\nscheme='demo'\nurl='https://video.example/{host}'\nsource='x'\nanswers=[]",
            "probe[0]",
            "more than an id",
        ),
        (
            HEAD + ID + "[[probe]]\nscheme='other'\nurl='https://video.example/{id}'\nsource='x'\nanswers=[]",
            "probe[0]",
            "no id of scheme 'other'",
        ),
        (
            HEAD
            + ID
            + "[[probe]]\nscheme='demo'\nurl='https://video.example/{id}'\nsource='x'\n"
            + "answers=[{status=[404], reason='lost'}]",
            "probe[0].answers",
            "'lost' is no reason",
        ),
        (HEAD + "[[soft_404]]\nsource='x'", "soft_404[0]", "no sign"),
        (HEAD + "[[soft_404]]\nsource='x'\nbody='('", "soft_404[0]", "is no pattern"),
        (HEAD + "[[politeness]]\nsource='x'\nhosts=['x']", "politeness[0].hosts", "is no host"),
    ],
)
def test_what_cant_work_says_where(text, place, message):
    """A pattern, template, host or citation that can't work is an error with its place and a hint."""
    with pytest.raises(ProfileError) as error:
        parse(text, "demo")
    assert str(error.value).startswith(f"profile demo, {place}: ")
    assert message in str(error.value)
    assert error.value.hint


def test_pieces_of_templates_may_use_one_another():
    """A name of `let` stands for a piece of a template, and pieces may hold pieces."""
    text = (
        HEAD
        + '[let]\nhost = "video.example"\nroot = "https://{host}/v"\n'
        + ID
        + PAGE.replace("https://video.example/v", "{root}")
    )
    assert parse(text, "demo").locations[0].template.text == "https://video.example/v/{id}"


def test_a_piece_that_uses_itself_is_a_loop():
    """Pieces that use one another in a circle are an error that names the circle."""
    text = HEAD + '[let]\na = "{b}"\nb = "{c}"\nc = "{b}"\n' + ID + PAGE.replace("https://video.example", "{a}")
    with pytest.raises(ProfileError, match="b -> c -> b"):
        parse(text, "demo")


def test_pieces_that_grow_without_end_are_refused():
    """Pieces that double one another many times end at the longest template."""
    pieces = "\n".join(f'p{n} = "{{p{n + 1}}}{{p{n + 1}}}"' for n in range(40)) + f'\np40 = "{"x" * 8}"'
    text = HEAD + f"[let]\n{pieces}\n" + ID + PAGE.replace("/v/", "/{p0}/")
    with pytest.raises(ProfileError, match=f"longer than {MAX_TEMPLATE_CHARS}"):
        parse(text, "demo")


def test_what_was_seen_may_have_moved_to_https():
    """A URL that was seen counts for the same one with or without s."""
    assert parse(_location(confidence='"observed"', seen='["http://video.example/v/1"]'), "demo")


@pytest.mark.parametrize("pattern", ["(a+)+", "(?:a*)*", "(?:[a-z]+/)*x", "((a+)b)+", "(?:a{2,})+", "(?P<id>(?:a+b)*)"])
def test_repeats_in_repeats_are_found(pattern):
    """A group that repeats without bound and holds what does so too may be exponential."""
    assert repeats_in_repeats(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["a+", "(a)+", "(?:[a-z]+/)?x", "(?:[a-z]{1,9}/)*x", "[(+*]+x+", r"\(a+\)+", "(?:a+){0,3}x", "(?!a+)b+", "[]a+]+"],
)
def test_bounded_repeats_are_kept(pattern):
    """What repeats within bounds, in a class or escaped, is no danger."""
    assert not repeats_in_repeats(pattern)


def test_rules_without_a_name_are_counted():
    """Each rule of a table has a name of its own."""
    assert rule_names("id", ["", "x", "", "x", "id"]) == ["id", "x", "id-2", "x-2", "id-3"]


def test_a_profile_is_read_only_when_it_is_needed():
    """What a text may hold is known without reading it as TOML."""
    broken = Profile("demo", "[[claim]\nscheme = demo")
    assert broken.may_claim
    assert broken.may_own("demo")
    assert not broken.may_own("other")
    assert not Profile("demo", "# a claim\nabout = 'to claim'").may_claim
    assert Profile("demo", "claim = [{urls=['x']}]").may_claim
    with pytest.raises(ProfileError):
        _ = broken.file
