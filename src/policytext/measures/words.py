"""Cutting a segment into words, and what is known about each word form: its class, its reading as a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from policytext.measures.lexicon import load_direction_words, load_verbs
from policytext.rules import load_lexicon

_TOKEN = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*|[.,:;!?()«»\"“”§%–—-]")


class Word(NamedTuple):
    """What a word form can be.

    `kind` is a function class or "", `lemma` and `reading` those of the verb lexicon ("" and 0 when it is no verb
    there), `bears` the direction that the word carries of itself.
    """

    lower: str
    kind: str
    lemma: str
    reading: int
    bears: str
    capital: bool


@dataclass(frozen=True, slots=True)
class _Tables:
    kinds: dict[str, str]
    known: dict[str, Word]


@cache
def _tables() -> _Tables:
    kinds: dict[str, str] = {}
    for row in load_lexicon("function_words", ("class", "words")):
        for word in row["words"].split():
            kinds.setdefault(word, row["class"])
    return _Tables(kinds, {})


def describe(form: str) -> Word:
    """Return what is known about a word form; equal forms share one record.

    Examples
    --------
    >>> describe("styrkast").lemma
    'styrke'
    >>> describe("ikkje").kind
    'neg'
    """
    tables = _tables()
    word = tables.known.get(form)
    if word is None:
        lower = form.lower()
        lemma, reading = load_verbs().forms.get(lower, ("", 0))
        bears = load_direction_words().get(lower, "")
        word = Word(lower, tables.kinds.get(lower, ""), lemma, reading, bears, form[0].isupper())
        if len(tables.known) < 400_000:
            tables.known[form] = word
    return word


def cut(text: str) -> list[Word]:
    """Cut a text into words and marks.

    Examples
    --------
    >>> [word.lower for word in cut("Gjer SFO gratis, no!")]
    ['gjer', 'sfo', 'gratis', ',', 'no', '!']
    """
    known = _tables().known
    return [known.get(form) or describe(form) for form in _TOKEN.findall(text)]


def spans(text: str) -> list[tuple[int, int]]:
    """Return where the words and marks of :func:`cut` lie in the text."""
    return [match.span() for match in _TOKEN.finditer(text)]
