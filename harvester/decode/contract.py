"""What every decoder takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from harvester.model import Decoded, Excerpt, Limits, Problem


@dataclass(frozen=True, slots=True)
class Decoding:
    """What one excerpt gave.

    Attributes:
        values: In the order in which they stand.
        problems: What could not be decoded; their spans are relative to `Excerpt.text`.
    """

    values: tuple[Decoded, ...] = ()
    problems: tuple[Problem, ...] = ()


Decoder: TypeAlias = Callable[[Excerpt, Limits], Decoding]
"""Total on any bytes: a decoder never raises for what an excerpt holds."""
