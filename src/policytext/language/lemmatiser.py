"""Lemmas from word, part of speech, features and written form: learnt suffix rules, exceptions and a dictionary.

A rule takes letters off a word's end and puts others on. Rules are learnt for each written form, part of speech and
feature bundle, and the rule of the longest suffix wins; a word that the rules get wrong in the training text is an
exception. For words that were not seen, a dictionary decides between the candidates.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS, SENT_START
from spacy.language import Language
from spacy.scorer import Scorer

from policytext.errors import ModelError
from policytext.language.document_form import form_of
from policytext.language.lexicon import dictionary, word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc
    from spacy.training import Example

NAME = "policytext_lemmatiser"
MAX_SUFFIX = 8
_SURE_SUFFIX = 7
_MAX_STRIP = 6
_GENITIVE = re.compile(r"(?:['’]s?|s)$")
_AS_WRITTEN = frozenset({"X", "SYM", "NUM", "INTJ"})
Edit = tuple[int, str]
Key = tuple[str, str, str]


def folded(word: str, pos: str, *, first: bool) -> str:
    """Return a word without the capital that only its place gives it; names and «Høyre-velger» keep theirs."""
    if pos == "PROPN" or not word[:1].isupper():
        return word
    plain = word[1:].islower() or len(word) == 1
    return word.lower() if plain and (first or "-" not in word) else word


def edit_between(word: str, lemma: str) -> Edit:
    """Return how many letters come off the end of a word, and what is put on, to get its lemma."""
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return len(word) - same, lemma[same:]


def apply_edit(word: str, edit: Edit) -> str:
    """Take letters off a word's end and put others on.

    Examples
    --------
    >>> apply_edit("kommunane", (3, "e"))
    'kommune'
    """
    strip, add = edit
    return word[: len(word) - strip] + add


class NorwegianLemmatiser:
    """Pipeline component that sets `token.lemma_`; needs parts of speech and features.

    The written form is that of the whole document; anything but Nynorsk counts as Bokmål.
    """

    def __init__(self, name: str = NAME) -> None:
        self.name = name
        self.rules: dict[Key, dict[str, Edit]] = {}
        self.exceptions: dict[tuple[str, str, str, str], str] = {}
        self._cache: dict[tuple[str, int, int, int, bool], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token."""
        form = form_of(doc)
        cache, strings = self._cache, doc.vocab.strings
        lemmas = np.zeros((len(doc), 1), dtype=np.uint64)
        for index, (orth, pos, morph, start) in enumerate(doc.to_array([ORTH, POS, MORPH, SENT_START]).tolist()):
            first = start == 1 or index == 0
            key = (form, orth, pos, morph, first)
            lemma = cache.get(key)
            if lemma is None:
                token = doc[index]
                lemma = self.lemma(token.text, token.pos_, str(token.morph), form=form, first=first)
                cache[key] = lemma
            lemmas[index, 0] = strings.add(lemma)
        if len(doc):
            doc.from_array([LEMMA], lemmas)  # type: ignore[arg-type]
        if len(cache) > 200_000:
            cache.clear()
        return doc

    def lemma(self, word: str, pos: str, features: str, *, form: str = "nb", first: bool = False) -> str:
        """Return the lemma of one word.

        Parameters
        ----------
        word : str
            As written.
        pos, features : str
            Universal part of speech and features (``Gender=Masc|Number=Sing``).
        form : str
            ``nb`` or ``nn``.
        first : bool
            Whether the word opens a sentence, so that a capital means nothing.
        """
        plain = folded(word, pos, first=first)
        known = self.exceptions.get((form, plain, pos, features))
        return known if known is not None else self._by_rule(word, plain, pos, features, form)

    def _by_rule(self, word: str, plain: str, pos: str, features: str, form: str) -> str:
        if pos == "PUNCT":
            return f"${word}"
        if pos == "PROPN" or "Abbr=Yes" in features:
            return _GENITIVE.sub("", word) if "Case=Gen" in features else word
        if pos in _AS_WRITTEN:
            return word if pos == "X" else plain
        if pos == "NOUN" and features in ("Gender=Masc", "Gender=Fem"):
            return word
        candidates = self._candidates(plain, (form, pos, features)) or self._candidates(plain, (form, pos, ""))
        if not candidates:
            return plain
        length, best = candidates[0]
        if length >= _SURE_SUFFIX:
            return best
        possible = dictionary().get(pos, {}).get(plain.lower(), ()) if form == "nb" else ()
        if possible:
            nearest = min(possible, key=lambda lemma: (len(edit_between(plain, lemma)[1]), lemma))
            return best if best in possible else nearest
        return next((lemma for _, lemma in candidates if _is_lemma(lemma)), best)

    def _candidates(self, plain: str, key: Key) -> list[tuple[int, str]]:
        rules = self.rules.get(key)
        if rules is None:
            return []
        lower = plain.lower()
        found = []
        for length in range(min(len(lower), MAX_SUFFIX), -1, -1):
            edit = rules.get(lower[len(lower) - length :])
            if edit is not None and edit[0] <= len(lower):
                found.append((length, apply_edit(plain, edit)))
        return found

    def learn(self, words: Iterable[tuple[str, str, str, str, str, bool]]) -> None:
        """Learn rules and exceptions from (form, word, part of speech, features, lemma, first) of a treebank."""
        tokens: dict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
        for form, word, pos, features, lemma, first in words:
            tokens[form, folded(word, pos, first=first), pos, features][lemma] += 1
        edits: dict[Key, dict[str, Counter[Edit]]] = defaultdict(lambda: defaultdict(Counter))
        for (form, plain, pos, features), lemmas in tokens.items():
            if "-" in plain or pos in ("PROPN", "PUNCT", "X", "SYM"):
                continue
            for lemma in lemmas:
                edit = edit_between(plain, lemma)
                if edit[0] > _MAX_STRIP or (edit[0] == len(plain) and len(plain) > 3):
                    continue
                for length in range(edit[0], min(len(plain), MAX_SUFFIX) + 1):
                    suffix = plain[len(plain) - length :].lower()
                    edits[form, pos, features][suffix][edit] += 1
                    edits[form, pos, ""][suffix][edit] += 1
        self.rules = {key: _pruned(table) for key, table in edits.items()}
        self.exceptions = {}
        for (form, plain, pos, features), lemmas in sorted(tokens.items()):
            lemma = min(lemmas.items(), key=lambda item: (-item[1], item[0]))[0]
            if self._by_rule(plain, plain, pos, features, form) != lemma:
                self.exceptions[form, plain, pos, features] = lemma
        self._cache.clear()

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """Score lemma accuracy (spaCy's convention)."""
        return dict(Scorer.score_token_attr(examples, "lemma", **options))

    def to_bytes(self, **_: Any) -> bytes:
        """Return rules and exceptions as compressed text."""
        lines = ["[rules]"]
        for key in sorted(self.rules):
            pairs = (f"{suffix}={strip}{add}" for suffix, (strip, add) in sorted(self.rules[key].items()))
            lines.append("\t".join([*key, *pairs]))
        lines.append("[exceptions]")
        lines += ["\t".join([*key, lemma]) for key, lemma in sorted(self.exceptions.items())]
        return lzma.compress("\n".join(lines).encode(), preset=9)

    def from_bytes(self, data: bytes, **_: Any) -> NorwegianLemmatiser:
        """Read rules and exceptions back."""
        try:
            text = lzma.decompress(data).decode("utf-8")
            rules, _sep, exceptions = text.partition("\n[exceptions]")
            self.rules = {}
            for line in rules.split("\n")[1:]:
                form, pos, features, *pairs = line.split("\t")
                split = (pair.partition("=") for pair in pairs)
                self.rules[form, pos, features] = {suffix: (int(edit[0]), edit[1:]) for suffix, _eq, edit in split}
            self.exceptions = {}
            for line in exceptions.split("\n")[1:]:
                form, plain, pos, features, lemma = line.split("\t")
                self.exceptions[form, plain, pos, features] = lemma
        except (lzma.LZMAError, ValueError, IndexError) as error:
            raise ModelError(f"the lemmatiser's table is damaged ({error}); install policytext again") from error
        self._cache.clear()
        return self

    def to_disk(self, path: Any, **_: Any) -> None:
        """Write ``lemmas.txt.xz`` into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / "lemmas.txt.xz").write_bytes(self.to_bytes())

    def from_disk(self, path: Any, **_: Any) -> NorwegianLemmatiser:
        """Read ``lemmas.txt.xz`` from a folder."""
        return self.from_bytes((Path(path) / "lemmas.txt.xz").read_bytes())


def _pruned(table: dict[str, Counter[Edit]]) -> dict[str, Edit]:
    """Keep the likeliest edit of each suffix, and only suffixes that decide otherwise than the next shorter one."""
    best = {suffix: min(edits, key=lambda edit: (-edits[edit], edit)) for suffix, edits in table.items()}
    kept: dict[str, Edit] = {}
    for suffix, edit in best.items():
        shorter = next((suffix[i:] for i in range(1, len(suffix) + 1) if suffix[i:] in best), None)
        if shorter is None or suffix == "" or best[shorter] != edit or len(suffix) >= _SURE_SUFFIX:
            kept[suffix] = edit
    return kept


def _is_lemma(word: str) -> bool:
    """Tell whether a word, or its last part, is a lemma of the dictionary or the treebank."""
    words = word_forms()
    lower = word.lower()
    if lower in words.counts or lower in words.bokmaal or words.lemmas.get(lower) == lower:
        return True
    return any(lower[cut:] in words.counts and lower[cut:] in words.last for cut in range(3, len(lower) - 3))


@Language.factory(
    NAME, assigns=["token.lemma"], requires=["token.pos", "token.morph"], default_score_weights={"lemma_acc": 1.0}
)
def create_lemmatiser(nlp: Language, name: str) -> NorwegianLemmatiser:  # noqa: ARG001
    """Return an empty lemmatiser for a pipeline (spaCy's factory)."""
    return NorwegianLemmatiser(name)
