"""A small regularised correction of a linear model's scores, fitted on codes that it has not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BIAS_VARIANCE = 1.0
"""The prior variance of a class's constant, in squared log odds: that of a coder who uses a code 2.7 times as often."""

_DIGITS = 6
"""Decimals of a score that count: the last ones depend on which texts were scored together."""


def fit_correction(
    matrix: csr_matrix, scores: NDArray[np.float64], truth: NDArray[np.int64], *, variance: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what to add to a model's weights and constants so that its scores fit further codes.

    The most probable correction is found where each weight is believed to lie near the model's own, with the given
    prior variance: a logistic regression with the model's scores as offset and an L2 penalty on the difference, as in
    Chelba and Acero (2006, https://doi.org/10.1016/j.csl.2005.05.005). Few codes change little.

    Parameters
    ----------
    matrix : sparse matrix, shape (n, n_features)
        The features of the n coded texts.
    scores : ndarray, shape (n, n_outputs)
        The model's calibrated scores: one column for each class, or one with the log odds of the second of two.
    truth : ndarray of int, shape (n,)
        The right class of each text.
    variance : float
        Prior variance of a weight's change, above 0.

    Returns
    -------
    weights : ndarray, shape (n_features, n_outputs)
    constants : ndarray, shape (n_outputs,)

    Examples
    --------
    Two coders agree with the model but for one word, which means the second class to them:

    >>> from scipy.sparse import csr_matrix
    >>> matrix = csr_matrix([[1.0], [1.0], [0.0], [0.0]])
    >>> weights, constants = fit_correction(
    ...     matrix, np.array([[-1.0], [-1.0], [-3.0], [3.0]]), np.array([1, 1, 0, 1]), variance=1.0
    ... )
    >>> bool(weights[0, 0] > 0.5)
    True
    """
    from scipy.optimize import minimize

    single = scores.shape[1] == 1
    scores = scores.round(_DIGITS)
    offsets = np.hstack([-scores / 2, scores / 2]) if single else scores
    n_classes = offsets.shape[1]
    present = np.unique(matrix.indices)
    inner = matrix[:, present]
    outer = inner.T.tocsr()
    wanted = np.eye(n_classes)[truth]
    share = np.concatenate([np.full(len(present), variance), [BIAS_VARIANCE]])[:, None]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        change = flat.reshape(-1, n_classes)
        total = offsets + inner @ change[:-1] + change[-1]
        total -= total.max(axis=1, keepdims=True)
        chances = np.exp(total)
        sums = chances.sum(axis=1, keepdims=True)
        value = np.log(sums).sum() - (wanted * total).sum() + (change**2 / share).sum() / 2
        error = chances / sums - wanted
        slope = np.vstack([outer @ error, error.sum(axis=0)]) + change / share
        return float(value), slope.ravel()

    start = np.zeros((len(present) + 1) * n_classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "gtol": 1e-4})
    change = found.x.reshape(-1, n_classes)
    if single:
        change = change[:, 1:] - change[:, :1]
    weights = np.zeros((matrix.shape[1], change.shape[1]))
    weights[present] = change[:-1]
    return weights, change[-1]
