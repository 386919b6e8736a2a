"""The frozen types that the stages hand to one another."""

from harvester.model.document import ContainerRef, Document
from harvester.model.excerpt import Decoded, Excerpt, NoPlaces, Places
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.finding import Finding, Id, ListPosition, Reference
from harvester.model.item import (
    Availability,
    Basis,
    DateEvidence,
    Item,
    ItemRelation,
    Location,
    Memento,
    Sighting,
)
from harvester.model.limits import DEFAULT, Limits
from harvester.model.manifest import Generator, Manifest, Run, Source, Totals
from harvester.model.observation import Attempt, Hop, Observation
from harvester.model.problem import Problem
from harvester.model.value import Path, Span, Value, pointer

__all__ = [
    "DEFAULT",
    "Answer",
    "Ask",
    "Attempt",
    "Availability",
    "Basis",
    "ContainerRef",
    "DateEvidence",
    "Decoded",
    "Document",
    "Excerpt",
    "Failure",
    "Finding",
    "Generator",
    "Hop",
    "Id",
    "Item",
    "ItemRelation",
    "Limits",
    "ListPosition",
    "Location",
    "Manifest",
    "Memento",
    "NoPlaces",
    "Observation",
    "Path",
    "Places",
    "Problem",
    "Reference",
    "Run",
    "Sighting",
    "Source",
    "Span",
    "Totals",
    "Value",
    "pointer",
]
