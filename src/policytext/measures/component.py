"""A spaCy component that marks the measures of a `Doc`: ``nlp.add_pipe("policytext_measures")``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from policytext.measures.find import find_measures
from policytext.records import Segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc


@Language.factory("policytext_measures", default_config={"key": "policytext_measures"})
def make_measures(nlp: Language, name: str, key: str = "policytext_measures") -> Callable[[Doc], Doc]:
    """Return a function that puts the measures' spans in ``doc.spans[key]``.

    Sentences are taken from the pipeline where it sets them (`parser`, `sentencizer`); otherwise the whole text is one.
    A span's label is the measure's direction, its `id_` the cue; nothing is registered globally.

    Parameters
    ----------
    nlp : Language
        The pipeline, given by spaCy.
    name : str
        The component's name in the pipeline.
    key : str
        The span group to write.
    """
    del nlp, name  # spaCy gives them; the component needs neither

    def mark(doc: Doc) -> Doc:
        sentences = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
        segments = [Segment("", str(i), "paragraph", s.text, 0, len(s.text)) for i, s in enumerate(sentences)]
        marked = []
        for sentence, measures in zip(sentences, find_measures(segments, [()] * len(segments)), strict=True):
            for measure in measures:
                first = sentence.start_char + measure.start
                last = sentence.start_char + measure.end
                span = doc.char_span(first, last, label=measure.direction, span_id=measure.cue, alignment_mode="expand")
                if span is not None:
                    marked.append(span)
        doc.spans[key] = marked
        return doc

    return mark
