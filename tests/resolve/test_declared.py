"""What a page declares without a file, and the player that shows it."""

import pytest

from harvester import extract

DECLARED = (
    '<script type="application/ld+json">{"@type":"VideoObject","name":"Herons at dawn","duration":"PT3M",'
    '"thumbnailUrl":"https://a.example/t.jpg"}</script>'
)
PLAYER = '<iframe src="https://www.youtube.com/embed/HdGxWS8v60g"></iframe>'


def test_a_lone_player_shows_what_is_declared():
    """The only declared medium without a file and the only player without a title are one."""
    (item,) = extract((DECLARED + PLAYER).encode(), url="https://a.example/")
    assert (item.key, item.title, item.duration_s) == ("youtube:HdGxWS8v60g", "Herons at dawn", 180)
    assert [sighting.form for sighting in item.sightings] == ["json-ld", "embed"]


def test_what_stands_beside_a_player_is_no_other_title():
    """A heading over the player that speaks of what is declared keeps them together, and the declared title stays."""
    page = DECLARED + f"<div><h3>Watch the herons</h3>{PLAYER}</div>"
    (item,) = extract(page.encode(), url="https://a.example/")
    assert item.title == "Herons at dawn"


@pytest.mark.parametrize(
    "page",
    [
        DECLARED + PLAYER + PLAYER.replace("HdG", "XyZ"),
        DECLARED + DECLARED.replace("Herons", "Storks") + PLAYER,
        DECLARED + PLAYER.replace("<iframe", '<iframe title="Another film altogether"'),
        DECLARED + f"<aside><h3>Traffic on the bridge</h3>{PLAYER}</aside>",
        DECLARED.replace('"duration"', '"contentUrl":"https://a.example/v.mp4","duration"') + PLAYER,
    ],
)
def test_otherwise_nothing_is_joined(page):
    """Where there are several, or where each says which medium it is, they stay apart."""
    items = extract(page.encode(), url="https://a.example/")
    assert not any({"json-ld", "embed"} <= {sighting.form for sighting in item.sightings} for item in items)
