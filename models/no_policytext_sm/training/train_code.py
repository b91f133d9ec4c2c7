"""Code that `spacy train --code` loads: the language, the embedding layer and the reader of the treebank."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.lookups import Lookups
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry
from thinc.api import NumpyOps, set_current_ops

from policytext.language import embedding, norwegian  # noqa: F401

set_current_ops(NumpyOps(use_blis=False))  # NumPy's matrix library is faster for these shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language


@registry.readers("policytext.Treebank.v1")
def read_treebank(path: Path, seed: int = 0) -> Callable[[Language], Iterator[Example]]:
    """Read a DocBin; the predicted documents have the treebank's own tokens."""
    rng = random.Random(seed)  # noqa: S311
    kept: list[Doc] = []

    def examples(nlp: Language) -> Iterator[Example]:
        if not kept:
            kept.extend(DocBin().from_disk(path).get_docs(nlp.vocab))
        order = list(kept)
        rng.shuffle(order)
        for gold in order:
            words = [token.text for token in gold]
            spaces = [bool(token.whitespace_) for token in gold]
            yield Example(Doc(nlp.vocab, words=words, spaces=spaces), gold)

    return examples


@registry.misc("policytext.KnownWords.v1")
def known_words(path: Path) -> Lookups:
    """Read the words that have a row of their own: those seen at least twice in the training text."""
    lookups = Lookups()
    words = Path(path).read_text(encoding="utf-8").split("\n")
    lookups.add_table(embedding.KNOWN_WORDS, dict.fromkeys(words, 1))
    return lookups
