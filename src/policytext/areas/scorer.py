"""Scores of words and texts from the plain arrays of a trained model; needs no scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from math import log
from pathlib import Path
from threading import Lock
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from policytext.areas.features import LETTERS, PAIR, named_features, weigh, word_features
from policytext.areas.lexicon import load_topics
from policytext.language.letters import LetterWeights

_CACHE = 200_000
_HEADINGS = 4096


@dataclass(frozen=True, slots=True)
class WordSettings:
    """How words are weighed and described; see `policytext.areas.classifier.AreaClassifier`."""

    heading_weight: float
    part_weight: float
    topic_weight: float
    area_weight: float
    shortest: int
    longest: int

    def weigh(self, heading: str, body: str) -> dict[str, float]:
        """Return the weight of each word of a heading and the text under it."""
        weights = weigh(body, load_topics())
        for word, weight in _heading(heading).items():
            weights[word] = weights.get(word, 0.0) + self.heading_weight * weight
        return weights

    def features(self, word: str) -> dict[str, float]:
        """Return the features of one word."""
        return word_features(
            word,
            load_topics(),
            shortest=int(self.shortest),
            longest=int(self.longest),
            part_weight=self.part_weight,
            topic_weight=self.topic_weight,
            area_weight=self.area_weight,
        )

    def named_features(self, word: str) -> dict[str, float]:
        """Return the features of one word other than its letter sequences."""
        return named_features(
            word,
            load_topics(),
            part_weight=self.part_weight,
            topic_weight=self.topic_weight,
            area_weight=self.area_weight,
        )


@lru_cache(maxsize=_HEADINGS)
def _heading(text: str) -> dict[str, float]:
    """Return the weights of a heading's words, kept, for many segments stand under it."""
    return weigh(text, load_topics())


def rarity(n_texts: int, frequency: int) -> float:
    """Return the weight of a word that `frequency` of `n_texts` training texts hold."""
    return log((1 + n_texts) / (1 + frequency)) / 4


class WordScorer:
    """A linear model over words.

    Parameters
    ----------
    classes : ndarray of str, shape (n_classes,)
    coef : ndarray of float32, shape (n_features, n_classes)
    intercept : ndarray of float, shape (n_classes,)
    features, words : str
        Names of the features and the words of the training texts, one a line.
    frequencies : ndarray of int, shape (n_words,)
        How many training texts hold each word.
    n_texts : int
        Number of training texts.
    temperature : float
        What the scores are divided by for calibrated probabilities.
    settings : WordSettings
        How words are weighed and described.
    known : ndarray of float, shape (n_words, 1 + n_classes), optional
        What `describe` returns for `words`, where it is stored: describing a word takes far longer than looking it up.
    """

    def __init__(
        self,
        *,
        classes: NDArray[np.str_],
        coef: NDArray[np.float32],
        intercept: NDArray[np.float64],
        features: str,
        words: str,
        frequencies: NDArray[np.int32],
        n_texts: int,
        temperature: float,
        settings: WordSettings,
        known: NDArray[np.float64] | None = None,
    ) -> None:
        self.classes = classes
        self.coef = coef
        self.intercept = intercept
        self.features = features
        self.words = words
        self.frequencies = frequencies
        self.n_texts = n_texts
        self.temperature = temperature
        self.settings = settings
        names = features.split("\n")
        self._index = {name: row for row, name in enumerate(names) if not name.startswith(LETTERS)}
        letters = [row for row, name in enumerate(names) if name.startswith(LETTERS)]
        self._letters = LetterWeights(
            [names[row].removeprefix(LETTERS) for row in letters],
            coef[letters].astype(np.float64),
            shortest=int(settings.shortest),
            longest=int(settings.longest),
        )
        names_of_words = words.split("\n")
        self._frequency = dict(zip(names_of_words, frequencies.tolist(), strict=True))
        self._stored = np.zeros((0, 1 + len(classes))) if known is None else known
        self._stored_words = () if known is None else tuple(names_of_words)
        self._lock = Lock()
        self._forget()

    def _forget(self) -> None:
        self._places = {word: place for place, word in enumerate(self._stored_words)}
        self._table = self._stored

    def score(self, weights: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Return the scores of texts given as word weights (from `WordSettings.weigh`), shape (n, n_classes)."""
        with self._lock:
            places, table = self._known(set().union(*weights))
        ends = np.cumsum([0, *map(len, weights)])
        columns = np.fromiter(map(places.__getitem__, chain.from_iterable(weights)), np.int64, ends[-1])
        values = np.fromiter(chain.from_iterable(words.values() for words in weights), np.float64, ends[-1])
        texts = np.repeat(np.arange(len(weights)), np.diff(ends))
        norms = np.sqrt(np.bincount(texts, (values * table[columns, 0]) ** 2, len(weights)))
        totals = np.stack([np.bincount(texts, values * part[columns], len(weights)) for part in table.T[1:]], axis=1)
        scores: NDArray[np.float64] = totals / np.where(norms > 0, norms, 1.0)[:, None] + self.intercept
        return scores

    def _known(self, words: set[str]) -> tuple[dict[str, int], NDArray[np.float64]]:
        """Return the row of each word in a table of rarity and scores, shape (n_known, 1 + n_classes)."""
        if len(self._places) > _CACHE:
            self._forget()
        new = sorted(words.difference(self._places))
        if new:
            first = len(self._table)
            self._table = np.vstack([self._table, self.describe(new)])
            self._places.update(zip(new, range(first, first + len(new)), strict=True))
        return self._places, self._table

    def describe(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return the rarity of each word and its scores, which are weighed by it, shape (n, 1 + n_classes)."""
        found = [
            (number, self._index[name], value)
            for number, word in enumerate(words)
            for name, value in self.settings.named_features(word).items()
            if name in self._index
        ]
        scores = self._letters.sums(["" if PAIR in word else word for word in words])
        if found:
            owners, rows, values = (np.array(part) for part in zip(*found, strict=True))
            for column, weights_of in enumerate(self.coef.T):
                scores[:, column] += np.bincount(owners, values * weights_of[rows], len(words))
        weights = np.array([rarity(self.n_texts, self._frequency.get(word, 0)) for word in words])
        return np.column_stack([weights, weights[:, None] * scores])

    def save(self, path: Path) -> None:
        """Write the arrays as a numpy archive without objects."""
        settings: dict[str, Any] = {
            f"settings_{part.name}": np.array(getattr(self.settings, part.name)) for part in fields(self.settings)
        }
        np.savez_compressed(
            path,
            classes=self.classes.astype("U"),
            coef=self.coef,
            intercept=self.intercept,
            features=np.frombuffer(self.features.encode("utf-8"), dtype=np.uint8),
            words=np.frombuffer(self.words.encode("utf-8"), dtype=np.uint8),
            frequencies=self.frequencies,
            known=self.describe(self.words.split("\n")),
            n_texts=np.array(self.n_texts),
            temperature=np.array(self.temperature),
            **settings,
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; objects are refused."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                classes=stored["classes"],
                coef=stored["coef"],
                intercept=stored["intercept"],
                features=stored["features"].tobytes().decode("utf-8"),
                words=stored["words"].tobytes().decode("utf-8"),
                frequencies=stored["frequencies"],
                known=stored["known"],
                n_texts=int(stored["n_texts"]),
                temperature=float(stored["temperature"]),
                settings=WordSettings(
                    **{part.name: stored[f"settings_{part.name}"].item() for part in fields(WordSettings)}
                ),
            )
