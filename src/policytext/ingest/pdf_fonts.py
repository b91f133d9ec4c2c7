"""Broken font maps: letters that a PDF's fonts call by a wrong name, found from the document's own words.

A font may show «ff» and say «W». Nothing in the file tells, but the words do: whatever has to stand between «o» and
«entlig», and between «straw» and «e», in a word that the document or the lexicon knows, is what the sign means.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policytext.ingest.pdf_characters import Word
    from policytext.ingest.pdf_chunks import Chunk

_LOW = "a-zæøåàáâäçèéêëíîïñòóôöùúûüýšžčđŋŧ"
_ODD = rf"[^{_LOW}\s\-–—’'‘`´/.,:;@_\u00ad]"
_SUSPECT = re.compile(rf"(?<=[{_LOW}])({_ODD})(?=[{_LOW}])")
_AT_END = re.compile(rf"(?<=[{_LOW}]{{2}})([A-ZÆØÅ])$")
_PLAIN = re.compile(rf"^[^\w]*([{_LOW}A-ZÆØÅ]?[{_LOW}]+)[^\w]*$")
_TRIMMED = re.compile(r"^[«»\"“”„(\[]*|[«»\"“”)\].,:;!?…]*$")
_MIN_TYPES = 2
_SAMPLE = 60
_LONG = 8
"""A word with one odd sign and this many letters around it can only be one word of the lexicon."""


@cache
def lexicon() -> frozenset[str]:
    """Return the word forms that ship with the package, in lower case."""
    return frozenset(row["form"] for row in load_lexicon("wordforms", ("form",)))


@cache
def _letter_groups() -> tuple[str, ...]:
    """Return all groups of one to three letters that occur within words of the lexicon, most frequent first."""
    groups: Counter[str] = Counter()
    for word in lexicon():
        for length in (2, 3, 1):
            groups.update(word[i : i + length] for i in range(len(word) - length + 1))
    return tuple(group for group, count in groups.most_common() if count >= 3)


def learn_font_map(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Find what the odd signs inside words stand for.

    Parameters
    ----------
    words : iterable of str
        All words of a document, as the file gives them.

    Returns
    -------
    dict of str to tuple of str
        For each sign the letters it stands for, the likeliest first; signs whose meaning the words do not settle are
        left out.

    Examples
    --------
    >>> words = ["oWentlig", "straWe", "skaWe", "eWekt", "bil", "og"]
    >>> learn_font_map(words)["W"]
    ('ff',)
    """
    suspects: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rare: dict[str, set[tuple[str, str]]] = defaultdict(set)
    plain: set[str] = set()
    for word in set(words):
        match = _PLAIN.match(word)
        if match:
            plain.add(match[1].casefold())
            continue
        bare = _TRIMMED.sub("", word)
        signs = set(_SUSPECT.findall(bare))
        if len(signs) == 1 and "(" not in bare:
            (sign,) = signs
            head, _, tail = bare.partition(sign)
            if sign not in tail:
                suspects[sign].add((head.casefold(), tail.casefold()))
        elif not signs and (end := _AT_END.search(bare)):
            rare[end[1]].add((bare[:-1].casefold(), ""))
    known = lexicon() | plain
    font_map = {sign: found for sign, pairs in suspects.items() if (found := _meanings(sorted(pairs), known))}
    known |= {head + groups[0] + tail for sign, groups in font_map.items() for head, tail in suspects[sign]}
    groups_found = sorted({group for groups in font_map.values() for group in groups})
    for sign, pairs in suspects.items():
        if sign not in font_map:
            rare[sign] |= pairs
    for sign in sorted(rare.keys() - font_map.keys()):
        # another font of the document may call the same letters by another sign, too rare to be learnt: only that word
        for head, tail in sorted(rare[sign]):
            whole = next((head + group + tail for group in groups_found if head + group + tail in known), None)
            if whole is None and len(head + tail) >= _LONG:
                fitting = {head + group + tail for group in _letter_groups() if head + group + tail in known}
                whole = fitting.pop() if len(fitting) == 1 else None
            if whole:
                font_map[head + sign + tail] = (whole,)
                font_map[head.capitalize() + sign + tail] = (whole.capitalize(),)
    return font_map


def _meanings(pairs: Sequence[tuple[str, str]], known: frozenset[str] | set[str]) -> tuple[str, ...]:
    if len(pairs) < _MIN_TYPES:
        return ()
    sample = sorted(pairs, key=lambda pair: len(pair[0]) + len(pair[1]))[:_SAMPLE]
    votes: Counter[str] = Counter()
    for group in _letter_groups():
        votes[group] = sum(head + group + tail in known for head, tail in sample)
    ranked = [(group, count) for group, count in votes.most_common(4) if count]
    if not ranked or ranked[0][1] < max(_MIN_TYPES, 0.25 * len(sample)):
        return ()
    if len(ranked) > 1 and ranked[1][1] > 0.7 * ranked[0][1]:
        return ()
    return tuple(group for group, count in ranked if count >= max(_MIN_TYPES, 0.3 * ranked[0][1]))


def repair_word(
    word: str, font_map: Mapping[str, tuple[str, ...]], known: frozenset[str] | set[str], *, edges: frozenset[str]
) -> str:
    """Return a word with its odd signs replaced, or as it is where that gives no word.

    Parameters
    ----------
    word : str
        A word as the file gives it, with the punctuation around it.
    font_map : mapping of str to tuple of str
        What `learn_font_map` returned.
    known : set of str
        Words of the document and of the lexicon, in lower case.
    edges : frozenset of str
        The signs that may be replaced at the beginning and end of a word too.

    Examples
    --------
    >>> font_map, edges = {"W": ("ft",)}, frozenset("W")
    >>> [repair_word(word, font_map, {"kraft"}, edges=edges) for word in ("kraW,", "kraWig", "kWh")]
    ['kraft,', 'kraftig', 'kWh']
    """
    for sign, groups in font_map.items():
        if sign not in word:
            continue
        if len(sign) > 1:
            word = word.replace(sign, groups[0])
            continue
        variants = [word.replace(sign, group) for group in groups]
        good = [v for v in variants if _TRIMMED.sub("", v).casefold() in known] if sign in edges else []
        if good and word.casefold() not in known:
            word = good[0]
        elif _is_inside(word, sign):
            word = variants[0]
    return word


def _is_inside(word: str, sign: str) -> bool:
    """Tell whether a sign follows at least two small letters, as it does not in kWh or MW."""
    position = word.find(sign)
    head = word[max(0, position - 2) : position]
    if not ((len(head) == 2 and head.isalpha() and head.islower()) or (position == 1 and word[0].islower())):
        return False
    after = word[position + 1 : position + 2]
    if position == 1:
        return len(word) > 4 and word[2:4].isalpha() and word[2:4].islower()
    return after.islower() or (sign.isalpha() and not after.isupper())


def repair_fonts(chunks: Sequence[Chunk]) -> dict[str, tuple[str, ...]]:
    """Repair the words of a document in place and return the map that was found."""
    words = [word[0] for chunk in chunks for word in chunk.words]
    if not any(map(_SUSPECT.search, words)):
        return {}
    font_map = learn_font_map(words)
    if not font_map:
        return {}
    known = lexicon() | {match[1].casefold() for word in set(words) if (match := _PLAIN.match(word))}
    odd = re.compile("|".join(map(re.escape, font_map)))
    # a sign is taken for a letter at the edge of a word only on pages where it stands inside words too
    pages: dict[int, set[str]] = defaultdict(set)
    for chunk in chunks:
        if odd.search(chunk.text):
            pages[chunk.page].update(_SUSPECT.findall(chunk.text))
    for chunk in chunks:
        if not odd.search(chunk.text):
            continue
        edges = frozenset(pages[chunk.page])
        repaired: list[Word] = [
            (repair_word(word[0], font_map, known, edges=edges), *word[1:]) if odd.search(word[0]) else word
            for word in chunk.words
        ]
        chunk.words = repaired
        chunk.text = " ".join(word[0] for word in repaired) + ("-" if chunk.hyphen else "")
    return font_map
