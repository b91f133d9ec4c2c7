"""Countries, counties, municipalities and cities that the entity recogniser takes for something else.

A small model has seen few place names. A name that is in the list and was called a person, a place without government
or a product becomes a `GPE_LOC`; a proper noun of the list that was not found at all becomes one too.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "policytext_places"
LABEL = "GPE_LOC"
_MENDED = frozenset({"PER", "LOC", "PROD", "EVT", "MISC"})


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """Return the listed names and their genitives."""
    names = {row["name"] for row in load_lexicon("places", ("name",))}
    return frozenset(names | {f"{name}{mark}" for name in names for mark in ("s", "'", "’")})


def mend_places(doc: Doc) -> Doc:
    """Relabel listed places, and add those that stand outside all names."""
    names = place_names()
    spans = [
        Span(doc, span.start, span.end, LABEL) if span.label_ in _MENDED and span.text in names else span
        for span in doc.ents
    ]
    taken = {index for span in spans for index in range(span.start, span.end)}
    spans += [
        Span(doc, token.i, token.i + 1, LABEL)
        for token in doc
        if token.i not in taken and token.text in names and token.pos_ == "PROPN"
    ]
    doc.set_ents(sorted(spans, key=lambda span: span.start))
    return doc


@Language.factory(NAME, assigns=["doc.ents"], requires=["doc.ents", "token.pos"])
def create_places(nlp: Language, name: str) -> _Places:  # noqa: ARG001
    """Return the component (spaCy's factory)."""
    return _Places()


class _Places:
    def __call__(self, doc: Doc) -> Doc:
        return mend_places(doc) if len(doc) else doc
