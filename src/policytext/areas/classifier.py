"""The area classifier: a linear model over words, whose weights are kept per word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut
from sklearn.utils.validation import check_is_fitted

from policytext.areas.calibration import scale, temperature
from policytext.areas.scorer import WordScorer, WordSettings, rarity

Text = str | Sequence[str]
"""A text, or a heading and the text under it."""


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
        counts = [self._weigh(text) for text in X]
        labels = np.asarray(y, dtype=str)
        if len(counts) != len(labels) or not counts:
            raise ValueError(f"X has {len(counts)} texts and y {len(labels)} areas; give as many of each, at least one")
        self._fit_weights(counts, labels)
        self.temperature_ = temperature(*self._held_out(counts, labels, groups))
        self.__dict__.pop("_scorer", None)
        return self

    @property
    def scorer(self) -> WordScorer:
        """The fitted model as plain arrays, for scoring without scikit-learn."""
        check_is_fitted(self)
        if not hasattr(self, "_scorer"):
            self._scorer = WordScorer(
                classes=self.classes_,
                coef=self.coef_,
                intercept=self.intercept_,
                features=self.features_,
                words=self.words_,
                frequencies=self.frequencies_,
                n_texts=self.n_texts_,
                temperature=self.temperature_,
                settings=self._settings,
            )
        return self._scorer

    @property
    def _settings(self) -> WordSettings:
        return WordSettings(
            heading_weight=self.heading_weight,
            part_weight=self.part_weight,
            topic_weight=self.topic_weight,
            area_weight=self.area_weight,
            shortest=self.shortest,
            longest=self.longest,
        )

    def _weigh(self, text: Text) -> dict[str, float]:
        return self._settings.weigh("", text) if isinstance(text, str) else self._settings.weigh(text[0], text[1])

    def decision_function(self, X: Sequence[Text]) -> NDArray[np.float64]:  # noqa: N803
        """Return the scores before the softmax, shape (n, n_classes)."""
        return self.scorer.score([self._weigh(text) for text in X])

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

    def _fit_weights(self, counts: Sequence[Mapping[str, float]], labels: NDArray[np.str_]) -> None:
        frequency = Counter(word for words in counts for word in words)
        vocabulary = sorted(frequency)
        self.n_texts_: int = len(counts)
        self.words_: str = "\n".join(vocabulary)
        self.frequencies_ = np.array([frequency[word] for word in vocabulary], dtype=np.int32)
        settings = self._settings
        described = {word: settings.features(word) for word in vocabulary}
        spread: Counter[str] = Counter()
        for words in counts:
            spread.update({name for word in words for name in described[word]})
        names = sorted(name for name, count in spread.items() if count >= self.min_df)
        columns = {name: number for number, name in enumerate(names)}
        rarities = {word: rarity(len(counts), count) for word, count in frequency.items()}
        matrix = _matrix(counts, rarities, described, columns)
        model = LogisticRegression(C=self.C, class_weight="balanced", max_iter=1000)
        model.fit(matrix, labels)
        weights, intercept = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:
            weights, intercept = np.hstack([-weights / 2, weights / 2]), np.array([-1, 1]) * intercept / 2
        self.classes_ = model.classes_
        self.coef_ = weights.astype(np.float32)
        self.intercept_ = intercept
        self.features_: str = "\n".join(names)
        self.temperature_ = 1.0
        self.__dict__.pop("_scorer", None)

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
            scores.append(part.scorer.score([counts[i] for i in test]))
            truth += [known.index(label) for label in labels[test]]
        if not scores:
            return np.zeros((0, len(known))), np.zeros(0, dtype=np.int64)
        return np.vstack(scores), np.array(truth, dtype=np.int64)

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = dict(super().__getstate__())
        return {name: value for name, value in state.items() if name != "_scorer"}


def _matrix(
    counts: Sequence[Mapping[str, float]],
    rarities: Mapping[str, float],
    described: Mapping[str, Mapping[str, float]],
    columns: Mapping[str, int],
) -> sp.csr_matrix:
    rows: list[int] = []
    places: list[int] = []
    values: list[float] = []
    for number, words in enumerate(counts):
        weights = {word: weight * rarities[word] for word, weight in words.items()}
        norm = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        for word, weight in weights.items():
            for name, value in described[word].items():
                place = columns.get(name)
                if place is not None:
                    rows.append(number)
                    places.append(place)
                    values.append(weight * value / norm)
    return sp.csr_matrix((values, (rows, places)), shape=(len(counts), len(columns)))
