"""Norwegian as such: written form, word keys, compounds, tokeniser and the trained pipeline."""

from policytext.language.forms import detect_form, detect_forms
from policytext.language.keys import shared_key, split_compound, terms
from policytext.language.pipeline import load

__all__ = ["detect_form", "detect_forms", "load", "shared_key", "split_compound", "terms"]
