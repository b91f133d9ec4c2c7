"""Key words: which words mark each group beside all the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import xlogy
from scipy.stats import false_discovery_control, norm

from policytext.compare.grouping import Grouped, Words, everyday_words

COLUMNS = (
    "term", "score", "log_odds", "n", "n_rest", "per_1000", "per_1000_rest", "g2", "p", "q", "dispersion",
    "n_documents",
)  # fmt: skip
PRIOR_WORDS = 1000.0
_PARTS = 10


def keyness(
    grouped: Grouped, words: Words, *, min_count: int = 5, prior_words: float = PRIOR_WORDS, everyday: bool = False
) -> pd.DataFrame:
    """Compare each group's words with those of all other groups together.

    Parameters
    ----------
    min_count : int
        Words said less often in all are left out.
    prior_words : float
        Size of the prior in words; the more, the closer rare words are held to no difference.
    everyday : bool
        Whether to keep the words that any programme is full of («sikre», «ny»): they tell manner, not matter. They
        count in the totals in any case.

    Returns
    -------
    DataFrame
        The compared column, then `term, score` (z of the weighted log-odds), `log_odds, n, n_rest` (times said in the
        group and in the rest), `per_1000, per_1000_rest, g2` (signed log-likelihood ratio), `p, q` (two-sided, and
        controlled for the false discovery rate in the group), `dispersion` (0 evenly spread over the group's texts,
        1 all in one place) and `n_documents` that hold the word. Strongest first. Empty with fewer than two groups.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), doi:10.1093/pan/mpn018, for the score; Dunning (1993) for G²; Benjamini & Hochberg
    (1995), doi:10.1111/j.2517-6161.1995.tb02031.x; Gries (2008), doi:10.1075/ijcl.13.4.02gri, for the dispersion.
    """
    counts: Any = words.counts
    labels = grouped.segments["group"].to_numpy()
    table = np.vstack([np.asarray(counts[labels == name].sum(axis=0)).ravel() for name in grouped.groups])
    common = table.sum(axis=0) >= min_count
    if not everyday:
        common &= np.array([word not in everyday_words() for word in words.vocabulary], dtype=bool)
    speaking = [number for number in range(len(grouped.groups)) if table[number].sum()]
    if len(speaking) < 2 or not common.any():
        return pd.DataFrame({name: [] for name in (grouped.by, *COLUMNS)})
    whole = table.sum(axis=0)
    vocabulary = np.array(words.vocabulary, dtype=object)[common]
    frames = []
    for number in speaking:
        name, here = grouped.groups[number], table[number]
        rest = whole - here
        prior = prior_words * whole / whole.sum()
        log_odds, score = weighted_log_odds(
            here[common], rest[common], here.sum(), rest.sum(), prior[common], prior_words
        )
        p = 2 * norm.sf(np.abs(score))
        own = counts[labels == name][:, common]
        segments = grouped.segments[labels == name]
        frame = pd.DataFrame(
            {
                grouped.by: name,
                "term": vocabulary,
                "score": score,
                "log_odds": log_odds,
                "n": here[common].astype(np.int64),
                "n_rest": rest[common].astype(np.int64),
                "per_1000": 1000 * here[common] / here.sum(),
                "per_1000_rest": 1000 * rest[common] / rest.sum(),
                "g2": log_likelihood(here[common], rest[common], here.sum(), rest.sum()),
                "p": p,
                "q": false_discovery_control(p),
                "dispersion": _dispersion(own, segments),
                "n_documents": _n_documents(own, segments),
            }
        )
        frames.append(frame.sort_values(["score", "term"], ascending=[False, True], kind="stable"))
    return pd.concat(frames, ignore_index=True)


def weighted_log_odds(
    here: NDArray[np.float64],
    rest: NDArray[np.float64],
    n_here: float,
    n_rest: float,
    prior: NDArray[np.float64],
    prior_words: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log-odds ratio with an informative Dirichlet prior, and the same over its standard error.

    Examples
    --------
    >>> ratio, score = weighted_log_odds(
    ...     np.array([20.0]), np.array([20.0]), 1000.0, 1000.0, np.array([10.0]), 500.0
    ... )
    >>> float(ratio[0]), float(score[0])
    (0.0, 0.0)
    """
    ratio = np.log((here + prior) / (n_here + prior_words - here - prior)) - np.log(
        (rest + prior) / (n_rest + prior_words - rest - prior)
    )
    return ratio, ratio / np.sqrt(1 / (here + prior) + 1 / (rest + prior))


def log_likelihood(
    here: NDArray[np.float64], rest: NDArray[np.float64], n_here: float, n_rest: float
) -> NDArray[np.float64]:
    """Return the log-likelihood ratio G² of two rates, negative where the group says the word less often.

    Examples
    --------
    >>> log_likelihood(np.array([30.0]), np.array([10.0]), 1000.0, 1000.0).round(2).tolist()
    [10.46]
    """
    both = here + rest
    expected_here, expected_rest = both * n_here / (n_here + n_rest), both * n_rest / (n_here + n_rest)
    g2 = 2 * (xlogy(here, here / expected_here) + xlogy(rest, rest / expected_rest))
    signed: NDArray[np.float64] = np.where(here / n_here >= rest / n_rest, g2, -g2)
    return signed


def _dispersion(own: Any, segments: pd.DataFrame) -> NDArray[np.float64]:
    """Return the normalised deviation of proportions over the group's documents, or over ten stretches of its text."""
    documents = np.unique(segments["doc_id"].astype(str), return_inverse=True)[1]
    sizes = np.asarray(own.sum(axis=1)).ravel()
    if len(set(documents.tolist())) >= _PARTS:
        parts = documents
    else:
        parts = np.minimum((np.cumsum(sizes) - sizes) * _PARTS // max(sizes.sum(), 1), _PARTS - 1).astype(np.int64)
    n_parts = int(parts.max()) + 1
    share = np.bincount(parts, weights=sizes, minlength=n_parts)
    share = share / max(share.sum(), 1)
    said = np.vstack([np.asarray(own[parts == part].sum(axis=0)).ravel() for part in range(n_parts)])
    total = said.sum(axis=0)
    spread = np.divide(said, total, out=np.zeros_like(said, dtype=float), where=total > 0)
    deviation = np.abs(spread - share[:, None]).sum(axis=0) / 2
    least = share[share > 0].min() if (share > 0).any() else 0.0
    scaled: NDArray[np.float64] = np.where(total > 0, deviation / (1 - least) if least < 1 else 0.0, np.nan)
    return scaled


def _n_documents(own: Any, segments: pd.DataFrame) -> NDArray[np.int64]:
    documents = segments["doc_id"].astype(str).to_numpy()
    total = np.zeros(own.shape[1], dtype=np.int64)
    for name in sorted(set(documents)):
        total += np.asarray((own[documents == name] > 0).sum(axis=0)).ravel() > 0
    return total
