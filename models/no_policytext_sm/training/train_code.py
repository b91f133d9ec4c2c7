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

from policytext.language import embedding, norwegian, shared_layer, transitions  # noqa: F401

set_current_ops(NumpyOps(use_blis=False))  # NumPy's matrix library is faster for these shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language


@registry.readers("policytext.Treebank.v1")
def read_treebank(path: Path, seed: int = 0, *, keep: bool = False) -> Callable[[Language], Iterator[Example]]:
    """Read a DocBin; the predicted documents have the treebank's own tokens.

    With `keep`, every round yields the same examples in another order, which saves their making; for training only,
    since evaluation writes into them.
    """
    rng = random.Random(seed)  # noqa: S311
    golds: list[Doc] = []
    kept: list[Example] = []

    def example(gold: Doc) -> Example:
        words = [token.text for token in gold]
        spaces = [bool(token.whitespace_) for token in gold]
        return Example(Doc(gold.vocab, words=words, spaces=spaces), gold)

    def examples(nlp: Language) -> Iterator[Example]:
        if not golds:
            golds.extend(DocBin().from_disk(path).get_docs(nlp.vocab))
        if keep and not kept:
            kept.extend(map(example, golds))
        order = list(range(len(golds)))
        rng.shuffle(order)
        for index in order:
            yield kept[index] if keep else example(golds[index])

    return examples


@registry.misc("policytext.KnownWords.v1")
def known_words(path: Path) -> Lookups:
    """Read the words that have a row of their own: those seen at least twice in the training text."""
    lookups = Lookups()
    words = Path(path).read_text(encoding="utf-8").split("\n")
    lookups.add_table(embedding.KNOWN_WORDS, dict.fromkeys(words, 1))
    return lookups
