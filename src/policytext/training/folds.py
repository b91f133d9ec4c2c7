"""Which codes are left out together, and what each part finds of codes that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from policytext.errors import TrainingError
from policytext.training.correction import fit_correction
from policytext.training.evidence import AREAS, Evidence
from policytext.training.examples import Examples

MOST_FOLDS = 10
VARIANCE = 0.1
"""Prior variance of a weight's change, for all parts: chosen on two sets of codes with parties left out."""
LEAST_CODES = 100
"""Fewer codes of a part are not trained on."""
SHOWN = frozenset({"measure", AREAS})
"""The parts whose probabilities stand in the tables: better ones are a gain even where the codes are no better."""
Correction = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Trial:
    """How a part codes held-out segments, before and after its correction: share that is right and log loss."""

    part: str
    n: int
    accuracy_before: float = float("nan")
    accuracy_after: float = float("nan")
    loss_before: float = float("nan")
    loss_after: float = float("nan")
    why_not: str = ""

    @property
    def used(self) -> bool:
        """Whether the part is corrected."""
        return not self.why_not


def leave_out(examples: Examples) -> tuple[str, list[NDArray[np.int64]]]:
    """Return what is left out together (``party`` or ``document``), and the numbers of the segments of each fold.

    Raises
    ------
    TrainingError
        If all codes are of one document.
    """
    documents = [one.doc for one in examples.gold]
    by, groups = ("party", list(examples.parties)) if len(set(examples.parties)) > 1 else ("document", documents)
    if len(set(groups)) < 2:
        raise TrainingError(
            f"all {len(groups)} coded segments are of one document; what training brings is measured on documents "
            "left out: give codes of two at least, of several parties better"
        )
    from sklearn.model_selection import GroupKFold

    splitter = GroupKFold(n_splits=min(MOST_FOLDS, len(set(groups))))
    return by, [held.astype(np.int64) for _, held in splitter.split(groups, groups=groups)]


def correct(evidence: Evidence, held: NDArray[np.int64] | None = None) -> Correction:
    """Fit the correction of a part, without the codes of the segments held out."""
    seen = np.ones(len(evidence.truth), bool) if held is None else ~np.isin(evidence.owners, held)
    return fit_correction(evidence.matrix[seen], evidence.scores[seen], evidence.truth[seen], variance=VARIANCE)


def try_part(part: str, evidence: Evidence, folds: Sequence[NDArray[np.int64]]) -> tuple[Trial, list[Correction]]:
    """Correct a part without each fold in turn, and try it there; no corrections where the codes do not suffice."""
    n = len(evidence.truth)
    if n < LEAST_CODES:
        return Trial(part, n, why_not=f"{n} codes; at least {LEAST_CODES} are needed"), []
    used = sorted({evidence.classes[code] for code in evidence.truth.tolist()})
    if len(used) < 2:
        return Trial(part, n, why_not=f"every code is {used[0]!r}; two different ones are needed"), []
    corrections = [correct(evidence, held) for held in folds]
    after = np.zeros_like(evidence.scores)
    for held, (weights, constants) in zip(folds, corrections, strict=True):
        own = np.isin(evidence.owners, held)
        after[own] = evidence.scores[own] + evidence.matrix[own] @ weights + constants
    (right, loss), (right_after, loss_after) = rated(evidence, evidence.scores), rated(evidence, after)
    why_not = ""
    if right_after < right:
        why_not = f"right less often on codes left out ({right_after:.3f}, before {right:.3f})"
    elif right_after == right and part not in SHOWN:
        why_not = f"right no more often on codes left out ({right:.3f})"
    elif loss_after >= loss:
        why_not = f"its probabilities are no better on codes left out (log loss {loss_after:.3f}, before {loss:.3f})"
    return Trial(part, n, right, right_after, loss, loss_after, why_not), corrections


def rated(evidence: Evidence, scores: NDArray[np.float64]) -> tuple[float, float]:
    """Return the share of scores that choose the coded class, and their mean log loss."""
    truth = evidence.truth
    if scores.shape[1] == 1:
        chosen = (scores[:, 0] > evidence.cut).astype(np.int64)
        return float((chosen == truth).mean()), float(np.logaddexp(0.0, -scores[:, 0] * (2 * truth - 1)).mean())
    highest = scores.max(axis=1)
    totals = highest + np.log(np.exp(scores - highest[:, None]).sum(axis=1))
    given = scores[np.arange(len(truth)), truth]
    return float((scores.argmax(axis=1) == truth).mean()), float((totals - given).mean())
