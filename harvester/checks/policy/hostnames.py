"""Finds what is said of a host, by its name or by a name above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class ByHost(Generic[T]):
    """What is said of hosts: `a.example` of that one, `.a.example` of it and of all below it."""

    def __init__(self, said: Iterable[tuple[Iterable[str], T]]) -> None:
        """`said` has names of hosts, with what is said of each."""
        found: dict[str, list[T]] = {}
        for names, each in said:
            for name in names:
                found.setdefault(name.lower(), []).append(each)
        self._found: Mapping[str, list[T]] = found

    def __bool__(self) -> bool:
        return bool(self._found)

    def __getitem__(self, host: str) -> tuple[T, ...]:
        """All that is said of a host in lower case, the most specific first."""
        return tuple(each for name in _names(host) for each in self._found.get(name, ())) if self._found else ()


def _names(host: str) -> Iterator[str]:
    yield host
    while host:
        yield "." + host
        host = host.partition(".")[2]
