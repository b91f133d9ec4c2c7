"""Training the measure models on hand-coded segments, and trying them on a party they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policytext.language import mend_segments
from policytext.measures.authors import authors, own_names
from policytext.measures.codings import Coded
from policytext.measures.features import (
    TASKS,
    direction_view,
    measure_view,
    specific_view,
    strength_view,
)
from policytext.measures.reading import Reading, read
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import LinearModel, region_scale, word_features
from policytext.measures.seen import Seen
from policytext.measures.splits import split_views

REGULARISATION = {"measure": 0.4, "strength": 0.5, "specific": 0.2, "direction": 0.15, "split": 0.2}
"""Inverse strength of the L2 penalty by task, chosen by leaving one party out."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A coded segment with what each model sees of it."""

    coded: Coded
    reading: Reading
    views: dict[str, Seen]
    splits: tuple[Seen, ...]


def prepare(coded: Sequence[Coded]) -> list[Prepared]:
    """Read every segment once, for all tasks, as `annotate` does: lost ligatures mended, its author's names known."""
    found = []
    segments, _ = mend_segments([one.segment for one in coded])
    named = authors(segments)
    for one, segment in zip(coded, segments, strict=True):
        item = segment.kind == "item"
        names = own_names(segment, named)
        reading = read(segment.text, heading=segment.heading, intro=segment.intro, item=item, names=names)
        views = {"measure": measure_view(reading)}
        splits: tuple[Seen, ...] = ()
        if one.measure:
            views |= {
                "strength": strength_view(reading),
                "specific": specific_view(reading),
                "direction": direction_view(reading),
            }
            splits = tuple(seen for _, seen in split_views(reading))
        found.append(Prepared(one, reading, views, splits))
    return found


def spread(seen: Seen) -> dict[str, float]:
    """Return the named features of a view with their values: what training sees."""
    values = dict.fromkeys(seen.cues, 1.0)
    for region, words in seen.regions:
        scale = region_scale(len(words))
        for word in words:
            for name, value in word_features(region, word):
                values[name] = values.get(name, 0.0) + value * scale
    return values


def fit(
    task: str,
    views: Sequence[Seen],
    codes: Sequence[str | bool | None],
    *,
    penalty: float | None = None,
    least: int = 2,
) -> LinearModel:
    """Fit a logistic regression over the named features; those in fewer than `least` segments are left out.

    A task with two outcomes gets one output, the log odds of the second in sorted order.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform([spread(seen) for seen in views])
    kept = np.flatnonzero(np.asarray((matrix != 0).sum(axis=0)).ravel() >= least)
    classes = tuple(sorted({str(code) for code in codes}))
    model = LogisticRegression(
        C=penalty or REGULARISATION[task],
        max_iter=1000,
        solver="liblinear" if len(classes) == 2 else "lbfgs",
        random_state=0,
    )
    model.fit(matrix[:, kept], [str(code) for code in codes])
    names = vectoriser.get_feature_names_out()
    rows = {str(names[column]): row for row, column in enumerate(kept)}
    return LinearModel(task, classes, rows, model.coef_.T.astype(np.float64), model.intercept_.astype(np.float64))


def fit_split(prepared: Sequence[Prepared], *, rounds: int = 3) -> LinearModel:
    """Fit the model of where a new measure begins, from counts alone.

    The coders counted the measures of a segment. Where the count leaves no choice each candidate is known; elsewhere
    the model's own best guesses that fit the count are taken, three times over (hard expectation maximisation).
    """
    sure: list[tuple[Seen, bool]] = []
    unsure: list[tuple[tuple[Seen, ...], int]] = []
    for one in prepared:
        wanted = one.coded.n_measures - 1
        if wanted <= 0 or wanted >= len(one.splits):
            sure += [(seen, wanted > 0) for seen in one.splits]
        else:
            unsure.append((one.splits, wanted))
    model = fit("split", [seen for seen, _ in sure], [code for _, code in sure])
    for _ in range(rounds):
        guessed = list(sure)
        scorer = Scorer({"split": model})
        for splits, wanted in unsure:
            scores = scorer.log_odds("split", splits).tolist()
            best = set(sorted(range(len(splits)), key=lambda i: (-scores[i], i))[:wanted])
            guessed += [(seen, index in best) for index, seen in enumerate(splits)]
        model = fit("split", [seen for seen, _ in guessed], [code for _, code in guessed])
    return model


def fit_models(prepared: Sequence[Prepared], tasks: Sequence[str] = TASKS) -> dict[str, LinearModel]:
    """Fit the models of the tasks; segments that stand alone teach only what a measure is."""
    measures = [one for one in prepared if one.coded.measure and one.coded.stratum != "alone"]
    fitted: dict[str, LinearModel] = {}
    for task in tasks:
        if task == "measure":
            fitted[task] = fit(task, [one.views[task] for one in prepared], [one.coded.measure for one in prepared])
        elif task == "split":
            fitted[task] = fit_split(measures)
        else:
            fitted[task] = fit(
                task, [one.views[task] for one in measures], [getattr(one.coded, task) for one in measures]
            )
    return fitted


def calibrate(scores: NDArray[np.float64], truth: Sequence[bool]) -> tuple[float, float]:
    """Return slope and offset that turn log odds into calibrated ones (Platt, 1999), fitted on parties not seen."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), list(truth))
    return float(model.coef_[0, 0]), float(model.intercept_[0])
