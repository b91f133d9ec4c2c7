"""From documents or ready-cut text to tables of segments, measures and quantities."""

from policytext.analysis.pipeline import analyze, annotate
from policytext.analysis.storage import load_analysis
from policytext.analysis.tables import Analysis

__all__ = ["Analysis", "analyze", "annotate", "load_analysis"]
