"""Items left out on request."""

from __future__ import annotations

from harvester.manifest.select import Selection, select


def test_nothing_is_left_out_unasked(item):
    """Without a selection every item stays as it is."""
    items = (item(), item(locations=()), item(kind="unknown"))
    assert select(items, Selection()) == items


def test_kinds_and_relations_choose_items(item):
    """An item stays if its kind and its relation are among those asked for."""
    items = [item(kind="video"), item(kind="image"), item(kind="video", relation="main")]
    assert select(items, Selection(kinds=("video",))) == (items[0], items[2])
    assert select(items, Selection(kinds=("video",), relations=("main", "preview"))) == (items[2],)


def test_confidence_chooses_locations_and_drops_items_without_any(item):
    """Locations below the confidence go, and items that have none left."""
    (kept,) = select([item(), item(locations=())], Selection(min_confidence="observed"))
    assert [location.role for location in kept.locations] == ["page"]
    assert select([item()], Selection(min_confidence="declared")) == ()
    assert select([item()], Selection(min_confidence="guessed")) == (item(),)
