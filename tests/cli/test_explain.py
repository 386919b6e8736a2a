"""From the bytes to the URL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

BASE = "https://wendlebury-courier.example/news/40280"


@pytest.fixture
def saved(harvest, article):
    """The manifest of the example, saved."""
    harvest("manifest", "article.txt", "--base-url", BASE)
    return "article.manifest.json"


def test_every_step_is_shown(harvest, saved, article):
    """The record stands marked in its line, and below it the layers, the fields and each location's rule."""
    ran = harvest("explain", saved, "40268")
    text = ran.out.decode()
    assert ran.code == 0
    start = article.read_bytes().index(b'{"id":"40268"')
    assert f"bytes {start} to" in " ".join(text.split())
    assert '⟦{"id":"40268"' in text
    assert 'Old Basin"}⟧' in text
    for part in (
        "php-string → json",
        "662 bytes declared, 662 read",
        "at /1",
        "number 2 of 4",
        'file = "/clips/2019/06/03/heron_1559563200_25f_16x9.mp4"   → media',
        "1. https://wendlebury-courier.example/clips/2019/06/03/heron_1559563200_25f_16x9.mp4",
        "media, file, inferred",
        f"by base, against {BASE}",
        "2019-06-03",
    ):
        assert part in text, part


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_other_charsets_are_shown_as_text(harvest, tmp_path, encoding):
    """The record and its line are shown as text, whatever the source is written in."""
    text = 'Été.\n\nstring(57) "[{"id":"7001","file":"/v/7001.mp4","title":"Un été à Wendl"}]"\nend'
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    harvest("manifest", "a.txt", "--base-url", BASE)
    shown = harvest("explain", "a.manifest.json", "7001").out.decode()
    assert 'string(57) "[⟦{"id":"7001","file":"/v/7001.mp4","title":"Un été à Wendl"}⟧]"' in shown


def test_the_rules_of_profiles_are_shown_with_why(harvest, tmp_path):
    """Where a profile claims the record, each of its rules is shown as matched or not, with the reason."""
    picture = "/2016/12/15/alalam_636174092169675897_25f_4x3.jpg"
    fields = {"id": "1700001", "sort": "3500001", "contenttypeid": "21", "pic": picture, "title": "T"}
    record = json.dumps([fields])
    (tmp_path / "a.txt").write_text(f'string({len(record)}) "{record}"')
    harvest("manifest", "a.txt")
    text = harvest("explain", "a.manifest.json", "alalam:1700001").out.decode()
    assert "yes  profile:alalam#image-1" in text
    assert "no   profile:alalam#video-1: the path does not end in .mp4" in text


@pytest.mark.parametrize("change", ["gone", "other"])
def test_without_its_source_the_quote_is_shown(harvest, saved, article, change):
    """When the source went away or is another one now, the manifest's quote stands for it, and that is said."""
    article.unlink()
    if change == "other":
        article.write_text("other words")
    text = harvest("explain", saved, "40268").out.decode()
    assert '⟦{"id":"40268"' in text
    assert ("is not there" if change == "gone" else "is another one now") in text


def test_a_source_beside_its_manifest_is_found(harvest, saved, tmp_path, monkeypatch):
    """A manifest that is explained from elsewhere finds its source beside it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert "is not there" not in harvest("explain", f"../{saved}", "40268").out.decode()


def test_lines_and_aliases_do_too(harvest, article):
    """A manifest of lines is explained as well, and by key, alias or id."""
    harvest("manifest", "article.txt", "-o", "m.jsonl", "--format", "jsonl", "--base-url", BASE)
    assert harvest("explain", "m.jsonl", "40271").code == 0
    assert harvest("explain", "-", "40271", stdin=Path("m.jsonl").read_bytes()).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["article.manifest.json", "40299"], 2, "no item has the key '40299'"),
        (["article.txt", "40268"], 3, "is no manifest"),
        (["missing.json", "40268"], 3, "missing.json"),
        (["article.manifest.json"], 2, "KEY"),
    ],
)
def test_what_can_not_be_explained_is_said(harvest, saved, words, code, said):
    """Unknown keys come with those that there are; what is no manifest is said to be none."""
    ran = harvest("explain", *words)
    assert ran.code == code
    assert said in ran.err


def test_an_empty_manifest_explains_nothing(harvest, tmp_path):
    """A manifest without items has nothing to explain."""
    (tmp_path / "a.txt").write_text("words")
    harvest("manifest", "a.txt")
    assert harvest("explain", "a.manifest.json", "x").code == 2


def test_every_sighting_climbs(harvest, tmp_path):
    """Rules that hold for a later sighting alone are shown as holding, and locations name their sighting."""
    base = {"id": "1700001", "sort": "3500001", "contenttypeid": "21", "title": "T"}
    stem = "/2016/12/15/alalam_636174092169675897_25f_4x3"
    for name, suffix in (("a.txt", ".jpg"), ("b.txt", ".mp4")):
        record = json.dumps([{**base, "pic": stem + suffix}])
        (tmp_path / name).write_text(f'string({len(record)}) "{record}"')
    harvest("manifest", "a.txt", "b.txt")
    text = harvest("explain", "manifest.json", "alalam:1700001").out.decode()
    assert "Sighting 2 of 2" in text
    assert "yes  profile:alalam#image-1" in text
    assert "yes  profile:alalam#video-1" in text
    assert "at /pic of sighting 2" in text


def test_an_item_is_found_by_its_url(harvest, saved):
    """Who has the URL from a table or a list needs no key."""
    url = "https://wendlebury-courier.example/clips/2019/06/03/heron_1559563200_25f_16x9.mp4"
    assert harvest("explain", saved, url).out.split()[0] == harvest("explain", saved, "40268").out.split()[0]


def test_values_are_shown_as_the_source_has_them(harvest, tmp_path):
    """True, false and null are JSON's, not Python's."""
    (tmp_path / "a.json").write_text('[{"id": "7001", "file": "/v/1.mp4", "live": false, "geo": null, "hd": true}]')
    harvest("manifest", "a.json")
    text = harvest("explain", "a.manifest.json", "7001").out.decode()
    assert "live = false" in text
    assert "geo = null" in text
    assert "hd = true" in text


def test_of_very_many_sightings_the_first_are_shown(harvest, tmp_path):
    """A medium that is on every page of a site doesn't fill the terminal."""
    for number in range(25):
        (tmp_path / f"{number:02}.html").write_text('<video src="https://a.example/v.mp4"></video>' + "x" * number)
    harvest("manifest", *(f"{number:02}.html" for number in range(25)))
    text = harvest("explain", "manifest.json", "https://a.example/v.mp4").out.decode()
    assert "Sighting 20 of 25" in text
    assert "Sighting 21 of 25" not in text
    assert "… and 5 more sightings" in text
