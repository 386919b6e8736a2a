"""What the README says is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from typer.testing import CliRunner

from harvester.cli.app import app
from harvester.errors import Exit
from harvester.manifest.outcome import UNREADABLE, is_damage
from harvester.model.vocabulary import CONFIDENCES
from harvester.sources.reading import _DAMAGE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_it_opens_with_three_sentences_and_two_commands():
    """Three sentences, then two blocks of one command line each."""
    opening = README.split("\n\n")[1]
    assert len(re.findall(r"\.(?:\s|$)", opening)) == 3
    assert [block.count("\n") for block in BLOCKS[:2]] == [1, 1]


def test_both_commands_make_their_own_environment():
    """Each command begins with a venv, installs what is locked, and names files that exist."""
    for block in BLOCKS[:2]:
        assert block.startswith("python3 -m venv .venv && .venv/bin/pip install -q -c requirements.lock -e ")
    assert (ROOT / "tests" / "examples" / "article.txt").exists()
    assert BLOCKS[0].split(" && ")[-1].startswith(".venv/bin/harvest manifest tests/examples/article.txt")
    assert BLOCKS[1].split(" && ")[-1] == ".venv/bin/python -m pytest\n"


def test_the_first_command_does_what_it_shows(tmp_path, monkeypatch):
    """The first command's last part runs, and finds the example's items."""
    words = BLOCKS[0].split(" && ")[-1].split()[1:]
    words = [str(ROOT / word) if word.startswith("tests/") else word for word in words]
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 0
    assert "4 items (3 video, 1 image) in 1 document; saved to article.manifest.json" in ran.stderr


def test_exit_codes_are_those_of_the_code():
    """The table of exit codes is the one that the code has."""
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", README, re.MULTILINE)
    assert rows == [(str(code.value), code.meaning) for code in Exit]
    assert "first of 1, 2, 3, 5, 4, 6 counts" in README
    order = [Exit.BUG, Exit.USAGE, Exit.UNREADABLE, Exit.DEFERRED, Exit.PARTIAL, Exit.CONDITION, Exit.DONE]
    assert all(Exit.worst(*order[at:]) is code for at, code in enumerate(order))


def test_options_and_commands_that_it_names_exist():
    """Every option and every command in the README is one that there is."""
    texts = ""
    for command in ([], ["manifest"], ["check"], ["explain"], ["profiles"], ["profiles", "new"], ["forms"], ["schema"]):
        texts += CliRunner().invoke(app, [*command, "--help"]).stdout
    for option in set(re.findall(r"`(--[a-z-]+)", README)):
        assert option in texts, option
    for command in set(re.findall(r"^\$ harvest ([a-z]+)", README, re.MULTILINE)):
        assert f"\n  {command} " in texts, command


def test_confidences_are_explained():
    """Each word for confidence is explained."""
    assert all(f"*{word}*" in README for word in CONFIDENCES)


def test_links_lead_somewhere():
    """Every link to a file leads to one."""
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_versions_are_locked_and_lead_nowhere():
    """Every package that is asked for is locked, and the lock names no host."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {line.partition("==")[0] for line in lock.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split(r"[<>=;\[ ]", one)[0].lower() for one in asked} <= pinned
    assert "://" not in lock


def test_the_changelog_lists_the_commands():
    """What the command line can do stands in the changelog."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"harvest {command.callback.__name__}" in changelog


def test_every_code_of_a_problem_is_listed_with_its_exit():
    """What a program can meet under `problems` stands in the README's table, with the exit code that it leads to."""
    rows = re.findall(r"^\| (`[a-z].*?) \| .* \| (\d) \|$", README, re.MULTILINE)
    listed = {code: int(exit_) for codes, exit_ in rows for code in re.findall(r"`([a-z-]+)…?`", codes)}
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "harvester").rglob("*.py"))
    said = set(re.findall(r'(?:\bcode=f?|problem\((?:excerpt, )?\s*|_StopError\()"([a-z-]+)', sources))
    said = {"too-many-" if code.startswith("too-many-") else code for code in said | set(_DAMAGE)}
    assert len(said) > 25
    assert said == set(listed)
    assert {code for code, exit_ in listed.items() if exit_ == Exit.UNREADABLE} == UNREADABLE
    damage = {code for code, exit_ in listed.items() if exit_ == Exit.PARTIAL} - {"check-stopped"}
    assert {code for code in listed if is_damage(code)} <= damage
