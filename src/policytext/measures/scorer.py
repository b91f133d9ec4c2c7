"""Scoring many segments at once: cues looked up by name, words by the sums of their weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from policytext.language.letters import LetterWeights
from policytext.measures.scoring import NGRAMS, LinearModel, region_scale
from policytext.measures.seen import Seen

_REGIONS = ("before", "near", "text")
_MARKS = ("|", "#")
_KEPT = 300_000
_ROOM = 4096


class WordSums:
    """The summed weights of a word in every region of every task, worked out when first met and kept.

    A word's letters are looked up once, not once for every task: its sum is a row over all columns. The row of no word
    at all, "", is zero.

    Parameters
    ----------
    models : mapping of str to LinearModel
        The models by task.
    """

    def __init__(self, models: Mapping[str, LinearModel]) -> None:
        self.columns: dict[tuple[str, str], slice] = {}
        width = 0
        words: list[tuple[Sequence[str], slice, NDArray[np.float64]]] = []
        sequences: list[tuple[Sequence[str], slice, NDArray[np.float64]]] = []
        for task, model in models.items():
            ordered = sorted(model.rows)
            for region in _REGIONS:
                columns = slice(width, width + model.weights.shape[1])
                found = False
                for mark, kept in zip(_MARKS, (words, sequences), strict=True):
                    names = _beginning(ordered, f"{region}{mark}")
                    if names:
                        found = True
                        start = len(region) + 1
                        weights = model.weights[[model.rows[name] for name in names]]
                        kept.append(([name[start:] for name in names], columns, weights))
                if found:
                    self.columns[task, region] = columns
                    width = columns.stop
        self._words, self._word_weights = _joined(words, width)
        known, weights = _joined(sequences, width)
        self._letters = LetterWeights(list(known), weights, shortest=NGRAMS[0], longest=NGRAMS[-1])
        self._forget()

    def _forget(self) -> None:
        self._places: dict[str, int] = {"": 0}
        self.table = np.zeros((_ROOM, self._word_weights.shape[1]))

    def places_of(self, texts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """Return the rows of `table` that hold the sums of the texts' words, one after another."""
        try:
            return np.fromiter(map(self._places.__getitem__, chain.from_iterable(texts)), np.int64)
        except KeyError:
            self._learn(set().union(*texts))
            return self.places_of(texts)

    def _learn(self, words: set[str]) -> None:
        """Work out the sums of words not met before."""
        if len(self._places) > _KEPT:
            self._forget()
        new = sorted(words.difference(self._places))
        if not new:
            return
        first, last = len(self._places), len(self._places) + len(new)
        if last > len(self.table):
            larger = np.zeros((max(last, 2 * len(self.table)), self.table.shape[1]))
            larger[:first] = self.table[:first]
            self.table = larger
        self.table[first:last] = self._letters.sums(new)
        places = dict(zip(new, range(first, last), strict=True))
        known = [word for word in new if word in self._words]
        self.table[[places[word] for word in known]] += self._word_weights[[self._words[word] for word in known]]
        self._places.update(places)


def _beginning(ordered: Sequence[str], prefix: str) -> Sequence[str]:
    """Return those of the names in order that begin with `prefix`."""
    return ordered[bisect_left(ordered, prefix) : bisect_left(ordered, prefix[:-1] + chr(ord(prefix[-1]) + 1))]


def _joined(
    parts: Sequence[tuple[Sequence[str], slice, NDArray[np.float64]]], width: int
) -> tuple[dict[str, int], NDArray[np.float64]]:
    """Join tables of weights by name into one: the row of each name, and the weights of all columns."""
    rows: dict[str, int] = {}
    places = [[rows.setdefault(name, len(rows)) for name in names] for names, _, _ in parts]
    table = np.zeros((len(rows), width))
    for place, (_, columns, weights) in zip(places, parts, strict=True):
        table[place, columns] = weights
    return rows, table


class Scorer:
    """The models of all tasks, ready to score many segments at once.

    Parameters
    ----------
    models : mapping of str to LinearModel
        The models by task.

    Examples
    --------
    >>> rows = {"lemma:vurdere": 0, "near|må": 1}
    >>> model = LinearModel("strength", ("firm", "soft"), rows, np.array([[2.0], [-1.0]]), np.array([0.5]))
    >>> scorer = Scorer({"strength": model})
    >>> scorer.log_odds("strength", [Seen(["lemma:vurdere"]), Seen([], [("near", ["må"])])]).tolist()
    [2.5, -1.5]
    """

    def __init__(self, models: Mapping[str, LinearModel]) -> None:
        self.models = models
        self._cues = {task: _cues(model) for task, model in models.items()}
        self._sums = WordSums(models)

    def scores(self, task: str, views: Sequence[Seen]) -> NDArray[np.float64]:
        """Return the scores of a task's outputs, shape (n, outputs): one for each class, or the second's log odds."""
        model = self.models[task]
        totals = np.tile(model.bias, (len(views), 1))
        place, weights = self._cues[task]
        cues = [seen.cues for seen in views]
        known = np.fromiter(map(place, chain.from_iterable(cues), repeat(0)), np.int64)
        _add(totals, _owners(cues), known, weights, np.ones(len(views)))
        regions: dict[str, tuple[list[int], list[Sequence[str]]]] = {}
        for number, seen in enumerate(views):
            for name, words in seen.regions:
                owned, found_there = regions.setdefault(name, ([], []))
                owned.append(number)
                found_there.append(words)
        for name, (owners, spoken) in regions.items():
            columns = self._sums.columns.get((task, name))
            if columns is None:
                continue
            places = self._sums.places_of(spoken)
            found = np.zeros((len(spoken), totals.shape[1]))
            scales = np.array([region_scale(len(words)) for words in spoken])
            _add(found, _owners(spoken), places, self._sums.table[:, columns], scales)
            np.add.at(totals, owners, found)
        return totals

    def log_odds(self, task: str, views: Sequence[Seen]) -> NDArray[np.float64]:
        """Return the log odds of the second class of a task with two outcomes, shape (n,)."""
        return self.scores(task, views)[:, 0]

    def choose(self, task: str, views: Sequence[Seen]) -> list[str]:
        """Return the class that scores highest, for each view."""
        scores, classes = self.scores(task, views), self.models[task].classes
        best = (scores[:, 0] > 0).astype(int) if len(classes) == 2 else scores.argmax(axis=1)
        return [classes[number] for number in best.tolist()]

    def strongest(self, task: str, seen: Seen) -> str:
        """Return the cue or word that speaks most for the second class of a task with two outcomes, or ""."""
        model = self.models[task]
        weights = [(float(model.weights[model.rows[cue], 0]), cue) for cue in seen.cues if cue in model.rows]
        for region, words in seen.regions:
            columns = self._sums.columns.get((task, region))
            if columns is not None:
                sums = self._sums.table[self._sums.places_of([words]), columns.start] * region_scale(len(words))
                weights += zip(sums.tolist(), words, strict=True)
        best = max(weights, key=lambda found: found[0], default=(0.0, ""))
        return best[1] if best[0] > 0 else ""


def _cues(model: LinearModel) -> tuple[Callable[[str, int], int], NDArray[np.float64]]:
    """Return the look-up of cues, from 1 on, and their weights, those of 0 being none."""
    named = tuple(f"{region}{mark}" for region in _REGIONS for mark in _MARKS)
    rows = [(name, row) for name, row in model.rows.items() if not name.startswith(named)]
    weights = np.vstack([np.zeros((1, model.weights.shape[1])), model.weights[[row for _, row in rows]]])
    return {name: place for place, (name, _) in enumerate(rows, start=1)}.get, weights


def _owners(parts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """Return for each of the names in all parts, one after another, the number of its part."""
    return np.repeat(np.arange(len(parts)), np.fromiter(map(len, parts), np.int64, len(parts)))


def _add(
    totals: NDArray[np.float64],
    owners: NDArray[np.int64],
    rows: NDArray[np.int64],
    weights: NDArray[np.float64],
    scales: NDArray[np.float64],
) -> None:
    """Add to each row of `totals` the sum of the rows of `weights` that it owns, times its scale; row 0 is none."""
    there = rows > 0
    owners, rows = owners[there], rows[there]
    for column in range(totals.shape[1]):
        totals[:, column] += np.bincount(owners, weights[rows, column], len(totals)) * scales
