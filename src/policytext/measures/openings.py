"""How a sentence opens: with an infinitive, an imperative or a noun that promises without a finite verb before it."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.heads import Head
from policytext.measures.lexicon import IMP, INF, PRES
from policytext.measures.subjects import is_subject
from policytext.measures.verb_groups import base_form, chain, parenthesis, resolve, unknown_verb
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_SEARCH = 10
_ANSWERS = frozenset(word_list("answer"))
_EXHORTATIONS = frozenset(word_list("exhortation"))
_VERB_ENDINGS = word_list("opening_verb_ending")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzæøå")


def opening_head(words: Sequence[Word], start: int, *, promised: bool) -> Head | None:
    """Return the head of a sentence that begins at `start` with no finite verb before it, or None.

    Parameters
    ----------
    words : sequence of Word
        The segment, cut.
    start : int
        The place of the sentence's first word.
    promised : bool
        Whether the introducing line promises, so that bare infinitives count.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> opening_head(cut("i samarbeid med næringa utvikle hamna"), 0, promised=True).lemma
    'utvikle'
    >>> opening_head(cut("Det er viktig"), 0, promised=True) is None
    True
    """
    if words[start].lower in _EXHORTATIONS and start + 1 < len(words) and words[start + 1].kind == "we":
        return None  # «La oss …»
    if start + 1 < len(words) and words[start + 1].lower == "-":
        return None  # «Skatte- og avgiftssystemet»
    aa = False
    end = min(start + _SEARCH, len(words))
    place = start
    while place < end:
        word = words[place]
        skipped = parenthesis(words, place)  # «så fort som mulig»
        if skipped and place + skipped < len(words):
            place += skipped
            continue
        if word.kind == "aa":
            aa = True
        elif word.kind in ("adv", "neg", "comma", "quote") or (word.kind == "coord" and place == start):
            pass
        elif place == start and (word.reading & INF or unknown_verb(word)) and is_subject(words, place):
            return None  # «Hamna er stengd»
        elif word.kind == "prep" and (place == start or promised):
            # «i samarbeid med næringen utvikle …»: the first sure infinitive before any finite verb
            if place == start and not promised and word.lower != "for":
                return None
            found = _late_infinitive(words, place, end)
            if found < 0 or words[found - 1].kind == "aa":
                return None
            place = found
            continue
        elif (
            word.reading & INF
            and (word.share >= 25 or place == start or aa)
            and not (word.bears and word.share < 25 and not (promised or aa))
        ):
            lemma, after = resolve(words, place, word.lemma)
            if lemma in ("få", "kunne"):
                lemma, after, _, place = chain(words, place)
            negated = any(other.kind == "neg" for other in words[start:place])
            return _head("aa_infinitive" if aa else "infinitive", place, after, start, lemma, negated=negated)
        elif place == start and word.reading & IMP and not word.bears and word.share >= 50:
            lemma, after = resolve(words, place, word.lemma)
            return _head("imperative", place, after, start, lemma)
        elif (promised or aa or (place == start and _verb_like(words, place))) and unknown_verb(word):
            return _head("aa_infinitive" if aa else "infinitive", place, place + 1, start, base_form(word))
        elif place == start and word.lower not in _ANSWERS and (word.bears or word.lower == "gratis"):
            return _head("nominal", place, place, place, "")
        else:
            return None
        place += 1
    return None


def is_ornament(words: Sequence[Word], start: int) -> bool:
    """Return whether a word is no word but the sign of a list, read as an odd letter («ƽ Bygge …»).

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> is_ornament(cut("ƽ Bygge ut hamna"), 0), is_ornament(cut("I havna"), 0), is_ornament(cut("Å bygge"), 0)
    (True, False, False)
    """
    lower = words[start].lower
    return (
        len(lower) == 1
        and lower.isalpha()
        and lower not in _LETTERS
        and start + 1 < len(words)
        and words[start + 1].capital
    )


def _head(kind: str, verb: int, after: int, trigger: int, lemma: str, *, negated: bool = False) -> Head:
    return Head(kind, verb, after, trigger, lemma, "none", negated, "", "main", "")


def _verb_like(words: Sequence[Word], place: int) -> bool:
    """Return whether an unknown word in -ere or -era opens the sentence as a verb: no finite verb follows it."""
    if not words[place].lower.endswith(_VERB_ENDINGS) or place + 1 >= len(words):
        return False
    following = words[place + 1]
    return following.kind not in ("modal", "aux", "stop", "comma", "coord", "sub") and not following.reading & PRES


def _late_infinitive(words: Sequence[Word], start: int, end: int) -> int:
    for place in range(start + 1, end):
        word = words[place]
        if word.kind in ("modal", "sub", "at", "stop", "aux") or (word.reading & PRES and word.share >= 90):
            return -1
        if word.reading & INF and word.share >= 60 and not word.bears:
            return place
    return -1
