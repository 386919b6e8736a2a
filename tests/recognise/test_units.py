"""In what unit a document's lengths are."""

import pytest

from harvester import extract


def lengths(*numbers):
    records = ",".join(f'{{"title":"Heron {n}","mp4":"/v/{i}.mp4","duration":{n}}}' for i, n in enumerate(numbers))
    page = f"<script>window.films = [{records}];</script>".encode()
    return [item.duration_s for item in extract(page, url="https://a.example/")]


@pytest.mark.parametrize(
    ("numbers", "seconds"),
    [
        ((28330, 11403, 8283), [28.33, 11.403, 8.283]),
        ((3200, 4100, 10934), [3200, 4100, 10934]),
        ((3200, 410000), [3.2, 410]),
        ((95, 610), [95, 610]),
        ((25370,), [25.37]),
        ((8283,), [8283]),
    ],
)
def test_numbers_of_one_kind_have_one_unit(numbers, seconds):
    """Clips in milliseconds and long broadcasts in seconds are told by all numbers of a page together."""
    assert lengths(*numbers) == seconds
