"""MPEG-DASH manifests (ISO/IEC 23009-1): one medium with its representations."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

from harvester.decode.contract import Decoding
from harvester.decode.feeds.shaping import Handler, Record, Shaper, flatten, put_as, put_attribute
from harvester.decode.feeds.xml_tree import Element, parse_xml
from harvester.model import Excerpt, Limits

MEDIA_TYPE: Final = "application/dash+xml"
_INHERITED: Final = ("mimeType", "codecs", "lang", "width", "height", "frameRate", "contentType")
_NAMES: Final = {"mimeType": "type", "bandwidth": "bandwidth", "lang": "language"}
_PARTS: Final = frozenset({"SegmentTemplate", "SegmentList"})


def decode_dash(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the manifest as one record: `sources` are its representations, `tracks` its texts.

    A representation has a `url` only where it is one file; parts of a stream are no media of their own.
    """
    tree = parse_xml(excerpt.text, limits)
    shaper = Shaper()
    if tree.root is None:
        return shaper.decoding(None, tree)
    made = shaper.record(tree.root, _MPD, attributes={"type": "mpdType", "mediaPresentationDuration": "duration"})
    shaper.put(made, "type", MEDIA_TYPE, tree.root.span)
    if made.get("mpdType") == "dynamic":
        shaper.put(made, "live", value=True, span=tree.root.span)
    base = _base("", tree.root)
    for period in tree.root.children:
        if period.name == "Period":
            _period(shaper, made, period, _base(base, period))
    return shaper.decoding(made, tree)


def _base(base: str, element: Element) -> str:
    own = element.child("BaseURL")
    return _joined(base, own.text) if own is not None else base


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _period(shaper: Shaper, made: Record, period: Element, base: str) -> None:
    for adaptation in period.children:
        if adaptation.name != "AdaptationSet":
            continue
        within = _base(base, adaptation)
        _protection(shaper, made, adaptation)
        for representation in adaptation.children:
            if representation.name == "Representation":
                _representation(shaper, made, adaptation, representation, within)


def _representation(shaper: Shaper, made: Record, adaptation: Element, representation: Element, base: str) -> None:
    _protection(shaper, made, representation)
    said = {
        **{name: adaptation.attributes[name] for name in _INHERITED if name in adaptation.attributes},
        **representation.attributes,
    }
    record: Record = {}
    for name, value in said.items():
        shaper.put(record, _NAMES.get(name, name), value, representation.span)
    own = representation.child("BaseURL")
    parts = any(child.name in _PARTS for each in (adaptation, representation) for child in each.children)
    url = _joined(base, own.text) if own is not None else base
    text = said.get("contentType", "") == "text" or said.get("mimeType", "").startswith(("text/", "application/ttml"))
    if url and not url.endswith("/") and not parts:
        shaper.put(record, "src" if text else "url", url, (own or representation).span)
    if text:
        record.setdefault("kind", "subtitles")
        if "language" in record:
            record["srclang"] = record.pop("language")
    shaper.add(made, "tracks" if text else "sources", record, representation.span)


def _protection(shaper: Shaper, made: Record, element: Element) -> None:
    for child in element.children:
        if child.name == "ContentProtection":
            name = child.attributes.get("value") or child.attributes.get("schemeIdUri", "")
            known = made.get("drm")
            if name and (not isinstance(known, list) or name not in known):
                shaper.add(made, "drm", name, child.span)


def _skip(_shaper: Shaper, _record: Record, _element: Element) -> None:
    """Leave to `_period` what it reads itself."""


_MPD: Final[dict[str, Handler]] = {
    "Period": _skip,
    "BaseURL": _skip,
    "ProgramInformation": flatten(
        {"Title": put_as("title"), "Source": put_as("source"), "Copyright": put_as("copyright")}
    ),
    "Location": put_as("location"),
    "UTCTiming": put_attribute("utcTiming", "value"),
}
