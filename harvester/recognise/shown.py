"""What a document shows, all through, of the players whose ids stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from harvester.recognise.players import BY_SCHEME


class Shown:
    """The players that a document shows, each looked for when it is first asked about."""

    def __init__(self, utf8: bytes) -> None:
        """Take the document's text."""
        self._utf8 = utf8
        self._known: dict[str, bool] = {}
        self._accounts: dict[str, str | None] = {}

    def __contains__(self, scheme: object) -> bool:
        """Whether the document has any text that shows the player of a scheme."""
        known = self._known.get(str(scheme))
        if known is None:
            player = BY_SCHEME.get(str(scheme))
            known = player is not None and any(sign in self._utf8 for sign in player.shows)
            self._known[str(scheme)] = known
        return known

    def has_element(self, id_: str) -> bool:
        """Whether the document has an element of that id."""
        return id_.encode() in self._elements

    @cached_property
    def _elements(self) -> set[bytes]:
        """The ids of all elements, found in one pass however many are asked about."""
        return {one[1] or one[2] for one in _ELEMENT_ID.finditer(self._utf8)}

    def account(self, scheme: str) -> str | None:
        """The only account of a player that the document names; None where it names none or several."""
        if scheme not in self._accounts:
            found = {one for text, rest in BY_SCHEME[scheme].stands for one in self._behind(text, rest)}
            self._accounts[scheme] = found.pop().decode() if len(found) == 1 else None
        return self._accounts[scheme]

    def _behind(self, text: bytes, rest: bytes) -> Iterator[bytes]:
        """What a pattern's group reads behind a text, for which a page is sooner searched than for the whole."""
        read, find = re.compile(rest).match, self._utf8.find
        at = find(text)
        while at >= 0:
            match = read(self._utf8, at + len(text))
            if match:
                yield match[1]
            at = find(text, match.end() if match else at + 1)


_ELEMENT_ID: Final = re.compile(rb" id=(?=\"([\w.:/@=+\x80-\xff-]{1,800}+)\"|'([\w.:/@=+\x80-\xff-]{1,800}+)')")
NOTHING: Final = Shown(b"")
"""What a document shows of which nothing is known."""
