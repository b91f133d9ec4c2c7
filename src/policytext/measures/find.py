"""Segments in, measures out: the models decide, the frames say where, and every decision names its cue."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import cast

import numpy as np
from numpy.typing import NDArray

from policytext.errors import AnalysisError
from policytext.measures.authors import authors, own_names
from policytext.measures.features import (
    direction_view,
    measure_view,
    specific_view,
    strength_view,
)
from policytext.measures.fields import actor, deadline, object_span, place, statement, target_group
from policytext.measures.heads import Head
from policytext.measures.introductions import only_introduces, only_refers
from policytext.measures.models import MeasureModels, load_measure_models
from policytext.measures.network import Network
from policytext.measures.pieces import Piece, pieces
from policytext.measures.reading import Reading, content, read
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import LinearModel
from policytext.measures.splits import split_views
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word, spans
from policytext.records import Direction, Measure, Quantity, Segment, Strength

THRESHOLD = 0.45
"""The calibrated probability from which a segment counts as a measure: below even odds, where F1 is largest."""

SPLIT_SCORE = 0.0
"""The log odds above which a further verb begins a measure of its own (chosen by leaving one party out)."""

SPECIFIC_SCORE = 0.0
"""The log odds above which a measure counts as specific (chosen by leaving one party out)."""

NETWORK_WEIGHT = 0.7
"""What the network's scores count beside the cues' for `specific` and `direction` (chosen by leaving one party out)."""

_PLACES = frozenset(word_list("place"))
_TIMES = frozenset(word_list("time"))
_DIGIT = attrgetter("digit")
_NEVER = frozenset(("heading", "toc", "boilerplate", "caption", "question"))


def judge(
    segments: Sequence[Segment], *, models: MeasureModels | None = None
) -> tuple[NDArray[np.float64], list[tuple[Measure, ...]]]:
    """Return both what `probabilities` and what `find_measures` return, for the work of one of them.

    Without `models` the bundled ones are used.
    """
    chosen = load_measure_models() if models is None else models
    with chosen.lock:
        return _judge(chosen.scorer, chosen.network, segments, THRESHOLD)


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
    chosen = load_measure_models()
    with chosen.lock:
        return _probabilities(chosen.scorer, segments, read_segments(segments))


def find_with(
    chosen: Mapping[str, LinearModel],
    segments: Sequence[Segment],
    *,
    network: Network | None,
    threshold: float = THRESHOLD,
) -> list[tuple[Measure, ...]]:
    """Find measures with given models, such as those fitted without a party; see :func:`find_measures`.

    Without a network the cues alone decide on `specific` and `direction`.
    """
    return _judge(Scorer(chosen), network, segments, threshold)[1]


def _judge(
    scorer: Scorer, network: Network | None, segments: Sequence[Segment], threshold: float
) -> tuple[NDArray[np.float64], list[tuple[Measure, ...]]]:
    collecting = gc.isenabled()
    gc.disable()  # nothing here makes cycles; walking all records again and again costs a fifth of the time
    try:
        readings = read_segments(segments)
        found = _probabilities(scorer, segments, readings)
        chosen = [number for number in range(len(segments)) if readings[number] and found[number] >= threshold]
        measures: list[tuple[Measure, ...]] = [()] * len(segments)
        kept = [(segments[number], reading) for number in chosen if (reading := readings[number]) is not None]
        for number, own in zip(chosen, _measures(scorer, network, kept, found[chosen].tolist()), strict=True):
            measures[number] = own
        return found, measures
    finally:
        if collecting:
            gc.enable()


def read_segments(segments: Sequence[Segment]) -> list[Reading | None]:
    """Read segments, but those of a kind that holds no measure, or that only introduce what follows."""
    named = authors(segments)
    readings: list[Reading | None] = []
    for segment in segments:
        text = segment.text
        if segment.kind in _NEVER or not text.strip() or only_introduces(text) or only_refers(text):
            readings.append(None)
            continue
        item, names = segment.kind == "item", own_names(segment, named)
        readings.append(read(text, heading=segment.heading, intro=segment.intro, item=item, names=names))
    return readings


def _probabilities(
    scorer: Scorer, segments: Sequence[Segment], readings: Sequence[Reading | None]
) -> NDArray[np.float64]:
    found = np.zeros(len(segments))
    read = [number for number, reading in enumerate(readings) if reading is not None]
    scores = scorer.log_odds("measure", [measure_view(reading) for reading in readings if reading is not None])
    model = scorer.models["measure"]
    found[read] = 1.0 / (1.0 + np.exp(-np.clip(model.slope * scores + model.offset, -30.0, 30.0)))
    return found


def _measures(
    scorer: Scorer, network: Network | None, kept: Sequence[tuple[Segment, Reading]], probability: Sequence[float]
) -> list[tuple[Measure, ...]]:
    """Return the measures of each segment that holds any."""
    candidates = [split_views(reading) for _, reading in kept]
    splits = iter((scorer.log_odds("split", [seen for own in candidates for _, seen in own]) > SPLIT_SCORE).tolist())
    cut: list[list[Piece]] = []
    bounds = [spans(segment.text) for segment, _ in kept]
    for (segment, reading), own, where in zip(kept, candidates, bounds, strict=True):
        further = [head for head, _ in own if next(splits)]
        cut.append(pieces(segment.text, where, reading, further))
    parts = [piece.reading for own in cut for piece in own]
    strengths = scorer.choose("strength", [strength_view(part) for part in parts])
    specific = scorer.log_odds("specific", [specific_view(part) for part in parts])
    directions = scorer.scores("direction", [direction_view(part) for part in parts])
    if network is not None:
        pooled = network.pooled(parts)
        specific += NETWORK_WEIGHT * network.scores("specific", pooled)[:, 0]
        directions += NETWORK_WEIGHT * network.scores("direction", pooled)
    classes = scorer.models["direction"].classes
    chosen = [classes[best] for best in directions.argmax(axis=1).tolist()]
    codes = iter(zip(strengths, (specific > SPECIFIC_SCORE).tolist(), chosen, strict=True))
    found = []
    for number, (segment, reading) in enumerate(kept):
        cue = _cue(reading, scorer)
        found.append(_described(segment, reading, bounds[number], cut[number], codes, cue, probability[number]))
    return found


def _cue(reading: Reading, scorer: Scorer) -> str:
    main = reading.main
    if main is None:
        return f"weight:{scorer.strongest('measure', measure_view(reading))}"
    parts = [main.kind, *(part for part in (main.modal, main.lemma) if part)]
    return f"frame:{':'.join(parts)}"


def _described(
    segment: Segment,
    reading: Reading,
    bounds: Sequence[tuple[int, int]],
    cut: Sequence[Piece],
    codes: Iterator[tuple[str, bool, str]],
    cue: str,
    probability: float,
) -> tuple[Measure, ...]:
    """Return the measures of one segment, each with its codes (the next ones) and its fields."""
    text, words = segment.text, reading.words
    timed = not _TIMES.isdisjoint(reading.lowers) or any(map(_DIGIT, words))
    found: list[Measure] = []
    for order, piece in enumerate(cut):
        head, stop = piece.head, piece.stop
        strength, specific, direction = next(codes)
        own = text[piece.start : piece.end]
        thing = object_span(words, bounds, head, stop) if head is not None else None
        group = target_group(words, piece.first, stop)
        named = any(word.capital or word.lower in _PLACES for word in words[piece.first + 1 : stop])
        found.append(
            Measure(
                own,
                piece.start,
                piece.end,
                _verb(reading, head),
                cast("Strength", strength),
                specific,
                cast("Direction", direction),
                actor=_actor(text, words, bounds, head, found),
                object=text[thing[0] : thing[1]] if thing else None,
                target_group=text[bounds[group[0]][0] : bounds[group[1] - 1][1]] if group else None,
                place=place(own) if named else None,
                deadline=deadline(own) or deadline(text) if timed else None,
                cue=cue if order == 0 or head is None else f"split:{head.kind}:{head.lemma}",
                probability=probability,
                statement=statement(segment, reading, bounds, head, own),
            )
        )
    return tuple(found)


def _verb(reading: Reading, head: Head | None) -> str | None:
    """Return a head's verb, or the one of the clause that it governs: «vi vil at det skal dyrkes mer»."""
    if head is None:
        return None
    return head.lemma or content(reading, head)[0] or None


def _actor(
    text: str, words: Sequence[Word], bounds: Sequence[tuple[int, int]], head: Head | None, before: Sequence[Measure]
) -> str | None:
    """Return who shall do it; a verb joined by «og» to the one before shares its actor."""
    own = None if head is None else actor(text, words, bounds, head)
    joined = head is not None and head.kind.startswith("coord")
    return before[-1].actor if own is None and joined and before else own


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
    return judge(segments)[1]
