"""Settings put together."""

from __future__ import annotations

import contextlib
import tomllib
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.errors import SettingsError
from harvester.model import DEFAULT
from harvester.settings import CheckSettings, Settings, load
from harvester.shipped import config_path


def test_shipped_limits_are_those_of_the_model():
    """The limits that the shipped file lists are the ones that Python callers get."""
    assert load().limits == DEFAULT


def test_the_shipped_file_names_every_setting():
    """Every setting stands in the shipped file, as a value or as a comment."""
    text = config_path("defaults.toml").read_text(encoding="utf-8")
    for kind in (Settings, CheckSettings):
        for field in fields(kind):
            assert f"\n{field.name} =" in text or f"\n# {field.name} =" in text or f"\n[{field.name}]" in text
    tomllib.loads(text)


def test_the_last_one_wins(tmp_path):
    """Options win over variables, these over the file, and this over what is shipped."""
    path = tmp_path / "s.toml"
    path.write_text("guess = false\n[checks]\nrate = 2\nrobots = 'ignore'\n[limits]\ndepth = 7\n")
    assert load().checks.rate == 1
    settings = load(
        config=str(path),
        environment={"HARVEST_RATE": "3", "HARVEST_ROBOTS": "record", "HOME": "/"},
        options={"rate": 4, "robots": None},
    )
    assert (settings.guess, settings.limits.depth) == (False, 7)
    assert (settings.checks.rate, settings.checks.robots) == (4, "record")


@pytest.mark.parametrize(
    ("variables", "name", "value"),
    [
        ({"HARVEST_GUESS": "no"}, "guess", False),
        ({"HARVEST_CHECK": "TRUE"}, "check", True),
        ({"HARVEST_KIND": "video, audio"}, "kind", ("video", "audio")),
        ({"HARVEST_KIND": ""}, "kind", ()),
        ({"HARVEST_BASE_URL": "http://a.example/"}, "base_url", "http://a.example/"),
        ({"HARVEST_FAIL_ON": "problems"}, "fail_on", ("problems",)),
    ],
)
def test_variables_are_texts(variables, name, value):
    """A variable's text becomes what the setting is: a truth, a list, a text."""
    assert getattr(load(environment=variables), name) == value


@pytest.mark.parametrize(
    ("value", "per_second"), [(2, 2), ("0.2", 0.2), ("30/m", 0.5), ("100 / h", 100 / 3600), ("5/s", 5)]
)
def test_rates_have_units(value, per_second):
    """A rate is a number a second, or a number and its unit of time."""
    assert load(options={"rate": value}).checks.rate == pytest.approx(per_second)


@pytest.mark.parametrize(
    ("value", "seconds"), [(90, 90), ("90", 90), ("90s", 90), ("1.5m", 90), ("2h", 7200), ("1d", 86400)]
)
def test_durations_have_units(value, seconds):
    """A duration is seconds, or a number and its unit."""
    assert load(options={"max_wait": value}).checks.max_wait == seconds


@pytest.mark.parametrize(
    ("given_", "message", "hint"),
    [
        ({"options": {"knid": []}}, "no key 'knid'", "did you mean kind?"),
        ({"options": {"zzz": 1}}, "no key 'zzz'", "known are: all_locations,"),
        ({"environment": {"HARVEST_RAT": "1"}}, "HARVEST_RAT is no setting", "did you mean HARVEST_RATE?"),
        ({"options": {"kind": ["film"]}}, "'film' is none of video", ""),
        ({"options": {"kind": 7}}, "7 is no list", ""),
        ({"options": {"guess": "yes"}}, "'yes' is not true or false", ""),
        ({"options": {"contact": 7}}, "7 is not a text", ""),
        ({"options": {"base_url": 7}}, "7 is no full URL", "https://"),
        ({"options": {"base_url": ""}}, "'' is no full URL", "https://"),
        ({"options": {"base_url": "http://[x/"}}, "is no full URL", "https://"),
        ({"environment": {"HARVEST_BASE_URL": "ftp://a.example/"}}, "is no full URL", "https://"),
        ({"options": {"max_requests": 0}}, "below 1", ""),
        ({"options": {"max_requests": True}}, "True is not a whole number", ""),
        ({"environment": {"HARVEST_DEPTH": "deep"}}, "'deep' is not a whole number", ""),
        ({"options": {"rate": 0}}, "no rate", "30/m"),
        ({"options": {"rate": "fast"}}, "no rate", "30/m"),
        ({"options": {"max_wait": "long"}}, "no duration", "5m"),
        ({"options": {"fail_on": ["gone"]}}, "nothing-found", ""),
        ({"config": "none.toml"}, "none.toml", "settings file"),
    ],
)
def test_mistakes_name_what_would_be_right(given_, message, hint, tmp_path, monkeypatch):
    """An unknown key names the nearest known one, and a wrong value says what is possible."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError) as caught:
        load(**given_)
    assert message in str(caught.value)
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("knid = []", "no key 'knid'", "did you mean kind?"),
        ("rate = 2", "no key 'rate'", "did you mean"),
        ("[checks]\nrat = 2", "[checks]: there is no key 'rat'", "did you mean rate?"),
        ("checks = 1", "checks is a table", ""),
        ("a = ", "s.toml", "TOML"),
    ],
)
def test_mistakes_in_a_file_name_the_file(tmp_path, text, message, hint):
    """What is wrong in a file is said with the file's name and the section."""
    path = tmp_path / "s.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(config=str(path))
    assert "s.toml" in str(caught.value)
    assert message in str(caught.value)
    assert hint in (caught.value.hint or "")


def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path):
    """Bytes that are no UTF-8 are no settings."""
    (tmp_path / "s.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="codec"):
        load(config=str(tmp_path / "s.toml"))


@given(st.dictionaries(st.text(max_size=12).map(lambda name: "HARVEST_" + name), st.text(max_size=12), max_size=2))
def test_any_variables_are_settings_or_one_error(variables):
    """Whatever the environment says, it is understood or refused in one way."""
    with contextlib.suppress(SettingsError):
        load(environment=variables)
