"""The manifest, version 1: what a harvest saves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from harvester.model.document import ContainerRef
from harvester.model.item import Item
from harvester.model.observation import Observation
from harvester.model.problem import Problem
from harvester.model.vocabulary import UrlBasis


class Generator(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What wrote the manifest."""

    name: str
    version: str


class Run(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """This run. Beside observations, the only part that is no function of inputs and configuration."""

    id: str
    started_at: datetime
    finished_at: datetime
    arguments: tuple[str, ...] = ()
    profiles: Mapping[str, str] = msgspec.field(default_factory=dict)
    operator: str | None = None
    case: str | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A document as the manifest names it."""

    id: str
    uri: str
    sha256: str
    size_bytes: int
    media_type: str
    encoding: str | None = None
    language: str | None = None
    title: str | None = None
    url: str | None = None
    url_basis: UrlBasis | None = None
    captured_at: datetime | None = None
    container: ContainerRef | None = None


class Totals(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Counts of what the manifest lists."""

    sources: int
    items: int
    by_kind: Mapping[str, int]
    by_state: Mapping[str, int]
    problems: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One harvest, keys in the order of the file, items in document order."""

    manifest: int
    generator: Generator
    run: Run
    sources: tuple[Source, ...]
    items: tuple[Item, ...]
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    totals: Totals
