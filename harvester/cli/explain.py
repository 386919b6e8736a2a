"""`harvest explain`: from the bytes in the source to the URL, step by step."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Final

import typer

from harvester.cli.guard import guarded
from harvester.cli.options import Config, ProfileFolder, ProfileWords, settings_of
from harvester.cli.terminal import fit, give, paint, safe
from harvester.errors import Exit

if TYPE_CHECKING:
    from harvester.explanation import Explanation, Place, Seen
    from harvester.model import Item, Location

EXAMPLES: Final = """\
\b
Examples:
  harvest explain article.manifest.json alalam:1897891
  harvest explain article.manifest.json 1897891
"""
_SIGHTINGS: Final = 20
_VALUE_CHARS: Final = 160
_CONTEXT_CHARS: Final = 60
_WITHOUT_SOURCE: Final = {
    "missing": "the source is not there; this is the manifest's quote",
    "changed": "the source is another one now; this is the manifest's quote",
}


@guarded
def explain(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST", help="What `harvest manifest` saved.")],
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="An item's key, an alias of it, its id, or one of its URLs.")
    ],
    profile: ProfileWords = None,
    profiles: ProfileFolder = None,
    config: Config = None,
) -> Exit:
    """Show how an item came to be: its place in the source, what was read from where, and each location's rule."""
    settings = settings_of(locals())
    from harvester.api import profiles_of
    from harvester.explanation import explain as explained
    from harvester.manifest.read import of_json
    from harvester.sources.manifests import read_manifest

    folder = os.path.dirname(manifest)  # noqa: PTH120 - empty for the current folder, and `-` has none either
    known = profiles_of(settings)
    read = of_json(read_manifest(manifest)[0], manifest)
    for line in _lines(explained(read, key, profiles=known, folder=folder)):
        give(line)
    return Exit.DONE


def _lines(explanation: Explanation) -> Iterator[str]:
    item = explanation.item
    yield paint(f"{safe(item.key)}  {item.kind}, {item.relation}", "head", sys.stdout)
    yield f"  {safe(item.title or '(no title)')}"
    total = len(explanation.seen)
    for number, seen in enumerate(explanation.seen[:_SIGHTINGS], 1):
        yield ""
        yield paint(f"Sighting {number} of {total}" if total > 1 else "Sighting", "head", sys.stdout)
        yield from _aligned(_sighting(seen))
    if total > _SIGHTINGS:
        yield f"\n… and {total - _SIGHTINGS} more sightings, in the manifest"
    yield ""
    yield paint("Locations, in the order in which they are tried", "head", sys.stdout)
    yield from _locations(item)
    if item.dates:
        yield ""
        yield paint("Dates", "head", sys.stdout)
        rows = (f"{date.value} ({date.zone}), {date.of}, {date.likelihood}" for date in item.dates)
        reasons = (f"{date.decoder} of {safe(date.raw)}" for date in item.dates)
        yield from (f"  {row}: {reason}" for row, reason in zip(rows, reasons, strict=True))
    if explanation.steps:
        yield ""
        yield paint("Rules that profiles try", "head", sys.stdout)
        yield from (
            f"  {'yes' if step.matched else 'no ':3}  {safe(step.rule)}: {safe(step.why)}" for step in explanation.steps
        )


def _sighting(seen: Seen) -> Iterator[tuple[str, str]]:
    sighting, source = seen.sighting, seen.source
    yield "source", f"{safe(source.uri)}, {source.media_type}, {source.size_bytes} bytes, {source.encoding}"
    for place in seen.places:
        start, end = place.span
        yield "bytes", f"{start} to {end}, line {sighting.line}, column {sighting.column}"
        yield "", _marked(place)
        if place.basis != "source":
            yield "", f"({_WITHOUT_SOURCE[place.basis]})"
    yield "form", sighting.form
    yield "undone", " → ".join(sighting.layers) or "nothing"
    if sighting.declared_bytes is not None:
        yield "length", f"{sighting.declared_bytes} bytes declared, {sighting.read_bytes} read"
    whole = "read to its end" if sighting.complete else "cut: not read to its end"
    mended = f"; mended: {', '.join(sighting.repairs)}" if sighting.repairs else ""
    yield "record", f"at {safe(sighting.pointer) or 'the root'}, {whole}{mended}"
    if sighting.list is not None:
        yield "list", f"number {sighting.list.position + 1} of {sighting.list.length}"
    read_from = {pointer: fact for fact, pointer in sighting.reads.items()}
    for name, value in sighting.fields.items():
        pointer = name if name.startswith("/") else f"/{name}"
        fact = read_from.get(pointer)
        yield "field", f"{safe(name)} = {_value(value)}{f'   → {fact}' if fact else ''}"


def _locations(item: Item) -> Iterator[str]:
    if not item.locations:
        yield "  none: the data gives no path or URL"
    for number, location in enumerate(item.locations, 1):
        yield f"  {number}. {safe(location.url) if location.url else 'no URL: nothing says where the path belongs'}"
        yield from (f"     {line}" for line in _reasons(location, several=len(item.sightings) > 1))


def _reasons(location: Location, *, several: bool) -> Iterator[str]:
    basis = location.basis
    read_at = f" at {safe(basis.pointer)}" if basis.pointer else ""
    if several and basis.sighting is not None:
        read_at += f" of sighting {basis.sighting + 1}"
    yield f"{location.role}, {location.delivery}, {location.confidence}; from {_value(location.raw)}{read_at}"
    base = f", against {safe(basis.base)}" if basis.base else ""
    yield f"by {safe(basis.rule)}{base}"
    if location.template:
        yield f"template {safe(location.template)}"


def _marked(place: Place) -> str:
    before, after = safe(place.before), safe(place.after)
    before = f"…{before[-_CONTEXT_CHARS:]}" if len(before) > _CONTEXT_CHARS else before
    record = paint(safe(place.record), "mark", sys.stdout)
    if record == safe(place.record):
        record = f"⟦{record}⟧"
    return f"{before}{record}{fit(after, _CONTEXT_CHARS)}"


def _value(value: object) -> str:
    text = f'"{safe(value)}"' if isinstance(value, str) else safe(json.dumps(value, ensure_ascii=False))
    return fit(text, _VALUE_CHARS)


def _aligned(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    last = ""
    for label, text in rows:
        yield f"  {'' if label == last else label:7}  {text}"
        last = label
