"""One key for a word in all its inflections and in both written forms, and the parts of compounds.

The key is a Bokmål-like lemma: «kommunane» and «kommunene» are both ``kommune``, «skular» and «skoler» ``skole``. It
is found in four steps: the table of word forms, the last part of a compound, endings, and the pairs and spelling rules
that lead from Nynorsk to Bokmål. A key is for counting and matching words, not for reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log

from policytext.language.lexicon import bound_parts, form_pairs, stop_words, word_forms
from policytext.rules import load_lexicon

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MIN_PART = 3
_LINKS = ("s", "e")
_SPLIT_COST = 3.0
_CACHE = 200_000
_LETTERS_FIRST = re.compile(r"[a-zæøå]+(?=\$?$|\(\?=[^|]+$)")


@lru_cache(maxsize=1)
def _spelling_rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the rules' patterns and replacements, each with letters that a word it changes must hold."""
    rows = load_lexicon("spelling_rules", ("pattern", "replacement"))
    return tuple((_held(row["pattern"]), re.compile(row["pattern"]), row["replacement"]) for row in rows)


def _held(pattern: str) -> str:
    """Return the letters that a pattern begins with and always matches, or ""."""
    found = _LETTERS_FIRST.match(pattern)
    return found[0] if found is not None else ""


def _respellings(word: str) -> set[str]:
    """Return the words that one spelling rule makes of a word."""
    return {
        pattern.sub(new, word, count=1)
        for held, pattern, new in _spelling_rules()
        if held in word and pattern.search(word)
    }


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str], ...]:
    rows = load_lexicon("endings", ("ending", "replacement"))
    return tuple((row["ending"], row["replacement"]) for row in rows)


def _respelt(lemma: str) -> str | None:
    """Return the Bokmål lemma that one or two spelling rules lead to, the commonest if several; None if none."""
    words = word_forms()
    once = _respellings(lemma)
    found = {word for word in once if word in words.bokmaal}
    if not found:
        twice = set().union(*map(_respellings, once))
        found = {word for word in twice if word in words.bokmaal and words.counts.get(word, 0) > 0}
    found.discard(lemma)
    return min(found, key=lambda word: (-words.counts.get(word, 0), word), default=None)


@lru_cache(maxsize=_CACHE)
def _bokmaal_spelling(lemma: str) -> str | None:
    """Return the key of a lemma that is known as a word of its own, or None."""
    words = word_forms()
    if lemma in form_pairs():
        return form_pairs()[lemma]
    if lemma in words.bokmaal:
        return lemma
    return _respelt(lemma)


@dataclass(frozen=True, slots=True)
class _Compound:
    """The lemmas of a compound's parts, the spelling of the whole in the key, and in how many compounds it recurs."""

    parts: tuple[str, ...]
    spelling: str
    count: int


@lru_cache(maxsize=_CACHE)
def _first_part(part: str) -> _Compound | None:
    """Return what a compound's first part stands for (its lemma, its spelling with linking letter), or None."""
    words, pairs = word_forms(), form_pairs()
    if bound_parts().get(part) == "first":
        return None
    if f"{part}-" in pairs:
        key = pairs[f"{part}-"].removesuffix("-")
        lemma = key if key in words.bokmaal else words.lemmas.get(key, key)
        return _Compound((lemma,), key, max(words.first.get(key, 0), 3))
    stems = [part]
    if len(part) > _MIN_PART and part.endswith(_LINKS):
        stems.append(part[:-1])
    for stem in stems:
        if stem in pairs:
            key, link = pairs[stem], part[len(stem) :]
            count = max(words.first.get(each, 0) for each in (part, key, key + link, key + "s", key + "e"))
            return _Compound((key,), key + link, max(count, 3))
    count = words.first.get(part, 0)
    if not count:
        return _inner(part)
    known = words.bokmaal
    lemma = words.lemmas.get(part, part)
    if part.endswith("s") and part[:-1] in known and part not in known:
        lemma = part[:-1]
    elif part in known and not (part.endswith("e") and words.counts.get(part[:-1], 0) > words.counts.get(part, 0)):
        lemma = part
    elif part.endswith(_LINKS) and part[:-1] in known:
        lemma = part[:-1]
    return _Compound((lemma,), part, count)


def _inner(head: str) -> _Compound | None:
    """Split a first part that is a compound itself, with or without a linking s."""
    for stem in (head[:-1], head) if head.endswith("s") else (head,):
        found = _parts(stem) if len(stem) >= 2 * _MIN_PART else None
        if found is not None:
            return _Compound(found.parts, found.spelling + head[len(stem) :], 1)
    return None


@lru_cache(maxsize=_CACHE)
def _last_part(part: str) -> tuple[str, int] | None:
    """Return the key of a compound's last part and in how many compounds it stands, or None."""
    words = word_forms()
    lemma = words.lemmas.get(part)
    if lemma is None or bound_parts().get(part) == "last":
        return None
    if part.endswith("a") and words.last.get(part[:-1], 0) > words.last.get(lemma, 0):  # «-bruka»: «bruk», not «bruke»
        lemma = part[:-1]
    key = _bokmaal_spelling(lemma)
    if key is None:
        return None
    count = max(words.last.get(lemma, 0), words.last.get(key, 0), words.last.get(part, 0))
    return (key, count) if count else None


@lru_cache(maxsize=_CACHE)
def _parts(word: str) -> _Compound | None:
    """Split a word into a first and a last part that are both known, the likeliest cut; None if there is none."""
    best: tuple[float, _Compound] | None = None
    known = word_forms().lemmas
    for cut in [cut for cut in range(_MIN_PART, len(word) - _MIN_PART + 1) if word[cut:] in known]:
        head, tail = word[:cut], word[cut:]
        last = _last_part(tail)
        first = None if last is None else _first_part(head)
        if first is None or last is None:
            continue
        score = log(1 + first.count) + log(1 + last[1]) + 0.3 * min(len(head), len(tail))
        if score > _SPLIT_COST and (best is None or score > best[0]):
            best = (score, _Compound((*first.parts, last[0]), first.spelling + last[0], first.count))
    return None if best is None else best[1]


def split_compound(word: str) -> tuple[str, ...]:
    """Split a compound into the lemmas of its parts; a word that is no compound comes back alone, as its key.

    Linking letters are dropped and both written forms give the same parts.

    Examples
    --------
    >>> split_compound("distriktspolitikk")
    ('distrikt', 'politikk')
    >>> split_compound("ferjetakst") == split_compound("fergetakster")
    True
    >>> split_compound("kommunene")
    ('kommune',)
    """
    lower = word.lower()
    if "-" in lower.strip("-"):
        return tuple(key for piece in lower.split("-") if piece for key in split_compound(piece))
    lemma = word_forms().lemmas.get(lower, lower)
    if lemma in form_pairs() or (lemma in word_forms().counts and lemma in word_forms().last):
        whole = _bokmaal_spelling(lemma)
        if whole is not None and _parts(whole) is None:
            return (whole,)
    found = _parts(lower) or _parts(lemma)
    if found is None:
        key = shared_key(lower)
        found = _parts(key)
        if found is None:
            return (key,)
    return found.parts


@lru_cache(maxsize=_CACHE)
def shared_key(word: str) -> str:
    """Return one key for all inflections and both spellings of a word.

    Examples
    --------
    >>> shared_key("kommunane"), shared_key("Kommunene")
    ('kommune', 'kommune')
    >>> shared_key("breibandet") == shared_key("bredbånd")
    True
    """
    lower = word.lower()
    if "-" in lower.strip("-"):
        *front, last = lower.split("-")
        return "-".join([*(piece for piece in front), shared_key(last)] if last else front)
    if lower in form_pairs():
        return form_pairs()[lower]
    words = word_forms()
    lemma = words.lemmas.get(lower)
    if lemma is not None:
        key = form_pairs().get(lemma)
        if key is not None:
            return key
        if lemma in words.bokmaal and not _has_variant(lemma):
            return lemma
    joined = _joined(lower)
    if joined is not None:
        return joined
    if lemma is not None:
        return _bokmaal_spelling(lemma) or lemma
    for ending, replacement in _endings():
        stem = lower.removesuffix(ending)
        if stem == lower or len(stem) < _MIN_PART:
            continue
        candidate = stem + replacement
        if candidate in form_pairs() or candidate in words.bokmaal or candidate in words.lemmas:
            return shared_key(candidate)
        joined = _joined(candidate)
        if joined is not None:
            return joined
    return _bokmaal_spelling(lower) or lower


@lru_cache(maxsize=_CACHE)
def _has_variant(lemma: str) -> bool:
    """Tell whether a dictionary word has a first part with another spelling, such as «sjukepleier»."""
    pairs = form_pairs()
    cuts = range(_MIN_PART, len(lemma) - _MIN_PART + 1)
    return any(lemma[:cut] in pairs or lemma[cut:] in pairs for cut in cuts)


def _joined(word: str) -> str | None:
    """Return the key of a compound: its parts' keys run together, with linking letters as written."""
    found = _parts(word)
    return None if found is None else found.spelling


def terms(text: str, *, form: str | None = None) -> list[str]:
    """Return the keys of a text's content words, in order: one key for both written forms, no stop words.

    Parameters
    ----------
    text : str
        Any Norwegian text.
    form : str, optional
        ``nb`` or ``nn`` where the written form is known: only that form's stop words are dropped.

    Examples
    --------
    >>> terms("Me vil styrkja skulane i kommunane.")
    ['styrke', 'skole', 'kommune']
    >>> terms("Vi vil styrke skolene i kommunene.")
    ['styrke', 'skole', 'kommune']
    """
    stops = stop_words()
    dropped = ("no", form) if form in ("nb", "nn") else ("no", "nb", "nn")
    words = (word for word in _WORD.findall(text) if len(word) > 1)
    return [shared_key(word) for word in words if stops.get(word.lower()) not in dropped]
