"""Areas of measures: the bundled classifier applied to segments and the measures in them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from zipfile import BadZipFile

from policytext.errors import ModelError
from policytext.records import Area, Measure, Segment
from policytext.resources import file_stamps, model_path

if TYPE_CHECKING:
    from policytext.areas.classifier import AreaClassifier
    from policytext.areas.scorer import WordScorer

TRUSTED = ("policytext.areas.classifier.AreaClassifier",)
"""The types beyond numpy's and the standard library's that a skops file may hold."""

FILES = ("areas.npz", "config.toml")
"""The files of an area model that `classify` reads."""


@dataclass(frozen=True, slots=True)
class AreaCode:
    """The area of a measure, a second one where it clearly does two things, and the first one's probability (0–1)."""

    area: Area
    area_2: Area | None
    probability: float


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``config.toml`` of the model says of its use.

    `second_area` is the probability from which the second most probable area is given as `area_2`; `context` is the
    weight of a segment's whole text beside the measure's own, where a segment holds several measures.
    """

    second_area: float
    context: float


class AreaModel(NamedTuple):
    """An area model, ready to score, and how it is used."""

    scorer: WordScorer
    settings: Settings

    def save(self, folder: Path) -> None:
        """Write the arrays and the settings into a folder that is there."""
        self.scorer.save(folder / "areas.npz")
        use = f"[use]\nsecond_area = {self.settings.second_area!r}\ncontext = {self.settings.context!r}\n"
        (folder / "config.toml").write_text(use, encoding="utf-8")


def classify(
    segments: Sequence[Segment], measures: Sequence[Sequence[Measure]], *, model: AreaModel | None = None
) -> list[tuple[AreaCode, ...]]:
    """Give each measure its area.

    Parameters
    ----------
    segments : sequence of Segment
        n segments; the heading counts as well as the text.
    measures : sequence of sequence of Measure
        The measures of each segment, offsets within its text.
    model : AreaModel, optional
        The bundled one when omitted.

    Returns
    -------
    list of tuple of AreaCode
        n tuples, one code a measure.

    Raises
    ------
    ModelError
        If the bundled model is missing or damaged.

    Examples
    --------
    >>> text = "Vi vil bygge ut bredbånd i hele kommunen."
    >>> segment = Segment("a", "a-0001", "paragraph", text, 0, len(text))
    >>> measure = Measure(text, 0, len(text), "bygge", "firm", False, "increase")
    >>> classify([segment], [[measure]])[0][0].area
    'infrastruktur'
    """
    from policytext.areas.calibration import scale

    if len(segments) != len(measures):
        raise ValueError(f"{len(segments)} segments and measures of {len(measures)}; give as many of each")
    if not any(measures):
        return [() for _ in segments]
    scorer, settings = load_model() if model is None else model
    weights = [
        words
        for segment, found in zip(segments, measures, strict=True)
        for words in _weights(scorer, segment, found, settings.context)
    ]
    probability = scale(scorer.score(weights), scorer.temperature)
    order = probability.argsort(axis=1)
    codes = iter(
        AreaCode(
            cast("Area", str(scorer.classes[ranks[-1]])),
            cast("Area", str(scorer.classes[ranks[-2]])) if row[ranks[-2]] >= settings.second_area else None,
            float(row[ranks[-1]]),
        )
        for row, ranks in zip(probability, order, strict=True)
    )
    return [tuple(next(codes) for _ in found) for found in measures]


def _weights(
    model: WordScorer, segment: Segment, measures: Sequence[Measure], context: float
) -> Iterator[dict[str, float]]:
    """Yield the word weights of each measure: the whole segment's, or with several measures mostly its own."""
    if len(measures) == 1:
        yield model.settings.weigh(segment.heading, segment.text)
    elif measures:
        around = model.settings.weigh("", segment.text)
        for measure in measures:
            weights = model.settings.weigh(segment.heading, segment.text[measure.start : measure.end])
            for word, weight in around.items():
                weights[word] = weights.get(word, 0.0) + context * weight
            yield weights


def load_model(folder: Path | None = None) -> AreaModel:
    """Load an area model, the bundled one when no folder is given; each folder is read once until it changes.

    Raises
    ------
    ModelError
        If a file is missing or damaged.
    """
    source = folder or model_path("areas")
    return _load(source, file_stamps(source, FILES))


@lru_cache(maxsize=4)
def _load(source: Path, _: tuple[tuple[int, int], ...]) -> AreaModel:
    from policytext.areas.scorer import WordScorer

    path = _present(source / "areas.npz")
    try:
        model = WordScorer.load(path)
        config = tomllib.loads((source / "config.toml").read_text(encoding="utf-8"))["use"]
        settings = Settings(float(config["second_area"]), float(config["context"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"the area model in {source} cannot be read: {error}; install or train it again") from error
    return AreaModel(model, settings)


def load_classifier(folder: Path | None = None) -> AreaClassifier:
    """Load the scikit-learn estimator of an area model; the bundled one when no folder is given.

    The file is a skops archive, read with the types of `TRUSTED` alone: no code in it is run. It holds the same weights
    as the arrays that `classify` reads, which do without scikit-learn's second of loading.

    Raises
    ------
    ModelError
        If the file is missing or damaged, or holds other types.
    """
    from skops.io import get_untrusted_types, load

    path = _present((folder or model_path("areas")) / "areas.skops")
    try:
        foreign = sorted(set(get_untrusted_types(file=path)) - set(TRUSTED))
        if foreign:
            raise ModelError(f"{path} holds {', '.join(foreign)}; allowed: {', '.join(TRUSTED)}")
        model: AreaClassifier = load(path, trusted=list(TRUSTED))
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"{path} cannot be read: {error}; install policytext again") from error
    return model


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ModelError(f"{path} is missing; train it with `python models/areas/train.py GOLD`")
    return path
