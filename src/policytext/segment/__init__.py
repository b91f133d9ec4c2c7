"""Documents cut into segments: headings, sentences, list items, questions and quotes."""

from policytext.segment.document import segment_document
from policytext.segment.sentences import split_sentences

__all__ = ["segment_document", "split_sentences"]
