"""Train the area model: ``python models/areas/train.py GOLD.jsonl`` writes ``areas.skops`` and its plain arrays."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

from skops.io import dump

from policytext.areas.classifier import AreaClassifier

HERE = Path(__file__).parent


def main(gold: Path) -> None:
    """Train on the true measures of `gold`, leaving out one document at a time for the temperature."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row.get("measure")]
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
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
