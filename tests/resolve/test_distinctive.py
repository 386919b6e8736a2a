"""What is hardly ever given twice is told from words, dates and short numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.distinctive import is_distinctive

UUID = "b40b6e58-fbbb-478e-80b7-f1c1f173e776"


@pytest.mark.parametrize(
    "text",
    [
        UUID,
        f"clip-{UUID}_2",
        "636174317002207171",
        "site_636174317002207171",
        "1712591660782.04_trump",
        "58edf1a29d097526976be182",
        "A5PbQQSl",
        "sfamxim0b1nt9ju8gos8",
    ],
)
def test_distinctive(text):
    """A UUID, a long number, long hexadecimal and mixed random words are hardly ever given twice."""
    assert is_distinctive(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "video",
        "12345",
        "20161215",
        "20161215204820",
        "clip-2016-12-15",
        "Episode12",
        "iPhone15",
        "covid19",
        "deadbeef",
        "introduction-to-cooking",
        "INTRODUCTION",
        "1080p",
        "2016/12/15",
    ],
)
def test_not_distinctive(text):
    """Words, short numbers and dates may well be given twice."""
    assert not is_distinctive(text)


@given(st.text(max_size=80))
def test_any_text_is_one_or_the_other(text):
    """Any text has an answer, and what is shorter than any such id is none."""
    assert is_distinctive(text) in (True, False)
    assert not is_distinctive(text[:7])
