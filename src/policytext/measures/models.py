"""The models that find measures: the bundled ones, or those of a folder that `policytext train` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import RLock
from zipfile import BadZipFile

from policytext.errors import ModelError
from policytext.measures.features import TASKS
from policytext.measures.network import NETWORK, Network, load_network, save_network
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import LinearModel, load_models, save_model
from policytext.resources import file_stamps, model_path

FILES = (*(f"{task}.npz" for task in TASKS), NETWORK)
"""The files of a folder of measure models."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasureModels:
    """The models of all tasks, ready to score, and the network (none: the cues alone decide).

    Scoring keeps what it has learnt of each word, so that only one thread at a time may score: `lock` sees to it.
    """

    scorer: Scorer
    network: Network | None
    lock: RLock = field(default_factory=RLock)

    @property
    def linear(self) -> Mapping[str, LinearModel]:
        """The linear model of each task."""
        return self.scorer.models

    def anew(self) -> MeasureModels:
        """Return the same models that have met no word yet: their scores do not hang on what was scored before."""
        return MeasureModels(Scorer(self.linear), None if self.network is None else Network(self.network.arrays))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder that is there."""
        for task, model in self.linear.items():
            save_model(model, folder / f"{task}.npz")
        if self.network is not None:
            save_network(self.network, folder / NETWORK)


def load_measure_models(folder: Path | None = None) -> MeasureModels:
    """Load measure models, the bundled ones when no folder is given; each folder is read once until it changes.

    Raises
    ------
    ModelError
        If a file is missing or damaged.
    """
    source = folder or model_path("measures")
    return _load(source, file_stamps(source, FILES))


@lru_cache(maxsize=4)
def _load(folder: Path, _: tuple[tuple[int, int], ...]) -> MeasureModels:
    try:
        return MeasureModels(Scorer(load_models(folder, TASKS)), load_network(folder / NETWORK))
    except (OSError, ValueError, KeyError, IndexError, EOFError, BadZipFile) as error:
        raise ModelError(
            f"the measure models in {folder} cannot be read: {error}; install or train them again"
        ) from error
