from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from harvester.decode.feeds import DECODERS
from harvester.locate.feeds import locate_feed
from harvester.model import DEFAULT

CORPUS = Path(__file__).parents[2] / "corpus"
CASES = sorted(path.parent for form in DECODERS for path in (CORPUS / form).glob("*/expected.json"))


def paths_of(value, path=()):
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from paths_of(inner, (*path, step))


def decode(case):
    text = next(case.glob("input*")).read_bytes()
    excerpt = locate_feed(text, DEFAULT)
    assert excerpt is not None
    return excerpt, DECODERS[excerpt.form](excerpt, DEFAULT)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_cases_of_the_corpus(case):
    """Each document is recognised as its form, and gives just what stands beside it."""
    excerpt, decoding = decode(case)
    found = [
        {
            "form": excerpt.form,
            "values": [each.value for each in decoding.values],
            "complete": all(each.complete for each in decoding.values),
            "repairs": [repair for each in decoding.values for repair in each.repairs],
        }
    ]
    assert excerpt.form == case.parent.name
    assert found == json.loads((case / "expected.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_places_slice_back_to_the_values(case):
    """The span of a text that stands in a document holds that text, and spans lie inside their parents'."""
    excerpt, decoding = decode(case)
    for decoded in decoding.values:
        values = dict(paths_of(decoded.value))
        spans = decoded.places.spans(list(values))
        assert spans[()]
        for path, (start, end) in spans.items():
            assert 0 <= start < end <= len(excerpt.text)
            text = html.unescape(excerpt.text[start:end].decode())
            value = values[path]
            # Some are said by the form, and some were joined to a base or lost their tags.
            if isinstance(value, str) and path[-1] not in ("type", "url", "src", "kind", "title"):
                assert value in text, path
            if path and isinstance(values[path], dict):
                parent = spans[path[:-1]]
                assert parent[0] <= start, path
                assert end <= parent[1], path
