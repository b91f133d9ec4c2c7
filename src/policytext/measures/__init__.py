"""Measures: what a text says that its author or the authorities will do."""

from policytext.measures.find import THRESHOLD, find_measures, judge, probabilities
from policytext.measures.models import MeasureModels, load_measure_models

__all__ = ["THRESHOLD", "MeasureModels", "find_measures", "judge", "load_measure_models", "probabilities"]
