"""Training the convolutional network on coded segments, all tasks at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from policytext.measures.codings import Coded
from policytext.measures.network import OUTPUTS, PLACES, TABLES, Network, columns, places, window
from policytext.measures.training import Prepared

FILTERS = 96
ROUNDS = 4
BATCH = 64
RATE = 0.003
DROPPED = {"word": 0.4, "lemma": 0.15, "filters": 0.5}
"""Shares left out at random while training: of words and lemmas (so that the other columns learn to do without), and
of the filters' values."""
WEIGHTS = {"measure": 1.0, "specific": 1.0, "direction": 1.5}
HAND_CODED = 1.5
"""The weight of a hand-coded segment; others weigh 1."""
_HAND_CODED = frozenset(("random", "number", "area-word"))


def fit_network(prepared: Sequence[Prepared], *, seed: int = 0) -> Network:
    """Fit the network to coded segments, but for those that stand alone; the same input gives the same network."""
    from thinc.api import (
        Adam,
        Dropout,
        Embed,
        Linear,
        Relu,
        chain,
        concatenate,
        expand_window,
        fix_random_seed,
        reduce_max,
        with_array,
    )

    kept = [one for one in prepared if one.reading.words and one.coded.stratum != "alone"]
    texts = [window(one.reading) for one in kept]
    sizes = np.array([len(one.words) for one in texts], np.int64)
    known = {word: columns(word) for word in dict.fromkeys(word for text in texts for word in text.words)}
    flat = np.array([known[word] for text in texts for word in text.words], np.int32)
    inputs = np.concatenate([flat, places(texts, sizes)[:, None].astype(np.int32)], axis=1)
    ends = np.cumsum(sizes)
    codes = _codes([one.coded for one in kept])
    weights = np.array([HAND_CODED if one.coded.stratum in _HAND_CODED else 1.0 for one in kept], np.float32)

    fix_random_seed(seed)
    sizes_of = {**TABLES, "place": (PLACES, 12)}
    embeds: list[Any] = [
        Embed(width, rows, column=column, dropout=DROPPED.get(name))
        for column, (name, (rows, width)) in enumerate(sizes_of.items())
    ]
    width = sum(width for _, width in sizes_of.values())
    filters = Relu(FILTERS, 3 * width)
    outputs = Linear(sum(map(len, OUTPUTS.values())), 2 * FILTERS)
    model: Any = chain(
        with_array(concatenate(*embeds)),
        expand_window(1),
        with_array(filters),
        concatenate(reduce_max(), _reduce_root()),
        Dropout(DROPPED["filters"]),
        outputs,
    )
    model.initialize(X=_ragged(inputs[: int(sizes[0])], sizes[:1]))
    steps = len(kept) // BATCH * ROUNDS
    optimiser = Adam(RATE, L2=1e-5, grad_clip=1.0)
    generator = np.random.default_rng(seed)
    step = 0
    for _ in range(ROUNDS):
        order = generator.permutation(len(kept))
        for begin in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[begin : begin + BATCH]
            words = np.concatenate([np.arange(ends[one] - sizes[one], ends[one]) for one in chosen])
            scores, backprop = model.begin_update(_ragged(inputs[words], sizes[chosen]))
            backprop(_gradient(scores, codes[chosen], weights[chosen]))
            optimiser.learn_rate = RATE * _pace(step / steps)
            model.finish_update(optimiser)
            optimiser.step_schedules()
            step += 1
    taps = np.asarray(filters.get_param("W")).T.reshape(3, width, FILTERS)
    arrays = {
        f"table {name}": np.asarray(embed.layers[-1].get_param("E"))  # behind the layer that picks the column
        for name, embed in zip(sizes_of, embeds, strict=True)
    }
    arrays |= {
        "taps": taps,
        "bias": np.asarray(filters.get_param("b")),
        "output": np.asarray(outputs.get_param("W")).T,
        "output bias": np.asarray(outputs.get_param("b")),
    }
    return Network(arrays)


def _pace(done: float) -> float:
    """Return the share of the learning rate after a share of the steps: up for a fifth of them, then down."""
    if done < 0.2:
        return 0.04 + 0.96 * done / 0.2
    return float(0.5 + 0.5 * np.cos(np.pi * (done - 0.2) / 0.8))


def _codes(coded: Sequence[Coded]) -> NDArray[np.int64]:
    """Return the place of each segment's class for each task, -1 where it has none, shape (n, tasks)."""
    found = np.full((len(coded), len(OUTPUTS)), -1, np.int64)
    for row, one in enumerate(coded):
        for column, (task, classes) in enumerate(OUTPUTS.items()):
            code = getattr(one, task)
            if task == "measure" or (one.measure and code is not None):
                found[row, column] = classes.index(str(code))
    return found


def _gradient(
    scores: NDArray[np.float32], codes: NDArray[np.int64], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the gradient of the tasks' summed cross entropies, each the weighted mean over its coded segments."""
    gradient = np.zeros_like(scores)
    first = 0
    for column, (task, classes) in enumerate(OUTPUTS.items()):
        part = scores[:, first : first + len(classes)]
        chances = np.exp(part - part.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        coded = np.flatnonzero(codes[:, column] >= 0)
        chances[coded, codes[coded, column]] -= 1.0
        each = np.zeros(len(scores), np.float32)
        each[coded] = WEIGHTS[task] * weights[coded] / max(float(weights[coded].sum()), 1.0)
        gradient[:, first : first + len(classes)] = chances * each[:, None]
        first += len(classes)
    return gradient


def _ragged(rows: NDArray[Any], lengths: NDArray[Any]) -> Any:
    """Return texts of different lengths, one after another, as the training library takes them."""
    from thinc.types import Ragged

    kind: Any = Ragged
    return kind(rows, lengths.astype(np.int32))


def _reduce_root() -> Any:
    """Return a layer that sums a text's vectors over the root of their number."""
    from thinc.api import Model

    def forward(_: Any, given: Any, is_train: bool) -> Any:  # noqa: ARG001, named by the library
        lengths = np.asarray(given.lengths)
        starts = np.cumsum(lengths) - lengths
        scale = np.sqrt(lengths)[:, None].astype(np.float32)
        summed = np.add.reduceat(np.asarray(given.dataXd), starts, axis=0) / scale

        def backprop(change: NDArray[np.float32]) -> Any:
            return _ragged(np.repeat(change / scale, lengths, axis=0), lengths)

        return summed, backprop

    kind: Any = Model
    return kind("reduce_root", forward)
