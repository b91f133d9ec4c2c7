import json
import warnings

import pytest

from policytext.errors import PolicyTextWarning
from policytext.resources import corpus_path
from policytext.training import train

DISTRIKT = corpus_path() / "codes.jsonl"


def recoded(row):
    """Code as someone does for whom whatever is new is an increase, and infrastructure serves business."""
    direction = "increase" if row["direction"] == "introduce" else row["direction"]
    areas = ["verdiskaping"] if "infrastruktur" in row["areas"] else row["areas"]
    return {**row, "direction": direction, "areas": areas}


@pytest.fixture(scope="session")
def codes(tmp_path_factory):
    rows = map(json.loads, DISTRIKT.read_text(encoding="utf-8").splitlines())
    path = tmp_path_factory.mktemp("codes") / "mine.jsonl"
    path.write_text("".join(json.dumps(recoded(row), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def training(codes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyTextWarning)
        return train(codes, n_resamples=50)


@pytest.fixture(scope="session")
def folder(training, tmp_path_factory):
    return training.save(tmp_path_factory.mktemp("models") / "mine")
