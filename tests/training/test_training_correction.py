import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from policytext.training.correction import BIAS_VARIANCE, fit_correction


def texts(n=120, seed=0):
    random = np.random.default_rng(seed)
    matrix = csr_matrix(random.binomial(1, 0.3, (n, 8)).astype(float))
    return matrix, random.normal(0, 1, (n, 3)), random.integers(0, 3, n)


def test_without_scores_it_is_the_logistic_regression_of_scikit_learn():
    matrix, _, truth = texts()
    weights, constants = fit_correction(matrix, np.zeros((120, 3)), truth, variance=0.5)
    ones = np.ones((120, 1)) * np.sqrt(BIAS_VARIANCE / 0.5)  # the constant as one more feature
    model = LogisticRegression(C=0.5, fit_intercept=False, tol=1e-8, max_iter=1000).fit(hstack([matrix, ones]), truth)
    assert np.allclose(weights, model.coef_[:, :-1].T, atol=1e-3)
    assert np.allclose(constants, model.coef_[:, -1] * ones[0, 0], atol=1e-3)


def test_a_single_score_is_the_log_odds_of_the_second_class():
    matrix, scores, truth = texts()
    odds, binary = scores[:, :1], (truth > 0).astype(int)
    weights, constants = fit_correction(matrix, odds, binary, variance=0.5)
    both, shifts = fit_correction(matrix, np.hstack([-odds / 2, odds / 2]), binary, variance=0.5)
    assert weights.shape == (8, 1)
    assert np.allclose(weights[:, 0], both[:, 1] - both[:, 0], atol=1e-4)
    assert np.allclose(constants[0], shifts[1] - shifts[0], atol=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_the_smaller_the_variance_the_smaller_the_change(seed):
    matrix, scores, truth = texts(seed=seed)
    sizes = [np.abs(fit_correction(matrix, scores, truth, variance=v)[0]).sum() for v in (1e-6, 0.1, 10.0)]
    assert sizes[0] < 1e-2
    assert sizes == sorted(sizes)


def test_features_that_do_not_occur_stay_as_they_are():
    matrix, scores, truth = texts()
    wide = hstack([matrix, csr_matrix((120, 2))]).tocsr()
    weights, _ = fit_correction(wide, scores, truth, variance=0.5)
    assert not weights[8:].any()
    assert weights[:8].any()


@pytest.mark.parametrize("shift", [-2.0, 3.0])
def test_a_code_used_more_or_less_often_is_made_up_for(shift):
    random = np.random.default_rng(1)
    odds = random.normal(0, 2, 2000)
    truth = (random.random(2000) < 1 / (1 + np.exp(-odds - shift))).astype(int)
    _, constants = fit_correction(csr_matrix((2000, 1)), odds[:, None], truth, variance=0.1)
    assert constants[0] == pytest.approx(shift, abs=0.4)
