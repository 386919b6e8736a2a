"""Tests of what pictures show."""

from __future__ import annotations

import pytest

from harvester.syntax.pictures import keeps_place


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/img/pixel.gif", True),
        ("https://a.example/img/pixel-vfl3z5WfW.gif?v=2", True),
        ("/blank.min.1f2e.png", True),
        ("/1x1", True),
        ("/img/blank-page.jpg", False),
        ("/img/pixel-art.png", False),
        ("/img/transparent/fox.png", False),
    ],
)
def test_a_picture_that_keeps_a_place_is_told_by_its_name(address, expected):
    """Whatever hash or version the name bears."""
    assert keeps_place(address) is expected
