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

    from policytext.ingest.pdf_characters import Chunk, Word

_LOW = "a-zæøåàáâäçèéêëíîïñòóôöùúûüýšžčđŋŧ"
_ODD = rf"[^{_LOW}\s\d\-–—’'‘`´/.,:;()@_\u00ad]"
_SUSPECT = re.compile(rf"(?<=[{_LOW}])({_ODD})(?=[{_LOW}])")
_PLAIN = re.compile(rf"^[^\w]*([{_LOW}A-ZÆØÅ]?[{_LOW}]+)[^\w]*$")
_TRIMMED = re.compile(r"^[«»\"“”„(\[]*|[«»\"“”)\].,:;!?…]*$")
_MIN_TYPES = 2
_SAMPLE = 60


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
    plain: set[str] = set()
    for word in set(words):
        match = _PLAIN.match(word)
        if match:
            plain.add(match[1].casefold())
            continue
        bare = _TRIMMED.sub("", word)
        signs = set(_SUSPECT.findall(bare))
        if len(signs) == 1:
            (sign,) = signs
            head, _, tail = bare.partition(sign)
            if sign not in tail:
                suspects[sign].add((head.casefold(), tail.casefold()))
    known = lexicon() | plain
    font_map = {sign: found for sign, pairs in suspects.items() if (found := _meanings(sorted(pairs), known))}
    known |= {head + groups[0] + tail for sign, groups in font_map.items() for head, tail in suspects[sign]}
    groups_found = sorted({group for groups in font_map.values() for group in groups})
    for sign in sorted(suspects.keys() - font_map.keys()):
        # another font of the document may call the same letters by another sign, too rare to be learnt alone
        for group in groups_found:
            if all(head + group + tail in known for head, tail in suspects[sign]):
                font_map[sign] = (group,)
                break
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


def repair_word(word: str, font_map: Mapping[str, tuple[str, ...]], known: frozenset[str] | set[str]) -> str:
    """Return a word with its odd signs replaced, or as it is where that gives no word.

    Examples
    --------
    >>> repair_word("kraW,", {"W": ("ft",)}, {"kraft"}), repair_word("kWh", {"W": ("ft",)}, set())
    ('kraft,', 'kWh')
    """
    for sign, groups in font_map.items():
        if sign not in word:
            continue
        variants = [word.replace(sign, group) for group in groups]
        good = [v for v in variants if _TRIMMED.sub("", v).casefold() in known]
        if good and word.casefold() not in known:
            word = good[0]
        elif _is_inside(word, sign):
            word = variants[0]
    return word


def _is_inside(word: str, sign: str) -> bool:
    """Tell whether a sign follows at least two small letters, as it does not in kWh or MW."""
    position = word.find(sign)
    head = word[max(0, position - 2) : position]
    if not ((len(head) == 2 and head.islower()) or (position == 1 and word[0].islower())):
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
    signs = frozenset(font_map)
    cache_of: dict[str, str] = {}
    for chunk in chunks:
        if signs.isdisjoint(chunk.text):
            continue
        repaired: list[Word] = []
        for word in chunk.words:
            text = word[0]
            if not signs.isdisjoint(text):
                if text not in cache_of:
                    cache_of[text] = repair_word(text, font_map, known)
                text = cache_of[text]
            repaired.append((text, *word[1:]))
        chunk.words = repaired
        chunk.text = " ".join(word[0] for word in repaired) + ("-" if chunk.hyphen else "")
    return font_map
