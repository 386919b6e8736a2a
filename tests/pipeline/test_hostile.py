"""Pages made to cost as much as they can: work grows with their length, and budgets end it with a Problem."""

import importlib.util
import sys
from pathlib import Path

import pytest

from harvester import extract
from harvester.model import Limits

_SPEC = importlib.util.spec_from_file_location("hostile", Path(__file__).parents[1] / "benchmarks" / "hostile.py")
hostile = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)

UNMENDED = Limits(broken_json_bytes=0)
"""Mending is quadratic, which is why its limit is small."""

SIZE = 1_500
GROWTH = 4
MARGIN = 1.6
TRIED = ("json-ld", "data-attribute", "js-call", "json-parse", "next-flight", "nuxt-function", "microdata", "text")
"""One wrapping of each way of reading; the benchmark tries them all."""

FEW = 3_000
"""Calls that are made whatever a page holds."""
SMALL = {(wrapping, trap): make for wrapping, trap, make in hostile.pages(SIZE)}
LARGE = {(wrapping, trap): make for wrapping, trap, make in hostile.pages(SIZE * GROWTH)}


def calls(data):
    """How many calls, of Python or C, it takes to extract what a page holds."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        extract(data, limits=UNMENDED)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("wrapping", TRIED)
def test_work_grows_with_length(wrapping):
    """A page of four times the length takes about four times the calls, whatever it is filled with."""
    for (of, trap), make in SMALL.items():
        if of == wrapping:
            extract(make(), limits=UNMENDED)  # what is loaded and compiled once is not counted
            small = max(calls(make()), FEW)
            assert calls(LARGE[of, trap]()) <= small * GROWTH * MARGIN, trap


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"https://a.example/%d.mp4 " * 50, Limits(marks=20), "too-many-marks"),
        (b"<video src=a.mp4>" * 50, Limits(excerpts=20), "too-many-excerpts"),
        (b"[" + b'{"mp4":"/a.mp4","title":"b"},' * 50 + b"1]", Limits(findings=20), "too-many-findings"),
        (b'{"mp4":"/a.mp4","b":"' + b"x" * 200 + b'"}', Limits(excerpt_bytes=100), "too-large"),
        (b'See {"mp4":"/a.mp4","b":"' + b"x" * 200 + b'"}.', Limits(embedded_bytes=100), "too-large"),
        (b"<html><script>a={mp4:'/a.mp4',b:'" + b"x" * 200 + b"'}</script>", Limits(embedded_bytes=100), "too-large"),
        (b'<html><div data-a=\'{"mp4":"/a.mp4"}' + b" " * 200 + b"'>", Limits(embedded_bytes=100), "too-large"),
    ],
)
def test_each_limit_is_said(data, limits, code):
    """What a limit keeps from being read is a Problem that names the limit."""
    problems = {one.code: one for one in extract(data, limits=limits).problems}
    assert code in problems
    assert "limits." in problems[code].hint


def test_what_is_too_tangled_is_said():
    """Where brackets use up the budget, the page's bare URLs are still found, and the Problem says what happened."""
    data = b"<script>" + b"a=[" * 40_000 + b"'https://a.example/b.mp4'" + b";</script>"
    extraction = extract(data)
    assert "too-tangled" in {one.code for one in extraction.problems}
    assert [item.locations[0].url for item in extraction] == ["https://a.example/b.mp4"]


@pytest.mark.parametrize("depth", [150, 5_000])
@pytest.mark.parametrize("unit", [(b'{"a":', b"}"), (b"[", b"]"), (b'[{"video":', b"}]")])
def test_deep_data_exhausts_no_stack(depth, unit):
    """Nesting within and beyond the cap is read or given up, without an exception."""
    data = unit[0] * depth + b'{"title":"x","mp4":"https://a.example/b.mp4"}' + unit[1] * depth
    assert len(extract(data)) == 1
