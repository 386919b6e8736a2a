"""Decodes what PHP's debugging functions print; the grammars stand in `harvester.syntax.php`.

A dumped string that holds JSON gives the JSON's value, and so do strings inside a dumped array or object. For a
dumped string, the declared and the read length are its own, in bytes after entities were undone; arrays and objects
declare counts and no length, so that both are None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from harvester.decode.contract import Decoding
from harvester.decode.json_places import JsonPlaces
from harvester.decode.php_json import decode_json
from harvester.model import Decoded, Excerpt, Limits, Path, Places, Problem, Span, Value
from harvester.syntax.php import UNDOS, Plain, Reading, better, doubtful, read


def decode_php(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Decode one leaked dump.

    Args:
        excerpt: Of a form that `harvester.syntax.php.READERS` names; the dump begins where its text does.
        limits: `excerpt_bytes`, `depth` and `quasi_json_bytes` count.

    Returns:
        One value, with `repairs` from `harvester.syntax.php.repairs` and those of the JavaScript reader, or a
        Problem with code `too-large`, `undecodable` or, beside the value, `too-deep`.
    """
    text = excerpt.text
    if len(text) > limits.excerpt_bytes:
        return Decoding(problems=(_problem(excerpt, "too-large", "the dump is larger than what is decoded at once"),))
    unpack = partial(_inner_json, limits=limits)
    reading, plain = read(excerpt.form, text, 0, limits.depth, unpack), None
    for undo in UNDOS:
        if doubtful(reading) and undo.applies(text):
            freed = Plain(text, undo)
            second = read(excerpt.form, freed.text, 0, limits.depth, unpack)
            if better(reading, second):
                reading, plain = second, freed
    if reading is None:
        return Decoding(problems=(_problem(excerpt, "undecodable", "this is no dump that can be read"),))
    layers = (*excerpt.layers, plain.undo.layer) if plain else excerpt.layers
    if reading.content is None:
        decoded = _container(reading, plain, text, layers)
    else:
        decoded = _string(reading, plain, text, layers, limits)
    too_deep = reading.too_deep or "too-deep" in decoded.repairs
    problems = (_problem(excerpt, "too-deep", "containers nested too deeply were left out"),) if too_deep else ()
    return Decoding((decoded,), problems)


def _container(reading: Reading, plain: Plain | None, text: bytes, layers: tuple[str, ...]) -> Decoded:
    return Decoded(
        value=reading.value,
        layers=(*layers, "php-value"),
        places=_PhpPlaces(reading, plain, text),
        complete=reading.complete,
        repairs=_repairs(reading, plain),
        incomplete_paths=reading.open_paths,
        unfolded=_unfolded(reading),
    )


def _string(reading: Reading, plain: Plain | None, text: bytes, layers: tuple[str, ...], limits: Limits) -> Decoded:
    start, end = reading.content or (0, 0)
    content = (plain.text if plain else text)[start:end]
    decoded = Decoded(
        value=reading.value,
        layers=(*layers, "php-string"),
        places=_Mapped(_Whole((start, end)), plain),
        complete=reading.complete,
        repairs=_repairs(reading, plain),
        declared_bytes=reading.declared,
        read_bytes=reading.read,
    )
    json = decode_json(content, limits, unwrapped="length-without-line-breaks" in reading.repairs)
    if json is None:
        return decoded
    return Decoded(
        value=json.value,
        layers=(*decoded.layers, "json"),
        places=_Mapped(json.places(content, start), plain),
        complete=reading.complete and json.complete,
        repairs=(*decoded.repairs, *json.repairs),
        declared_bytes=reading.declared,
        read_bytes=reading.read,
        incomplete_paths=json.cut if reading.complete else json.cut | {()},
    )


def _repairs(reading: Reading, plain: Plain | None) -> tuple[str, ...]:
    return (plain.undo.repair, *reading.repairs) if plain else reading.repairs


def _inner_json(text: bytes, limits: Limits) -> Value:
    """The value of a JSON text that stands as a string inside a dump; None unless it is whole and strict enough."""
    json = decode_json(text, limits, unwrapped=False)
    if json is None or not json.complete or not {"skipped-code", "too-deep"}.isdisjoint(json.repairs):
        return None
    return json.value if isinstance(json.value, dict | list) else None


def _unfolded(reading: Reading) -> dict[Path, tuple[str, ...]]:
    """Where in a value JSON was unpacked."""
    paths: dict[Path, tuple[str, ...]] = {}
    stack: list[tuple[Value, Path]] = [(reading.value, ())] if reading.documents else []
    while stack:
        value, path = stack.pop()
        if id(value) in reading.documents:
            paths[path] = ("json",)
        elif isinstance(value, dict):
            stack.extend((child, (*path, key)) for key, child in value.items() if isinstance(child, dict | list))
        elif isinstance(value, list):
            stack.extend((child, (*path, at)) for at, child in enumerate(value) if isinstance(child, dict | list))
    return paths


def _problem(excerpt: Excerpt, code: str, message: str) -> Problem:
    return Problem(
        stage="decode",
        code=code,
        severity="info" if code == "undecodable" else "warning",
        message=f"{excerpt.form}: {message}",
        spans=((0, len(excerpt.text)),),
    )


@dataclass(frozen=True, slots=True)
class _Whole:
    """A dumped string that holds nothing more: its own text."""

    span: Span

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        return {(): self.span} if () in paths else {}


@dataclass(frozen=True, slots=True)
class _Mapped:
    """Places in a text whose markup was taken out, mapped back to it."""

    places: Places
    plain: Plain | None

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        found = self.places.spans(paths)
        return {path: self.plain.span(*span) for path, span in found.items()} if self.plain else found


@dataclass(frozen=True, slots=True)
class _PhpPlaces:
    """Places of the containers of a dump, and of all values of the JSON texts in it."""

    reading: Reading
    plain: Plain | None
    text: bytes

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        found: dict[Path, Span] = {}
        inside: dict[Span, list[tuple[Path, Path]]] = {}
        for path in paths:
            document, rest, target = self._walk(path)
            if document:
                inside.setdefault(document, []).append((path, rest))
            elif id(target) in self.reading.containers:
                found[path] = self.reading.containers[id(target)]
        source = self.plain.text if self.plain else self.text
        for (start, end), wanted in inside.items():
            spans = JsonPlaces(source[start:end], start).spans([rest for _, rest in wanted])
            found.update({path: spans[rest] for path, rest in wanted if rest in spans})
        return {path: self.plain.span(*span) for path, span in found.items()} if self.plain else found

    def _walk(self, path: Path) -> tuple[Span | None, Path, Value]:
        """The JSON text that a path leads into, with what is left of the path, or the value that it leads to."""
        value = self.reading.value
        for at, step in enumerate(path):
            if id(value) in self.reading.documents:
                return self.reading.documents[id(value)], path[at:], None
            if not isinstance(value, dict | list):
                return None, (), None
            try:
                value = value[step]  # type: ignore[index]  # a step of another kind is no member
            except (KeyError, IndexError, TypeError):
                return None, (), None
        return self.reading.documents.get(id(value)), (), value
