"""What a noun is in policy: a law, a tax, a scheme, or something vague; the last part of a compound decides."""

from __future__ import annotations

from functools import cache

from policytext.measures.word_lists import word_list
from policytext.rules import load_lexicon

_ENDINGS = word_list("noun_ending")
_SHORTEST, _LONGEST = 3, 16
_SHORT_HEADS = frozenset(word_list("short_head"))


@cache
def _noun_classes() -> dict[str, str]:
    classes: dict[str, str] = {}
    for row in load_lexicon("specific_nouns", ("class", "stems")):
        for stem in row["stems"].split():
            classes.setdefault(stem, row["class"])
    return classes


@cache
def _closings() -> dict[str, list[int]]:
    """Return the last letters of the stems with the lengths of those that end so, longest first."""
    lengths: dict[str, set[int]] = {}
    for stem in _noun_classes():
        if _SHORTEST <= len(stem) <= _LONGEST:
            lengths.setdefault(stem[-_SHORTEST:], set()).add(len(stem))
    return {last: sorted(found, reverse=True) for last, found in lengths.items()}


@cache
def noun_class(lower: str) -> str:
    """Return the class of a noun that makes a promise checkable (law, right, tax …) or vague, or "".

    The last part of a compound decides: «drivstoffavgifta» is a tax.

    Examples
    --------
    >>> noun_class("drivstoffavgifta"), noun_class("samarbeidet"), noun_class("havet")
    ('tax', 'vague', '')
    """
    classes = _noun_classes()
    bases = [lower]
    for ending in _ENDINGS if lower.endswith(_ENDINGS) else ():
        base = lower.removesuffix(ending)
        if base != lower and len(base) > 2:
            bases.append(base)
            if len(base) > 4 and base[-1] == base[-2]:
                bases.append(base[:-1])
    for base in bases:
        if base in classes:
            return _named(classes[base])
    closings = _closings()
    for base in bases:
        for length in closings.get(base[-_SHORTEST:], ()):
            tail = base[-length:]
            if length <= len(base) - 2 and tail in classes and (length >= 4 or tail in _SHORT_HEADS):
                return _named(classes[tail])
    return ""


def _named(group: str) -> str:
    return "" if group == "none" else group
