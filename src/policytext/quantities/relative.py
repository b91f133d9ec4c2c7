"""Read dates that need a reference day: «i fjor», «om tre år», «neste stortingsperiode», «17. februar»."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from policytext.quantities.dates import MONTHS
from policytext.quantities.numerals import read_number
from policytext.quantities.units import read_unit
from policytext.records import Quantity
from policytext.rules import load_lexicon

_ORDINALS = {row["word"]: int(row["value"]) for row in load_lexicon("ordinals", ("word", "value", "part"))}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ROWS = load_lexicon("relative_days", ("phrase", "step", "unit"))
_DAYS, _YEARS, _WEEKDAY, _TERMS = (
    {row["phrase"]: int(row["step"]) for row in _ROWS if row["unit"] == unit}
    for unit in ("day", "year", "weekday", "term")
)
_DAYNAME = "|".join(sorted(_WEEKDAY, key=len, reverse=True))
_TERM = 4
"""Years of a term in the Storting; elections fall in September of 2025, 2029 and every fourth year."""
_FIRST_TERM = 2025
_ELECTION = 10
"""The month in which a new Storting meets."""

_NAMED = rf"(?:(?P<weekday>{_DAYNAME})\.?,?\s)?"
_DATE = re.compile(
    rf"{_NAMED}(?:på\s)?(?:den\s)?(?:(?P<day>\d{{1,2}})\.?|(?P<rank>{_ORDINAL}))\s?(?P<month>{_MONTH})\.?"
    r",?(?:\s(?P<year>\d{4}|\d\d))?"
)
_MONTH_DAY = re.compile(
    rf"{_NAMED}(?P<month>{_MONTH})\.?\s?(?P<day>\d{{1,2}})(?:,?\s(?:{_DAYNAME})|,\s(?P<year>\d{{4}}))?"
)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})")
_MONTH_ONLY = re.compile(rf"(?:i\s|neste\s)?(?P<month>{_MONTH})(?:\s(?P<year>\d{{4}}))?")
_WEEKDAY_ONLY = re.compile(
    rf"(?:på\s)?(?:(?P<which>neste|forrige|sist|førre)\s)?(?P<day>{_DAYNAME})\.?(?P<again>\sigjen)?"
)
_OFFSET = re.compile(
    r"(?:om|innenfor)\s(?:ca\.?\s|cirka\s|om lag\s)?(?P<ahead>.+?)(?:\smer)?"
    r"|(?P<from>.+?)\sfra\s(?:nå|i dag|idag)|(?:for\s)?(?P<ago>.+?)\s(?:siden|sidan)"
)
_PERIOD = re.compile(
    rf"(?:(?:i|innen|innan|i løpet av)\s)?(?:utgangen av\s)?(?P<which>{'|'.join(_TERMS)})\s"
    r"(?:storting|stortings|valg|val|fireårs)?periode(?:n)?"
)
_UNITS = re.compile(
    r"(?:(?P<which>forrige|sist|førre|denne|dette|neste)\s)(?P<unit>uke[n]?|uka|veke|veka|måned|måneden|månad|kvartal|kvartalet)"
)


def read_relative(text: str, day: dt.date | None) -> Quantity | None:
    """Read a text that is wholly a date relative to a day; None for any other text.

    Without a day only dates that name their own year are read.

    Parameters
    ----------
    text : str
        The expression, without space around it.
    day : date or None
        The day that the expression counts from.

    Examples
    --------
    >>> read_relative("17. februar", __import__("datetime").date(2026, 3, 1)).date
    '2027-02-17'
    """
    low = " ".join(text.lower().split())
    named = _named_date(low, day)
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
    found = _WEEKDAY_ONLY.fullmatch(low)
    if found is not None:
        return _quantity(text, _weekday(found, day))
    found = _UNITS.fullmatch(low)
    if found is not None:
        return _quantity(text, _unit_start(found, day))
    return _offset(text, low, day)


def _quantity(text: str, when: dt.date | int | tuple[int, int]) -> Quantity:
    if isinstance(when, int):
        return Quantity(text, 0, len(text), when, "date")
    if isinstance(when, tuple):
        return Quantity(text, 0, len(text), when[0], "date", date=f"{when[0]:04d}-{when[1]:02d}")
    return Quantity(text, 0, len(text), when.year, "date", date=when.isoformat())


def _named_date(low: str, day: dt.date | None) -> dt.date | tuple[int, int] | None:
    for pattern in (_DATE, _MONTH_DAY, _NUMERIC):
        found = pattern.fullmatch(low)
        if found is None:
            continue
        groups = found.groupdict()
        month = MONTHS.get(groups["month"]) or int(groups["month"])
        number = int(groups["day"]) if groups["day"] else _ORDINALS[groups["rank"]]
        year = groups.get("year")
        if year is None and day is None:
            return None
        full = None if year is None else int(year) if len(year) == 4 else 2000 + int(year)
        return _next_date(month, number, full, day)
    found = _MONTH_ONLY.fullmatch(low)
    if found is not None and (found["year"] or day is not None):
        month = MONTHS[found["month"]]
        if found["year"]:
            return int(found["year"]), month
        if day is not None:
            return (day.year if month > day.month else day.year + 1), month
    return None


def _next_date(month: int, number: int, year: int | None, day: dt.date | None) -> dt.date | None:
    """Return a date in its year, or the first such date on or after a day."""
    if not 1 <= month <= 12 or number < 1:
        return None
    first = year if year is not None else (day.year if day is not None else 0)
    for candidate in (first, *(() if year is not None else (first + 1,))):
        if number <= monthrange(candidate, month)[1]:
            date = dt.date(candidate, month, number)
            if year is not None or day is None or date >= day:
                return date
    return None


def _weekday(found: re.Match[str], day: dt.date) -> dt.date:
    wanted = _WEEKDAY[found["day"]]
    if found["which"] in ("forrige", "sist", "førre"):
        return day - dt.timedelta(days=(day.weekday() - wanted) % 7 or 7)
    ahead = day + dt.timedelta(days=(wanted - day.weekday()) % 7 or 7)
    return ahead + dt.timedelta(days=7) if found["again"] else ahead


def _unit_start(found: re.Match[str], day: dt.date) -> dt.date | tuple[int, int]:
    step = {"neste": 1, "denne": 0, "dette": 0}.get(found["which"], -1)
    if found["unit"].startswith(("uke", "uka", "veke", "veka")):
        return day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=step)
    size = 3 if found["unit"].startswith("kvartal") else 1
    months = (day.month - 1) // size * size + step * size
    return day.year + months // 12, months % 12 + 1


def _offset(text: str, low: str, day: dt.date) -> Quantity | None:
    """Read «om tre år», «to uker siden», «3 år fra i dag» as a date."""
    found = _OFFSET.fullmatch(low)
    if found is None:
        return None
    length = found["ahead"] or found["from"] or found["ago"]
    number = read_number(length, length, 0) if length[0].isalnum() else None
    unit = read_unit(length, length, number.end) if number is not None else None
    if number is None or unit is None or unit.end != len(length) or unit.kind != "length":
        return None
    size = number.value * unit.factor * (-1 if found["ago"] else 1)
    if unit.unit in ("hour", "minute", "second", "millisecond"):
        return None
    if unit.unit in ("day", "week"):
        return _quantity(text, day + dt.timedelta(days=size * (7 if unit.unit == "week" else 1)))
    months = day.year * 12 + day.month - 1 + round(size * (12 if unit.unit == "year" else 1))
    year, month = divmod(months, 12)
    return _quantity(text, dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))
