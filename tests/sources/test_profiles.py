"""Profiles are read from files, and what can't be read is the user's error."""

from __future__ import annotations

import pytest

from harvester.errors import Exit, ProfileError
from harvester.shipped import config_path
from harvester.sources.profiles import SHIPPED, load_file, load_folder

TEXT = 'name = "demo"\ntitle = "Demo"\n'


def test_a_file_is_read(tmp_path):
    """A profile is a file of its name."""
    file = tmp_path / "demo.toml"
    file.write_text(TEXT, encoding="utf-8")
    assert load_file(file).name == "demo"


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    """All TOML files of a folder are read, and nothing else of it."""
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(TEXT.replace("demo", name), encoding="utf-8")
    (tmp_path / "README.md").write_text("text", encoding="utf-8")
    assert [profile.name for profile in load_folder(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"name = ", b'name = "demo"\nunknown = 1'])
def test_a_file_that_is_no_profile_is_an_error(tmp_path, data):
    """What is no UTF-8, no TOML or no profile is an error with a hint, and leads to exit 3."""
    file = tmp_path / "demo.toml"
    file.write_bytes(data)
    with pytest.raises(ProfileError) as error:
        load_file(file)
    assert error.value.hint
    assert error.value.exit is Exit.UNREADABLE


def test_what_is_not_there_is_an_error(tmp_path):
    """A missing file and a folder that is none say so."""
    with pytest.raises(ProfileError, match="No such file"):
        load_file(tmp_path / "demo.toml")
    with pytest.raises(ProfileError, match="No such file"):
        load_folder(tmp_path / "sites")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ProfileError, match="Not a directory"):
        load_folder(tmp_path / "file")


def test_the_shipped_ones_are_those_of_the_configuration():
    """Every TOML file in the shipped folder is a shipped profile."""
    files = {file.stem for file in config_path("sites").glob("*.toml")}
    assert {profile.name for profile in SHIPPED} == files
    assert "alalam" in files
