"""Train the area model: ``python models/areas/train.py GOLD.jsonl [PROGRAMMES]``.

Writes ``areas.skops`` and its plain arrays. The segments written for the measure models are trained on as well and,
where the folder of programmes is given, their further codes (document, page, hash, codes). The arrays hold the finished
scores of the words of the training texts; after a change of a word list that the model sees, ``--rows`` in place of
the gold set works them out anew without training.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

from skops.io import dump

from policytext.areas.classifier import AreaClassifier
from policytext.areas.coding import load_classifier
from policytext.measures.codings import read_further, read_written

HERE = Path(__file__).parent


def main(gold: Path, programmes: Path | None) -> None:
    """Train on the true measures of `gold`, leaving out one document at a time for the temperature."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row.get("measure")]
    codes = HERE.parent / "measures"
    further = read_written(codes / "written_codes.csv")
    if programmes is not None:
        further += read_further(codes / "further_codes.csv", programmes)
    rows += [
        {"heading": one.segment.heading, "text": one.segment.text, "areas": one.areas, "doc": one.doc}
        for one in further
        if one.areas
    ]
    settings = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))["train"]
    model = AreaClassifier(**settings).fit(
        [(row["heading"], row["text"]) for row in rows],
        [row["areas"][0] for row in rows],
        groups=[row["doc"] for row in rows],
    )
    dump(model, HERE / "areas.skops", compression=8)
    model.scorer.save(HERE / "areas.npz")
    size = (HERE / "areas.skops").stat().st_size
    print(f"{len(rows)} measures, {len(model.coef_)} features, temperature {model.temperature_:.3f}, {size} bytes")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    if sys.argv[1] == "--rows":
        sys.exit(load_classifier(HERE).scorer.save(HERE / "areas.npz"))
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
