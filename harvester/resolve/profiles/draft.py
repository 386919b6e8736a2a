"""Drafts a profile from what a document shows, for a person to finish.

Nothing is made up: a location is `observed` only where a full URL in the document ends in a record's path or holds
its id, and everything else is a guess or left for whoever knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harvester.model.value import Value
from harvester.model.vocabulary import Role
from harvester.resolve.profiles.claims import text_of
from harvester.resolve.profiles.collection import Profiles
from harvester.resolve.profiles.examples import claim_on
from harvester.resolve.profiles.parse import Profile
from harvester.resolve.profiles.schema import Example, Record
from harvester.resolve.profiles.tomlwriter import inline, literal, text, unsaid

MAX_SHAPES: Final = 3
"""Most shapes of records that are drafted; what is rarer is of little use for telling a site."""

MAX_FIELDS: Final = 8
MAX_EXAMPLES: Final = 2
_MAX_RECORDS: Final = 1000

_URL: Final = re.compile(r"(?:https?:)?//((?:[A-Za-z0-9-]++\.)++[A-Za-z0-9-]++)(?::\d+)?(/[^?#\s]*)?", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_TOKEN: Final = re.compile(r"\d+|[A-Za-z]+|[^A-Za-z\d]", re.ASCII)
_IDLIKE: Final = re.compile(r"(?:.*_)?(?:id|guid|uuid|key|code|hash|nid|vid)|.*(?:Id|ID)", re.ASCII)
_ID: Final = re.compile(r"[\w-]{3,64}", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One record of a document.

    Attributes:
        references: Role and raw text of each path and URL in it.
    """

    fields: Mapping[str, Value]
    references: Sequence[tuple[Role, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What documents of one site show.

    Attributes:
        documents: Their URLs, where known.
        samples: Their records.
        urls: Full URLs that stand anywhere in them.
    """

    documents: Sequence[str] = ()
    samples: Sequence[Sample] = ()
    urls: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class _Shape:
    """Records with the same fields."""

    fields: tuple[str, ...]
    samples: tuple[Sample, ...]

    def values(self, name: str) -> list[str]:
        return [value for sample in self.samples if (value := text_of(sample.fields[name]))]


def draft(name: str, shown: Shown, known: Profiles) -> str:
    """Write a profile in TOML, with examples that hold.

    Args:
        name: Of the profile: lower-case letters, digits and hyphens.
        shown: What documents of the site show.
        known: All other profiles: a record that one of them claims with more right is no example.
    """
    shapes = _shapes(shown.samples[:_MAX_RECORDS])
    hosts = _hosts(shown, shapes)
    lines = [
        f"name = {text(name)}",
        f"title = {text(name)}",
        f"about = {text('Drafted from a document: say here what is known of the site, and what its ids look like.')}",
    ]
    if hosts:
        lines.append(f"hosts = {inline(hosts)}")
    ids = [_id_field(shape) for shape in shapes]
    for shape in shapes:
        lines += _claim(shape)
    fields = dict.fromkeys(each for each in ids if each)
    for each in fields:
        values = [value for shape, own in zip(shapes, ids, strict=True) if own == each for value in shape.values(each)]
        lines += [
            "",
            "[[id]]",
            f"scheme = {text(name)}",
            f"field = {text(each)}",
            f"pattern = {literal(_pattern(values))}",
        ]
    for shape, own in zip(shapes, ids, strict=True):
        lines += _locations(shape, own, hosts, shown)
    rules = "\n".join(lines) + "\n"
    every = known.plus([Profile(name, rules)])
    return rules + "".join(_examples(name, shape, shown, every) for shape in shapes)


def _shapes(samples: Sequence[Sample]) -> list[_Shape]:
    groups: dict[tuple[str, ...], list[Sample]] = {}
    for sample in samples:
        plain = [
            key
            for key, value in sample.fields.items()
            if _PLAIN.fullmatch(key) and text_of(value) and not unsaid(value)
        ]
        if plain:
            groups.setdefault(tuple(sorted(plain)), []).append(sample)
    found = [_Shape(fields, tuple(group)) for fields, group in groups.items()]
    found.sort(key=lambda shape: (-len(shape.samples), shape.fields))
    return found[:MAX_SHAPES]


def _hosts(shown: Shown, shapes: Sequence[_Shape]) -> list[str]:
    own = [match[1].lower() for url in shown.documents if (match := _URL.match(url))]
    raws = [raw for shape in shapes for sample in shape.samples for _, raw in sample.references]
    counted = Counter(match[1].lower() for raw in raws if (match := _URL.match(raw)))
    return list(dict.fromkeys([*own, *(host for host, _ in counted.most_common(5))]))


def _claim(shape: _Shape) -> Iterator[str]:
    # Short values of one kind tell a site; titles do not.
    chosen = sorted(shape.fields, key=lambda name: (not _pattern(shape.values(name)), name))[:MAX_FIELDS]
    yield ""
    yield "[[claim]]"
    yield f"fields = {inline({name: _pattern(shape.values(name)) for name in chosen}, patterns=True)}"
    path = _path_pattern([raw for _, raw in _paths(shape)])
    if path:
        yield f"path = {literal(path)}"


def _pattern(values: Sequence[str]) -> str:
    """Give a pattern that all values fit, empty where they are words."""
    lengths = sorted({len(value) for value in values})
    if not values or lengths[-1] > 64:
        return ""
    count = f"{{{lengths[0]}}}" if len(lengths) == 1 else f"{{{lengths[0]},{lengths[-1]}}}"
    if all(value.isascii() and value.isdigit() for value in values):
        return r"\d" + count
    if all(_UUID.fullmatch(value) for value in values):
        return _UUID.pattern
    if all(re.fullmatch(r"[0-9a-f]{8,}", value) for value in values):
        return "[0-9a-f]" + count
    return ""


def _id_field(shape: _Shape) -> str | None:
    """Give the field that names records: called an id, of an id's shape, and different in each."""
    for name in sorted(shape.fields, key=lambda each: (each != "id", len(each), each)):
        values = shape.values(name)
        if _IDLIKE.fullmatch(name) and all(map(_ID.fullmatch, values)) and len(set(values)) == len(shape.samples):
            return name
    return None


def _paths(shape: _Shape) -> list[tuple[Role, str]]:
    return [(role, raw) for sample in shape.samples for role, raw in sample.references if not _URL.match(raw)]


def _path_pattern(paths: Sequence[str]) -> str:
    """Give a pattern for the folders and names of paths, where all are built alike."""
    stems = [_TOKEN.findall(path.partition("?")[0].rpartition(".")[0]) for path in paths]
    if not stems or len({tuple(map(_kind_of, stem)) for stem in stems}) != 1 or len(stems[0]) > 40:
        return ""
    pieces = []
    for column in zip(*stems, strict=True):
        lengths = sorted({len(token) for token in column})
        if column[0].isdigit():
            pieces.append(rf"\d{{{lengths[0]}}}" if len(lengths) == 1 else rf"\d{{{lengths[0]},{lengths[-1]}}}")
        elif len(set(column)) == 1:
            pieces.append(re.escape(column[0]))
        else:
            pieces.append(f"[A-Za-z]{{1,{lengths[-1]}}}")
    return "".join(pieces) + "[^/]*"


def _kind_of(token: str) -> str:
    return "0" if token.isdigit() else "a" if token.isalpha() else token


def _locations(shape: _Shape, id_field: str | None, hosts: Sequence[str], shown: Shown) -> Iterator[str]:
    urls = [*shown.urls, *(raw for sample in shape.samples for _, raw in sample.references if _URL.match(raw))]
    kinds: dict[tuple[Role, str], list[str]] = {}
    for role, raw in _paths(shape):
        extension = raw.partition("?")[0].rpartition("/")[2].rpartition(".")[2].lower()
        kinds.setdefault((role, extension if extension.isalnum() else ""), []).append(raw)
    for (role, extension), raws in kinds.items():
        seen = _ends_in(urls, raws)
        if seen:
            url, raw = seen
            yield from _location(role, url[: len(url) - len(raw)] + "{path}", extension, seen=url)
        elif hosts:
            slash = "" if all(raw.startswith("/") for raw in raws) else "/"
            yield from _location(role, f"https://{hosts[0]}{slash}{{path}}", extension)
        else:
            yield ""
            yield f"# No host is known for {role} paths such as {text(raws[0][:120])}: add a [[location]] for them."
    if id_field:
        page = _holds_id(shown.urls, shape.values(id_field))
        if page:
            url, value = page
            yield from _location("page", url.replace(value, "{id}"), "", seen=url)


def _location(role: Role, template: str, extension: str, seen: str = "") -> Iterator[str]:
    yield ""
    yield "[[location]]"
    yield f"role = {text(role)}"
    yield f"template = {text(template)}"
    yield f"confidence = {text('observed' if seen else 'guessed')}"
    source = "a full URL in the document" if seen else "the document's own host, and nothing else"
    yield f"source = {text(source)}"
    if seen:
        yield f"seen = {inline([seen])}"
    if extension:
        yield f"when = {{ extension = {inline([extension])} }}"


def _ends_in(urls: Sequence[str], raws: Sequence[str]) -> tuple[str, str] | None:
    """Find a full URL that ends in one of the paths, behind its host."""
    by_end: dict[str, str] = {raw.rpartition("/")[2]: raw for raw in raws if len(raw) >= 5}
    for url in urls:
        raw = by_end.get(url.rpartition("/")[2])
        match = _URL.match(url)
        if raw and match and url.startswith("http") and url.endswith(raw) and not re.search(r"[{}]", url):
            head = url[: len(url) - len(raw)]
            if len(head) >= match.end(1) and (raw.startswith("/") or head.endswith("/")):
                return url, raw
    return None


def _holds_id(urls: Sequence[str], values: Sequence[str]) -> tuple[str, str] | None:
    """Find a full URL with one of the ids as a whole segment or value, and only once."""
    known = {value for value in values if len(value) >= 4}
    for url in urls:
        match = _URL.match(url)
        if not match or not url.startswith("http") or re.search(r"[{}]", url):
            continue
        for word in re.split(r"[/?#&=.]", url[match.end(1) :]):
            if word in known and url.count(word) == 1:
                return url, word
    return None


def _examples(name: str, shape: _Shape, shown: Shown, every: Profiles) -> str:
    lines: list[str] = []
    document = next(iter(shown.documents), None)
    for sample in shape.samples[:MAX_EXAMPLES]:
        fields: Record = {
            key: value for key in shape.fields if isinstance(value := sample.fields[key], str | int | float)
        }
        paths: dict[Role, tuple[str, ...]] = {}
        for role, raw in sample.references:
            if not _URL.match(raw):
                paths[role] = (*paths.get(role, ()), raw)
        claim = claim_on(Example(record=fields, document=document, paths=paths), every)
        if claim and claim.profile == name:
            ladder = every.locations(claim, paths=paths, fields=fields)
            lines += ["", "[[example]]"]
            lines += [f"document = {text(document)}"] if document else []
            lines += [f"record = {inline(fields)}"]
            lines += [f"paths = {inline({str(role): raws for role, raws in paths.items()})}"] if paths else []
            lines += [f"ids = {inline([f'{each.scheme}:{each.value}' for each in claim.ids])}"]
            lines += ["refused = true"] if ladder.problems else []
    return "".join(line + "\n" for line in lines)


def name_for(documents: Sequence[str]) -> str:
    """Suggest a name: the label in front of what looks like a public suffix of the first host, or `site`."""
    match = next(filter(None, map(_URL.match, documents)), None)
    if not match:
        return "site"
    labels = match[1].lower().split(".")[:-1] or ["site"]
    short = len(labels) > 1 and len(labels[-1]) <= 3  # as in co.uk or com.br
    return re.sub(r"[^a-z0-9]+", "-", labels[-2 if short else -1]).strip("-") or "site"
