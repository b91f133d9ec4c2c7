"""A spaCy language for Norwegian, Bokmål and Nynorsk alike: ``spacy.blank("no")`` once policytext is installed."""

from __future__ import annotations

from spacy.attrs import LIKE_NUM
from spacy.lang.nb import Norwegian as _Bokmaal
from spacy.language import DEFAULT_CONFIG, BaseDefaults, Language
from spacy.util import registry

from policytext.language import tokeniser  # noqa: F401  (registers the tokeniser)
from policytext.language.lexicon import stop_words
from policytext.language.numerals import like_num
from policytext.language.punctuation import INFIXES, PREFIXES, SUFFIXES


class NorwegianDefaults(BaseDefaults):
    """Tokeniser, number words, stop words and noun chunks for both written forms."""

    config = DEFAULT_CONFIG.merge({"nlp": {"tokenizer": {"@tokenizers": "policytext.Tokenizer.v1"}}})
    prefixes = PREFIXES
    infixes = INFIXES
    suffixes = SUFFIXES
    lex_attr_getters = {**BaseDefaults.lex_attr_getters, LIKE_NUM: like_num}  # noqa: RUF012
    syntax_iterators = _Bokmaal.Defaults.syntax_iterators
    stop_words = set(stop_words())  # noqa: RUF012


@registry.languages("no")
class Norwegian(Language):  # type: ignore[no-untyped-call]
    """Norwegian, Bokmål and Nynorsk alike (ISO 639-1 `no`)."""

    lang = "no"
    Defaults = NorwegianDefaults
