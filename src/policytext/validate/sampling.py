"""Draw segments of an analysis for hand coding, with known probabilities of being drawn."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from policytext.analysis.pipeline import MEASURE_KINDS, NUMBERLESS_KINDS
from policytext.compare.grouping import group
from policytext.compare.resampling import seed_of
from policytext.errors import AnalysisError, PolicyTextWarning
from policytext.measures import THRESHOLD
from policytext.version import __version__

if TYPE_CHECKING:
    from policytext.analysis import Analysis

DESIGNS = ("proportional", "equal", "simple")
UNSURE = 0.25
"""A segment is unsure when its probability is within this of the threshold from which on it counts as a measure."""
LEAST = 2
"""Segments drawn from each stratum that has so many: without two, nothing tells how they vary."""
STRATUM_COLUMNS = ("stratum", "n_population", "n_sampled", "inclusion_probability")
ROW_COLUMNS = (
    *("id", "doc_id", "segment_id", "stratum", "inclusion_probability", "weight", "party", "language", "kind"),
    *("heading", "intro", "before", "text", "after"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Segments drawn for hand coding.

    Attributes
    ----------
    segments : DataFrame
        One row a segment, in random order: `id` (its name in the coding sheets, which tells nothing), `doc_id,
        segment_id, stratum, inclusion_probability` (0–1), `weight` (one over it: how many segments of the analysis it
        stands for), `party, language, kind, heading, intro, before, text, after` (the segments around it).
    strata : DataFrame
        One row a stratum: `stratum, n_population` (segments that can be coded), `n_sampled, inclusion_probability`.
    manifest : mapping
        Version, settings with the seed, and the hashes of the documents.
    """

    segments: pd.DataFrame
    strata: pd.DataFrame
    manifest: Mapping[str, Any]

    def save(self, folder: str | Path, *, coders: int = 1, overlap: float = 0.2, delimiter: str = ";") -> Path:
        """Write coding sheets, instructions and the sample's manifest; see `write_sheets`."""
        from policytext.validate.sheets import write_sheets

        return write_sheets(self, folder, coders=coders, overlap=overlap, delimiter=delimiter)

    def __repr__(self) -> str:
        return (
            f"Sample({len(self.segments)} of {self.strata['n_population'].sum()} segments, {len(self.strata)} strata)"
        )


def sample(
    analysis: Analysis | str | Path,
    *,
    n: int = 300,
    design: str = "proportional",
    by: str = "party",
    numbers: float = 0.0,
    measures: float = 0.0,
    unsure: float = 0.0,
    random_state: int = 0,
) -> Sample:
    """Draw segments for hand coding from those that can hold a measure (paragraphs, list items, quotes).

    Parameters
    ----------
    analysis : Analysis or path
        An analysis or the folder of a saved one.
    n : int
        Segments to draw.
    design : {"proportional", "equal", "simple"}
        ``proportional`` draws from each group in proportion to its segments, ``equal`` as many from each; ``simple``
        draws at random from all.
    by : str
        The column that makes the groups, as in `compare`.
    numbers, measures, unsure : float
        Shares of the sample (0–1, less than 1 in all) drawn from segments with a number, from those found to be
        measures, and from those whose probability is within 0.25 of the threshold. A segment that fits several is in
        the first of `unsure`, `numbers`, `measures`; what is left over is drawn from all others, so that every
        segment can be drawn.
    random_state : int
        The same seed draws the same segments, whatever the order of the documents.

    Raises
    ------
    AnalysisError
        If a setting is not allowed, or there are too few segments.

    Warns
    -----
    PolicyTextWarning
        If no segment is of a kind that was asked for.

    Notes
    -----
    Strata do not overlap, and within each the draw is simple random without replacement, so that a segment's inclusion
    probability is n_h / N_h and a sum over the corpus is estimated without bias by weighting each segment with
    N_h / n_h (Horvitz & Thompson 1952, doi:10.1080/01621459.1952.10483446). Two segments are drawn from every stratum
    that has them; the rest goes, one by one, where most is missing of the stratum's share.

    Examples
    --------
    >>> import policytext as pt
    >>> drawn = sample(pt.annotate(["Vi vil bygge vei.", "Fjorden er dyp.", "Vi vil ha ferge."]), n=2, design="simple")
    >>> drawn
    Sample(2 of 3 segments, 1 strata)
    >>> drawn.segments["weight"].tolist()
    [1.5, 1.5]
    """
    if isinstance(analysis, (str, Path)):
        from policytext.analysis import load_analysis

        analysis = load_analysis(analysis)
    shares = {"unsure": unsure, "numbers": numbers, "measures": measures}
    _check(design, shares)
    rows = _codable(analysis, by if design != "simple" else "doc_id", shares)
    if not 1 <= n <= len(rows):
        raise AnalysisError(
            f"n is {n}; the analysis holds {len(rows)} segments that can be coded: ask for 1 to that many"
        )
    if design == "simple":
        rows = rows.assign(group="all")
    names = [
        f"{sort} / {own}" if any(shares.values()) else own
        for sort, own in zip(rows["sort"], rows["group"], strict=True)
    ]
    rows = rows.assign(stratum=names)
    strata = _allotted(rows, n, design, shares)
    drawn = []
    for name, count in zip(strata["stratum"], strata["n_sampled"], strict=True):
        places = np.flatnonzero((rows["stratum"] == name).to_numpy())
        random = np.random.default_rng(seed_of(random_state, "sample", name))
        drawn.append(random.choice(places, count, replace=False))
    order = np.random.default_rng(seed_of(random_state, "order")).permutation(np.sort(np.concatenate(drawn)))
    chosen = rows.iloc[order].reset_index(drop=True)
    probability = chosen["stratum"].map(strata.set_index("stratum")["inclusion_probability"])
    width = len(str(n))
    chosen = chosen.assign(
        id=[f"s{number:0{width}d}" for number in range(1, n + 1)],
        inclusion_probability=probability,
        weight=1 / probability,
    )
    settings = {"n": n, "design": design, "by": None if design == "simple" else by, **shares}
    manifest = {
        "policytext": __version__,
        "settings": {**settings, "random_state": random_state},
        "documents": dict(analysis.manifest.get("documents", {})),
    }
    return Sample(chosen[list(ROW_COLUMNS)], strata, manifest)


def _check(design: str, shares: Mapping[str, float]) -> None:
    if design not in DESIGNS:
        raise AnalysisError(f"design is {design!r}; allowed: {', '.join(DESIGNS)}")
    for name, share in shares.items():
        if not 0 <= share < 1:
            raise AnalysisError(f"{name} is {share}; it is a share of the sample: at least 0 and less than 1")
    if sum(shares.values()) >= 1:
        raise AnalysisError(
            f"{', '.join(f'{name} {share}' for name, share in shares.items() if share)} take the whole sample; "
            "leave a share for all other segments, or nothing can be said of them"
        )


def _codable(analysis: Analysis, by: str, shares: Mapping[str, float]) -> pd.DataFrame:
    """Return the segments that can be coded with their group, what stands around them, and their sort."""
    grouped = group(analysis, by)
    rows = grouped.segments
    keys = list(zip(rows["doc_id"].astype(str), rows["segment_id"].astype(str), strict=True))
    numbered = set(
        zip(analysis.quantities["doc_id"].astype(str), analysis.quantities["segment_id"].astype(str), strict=True)
    )
    probability = rows["measure_probability"].to_numpy(dtype=float, na_value=np.nan)
    is_sort: dict[str, NDArray[np.bool_]] = {
        "unsure": np.abs(probability - THRESHOLD) <= UNSURE,
        "numbers": np.array([key in numbered for key in keys], dtype=bool),
        "measures": np.isin(np.arange(len(rows)), grouped.measures["segment"].to_numpy()),
    }
    asked = [name for name, share in shares.items() if share]
    sort = np.select([is_sort[name] for name in asked], asked, "other") if asked else np.full(len(rows), "all")
    rows = rows.assign(sort=sort)
    rows = rows[~rows["kind"].isin(NUMBERLESS_KINDS)]
    for name in ("heading", "intro", "text"):
        rows[name] = [" ".join(str(text).split()) for text in rows[name].fillna("")]
    near = rows.groupby("doc_id", sort=False)["text"]
    rows = rows.assign(before=near.shift(1).fillna(""), after=near.shift(-1).fillna(""))
    rows = rows[rows["kind"].isin(MEASURE_KINDS) & (rows["text"] != "")].reset_index(drop=True)
    for name in asked:
        if name not in set(rows["sort"]):
            warnings.warn(
                f"no segment is left for the share of {name}; it goes to the others", PolicyTextWarning, stacklevel=3
            )
    return rows


def _allotted(rows: pd.DataFrame, n: int, design: str, shares: Mapping[str, float]) -> pd.DataFrame:
    sort_of = dict(zip(rows["stratum"], rows["sort"], strict=True))
    sizes = Counter(rows["stratum"])
    whole, groups = Counter(rows["sort"]), Counter(sort_of.values())
    part = {**shares, "other": 1 - sum(shares.values()), "all": 1.0}
    names = sorted(sizes)
    targets = [
        part[sort] * (1 / groups[sort] if design == "equal" else sizes[name] / whole[sort])
        for name, sort in ((name, sort_of[name]) for name in names)
    ]
    population = [sizes[name] for name in names]
    counts = allot(n, population, targets)
    table = pd.DataFrame({"stratum": names, "n_population": population, "n_sampled": counts})
    return table.assign(inclusion_probability=table["n_sampled"] / table["n_population"])[list(STRATUM_COLUMNS)]


def allot(n: int, sizes: Sequence[int], targets: Sequence[float]) -> list[int]:
    """Divide a sample among strata.

    Parameters
    ----------
    n : int
        Segments to draw.
    sizes : sequence of int
        Segments in each stratum.
    targets : sequence of float
        The share of the sample that each should have; what a stratum cannot fill goes to the others.

    Raises
    ------
    AnalysisError
        If `n` is too small for two segments from each stratum.

    Examples
    --------
    >>> allot(10, [100, 100, 3], [0.2, 0.3, 0.5])
    [3, 4, 3]
    """
    counts = [min(LEAST, size) for size in sizes]
    if sum(counts) > n:
        raise AnalysisError(
            f"n is {n}; the {len(sizes)} strata need at least {sum(counts)}, {LEAST} each: "
            "ask for more segments or fewer strata"
        )
    whole = sum(targets)
    for _ in range(n - sum(counts)):
        missing = [
            (n * target / whole - count if count < size else -np.inf)
            for target, count, size in zip(targets, counts, sizes, strict=True)
        ]
        counts[int(np.argmax(missing))] += 1
    return counts
