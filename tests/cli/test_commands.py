"""The small commands, help, and how the process ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from harvester import __version__
from harvester.errors import Exit
from harvester.locate.forms import FORMS

EXAMPLE = Path(__file__).parent.parent / "examples" / "article.txt"
COMMANDS = [
    [],
    ["manifest"],
    ["explain"],
    ["profiles"],
    ["profiles", "list"],
    ["profiles", "test"],
    ["profiles", "new"],
    ["check"],
    ["forms"],
    ["schema"],
]


def process(*words, **options):
    return subprocess.run([sys.executable, "-m", "harvester", *words], capture_output=True, check=False, **options)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "harvest")
def test_every_help_has_examples(harvest, command):
    """Each command's help ends in examples that begin as the user would."""
    ran = harvest(*command, "--help")
    assert ran.code == 0
    assert b"Examples:" in ran.out
    assert b"  harvest " + " ".join(command).encode() in ran.out


def test_the_version_is_the_packages(harvest):
    """`--version` prints it and nothing else."""
    assert harvest("--version").out.decode() == f"harvest {__version__}\n"


def test_all_exit_codes_stand_in_the_help(harvest):
    """The help lists the exit codes from the one place that defines them."""
    text = harvest("--help").out.decode()
    for code in Exit:
        assert f"{code.value}  {code.meaning}" in text


def test_forms_lists_all(harvest):
    """Every form is listed with an example, also as JSON."""
    text = harvest("forms").out.decode()
    assert all(form.name in text for form in FORMS)
    assert [form["name"] for form in json.loads(harvest("forms", "--json").out)] == [form.name for form in FORMS]


def test_schema_is_json_schema(harvest):
    """What it prints is a schema."""
    jsonschema.Draft202012Validator.check_schema(json.loads(harvest("schema").out))


def test_profiles_are_listed_and_their_examples_hold(harvest):
    """The shipped profiles are listed, and all their examples hold."""
    assert b"alalam" in harvest("profiles", "list").out
    assert harvest("profiles", "list", "youtube").out.count(b"\n") == 2
    ran = harvest("profiles", "test", "alalam", "youtube")
    assert ran.code == 0
    assert "of 2 profiles hold" in ran.err


def test_a_profile_is_drafted_that_holds(harvest, article, tmp_path):
    """A draft from the example claims its records, and its own examples hold."""
    ran = harvest("profiles", "new", "--from", "article.txt", "--name", "courier", "--base-url", "https://c.example/1")
    assert ran.code == 0, ran.err
    (tmp_path / "courier.toml").write_bytes(ran.out)
    assert harvest("profiles", "test", "courier.toml").code == 0
    harvest("manifest", "article.txt", "--profile", "courier.toml")
    (item, *_) = json.loads((tmp_path / "article.manifest.json").read_bytes())["items"]
    assert (item["site"], item["key"]) == ("courier", "courier:40271")


@pytest.mark.parametrize(("text", "name", "code"), [("words", "courier", 3), ("words", "A Name", 2)])
def test_what_can_not_be_drafted_is_said(harvest, tmp_path, text, name, code):
    """Without records there is nothing to draft from, and a profile's name has a shape."""
    (tmp_path / "a.txt").write_text(text)
    ran = harvest("profiles", "new", "--from", "a.txt", "--name", name)
    assert ran.code == code
    assert ran.err.startswith("error: ")


def test_a_profile_whose_example_fails_exits_3(harvest, tmp_path):
    """An example that doesn't hold is named with what came instead."""
    (tmp_path / "s.toml").write_text(
        'name = "s"\ntitle = "S"\nhosts = ["s.example"]\n'
        '[[claim]]\nfields = { clip = "" }\n'
        '[[example]]\nrecord = { other = "1" }\n'
    )
    ran = harvest("profiles", "test", "s.toml")
    assert ran.code == 3
    assert "claimed by nothing" in ran.err


def test_a_bug_is_one_line_unless_debugging(harvest, article, monkeypatch):
    """What should not happen is one line with how to see more, exit 1; with HARVEST_DEBUG it is the traceback."""

    def broken(*_args):
        raise ZeroDivisionError("an impossible thing")

    monkeypatch.setattr("harvester.api.extract_document", broken)
    ran = harvest("manifest", "article.txt")
    assert ran.code == 1
    assert "a bug in harvest: ZeroDivisionError: an impossible thing" in ran.err
    assert "HARVEST_DEBUG=1" in ran.err
    assert "Traceback" not in ran.err
    assert not Path("article.manifest.json").exists()
    monkeypatch.setenv("HARVEST_DEBUG", "1")
    ran = harvest("manifest", "article.txt")
    assert ran.code == 1


def test_what_every_site_has_makes_no_rule(harvest, tmp_path):
    """From elements alone, whose attributes are HTML's and not the site's, no profile is drafted."""
    (tmp_path / "a.html").write_text('<video id="p" preload="none" src="https://a.example/v.mp4"></video>')
    ran = harvest("profiles", "new", "--from", "a.html", "--name", "mine")
    assert ran.code == 3
    assert "no records were found" in ran.err


@pytest.mark.parametrize(("raised", "code"), [(KeyboardInterrupt(), 130), (MemoryError(), 4), (BrokenPipeError(), 3)])
def test_other_ends_have_their_codes(harvest, article, monkeypatch, raised, code):
    """Interrupts, too little memory and a reader who went away end with a code and without a traceback."""

    def stop(*_args):
        raise raised

    monkeypatch.setattr("harvester.api.extract_document", stop)
    monkeypatch.setattr("harvester.cli.guard._mute", lambda _stream: None)
    ran = harvest("manifest", "article.txt")
    assert ran.code == code
    assert "Traceback" not in ran.err


def test_a_reader_who_has_enough_ends_it_quietly(tmp_path):
    """When standard output is closed early, nothing is complained about."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as closed:
        ran = subprocess.run(
            [sys.executable, "-m", "harvester", "schema"], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert ran.stderr == b""
    assert ran.returncode == Exit.UNREADABLE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("words", [["--help"], ["forms"], ["manifest", str(EXAMPLE), "-o", "-"]])
def test_a_full_disk_behind_standard_output_is_one_line(tmp_path, words, buffered):
    """What can't be written is said, exit 3, also where Python finds out only when it flushes."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "" if buffered else "1"}
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "harvester", *words]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=tmp_path, env=environment)
    assert ran.returncode == Exit.UNREADABLE
    assert "error: standard output: No space left on device" in ran.stderr.decode()
    assert "Traceback" not in ran.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_behind_standard_error_stops_nothing(tmp_path):
    """Where nobody can be told, the manifest is saved all the same."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "harvester", "manifest", str(EXAMPLE)]
        ran = subprocess.run(command, stderr=full, check=False, cwd=tmp_path)
    assert ran.returncode == Exit.DONE
    assert (tmp_path / "article.manifest.json").exists()


def test_python_m_harvester_is_harvest(tmp_path):
    """The module runs as the command does, and loads nothing of the network for the plain main job."""
    program = (
        "import sys, runpy\n"
        "try:\n    runpy.run_module('harvester', run_name='__main__')\n"
        "except SystemExit as end:\n    code = end.code\n"
        "heavy = {'httpx', 'aiohttp', 'asyncio', 'pydantic', 'charset_normalizer', 'rich'} & set(sys.modules)\n"
        "print(code, sorted(heavy))\n"
    )
    command = [sys.executable, "-c", program, "manifest", str(EXAMPLE)]
    ran = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, env={**os.environ, "NO_COLOR": "1"})
    assert ran.stdout.decode().strip() == "0 []", ran.stderr.decode()
    assert (tmp_path / "article.manifest.json").exists()


def test_a_terminal_without_the_letters_gets_escapes(tmp_path):
    """Where the output's charset lacks letters, they are written as escapes."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    options = {"capture_output": True, "cwd": tmp_path, "env": environment}
    harvest = [sys.executable, "-m", "harvester"]
    first = [*harvest, "manifest", str(EXAMPLE), "--base-url", "https://a.example/"]
    subprocess.run(first, check=True, **options)
    ran = subprocess.run([*harvest, "explain", "article.manifest.json", "40268"], check=False, **options)
    assert ran.returncode == 0
    assert b"\\u201cThey Came Back" in ran.stdout


def test_help_loads_no_stage():
    """`--help` loads nothing of what the work needs."""
    program = (
        "import sys\nfrom harvester.cli import main\nsys.argv = ['harvest', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('harvester.pipeline', 'harvester.model', 'orjson') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ran.stdout.decode().splitlines()[-1] == "[]"
