"""Prices, phone numbers, ids and hashes must not turn into dates."""

from __future__ import annotations

import random
import string

import pytest

from harvester.resolve.dates.fields import dates_in_field
from harvester.resolve.dates.names import dates_in_id, dates_in_name

TOTAL = 10_000


def digits(rng, length):
    return str(rng.randrange(10 ** (length - 1), 10**length))


def price(rng):
    whole, cents = rng.randrange(1, 10 ** rng.randrange(1, 8)), rng.randrange(100)
    return rng.choice([f"{whole}.{cents:02}", f"{whole},{cents:02}", f"{whole:,}.{cents:02}", f"{whole:,}", f"{whole}"])


def phone(rng):
    area, exchange, line = rng.randrange(200, 1000), rng.randrange(200, 1000), rng.randrange(10_000)
    return rng.choice(
        [
            f"+1{area}{exchange}{line:04}",
            f"{area}-{exchange}-{line:04}",
            f"({area}) {exchange}-{line:04}",
            f"{area}.{exchange}.{line:04}",
            f"+98 21 {digits(rng, 4)} {digits(rng, 4)}",
            f"+49-{digits(rng, 3)}-{digits(rng, 7)}",
            f"0{digits(rng, 2)}-{digits(rng, 2)}-{digits(rng, 2)}-{digits(rng, 2)}",
            f"00{digits(rng, 12)}",
            f"{digits(rng, 4)}-{digits(rng, 4)}",
        ]
    )


def number(rng):
    text = digits(rng, rng.randrange(4, 21))
    return rng.choice([text, f"id{text}", f"v_{text}", f"{text}_{digits(rng, 4)}", f"{digits(rng, 6)}-{text}"])


def hashed(rng):
    length = rng.choice([8, 12, 16, 24, 32, 40, 64])
    raw = "".join(rng.choices("0123456789abcdef", k=length))
    text = "".join(rng.choices(string.ascii_letters + string.digits + "-_", k=rng.choice([8, 11, 16, 22, 27, 43])))
    grouped = f"{raw.ljust(32, '0')[:8]}-{raw[-4:]}-4{raw[-3:]}-a{raw[1:4]}-{raw.rjust(12, 'f')[:12]}"
    return rng.choice([raw, raw.upper(), text, f"{raw[:2]}/{raw[2:4]}/{raw}", grouped])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fewer_than_one_in_a_thousand_is_probable(seed):
    """Of 10,000 prices, phone numbers, ids and hashes, fewer than ten are read as a probable date."""
    rng = random.Random(seed)
    wrong = []
    for at in range(TOTAL):
        text = (price, phone, number, hashed)[at % 4](rng)
        readings = [
            *dates_in_id(None, text, before=None),
            *dates_in_name(f"/media/{text}.mp4", before=None),
            *dates_in_name(f"https://example.org/{text}/clip.mp4", before=None),
            *dates_in_field("price", text, before=None),
            *dates_in_field("sku", text, before=None),
        ]
        if any(each.likelihood != "possible" for each in readings):
            wrong.append((text, readings))
    assert len(wrong) < TOTAL / 1000, wrong
