"""Compare groups of documents, such as parties: emphasis, key words, topics, likeness and numeric promises."""

from policytext.compare.comparison import Comparison, compare, load_comparison

__all__ = ["Comparison", "compare", "load_comparison"]
