"""What fitting the models to further codes brings: ``python benchmarks/training.py CODES [--written]``.

Each party is left out in turn; of the codes of the others n are drawn (three times), the models are corrected by
them, and tried on the party left out. Printed are, for each part, the share that is right and the log loss. With
``--written`` one starts from models that have seen only the segments written for training, for codes that the bundled
models have seen; fitting these takes some minutes. ``--recoded`` in place of CODES tells what is brought where a
coder draws lines elsewhere: the bundled codes, with `introduce` as `increase` and `infrastruktur` as `verdiskaping`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from policytext.analysis.models import Models, load_models
from policytext.areas import AreaModel
from policytext.areas.classifier import AreaClassifier
from policytext.measures.codings import read_written, standing_alone
from policytext.measures.models import MeasureModels
from policytext.measures.network_training import fit_network
from policytext.measures.scorer import Scorer
from policytext.measures.training import fit_models, prepare
from policytext.resources import corpus_path
from policytext.training import train
from policytext.training.correction import fit_correction
from policytext.training.evidence import AREAS, Evidence, area_evidence, measure_evidence
from policytext.training.examples import read_examples
from policytext.training.folds import VARIANCE, leave_out, rated

WRITTEN = Path(__file__).parents[1] / "models" / "measures" / "written_codes.csv"
SIZES = (50, 100, 200, 400, 800)
DRAWS = 3
VARIANCES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


def written_models() -> Models:
    """Return models fitted to the written segments alone, calibrated as the bundled ones are."""
    bundled = load_models()
    written = read_written(WRITTEN)
    rows = [one for one in written if one.areas]
    classifier = AreaClassifier().fit(
        [(one.segment.heading, one.segment.text) for one in rows], [one.areas[0] for one in rows]
    )
    prepared = prepare([*written, *standing_alone(written, every=3)])
    linear = fit_models(prepared)
    known = bundled.measures.linear["measure"]
    linear["measure"] = replace(linear["measure"], slope=known.slope, offset=known.offset)
    measures = MeasureModels(Scorer(linear), fit_network(prepared))
    return Models(measures, AreaModel(classifier.scorer, bundled.areas.settings), {})


def right_and_loss(
    own: Evidence, folds: Sequence[NDArray[np.int64]], *, size: int | None = None, variance: float = VARIANCE
) -> str:
    """Return how often a part is right on folds left out, and its log loss; nothing where a fold leaves too few."""
    found = []
    for draw in range(DRAWS if size else 1):
        after = own.scores.copy()
        for number, held in enumerate(folds):
            tested = np.isin(own.owners, held)
            others = np.flatnonzero(~tested)
            if size is not None:
                if len(others) < size:
                    return ""
                others = np.sort(np.random.default_rng((draw, number)).permutation(others)[:size])
            weights, constants = fit_correction(
                own.matrix[others], own.scores[others], own.truth[others], variance=variance
            )
            after[tested] += own.matrix[tested] @ weights + constants
        found.append(rated(own, after))
    return "{:.3f} / {:.3f}".format(*np.mean(found, axis=0))


def main(codes: Path, base: Models) -> None:
    """Print both tables: by the number of codes, and with all codes by the prior variance."""
    examples = read_examples([codes])
    by, folds = leave_out(examples)
    evidence = {**measure_evidence(base.measures.anew(), examples), AREAS: area_evidence(base.areas, examples)}
    print(f"{codes.name}: {len(examples.gold)} coded segments; {by} left out, {len(folds)} folds; right / log loss")
    print(f"{'part':10} {'n':>5} {'before':>13} " + " ".join(f"{size:>13}" for size in (*SIZES, "all")))
    for part, own in evidence.items():
        if not len(own.truth):
            sys.exit(f"no code of {part}: nothing to measure")
        before = "{:.3f} / {:.3f}".format(*rated(own, own.scores))
        cells = [right_and_loss(own, folds, size=size) for size in (*SIZES, None)]
        print(f"{part:10} {len(own.truth):5} {before:>13} " + " ".join(f"{cell:>13}" for cell in cells), flush=True)
    print("\nAll codes, by prior variance")
    print(f"{'part':10} " + " ".join(f"{variance:>13}" for variance in VARIANCES))
    for part, own in evidence.items():
        cells = [right_and_loss(own, folds, variance=variance) for variance in VARIANCES]
        print(f"{part:10} " + " ".join(f"{cell:>13}" for cell in cells), flush=True)


def recoded() -> None:
    """Print what fitting to the bundled codes brings after two codes were given up."""
    rows = [json.loads(line) for line in (corpus_path() / "codes.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["direction"] = "increase" if row["direction"] == "introduce" else row["direction"]
        row["areas"] = ["verdiskaping"] if "infrastruktur" in row["areas"] else row["areas"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "recoded.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        print(train(path, metadata=corpus_path() / "metadata.csv").agreement.round(3).to_string(index=False))


if __name__ == "__main__":
    if sys.argv[1:] == ["--recoded"]:
        sys.exit(recoded())
    given = [argument for argument in sys.argv[1:] if argument != "--written"]
    if len(given) != 1:
        sys.exit(__doc__)
    main(Path(given[0]), written_models() if "--written" in sys.argv else load_models())
