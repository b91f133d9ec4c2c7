"""A spaCy component that marks the quantities of a `Doc`: ``nlp.add_pipe("policytext_quantities")``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from policytext.quantities.finder import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc


@Language.factory("policytext_quantities", default_config={"key": "policytext_quantities"})
def make_quantities(nlp: Language, name: str, key: str = "policytext_quantities") -> Callable[[Doc], Doc]:
    """Return a function that puts the quantities' spans in ``doc.spans[key]``.

    A span's label is the unit and its `id_` the value, or ``low..high`` for a range; a number inside a token marks the
    whole token. Nothing is registered globally.

    Parameters
    ----------
    nlp : Language
        The pipeline, given by spaCy.
    name : str
        The component's name in the pipeline.
    key : str
        The span group to write.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("nb")
    >>> pipe = nlp.add_pipe("policytext_quantities")
    >>> doc = nlp("Innen 2029 vil vi bygge 200 boliger")
    >>> [(span.text, span.label_, span.id_) for span in doc.spans["policytext_quantities"]]
    [('2029', 'date', '2029'), ('200 boliger', 'count', '200')]
    """
    del nlp, name  # spaCy gives them; the component needs neither

    def mark(doc: Doc) -> Doc:
        spans = []
        for q in find(doc.text):
            value = f"{q.low}..{q.high}" if q.value is None else str(q.value)
            span = doc.char_span(q.start, q.end, label=q.unit, span_id=value, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[key] = spans
        return doc

    return mark
