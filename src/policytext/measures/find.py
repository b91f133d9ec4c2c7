"""Segments in, measures out: the models decide, the frames say where, and every decision names its cue."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from typing import cast

import numpy as np
from numpy.typing import NDArray

from policytext.errors import AnalysisError
from policytext.measures.features import (
    TASKS,
    direction_view,
    measure_view,
    specific_view,
    split_views,
    strength_view,
)
from policytext.measures.fields import actor, deadline, object_span, place, statement, target_group, trim
from policytext.measures.heads import Head
from policytext.measures.introductions import only_introduces
from policytext.measures.reading import Reading, read
from policytext.measures.scoring import LinearModel, load_models
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word, spans
from policytext.records import Direction, Measure, Quantity, Segment, Strength
from policytext.resources import model_path

THRESHOLD = 0.5
"""The calibrated probability from which a segment counts as a measure (chosen by leaving one party out)."""

SPLIT_SCORE = 0.0
"""The log odds above which a further verb begins a measure of its own (chosen by leaving one party out)."""

SPECIFIC_SCORE = -0.2
"""The log odds above which a measure counts as specific (chosen by leaving one party out)."""

_PLACES = frozenset(word_list("place"))
_TIMES = frozenset(word_list("time"))
_NEVER = frozenset(("heading", "toc", "boilerplate", "caption", "question"))


@cache
def models() -> Mapping[str, LinearModel]:
    """Load the default models once."""
    return load_models(model_path("measures"), TASKS)


def _read(segment: Segment) -> Reading:
    item = segment.kind == "item"
    return read(segment.text, heading=segment.heading, intro=segment.intro, item=item, party=segment.party)


def _probability(model: LinearModel, score: float) -> float:
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, model.slope * score + model.offset))))


def probabilities(segments: Sequence[Segment]) -> NDArray[np.float64]:
    """Return the calibrated probability that each segment holds a measure, shape (n,), between 0 and 1.

    Headings, tables of contents, captions, boilerplate and questions to the reader get 0.

    Examples
    --------
    >>> from policytext.records import Segment
    >>> text = "Vi vil lovfeste retten til barnehageplass innen 2028."
    >>> float(probabilities([Segment("d", "1", "paragraph", text, 0, len(text))])[0]) > 0.9
    True
    """
    model = models()["measure"]
    found = np.zeros(len(segments))
    for index, segment in enumerate(segments):
        if segment.kind not in _NEVER and segment.text.strip():
            known = _kept.get(_key(segment))
            found[index] = _score(model, segment, _read(segment)) if known is None else known
    return found


_kept: dict[tuple[str | None, ...], float] = {}
_KEPT_LIMIT = 50_000


def _key(segment: Segment) -> tuple[str | None, ...]:
    return segment.text, segment.heading, segment.intro, segment.kind, segment.party


def _score(model: LinearModel, segment: Segment, reading: Reading) -> float:
    probability = 0.0 if only_introduces(segment.text) else _probability(model, model.score(measure_view(reading)))
    if model is models()["measure"]:
        if len(_kept) >= _KEPT_LIMIT:
            _kept.clear()
        _kept[_key(segment)] = probability
    return probability


def _cue(reading: Reading, chosen: Mapping[str, LinearModel]) -> str:
    main = reading.main
    if main is None:
        return f"weight:{chosen['measure'].strongest(measure_view(reading))}"
    parts = [main.kind, *(part for part in (main.modal, main.lemma) if part)]
    return f"frame:{':'.join(parts)}"


def _codes(reading: Reading, chosen: Mapping[str, LinearModel]) -> tuple[Strength, bool, Direction]:
    strength = chosen["strength"].choose(strength_view(reading))
    specific = chosen["specific"].score(specific_view(reading)) > SPECIFIC_SCORE
    direction = chosen["direction"].choose(direction_view(reading))
    return cast("Strength", strength), specific, cast("Direction", direction)


def _measures(
    segment: Segment, reading: Reading, probability: float, chosen: Mapping[str, LinearModel]
) -> tuple[Measure, ...]:
    text, words = segment.text, reading.words
    bounds = spans(text)
    forms = [text[start:end] for start, end in bounds]
    split = chosen["split"]
    timed = any(word.digit or word.lower in _TIMES for word in words)
    begins: list[Head | None] = [reading.main]
    begins += [head for head, seen in split_views(reading) if split.score(seen) > SPLIT_SCORE]
    found: list[Measure] = []
    for order, head in enumerate(begins):
        following = begins[order + 1] if order + 1 < len(begins) else None
        stop = _opening(reading, following) if following is not None else len(words)
        first = _opening(reading, head) if order and head is not None else 0
        start = bounds[first][0] if first < len(bounds) else 0
        last = stop
        while following is not None and last > first + 1 and words[last - 1].kind in ("coord", "comma", "adv"):
            last -= 1
        end = bounds[last - 1][1] if 0 < last <= len(bounds) else len(text)
        start, end = trim(text, start, end)
        if start >= end:
            start, end = 0, len(text)
        part = reading if order == 0 else _part(reading, head, stop)
        strength, specific, direction = _codes(part, chosen)
        own = text[start:end]
        thing = object_span(words, bounds, head, stop) if head is not None else None
        group = target_group(words, first, stop)
        named = any(word.capital or word.lower in _PLACES for word in words[first + 1 : stop])
        found.append(
            Measure(
                own,
                start,
                end,
                head.lemma or None if head is not None else None,
                strength,
                specific,
                direction,
                actor=_actor(words, forms, head, found),
                object=text[thing[0] : thing[1]] if thing else None,
                target_group=text[bounds[group[0]][0] : bounds[group[1] - 1][1]] if group else None,
                place=place(own) if named else None,
                deadline=deadline(own) or deadline(text) if timed else None,
                cue=_cue(reading, chosen) if order == 0 or head is None else f"split:{head.kind}:{head.lemma}",
                probability=probability,
                statement=statement(segment, reading, bounds, head, own),
            )
        )
    return tuple(found)


def _actor(words: Sequence[Word], forms: Sequence[str], head: Head | None, before: Sequence[Measure]) -> str | None:
    """Return who shall do it; a verb joined by «og» to the one before shares its actor."""
    own = None if head is None else actor(words, forms, head)
    joined = head is not None and head.kind.startswith("coord")
    return before[-1].actor if own is None and joined and before else own


def _part(reading: Reading, head: Head | None, stop: int) -> Reading:
    """Return the reading of a later measure of a segment: the words up to its end, its own head leading."""
    return Reading(
        reading.words[:stop],
        reading.heads,
        head,
        reading.mode,
        reading.item,
        reading.finite,
        reading.stances,
        reading.lowers[:stop],
    )


def _opening(reading: Reading, head: Head) -> int:
    """Return the place of the first word of a split measure: its sentence's or its clause's, after the coordinator."""
    place = min(head.trigger, head.verb)
    if not head.kind.startswith(("coord", "loose")):
        start = place
        while start and reading.words[start - 1].kind != "stop":
            start -= 1
        if reading.main is not None and start > reading.main.verb:
            return start
    while place and reading.words[place - 1].kind not in ("stop", "comma", "coord"):
        if head.kind.startswith("coord") and reading.words[place - 1].kind not in ("adv", "neg", "aa"):
            break
        place -= 1
    return place


def find_with(
    chosen: Mapping[str, LinearModel], segments: Sequence[Segment], *, threshold: float = THRESHOLD
) -> list[tuple[Measure, ...]]:
    """Find measures with given models, such as those fitted without a party; see :func:`find_measures`."""
    collecting = gc.isenabled()
    gc.disable()  # nothing here makes cycles; walking all records again and again costs a fifth of the time
    try:
        return [_find(chosen, segment, threshold) for segment in segments]
    finally:
        if collecting:
            gc.enable()


def _find(chosen: Mapping[str, LinearModel], segment: Segment, threshold: float) -> tuple[Measure, ...]:
    if segment.kind in _NEVER or not segment.text.strip():
        return ()
    reading = _read(segment)
    probability = _score(chosen["measure"], segment, reading)
    return _measures(segment, reading, probability, chosen) if probability >= threshold else ()


def find_measures(segments: Sequence[Segment], quantities: Sequence[Sequence[Quantity]]) -> list[tuple[Measure, ...]]:
    """Find the measures of each segment; an empty tuple where there is none.

    Parameters
    ----------
    segments : sequence of Segment
        Text with heading, introducing line and kind. Offsets of the measures count within `segment.text`.
    quantities : sequence of sequences of Quantity
        The numbers of each segment, in the same order.

    Raises
    ------
    AnalysisError
        If the two sequences differ in length.

    Examples
    --------
    >>> from policytext.records import Segment
    >>> text = "øke støtten til fiber i alle grender og halvere ferjetakstene innen 2027"
    >>> segment = Segment("d", "1", "item", text, 0, len(text), intro="Kystpartiet Nordlys vil:")
    >>> [(one.verb, one.direction) for one in find_measures([segment], [()])[0]]
    [('øke', 'increase'), ('halvere', 'decrease')]
    """
    if len(segments) != len(quantities):
        raise AnalysisError(
            f"{len(segments)} segments but {len(quantities)} lists of quantities; give one for each segment"
        )
    return find_with(models(), segments)
