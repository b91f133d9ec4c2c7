"""Accuracy of quantities on hand-coded segments: value and unit, role, numeric commitments; per party and written form.

``python benchmarks/quantities_accuracy.py [GOLD_FOLDER]``; the folder holds `train.jsonl`, `dev.jsonl` and, if it is
there, `dev-numbers.jsonl`. Nothing is trained here: the rules were written while looking at `train`, so its rows show
the fit and the `dev` rows what to expect. «Given measures» takes the measures from the coders, «found measures» from
the package, whose model has seen `train`. Intervals are 95 % percentiles over resampled segments.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from policytext.measures import find_measures
from policytext.quantities import find, resolve
from policytext.records import Measure, Quantity, Segment
from policytext.validate.gold import GoldSegment, read_gold
from policytext.validate.matching import FoundQuantity, match_quantities

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
NYNORSK = ("Sp",)
DRAWS = 1000
Case = tuple[GoldSegment, tuple[Quantity, ...]]


def cases(rows: Sequence[GoldSegment], *, given: bool) -> list[Case]:
    """Return each segment with the quantities found in it, their roles resolved with given or found measures."""
    found = [find(row.text) for row in rows]
    if given:
        measures = [(_whole(row.text),) if row.measure else () for row in rows]
    else:
        cut = [_segment(row) for row in rows]
        measures = find_measures(cut, found)
    return [
        (row, resolve(row.text, its, ms, heading=row.heading, intro=row.intro))
        for row, its, ms in zip(rows, found, measures, strict=True)
    ]


def _whole(text: str) -> Measure:
    return Measure(text, 0, len(text), None, "firm", True, "other")


def _segment(row: GoldSegment) -> Segment:
    kind = "item" if row.kind == "item" else "paragraph"
    return Segment(row.doc, row.id, kind, row.text, 0, len(row.text), heading=row.heading, intro=row.intro)


def counts(case: Case) -> dict[str, tuple[int, int, int]]:
    """Return for each score how many are right, found and coded in one segment."""
    row, found = case
    given = [FoundQuantity(q.value, q.low, q.high, q.unit, q.role, bool(q.committed)) for q in found]
    pairs = match_quantities(row.quantities, given)
    coded = [row.measure and q.role != "context" for q in row.quantities]
    right = sum(coded[i] and given[j].committed for i, j in pairs)
    roles = sum(row.quantities[i].role == given[j].role for i, j in pairs if row.measure)
    in_measures = sum(row.measure for _ in pairs)
    numeric = any(q.committed for q in given)
    return {
        "value and unit": (len(pairs), len(given), len(row.quantities)),
        "committed": (right, sum(q.committed for q in given), sum(coded)),
        "numeric commitment": (int(row.numeric and numeric), int(numeric), int(row.numeric)),
        "role (of seven)": (roles, in_measures, in_measures),
    }


def f1(table: np.ndarray) -> np.ndarray:
    """Return F1 from sums of right, found and coded in the last axis; NaN where there is nothing."""
    below = table[..., 1] + table[..., 2]
    return np.where(below > 0, 2 * table[..., 0] / np.maximum(below, 1), np.nan)


def line(name: str, some: Sequence[Case], score: str) -> str:
    """Return one row of the table: precision, recall, F1 with its interval, and how many were coded."""
    table = np.array([counts(case)[score] for case in some])
    right, found, coded = table.sum(0)
    draws = np.random.default_rng(0).integers(0, len(table), (DRAWS, len(table)))
    low, high = np.nanpercentile(f1(table[draws].sum(1)), [2.5, 97.5])
    precision, recall = right / max(found, 1), right / max(coded, 1)
    return (
        f"{name:26} {len(some):5} {coded:5} {precision:6.3f} {recall:6.3f} {float(f1(table.sum(0))):6.3f}"
        f"  [{low:.3f}, {high:.3f}]"
    )


def groups(some: Sequence[Case]) -> list[tuple[str, Callable[[GoldSegment], bool]]]:
    """Return the rows of one table: all, each written form, each party."""
    parties = sorted({row.doc for row, _ in some})
    listed: list[tuple[str, Callable[[GoldSegment], bool]]] = [
        ("all", lambda _: True),
        ("Bokmål", lambda row: row.doc not in NYNORSK),
        ("Nynorsk", lambda row: row.doc in NYNORSK),
    ]
    return listed + [(party, lambda row, party=party: row.doc == party) for party in parties]


def main() -> int:
    """Print the tables; 1 where there is nothing to measure."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    sets = [("train", ["train.jsonl"]), ("dev", ["dev.jsonl", "dev-numbers.jsonl"])]
    measured = 0
    for name, files in sets:
        rows = [row for file in files if (folder / file).is_file() for row in read_gold(folder / file) if not row.bad]
        if not rows:
            continue
        for given in (True, False):
            some = cases(rows, given=given)
            for score in ("value and unit", "committed", "numeric commitment", "role (of seven)"):
                if score == "value and unit" and not given:
                    continue
                print(f"\n{name}, {score}, {'given' if given else 'found'} measures")
                print(f"{'':26} {'n':>5} {'coded':>5} {'P':>6} {'R':>6} {'F1':>6}  95 %")
                for group, belongs in groups(some):
                    chosen = [case for case in some if belongs(case[0])]
                    if chosen and any(counts(case)[score][2] for case in chosen):
                        print(line(group, chosen, score))
                        measured += 1
        texts = [row.text for row in rows]
        start = time.process_time()
        for text in texts:
            find(text)
        words = sum(len(text.split()) for text in texts)
        print(f"\n{name}: find reads {words / (time.process_time() - start):,.0f} words a second")
    if not measured:
        print(f"nothing to measure: no coded segments in {folder}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
