"""Which language a text is in, and for Norwegian which written form: Bokmål or Nynorsk.

The scores of the words (`form_words`) are added up; each word type is scored once. Other languages are told by their
function words and letters.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from policytext.language.form_words import NAME, end_kind, form_model, kind_of, word_scores
from policytext.language.lexicon import stop_words
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMS = ("nb", "nn", "en", "da", "sv", "se")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OTHER_MARGIN = 0.05
_LEAST_WORDS = 2
_KEPT = 200_000


def scored_words(words: Sequence[str], kinds: bytes) -> list[str]:
    """Return words in lower case, those taken for names behind a mark.

    A word with a capital is one, but the first only if no word list knows it or its end. Where most of the others have
    a capital, as in a heading, none is.
    """
    lowers = [word.lower() for word in words]
    names = [place for place, word in enumerate(words) if word[0].isupper()]
    if not names:
        return lowers
    opened = not names[0]
    others = names[1:] if opened else names
    if 2 * len(others) > len(words):
        return lowers
    for place in others:
        lowers[place] = f"{NAME}{lowers[place]}"
    if opened and len(words) > 1 and not kind_of(lowers[0], kinds) and not end_kind(lowers[0], kinds):
        lowers[0] = f"{NAME}{lowers[0]}"
    return lowers


_scores: dict[str, float] = {}
_foreign: set[str] = set()


def _learn(words: set[str]) -> None:
    """Work out the scores of words not met before; those that speak for another language are noted in `_foreign`."""
    if len(_scores) > _KEPT:
        _scores.clear()
        _foreign.clear()
    new = sorted(words - _scores.keys())
    if new:
        _scores.update(zip(new, word_scores(new), strict=True))
        languages, mark = _profiles(), _any_mark()
        plain = [(word, word.removeprefix(NAME)) for word in new]
        _foreign.update(word for word, own in plain if (own in languages or mark.search(own)) and _votes(own)[0])


@lru_cache(maxsize=1)
def _profiles() -> dict[str, frozenset[str]]:
    """Return the languages that each function word belongs to; ``no`` is Norwegian in either form."""
    profiles = {
        row["word"]: frozenset(row["languages"].split())
        for row in load_lexicon("language_profiles", ("word", "languages"))
    }
    for word in stop_words():
        profiles[word] = profiles.get(word, frozenset()) | {"no"}
    return profiles


@lru_cache(maxsize=1)
def _marks() -> tuple[tuple[str, str, str], ...]:
    """Return letters and endings that only one of the other languages has: mark, ``in`` or ``end``, language."""
    rows = load_lexicon("language_marks", ("mark", "place", "language"))
    return tuple((row["mark"], row["place"], row["language"]) for row in rows)


@lru_cache(maxsize=1)
def _any_mark() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) + ("" if place == "in" else "$") for mark, place, _ in _marks()))


def _marked(word: str) -> frozenset[str]:
    """Return the languages whose letters or endings a word has."""
    return frozenset(
        language
        for mark, place, language in _marks()
        if (mark in word if place == "in" else word.endswith(mark) and len(word) > len(mark) + 2)
    )


@lru_cache(maxsize=_KEPT)
def _votes(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the other languages that a word speaks for and those that it speaks against.

    It speaks for a language if it is one of its function words and no Norwegian one, or has a letter or ending of
    its own, and against it if it is a Norwegian function word and none of its; what both share says nothing.
    """
    languages = _profiles().get(word)
    marked = _marked(word) if _any_mark().search(word) else frozenset[str]()
    if languages is None:
        return marked, frozenset()
    others = frozenset(FORMS[2:])
    return (marked, others - languages) if "no" in languages else (marked | languages, frozenset())


def _other_language(words: list[str]) -> tuple[str, float] | None:
    """Return a language other than Norwegian and its lead over Norwegian in share of words, or None."""
    if _foreign.isdisjoint(words):
        return None
    words = [words[0].removeprefix(NAME), *(word for word in words[1:] if not word.startswith(NAME))]
    votes = list(map(_votes, words))
    best: tuple[str, float] | None = None
    for language in sorted({language for spoken_for, _ in votes for language in spoken_for}):
        own = sum(language in spoken_for for spoken_for, _ in votes)
        lead = (own - sum(language in against for _, against in votes)) / len(words)
        if own >= _LEAST_WORDS and lead > _OTHER_MARGIN and (best is None or lead > best[1]):
            best = (language, lead)
    return best


def detect_form(text: str) -> tuple[str, float]:
    """Tell the language of a text and, for Norwegian, its written form.

    Parameters
    ----------
    text : str
        A sentence, a list item or more.

    Returns
    -------
    form : str
        ``nb``, ``nn``, ``en``, ``da``, ``sv`` or ``se`` (Northern Sámi). A text without words is ``nb``.
    score : float
        Between 0.5 and 1; 0.5 where nothing in the text tells the two forms apart.

    Examples
    --------
    >>> detect_form("Vi vil ikke legge ned flere skoler i bygdene.")[0]
    'nb'
    >>> detect_form("Me vil ikkje leggja ned fleire skular i bygdene.")[0]
    'nn'
    """
    return detect_forms([text])[0]


def _form(words: list[str], intercept: float) -> tuple[str, float]:
    if not words:
        return "nb", 0.5
    other = _other_language(words)
    if other is not None:
        return other[0], min(1.0, 0.5 + other[1])
    score = intercept + sum(map(_scores.__getitem__, words))
    probability = 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))
    return ("nn", probability) if probability > 0.5 else ("nb", 1.0 - probability)


def detect_forms(texts: Iterable[str]) -> list[tuple[str, float]]:
    """Tell the form of each text; see `detect_form`.

    Examples
    --------
    >>> [form for form, _ in detect_forms(["Vi ønsker flere lærlinger.", "The county will build new roads."])]
    ['nb', 'en']
    """
    model = form_model()
    cut = [scored_words(WORD.findall(text), model.kinds) for text in texts]
    _learn(set().union(*cut))
    return [_form(words, model.intercept) for words in cut]
