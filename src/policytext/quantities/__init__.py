"""Numbers in Norwegian text: value, unit, comparator, and what they do in a promise."""

from policytext.quantities.finder import find
from policytext.quantities.parser import QuantityError, parse
from policytext.quantities.physical import UnitError, convert
from policytext.quantities.roles import resolve
from policytext.quantities.spelling import to_text

__all__ = ["QuantityError", "UnitError", "convert", "find", "parse", "resolve", "to_text"]
