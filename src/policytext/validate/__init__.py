"""Agreement of an analysis with hand coding, of coders with each other, and samples to code."""

from policytext.validate.coded_sheets import Coding, read_sheets
from policytext.validate.gold import GoldQuantity, GoldSegment, read_gold
from policytext.validate.reliability import measure_reliability
from policytext.validate.sampling import Sample, sample
from policytext.validate.validation import Validation, validate

__all__ = [
    "Coding",
    "GoldQuantity",
    "GoldSegment",
    "Sample",
    "Validation",
    "measure_reliability",
    "read_gold",
    "read_sheets",
    "sample",
    "validate",
]
