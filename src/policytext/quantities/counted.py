"""What a bare number counts: the noun after it, an age, or money that its sentence speaks of."""

from __future__ import annotations

import re
from functools import cache

from policytext.quantities.number_words import SPACES, decode
from policytext.quantities.word_lists import words
from policytext.rules import load_lexicon

_S = f"[{SPACES}]"
_NEXT = re.compile(rf"{_S}([a-zæøåéA-ZÆØÅ]+(?:-[a-zæøå]+)*)")
_ADJECTIVE = re.compile(rf".*(?:{words('adjective_ending')})")


@cache
def _function_words() -> frozenset[str]:
    rows = load_lexicon("uncounted_words", ("words", "class"))
    return frozenset(word for row in rows for word in row["words"].split())


def is_function_word(word: str) -> bool:
    """Return whether a lower-case word cannot be what a number counts.

    Examples
    --------
    >>> is_function_word("og"), is_function_word("skoler")
    (True, False)
    """
    return word in _function_words()


_PASSIVE = re.compile(r"[a-zæøå]+(?:[^aeiouyæøås]es|jast|[^aeiouyæøå]ast)")
"""A verb in the s-passive («økes», «styrkjast»), which no number counts."""


def noun_end(text: str, low: str, end: int) -> int:
    """Return where the noun that a number counts ends, or `end` where none follows.

    Up to two adjectives may stand before the noun.

    Examples
    --------
    >>> noun_end("200 nye lærlinger", "200 nye lærlinger", 3)
    17
    >>> noun_end("200 innen", "200 innen", 3)
    3
    """
    at = end
    for _ in range(3):
        found = _NEXT.match(text, at)
        if found is None or not found[1][0].islower():
            return end
        word = low[found.start(1) : found.end(1)]
        if is_function_word(word) or decode(word) is not None or _PASSIVE.fullmatch(word):
            return end
        if not _ADJECTIVE.fullmatch(word):
            return found.end()
        at = found.end()
    return end


_AGE_CUE = re.compile(rf"\b(?:{words('age_cue')})(?: de| dei)? $")
_PERSON = re.compile(rf"\b(?:{words('person')})\b")
_MONEY = re.compile(words("money"))
_EARN = re.compile(rf"\b(?:{words('earn')})(?: \w+){{0,2}} $")


def reads_as_age(low: str, start: int, value: float) -> bool:
    """Return whether a bare number is an age («menn over 50», «unge under 30»).

    Examples
    --------
    >>> reads_as_age("unge under 30 skal", 11, 30)
    True
    >>> reads_as_age("avdelinger over 30 skal", 16, 30)
    False
    """
    if not 10 <= value <= 110 or value != int(value):
        return False
    window = low[max(0, start - 60) : start]
    return _AGE_CUE.search(window) is not None and _PERSON.search(window) is not None


def reads_as_money(low: str, start: int, end: int, magnitude: float, value: float) -> bool:
    """Return whether a number without unit is an amount of kroner, from what its sentence speaks of.

    Examples
    --------
    >>> reads_as_money("bevilge 200 mill. til veien", 8, 17, 1e6, 2e8)
    True
    """
    if magnitude >= 10**9 or (magnitude > 1 and low[start:end].rstrip(".").endswith("mill")):
        return True
    if magnitude >= 10**6:
        return _MONEY.search(low, max(0, start - 90), end + 60) is not None
    return value >= 100 and _EARN.search(low, max(0, start - 40), start) is not None
