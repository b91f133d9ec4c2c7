"""The written form of a spaCy document, found once for all components that ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policytext.language.forms import detect_form

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEPT = 256
_known: dict[bytes, str] = {}


def form_of(doc: Doc) -> str:
    """Return ``nn`` for a document in Nynorsk and ``nb`` for any other; the latest documents are remembered.

    Examples
    --------
    >>> import spacy
    >>> form_of(spacy.blank("nn")("Me vil ikkje leggja ned skular."))
    'nn'
    """
    key = doc.to_array("ORTH").tobytes()
    form = _known.get(key)
    if form is None:
        if len(_known) >= _KEPT:
            _known.clear()
        form = _known[key] = "nn" if detect_form(doc.text)[0] == "nn" else "nb"
    return form
