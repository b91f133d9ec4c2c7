"""Read calendar dates and years that stand in text with their year."""

from __future__ import annotations

import re
from typing import NamedTuple

from policytext.rules import load_lexicon

MONTHS = {row["word"]: int(row["month"]) for row in load_lexicon("months", ("word", "month"))}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_FULL = "|".join(word for word in MONTHS if len(word) > 3 or word == "mai")
_DAY_MONTH_YEAR = re.compile(rf"(?P<day>\d{{1,2}})\.?\s?(?P<month>{_MONTH})\.?,?\s(?P<year>\d{{4}})(?!\d)")
_NUMERIC = re.compile(r"(?P<day>\d{1,2})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?![\d]|[.,]\d)")
_SLASHED = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[ -](?P<year>(?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_DECADE = re.compile(r"(?P<year>1[5-9]\d0|20\d0|1[5-9]00|2000)-?(?:årene|åra|talet|tallet|tals|talls)")
_SHORT_DECADE = re.compile(r"(?P<year>\d0)-?(?:talet|tallet|årene|åra)")
_YEARS = re.compile(
    r"(?P<year>1\d\d\d|20\d\d|21\d\d)"
    r"(?:\s?[-–—/]\s?(?P<to>(?:1[5-9]|20|21)\d\d|\d\d)(?![\d%]|[.,]\d|\s?prosent))?(?!\d)"
)
_AND_YEAR = re.compile(r" og (?P<to>(?:1[5-9]|20|21)\d\d)(?! ?\d|[.,]\d| [a-zæøå]+(?:er|ar|ere)\b)")
_MONTH_BEFORE = re.compile(rf"\b(?:{_FULL})\s$")


class DateHit(NamedTuple):
    """A date as read: its span, its year or years, and the ISO date or month where more than the year is known."""

    start: int
    end: int
    year: int
    to: int | None = None
    iso: str | None = None


def century(year: int) -> int:
    """Return the full year of a two-digit one: 00–49 lie in this century, 50–99 in the last.

    Examples
    --------
    >>> century(25), century(74), century(2031)
    (2025, 1974, 2031)
    """
    if year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def _calendar(start: int, end: int, year: int, month: int, day: int) -> DateHit | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateHit(start, end, year, iso=f"{year:04d}-{month:02d}-{day:02d}")


def read_date(low: str, start: int) -> DateHit | None:
    """Read a date with a year, a span of years or a decade that begins at a digit.

    A bare year is read too; the caller decides whether it may be an ordinary number.

    Examples
    --------
    >>> read_date("30.10.2025", 0)
    DateHit(start=0, end=10, year=2025, to=None, iso='2025-10-30')
    >>> read_date("2020–2022", 0)
    DateHit(start=0, end=9, year=2020, to=2022, iso=None)
    """
    for pattern in (_DAY_MONTH_YEAR, _NUMERIC, _SLASHED, _ISO):
        found = pattern.match(low, start)
        if found is not None:
            month = MONTHS.get(found["month"]) or int(found["month"]) if found["month"] else 0
            hit = _calendar(start, found.end(), century(int(found["year"])), month, int(found["day"]))
            if hit is not None:
                return hit
    found = _DECADE.match(low, start)
    if found is not None:
        return DateHit(start, found.end(), int(found["year"]))
    found = _SHORT_DECADE.match(low, start)
    if found is not None and (found[0].endswith(("tallet", "talet")) or low[max(0, start - 3) : start] == "på "):
        return DateHit(start, found.end(), 1900 + int(found["year"]))
    found = _YEARS.match(low, start)
    if found is None:
        return None
    between = _AND_YEAR.match(low, found.end()) if low.endswith("mellom ", 0, start) else None
    if between is not None and int(between["to"]) > int(found["year"]):
        return DateHit(start, between.end(), int(found["year"]), int(between["to"]))
    year = int(found["year"])
    before = _MONTH_BEFORE.search(low, max(0, start - 11), start)
    begin = before.start() if before is not None else start
    iso = f"{year:04d}-{MONTHS[before[0].strip()]:02d}" if before is not None else None
    if found["to"]:
        to = int(found["to"]) if len(found["to"]) == 4 else year // 100 * 100 + int(found["to"])
        if to > year:
            return DateHit(begin, found.end(), year, to)
        return DateHit(begin, found.start() + 4, year, iso=iso)
    return DateHit(begin, found.end(), year, iso=iso)
