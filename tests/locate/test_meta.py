"""What a page's head says of the page."""

from __future__ import annotations

import pytest

from harvester import extract


@pytest.mark.parametrize(
    "head",
    [
        "<title>Foxes&#039; dens</title>",
        "<title>Foxes&amp;#039; dens</title>",
        '<meta property="og:title" content="Foxes&amp;amp;#039; dens">',
    ],
)
def test_a_title_that_was_escaped_too_often_is_read_as_it_was_meant(head):
    """A page's title has no entities left where its makers escaped it once more than they should have."""
    page = f"<head>{head}</head><body><iframe src='https://www.youtube.com/embed/dBtYXFXa5Ig'></iframe></body>"
    assert [item.title for item in extract(page.encode())] == ["Foxes' dens"]
