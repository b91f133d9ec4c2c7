"""What may stand where a text has lost a ligature: known words by what is left of them, and how common they are.

A ligature («ti», «ff», «tt») is one sign in print. Where a text layer has no letters for it, the sign is gone or a
space stands there: «besky e», «ak vitet», « l». A word is found again by what remains: «beskye» is left of «beskytte».
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from policytext.language.lexicon import bound_parts, form_pairs, stop_words, word_forms
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIGATURES = ("tti", "ffi", "ffl", "fft", "ffj", "ffb", "fb", "ti", "tt", "ft", "fi", "fl", "ff", "tf", "fj")
"""Letters that fonts draw as one sign, longest first."""

FUNCTION = 5000.0
"""The weight of a function word: how often it would stand among the words that the counts are from."""
LISTED = 1.0
"""The weight of a word that is listed but was not counted."""
_EVERYDAY = 500.0
_RARE = 0.01
_UNCOMMON = 2.0
_COMMON_TAIL = 4.0
_LONG_TAIL = 5
_COUNTED = 20.0
_TOTAL = 490_000
_NAMED = 10.0
_TOPICAL = 4.0
_PROVEN = 3
_LEAST_PART = 3
_LEAST_COMPOUND = 5
_JOINT = 2.0
_GENITIVE = 3.0
_LONG_FIRST = re.compile("|".join(LIGATURES))
_SHORT = re.compile("|".join(ligature for ligature in LIGATURES if len(ligature) == 2))
_FROM_END = re.compile("|".join(ligature[::-1] for ligature in LIGATURES if len(ligature) == 2))
_VERB_COLUMNS = ("form", "lemma", "readings", "share")
_WORD_COLUMNS = ("rest", "word")
_PARTY_COLUMNS = ("party", "name_nb", "name_nn", "aliases", "ordinary", "colour")


class Pieces(NamedTuple):
    """What is left of a word: letters in lower case, one or two ligatures lost between each piece and the next.

    `start` and `end` say whether ligatures are lost before the first piece and after the last (0 none, 1 perhaps, 2
    certainly), `inside` whether they may be lost within a piece, with no space to show for it.
    """

    letters: tuple[str, ...]
    start: int = 1
    end: int = 1
    inside: bool = False


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """Return how often each known form would stand among `_TOTAL` words; function words are not counted, but set."""
    words = word_forms()
    weights = {
        form: max(_RARE, words.counts.get(lemma, 0) / (2 if form == lemma else 4))
        for form, lemma in words.lemmas.items()
    }
    listed = dict.fromkeys(form_pairs(), LISTED)
    listed.update((row["form"], LISTED) for row in load_lexicon("wordforms", ("form",)))
    for row in load_lexicon("area_terms", ("topic", "term")):
        term = row["term"].strip("*")
        listed[term] = _TOPICAL * max(LISTED, weights.get(term, 0.0))
    for row in load_lexicon("parties", _PARTY_COLUMNS):
        names = f"{row['name_nb']} {row['name_nn']}".lower().split()
        listed.update((name, _NAMED) for name in names if len(name) > _LEAST_PART)
    for row in load_lexicon("verb_forms", _VERB_COLUMNS):
        listed.setdefault(row["form"], LISTED)
    for word in stop_words():
        if weights.get(word, 0.0) < _COUNTED:
            listed[word] = FUNCTION
    for row in load_lexicon("function_words", ("class", "words")):
        listed.update(dict.fromkeys(row["words"].split(), FUNCTION))
    for row in load_lexicon("ligature_words", _WORD_COLUMNS):
        listed.setdefault(row["word"], _EVERYDAY)
    for form, weight in listed.items():
        weights[form] = max(weight, weights.get(form, 0.0))
    return {form: weight for form, weight in weights.items() if form.isalpha() and (len(form) > 1 or form in "iå")}


@lru_cache(maxsize=1)
def _first_costs() -> dict[str, float]:
    first = word_forms().first
    total = sum(first.values())
    bound = bound_parts()
    costs = {
        part: -log(count / total)
        for part, count in first.items()
        if count >= _PROVEN and len(part) >= _LEAST_PART and bound.get(part) != "first"
    }
    for form, known in _weights().items():
        if known >= _COMMON_TAIL and len(form) >= _LONG_TAIL:
            costs.setdefault(form, _UNCOMMON - log(known / _TOTAL))
            if form[-1] != "s":
                costs.setdefault(f"{form}s", _UNCOMMON - log(known / _TOTAL))
    return costs


@lru_cache(maxsize=1)
def _last_costs() -> dict[str, float]:
    words, weights, bound = word_forms(), _weights(), bound_parts()
    total = sum(words.last.values())
    costs = {}
    for form, lemma in words.lemmas.items():
        count = words.last.get(lemma, 0)
        if count >= _PROVEN and len(form) >= _LEAST_PART and bound.get(form) != "last":
            costs[form] = -log(count / total) + (_UNCOMMON if weights[form] < LISTED else 0.0)
    for form, known in weights.items():
        if form not in costs and known >= _COMMON_TAIL and len(form) >= _LONG_TAIL:
            costs[form] = _UNCOMMON - log(known / _TOTAL)
    return costs


@lru_cache(maxsize=1)
def short_words() -> dict[str, str]:
    """Return the words that one or two letters alone stand for: «l» for «til»."""
    return {row["rest"]: row["word"] for row in load_lexicon("ligature_words", _WORD_COLUMNS) if row["rest"]}


def weight(word: str) -> float:
    """Return how often a word would stand among half a million; 0 for one that is in no list.

    Examples
    --------
    >>> weight("til") > weight("aktivitet") > weight("besky")
    True
    """
    return _weights().get(word, 0.0)


@lru_cache(maxsize=100_000)
def rarity(word: str) -> float | None:
    """Return minus the log of how likely a word of a text is this one; None where it is no known word or compound.

    Examples
    --------
    >>> rarity("til") < rarity("aktivitet") < rarity("ferjeaktivitet")
    True
    >>> rarity("besky") is None
    True
    """
    known = _weights().get(word)
    if known is not None:
        return -log(known / _TOTAL)
    if word[-1:] == "s" and (known := _weights().get(word[:-1])) is not None and len(word) > _LEAST_PART:
        return _GENITIVE - log(known / _TOTAL)
    costs = [cost for found, cost in _compounds(Pieces((word,), start=0, end=0)) if found == word]
    return min(costs, default=None)


def _left(word: str) -> set[str]:
    """Return what is left of a word that loses its ligatures, in the ways that fonts divide «tti» and «fti»."""
    if not _SHORT.search(word):
        return {word}
    return {_LONG_FIRST.sub("", word), _SHORT.sub("", word), _FROM_END.sub("", word[::-1])[::-1]}


def _index(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        for rest in _left(word):
            found[rest] = (*found.get(rest, ()), word)
    return found


@lru_cache(maxsize=1)
def _whole() -> dict[str, tuple[str, ...]]:
    return _index(word for word in _weights() if _SHORT.search(word))


@lru_cache(maxsize=1)
def _first() -> dict[str, tuple[str, ...]]:
    return _index(_first_costs())


@lru_cache(maxsize=1)
def _last() -> dict[str, tuple[str, ...]]:
    return _index(_last_costs())


def _fitting(index: dict[str, tuple[str, ...]], pieces: Pieces) -> list[str]:
    """Return the words of an index that may leave such pieces."""
    found = [word for rest in _left("".join(pieces.letters)) for word in index.get(rest, ())]
    return [word for word in dict.fromkeys(found) if _fits(word, pieces)]


def _fits(word: str, pieces: Pieces) -> bool:
    """Tell whether a word leaves such pieces when it loses ligatures where they may be lost."""
    places = _behind(word, {0}, pieces.start)
    for number, piece in enumerate(pieces.letters):
        if number:
            places = _behind(word, places, 2)
        for part in piece if pieces.inside else (piece,):
            places = {place + len(part) for place in places if word.startswith(part, place)}
            if pieces.inside:
                places |= _behind(word, places, 1)
    return len(word) in _behind(word, places, pieces.end)


def _behind(word: str, places: set[int], lost: int) -> set[int]:
    """Return the places of a word that one or two ligatures after the given ones lead to; `lost` as in `Pieces`."""
    if not lost or not places:
        return places
    once = {place + len(sign) for place in places for sign in LIGATURES if word.startswith(sign, place)}
    twice = {place + len(sign) for place in once for sign in LIGATURES if word.startswith(sign, place)}
    return once | twice | (places if lost == 1 else set())


@lru_cache(maxsize=50_000)
def words_left_as(pieces: Pieces) -> tuple[tuple[str, float], ...]:
    """Return the known words and compounds that may be left as these pieces, with their rarity, likeliest first.

    Examples
    --------
    >>> words_left_as(Pieces(("ak", "vitet")))[0][0], words_left_as(Pieces(("vannkra", "verk")))[0][0]
    ('aktivitet', 'vannkraftverk')
    >>> words_left_as(Pieces(("rå", "aktivitet")))
    ()
    """
    whole = "".join(pieces.letters)
    known = _weights()
    found = {word: -log(known[word] / _TOTAL) for word in _fitting(_whole(), pieces) if word != whole}
    if len(whole) >= _LEAST_COMPOUND and any(rarity(piece) is None for piece in pieces.letters):
        for word, cost in _compounds(pieces):
            if word != whole and word not in known:
                found[word] = min(cost, found.get(word, cost))
    return tuple(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))


def _compounds(pieces: Pieces) -> Iterator[tuple[str, float]]:
    """Yield the compounds of one or two first parts and a last part that may be left as these pieces."""
    for front, back in _cuts(pieces):
        tails = _fitting(_last(), back)
        if not tails:
            continue
        heads = list(_heads(front))
        for tail in tails:
            for head, cost in heads:
                yield head + tail, cost + _JOINT + _last_costs()[tail]


def _heads(pieces: Pieces, *, deeper: bool = True) -> Iterator[tuple[str, float]]:
    costs = _first_costs()
    for head in _fitting(_first(), pieces):
        yield head, costs[head]
    for front, back in _cuts(pieces) if deeper else ():
        inner = _fitting(_first(), back)
        for outer, cost in _heads(front, deeper=False) if inner else ():
            for head in inner:
                yield outer + head, cost + _JOINT + costs[head]


def _cuts(pieces: Pieces) -> Iterator[tuple[Pieces, Pieces]]:
    """Yield each way to divide pieces into a front and a back; a loss between them belongs to one of the two."""
    letters, start, end, inside = pieces
    for number, piece in enumerate(letters):
        if number:
            front, back = letters[:number], letters[number:]
            yield Pieces(front, start, 2, inside), Pieces(back, 0, end, inside)
            yield Pieces(front, start, 0, inside), Pieces(back, 2, end, inside)
        for place in range(1, len(piece)):
            front, back = (*letters[:number], piece[:place]), (piece[place:], *letters[number + 1 :])
            yield Pieces(front, start, int(inside), inside), Pieces(back, 0, end, inside)
            if inside:
                yield Pieces(front, start, 0, inside), Pieces(back, 2, end, inside)
