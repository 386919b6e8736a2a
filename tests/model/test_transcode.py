"""Transcoding to UTF-8 and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.containers.unpack import unpack
from harvester.model import Document
from harvester.model.transcode import OffsetMap, bom_length, to_utf8

ALPHABETS = {
    "utf-16-le": "ab \n“é漢بд😀𠮷",
    "utf-16-be": "ab \n“é漢بд😀𠮷",
    "utf-32-le": "ab \n“é漢بд😀𠮷",
    "cp1256": "ab \nبتثجé",
    "cp1251": "ab \nдиж",
    "gb18030": "ab \n漢字中😀é",
    "cp932": "ab \nカタ漢ｱ",
    "euc_jp": "ab \nカタ漢ｱ",
    "cp949": "ab \n한국漢",
    "big5hkscs": "ab \n漢字中",
}
texts = st.sampled_from(sorted(ALPHABETS)).flatmap(
    lambda encoding: st.tuples(st.just(encoding), st.text(alphabet=ALPHABETS[encoding], min_size=1, max_size=300))
)


def utf8_offset(text: str, position: int) -> int:
    return len(text[:position].encode())


@given(texts, st.data(), st.integers(0, 3000))
def test_spans_of_the_text_slice_the_stored_bytes(case, data, padding):
    """The span of any part of the text, mapped, slices exactly that part out of the bytes as stored."""
    encoding, part = case
    text = "a" * padding * 3 + part
    stored = text.encode(encoding)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = OffsetMap(stored, encoding)
    low, high = offsets.stored(utf8_offset(text, start)), offsets.stored(utf8_offset(text, end))
    assert stored[low:high].decode(encoding) == text[start:end]


@given(st.sampled_from([*sorted(ALPHABETS), "iso2022_jp"]), st.binary(max_size=6000))
def test_any_bytes_transcode_and_map(encoding, stored):
    """Whatever the bytes are, they become valid UTF-8, and offsets map in order and within the bytes."""
    utf8 = to_utf8(stored, encoding)
    utf8.decode()
    offsets = OffsetMap(stored, encoding)
    mapped = [offsets.stored(at) for at in range(0, len(utf8) + 1, max(len(utf8) // 20, 1))]
    assert mapped == sorted(mapped)
    assert all(0 <= at <= len(stored) for at in mapped)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_is_no_text_but_counts_in_spans(encoding):
    """A byte order mark is left out of the text, and stored spans begin after it."""
    stored = "\ufeffab".encode(encoding)
    assert bom_length(stored, encoding) == len("a".encode(encoding))
    assert to_utf8(stored, encoding) == b"ab"
    assert OffsetMap(stored, encoding).stored(0) == bom_length(stored, encoding)


def test_the_byte_order_mark_of_utf8_stays():
    """UTF-8 is read as it is stored, mark included, so that no copy is made and offsets are the same."""
    document, _ = unpack(b"\xef\xbb\xbf<p>\xc3\xa9</p>", uri="a")
    assert document.utf8 is document.data
    assert document.stored_span((3, 8)) == (3, 8)


def test_a_long_text_maps_at_its_end():
    """Far into a long text offsets map as exactly as at its beginning."""
    text = "ب" * 300_000 + "x" + "😀"
    stored = text.encode("utf-16-le")
    document = Document(uri="a", data=stored, utf8=to_utf8(stored, "utf-16-le"), encoding="utf-16-le", media_type="t")
    assert document.stored_span((600_000, 600_005)) == (600_000, 600_006)


def test_mapping_decodes_little_more_than_the_text_once(monkeypatch):
    """A thousand look-ups decode a few kilobytes each, not the text before them."""
    offsets = OffsetMap("ب".encode("cp1256") * 200_000, "cp1256")
    decoded = 0
    original = OffsetMap._decoded_length

    def counting(self, state, piece):
        nonlocal decoded
        decoded += len(piece)
        return original(self, state, piece)

    monkeypatch.setattr(OffsetMap, "_decoded_length", counting)
    for at in range(0, 400_000, 400):
        offsets.stored(at)
    assert decoded < 1000 * 4096 * 13  # a bisection of one step each
