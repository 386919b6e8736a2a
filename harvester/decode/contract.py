"""What every decoder takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
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


def late(module: str, name: str) -> Decoder:
    """Give a decoder that is loaded when it is first used: most documents hold few forms, and loading takes time.

    Args:
        module: Of this package, such as `feeds.atom`.
        name: Of the decoder in it.
    """

    @cache
    def loaded() -> Decoder:
        decoder: Decoder = getattr(import_module(f"{__package__}.{module}"), name)
        return decoder

    def decode(excerpt: Excerpt, limits: Limits) -> Decoding:
        return loaded()(excerpt, limits)

    return decode
