"""The main job from the command line."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "article.txt"
BASE = "https://wendlebury-courier.example/news/40280"


def read(path):
    return json.loads(Path(path).read_bytes())


def without_run(manifest):
    return {key: value for key, value in manifest.items() if key != "run"}


def test_the_example_gives_its_four_items(harvest, article):
    """The example's records are items in the article's order, with URLs, dates and the bytes they were read from."""
    ran = harvest("manifest", "article.txt", "--base-url", BASE)
    assert ran.code == 0
    assert ran.out == b""
    items = read("article.manifest.json")["items"]
    assert [item["id"] for item in items] == ["40271", "40268", "40255", "40249"]
    assert [item["kind"] for item in items] == ["video", "video", "image", "video"]
    data = EXAMPLE.read_bytes()
    for item in items:
        (sighting,) = item["sightings"]
        ((start, end),) = sighting["spans"]
        record = json.loads(data[start:end])
        assert record == sighting["fields"]
        assert sighting["form"] == "php-var-dump"
        assert sighting["declared_bytes"] == sighting["read_bytes"] == 662
        assert item["title"] == record["title"]
        assert item["locations"][0]["url"] == "https://wendlebury-courier.example" + record["file"]
        assert item["locations"][0]["confidence"] == "inferred"


def test_the_table_goes_to_standard_error(harvest, article):
    """People get a table, with the number of items and where the manifest is, on standard error."""
    ran = harvest("manifest", "article.txt", "--base-url", BASE)
    head, *rows, _, last = ran.err.splitlines()
    assert head.split() == ["ID", "KIND", "LOCATION", "IS", "LOCATION", "TITLE"]
    assert [row.split()[0] for row in rows] == ["40271", "40268", "40255", "40249"]
    assert "heron_1559563200_25f_16x9.mp4" in rows[1]
    assert last == "4 items (3 video, 1 image) in 1 document; saved to article.manifest.json"


def test_a_narrow_terminal_gets_lines_instead_of_a_table(harvest, article, monkeypatch):
    """Where a table has no room each item has lines of its own, its id first."""
    monkeypatch.setenv("COLUMNS", "40")
    lines = harvest("manifest", "article.txt", "--base-url", BASE).err.splitlines()
    assert lines[3] == "40268  video, inferred"
    assert lines[5].endswith("_1559563200_25f_16x9.mp4")
    assert all(len(line) <= 40 for line in lines[:12])


def test_items_without_ids_make_no_empty_column(harvest, tmp_path):
    """Where no item has an id there is no column for ids."""
    (tmp_path / "a.html").write_text('<video src="https://a.example/v.mp4"></video>')
    assert harvest("manifest", "a.html").err.startswith("KIND ")


def test_nothing_that_fits_is_not_nothing(harvest, article):
    """Where the user's own filters left out all, these are named."""
    ran = harvest("manifest", "article.txt", "--kind", "text", "--min-confidence", "guessed")
    assert "nothing with --kind text --min-confidence guessed in 1 document; saved" in ran.err


def test_names_of_outputs_do_not_reach_the_terminal_raw(harvest, article):
    """An escape sequence in a file's name is shown, not obeyed."""
    ran = harvest("manifest", "article.txt", "-o", "x\x1b[31m.manifest.json")
    assert "saved to x\\x1b[31m.manifest.json" in ran.err


def test_files_that_can_not_be_opened_count_as_no_documents(harvest, article, tmp_path):
    """What holds documents that stay shut is no document in which nothing was found."""
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n")
    ran = harvest("manifest", "article.txt", "a.warc")
    assert ran.code == 3
    assert "in 1 document; saved" in ran.err


def test_without_a_base_paths_stay_paths_with_a_hint(harvest, article):
    """What nothing resolves is listed without a URL, and the user is told what would resolve it."""
    ran = harvest("manifest", "article.txt")
    assert ran.code == 0
    assert all(
        location["url"] is None for item in read("article.manifest.json")["items"] for location in item["locations"]
    )
    assert "--base-url" in ran.err


def test_two_runs_differ_in_run_alone(harvest, article):
    """The same inputs give the same bytes outside `run`."""
    harvest("manifest", "article.txt", "-o", "1.manifest.json")
    harvest("manifest", "article.txt", "-o", "2.manifest.json")
    first, second = read("1.manifest.json"), read("2.manifest.json")
    assert without_run(first) == without_run(second)
    assert first["run"]["id"] != second["run"]["id"]


def test_output_to_standard_output_is_data_alone(harvest, article):
    """With `-o -` standard output is the manifest and nothing else."""
    ran = harvest("manifest", "article.txt", "-o", "-")
    assert ran.manifest["totals"]["items"] == 4
    assert not Path("article.manifest.json").exists()


def test_lines_on_request(harvest, article):
    """With `--format jsonl` the same is saved as lines."""
    harvest("manifest", "article.txt")
    ran = harvest("manifest", "article.txt", "-o", "-", "--format", "jsonl")
    assert ran.manifest["items"] == read("article.manifest.json")["items"]
    assert ran.out.startswith(b'{"line":"header","manifest":1,"generator":')
    harvest("manifest", "article.txt", "--format", "jsonl")
    assert Path("article.manifest.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "stdin", "name", "sources"),
    [
        (["article.txt.gz"], b"", "article.manifest.json", ["article.txt.gz"]),
        (["-"], EXAMPLE.read_bytes(), "stdin.manifest.json", ["-"]),
        (["-"], gzip.compress(EXAMPLE.read_bytes()), "stdin.manifest.json", ["-"]),
        (["saved"], b"", "saved.manifest.json", ["saved/article.txt", "saved/more/a.txt"]),
        (["saved/*.txt"], b"", "manifest.json", ["saved/article.txt"]),
        (["saved/article.txt", "saved/more"], b"", "manifest.json", ["saved/article.txt", "saved/more/a.txt"]),
        (["--from-file", "list"], b"", "article.manifest.json", ["saved/article.txt"]),
    ],
)
def test_inputs_of_every_kind(harvest, tmp_path, words, stdin, name, sources):
    """Files, gzip, standard input, folders, globs and lists are inputs, and give the manifest its name."""
    (tmp_path / "article.txt.gz").write_bytes(gzip.compress(EXAMPLE.read_bytes()))
    (tmp_path / "saved" / "more").mkdir(parents=True)
    shutil.copy(EXAMPLE, tmp_path / "saved")
    (tmp_path / "saved" / "more" / "a.txt").write_text("nothing in here")
    (tmp_path / "list").write_text("saved/article.txt\n")
    ran = harvest("manifest", *words, stdin=stdin)
    assert ran.code == 0
    manifest = read(name)
    assert [source["uri"] for source in manifest["sources"]] == sources
    assert manifest["totals"]["items"] == 4


def test_a_second_run_on_a_folder_reads_no_manifest(harvest, tmp_path, article):
    """Manifests in a folder are not documents, so that running again finds the same."""
    harvest("manifest", ".", "-o", "x.manifest.json")
    first = read("x.manifest.json")
    harvest("manifest", ".", "-o", "x.manifest.json")
    assert without_run(first) == without_run(read("x.manifest.json"))


@pytest.mark.parametrize(
    ("data", "code", "said", "problem"),
    [
        (b"", 0, "is empty", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", 0, "is no text (image/png)", "binary"),
        (b"Only words.", 0, "no media in 1 document", None),
        (EXAMPLE.read_text().encode("utf-16"), 0, "4 items", None),
        (
            EXAMPLE.read_text().replace("“", '"').replace("”", '"').replace("–", "-").encode("cp1256"),
            0,
            "4 items",
            None,
        ),
        (EXAMPLE.read_bytes().decode("cp1252", "replace").encode(), 0, "4 items", "mojibake"),
        (gzip.compress(EXAMPLE.read_bytes() * 40)[:-20], 4, "ends in the middle", "truncated-gzip"),
    ],
)
def test_odd_inputs_get_a_line_and_a_code(harvest, tmp_path, data, code, said, problem):
    """Whatever a file holds, the user gets a clear line, the right exit code and, where there is one, a Problem."""
    (tmp_path / "odd").write_bytes(data)
    ran = harvest("manifest", "odd")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert ran.code == code
    codes = [each["code"] for each in read("odd.manifest.json")["problems"]]
    assert problem is None or problem in codes


def test_a_cut_article_keeps_what_is_whole(harvest, tmp_path):
    """Of a blob that is cut, the records before the cut are whole, the cut one says that it is cut, and exit is 4."""
    data = EXAMPLE.read_bytes()
    cut = data.index(b'","title":"PHOTOS')
    (tmp_path / "cut.txt").write_bytes(data[:cut])
    ran = harvest("manifest", "cut.txt", "--base-url", BASE)
    items = read("cut.manifest.json")["items"]
    assert [item["id"] for item in items] == ["40271", "40268", "40255"]
    assert [item["sightings"][0]["complete"] for item in items] == [True, True, False]
    assert ran.code == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.txt"], "missing.txt: no such file"),
        (["empty"], "no documents in empty"),
        (["a.warc"], "is a WARC file"),
        (["https://a.example/"], "reads saved files only"),
        (["missing.txt", "gone.txt"], "none of 2 inputs can be read; the first: missing.txt"),
        (["old.manifest.json"], "is a manifest that harvest wrote"),
        (["*.none"], "no file matches"),
    ],
)
def test_with_nothing_readable_there_is_no_manifest(harvest, tmp_path, words, said):
    """Where no input can be read, one line says why, nothing is saved, and exit is 3."""
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\n")
    shutil.copy(EXAMPLE, tmp_path / "a.txt")
    harvest("manifest", "a.txt", "-o", "old.manifest.json")
    before = sorted(tmp_path.rglob("*"))
    ran = harvest("manifest", *words)
    assert ran.code == 3
    assert ran.err.startswith("error: ")
    assert said in ran.err
    assert sorted(tmp_path.rglob("*")) == before


def test_what_can_not_be_read_does_not_keep_the_rest_from_being_read(harvest, article):
    """An unreadable input is a Problem, the others are done, the manifest is saved, and exit is 3."""
    ran = harvest("manifest", "article.txt", "missing.txt")
    assert ran.code == 3
    manifest = read("manifest.json")
    assert manifest["totals"]["items"] == 4
    assert manifest["problems"][0]["code"] == "unreadable"
    assert manifest["problems"][0]["source"] is None


def test_the_same_input_twice_is_read_once(harvest, article):
    """An input named twice is one source, and the user is told."""
    ran = harvest("manifest", "article.txt", "./article.txt")
    assert ran.code == 0
    assert "named more than once" in ran.err
    assert read("manifest.json")["totals"] == {
        "sources": 1,
        "items": 4,
        "by_kind": {"video": 3, "image": 1},
        "by_state": {},
        "problems": len(read("manifest.json")["problems"]),
    }


@pytest.mark.parametrize(
    ("output", "said"),
    [("none/m.json", "mkdir -p"), (".", "is a folder"), ("article.txt", "one of the inputs")],
)
def test_outputs_that_can_not_be_written_leave_nothing(harvest, tmp_path, article, output, said):
    """An impossible output is said before the work, with what to do, and nothing is left behind."""
    ran = harvest("manifest", "article.txt", "-o", output)
    assert ran.code == 3
    assert said in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["article.txt"]
    assert article.read_bytes() == EXAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--kind", "image"], ["40255"]),
        (["--kind", "image,audio", "--kind", "text"], ["40255"]),
        (["--relation", "main"], []),
        (["--min-confidence", "inferred"], ["40271", "40268", "40255", "40249"]),
        (["--min-confidence", "observed"], []),
    ],
)
def test_filters_leave_out_what_is_not_asked_for(harvest, article, options, ids):
    """Kinds, relations and confidence choose, and totals count what was chosen."""
    harvest("manifest", "article.txt", "--base-url", BASE, *options)
    manifest = read("article.manifest.json")
    assert [item["id"] for item in manifest["items"]] == ids
    assert manifest["totals"]["items"] == len(ids)


@pytest.mark.parametrize(
    ("condition", "code"), [("nothing-found", 6), ("problems", 0), ("available,nothing-found", 6), ("available", 0)]
)
def test_conditions_to_fail_on(harvest, tmp_path, condition, code):
    """`--fail-on` makes exit 6 of what the user says."""
    (tmp_path / "a.txt").write_text("words")
    assert harvest("manifest", "a.txt", "--fail-on", condition).code == code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["manifest"], "no input is named"),
        (["manifest", "a.txt", "--kind", "film"], "none of video, audio"),
        (["manifest", "a.txt", "--min-confidence", "high"], "none of declared"),
        (["manifest", "a.txt", "--format", "xml"], "none of json, jsonl"),
        (["manifest", "a.txt", "--fail-on", "gone"], "nothing-found"),
        (["manifest", "a.txt", "--base-url", "example.org/news"], "'example.org/news' is no full URL"),
        (["manifest", "article.txt", "--check", "--allow-address", "nowhere"], "not CIDR[:PORT]: 'nowhere'"),
        (["manifest", "a.txt", "--no-such-option"], "--no-such-option"),
        (["no-such-command"], "no-such-command"),
    ],
)
def test_usage_errors_exit_2_and_say_what_would_be_right(harvest, article, words, said):
    """What can't be understood is said in a line, with what would be."""
    ran = harvest(*words)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_profiles_that_can_not_be_used_exit_3(harvest, article):
    """A profile that there is not is said with those that there are."""
    ran = harvest("manifest", "article.txt", "--profile", "alalma")
    assert ran.code == 3
    assert "alalam" in ran.err
    assert harvest("manifest", "article.txt", "--profile", "none.toml").code == 3
    assert harvest("manifest", "article.txt", "--profiles", "none").code == 3


def test_a_profile_of_ones_own_resolves(harvest, article, tmp_path):
    """A profile file given with `--profile` claims records and gives them locations."""
    profile = """
name = "wendlebury"
title = "The Wendlebury Courier"
hosts = [".wendlebury-courier.example"]
relation = "related"

[[claim]]
fields = { id = '\\d+', sort = '\\d+', file = '' }
path = '/clips/\\d{4}/.+'

[[location]]
role = "media"
template = "https://media.wendlebury-courier.example{path}"
confidence = "observed"
source = "links on its pages"
seen = ["https://media.wendlebury-courier.example/clips/2019/06/03/heron_1559563200_25f_16x9.mp4"]

[[example]]
record = { id = "1", sort = "2", file = "/clips/2019/06/03/a_1559563200.mp4" }
paths = { media = ["/clips/2019/06/03/a_1559563200.mp4"] }
locations = ["https://media.wendlebury-courier.example/clips/2019/06/03/a_1559563200.mp4"]
"""
    (tmp_path / "wendlebury.toml").write_text(profile)
    ran = harvest("manifest", "article.txt", "--profile", "wendlebury.toml")
    assert ran.code == 0, ran.err
    manifest = read("article.manifest.json")
    assert manifest["items"][0]["site"] == "wendlebury"
    assert manifest["run"]["profiles"]["wendlebury"].startswith("sha256:")
    assert harvest("profiles", "test", "wendlebury.toml").code == 0


def test_settings_come_from_file_variables_and_options(harvest, article, tmp_path, monkeypatch):
    """The file gives way to the variable, the variable to the option."""
    (tmp_path / "s.toml").write_text('kind = ["image"]\nbase_url = "https://file.example/"\n')
    (tmp_path / "bad.toml").write_text("knid = []\n")

    def first_url(*options):
        assert harvest("manifest", "article.txt", *options).code == 0
        return read("article.manifest.json")["items"][0]["locations"][0]["url"]

    assert first_url("--config", "s.toml").startswith("https://file.example/clips/2019/06/02/lockkeeper")
    monkeypatch.setenv("HARVEST_BASE_URL", "https://variable.example/")
    assert first_url("--config", "s.toml").startswith("https://variable.example/")
    assert first_url("--config", "s.toml", "--base-url", "https://option.example/").startswith(
        "https://option.example/"
    )
    ran = harvest("manifest", "article.txt", "--config", "bad.toml")
    assert ran.code == 2
    assert "did you mean kind?" in ran.err


def test_hostile_titles_do_not_reach_the_terminal(harvest, tmp_path):
    """Escape sequences and marks that turn the direction of writing are shown, not sent."""
    title = "\x1b[31mred\x1b[0m \u202egnp.exe\u0007"
    (tmp_path / "a.json").write_text(json.dumps([{"id": "7001", "file": "/v/7001.mp4", "title": title}]))
    ran = harvest("manifest", "a.json")
    assert ran.code == 0
    assert not {"\x1b", "\u202e", "\x07"} & set(ran.err)
    assert read("a.manifest.json")["items"][0]["title"]


def test_names_that_are_no_utf8_are_read_and_explained(harvest, tmp_path):
    """A file whose name is no text is read, named with percent signs, and found again by `explain`."""
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:  # noqa: PTH123 - a name in bytes
        stream.write(EXAMPLE.read_bytes())
    ran = harvest("manifest", ".", "-o", "m.json")
    assert ran.code == 0
    assert read("m.json")["sources"][0]["uri"] == "./caf%E9.txt"
    explained = harvest("explain", "m.json", "40268").out.decode()
    assert "the source is not there" not in explained


def test_what_nobody_asked_about_is_unchecked(harvest, article):
    """Without checks all items are unchecked, and a run can fail on that."""
    assert harvest("manifest", "article.txt", "--fail-on", "unchecked").code == 6


def test_problems_of_one_kind_are_one_line(harvest, tmp_path):
    """Ten references that are refused for one reason are not ten lines."""
    records = [{"id": f"70{n:02}", "title": "T", "file": f"akamai://a.example/v/{n}.mp4"} for n in range(10)]
    (tmp_path / "a.json").write_text(json.dumps(records))
    ran = harvest("manifest", "a.json")
    counts = {problem["code"]: problem["count"] for problem in read("a.manifest.json")["problems"]}
    assert counts["refused-other-scheme"] == 10
    assert ran.err.count("is refused") == 1
    assert "(10 times)" in ran.err
