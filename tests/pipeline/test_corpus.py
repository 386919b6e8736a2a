"""Each form as it stands in documents: what `extract` gives of an input is what its `items.json` says.

`items.json` lists, in document order, what the data itself says of each item: locations that profiles add are tested
with the profiles. `pointer` and `text` are of the item's first sighting; `text` is how the span of the source begins.
"""

import json
from pathlib import Path

import pytest

from harvester import extract
from harvester.locate.forms import FORMS

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/*/items.json"))
URL = "https://gazette.example/2024/page.html"


def seen(extraction, data):
    """An extraction in the shape of `items.json`."""
    return [
        {
            "title": item.title,
            "kind": item.kind,
            "relation": item.relation,
            "ids": [f"{one.scheme}:{one.value}" for one in item.ids],
            "duration_s": item.duration_s,
            "creators": list(item.creators),
            "published_at": item.published_at and item.published_at.isoformat(),
            "conflicts": list(item.conflicts),
            "locations": [
                {
                    "role": one.role,
                    "url": one.url,
                    "confidence": one.confidence,
                    "delivery": one.delivery,
                    **{
                        name: value
                        for name in ("media_type", "width", "height", "bitrate_bps", "language", "label")
                        if (value := getattr(one, name)) is not None
                    },
                }
                for one in item.locations
                if not one.basis.rule.startswith("profile:")
            ],
            "forms": [one.form for one in item.sightings],
            "layers": list(item.sightings[0].layers),
            "pointer": item.sightings[0].pointer,
            "text": [data[start:end].decode()[:60] for start, end in item.sightings[0].spans],
            "complete": all(one.complete for one in item.sightings),
            "repairs": list(item.sightings[0].repairs),
        }
        for item in extraction
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_form_gives_its_items(case):
    """The items of an input are those listed beside it, each fact right and nothing more."""
    (source,) = (path for path in case.iterdir() if path.stem == "input")
    data = source.read_bytes()
    extraction = extract(data, url=URL)
    expected = json.loads((case / "items.json").read_text("utf-8"))
    assert seen(extraction, data) == expected["items"]
    assert sorted({one.code for one in extraction.problems}) == expected["problems"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_form_has_the_name_of_its_folder(case):
    """At least one item of an input is seen in the form that its folder is named after."""
    expected = json.loads((case / "items.json").read_text("utf-8"))
    assert case.parent.name in {form for item in expected["items"] for form in item["forms"]}


def test_each_form_has_a_case():
    """Every form that `harvest forms` lists stands in the corpus."""
    folders = {path.name for path in CORPUS.iterdir()}
    assert [form.name for form in FORMS if not any(folder.startswith(form.name) for folder in folders)] == []
