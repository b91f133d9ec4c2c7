"""A tokeniser for Norwegian political text, on top of spaCy's: non-destructive, the same for both written forms.

What needs no context is left to spaCy's rules (`punctuation`, abbreviations). What does is mended afterwards: «2.» is
an ordinal in «2. juledag» and a number with a full stop at the end of a sentence, «min.» is an abbreviation in
«20 min. gange» and a pronoun at the end of one. A number whose thousands are parted by no-break or thin spaces is one
token; with plain spaces it is as many as in the treebank, which writes «10 000» as two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacy.attrs import ORTH
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.scorer import Scorer
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

from policytext.language.punctuation import INFIXES, PREFIXES, SUFFIXES
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language
    from spacy.training import Example
    from spacy.vocab import Vocab

_WHOLE = re.compile(
    r"""^(?:
      \d{4}-\d{2}-\d{2}                          # a date
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zæøå]{2,}   # an address
    | (?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:no|com|org|net|eu|se|dk|info)(?:/[\w/%?=&.#-]*[\w/])?
    | (?:km|m|kr|kWh|mg|kg|Mbit|Gbit|MB|t|a|d|m|A|D|M)/(?:t|s|h|år|døgn|kWh|MWh|kg|l|m[²³23]?|S)
    )$""",
    re.VERBOSE,
)
_SENTENCE_END = r"""(?=[»”"'’)\]]*(?:\s+[«“"'(\[–-]*[A-ZÆØÅ]|\s*$|\s*\n))"""
_NUMBER_STOP = re.compile(rf"(?<![\w.,:])\d{{1,3}}(\.){_SENTENCE_END}")
_BOUND_SPACE = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_BOUND_NUMBER = re.compile(
    rf"(?<![\w.,:{_BOUND_SPACE}])\d{{1,3}}(?P<space>[{_BOUND_SPACE}])\d{{3}}(?:(?P=space)\d{{3}})*(?![^\W_]|(?P=space)\d)"
)


@lru_cache(maxsize=1)
def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return the abbreviations that keep their full stop always, and those that keep it only inside a sentence."""
    always: set[str] = set()
    inside: set[str] = set()
    own = {row["form"]: row["context"] for row in load_lexicon("tokens", ("form", "context"))}
    shared = {row["form"]: "always" for row in load_lexicon("abbreviations", ("form", "lang", "end", "example"))}
    for form, context in {**shared, **own}.items():
        capital = form[:1].upper() + form[1:]
        spellings = {form} if capital in own else {form, capital}
        if form[:1].isalpha() and context != "never":
            (always if context == "always" else inside).update(spellings)
    return frozenset(always), frozenset(inside - always)


@lru_cache(maxsize=1)
def _inside() -> re.Pattern[str]:
    forms = "|".join(re.escape(form[:-1]) for form in sorted(abbreviations()[1], key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<![\w.])(?:{forms})(\.){_SENTENCE_END}")


def _full_stops(text: str) -> set[int]:
    """Return the offsets of full stops that end a sentence although they stand behind a number or abbreviation."""
    found = {match.start(1) for match in _NUMBER_STOP.finditer(text)}
    found.update(match.start(1) for match in _inside().finditer(text))
    return found


class NorwegianTokeniser:
    """Callable that turns text into a `Doc` whose tokens and spaces give the text back.

    Its rules live in the package, so that nothing is saved with a pipeline.
    """

    def __init__(self, vocab: Vocab) -> None:
        always, inside = abbreviations()
        exceptions = {form: [{ORTH: form}] for form in sorted(always | inside)}
        self.vocab = vocab
        self._base = Tokenizer(
            vocab,
            rules=exceptions,
            prefix_search=compile_prefix_regex(PREFIXES).search,
            suffix_search=compile_suffix_regex(SUFFIXES).search,
            infix_finditer=compile_infix_regex(INFIXES).finditer,
            token_match=_WHOLE.match,
            url_match=URL_MATCH,
        )

    def __call__(self, text: str) -> Doc:
        """Cut a text into tokens."""
        doc = self._base(text)
        stops = _full_stops(text) if "." in text else set()
        numbers = {match.start(): match.end() for match in _BOUND_NUMBER.finditer(text)}
        return _mended(doc, stops, numbers) if stops or numbers else doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:  # noqa: ARG002
        """Tokenise texts one after another."""
        for text in texts:
            yield self(text)

    def explain(self, text: str) -> list[tuple[str, str]]:
        """Return spaCy's account of which rule made which token, before the context is looked at."""
        return list(self._base.explain(text))

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Score token bounds (spaCy's convention)."""
        return dict(Scorer.score_tokenization(examples))

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the rules live in the package."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> NorwegianTokeniser:
        """Return the tokeniser as it is."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Save nothing: the rules live in the package."""

    def from_disk(self, _path: Any, **_: Any) -> NorwegianTokeniser:
        """Return the tokeniser as it is."""
        return self


def _mended(doc: Doc, stops: set[int], numbers: dict[int, int]) -> Doc:
    """Cut off the full stops at the offsets `stops`, and join the tokens of the numbers from start to end."""
    words: list[str] = []
    spaces: list[bool] = []
    joined_until = 0
    for token in doc:
        cut = len(token) > 1 and token.idx + len(token) - 1 in stops
        text, space = token.text[:-1] if cut else token.text, bool(token.whitespace_)
        if token.idx < joined_until:
            words[-1] += text
            spaces[-1] = space and not cut
        else:
            words.append(text)
            spaces.append(space and not cut)
            joined_until = numbers.get(token.idx, 0)
        if cut:
            words.append(".")
            spaces.append(space)
    return doc if len(words) == len(doc) else Doc(doc.vocab, words=words, spaces=spaces)


@registry.tokenizers("policytext.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokeniser() -> Callable[[Language], NorwegianTokeniser]:
    """Return what makes the tokeniser for a pipeline's vocabulary (spaCy's registry)."""

    def make(nlp: Language) -> NorwegianTokeniser:
        return NorwegianTokeniser(nlp.vocab)

    return make
