"""Find every quantity in a text: one prefilter over the text, then details at each candidate."""

from __future__ import annotations

import re
from functools import cache

from policytext.quantities.amounts import Hit
from policytext.quantities.exclusions import excluded
from policytext.quantities.number_words import SPACES, words_of
from policytext.quantities.numerals import VULGAR
from policytext.quantities.readings import ORDINAL, begins_no_number, read_candidate
from policytext.quantities.sharing import share_units
from policytext.quantities.word_lists import words
from policytext.records import Quantity

_S = f"[{SPACES}]"


@cache
def _trigger() -> re.Pattern[str]:
    """Return the prefilter: a digit, a word that begins like a number, or an article before what makes it one."""
    numbers = sorted({*words_of("zero", "teen", "ten", "hundred", "thousand", "mixed", "one")}, key=len, reverse=True)
    single = [word for word in numbers if word in words("one_alone").split("|")]
    begin = "|".join(word for word in numbers if word not in single)
    digit = f"(?:{words('code_before_digit')})(?=\\d)"
    parts = [
        rf"\d|[{VULGAR}]",
        rf"(?P<word>(?:{begin})[^\W\d]*)",
        rf"(?:{'|'.join(single)})(?!\w)",
        rf"(?:{'|'.join(words_of('article'))})(?={_S}(?:{words('after_article')}))",
        words("factor_trigger"),
        rf"(?:hver|hvert|kvar|kvart){_S}(?:{ORDINAL}|\d)",
        digit,
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


_REACH = 100
"""How far before and after a number, in characters, words may say that it is none."""
_STRETCHES = (120, 1000)
"""The shortest and the longest stretch looked at in one go; it doubles while numbers stand close."""


def find(text: str) -> tuple[Quantity, ...]:
    """Find every number, amount, share and date of a text, as section 6 of the codebook counts them.

    Parameters
    ----------
    text : str
        A segment, or a text of any length; time is linear in it.

    Returns
    -------
    tuple of Quantity
        In order and without overlap; `start` and `end` index `text`, and ``text[q.start:q.end] == q.text``. Roles,
        direction and measure are None until `resolve` has seen the measures.

    Examples
    --------
    >>> [(q.text, q.value, q.unit) for q in find("Bygge 1 500 boliger og kutte utslippene med 40 % innen 2030.")]
    [('1 500 boliger', 1500, 'count'), ('40 %', 40, 'percent'), ('2030', 2030, 'date')]
    """
    low = _lower(text)
    trigger = _trigger()
    found = trigger.search(low)
    if found is None:
        return _with_named_amounts(text, low, ())
    spans: list[tuple[int, int]] = []
    hits: list[Hit] = []
    at, known, stretch = 0, 0, _STRETCHES[0]
    while found is not None:
        if found.lastgroup == "word" and begins_no_number(found["word"]):
            found = trigger.search(low, found.end())
            continue
        new = read_candidate(text, low, found.start())
        position = max(hit.quantity.end for hit in new) if new else _past(low, found)
        if new:
            if position + _REACH > known and known < len(text):
                first = max(0, found.start() - _REACH)
                stretch = min(2 * stretch, _STRETCHES[1]) if first < known else _STRETCHES[0]
                known = position + _REACH + stretch
                spans, at = excluded(text, low, first, known), 0
            while at < len(spans) and spans[at][1] <= found.start():
                at += 1
            if at < len(spans) and spans[at][0] <= found.start():
                position = spans[at][1]
            else:
                hits.extend(new)
        found = trigger.search(low, position)
    return _with_named_amounts(text, low, tuple(hit.quantity for hit in share_units(low, hits)))


_LETTERS = re.compile(r"[^\W\d]*")
_DIGITS = re.compile(rf"\d[\d.,:/]*(?:{_S}\d{{3}})*")


def _past(low: str, found: re.Match[str]) -> int:
    """Return where to go on after a candidate that was no quantity."""
    whole = _DIGITS.match(low, found.start()) or _LETTERS.match(low, found.start())
    return max(whole.end() if whole is not None else 0, found.start() + 1)


def _lower(text: str) -> str:
    """Return the text in lower case, of the same length; a letter whose lower case is longer keeps its form."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_NAMED_AMOUNT = re.compile(r"(?<!\w)[a-zæøå]{4,}?(?<!multi)(?P<size>milliard|million)(?:en)?(?!\w)")


def _with_named_amounts(text: str, low: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Add words that name an amount of kroner («helsemilliarden»)."""
    if "illiard" not in low and "illion" not in low:
        return quantities
    named = [
        Quantity(text[m.start() : m.end()], m.start(), m.end(), 10**9 if m["size"] == "milliard" else 10**6, "NOK")
        for m in _NAMED_AMOUNT.finditer(low)
        if not any(q.start < m.end() and m.start() < q.end for q in quantities)
    ]
    return tuple(sorted([*quantities, *named], key=lambda q: q.start)) if named else quantities
