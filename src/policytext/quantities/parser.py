"""Read one quantity from a short text: an amount, a length, a share, a date, also relative to a given day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from policytext.errors import PolicyTextError
from policytext.quantities.comparators import read_comparator
from policytext.quantities.finder import find
from policytext.quantities.number_words import SPACES
from policytext.quantities.numerals import read_number, tidy
from policytext.quantities.physical import known_symbol
from policytext.quantities.relative import read_relative
from policytext.quantities.units import Unit, currency_table, read_rate, read_unit, read_unit_before, unit_table
from policytext.quantities.word_lists import words
from policytext.records import Quantity

_S = f"[{SPACES}]"
_PAIR = re.compile(r"(?<!\w)(?:et|eit) par(?!\w)")
_LEAD = re.compile(rf"(?:(?:{words('parse_lead')})\s)*")


class QuantityError(PolicyTextError, ValueError):
    """A text does not hold exactly one quantity."""


def parse(text: str, *, reference_date: dt.date | str | None = None) -> Quantity:
    """Read the one quantity of a short text.

    More is read here than in running text: an article is a number («en», «ett»), «et par» is two, and with a reference
    date «i fjor», «om tre år», «neste stortingsperiode» and «17. februar» become dates.

    Parameters
    ----------
    text : str
        One quantity, with or without comparator, sign and rate.
    reference_date : date or str, optional
        The day, as a date or in ISO form, that relative expressions count from.

    Raises
    ------
    QuantityError
        If the text holds no quantity or more than one.
    PolicyTextError
        If `reference_date` is no date.

    Examples
    --------
    >>> q = parse("to og en halv milliard kroner")
    >>> q.value, q.unit
    (2500000000, 'NOK')
    >>> parse("i fjor", reference_date="2026-03-01").value
    2025
    """
    day = _day(reference_date)
    stripped = text.strip()
    quantity = (read_relative(stripped, day) or _whole(stripped)) if stripped else None
    if quantity is not None:
        return _moved(quantity, text.find(stripped))
    found = find(text)
    if len(found) == 1:
        return found[0]
    merged = _span(text, found)
    if merged is not None:
        return merged
    if not found:
        raise QuantityError(f"no quantity in {text!r}: give a number, an amount, a length, a share or a date")
    names = ", ".join(repr(q.text) for q in found)
    raise QuantityError(f"{len(found)} quantities in {text!r} ({names}): give one, or use find()")


_BETWEEN = re.compile(rf"{_S}?(?:til|og|-|–){_S}?")
_FROM = re.compile(rf"^\s*(?:fra|frå|mellom|imellom){_S}")


def _span(text: str, found: tuple[Quantity, ...]) -> Quantity | None:
    """Return «fra 10 til 20 dollar» as one range: alone, its two ends are one quantity."""
    if len(found) != _ENDS or not _FROM.match(text.lower()):
        return None
    first, last = found
    if first.unit != last.unit or first.value is None or last.value is None or first.value >= last.value:
        return None
    if _BETWEEN.fullmatch(text, first.end, last.start) is None:
        return None
    span = text[first.start : last.end]
    return replace(last, text=span, start=first.start, value=None, low=first.value, high=last.value, comparator="eq")


_ENDS = 2


def _day(reference: dt.date | str | None) -> dt.date | None:
    if reference is None or isinstance(reference, dt.datetime):
        return reference.date() if reference is not None else None
    if isinstance(reference, dt.date):
        return reference
    try:
        return dt.date.fromisoformat(reference)
    except (TypeError, ValueError) as error:
        raise PolicyTextError(
            f"reference_date {reference!r} is no date; give a date or text like '2026-09-30'"
        ) from error


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by) if by else quantity


_SIGN = re.compile(rf"(?:[-−–]{_S}?|minus |negativ |pluss |\+)")
_MONEY_FIRST = re.compile(r"(?:[a-z]{3}|kr\.?|rs\.?|us\$|[^\w\s\d,.]{1,2})\s?(?=[\d,])")


def _whole(text: str) -> Quantity | None:
    """Read a text that is a number, with or without unit and sign, and nothing else."""
    low = text.lower()
    if len(low) != len(text):
        return None
    lead = _LEAD.match(low)
    start = lead.end() if lead is not None else 0
    sign_match = _SIGN.match(low, start)
    at = sign_match.end() if sign_match is not None else start
    money = _MONEY_FIRST.match(low, at)
    before = read_unit_before(text, low, money.end()) if money is not None else None
    if before is not None and before[1] != at:
        before = None
    if money is not None and before is not None:
        at = money.end()
    pair = _PAIR.match(low, at)
    number = read_number(text, low, at) if pair is None else None
    if number is None and pair is None:
        return None
    value, end = (number.value, number.end) if number is not None else (2.0, pair.end() if pair is not None else at)
    sign = -1 if sign_match is not None and not sign_match[0].startswith(("pluss", "+")) else 1
    unit, per = "count", None
    if number is not None and number.plain and number.start == 0 and number.end == len(low) == 4 and value < _LAST_YEAR:
        return None
    short = _SHORT.fullmatch(low, end)
    after = read_unit(text, low, end) or (_short_unit(short) if short is not None else None)
    if before is not None:
        unit = before[0].unit
    elif after is not None:
        unit, value, end = after.unit, value * after.factor, after.end
        if after.kind == "money":
            value, end = _hundredths(low, value, end)
    elif number is not None and number.kind == "fraction":
        unit = "ratio"
    elif (symbol := _SYMBOL.fullmatch(text, end)) is not None and known_symbol(symbol["symbol"]):
        unit, end = symbol["symbol"], len(text)
    rate = read_rate(low, end)
    if rate is not None:
        per, end = rate
    if end != len(low):
        return None
    comparator, approximate = read_comparator(low, start, end)
    return Quantity(
        text[start:end],
        start,
        end,
        tidy(sign * value),
        unit,
        comparator,
        approximate=approximate or comparator == "approx",
        per=per,
    )


_SHORT = re.compile(rf"{_S}?(?P<form>[a-z]{{1,2}})\.?")
_SYMBOL = re.compile(rf"{_S}?(?P<symbol>(?=\S*[A-ZΩµ²³/])[A-Za-zΩµ²³/]{{2,8}})")
_LAST_YEAR = 2200


def _short_unit(found: re.Match[str]) -> Unit | None:
    """Return the unit of one or two letters that ends a short text («10 kr», «1t», «10 p»), or None."""
    form = found["form"]
    known = currency_table().get(form) or unit_table().get(form) or _CLOCK_UNITS.get(form)
    return None if known is None else Unit(known[0], known[1], found.end(), known[2])


_CLOCK_UNITS = {"t": ("hour", 1.0, "length"), "h": ("hour", 1.0, "length"), "s": ("second", 1.0, "length")}
_REST = re.compile(rf"{_S}(?:og{_S})?(?P<n>\d{{1,2}}|[a-zæøå]+)(?:{_S}?(?P<minor>[a-zæøåö¢]+))?$")


def _hundredths(low: str, value: float, end: int) -> tuple[float, int]:
    """Add «og 23 øre», «23 cent» or a bare «23» after a whole amount."""
    found = _REST.match(low, end)
    if found is None:
        return value, end
    number = read_number(low, low, found.start("n"))
    known = currency_table().get(found["minor"]) if found["minor"] else None
    if (
        number is None
        or number.end != found.end("n")
        or number.value >= 100
        or (found["minor"] and (known is None or known[2] != "minor"))
    ):
        return value, end
    return value + number.value * (known[1] if known is not None else 0.01), found.end()
