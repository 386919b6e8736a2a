"""The functions that programs call."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import harvester
from harvester import InputError, Item, ProfileError, SettingsError, extract, harvest

EXAMPLE = Path(__file__).parent / "examples" / "article.txt"
BASE = "https://wendlebury-courier.example/news/40280"


def test_one_document_is_extracted():
    """`extract` gives the items of one document as a sequence, with source and Problems."""
    found = extract(EXAMPLE.read_bytes(), url=BASE)
    assert len(found) == 4
    assert isinstance(found[0], Item)
    assert [item.id for item in found[1:3]] == ["40268", "40255"]
    assert found.source.url == BASE
    assert found.source.media_type == "text/plain"
    assert found.problems == ()
    assert "4 items" in repr(found)


def test_extract_and_harvest_agree(tmp_path, monkeypatch):
    """Both ways give the same items and Problems for the same document."""
    monkeypatch.chdir(EXAMPLE.parent)
    manifest = harvest("article.txt", base_url=BASE)
    found = extract(EXAMPLE.read_bytes(), url=BASE, uri="article.txt")
    assert tuple(found) == manifest.items
    assert found.problems == manifest.problems
    assert found.source == manifest.sources[0]


def test_what_is_stated_of_a_document_is_kept():
    """A stated type and time are kept in the source."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    found = extract(b"words", media_type="text/html", captured_at=at)
    assert (found.source.media_type, found.source.captured_at, found.source.url) == ("text/html", at, None)


def test_what_is_no_text_has_no_charset():
    """A binary document is a source without encoding, with a Problem and no items."""
    found = extract(b"\x89PNG\r\n\x1a\n\0\0")
    assert found.source.encoding is None
    assert [problem.code for problem in found.problems] == ["binary"]
    assert not found


def test_several_inputs_and_settings(tmp_path):
    """`harvest` takes paths of any kind and the settings by name."""
    (tmp_path / "a.txt").write_bytes(EXAMPLE.read_bytes())
    manifest = harvest([tmp_path / "a.txt", str(EXAMPLE)], base_url=BASE, kind=["image"])
    assert manifest.totals.sources == 2
    (item,) = manifest.items
    assert [sighting.source for sighting in item.sightings] == [source.id for source in manifest.sources]


def test_a_settings_file_can_be_named(tmp_path):
    """`config` is a file of settings."""
    (tmp_path / "s.toml").write_text('kind = ["audio"]')
    assert harvest(EXAMPLE, config=tmp_path / "s.toml").items == ()


@pytest.mark.parametrize(
    ("settings", "error"),
    [({"knid": []}, SettingsError), ({"profile": ["none"]}, ProfileError), ({"profiles": "none"}, ProfileError)],
)
def test_only_what_the_caller_named_raises(settings, error):
    """Unknown settings and profiles raise."""
    with pytest.raises(error):
        harvest(EXAMPLE, **settings)


def test_nothing_readable_raises(tmp_path):
    """With no readable input there is no manifest."""
    with pytest.raises(InputError, match="no documents"):
        harvest(tmp_path)


def test_known_profiles_can_be_chosen():
    """Naming profiles leaves out all others."""
    assert list(harvest(EXAMPLE, profile=["youtube", "vimeo"]).run.profiles) == ["youtube", "vimeo"]


def test_times_and_arguments_of_a_run_are_kept():
    """A run's time comes from the clock that it is given."""
    from harvester.api import Told, run  # noqa: PLC0415 - beneath the public API
    from harvester.settings import load  # noqa: PLC0415

    times = iter([datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)])
    steps = []
    told = Told(now=lambda: next(times), arguments=["a"], progress=lambda *step: steps.append(step))
    made = run([str(EXAMPLE)], load(), told)
    assert (made.run.finished_at - made.run.started_at).days == 1
    assert made.run.id.startswith("20200101T000000Z-")
    assert made.run.arguments == ("a",)
    assert steps == [(0, 1, str(EXAMPLE))]


def test_all_public_names_are_there():
    """Everything in `__all__` can be imported, and nothing else is offered."""
    for name in harvester.__all__:
        assert getattr(harvester, name) is not None
    assert dir(harvester) == sorted(harvester.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = harvester.nothing


def test_importing_costs_nothing():
    """`import harvester` loads none of its own modules."""
    program = "import sys, harvester; print([name for name in sys.modules if name.startswith('harvester.')])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.decode().strip() == "[]"
