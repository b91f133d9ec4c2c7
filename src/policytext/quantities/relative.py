"""Read dates that need a reference day: «i fjor», «om tre år», «neste stortingsperiode», «forrige måned»."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import TYPE_CHECKING

from policytext.quantities.named_days import read_named_day
from policytext.quantities.numerals import read_number
from policytext.quantities.units import read_unit
from policytext.records import Quantity
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from policytext.quantities.named_days import Named

_ROWS = load_lexicon("relative_days", ("phrase", "step", "unit"))
_DAYS, _YEARS, _TERMS = (
    {row["phrase"]: int(row["step"]) for row in _ROWS if row["unit"] == unit} for unit in ("day", "year", "term")
)
_TERM = 4
"""Years of a term in the Storting; elections fall in September of 2025, 2029 and every fourth year."""
_FIRST_TERM = 2025
_ELECTION = 10
"""The month in which a new Storting meets."""

_OFFSET = re.compile(
    r"(?:om|innenfor|innanfor)\s(?:ca\.?\s|cirka\s|om lag\s)?(?P<ahead>.+?)(?:\s(?:mer|til))?"
    r"|(?P<from>.+?)\sfra\s(?:nå|i dag|idag)|(?:for\s)?(?P<ago>.+?)\s(?:siden|sidan)"
)
_PERIOD = re.compile(
    rf"(?:(?:i|innen|innan|i løpet av)\s)?(?:utgangen av\s)?(?P<which>{'|'.join(_TERMS)})\s"
    r"(?:storting|stortings|valg|val|fireårs)?periode(?:n)?"
)
_UNITS = re.compile(
    r"(?P<which>forrige|sist|førre|denne|dette|neste)\s"
    r"(?P<unit>uke|uken|uka|veke|veka|måned|måneden|månad|månaden|kvartal|kvartalet)"
)
_CLOCK = re.compile(r"\s?(?:(?:fra|innen|før|etter|ca\.)\s)?(?:kl\.?|klokken|klokka)\s?\d{1,2}(?:[:.]\d\d)?\s?")
_AFTER_DAY = re.compile(r"(?P<length>.+)\s(?P<way>etter|før)\s(?P<day>[a-zæøå]+)")


def read_relative(text: str, day: dt.date | None) -> Quantity | None:
    """Read a text that is wholly a date relative to a day; None for any other text.

    Without a day only dates that name their own year are read. A time of day beside a date is passed over.

    Parameters
    ----------
    text : str
        The expression, without space around it.
    day : date or None
        The day that the expression counts from.

    Examples
    --------
    >>> read_relative("17. februar", dt.date(2026, 3, 1)).date
    '2027-02-17'
    >>> read_relative("om tre år", dt.date(2026, 3, 1)).value
    2029
    """
    low = " ".join(text.lower().split())
    named = read_named_day(low, day)
    if named is not None:
        return _quantity(text, named)
    if day is None:
        return None
    if low in _DAYS:
        return _quantity(text, day + dt.timedelta(days=_DAYS[low]))
    if low in _YEARS:
        return _quantity(text, day.year + _YEARS[low])
    found = _PERIOD.fullmatch(low)
    if found is not None:
        since = day.year - _FIRST_TERM
        terms = (since - (day.month < _ELECTION and since % _TERM == 0)) // _TERM + _TERMS[found["which"]]
        first = _FIRST_TERM + terms * _TERM
        return Quantity(text, 0, len(text), None, "date", low=first, high=first + _TERM)
    found = _UNITS.fullmatch(low)
    if found is not None:
        return _quantity(text, _unit_start(found, day))
    without = _CLOCK.sub(" ", low).strip()
    if without and without != low:
        inner = read_relative(without, day)
        return None if inner is None else _whole(text, inner)
    return _offset(text, low, day)


def _whole(text: str, inner: Quantity) -> Quantity:
    return Quantity(text, 0, len(text), inner.value, inner.unit, low=inner.low, high=inner.high, date=inner.date)


def _quantity(text: str, when: Named | int) -> Quantity:
    if isinstance(when, int):
        return Quantity(text, 0, len(text), when, "date")
    if isinstance(when, tuple):
        return Quantity(text, 0, len(text), when[0], "date", date=f"{when[0]:04d}-{when[1]:02d}")
    return Quantity(text, 0, len(text), when.year, "date", date=when.isoformat())


def _unit_start(found: re.Match[str], day: dt.date) -> Named:
    step = {"neste": 1, "denne": 0, "dette": 0}.get(found["which"], -1)
    if found["unit"].startswith(("uk", "vek")):
        return day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=step)
    size = 3 if found["unit"].startswith("kvartal") else 1
    months = (day.month - 1) // size * size + step * size
    return day.year + months // 12, months % 12 + 1


def _offset(text: str, low: str, day: dt.date) -> Quantity | None:
    """Read «om tre år», «to uker siden», «3 år fra i dag», «et år etter julaften» as a date."""
    found = _OFFSET.fullmatch(low)
    if found is not None:
        length, way = found["ahead"] or found["from"] or found["ago"], -1 if found["ago"] else 1
    else:
        found = _AFTER_DAY.fullmatch(low)
        start = read_named_day(found["day"], day) if found is not None else None
        if found is None or not isinstance(start, dt.date):
            return None
        length, way, day = found["length"], 1 if found["way"] == "etter" else -1, start
    number = read_number(length, length, 0) if length[0].isalnum() else None
    unit = read_unit(length, length, number.end) if number is not None else None
    if number is None or unit is None or unit.end != len(length) or unit.kind != "length":
        return None
    size = number.value * unit.factor * way
    if unit.unit in ("hour", "minute", "second", "millisecond") or abs(size) > 5000:
        return None
    if unit.unit in ("day", "week"):
        return _quantity(text, day + dt.timedelta(days=size * (7 if unit.unit == "week" else 1)))
    months = day.year * 12 + day.month - 1 + round(size * (12 if unit.unit == "year" else 1))
    year, month = divmod(months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return _quantity(text, dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))
