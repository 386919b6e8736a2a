"""Reads a medium's length out of what its player reports to statistics, where the data gives it nowhere else."""

from __future__ import annotations

import re
from typing import Final

from harvester.recognise.drafts import Draft

_SIGN: Final = b"av_content_duration"
"""The name of a length in milliseconds in Piano's AV Insights; others begin alike, with the type in front."""

_LENGTH: Final = re.compile(_SIGN + rb"(?:\\*\"|&quot;|&#34;)\s?:\s?(\d{3,9})\b")


def take_reported(drafts: list[Draft], text: bytes) -> None:
    """Give the only medium of a value the length that its player reports.

    Args:
        drafts: All that was read from the value.
        text: What it was decoded from; of large values the reports are not decoded.
    """
    if len(drafts) == 1 and not drafts[0].facts.duration_s and _SIGN in text:
        lengths = set(_LENGTH.findall(text))
        if len(lengths) == 1:
            drafts[0].facts.duration_s = int(lengths.pop()) / 1000 or None
