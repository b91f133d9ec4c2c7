"""Which language a text is in, and for Norwegian which written form: Bokmål or Nynorsk.

A linear model adds up one score per word; a word's score is the sum of the weights of its character n-grams and of
the word itself, so that each word type is scored once. Other languages are told by their function words and letters.
"""

from __future__ import annotations

import math
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from policytext.language.hashed_letters import sequence_hashes
from policytext.language.lexicon import stop_words
from policytext.resources import model_path
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

FORMS = ("nb", "nn", "en", "da", "sv", "se")
NGRAM_LENGTHS = (2, 3, 4, 5)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OTHER_MARGIN = 0.05
_LEAST_WORDS = 2
_KEPT = 200_000


def word_features(word: str, n_features: int) -> tuple[list[int], list[float]]:
    """Return the columns and values of a lower-case word: itself and its character n-grams between bounds.

    Columns are CRC-32 hashes; the n-grams of a word weigh together twice the root of their number, so that a long
    compound does not drown out the function words.
    """
    bounded = f"<{word}>"
    grams: set[str] = set()
    for n in NGRAM_LENGTHS:
        grams.update(bounded[i : i + n] for i in range(len(bounded) - n + 1))
    columns = sorted({zlib.crc32(gram.encode()) % n_features for gram in grams})
    weight = 2.0 / math.sqrt(len(columns))
    return [zlib.crc32(f"={word}".encode()) % n_features, *columns], [1.0, *([weight] * len(columns))]


def scored_words(text: str) -> list[str]:
    """Return the words of a text that say something about its form: lower case, without capitalised words inside.

    Examples
    --------
    >>> scored_words("Vi vil at Havørn kommune skal være åpen i 2030.")
    ['vi', 'vil', 'at', 'kommune', 'skal', 'være', 'åpen', 'i']
    """
    words = _WORD.findall(text)
    kept = [word.lower() for index, word in enumerate(words) if index == 0 or not word[0].isupper()]
    if 2 * len(kept) < len(words):  # a heading in capitals: every word counts
        return [word.lower() for word in words]
    return kept


@lru_cache(maxsize=1)
def _weights() -> tuple[NDArray[np.float32], float]:
    with np.load(model_path("written_form") / "weights.npz", allow_pickle=False) as arrays:
        return arrays["weights"].astype(np.float32), float(arrays["intercept"])


_scores: dict[str, float] = {}
_foreign: set[str] = set()


def _learn(words: Iterable[str]) -> None:
    """Work out the scores of words not met before, each the sum of the weights of `word_features`.

    Those that speak for another language are noted in `_foreign`.
    """
    if len(_scores) > _KEPT:
        _scores.clear()
        _foreign.clear()
    new = sorted({word for word in words if word not in _scores})
    if not new:
        return
    weights, _ = _weights()
    owners, hashes = sequence_hashes([f"<{word}>" for word in new], NGRAM_LENGTHS)
    seen = np.unique(owners * len(weights) + hashes % len(weights))
    owners, columns = np.divmod(seen, len(weights))
    counts = np.bincount(owners, minlength=len(new))
    sums = np.bincount(owners, weights[columns], len(new)) * 2.0 / np.sqrt(counts)
    sums += weights[[zlib.crc32(f"={word}".encode()) % len(weights) for word in new]]
    _scores.update(zip(new, sums.tolist(), strict=True))
    _foreign.update(word for word in new if _votes(word)[0])


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


def _form(words: list[str]) -> tuple[str, float]:
    if not words:
        return "nb", 0.5
    other = _other_language(words)
    if other is not None:
        return other[0], min(1.0, 0.5 + other[1])
    score = _weights()[1] + sum(map(_scores.__getitem__, words))
    probability = 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))
    return ("nn", probability) if probability > 0.5 else ("nb", 1.0 - probability)


def detect_forms(texts: Iterable[str]) -> list[tuple[str, float]]:
    """Tell the form of each text; see `detect_form`.

    Examples
    --------
    >>> [form for form, _ in detect_forms(["Vi ønsker flere lærlinger.", "The county will build new roads."])]
    ['nb', 'en']
    """
    cut = [scored_words(text) for text in texts]
    _learn(word for words in cut for word in words)
    return [_form(words) for words in cut]
