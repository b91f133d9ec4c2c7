"""Part of speech and dependency made to agree where the one follows from the other.

In the treebank a verb that hangs on another as `aux` or on a predicate as `cop` is an auxiliary, an adposition a
`case`, a subordinator a `mark`. Tagger and parser decide apart; where they differ on these, the parser, which sees the
sentence, is right two to three times as often (development part). Nynorsk «verte» is a verb even as an auxiliary.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, POS
from spacy.language import Language
from spacy.symbols import ADP, AUX, SCONJ, VERB

from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

NAME = "policytext_agreement"
_AUXILIARY = ("aux", "aux:pass", "cop")


def agree(doc: Doc) -> Doc:
    """Set the parts of speech that follow from the dependencies; does nothing to a document without them.

    Examples
    --------
    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> words, tags, deps = ["Ho", "er", "lærar"], ["PRON", "VERB", "NOUN"], ["nsubj", "cop", "ROOT"]
    >>> doc = Doc(spacy.blank("nn").vocab, words=words, pos=tags, heads=[2, 2, 2], deps=deps)
    >>> [token.pos_ for token in agree(doc)]
    ['PRON', 'AUX', 'NOUN']
    """
    cells = doc.to_array([POS, DEP])
    tags, labels = cells[:, 0], cells[:, 1]
    if not labels.any():
        return doc
    auxiliary, mark, case = _labels(doc.vocab.strings)
    helps = np.isin(labels, auxiliary)
    wrong = ((tags == VERB) & helps) | ((tags == ADP) & (labels == mark)) | ((tags == SCONJ) & (labels == case))
    for index in np.flatnonzero(wrong).tolist():
        token = doc[index]
        if token.pos == VERB and token.lower_ in _always_verbs():
            continue
        token.pos = {VERB: AUX, ADP: SCONJ, SCONJ: ADP}[token.pos]
    return doc


@cache
def _always_verbs() -> frozenset[str]:
    return frozenset(row["form"] for row in load_lexicon("always_verbs", ("form",)))


@lru_cache(maxsize=8)
def _labels(strings: StringStore) -> tuple[list[int], int, int]:
    return [strings.add(label) for label in _AUXILIARY], strings.add("mark"), strings.add("case")


@Language.factory(NAME, assigns=["token.pos"], requires=["token.pos", "token.dep"])
def create_agreement(nlp: Language, name: str) -> _Agreement:  # noqa: ARG001
    """Return the component (spaCy's factory)."""
    return _Agreement()


class _Agreement:
    def __call__(self, doc: Doc) -> Doc:
        return agree(doc) if len(doc) else doc
