"""Cutting texts into words by way of the stretches between blanks: most come again, and each is cut but once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeVar

T = TypeVar("T")
_KEPT = 400_000


class Stretches(dict[str, tuple[T, ...]]):
    """What is found in each stretch of text between blanks, kept while there is room.

    Parameters
    ----------
    find : callable
        Takes a stretch and returns what is in it. It must find in a text what it finds in its stretches, one after
        another: nothing that it finds or looks at may reach across a blank.

    Examples
    --------
    >>> import re
    >>> stretches = Stretches(re.compile(r"[a-zæøå]+|,").findall)
    >>> stretches.of("ferje, kai og ferje, ja")
    ['ferje', ',', 'kai', 'og', 'ferje', ',', 'ja']
    >>> sorted(stretches)
    ['ferje,', 'ja', 'kai', 'og']
    """

    def __init__(self, find: Callable[[str], Iterable[T]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, stretch: str) -> tuple[T, ...]:
        found = tuple(self._find(stretch))
        if len(self) < _KEPT:
            self[stretch] = found
        return found

    def of(self, text: str) -> list[T]:
        """Return what is in a text, in order."""
        return list(chain.from_iterable(map(self.__getitem__, text.split())))
