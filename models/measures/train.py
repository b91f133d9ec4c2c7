"""Train the measure models: ``python models/measures/train.py GOLD_FOLDER [PROGRAMMES_FOLDER]``.

Fitted on are ``train.jsonl``, the segments written for training (``written_codes.csv``), the further codes of this
folder where the programmes are given, and every third of their list items once more as they stand in collections of
promises. The calibration comes from scores of parties left out, one after another.
"""

import json
import sys
from pathlib import Path

import numpy as np

from policytext.measures.codings import read_further, read_gold, read_written, standing_alone
from policytext.measures.network import NETWORK, save_network
from policytext.measures.network_training import BATCH, FILTERS, ROUNDS, fit_network
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import save_model
from policytext.measures.training import REGULARISATION, calibrate, fit_models, prepare


def main(gold: Path, programmes: Path | None, target: Path) -> None:
    """Fit, calibrate and store the models of every task, and the settings that made them."""
    coded = read_gold(gold / "train.jsonl")
    further = read_further(target / "further_codes.csv", programmes) if programmes else []
    written = read_written(target / "written_codes.csv")
    everything = [*coded, *further, *written]
    prepared = prepare([*everything, *standing_alone(everything, every=3)])
    scores, truth = [], []
    for doc in sorted({one.doc for one in coded}):
        scorer = Scorer(fit_models([one for one in prepared if one.coded.doc != doc], ("measure",)))
        own = [one for one in prepared[: len(coded)] if one.coded.doc == doc and one.coded.stratum == "random"]
        scores += scorer.log_odds("measure", [one.views["measure"] for one in own]).tolist()
        truth += [one.coded.measure for one in own]
    models = fit_models(prepared)
    models["measure"].slope, models["measure"].offset = calibrate(np.array(scores), truth)
    for task, model in models.items():
        save_model(model, target / f"{task}.npz")
    save_network(fit_network(prepared), target / NETWORK)
    settings = {
        "trained_on": "train.jsonl",
        "segments": len(coded),
        "further_segments": len(further),
        "written_segments": len(written),
        "standing_alone": len(prepared) - len(everything),
        "regularisation": REGULARISATION,
        "network": {"filters": FILTERS, "rounds": ROUNDS, "batch": BATCH},
        "calibration": [round(models["measure"].slope, 6), round(models["measure"].offset, 6)],
        "calibrated_on": len(scores),
        "features": {task: len(model.rows) for task, model in models.items()},
    }
    (target / "config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(settings, indent=2))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python models/measures/train.py GOLD_FOLDER [PROGRAMMES_FOLDER]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None, Path(__file__).parent)
