"""Where findings stood, as the manifest keeps it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from harvester.model import Decoded, Document, Excerpt
from harvester.resolve.sightings import QUOTE_CHARS, Pieces, Sightings, is_complete, order

TEXTS = st.text("a\n\r\täش😀", max_size=60)


def _document(data: bytes) -> Document:
    return Document(uri="x", data=data, utf8=data, encoding="utf-8", media_type="text/plain")


@given(TEXTS, st.lists(st.integers(0, 200), max_size=8))
def test_lines_and_columns_are_those_of_an_editor(text, wanted):
    """Line and column count from 1, in characters, whatever was asked for before and in whatever order."""
    data = text.encode()
    offsets = [len(text[: at % (len(text) + 1)].encode()) for at in wanted]
    lines = Sightings(_document(data))._lines
    for offset in offsets:
        before = data[:offset].decode()
        assert lines.place(offset) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_columns_of_broken_text_do_not_depend_on_what_was_asked_before(data, wanted):
    """In bytes that are no UTF-8, a place is the same whether it is asked for alone or after others."""
    lines = Sightings(_document(data))._lines
    for offset in sorted(min(at, len(data)) for at in wanted):
        assert lines.place(offset) == Sightings(_document(data))._lines.place(offset)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), min_size=1, max_size=6), st.data())
def test_a_span_of_joined_pieces_slices_back(laid_out, data):
    """The pieces of a document that a span goes over are, joined, the text that it is of the excerpt."""
    page, spans = b"", []
    for gap, length in laid_out:
        page += b"-" * gap + bytes(range(len(page) % 90 + 33, len(page) % 90 + 33 + length))
        spans.append((len(page) - length, len(page)))
    text = b"".join(page[slice(*span)] for span in spans)
    low = data.draw(st.integers(0, len(text) - 1))
    span = low, data.draw(st.integers(low + 1, len(text)))
    pieces = Pieces(Excerpt(form="escaped-markup", text=text, spans=tuple(spans))).of(span)
    assert b"".join(page[slice(*piece)] for piece in pieces) == text[slice(*span)]


class _Counted(bytes):
    read = 0

    def __getitem__(self, key):
        piece = super().__getitem__(key)
        self.read += len(piece) if isinstance(piece, bytes) else 1
        return piece


def test_a_document_is_counted_through_once():
    """A thousand findings in a row cost no more counting than the last one alone."""
    data = _Counted(b"line\n" * 10_000)
    lines = Sightings(_document(data))._lines
    for offset in range(0, len(data), 50):
        lines.place(offset)
    assert data.read <= 2 * len(data)


def test_a_quote_is_cut_between_characters(finding, document):
    """A quote has up to 200 characters of the first span, and never half of one."""
    sighting = Sightings(document("ä" * 300)).of(finding("/a.mp4"), ((0, 600),))
    assert sighting.quote == "ä" * QUOTE_CHARS


def test_what_was_unfolded_on_the_way_is_a_layer(finding, document):
    """A record inside a string that held JSON names that layer behind those of the whole."""
    decoded = Decoded(value={}, layers=("html", "json"), unfolded={("a",): ("json-string",)})
    sighting = Sightings(document()).of(finding("/a.mp4", decoded=decoded, path=("a", "b")), ((0, 2),))
    assert sighting.layers == ("html", "json", "json-string")


def test_a_record_before_the_cut_is_complete(finding):
    """In data that is cut, only the containers on the way to the cut are incomplete."""
    cut = Decoded(value=[], layers=(), complete=False, incomplete_paths=frozenset({(), (1,)}))
    whole, torn = finding("/a.mp4", decoded=cut, path=(0,)), finding("/b.mp4", decoded=cut, path=(1,))
    assert is_complete(whole)
    assert not is_complete(torn)
    assert not is_complete(replace(whole, decoded=replace(cut, incomplete_paths=frozenset())))


def test_findings_come_in_document_order():
    """What begins first comes first, and of what begins together the longer one."""
    assert order([((5, 6),), ((1, 2),), ((1, 9), (20, 30))]) == [2, 1, 0]
