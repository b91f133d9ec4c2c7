"""The area classifier: a linear model over words, whose weights are kept per word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut
from sklearn.utils.validation import check_is_fitted

from policytext.areas.calibration import scale, temperature
from policytext.areas.features import weigh, word_features
from policytext.areas.lexicon import load_topics

Text = str | Sequence[str]
"""A text, or a heading and the text under it."""
_CACHE = 200_000
_DERIVED = frozenset({"_places", "_table", "_index", "_document_frequency"})


class AreaClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Sort Norwegian policy texts, Bokmål and Nynorsk, into areas.

    A text is the weighted mean of its words; a word is itself, its letter sequences, the parts of the compound and the
    policy topics that the lexicon gives it. The model is linear: each word has one score per area, computed once.

    Parameters
    ----------
    C : float, default 1.0
        Inverse strength of the L2 penalty of the logistic regression.
    heading_weight : float, default 1.0
        Weight of a word of the heading beside one of the text.
    part_weight, topic_weight, area_weight : float
        Size of the features of a compound's parts, of the lexicon's topics and of their areas beside a word's own.
    shortest, longest : int, default 3 and 5
        Lengths of the letter sequences.
    min_df : int, default 2
        A feature must occur in so many training texts.

    Attributes
    ----------
    classes_ : ndarray of str, shape (n_classes,)
    coef_ : ndarray of float32, shape (n_features, n_classes)
    intercept_ : ndarray of float, shape (n_classes,)
    features_ : str
        Names of the features, one a line: ``w=`` word, ``g=`` letters, ``p=`` part, ``t=`` topic, ``a=`` area.
    temperature_ : float
        What the scores are divided by for calibrated probabilities.

    Notes
    -----
    `X` is a sequence of n texts, each a string or a pair (heading, text). With `groups` (say, parties) in `fit`, the
    temperature is found by leaving out one group at a time, else in five folds.

    Examples
    --------
    >>> X = [("Vei", "Bygge tunnel"), ("Vei", "Ruste opp brua"), ("Helse", "Flere leger"), ("Helse", "Flere senger")]
    >>> y = ["infrastruktur", "infrastruktur", "velferd", "velferd"]
    >>> model = AreaClassifier(min_df=1).fit(X, y, groups=["a", "b", "a", "b"])
    >>> model.predict([("", "Ny bru over fjorden")]).tolist()
    ['infrastruktur']
    """

    def __init__(
        self,
        *,
        C: float = 1.0,  # noqa: N803
        heading_weight: float = 1.0,
        part_weight: float = 2.0,
        topic_weight: float = 2.0,
        area_weight: float = 1.0,
        shortest: int = 3,
        longest: int = 5,
        min_df: int = 2,
    ) -> None:
        self.C = C
        self.heading_weight = heading_weight
        self.part_weight = part_weight
        self.topic_weight = topic_weight
        self.area_weight = area_weight
        self.shortest = shortest
        self.longest = longest
        self.min_df = min_df

    def fit(self, X: Sequence[Text], y: Sequence[str], groups: Sequence[object] | None = None) -> Self:  # noqa: N803
        """Learn the weights and the temperature; `X` holds n texts, `y` n areas, `groups` n group labels."""
        counts = [self.weigh(text) for text in X]
        labels = np.asarray(y, dtype=str)
        if len(counts) != len(labels) or not counts:
            raise ValueError(f"X has {len(counts)} texts and y {len(labels)} areas; give as many of each, at least one")
        self._fit_weights(counts, labels)
        self.temperature_ = temperature(*self._held_out(counts, labels, groups))
        return self

    def weigh(self, text: Text) -> dict[str, float]:
        """Return the weight of each word of a text or (heading, text) pair."""
        heading, body = ("", text) if isinstance(text, str) else (text[0], text[1])
        return weigh([(body, 1.0), (heading, self.heading_weight)], load_topics())

    def decision_function(self, X: Sequence[Text]) -> NDArray[np.float64]:  # noqa: N803
        """Return the scores before the softmax, shape (n, n_classes)."""
        return self.score_words([self.weigh(text) for text in X])

    def predict_proba(self, X: Sequence[Text]) -> NDArray[np.float64]:  # noqa: N803
        """Return calibrated probabilities, shape (n, n_classes); each row sums to one."""
        return scale(self.decision_function(X), self.temperature_)

    def predict(self, X: Sequence[Text]) -> NDArray[np.str_]:  # noqa: N803
        """Return the most probable area of each text, shape (n,)."""
        chosen: NDArray[np.str_] = self.classes_[self.decision_function(X).argmax(axis=1)]
        return chosen

    def predict_or_abstain(self, X: Sequence[Text], *, min_probability: float) -> list[str | None]:  # noqa: N803
        """Return the most probable area of each text, or None where its probability is below `min_probability`."""
        probability = self.predict_proba(X)
        best = probability.argmax(axis=1)
        return [
            str(self.classes_[column]) if row[column] >= min_probability else None
            for row, column in zip(probability, best, strict=True)
        ]

    def score_words(self, weights: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Return the scores of texts given as word weights (from `weigh`), shape (n, n_classes)."""
        check_is_fitted(self)
        places, table = self._known({word for words in weights for word in words})
        ends = np.cumsum([0, *(len(words) for words in weights)])
        columns = np.fromiter((places[word] for words in weights for word in words), np.int64, ends[-1])
        values = np.fromiter((weight for words in weights for weight in words.values()), np.float64, ends[-1])
        shape = (len(weights), len(table))
        totals = sp.csr_matrix((values, columns, ends), shape=shape) @ table[:, 1:]
        norms = np.sqrt(sp.csr_matrix((values**2, columns, ends), shape=shape) @ table[:, 0] ** 2)
        scores: NDArray[np.float64] = totals / np.where(norms > 0, norms, 1.0)[:, None] + self.intercept_
        return scores

    def _known(self, words: set[str]) -> tuple[dict[str, int], NDArray[np.float64]]:
        """Return the row of each word in a table of rarity and scores, shape (n_known, 1 + n_classes)."""
        if not hasattr(self, "_places"):
            self._index = {name: number for number, name in enumerate(self.features_.split("\n"))}
            frequencies = self.frequencies_.tolist()
            self._document_frequency = dict(zip(self.words_.split("\n"), frequencies, strict=True))
        if not hasattr(self, "_places") or len(self._places) > _CACHE:
            self._places: dict[str, int] = {}
            self._table = np.zeros((0, 1 + len(self.classes_)))
        new = sorted(words - self._places.keys())
        if new:
            self._table = np.vstack([self._table, [self._score(word) for word in new]])
            self._places.update(zip(new, range(len(self._places), len(self._table)), strict=True))
        return self._places, self._table

    def _score(self, word: str) -> NDArray[np.float64]:
        found = [(self._index[name], value) for name, value in self._features(word).items() if name in self._index]
        columns, values = [column for column, _ in found], np.array([value for _, value in found])
        rarity = self._rarity(word)
        return np.concatenate([[rarity], rarity * (values @ self.coef_[columns])])

    def _features(self, word: str) -> dict[str, float]:
        return word_features(
            word,
            load_topics(),
            shortest=self.shortest,
            longest=self.longest,
            part_weight=self.part_weight,
            topic_weight=self.topic_weight,
            area_weight=self.area_weight,
        )

    def _rarity(self, word: str) -> float:
        return log((1 + self.n_texts_) / (1 + self._document_frequency.get(word, 0))) / 4

    def _fit_weights(self, counts: Sequence[Mapping[str, float]], labels: NDArray[np.str_]) -> None:
        frequency = Counter(word for words in counts for word in words)
        vocabulary = sorted(frequency)
        self.n_texts_: int = len(counts)
        self.words_: str = "\n".join(vocabulary)
        self.frequencies_ = np.array([frequency[word] for word in vocabulary], dtype=np.int32)
        self._document_frequency = dict(frequency)
        described = {word: self._features(word) for word in vocabulary}
        spread: Counter[str] = Counter()
        for words in counts:
            spread.update({name for word in words for name in described[word]})
        names = sorted(name for name, count in spread.items() if count >= self.min_df)
        columns = {name: number for number, name in enumerate(names)}
        matrix = self._matrix(counts, described, columns)
        model = LogisticRegression(C=self.C, class_weight="balanced", max_iter=1000)
        model.fit(matrix, labels)
        weights, intercept = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:
            weights, intercept = np.hstack([-weights / 2, weights / 2]), np.array([-1, 1]) * intercept / 2
        self.classes_ = model.classes_
        self.coef_ = weights.astype(np.float32)
        self.intercept_ = intercept
        self.features_: str = "\n".join(names)
        self.__dict__.pop("_places", None)

    def _matrix(
        self,
        counts: Sequence[Mapping[str, float]],
        described: Mapping[str, Mapping[str, float]],
        columns: Mapping[str, int],
    ) -> sp.csr_matrix:
        rows: list[int] = []
        places: list[int] = []
        values: list[float] = []
        for number, words in enumerate(counts):
            weights = {word: weight * self._rarity(word) for word, weight in words.items()}
            norm = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            for word, weight in weights.items():
                for name, value in described[word].items():
                    place = columns.get(name)
                    if place is not None:
                        rows.append(number)
                        places.append(place)
                        values.append(weight * value / norm)
        return sp.csr_matrix((values, (rows, places)), shape=(len(counts), len(columns)))

    def _held_out(
        self, counts: Sequence[Mapping[str, float]], labels: NDArray[np.str_], groups: Sequence[object] | None
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return scores of each text by a model that has not seen its group, and the right columns."""
        known = list(self.classes_)
        if groups is None:
            marks, splitter = np.arange(len(labels)) % 5, GroupKFold(n_splits=min(5, len(labels)))
        else:
            marks, splitter = np.unique(np.asarray(groups, dtype=str), return_inverse=True)[1], LeaveOneGroupOut()
        scores: list[NDArray[np.float64]] = []
        truth: list[int] = []
        if len(set(marks.tolist())) < 2:
            return np.zeros((0, len(known))), np.zeros(0, dtype=np.int64)
        for train, test in splitter.split(labels, labels, marks):
            if len(set(labels[train])) < 2:
                continue
            part = type(self)(**self.get_params())
            part._fit_weights([counts[i] for i in train], labels[train])  # noqa: SLF001
            if list(part.classes_) != known:
                continue
            scores.append(part.score_words([counts[i] for i in test]))
            truth += [known.index(label) for label in labels[test]]
        if not scores:
            return np.zeros((0, len(known))), np.zeros(0, dtype=np.int64)
        return np.vstack(scores), np.array(truth, dtype=np.int64)

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = dict(super().__getstate__())
        return {name: value for name, value in state.items() if name not in _DERIVED}
