"""Norwegian as such: written form, word keys, compounds, tokeniser and the trained pipeline."""

from policytext.language.damage import ligatures_lost, mend_segments
from policytext.language.forms import detect_form, detect_forms
from policytext.language.keys import shared_key, split_compound, terms
from policytext.language.mending import Mended, put_back
from policytext.language.pipeline import load

__all__ = [
    "Mended",
    "detect_form",
    "detect_forms",
    "ligatures_lost",
    "load",
    "mend_segments",
    "put_back",
    "shared_key",
    "split_compound",
    "terms",
]
