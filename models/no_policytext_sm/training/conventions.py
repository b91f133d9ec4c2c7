"""One convention for Nynorsk: what `prepare.py` and `assemble.py` change in the training part before they use it.

The Nynorsk training part comes from a later release of the treebank than the development part (its maintainers made
«verte» an auxiliary in 2019: UniversalDependencies/docs, issue 626). In the later release a participle that agrees
with its noun is a verb beside «bli», «verte» and «vere» (1,103 words) and an adjective elsewhere, and «verte» is an
auxiliary in the passive (373). In the development part such participles are adjectives everywhere and «verte» is a verb
everywhere. The training part is led back to the latter by the tags of the word itself; features, lemmas and trees
stay. Bokmål needs nothing: its participles agree with nothing beside an auxiliary, in both releases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policytext.language.treebank import Sentence

UPOS, FEATURES, LEMMA = 3, 5, 2


def harmonised(cells: list[str]) -> list[str]:
    """Return a word's cells with the part of speech that the development part gives it."""
    features = cells[FEATURES]
    if cells[UPOS] == "VERB" and "VerbForm=Part" in features and "Number=" in features:
        return [*cells[:UPOS], "ADJ", *cells[UPOS + 1 :]]
    if cells[UPOS] == "AUX" and cells[LEMMA] == "verte":
        return [*cells[:UPOS], "VERB", *cells[UPOS + 1 :]]
    return cells


def read_training(path: Path) -> Iterator[tuple[bool, Sentence]]:
    """Yield the sentences of a training part as `policytext.language.treebank.read_sentences` does, harmonised."""
    from policytext.language.treebank import read_sentences

    for opens, sentence in read_sentences(path):
        yield opens, [harmonised(cells) for cells in sentence]
