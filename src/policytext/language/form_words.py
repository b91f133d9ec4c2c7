"""How much one word speaks for Nynorsk against Bokmål.

A word's features are itself, its character n-grams, and what word lists know of it: found in Nynorsk only, in Bokmål
only, in both or in neither, and for a word in neither the same of its longest known end and beginning. The lists are
kept as a table of hashes; no word can be read out of it. Two steps, both learnt (``models/written_form/train.py``):
weights give a raw score, and a bent line per group of words turns it into the final one, which takes many weak hints
for less, against one sure mark, than their sum.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from policytext.language.hashed_letters import sequence_hashes
from policytext.resources import model_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NGRAM_LENGTHS = (2, 3, 4, 5)
N_HASHED = 1 << 17
N_KINDS = 6
"""0 in no list, 1 Nynorsk, 2 Bokmål where Nynorsk inflects otherwise, 3 both, 4 Bokmål, 5 Nynorsk and rare Bokmål."""
OUTSIDE = frozenset({0, 4})
BOTH = 3
N_FEATURES = N_HASHED + 5 * N_KINDS
KNOTS = np.array([-6, -4, -3, -2, -1.5, -1, -0.6, -0.3, 0, 0.3, 0.6, 1, 1.5, 2, 3, 4, 6], dtype=np.float64)
N_GROUPS = 4
NAME = "^"
"""What a word begins with that is written as a name: with a capital inside a sentence."""
_LEAST_PART = 3
_NAME_SHIFT = 7919


class FormModel(NamedTuple):
    """What is learnt: the table of word kinds by hash, weights, the bent lines (groups, knots), the intercept.

    `known` holds the finished scores of common words: working one out takes far longer than looking it up. The table is
    bytes: single ones are read from it a hundred thousand times, and from an array that takes far longer.
    """

    kinds: bytes
    weights: NDArray[np.float32]
    lines: NDArray[np.float64]
    intercept: float
    known: dict[str, float]


def word_hash(text: str, size: int) -> int:
    """Return the CRC-32 of a text, below `size`."""
    return zlib.crc32(text.encode()) % size


def kind_of(word: str, kinds: bytes) -> int:
    """Return what the word lists know of a word; a word in no list may share a hash with one that is."""
    return kinds[zlib.crc32(word.encode()) % len(kinds)]


def end_kind(word: str, kinds: bytes) -> int:
    """Return the kind of a word's longest known end, of at least four letters behind at least three."""
    crc32, size = zlib.crc32, len(kinds)
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART):
        kind = kinds[crc32(word[cut:].encode()) % size]
        if kind:
            return kind
    return 0


def start_kind(word: str, kinds: bytes) -> int:
    """Return the kind of a word's longest known beginning, of at least four letters before at least three."""
    crc32, size = zlib.crc32, len(kinds)
    for cut in range(len(word) - _LEAST_PART, _LEAST_PART, -1):
        kind = kinds[crc32(word[:cut].encode()) % size]
        if kind:
            return kind
    return 0


def _listed(text: str, kind: int, kinds: bytes, *, name: bool) -> tuple[int, int, int]:
    """Return the columns of what the lists know of a word; -1 where they say nothing."""
    first = N_HASHED + (3 * N_KINDS if name else 0)
    if kind not in OUTSIDE:
        return first + kind, -1, -1
    end = first + N_KINDS + end_kind(text, kinds)
    return first + kind, end, -1 if name else N_HASHED + 2 * N_KINDS + start_kind(text, kinds)


def word_features(
    words: Sequence[str], kinds: bytes
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the features of words as rows, columns and values, and the group of each word.

    Columns are CRC-32 hashes, then one per kind. The n-grams of a word weigh together twice the root of their number
    (a name's once), so that a long compound does not drown out the function words. Groups: words in no list or only in
    Bokmål's, in both, in one; names.
    """
    names = [word.startswith(NAME) for word in words]
    texts = [word.removeprefix(NAME) for word in words]
    is_name = np.array(names, dtype=np.int64)
    owners, hashes = sequence_hashes([f"<{text}>" for text in texts], NGRAM_LENGTHS)
    columns = (hashes.astype(np.int64) + _NAME_SHIFT * is_name[owners]) % N_HASHED
    pairs = np.sort(owners * N_HASHED + columns)  # once each, by sorting: `np.unique` hashes whole numbers, far slower
    rows, columns = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], N_HASHED)
    counts = np.maximum(np.bincount(rows, minlength=len(words)), 1)
    values = ((2.0 - is_name) / np.sqrt(counts))[rows]
    known = [kind_of(text, kinds) for text in texts]
    own = [word_hash(f"{NAME if name else ''}={text}", N_HASHED) for text, name in zip(texts, names, strict=True)]
    listed = [_listed(text, kind, kinds, name=name) for text, kind, name in zip(texts, known, names, strict=True)]
    more = np.column_stack([np.array(own, dtype=np.int64), np.array(listed, dtype=np.int64).reshape(-1, 3)])
    more_rows = np.repeat(np.arange(len(words)), more.shape[1])
    there = more.ravel() >= 0
    rows = np.concatenate([rows, more_rows[there]])
    columns = np.concatenate([columns, more.ravel()[there]])
    values = np.concatenate([values, np.ones(int(there.sum()))])
    groups = [
        3 if name else 0 if kind in OUTSIDE else 1 if kind == BOTH else 2
        for kind, name in zip(known, names, strict=True)
    ]
    return rows, columns, values, np.array(groups, dtype=np.int64)


@lru_cache(maxsize=1)
def form_model() -> FormModel:
    """Read the model, once."""
    with np.load(model_path("written_form") / "weights.npz", allow_pickle=False) as arrays:
        kinds = np.zeros(1 << int(arrays["kinds_bits"]), dtype=np.uint8)
        kinds[np.cumsum(arrays["kinds_gaps"].astype(np.int64))] = arrays["kinds"]
        lines = arrays["lines"].astype(np.float64)
        words = arrays["known_words"].tobytes().decode("utf-8").split("\n")
        known = dict(zip(words, arrays["known_scores"].tolist(), strict=True))
        weights = arrays["weights"].astype(np.float32)
        return FormModel(kinds.tobytes(), weights, lines, float(arrays["intercept"]), known)


def word_scores(words: Sequence[str]) -> list[float]:
    """Return how much each word speaks for Nynorsk (above zero) or Bokmål (below)."""
    model = form_model()
    known = model.known
    new = [word for word in words if word not in known]
    scores = dict(zip(new, score_words(new, model), strict=True)) if new else {}
    return [known[word] if word in known else scores[word] for word in words]


def score_words(words: Sequence[str], model: FormModel) -> list[float]:
    """Return what `word_scores` does, worked out for every word."""
    rows, columns, values, groups = word_features(words, model.kinds)
    raw = np.bincount(rows, model.weights[columns] * values, len(words))
    bent = np.empty(len(words))
    for group, line in enumerate(model.lines):
        bent[groups == group] = np.interp(raw[groups == group], KNOTS, line)
    scores: list[float] = bent.tolist()
    return scores
