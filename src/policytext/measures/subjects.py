"""Who acts in a clause: the words around its finite verb say which class of actor, and that a noun is no infinitive."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.lexicon import INF, PRES, load_verbs
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_FINITE_AUXILIARIES = frozenset(word_list("finite_auxiliary"))
_POSSESSIVES = frozenset(word_list("possessive"))
_PHRASE = 6
_PHRASE_ENDS = ("comma", "stop", "sub", "at", "aa", "coord", "we", "party", "it", "one")


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
            named = after.capital and finite + 2 < len(words) and words[finite + 2].kind == "party"
            return "party" if named else after.kind  # «Derfor vil De Grønne …»
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


def is_subject(words: Sequence[Word], start: int) -> bool:
    """Return whether a word with the shape of an infinitive is the subject of the finite verb behind it.

    A Nynorsk noun in -a («hamna», «kommuna») or a noun that is also a verb («støtte», «reise») is one where «er»,
    «har», «må» or another auxiliary follows, at once or after «vår». For a word that is no verb of the lexicon a sure
    present will do, and a phrase with a preposition may stand before the auxiliary.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> [is_subject(cut(text), 0) for text in ("Hamna vår er stengd", "Hamna i vest må rustast opp", "Støtte er bra")]
    [True, True, True]
    >>> [is_subject(cut(text), 0) for text in ("Byggja ut hamna som er stengd", "Styrka skulane vi har")]
    [False, False]
    """
    after = start + 1
    if after < len(words) and words[after].lower in _POSSESSIVES:
        after += 1
    if after >= len(words):
        return False
    following = words[after]
    if _auxiliary(following):
        return True
    if words[start].lemma in load_verbs().verbs:
        return False
    if following.reading & PRES and not following.reading & INF:
        return following.share >= 90
    if following.kind != "prep":
        return False
    for word in words[after + 1 : after + _PHRASE]:
        if _auxiliary(word):
            return True
        if word.kind in _PHRASE_ENDS:
            return False
    return False


def _auxiliary(word: Word) -> bool:
    return word.kind == "modal" or word.lower in _FINITE_AUXILIARIES
