"""The layer that all components share, stored at half precision: spaCy's `tok2vec` in half the space.

Weights are 32 bits wide in memory, for training and for predicting; on disk they are 16 bits wide. What is lost is
one part in two thousand of each weight, less than one training step changes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.pipeline.tok2vec import DEFAULT_TOK2VEC_MODEL, Tok2Vec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc
    from thinc.api import Model

NAME = "policytext_tok2vec"
CACHED_WORDS = 1000  # what the encoder writes for so many words stays in the processor's cache
_FILE = "model"


def halve(stored: bytes) -> bytes:
    """Return a model as spaCy stores it (msgpack), its 32-bit weights made 16 bits wide."""
    return _converted(stored, np.dtype(np.float32), np.dtype(np.float16))


def widen(stored: bytes) -> bytes:
    """Return a model as spaCy stores it from one with weights 16 bits wide; others stay as they are."""
    return _converted(stored, np.dtype(np.float16), np.dtype(np.float32))


def _converted(stored: bytes, old: np.dtype[Any], new: np.dtype[Any]) -> bytes:
    message: dict[str, Any] = srsly.msgpack_loads(stored)
    for params in message["params"]:
        for name, value in params.items():
            if isinstance(value, np.ndarray) and value.dtype == old:
                params[name] = value.astype(new)
    packed: bytes = srsly.msgpack_dumps(message)
    return packed


def grouped(docs: Iterable[Doc], words: int) -> list[list[Doc]]:
    """Return neighbouring documents in groups that are closed once they hold `words` words or more."""
    groups: list[list[Doc]] = []
    room = 0
    for doc in docs:
        if room <= 0:
            groups.append([])
            room = words
        groups[-1].append(doc)
        room -= len(doc)
    return groups


class SharedLayer(Tok2Vec):
    """spaCy's `Tok2Vec`, with weights 16 bits wide on disk and a look at few words at a time."""

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Return one array of (tokens, width) float32 for each document; spaCy calls this."""
        predict = super().predict
        return [array for group in grouped(docs, CACHED_WORDS) for array in predict(group)]

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the component; spaCy calls this."""
        super().to_disk(path, exclude=exclude)
        file = Path(path) / _FILE
        file.write_bytes(halve(file.read_bytes()))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SharedLayer:
        """Load the component, saved by itself or by spaCy's `Tok2Vec`; spaCy calls this."""
        super().from_disk(path, exclude=(*exclude, _FILE))
        if _FILE not in exclude:
            self.model.from_bytes(widen((Path(path) / _FILE).read_bytes()))
        return self


@Language.factory(NAME, assigns=["doc.tensor"], default_config={"model": DEFAULT_TOK2VEC_MODEL})
def create_shared_layer(nlp: Language, name: str, model: Model[list[Doc], list[Any]]) -> SharedLayer:
    """Return the shared layer for a pipeline (spaCy's registry)."""
    return SharedLayer(nlp.vocab, model, name)
