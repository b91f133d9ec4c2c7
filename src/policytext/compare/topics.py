"""Topics: what the texts are about, by non-negative matrix factorisation, and each group's shares."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.compare.grouping import Grouped, Words, everyday_words
from policytext.compare.resampling import Clusters, seed_of, share_intervals

TOPIC_COLUMNS = ("topic", "label", "rank", "term", "weight", "share", "stability")
SHARE_COLUMNS = ("topic", "label", "share", "low", "high", "resampled")
_PASSAGE_WORDS = 60
_PASSAGES_PER_TOPIC = 4
_REFITS = 8
_LABEL_TERMS = 3
_MIN_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class _Passages:
    """Stretches of about sixty content words that do not cross a section; rows of `counts` (n_passages, n_terms)."""

    counts: Any
    group: NDArray[np.object_]
    document: NDArray[np.object_]
    section: NDArray[np.int64]


def topics(
    grouped: Grouped, words: Words, *, n_topics: int, n_terms: int, n_resamples: int, random_state: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find topics in the passages of all texts and each group's shares of them.

    Passages are weighed by TF-IDF and factorised (Lee & Seung 1999, doi:10.1038/44565) from a start that is not drawn
    by chance (NNDSVDa, Boutsidis & Gallopoulos 2008, doi:10.1016/j.patcog.2007.09.010). Fewer topics are found than
    asked for where there are fewer than four passages for each.

    Returns
    -------
    topics : DataFrame
        One row a topic and term: `topic` (from 1, the largest first), `label` (its three heaviest terms), `rank, term,
        weight` (of the topic's whole, 0–1), `share` (of all texts, 0–1) and `stability` (0–1): the mean likeness
        (cosine) of the topic to its match when the passages are drawn anew with replacement and factorised again.
    topic_shares : DataFrame
        One row a group and topic: the compared column, `topic, label, share, low, high, resampled`. The intervals
        hold the topics as they are; how firm those are is what `stability` says.
    """
    passages = _passages(grouped, words)
    count = min(n_topics, len(passages.group) // _PASSAGES_PER_TOPIC)
    count = max(count, 1) if len(passages.group) >= _MIN_PASSAGES else 0
    weighted, columns = _weigh(passages.counts, words.vocabulary) if count else (None, np.zeros(0, dtype=np.int64))
    count = min(count, len(columns))
    if not count:
        return pd.DataFrame(columns=list(TOPIC_COLUMNS)), pd.DataFrame(columns=[grouped.by, *SHARE_COLUMNS])
    mix, loadings = _factorise(weighted, count, random_state)
    sizes = np.asarray(passages.counts.sum(axis=1)).ravel()
    whole = mix.sum(axis=1, keepdims=True)
    amounts = np.divide(mix, whole, out=np.zeros_like(mix), where=whole > 0) * sizes[:, None]
    order = np.argsort(-amounts.sum(axis=0), kind="stable")
    amounts, loadings = amounts[:, order], loadings[order]
    stability = _stability(weighted, loadings, random_state)
    vocabulary = np.array(words.vocabulary, dtype=object)[columns]
    overall = amounts.sum(axis=0) / max(amounts.sum(), 1e-12)
    rows = []
    labels = []
    for number, loading in enumerate(loadings):
        heaviest = np.lexsort((np.arange(len(loading)), -loading))[:n_terms]
        heaviest = heaviest[loading[heaviest] > 0]
        labels.append(", ".join(vocabulary[heaviest[:_LABEL_TERMS]]))
        rows += [
            {
                "topic": number + 1,
                "label": labels[-1],
                "rank": rank,
                "term": vocabulary[column],
                "weight": loading[column] / loading.sum(),
                "share": overall[number],
                "stability": stability[number],
            }
            for rank, column in enumerate(heaviest, start=1)
        ]
    shares = _shares(grouped, passages, amounts, labels, n_resamples=n_resamples, random_state=random_state)
    return pd.DataFrame(rows, columns=list(TOPIC_COLUMNS)), shares


def _passages(grouped: Grouped, words: Words) -> _Passages:
    import scipy.sparse as sp

    counts: Any = words.counts
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    sections = grouped.segments["section"].to_numpy(dtype=np.int64)
    rows = np.flatnonzero(sizes)
    marks = np.zeros(len(rows), dtype=np.int64)
    current, filled = -1, 0.0
    for place, row in enumerate(rows):
        if place == 0 or sections[row] != sections[rows[place - 1]] or filled >= _PASSAGE_WORDS:
            current, filled = current + 1, 0.0
        filled += sizes[row]
        marks[place] = current
    merge = sp.csr_matrix((np.ones(len(rows)), (marks, rows)), shape=(current + 1, len(sizes)))
    first = rows[np.unique(marks, return_index=True)[1]] if len(rows) else rows
    segments = grouped.segments
    return _Passages(
        merge @ counts,
        segments["group"].to_numpy()[first],
        segments["doc_id"].astype(str).to_numpy(dtype=object)[first],
        sections[first],
    )


def _weigh(counts: Any, vocabulary: tuple[str, ...]) -> tuple[Any, NDArray[np.int64]]:
    """Return the TF-IDF weights of the terms that are in at least two and at most half of the passages.

    Words that any programme is full of («sikre», «ny», «prosent») say nothing of the topic and are left out.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    everyday = everyday_words()
    telling = np.array([term not in everyday for term in vocabulary], dtype=bool)
    spread = np.asarray((counts > 0).sum(axis=0)).ravel()
    least = 2 if counts.shape[0] < 200 else 3
    columns = np.flatnonzero(telling & (spread >= least) & (spread <= max(2, counts.shape[0] / 2)))
    if not len(columns):
        return None, columns
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts[:, columns]), columns


def _factorise(weighted: Any, count: int, random_state: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    start = "nndsvda" if count <= min(weighted.shape) else "random"
    model = NMF(n_components=count, init=start, random_state=random_state, max_iter=400, tol=1e-4)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # an exact fit's error may round to below 0
        warnings.simplefilter("ignore", ConvergenceWarning)
        mix = model.fit_transform(weighted)
    return mix.astype(np.float64), model.components_.astype(np.float64)


def _stability(weighted: Any, loadings: NDArray[np.float64], random_state: int) -> NDArray[np.float64]:
    from scipy.optimize import linear_sum_assignment

    random = np.random.default_rng(seed_of(random_state, "stability"))
    unit = _unit(loadings)
    likeness = []
    for _ in range(_REFITS):
        drawn = weighted[random.integers(0, weighted.shape[0], weighted.shape[0])]
        cosine = unit @ _unit(_factorise(drawn, len(loadings), random_state)[1]).T
        own, other = linear_sum_assignment(-cosine)
        likeness.append(cosine[own, other])
    mean: NDArray[np.float64] = np.mean(likeness, axis=0)
    return mean


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    scaled: NDArray[np.float64] = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return scaled


def _shares(
    grouped: Grouped,
    passages: _Passages,
    amounts: NDArray[np.float64],
    labels: list[str],
    *,
    n_resamples: int,
    random_state: int,
) -> pd.DataFrame:
    rows = []
    for name in grouped.groups:
        inside = passages.group == name
        own = amounts[inside]
        if not own.sum():
            continue
        documents = np.unique(passages.document[inside].astype(str), return_inverse=True)[1].astype(np.int64)
        clusters = Clusters(documents, passages.section[inside])
        seed = seed_of(random_state, "topics", name)
        low, high = share_intervals(clusters, own, n_resamples=n_resamples, seed=seed)
        share = own.sum(axis=0) / own.sum()
        rows += [
            {
                grouped.by: name,
                "topic": number + 1,
                "label": label,
                "share": share[number],
                "low": low[number],
                "high": high[number],
                "resampled": clusters.resampled,
            }
            for number, label in enumerate(labels)
        ]
    return pd.DataFrame(rows, columns=[grouped.by, *SHARE_COLUMNS])
