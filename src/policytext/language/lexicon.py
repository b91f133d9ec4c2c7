"""Word forms, lemmas and compound parts: the tables of ``models/word_forms``, read once when first needed."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from policytext.errors import ModelError
from policytext.resources import model_path
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")
_COMMON_LAST = 20
_SECTIONS = ("treebank", *_PARTS_OF_SPEECH, "bokmaal", "first", "last", "counts")


@dataclass(frozen=True, slots=True)
class WordForms:
    """What is known of Norwegian words.

    `lemmas` maps a lower-case form to its likeliest lemma, `bokmaal` holds the lemmas that are Bokmål, `first` and
    `last` say in how many compounds of the dictionary a string is the first or the last part, `counts` how often a
    lemma stands in the treebank.
    """

    lemmas: dict[str, str]
    bokmaal: frozenset[str]
    first: dict[str, int]
    last: dict[str, int]
    counts: dict[str, int]


def _counts(lines: list[str]) -> dict[str, int]:
    return {part: int(count) for part, _, count in (line.partition("|") for line in lines)}


def _sections() -> dict[str, list[str]]:
    path = model_path("word_forms") / "forms.txt.xz"
    if not path.is_file():
        raise ModelError(f"{path.name} is missing from {path.parent}; build it with models/word_forms/build.py")
    text = lzma.decompress(path.read_bytes()).decode("utf-8")
    parts = (part.partition("]\n") for part in f"\n{text}".split("\n[")[1:])
    sections = {name: lines.split("\n") for name, _, lines in parts}
    missing = [name for name in _SECTIONS if name not in sections]
    if missing:
        raise ModelError(f"{path.name} lacks the section {missing[0]!r}; build it with models/word_forms/build.py")
    return sections


def _expand(line: str) -> tuple[str, list[str]]:
    """Return the lemma and the forms of a line such as ``skole||,n,ne,r``."""
    stem, ending, endings = line.split("|")
    return stem + ending, [stem + each for each in endings.split(",")]


@lru_cache(maxsize=1)
def word_forms() -> WordForms:
    """Read the tables of word forms; where a form has several lemmas, the treebank's commonest one counts.

    Raises
    ------
    ModelError
        If the file is missing or lacks a section.
    """
    sections = _sections()
    counts = _counts(sections["counts"])
    bokmaal = set(sections["bokmaal"])
    paradigms = []
    for line in chain.from_iterable(sections[name] for name in _PARTS_OF_SPEECH):
        stem, ending, endings = line.split("|")
        lemma = stem + ending
        paradigms.append((counts.get(lemma, 0), lemma, stem, endings))
    bokmaal.update([lemma for _, lemma, _, _ in paradigms])
    paradigms.reverse()
    paradigms.sort(key=itemgetter(0))  # the commonest last, of equals the first: what comes later takes a form over
    lemmas = {stem + each: lemma for _, lemma, stem, endings in paradigms for each in endings.split(",")}
    for line in sections["treebank"]:
        lemma, forms = _expand(line)
        lemmas.update(dict.fromkeys(forms, lemma))
    last = _counts(sections["last"])
    for noun, count in last.items():  # «vann» is water before it is a form of «vinne»
        if count >= _COMMON_LAST and noun in bokmaal and noun in lemmas:
            lemmas[noun] = noun
    return WordForms(lemmas, frozenset(bokmaal), _counts(sections["first"]), last, counts)


@lru_cache(maxsize=1)
def dictionary() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the Bokmål dictionary: for NOUN, VERB, ADJ and ADV, the possible lemmas of each form."""
    sections = _sections()
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in _PARTS_OF_SPEECH:
        table = tables.setdefault(name.upper(), {})
        for line in sections[name]:
            lemma, forms = _expand(line)
            for form in forms:
                table[form] = (*table.get(form, ()), lemma)
    return tables


def paradigms() -> Iterator[tuple[str, str, str]]:
    """Yield part of speech, stem and endings (the lemma's, a bar, all with commas between) of the Bokmål dictionary."""
    sections = _sections()
    for name in _PARTS_OF_SPEECH:
        for line in sections[name]:
            stem, _, endings = line.partition("|")
            yield name, stem, endings


@lru_cache(maxsize=1)
def form_pairs() -> dict[str, str]:
    """Return variant spellings (Nynorsk, or a by-form of Bokmål) and the lemma that stands for both."""
    return {row["variant"]: row["key"] for row in load_lexicon("form_pairs", ("variant", "key"))}


@lru_cache(maxsize=1)
def bound_parts() -> dict[str, str]:
    """Return strings that look like a part of a compound and are none: prefixes (``first``), suffixes (``last``)."""
    return {row["part"]: row["place"] for row in load_lexicon("bound_parts", ("part", "place"))}


@lru_cache(maxsize=1)
def stop_words() -> dict[str, str]:
    """Return the stop words of both written forms, each with ``nb``, ``nn`` or ``no`` (both)."""
    return {row["word"]: row["lang"] for row in load_lexicon("stop_words", ("word", "lang"))}
