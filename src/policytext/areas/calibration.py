"""Probabilities that mean what they say: temperature scaling and the calibration error."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def scale(scores: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Return softmax(scores / temperature) by row."""
    odds: NDArray[np.float64] = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    probability: NDArray[np.float64] = odds / odds.sum(axis=1, keepdims=True)
    return probability


def temperature(scores: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Find the temperature that makes the truth most likely (Guo et al. 2017, arXiv:1706.04599).

    Parameters
    ----------
    scores : ndarray, shape (n, n_classes)
        Scores of texts that the model has not been trained on.
    truth : ndarray of int, shape (n,)
        The right column of each row.

    Returns
    -------
    float
        Between 0.05 and 20; 1.0 when there are no rows.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    if not len(scores):
        return 1.0
    rows = np.arange(len(truth))

    def loss(log_temperature: float) -> float:
        return float(-log_softmax(scores / np.exp(log_temperature), axis=1)[rows, truth].mean())

    found = minimize_scalar(loss, bounds=(np.log(0.05), np.log(20.0)), method="bounded")
    return float(np.exp(found.x))


def calibration_error(probability: NDArray[np.float64], right: NDArray[np.bool_], *, n_bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between confidence and accuracy in bins of equal width.

    Parameters
    ----------
    probability : ndarray, shape (n,)
        Probability of the chosen class.
    right : ndarray of bool, shape (n,)
        Whether the chosen class is the right one.

    Examples
    --------
    >>> round(calibration_error(np.array([0.9, 0.9, 0.6]), np.array([True, True, False])), 3)
    0.267
    """
    if not len(probability):
        return 0.0
    bins = np.minimum((probability * n_bins).astype(int), n_bins - 1)
    gaps = [
        (bins == number).mean() * abs(probability[bins == number].mean() - right[bins == number].mean())
        for number in np.unique(bins)
    ]
    return float(sum(gaps))
