"""A verb or a noun joined to the head before it: «… og byggje ut fiber», «…, styrkes og utvides»."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.heads import Head
from policytext.measures.lexicon import INF, PASS, PRES
from policytext.measures.verb_groups import base_form, resolve, unknown_verb
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_LINKS = frozenset(word_list("link"))
_REACH = 6


def joined_head(
    words: Sequence[Word], place: int, start: int, current: Head, clause: str, governor: str
) -> Head | None:
    """Return the head at `place` that shares what stands before the `current` one, or None.

    Parameters
    ----------
    words : sequence of Word
        The segment, cut.
    place : int
        The place of the word that may be a verb.
    start : int
        The place of the sentence's first word.
    current : Head
        The head before.
    clause, governor : str
        The open clause and what it hangs on.

    Examples
    --------
    >>> from policytext.measures.frames import find_heads
    >>> from policytext.measures.words import cut
    >>> find_heads(cut("Vi vil styrke ferja og på sikt byggje bru"), promised=False)[0][-1].kind
    'late_infinitive'
    """
    word = words[place]
    before = place - 1
    while before > start and words[before].kind in ("adv", "neg"):
        before -= 1
    negated = words[place - 1].kind == "neg"
    kind, modal, lemma, after = "", current.modal, word.lemma, place + 1
    if before <= start or words[before].lower not in _LINKS:
        negated = False
        if word.reading & INF and word.share >= 85 and words[place - 1].kind in ("", "adv") and not word.bears:
            kind = "late_infinitive" if _late(words, place, start) else "loose_infinitive"
            lemma, after = resolve(words, place, word.lemma)
        elif word.reading & PASS and "passive" in current.kind and word.share >= 50:
            kind = "loose_passive"
    elif word.reading & PASS and "passive" in current.kind:
        kind = "coord_passive"
    elif word.reading & INF and word.share >= (50 if word.bears else 5):
        kind = "coord_infinitive"
        lemma, after = resolve(words, place, word.lemma)
    elif word.reading & PRES and word.share >= 50:
        kind, modal = "coord_present", ""
        lemma, after = resolve(words, place, word.lemma)
    elif word.bears:
        kind, modal, lemma, negated, governor = "coord_nominal", "", "", False, ""
    elif unknown_verb(word):
        kind, lemma, clause, governor = "coord_unknown", base_form(word), "", ""
    return Head(kind, place, after, place, lemma, current.subject, negated, modal, clause, governor) if kind else None


def _late(words: Sequence[Word], place: int, start: int) -> bool:
    """Return whether «og» and a phrase with a preposition stand before the verb: «og i større grad bygge»."""
    for before in range(place - 1, max(start, place - _REACH), -1):
        word = words[before]
        if word.kind in ("coord", "comma"):
            return words[before + 1].kind in ("prep", "adv")
        if word.kind in ("modal", "aux", "sub", "at", "aa", "stop"):
            return False
    return False
