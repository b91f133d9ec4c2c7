"""The stances a text takes: «går inn for», «behov for», «i dag», from ``data/lexicons/stances.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from policytext.measures.words import Word
from policytext.rules import load_lexicon


@cache
def _stances() -> dict[str, dict[str, tuple[tuple[str, ...], str]]]:
    found: dict[str, dict[str, tuple[tuple[str, ...], str]]] = {}
    for row in load_lexicon("stances", ("label", "phrases")):
        for phrase in row["phrases"].split("|"):
            parts = tuple(phrase.split())
            second = parts[1] if len(parts) > 1 else ""
            known = found.setdefault(parts[0], {})
            if second not in known or len(parts) > len(known[second][0]):
                known[second] = (parts, f"{row['label']}:{phrase}")
    return found


def stances(words: Sequence[Word]) -> list[tuple[str, int]]:
    """Return the stances a text takes («går inn for», «behov for», «i dag») as label and phrase, with their places."""
    known = _stances()
    found = []
    last = len(words) - 1
    for place in [place for place, word in enumerate(words) if word.lower in known]:
        seconds = known[words[place].lower]
        hit = (seconds.get(words[place + 1].lower) if place < last else None) or seconds.get("")
        if hit is not None:
            phrase = hit[0]
            if len(phrase) < 3 or tuple(other.lower for other in words[place : place + len(phrase)]) == phrase:
                found.append((hit[1], place))
    return found
