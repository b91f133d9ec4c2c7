"""Read one number, in digits or words, from a position in text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from policytext.quantities.number_words import SPACES, decode, read_words, words_of
from policytext.quantities.word_lists import words
from policytext.rules import load_lexicon

NumberKind = Literal["digits", "words", "article", "half", "fraction"]

_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.3333, "⅔": 0.6667, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8, "⅛": 0.125}
VULGAR = "".join(_VULGAR)
_S = f"[{SPACES}]"
_DIGITS = re.compile(
    rf"(?P<whole>\d{{1,3}}(?:(?:{_S}\d{{3}})+|(?:\.\d{{3}})+|(?:'\d{{3}})+)(?![\d])|\d+)?"
    rf"(?:(?P<decimals>,\d+|\.\d{{1,2}}(?![\d.])|\.\d{{4,}}(?![\d.])))?"
    rf"(?:(?<=\d){_S}?(?P<vulgar>[{VULGAR}])|(?P<only>[{VULGAR}]))?"
)
_FRACTION = re.compile(
    rf"(?:(?P<whole>\d{{1,4}}){_S})?(?P<over>\d{{1,3}})\s?[/⁄]\s?(?P<under>\d{{1,4}})(?![\d/.,-]*\d)"
)
_AND_HALF = re.compile(rf"{_S}og{_S}(?:(?:en|ein|et|eit){_S})?halvt?(?![\wæøå])")
_SHORT = re.compile(r"(k|K|M)(?![\w²³/])")
_GIGA = re.compile(r"G(?!\w)")
_SIGN = re.compile(rf"(?:(?<![\w\d])[-−–]{_S}?|\b(?:minus|negativ|pluss) )$", re.IGNORECASE)


class Number(NamedTuple):
    """A number as read: its span, value and make.

    `magnitude` is the last «million», «mrd.», «K» … in it, or 1; `plain` is true for bare digits without separators,
    which may be a year.
    """

    start: int
    end: int
    value: float
    kind: NumberKind
    magnitude: float = 1.0
    plain: bool = False


def _magnitude_pattern() -> re.Pattern[str]:
    names = "|".join([*words_of("magnitude"), "tusen", "hundre"])
    return re.compile(rf"{_S}?(?:({names})(?![\wæøå])\.?)")


_MAGNITUDE = _magnitude_pattern()
_LONGEST = 30
"""Digits of the longest number that is read; longer runs are identifiers."""
_ABBREVIATED = frozenset(words("abbreviated").split("|"))
_SIZES = {row["word"]: float(row["value"]) for row in load_lexicon("number_words", ("word", "value", "class", "lang"))}


def tidy(value: float) -> float:
    """Return a whole number as int, and others without binary noise.

    Examples
    --------
    >>> tidy(14.0), tidy(1.1 * 3)
    (14, 3.3)
    """
    if value == int(value):
        return int(value)
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded == int(rounded) else rounded


def read_number(text: str, low: str, start: int) -> Number | None:
    """Read the number that begins at a position, with its magnitude («2,5 mill.», «100K», «to og en halv milliard»).

    Parameters
    ----------
    text, low : str
        The text as written and in lower case, of one length.
    start : int
        Where a digit, a fraction sign or a number word begins.

    Returns
    -------
    Number or None
        Signs («-», «minus») are not read here.

    Examples
    --------
    >>> read_number("1 200 000 kr", "1 200 000 kr", 0).value
    1200000
    >>> read_number("2,5 mrd. kroner", "2,5 mrd. kroner", 0)
    Number(start=0, end=8, value=2500000000, kind='digits', magnitude=1000000000.0, plain=False)
    """
    first = low[start : start + 1]
    if first.isdigit() or first in _VULGAR or first == ",":
        return _read_digits(text, low, start)
    fraction = _read_word_fraction(low, start)
    if fraction is not None:
        return fraction
    words = read_words(low, start)
    if words is None:
        return None
    kind: NumberKind = "words" if words.kind == "number" else words.kind
    end = words.end + 1 if words.magnitude > 1 and low[words.end - 3 : words.end + 1] in ("mrd.", "ill.") else words.end
    return Number(start, end, tidy(words.value), kind, words.magnitude)


def _read_digits(text: str, low: str, start: int) -> Number | None:
    fraction = _FRACTION.match(low, start)
    if fraction is not None and 0 < int(fraction["over"]) < int(fraction["under"]) <= 1000:
        part = round(int(fraction["over"]) / int(fraction["under"]), 4)
        value = int(fraction["whole"] or 0) + part
        return _scale(text, low, Number(start, fraction.end(), tidy(value), "fraction"))
    found = _DIGITS.match(low, start)
    if found is None or not found[0]:
        return None
    whole, decimals = found["whole"], found["decimals"]
    if not whole and not decimals and not found["only"]:
        return None
    digits = re.sub(r"\D", "", whole or "") or "0"
    if len(digits) > _LONGEST:
        return None
    value = float(f"{digits}.{decimals[1:]}") if decimals else int(digits)
    value += _VULGAR.get(found["vulgar"] or found["only"] or "", 0)
    end = found.end()
    half = _AND_HALF.match(low, end) if not decimals and not found["vulgar"] else None
    if half is not None and whole:
        return _scale(text, low, Number(start, half.end(), value + 0.5, "digits"))
    plain = bool(whole) and not decimals and not found["vulgar"] and whole.isdigit()
    kind: NumberKind = "fraction" if found["only"] else "digits"
    return _scale(text, low, Number(start, end, tidy(value), kind, plain=plain))


def _scale(text: str, low: str, number: Number) -> Number:
    short = _SHORT.match(text, number.end)
    if short is not None:
        size = 1e6 if short[1] == "M" else 1e3
        return number._replace(end=short.end(), value=tidy(number.value * size), magnitude=size, plain=False)
    if low[number.start] == "," and _GIGA.match(text, number.end):
        return number._replace(end=number.end + 1, value=tidy(number.value * 1e9), magnitude=1e9)
    value, end, magnitude = number.value, number.end, 1.0
    while (found := _MAGNITUDE.match(low, end)) is not None:
        word = found[1]
        value, magnitude = value * _SIZES[word], magnitude * _SIZES[word]
        end = found.end() if word in _ABBREVIATED else found.end(1)
        if word not in ("tusen", "hundre"):
            break
    if magnitude == 1:
        return number
    return number._replace(end=end, value=tidy(value), magnitude=magnitude, plain=False)


def sign_before(low: str, start: int) -> int:
    """Return where a sign or «minus» before a number begins, or the number's own start.

    Examples
    --------
    >>> sign_before("minus 3", 6), sign_before("nr-3", 3)
    (0, 3)
    """
    found = _SIGN.search(low, max(0, start - 9), start)
    return found.start() if found is not None else start


def _parts() -> dict[str, int]:
    rows = load_lexicon("ordinals", ("word", "value", "part"))
    return {row["part"]: int(row["value"]) for row in rows if row["part"]}


_PARTS = _parts()
_PART_WORD = "|".join(sorted(_PARTS, key=len, reverse=True))
_PART_END = r"de?l(?:er|ar|s|en|ene|ane|ers|ars)?(?![\wæøå])"
_NUMERATOR = "|".join(sorted({*words_of("one", "article"), "ti"}, key=len, reverse=True))
_WORD_FRACTION = re.compile(rf"(?:(?P<over>{_NUMERATOR})(?:{_S}|-)?)?(?P<under>{_PART_WORD}){_PART_END}")


def _read_word_fraction(low: str, start: int) -> Number | None:
    """Read «en tredjedel», «to tredeler», «totredjedels»."""
    found = _WORD_FRACTION.match(low, start)
    if found is None or (not found["over"] and not found[0].endswith(("delen", "delene"))):
        return None
    over = decode(found["over"]) or 1 if found["over"] else 1
    under = _PARTS[found["under"]]
    return Number(start, found.end(), round(over / under, 4), "fraction") if over < under else None
