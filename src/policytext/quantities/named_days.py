"""Read days that a calendar names: weekdays, holidays, «siste mandag i mars», «den femtende», «13.–15. juli»."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from policytext.quantities.dates import MONTHS, century
from policytext.rules import load_lexicon

_ORDINALS = {row["word"]: int(row["value"]) for row in load_lexicon("ordinals", ("word", "value", "part"))}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ROWS = load_lexicon("relative_days", ("phrase", "step", "unit"))
WEEKDAYS = {row["phrase"]: int(row["step"]) for row in _ROWS if row["unit"] == "weekday"}
DAYNAME = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_HOLIDAYS = {
    row["phrase"]: (int(row["month"]), int(row["day"])) for row in load_lexicon("holidays", ("phrase", "month", "day"))
}

Named = dt.date | tuple[int, int]
"""A day, or a year with its month."""

_LEAD = rf"(?:på\s)?(?:(?P<weekday>{DAYNAME})\.?,?\s)?"
_DAY_MONTH = re.compile(
    rf"{_LEAD}(?:på\s)?(?:den\s)?(?:(?P<day>\d{{1,2}})\.?|(?P<rank>{_ORDINAL}))\s?(?P<month>{_MONTH})\.?"
    r",?(?:\s(?P<year>\d{4}|\d\d))?"
)
_MONTH_DAY = re.compile(
    rf"{_LEAD}(?P<month>{_MONTH})\.?\s?(?P<day>\d{{1,2}})\.?(?:,\s(?P<year>\d{{4}})|,?\s(?:{DAYNAME})\.?)?"
)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})(?P<sep>[/-])(?P<month>\d{1,2})")
_DAYS = re.compile(
    rf"(?P<day>\d{{1,2}})\.?\s?(?:{_MONTH})?\.?\s?(?:-|–|til)\s?\d{{1,2}}\.?\s?(?P<month>{_MONTH})\.?(?:\s(?P<year>\d{{4}}))?"
)
_OF_MONTH = re.compile(rf"(?:på\s)?(?:den\s(?P<day>\d{{1,2}})\.?|den\s(?P<rank>{_ORDINAL}))")
_MONTH_ONLY = re.compile(rf"(?:i\s|(?P<next>neste\s))?(?P<month>{_MONTH})(?P<again>\sigjen)?(?:\s(?P<year>\d{{4}}))?")
_IN_MONTH = re.compile(
    rf"(?P<rank>{_ORDINAL}|siste)\s(?P<unit>dag|uke|veke|{DAYNAME})\s(?:i|av)\s(?P<month>{_MONTH})(?:\s(?P<year>\d{{4}}))?"
)
_QUARTER = re.compile(rf"(?P<n>[1-4])?\.?(?P<rank>{_ORDINAL})?\s?kvartal(?:\s(?P<year>\d{{4}}))?")
_WEEKDAY = re.compile(rf"(?:på\s)?(?:(?P<which>neste|forrige|sist|førre)\s)?(?P<day>{DAYNAME})\.?(?P<again>\sigjen)?")
_IN_WEEK = re.compile(rf"(?P<day>{DAYNAME})\s(?:i\s)?(?P<which>neste|denne|forrige|førre)\s(?:uke|uken|uka|veke|veka)")


def read_named_day(low: str, day: dt.date | None) -> Named | None:
    """Read a text that is wholly a named day, or a month; None for any other text.

    Parameters
    ----------
    low : str
        The expression in lower case, with single spaces.
    day : date or None
        The day to count from; without it only expressions that name their year are read.

    Examples
    --------
    >>> read_named_day("17. februar 2026", None)
    datetime.date(2026, 2, 17)
    >>> read_named_day("siste mandag i mars", dt.date(2026, 1, 5))
    datetime.date(2026, 3, 30)
    """
    for pattern in (_DAY_MONTH, _MONTH_DAY, _DAYS):
        found = pattern.fullmatch(low)
        if found is not None:
            return _dated(found, day)
    for pattern, read in ((_IN_MONTH, _in_month), (_QUARTER, _quarter), (_MONTH_ONLY, _month)):
        found = pattern.fullmatch(low)
        if found is not None and (found["year"] or day is not None):
            return read(found, day or dt.date(int(found["year"]), 1, 1))
    return None if day is None else _from_day(low, day)


def _from_day(low: str, day: dt.date) -> Named | None:
    if low in _HOLIDAYS:
        return next_date(*_HOLIDAYS[low], None, day)
    found = _NUMERIC.fullmatch(low)
    if found is not None:
        proper = found["sep"] == "/" and int(found["day"]) < int(found["month"]) and not found["month"].startswith("0")
        return None if proper else next_date(int(found["month"]), int(found["day"]), None, day)
    found = _OF_MONTH.fullmatch(low)
    if found is not None:
        number = int(found["day"]) if found["day"] else _ORDINALS[found["rank"]]
        month = day.month + (number < day.day)
        return next_date((month - 1) % 12 + 1, number, day.year + (month > 12), day)
    found = _IN_WEEK.fullmatch(low)
    if found is not None:
        weeks = {"neste": 1, "denne": 0}.get(found["which"], -1)
        return day + dt.timedelta(days=WEEKDAYS[found["day"]] - day.weekday() + 7 * weeks)
    found = _WEEKDAY.fullmatch(low)
    return None if found is None else _weekday(found, day)


def _dated(found: re.Match[str], day: dt.date | None) -> Named | None:
    groups = found.groupdict()
    number = int(groups["day"]) if groups["day"] else _ORDINALS[groups["rank"]]
    year = groups.get("year")
    if year is None and day is None:
        return None
    weekday = WEEKDAYS.get(groups.get("weekday") or "")
    if weekday is not None and year is None and day is not None:
        near = (next_date(MONTHS[groups["month"]], number, day.year + step, None) for step in (0, 1, -1))
        fitting = [date for date in near if date is not None and date.weekday() == weekday]
        if fitting:
            return fitting[0]
    return next_date(MONTHS[groups["month"]], number, None if year is None else century(int(year)), day)


def next_date(month: int, number: int, year: int | None, day: dt.date | None) -> dt.date | None:
    """Return a date in its year, or without one the first such date on or after a day; None where it does not exist.

    Examples
    --------
    >>> next_date(2, 10, None, dt.date(2026, 3, 1))
    datetime.date(2027, 2, 10)
    """
    if not 1 <= month <= 12 or number < 1:
        return None
    first = year if year is not None else (day.year if day is not None else 0)
    for candidate in (first,) if year is not None else (first, first + 1):
        if dt.MINYEAR <= candidate <= dt.MAXYEAR and number <= monthrange(candidate, month)[1]:
            date = dt.date(candidate, month, number)
            if year is not None or day is None or date >= day:
                return date
    return None


def _month(found: re.Match[str], day: dt.date) -> Named:
    month = MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else day.year + (month <= day.month) + bool(found["again"])
    return year, month


def _quarter(found: re.Match[str], day: dt.date) -> Named | None:
    quarter = int(found["n"] or 0) or _ORDINALS.get(found["rank"] or "", 0)
    if not 1 <= quarter <= 4:
        return None
    return int(found["year"] or day.year), 3 * quarter - 2


def _in_month(found: re.Match[str], day: dt.date) -> Named | None:
    """Read «tredje tirsdag i september», «siste dag i mars», «første uke i oktober 2026»."""
    month = MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else day.year + (month < day.month)
    last = monthrange(year, month)[1]
    days = [dt.date(year, month, n) for n in range(1, last + 1)]
    if found["unit"] in WEEKDAYS:
        days = [d for d in days if d.weekday() == WEEKDAYS[found["unit"]]]
    elif found["unit"] != "dag":
        days = [d for d in days if d.weekday() == 0 and d.day + 6 <= last]
    rank = len(days) if found["rank"] == "siste" else _ORDINALS[found["rank"]]
    return days[rank - 1] if 0 < rank <= len(days) else None


def _weekday(found: re.Match[str], day: dt.date) -> dt.date:
    wanted = WEEKDAYS[found["day"]]
    if found["which"] in ("forrige", "sist", "førre"):
        return day - dt.timedelta(days=(day.weekday() - wanted) % 7 or 7)
    ahead = day + dt.timedelta(days=(wanted - day.weekday()) % 7 or 7)
    return ahead + dt.timedelta(days=7) if found["again"] else ahead
