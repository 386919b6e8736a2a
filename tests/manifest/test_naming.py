"""Names of manifests that the user doesn't name."""

from __future__ import annotations

import pytest

from harvester.manifest.naming import default_output


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["article.txt"], "article.manifest.json"),
        (["page.html.gz"], "page.manifest.json"),
        (["a/b/page.tar.html"], "page.tar.manifest.json"),
        (["README"], "README.manifest.json"),
        ([".hidden"], ".hidden.manifest.json"),
        (["folder"], "folder.manifest.json"),
        (["folder/"], "folder.manifest.json"),
        (["v1.2/"], "v1.2.manifest.json"),
        (["."], "here.manifest.json"),
        (["folder/.."], "here.manifest.json"),
        (["-"], "stdin.manifest.json"),
        (["https://news.example/a/b?c"], "news.example.manifest.json"),
        (["*.txt"], "manifest.json"),
        (["a.txt", "b.txt"], "manifest.json"),
        ([], "manifest.json"),
    ],
)
def test_the_name_comes_from_the_one_input(tmp_path, monkeypatch, words, name):
    """One input gives its name, several give none."""
    here = tmp_path / "here"
    (here / "folder").mkdir(parents=True)
    (here / "v1.2").mkdir()
    monkeypatch.chdir(here)
    assert default_output(words, "json") == name


def test_the_format_gives_the_suffix():
    """JSON Lines have another suffix."""
    assert default_output(["a.txt"], "jsonl") == "a.manifest.jsonl"
