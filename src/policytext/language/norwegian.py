"""A spaCy language for Norwegian in both written forms."""

from __future__ import annotations

from spacy.lang.nb import Norwegian as _Bokmaal
from spacy.language import BaseDefaults, Language
from spacy.util import registry


class NorwegianDefaults(BaseDefaults):
    """Tokenisation and stop words of Bokmål and Nynorsk together."""

    tokenizer_exceptions = _Bokmaal.Defaults.tokenizer_exceptions
    prefixes = _Bokmaal.Defaults.prefixes
    infixes = _Bokmaal.Defaults.infixes
    suffixes = _Bokmaal.Defaults.suffixes
    syntax_iterators = _Bokmaal.Defaults.syntax_iterators
    stop_words = _Bokmaal.Defaults.stop_words


@registry.languages("no")
class Norwegian(Language):  # type: ignore[no-untyped-call]
    """Norwegian, Bokmål and Nynorsk alike (ISO 639-1 `no`)."""

    lang = "no"
    Defaults = NorwegianDefaults
