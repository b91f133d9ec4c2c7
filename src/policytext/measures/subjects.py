"""Who acts in a clause: the words around its finite verb say which class of actor."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.words import Word


def subject_class(words: Sequence[Word], start: int, finite: int) -> str:
    """Return the class of who acts in the clause that begins at `start` with its finite verb at `finite`.

    The classes are the words' own (we, party, public, others, it, one) and "rel", "name", "noun" and "none".

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> subject_class(cut("Derfor vil vi styrke ferja"), 0, 1), subject_class(cut("Den nye ferja skal gå"), 0, 3)
    ('we', 'noun')
    """
    after = words[finite + 1] if finite + 1 < len(words) else None
    if finite == start or words[start].kind in ("adv", "prep", "sub", "aa", "coord", "it"):
        if after is not None and after.kind in ("we", "party", "public", "others", "it", "one"):
            return after.kind
        if finite == start:
            return "none"
    last = words[finite - 1]
    if last.lower == "et" and finite - 2 >= start and words[finite - 2].lower.endswith("par"):
        return "party"  # «-partiet» whose ligature a PDF has lost
    if last.kind in ("we", "party", "one", "it", "public", "others"):
        return last.kind
    if last.lower == "som":
        return "rel"
    for word in words[start:finite]:
        if word.kind in ("we", "party", "public", "others"):
            return word.kind
    if words[start].capital and finite - start <= 3 and all(not word.kind for word in words[start:finite]):
        return "name"
    return "noun"
