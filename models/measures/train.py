"""Train the measure models: ``python models/measures/train.py GOLD_FOLDER``.

Only ``train.jsonl`` is fitted on. The calibration comes from scores of parties left out, one after another.
"""

import json
import sys
from pathlib import Path

import numpy as np

from policytext.measures.scoring import save_model
from policytext.measures.training import REGULARISATION, calibrate, fit, fit_models, prepare, read_gold


def main(gold: Path, target: Path) -> None:
    """Fit, calibrate and store the models of every task, and the settings that made them."""
    prepared = prepare(read_gold(gold / "train.jsonl"))
    scores, truth = [], []
    for doc in sorted({one.coded.doc for one in prepared}):
        rest = [one for one in prepared if one.coded.doc != doc]
        model = fit("measure", [one.views["measure"] for one in rest], [one.coded.measure for one in rest])
        for one in prepared:
            if one.coded.doc == doc:
                scores.append(float(model.score(one.views["measure"])[0]))
                truth.append(one.coded.measure)
    models = fit_models(prepared)
    models["measure"].slope, models["measure"].offset = calibrate(np.array(scores), truth)
    for task, model in models.items():
        save_model(model, target / f"{task}.npz")
    settings = {
        "trained_on": "train.jsonl",
        "segments": len(prepared),
        "measures": sum(truth),
        "regularisation": REGULARISATION,
        "calibration": [round(models["measure"].slope, 6), round(models["measure"].offset, 6)],
        "features": {task: len(model.rows) for task, model in models.items()},
    }
    (target / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(settings, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python models/measures/train.py GOLD_FOLDER")
    main(Path(sys.argv[1]), Path(__file__).parent)
