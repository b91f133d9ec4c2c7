"""Decide what stands at a candidate: a date, a factor, a word that holds its unit, or a number with what follows it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policytext.quantities.amounts import Hit, make, read_amount, read_share
from policytext.quantities.counted import noun_end
from policytext.quantities.dates import DateHit, read_date
from policytext.quantities.number_words import SPACES, read_words
from policytext.quantities.numerals import Number, read_number
from policytext.quantities.units import read_joined, read_unit, read_unit_before, unit_table
from policytext.quantities.word_lists import words
from policytext.rules import load_lexicon

_S = f"[{SPACES}]"
ORDINALS = {row["word"]: int(row["value"]) for row in load_lexicon("ordinals", ("word", "value", "part"))}
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_TIME_NOUN = r"år|uke|veke|måned|månad|dag|døgn|time|kvartal|minutt"


@cache
def _factors() -> tuple[re.Pattern[str], tuple[float, ...], tuple[str, ...]]:
    rows = load_lexicon("factors", ("pattern", "value", "unit", "lang"))
    joined = "|".join(f"(?P<f{index}>{row['pattern']})" for index, row in enumerate(rows))
    return (
        re.compile(rf"(?:{joined})(?![\wæøå])"),
        tuple(float(row["value"]) for row in rows),
        tuple(row["unit"] for row in rows),
    )


def read_candidate(text: str, low: str, start: int) -> list[Hit]:
    """Read what stands at a candidate of the prefilter; an empty list where it is no quantity.

    Parameters
    ----------
    text, low : str
        The text as written and in lower case.
    start : int
        Where the candidate begins.

    Examples
    --------
    >>> read_candidate("Halvere køen", "halvere køen", 0)[0].quantity.value
    0.5
    """
    if start > 1 and low[start - 1] == "-" and low[start - 2].isalpha():
        return []
    code = _CODE.match(low, start)
    if code is not None:
        start = code.end()
    elif not low[start].isdigit():
        special = _read_factor(text, low, start) or _read_every(text, low, start) or _read_joined(text, low, start)
        if special:
            return special
    if low[start].isdigit():
        date = read_date(low, start)
        if date is not None and _is_date(text, low, date):
            return [_date(text, low, date)]
        if _RANK.match(low, start):
            return _read_age_ordinal(text, low, start)
    number = read_number(text, low, start)
    if number is None or _is_no_number(low, number):
        return []
    return read_share(text, low, number) or read_amount(text, low, number)


_PART_OR_FACTOR = re.compile("dob|de?l")


@lru_cache(maxsize=4096)
def begins_no_number(word: str) -> bool:
    """Return whether a word that begins like a number is none, whatever follows it: «til», «tiltak», «sekser».

    Words such as «tredelt» or «tredobbelt» are left to `read_candidate`.

    Examples
    --------
    >>> begins_no_number("tiltak"), begins_no_number("ti"), begins_no_number("tiårig"), begins_no_number("tredelt")
    (True, False, False, False)
    """
    return read_words(word, 0) is None and read_joined(word) is None and _PART_OR_FACTOR.search(word) is None


_CODE = re.compile(rf"(?:{words('code_before_digit')})(?=\d)")


def _date(text: str, low: str, date: DateHit) -> Hit:
    if date.to is not None:
        return Hit(make(text, low, date.start, date.end, None, "date", low=date.year, high=date.to))
    return Hit(make(text, low, date.start, date.end, date.year, "date", date=date.iso))


def _read_factor(text: str, low: str, start: int) -> list[Hit]:
    pattern, values, units = _factors()
    found = pattern.match(low, start)
    if found is None:
        return []
    index = int((found.lastgroup or "f0")[1:])
    return [Hit(make(text, low, start, found.end(), values[index], units[index]))]


_EVERY = re.compile(
    rf"(?:(?:hver|hvert|kvar|kvart){_S}(?P<n>{ORDINAL}|\d{{1,2}}\.)|(?P<second>annenhver|annethvert|anna{_S}?kvart?))"
    rf"(?:{_S}(?P<noun>{_TIME_NOUN})(?![\wæøå]))?"
)


def _read_every(text: str, low: str, start: int) -> list[Hit]:
    """Read «hver fjerde» as a share and «hvert fjerde år» as a length of time."""
    found = _EVERY.match(low, start)
    if found is None:
        return []
    rank = 2 if found["second"] else ORDINALS.get(found["n"]) or int(found["n"].rstrip(".") or 0)
    if rank < 2:
        return []
    if found["noun"]:
        unit, factor, _ = unit_table()[found["noun"]]
        return [Hit(make(text, low, start, found.end(), rank * factor, unit))]
    return [Hit(make(text, low, start, found.end(), round(1 / rank, 4), "ratio"))]


_WORD = re.compile(r"[a-zæøåéè]+(?:-[a-zæøå]+)?")


def _read_joined(text: str, low: str, start: int) -> list[Hit]:
    found = _WORD.match(low, start)
    joined = read_joined(found[0]) if found is not None else None
    if found is None or joined is None:
        return []
    return [Hit(make(text, low, start, found.end(), joined[0], joined[1]))]


_RANK = re.compile(r"\d{1,3}\.[ \u00a0](?=[a-zæøå])")
_LIFE_YEAR = re.compile(r"\d{1,3}\.\s(?:leveår|levemåned|leveuke|svangerskapsuke|levemånad)(?:et|en)?(?!\w)")


def _read_age_ordinal(text: str, low: str, start: int) -> list[Hit]:
    found = _LIFE_YEAR.match(low, start)
    if found is None:
        return []
    unit = "year" if "år" in found[0] else "week" if "uke" in found[0] else "month"
    return [Hit(make(text, low, start, found.end(), int(found[0].split(".")[0]), unit))]


_DATE_BEFORE = re.compile(rf"(?:^|[\s(«])(?:{words('date_before')})\s$")
_STRONG = re.compile(rf"(?:^|[\s(«])(?:{words('date_certain')})\s$")


_PRICE_YEAR = re.compile(rf"{_S}(?:19|20)\d\d-kroner(?!\w)")


_IN_FRONT = re.compile(r"(?:^|[\s(«])(?:i|siden|sidan|mot|etter|før|fra|frå)\s$")
_OLD = 1500
"""Years before this are read as such only after «i» or «år»: most four-digit numbers below it count something."""
_MORE_DIGITS = re.compile(rf"[.,]\d|{_S}\d{{3}}(?!\d)")
_OF_YEAR = re.compile(r"-(?:kron|nivå|mål|pris|tall|kr\b)")
_IN_YEAR = re.compile(r"(?:^|\s)(?:i|år|året)\s$")


def _is_date(text: str, low: str, date: DateHit) -> bool:
    if date.iso is not None or date.to is not None or date.end - date.start != 4:
        return date.to is None or not _unit_follows(text, low, date.end)
    window = low[max(0, date.start - 16) : date.start]
    if _MORE_DIGITS.match(low, date.end):
        return False
    if _PRICE_YEAR.match(low, date.end):
        return False
    if _STRONG.search(window) or _OF_YEAR.match(low, date.end):
        return True
    if _unit_follows(text, low, date.end) or read_unit_before(text, low, date.start) is not None:
        return False
    upper = _TO_NUMBER.match(low, date.end)
    if upper is not None and _unit_after(text, low, upper.end()):
        return False
    counted = noun_end(text, low, date.end) > date.end
    if date.year < _OLD:
        return not counted and _IN_YEAR.search(window) is not None
    if _DATE_BEFORE.search(window):
        return not counted or _IN_FRONT.search(window) is not None
    return not counted and 1700 <= date.year <= 2199


_TO_NUMBER = re.compile(rf"{_S}(?:til|og){_S}(?=\d)|{_S}?[-–]{_S}?(?=\d)")


def _unit_after(text: str, low: str, start: int) -> bool:
    """Return whether the number at a position has a unit of its own, or is written with thousands apart."""
    number = read_number(text, low, start)
    if number is None:
        return False
    grouped = not number.plain and number.kind == "digits" and number.value >= _OLD
    return grouped or read_unit(text, low, number.end) is not None


def _unit_follows(text: str, low: str, end: int) -> bool:
    number = read_number(text, low, end - 4)
    return (number is not None and (number.magnitude > 1 or number.end > end)) or read_unit(text, low, end) is not None


_NUMBER_BEFORE = re.compile(r"(?:[\d][.,:/]|\d[–-])$")
_VAGUE = re.compile(rf"(?:^|\s)(?:{words('vague')})\s$")


_SHARE_AFTER = re.compile(rf"{_S}(?:prosent\b|av{_S}(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|\d+)\b)")


def _is_no_number(low: str, number: Number) -> bool:
    if number.kind == "article":
        changes = low[max(0, number.start - 4) : number.start] in ("fra ", "frå ")
        return not (changes and low.startswith(" til ", number.end)) and _SHARE_AFTER.match(low, number.end) is None
    if number.kind == "digits":
        return _NUMBER_BEFORE.search(low, max(0, number.start - 2), number.start) is not None
    if number.kind == "half":
        return read_unit(low, low, number.end) is None
    return _VAGUE.search(low, max(0, number.start - 12), number.start) is not None
