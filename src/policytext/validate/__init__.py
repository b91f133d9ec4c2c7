"""Agreement of an analysis with hand coding."""

from policytext.validate.gold import GoldQuantity, GoldSegment, read_gold
from policytext.validate.validation import Validation, validate

__all__ = ["GoldQuantity", "GoldSegment", "Validation", "read_gold", "validate"]
