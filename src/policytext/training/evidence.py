"""What each model can learn from coded segments: their features, the scores it gives them now, and the codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from policytext.areas import AreaModel
from policytext.areas.scorer import WordScorer, rarity
from policytext.measures.find import NETWORK_WEIGHT, SPECIFIC_SCORE, SPLIT_SCORE, THRESHOLD
from policytext.measures.models import MeasureModels
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import LinearModel
from policytext.measures.training import spread
from policytext.training.examples import Examples

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from policytext.measures.seen import Seen

AREAS = "areas"
"""The part that says which area; the others are the tasks of the measure models."""
_CUTS = {
    "measure": log(THRESHOLD / (1 - THRESHOLD)),
    "strength": 0.0,
    "specific": SPECIFIC_SCORE,
    "split": SPLIT_SCORE,
}
_LEAST = 2
"""A feature that the model does not know must occur so often."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one part learns from.

    Attributes
    ----------
    classes : tuple of str, n_classes
    names : list of str, n_features
    matrix : sparse matrix, shape (n, n_features)
    scores : ndarray, shape (n, n_outputs)
        The model's calibrated scores: one for each class, or the log odds of the second of two.
    truth : ndarray of int, shape (n,)
        The coded class.
    owners : ndarray of int, shape (n,)
        The number of the coded segment.
    cut : float
        The log odds above which the second of two classes is chosen.
    """

    classes: tuple[str, ...]
    names: list[str]
    matrix: csr_matrix
    scores: NDArray[np.float64]
    truth: NDArray[np.int64]
    owners: NDArray[np.int64]
    cut: float = 0.0


def area_evidence(model: AreaModel, examples: Examples) -> Evidence:
    """Return what the area model learns from: the coded measures, with the first of their areas."""
    scorer, classes = model.scorer, tuple(model.scorer.classes.tolist())
    owners = [number for number, one in enumerate(examples.gold) if one.measure]
    gold = [examples.gold[number] for number in owners]
    weights = [scorer.settings.weigh(one.heading, one.text) for one in gold]
    frequency = dict(zip(scorer.words.split("\n"), scorer.frequencies.tolist(), strict=True))
    described = {word: scorer.settings.features(word) for word in sorted(set().union(*weights))}
    rows = []
    for words in weights:
        rare = {word: weight * rarity(scorer.n_texts, frequency.get(word, 0)) for word, weight in words.items()}
        norm = sqrt(sum(weight**2 for weight in rare.values())) or 1.0
        row: dict[str, float] = defaultdict(float)
        for word, weight in rare.items():
            for name, value in described[word].items():
                row[name] += weight * value / norm
        rows.append(row)
    names, matrix = _matrix(rows, frozenset(scorer.features.split("\n")))
    truth = np.array([classes.index(one.areas[0]) for one in gold], np.int64)
    scores = scorer.score(weights) / scorer.temperature if gold else np.zeros((0, len(classes)))
    return Evidence(classes, names, matrix, scores, truth, np.array(owners, np.int64))


def measure_evidence(models: MeasureModels, examples: Examples) -> dict[str, Evidence]:
    """Return what each task of the measure models learns from."""
    scorer, found = models.scorer, {}
    readable = examples.prepared
    holding = [number for number, one in readable.items() if one.coded.measure]
    pooled = None
    if models.network is not None:
        pooled = models.network.pooled([readable[number].reading for number in holding])
    for task in ("measure", "strength", "specific", "direction"):
        model = scorer.models[task]
        owners = list(readable) if task == "measure" else holding
        views = [readable[number].views[task] for number in owners]
        scores = scorer.scores(task, views)
        if task == "measure":
            scores = model.slope * scores + model.offset
        if pooled is not None and task in ("specific", "direction"):
            scores = scores + NETWORK_WEIGHT * models.network.scores(task, pooled)  # type: ignore[union-attr]
        codes = [str(getattr(readable[number].coded, task)) for number in owners]
        found[task] = _evidence(model, views, scores, codes, owners)
    found["split"] = _split_evidence(scorer, examples, holding)
    return found


def _split_evidence(scorer: Scorer, examples: Examples, holding: Sequence[int]) -> Evidence:
    """Return what the model of where a measure begins learns from; its own best guesses that fit the count count."""
    views: list[Seen] = []
    owners: list[int] = []
    codes: list[str] = []
    for number in holding:
        one = examples.prepared[number]
        wanted = one.coded.n_measures - 1
        scores = scorer.log_odds("split", one.splits).tolist() if one.splits else []
        best = set(sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:wanted])
        views += one.splits
        owners += [number] * len(one.splits)
        codes += [str(place in best) for place in range(len(one.splits))]
    return _evidence(scorer.models["split"], views, scorer.scores("split", views), codes, owners)


def _evidence(
    model: LinearModel,
    views: Sequence[Seen],
    scores: NDArray[np.float64],
    codes: Sequence[str],
    owners: Sequence[int],
) -> Evidence:
    names, matrix = _matrix([spread(seen) for seen in views], model.rows.keys())
    truth = np.array([model.classes.index(code) for code in codes], np.int64)
    return Evidence(model.classes, names, matrix, scores, truth, np.array(owners, np.int64), _CUTS.get(model.task, 0.0))


def _matrix(rows: Sequence[Mapping[str, float]], known: Collection[str]) -> tuple[list[str], csr_matrix]:
    """Return the features that the model knows or that occur more than once, and their values."""
    from scipy.sparse import csr_matrix

    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in row:
            counts[name] += 1
    names = sorted(name for name, count in counts.items() if count >= _LEAST or name in known)
    column = {name: number for number, name in enumerate(names)}
    cells = [
        (number, column[name], value)
        for number, row in enumerate(rows)
        for name, value in row.items()
        if name in column
    ]
    at, places, values = (list(part) for part in zip(*cells, strict=True)) if cells else ([], [], [])
    return names, csr_matrix((values, (at, places)), shape=(len(rows), len(names)))


def corrected_areas(
    model: AreaModel, evidence: Evidence, weights: NDArray[np.float64], constants: NDArray[np.float64]
) -> AreaModel:
    """Return an area model with a correction, fitted on its evidence, added."""
    old = model.scorer
    known = old.features.split("\n")
    names, coef = _added(known, old.coef.astype(np.float64), evidence.names, weights * old.temperature)
    scorer = WordScorer(
        classes=old.classes,
        coef=coef.astype(np.float32),
        intercept=old.intercept + constants * old.temperature,
        features="\n".join(names),
        words=old.words,
        frequencies=old.frequencies,
        n_texts=old.n_texts,
        temperature=old.temperature,
        settings=old.settings,
    )
    return AreaModel(scorer, model.settings)


def corrected_task(
    model: LinearModel, evidence: Evidence, weights: NDArray[np.float64], constants: NDArray[np.float64]
) -> LinearModel:
    """Return the model of a task with a correction of its calibrated scores, fitted on its evidence, added."""
    known = sorted(model.rows, key=model.rows.__getitem__)
    names, added = _added(known, model.weights, evidence.names, weights / model.slope)
    stored = added.astype(np.float32).astype(np.float64)  # as it is in a file
    rows = {name: row for row, name in enumerate(names)}
    return replace(model, rows=rows, weights=stored, bias=model.bias + constants / model.slope)


def _added(
    known: Sequence[str], old: NDArray[np.float64], names: Sequence[str], weights: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    """Return the names of all features and their summed weights."""
    rows = {name: row for row, name in enumerate(known)}
    for name in names:
        rows.setdefault(name, len(rows))
    total = np.vstack([old, np.zeros((len(rows) - len(known), old.shape[1]))])
    total[[rows[name] for name in names]] += weights
    return list(rows), total
