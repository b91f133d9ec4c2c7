"""Areas of measures: the bundled classifier applied to segments and the measures in them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from policytext.errors import ModelError
from policytext.records import Area, Measure, Segment
from policytext.resources import model_path

if TYPE_CHECKING:
    from policytext.areas.classifier import AreaClassifier

TRUSTED = ("policytext.areas.classifier.AreaClassifier",)
"""The types beyond numpy's and the standard library's that a model file may hold."""


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


def classify(segments: Sequence[Segment], measures: Sequence[Sequence[Measure]]) -> list[tuple[AreaCode, ...]]:
    """Give each measure its area.

    Parameters
    ----------
    segments : sequence of Segment
        n segments; the heading counts as well as the text.
    measures : sequence of sequence of Measure
        The measures of each segment, offsets within its text.

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
    model, settings = load_model()
    weights = [
        _weights(model, segment, measure, settings.context if len(found) > 1 else 1.0)
        for segment, found in zip(segments, measures, strict=True)
        for measure in found
    ]
    probability = scale(model.score_words(weights), model.temperature_)
    order = probability.argsort(axis=1)
    codes = iter(
        AreaCode(
            cast("Area", str(model.classes_[ranks[-1]])),
            cast("Area", str(model.classes_[ranks[-2]])) if row[ranks[-2]] >= settings.second_area else None,
            float(row[ranks[-1]]),
        )
        for row, ranks in zip(probability, order, strict=True)
    )
    return [tuple(next(codes) for _ in found) for found in measures]


def _weights(model: AreaClassifier, segment: Segment, measure: Measure, context: float) -> dict[str, float]:
    if context == 1.0:
        return model.weigh((segment.heading, segment.text))
    weights = model.weigh((segment.heading, segment.text[measure.start : measure.end]))
    for word, weight in model.weigh(segment.text).items():
        weights[word] = weights.get(word, 0.0) + context * weight
    return weights


@cache
def load_model(folder: Path | None = None) -> tuple[AreaClassifier, Settings]:
    """Load an area model and its settings; the bundled one when no folder is given.

    The file is a skops archive, read with the types of `TRUSTED` alone: no code in it is run.

    Raises
    ------
    ModelError
        If the file or the settings are missing or damaged, or the file holds other types.
    """
    from skops.io import get_untrusted_types, load

    source = folder or model_path("areas")
    path = source / "areas.skops"
    if not path.is_file():
        raise ModelError(f"{path} is missing; train it with `python models/areas/train.py GOLD`")
    try:
        foreign = sorted(set(get_untrusted_types(file=path)) - set(TRUSTED))
        if foreign:
            raise ModelError(f"{path} holds {', '.join(foreign)}; allowed: {', '.join(TRUSTED)}")
        model = load(path, trusted=list(TRUSTED))
        config = tomllib.loads((source / "config.toml").read_text(encoding="utf-8"))["use"]
        settings = Settings(float(config["second_area"]), float(config["context"]))
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"the area model in {source} cannot be read: {error}; install policytext again") from error
    return model, settings
