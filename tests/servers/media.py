"""Tiny media built by code: real containers with nothing to see, so that no binary file is committed."""

from __future__ import annotations

import struct
import zlib

TIMESCALE = 1000
DURATION = 2000
WIDTH, HEIGHT = 320, 180


def box(kind: bytes, *parts: bytes) -> bytes:
    """An ISO base media box (ISO/IEC 14496-12, section 4.2)."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def ftyp(brand: bytes = b"isom") -> bytes:
    """The file type box."""
    return box(b"ftyp", brand, struct.pack(">I", 512), b"isomiso2avc1mp41")


_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_AVC1 = box(
    b"avc1",
    bytes(6) + struct.pack(">H", 1) + bytes(16),
    struct.pack(">HHIIIH", WIDTH, HEIGHT, 0x480000, 0x480000, 0, 1) + bytes(32) + struct.pack(">Hh", 24, -1),
    box(b"avcC", bytes.fromhex("0142c00dffe1000a6742c00dda0507e44001000468ce3c80")),
)


def moov(*, duration: int, sample_size: int, sample_at: int, fragmented: bool = False) -> bytes:
    """The movie box of one video track with one sample, or none where fragments follow."""
    samples = 0 if fragmented else 1
    stbl = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), _AVC1),
        full(b"stts", struct.pack(">I", samples), struct.pack(">II", 1, duration) * samples),
        full(b"stsc", struct.pack(">I", samples), struct.pack(">III", 1, 1, 1) * samples),
        full(b"stsz", struct.pack(">II", 0, samples), struct.pack(">I", sample_size) * samples),
        full(b"stco", struct.pack(">I", samples), struct.pack(">I", sample_at) * samples),
    )
    minf = box(
        b"minf",
        full(b"vmhd", bytes(8), flags=1),
        box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1))),
        stbl,
    )
    mdia = box(
        b"mdia",
        full(b"mdhd", struct.pack(">IIIIHH", 0, 0, TIMESCALE, duration, 0x55C4, 0)),
        full(b"hdlr", bytes(4) + b"vide" + bytes(12) + b"video\0"),
        minf,
    )
    tkhd = full(
        b"tkhd",
        struct.pack(">IIIII", 0, 0, 1, 0, duration) + bytes(16) + _MATRIX,
        struct.pack(">II", WIDTH << 16, HEIGHT << 16),
        flags=3,
    )
    mvhd = full(
        b"mvhd",
        struct.pack(">IIII", 0, 0, TIMESCALE, duration),
        struct.pack(">IH", 0x10000, 0x100) + bytes(10) + _MATRIX + bytes(24) + struct.pack(">I", 2),
    )
    mvex = box(b"mvex", full(b"trex", struct.pack(">IIIII", 1, 1, duration, 0, 0))) if fragmented else b""
    return box(b"moov", mvhd, box(b"trak", tkhd, mdia), mvex)


def _payload(size: int, seed: int = 0) -> bytes:
    pattern = bytes((index * 7 + seed) % 251 for index in range(251))
    return (pattern * (size // len(pattern) + 1))[:size]


def mp4(size: int = 20_000, *, seed: int = 0) -> bytes:
    """A movie whose index stands first (fast start)."""
    head = ftyp()
    at = len(head) + len(moov(duration=DURATION, sample_size=size, sample_at=0)) + 8
    return head + moov(duration=DURATION, sample_size=size, sample_at=at) + box(b"mdat", _payload(size, seed))


def mp4_moov_last(size: int = 300_000) -> bytes:
    """A movie whose index stands at its end, beyond what a first look reads."""
    head = ftyp() + box(b"free", bytes(8))
    return head + box(b"mdat", _payload(size)) + moov(duration=DURATION, sample_size=size, sample_at=len(head) + 8)


def mp4_init() -> bytes:
    """The initialisation segment of a fragmented movie."""
    return ftyp(b"iso5") + moov(duration=0, sample_size=0, sample_at=0, fragmented=True)


def mp4_fragment(number: int = 1, size: int = 4_000) -> bytes:
    """One fragment."""

    def moof(data_at: int) -> bytes:
        traf = box(
            b"traf",
            full(b"tfhd", struct.pack(">I", 1), flags=0x020000),
            full(b"tfdt", struct.pack(">Q", (number - 1) * DURATION), version=1),
            full(b"trun", struct.pack(">IiII", 1, data_at, DURATION, size), flags=0x000301),
        )
        return box(b"moof", full(b"mfhd", struct.pack(">I", number)), traf)

    return moof(len(moof(0)) + 8) + box(b"mdat", _payload(size, number))


def mp4_fragmented() -> bytes:
    """A whole fragmented movie in one file."""
    return mp4_init() + mp4_fragment(1) + mp4_fragment(2)


def mp3(frames: int = 40) -> bytes:
    """MPEG-1 layer III, 128 kbit/s, 44.1 kHz, silence."""
    tag = b"TIT2" + struct.pack(">IH", 5, 0) + b"\0Tone"
    return b"ID3\x03\x00\x00" + bytes((0, 0, 0, len(tag))) + tag + (b"\xff\xfb\x90\x64" + bytes(413)) * frames


def _ogg_checksum(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def ogg() -> bytes:
    """One page with a Vorbis identification header (RFC 3533)."""
    packet = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 2, 44100, 0, 128000, 0, 0xB8, 1)
    head = b"OggS\x00\x02" + struct.pack("<QII", 0, 1, 0)
    tail = bytes((1, len(packet))) + packet
    return head + struct.pack("<I", _ogg_checksum(head + bytes(4) + tail)) + tail


def _ebml(identifier: str, body: bytes) -> bytes:
    return bytes.fromhex(identifier) + struct.pack(">I", 0x10000000 | len(body)) + body


def webm() -> bytes:
    """An EBML header, a segment with its duration and one VP9 track, no clusters."""
    head = _ebml("1a45dfa3", _ebml("4286", b"\x01") + _ebml("4282", b"webm") + _ebml("4287", b"\x04"))
    info = _ebml("1549a966", _ebml("2ad7b1", b"\x0f\x42\x40") + _ebml("4489", struct.pack(">d", float(DURATION))))
    video = _ebml("e0", _ebml("b0", struct.pack(">H", WIDTH)) + _ebml("ba", struct.pack(">H", HEIGHT)))
    track = _ebml("ae", _ebml("d7", b"\x01") + _ebml("83", b"\x01") + _ebml("86", b"V_VP9") + video)
    return head + _ebml("18538067", info + _ebml("1654ae6b", track))


def jpg() -> bytes:
    """A grey baseline JPEG of one pixel."""
    dht = [b"\xff\xc4" + struct.pack(">HB", 20, kind) + b"\x01" + bytes(15) + b"\x00" for kind in (0x00, 0x10)]
    return b"".join(
        (
            b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
            b"\xff\xdb\x00\x43\x00" + b"\x01" * 64,
            b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00",
            *dht,
            b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x3f\xff\xd9",
        )
    )


def png() -> bytes:
    """A white PNG of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\xff\xff\xff")) + chunk(b"IEND", b"")


def gif() -> bytes:
    """A GIF of one pixel."""
    return bytes.fromhex("47494638396101000100800000ffffff0000002c00000000010001000002024401003b")


def webp() -> bytes:
    """A lossless WebP of one pixel."""
    return b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0" + bytes.fromhex("2f000000100710111188 88fe0700".replace(" ", ""))


def transport_stream(packets: int = 20) -> bytes:
    """MPEG-2 transport stream: an empty association table, then null packets."""
    pat = b"\x47\x40\x00\x10\x00" + bytes.fromhex("00b0090001c10000359e3ac7")
    return pat.ljust(188, b"\xff") + (b"\x47\x1f\xff\x10" + b"\xff" * 184) * (packets - 1)
