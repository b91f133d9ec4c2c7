"""Measures: what a text says that its author or the authorities will do."""

from policytext.measures.find import THRESHOLD, find_measures, judge, probabilities

__all__ = ["THRESHOLD", "find_measures", "judge", "probabilities"]
