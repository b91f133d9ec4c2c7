"""Whether samples for hand coding estimate what coding everything would give: the bundled corpus, by its own codes.

Run as ``python benchmarks/sampling.py``. For each design, 60 samples of 200 segments are drawn and their hand codes
compared with the analysis; the table has the mean and spread of the estimated F1 of `measure`, and how often the 95 %
interval holds the F1 of all segments.
"""

from __future__ import annotations

import dataclasses
import sys

import numpy as np

import policytext as pt
from policytext.resources import corpus_path
from policytext.validate import GoldSegment, Sample, read_gold, sample, validate
from policytext.validate.matching import letters

N, DRAWS = 200, 60
DESIGNS = {
    "simple": {"design": "simple"},
    "proportional": {},
    "equal": {"design": "equal"},
    "proportional, a fifth unsure": {"unsure": 0.2},
    "equal, half measures, a fifth with numbers": {"design": "equal", "measures": 0.5, "numbers": 0.2},
}


def f1(analysis: pt.Analysis, segments: list[GoldSegment], n_resamples: int) -> tuple[float, float, float]:
    """Return the F1 of `measure` and its interval."""
    row = validate(analysis, segments, n_resamples=n_resamples).table.set_index("task").loc["measure"]
    return row["f1"], row["low"], row["high"]


def main() -> int:
    """Print the table."""
    analysis = pt.analyze(pt.read_corpus(corpus_path()))
    gold = {(segment.doc, letters(segment.text)): segment for segment in read_gold(corpus_path() / "codes.jsonl")}
    analysis = dataclasses.replace(
        analysis,
        segments=analysis.segments[
            [(doc, letters(text)) in gold for doc, text in analysis.segments[["doc_id", "text"]].to_numpy()]
        ].reset_index(drop=True),
    )

    def coded(drawn: Sample) -> list[GoldSegment]:
        return [
            dataclasses.replace(
                gold[row.doc_id, letters(row.text)], id=row.segment_id, stratum=row.stratum, weight=row.weight
            )
            for row in drawn.segments.itertuples()
        ]

    n = int(analysis.segments["measure_probability"].notna().sum())
    if not n:
        print("no segment to measure on")
        return 1
    whole = f1(analysis, coded(sample(analysis, n=n, design="simple")), 1)[0]
    print(f"F1 of measure on all {n} segments: {whole:.3f}; {DRAWS} samples of {N}")
    print(f"{'design':<45}{'mean':>7}{'sd':>7}{'held':>7}{'width':>7}")
    for name, settings in DESIGNS.items():
        found = np.array(
            [f1(analysis, coded(sample(analysis, n=N, random_state=seed, **settings)), 200) for seed in range(DRAWS)]
        )
        held = ((found[:, 1] <= whole) & (whole <= found[:, 2])).mean()
        width = (found[:, 2] - found[:, 1]).mean()
        print(f"{name:<45}{found[:, 0].mean():>7.3f}{found[:, 0].std():>7.3f}{held:>7.2f}{width:>7.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
