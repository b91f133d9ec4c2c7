"""Linear models over cues and letters: weights by name, loaded and stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policytext.errors import ModelError

NGRAMS = (3, 4)


def letters(word: str) -> list[str]:
    """Return the letter n-grams of a word with its edges marked.

    Examples
    --------
    >>> letters("råd")[:3]
    ['<rå', 'råd', 'åd>']
    """
    marked = f"<{word}>"
    return [marked[i : i + n] for n in NGRAMS for i in range(len(marked) - n + 1)]


def region_scale(size: int) -> float:
    """Return the factor that a region's words are weighed by, so that long texts do not shout."""
    return 2.0 / sqrt(size) if size else 0.0


def word_features(region: str, word: str) -> list[tuple[str, float]]:
    """Return the named features of one word in a region, with their values before scaling."""
    if not word:
        return []
    grams = letters(word)
    return [(f"{region}|{word}", 1.0), *((f"{region}#{gram}", 1.0 / sqrt(len(grams))) for gram in grams)]


@dataclass(slots=True)
class LinearModel:
    """One task's weights: `rows` maps a feature's name to its row in `weights` (shape features × outputs).

    A task with two outcomes has one output, the log odds of the second class; `slope` and `offset` calibrate it.
    """

    task: str
    classes: tuple[str, ...]
    rows: dict[str, int]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    slope: float = 1.0
    offset: float = 0.0


def load_models(folder: Path, tasks: Sequence[str]) -> dict[str, LinearModel]:
    """Load the weights of every task from `folder`.

    Raises
    ------
    ModelError
        If a file is missing or its arrays do not fit each other.
    """
    models = {}
    for task in tasks:
        path = folder / f"{task}.npz"
        if not path.is_file():
            raise ModelError(
                f"{path.name} is missing from the model folder {folder.name!r}; reinstall policytext or train it again"
            )
        with np.load(path, allow_pickle=False) as stored:
            names = bytes(stored["names"]).decode("utf-8").split("\n")
            weights = stored["weights"].astype(np.float64)
            classes = tuple(str(name) for name in stored["classes"])
            slope, offset = (float(value) for value in stored["calibration"])
            bias = stored["bias"].astype(np.float64)
        if len(names) != len(weights) or weights.shape[1:] != bias.shape:
            raise ModelError(
                f"{path.name}: {len(names)} names, weights {weights.shape}, bias {bias.shape} do not fit each other"
            )
        models[task] = LinearModel(
            task, classes, {name: row for row, name in enumerate(names)}, weights, bias, slope, offset
        )
    return models


def save_model(model: LinearModel, path: Path) -> None:
    """Store a model's arrays without pickle: names as UTF-8 lines, weights as float32, in a fixed order."""
    order = sorted(model.rows, key=model.rows.__getitem__)
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(order).encode("utf-8"), dtype=np.uint8),
        weights=model.weights.astype(np.float32),
        bias=model.bias.astype(np.float64),
        classes=np.array(model.classes),
        calibration=np.array([model.slope, model.offset]),
    )
