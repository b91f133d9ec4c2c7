import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytext.compare.keyness import log_likelihood, weighted_log_odds
from policytext.compare.resampling import Clusters, resampled_sums, seed_of, share_intervals, wilson
from policytext.compare.similarity import jensen_shannon

COUNTS = st.lists(st.integers(0, 50), min_size=3, max_size=3)


def clusters(documents, sections=None):
    return Clusters(np.array(documents), np.array(documents if sections is None else sections))


@pytest.mark.parametrize(
    ("documents", "sections"),
    [
        pytest.param([0] * 20, [0] * 20, id="segments"),
        pytest.param([0] * 20, list(range(20)), id="sections"),
        pytest.param([0] * 12 + [1] * 8, [0] * 20, id="documents-and-segments"),
        pytest.param(list(range(20)), [0] * 20, id="documents"),
    ],
)
def test_drawing_keeps_the_number_of_units_on_average(documents, sections):
    sums = resampled_sums(clusters(documents, sections), np.ones((20, 1)), n_resamples=400, seed=(0,))
    assert sums.shape == (400, 1)
    assert sums.mean() == pytest.approx(20, rel=0.05)
    assert (sums >= 0).all()


def test_a_single_document_of_units_spreads_as_the_binomial():
    amounts = np.repeat([[1.0], [0.0]], 50, axis=0)
    sums = resampled_sums(clusters([0] * 100), amounts, n_resamples=4000, seed=(0,))
    assert sums.std() == pytest.approx(5.0, rel=0.05)


def test_sections_are_drawn_whole():
    sections = np.repeat(np.arange(12), 5)
    sums = resampled_sums(clusters([0] * 60, sections), np.ones((60, 1)), n_resamples=50, seed=(0,))
    assert (sums == 60).all()
    amounts = (sections < 6).astype(float)[:, None]
    sums = resampled_sums(clusters([0] * 60, sections), amounts, n_resamples=50, seed=(0,))
    assert (sums % 5 == 0).all()


def test_an_interval_covers_the_true_share_about_as_often_as_it_says():
    random = np.random.default_rng(3)
    covered = 0
    for trial in range(200):
        kind = random.random(120) < 0.3
        amounts = np.column_stack([kind, ~kind]).astype(float)
        low, high = share_intervals(clusters([0] * 120), amounts, n_resamples=200, seed=(trial,))
        covered += low[0] <= 0.3 <= high[0]
    assert 0.89 <= covered / 200 <= 0.99


def test_documents_that_differ_widen_the_interval():
    alike = np.tile([[1.0, 0.0], [0.0, 1.0]], (30, 1))
    apart = np.repeat([[1.0, 0.0], [0.0, 1.0]], 30, axis=0)
    widths = []
    for amounts in (alike, apart):
        low, high = share_intervals(clusters([0] * 30 + [1] * 30), amounts, n_resamples=300, seed=(0,))
        widths.append(high[0] - low[0])
    assert widths[1] > 2 * widths[0]


def test_nothing_to_share_gives_missing_ends():
    low, high = share_intervals(clusters([0]), np.zeros((1, 2)), n_resamples=5, seed=(0,))
    assert np.isnan(low).all()
    assert np.isnan(high).all()


@pytest.mark.parametrize(("n", "total"), [(0, 1), (0, 50), (50, 50), (7, 20)])
def test_the_score_interval_holds_the_share(n, total):
    low, high = wilson(n, total)
    assert 0 <= low <= n / total <= high <= 1
    assert low < high


def test_a_seed_hangs_on_the_name():
    assert seed_of(0, "emphasis", "Fjellfolket") == seed_of(0, "emphasis", "Fjellfolket")
    assert seed_of(0, "emphasis", "Fjellfolket") != seed_of(0, "emphasis", "Byalliansen")


def test_log_odds_by_hand():
    # y = 30 of 1000 against 10 of 2000, prior 4 of 100
    ratio, score = weighted_log_odds(np.array([30.0]), np.array([10.0]), 1000.0, 2000.0, np.array([4.0]), 100.0)
    expected = np.log(34 / (1100 - 34)) - np.log(14 / (2100 - 14))
    assert ratio[0] == pytest.approx(expected)
    assert score[0] == pytest.approx(expected / np.sqrt(1 / 34 + 1 / 14))


@settings(max_examples=50)
@given(COUNTS, COUNTS)
def test_log_odds_turn_with_the_groups(here, rest):
    here, rest = np.array(here, dtype=float), np.array(rest, dtype=float)
    prior = np.array([1.0, 2.0, 3.0])
    _, score = weighted_log_odds(here, rest, here.sum() + 10, rest.sum() + 10, prior, 10.0)
    _, turned = weighted_log_odds(rest, here, rest.sum() + 10, here.sum() + 10, prior, 10.0)
    assert score == pytest.approx(-turned)


@pytest.mark.parametrize(
    ("here", "rest", "g2"),
    [
        pytest.param(10, 10, 0.0, id="same-rate"),
        pytest.param(20, 0, 27.73, id="only-here"),
        pytest.param(0, 20, -27.73, id="only-there"),
    ],
)
def test_log_likelihood_by_hand(here, rest, g2):
    found = log_likelihood(np.array([float(here)]), np.array([float(rest)]), 1000.0, 1000.0)
    assert found[0] == pytest.approx(g2, abs=0.01)


@settings(max_examples=50)
@given(COUNTS, COUNTS)
def test_divergence_is_symmetric_and_between_zero_and_one(first, second):
    first, second = np.array(first), np.array(second)
    value = jensen_shannon(first, second)
    if first.sum() and second.sum():
        assert -1e-12 <= value <= 1 + 1e-12
        assert value == pytest.approx(jensen_shannon(second, first))
        assert jensen_shannon(first, first) == pytest.approx(0)
    else:
        assert np.isnan(value)
