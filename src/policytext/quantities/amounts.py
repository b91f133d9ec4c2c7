"""Read an amount at a number: its unit or currency, the upper end of a range, a share, or what it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from policytext.quantities.comparators import read_comparator
from policytext.quantities.counted import noun_end, reads_as_age, reads_as_money
from policytext.quantities.number_words import SPACES
from policytext.quantities.numerals import VULGAR, Number, read_number, sign_before, tidy
from policytext.quantities.units import Unit, read_rate, read_unit, read_unit_before
from policytext.quantities.word_lists import words
from policytext.records import Quantity

_S = f"[{SPACES}]"


class Hit(NamedTuple):
    """A quantity as read, with what its neighbours may share: whether it is a bare number, and its scale."""

    quantity: Quantity
    bare: bool = False
    scale: float = 1.0
    scaled: bool = False


def make(text: str, low: str, start: int, end: int, value: float | None, unit: str, /, **more: object) -> Quantity:
    """Return a quantity with the comparator that its neighbours give; further fields by keyword.

    Examples
    --------
    >>> make("minst 40 %", "minst 40 %", 6, 10, 40.0, "percent").comparator
    'ge'
    """
    comparator, approximate = read_comparator(low, start, end)
    return Quantity(
        text[start:end], start, end, None if value is None else tidy(value), unit, comparator,
        approximate=approximate or comparator == "approx", **more,  # type: ignore[arg-type]
    )  # fmt: skip


_WHOLE = 1_000_000
"""The largest whole of a share: «10 000 av 50 000»."""
_OF = re.compile(rf"{_S}av{_S}(?:de{_S}|dei{_S})?(?=\d|[a-zæøå])")
_PART = re.compile(rf"(?:{_S}?-?)?de?l(?:er|ar|s|en|ene)?(?![\wæøå])")
_TIMES = re.compile(rf"{_S}?(?P<times>ganger|gonger|gangar|[x×])(?P<after>{_S}(?:{words('times_after')}))?(?![\wæøå])")


def read_share(text: str, low: str, number: Number) -> list[Hit]:
    """Read shares and factors that need more than the number: «to av tre», «tre ganger så mange», «1/3»."""
    found = _OF.match(low, number.end)
    if found is not None and number.kind in ("digits", "words", "article") and number.magnitude == 1:
        whole = read_number(text, low, found.end())
        if (
            whole is not None
            and whole.kind in ("digits", "words")
            and number.value < whole.value <= _WHOLE
            and whole.value == int(whole.value)
            and read_unit(text, low, whole.end) is None
        ):
            end = whole.end
            return [Hit(make(text, low, number.start, end, round(number.value / whole.value, 4), "ratio"))]
    if number.kind == "fraction" and read_unit(text, low, number.end) is None and number.magnitude == 1:
        end = number.end
        part = _PART.match(low, end)
        return [Hit(make(text, low, number.start, part.end() if part is not None else end, number.value, "ratio"))]
    found = _TIMES.match(low, number.end)
    if found is not None and (found["after"] or number.value != int(number.value)):
        end = found.end() if found[0].endswith("grunnbeløpet") else found.end("times")
        return [Hit(make(text, low, number.start, end, number.value, "ratio"))]
    return []


_SCORE = re.compile(r"[-–]\d{1,2}(?![\d-])")
_TO = re.compile(rf"{_S}?[–—-]{_S}?(?=[\d{VULGAR}]|[a-zæøå])|{_S}til(?:{_S}og{_S}med)?{_S}|{_S}(?:og|eller){_S}")


def read_amount(text: str, low: str, number: Number) -> list[Hit]:
    """Read a number with the sign, unit, currency, upper end or counted noun that stands at it.

    Examples
    --------
    >>> number = read_number("20–30 prosent", "20–30 prosent", 0)
    >>> hit = read_amount("20–30 prosent", "20–30 prosent", number)[0]
    >>> hit.quantity.low, hit.quantity.high, hit.quantity.unit
    (20, 30, 'percent')
    """
    start = number.start
    begin = sign_before(low, start)
    sign = -1 if begin != start and not low[begin:start].startswith("pluss") else 1
    if sign < 0 and low[begin] in "-−–" and (number.kind != "digits" or low[start - 1].isspace()):
        begin, sign = start, 1
    before = read_unit_before(text, low, begin)
    unit = read_unit(text, low, number.end, spelt=number.kind != "digits")
    upper = _read_upper(text, low, number, unit, before)
    if upper is not None:
        return [upper]
    if unit is not None:
        return [_with_unit(text, low, number, unit, begin, sign)]
    if before is not None:
        return [_after_unit(text, low, number, before)]
    if number.kind == "digits" and (_SCORE.match(low, number.end) or low[number.end : number.end + 1].isalpha()):
        return []
    return [_counted(text, low, number, begin, sign)]


_BETWEEN = re.compile(r"\bmellom (?:de |dei |kr |fylte )?$")
_BROADBAND = re.compile(words("broadband"))
_FROM = re.compile(r"\b(?:fra|frå)(?: dagens| om lag| rundt| ca\.)?(?: kr)? $")
_AGED = re.compile(rf"\b(?:{words('aged')}) (?:fra|frå) $")


def _read_upper(text: str, low: str, number: Number, unit: Unit | None, before: tuple[Unit, int] | None) -> Hit | None:
    """Read a range: «20–30 prosent», «mellom 5 og 7», «5-600 milliarder»."""
    found = _TO.match(low, unit.end if unit is not None else number.end)
    if found is None or number.kind not in ("digits", "words"):
        return None
    lead = low[max(0, number.start - 24) : number.start]
    word = found[0].strip()
    if word == "og" and not _BETWEEN.search(lead):
        return None
    if word == "eller" or (
        word.startswith("til") and _FROM.search(lead) and not _AGED.search(low, number.start - 24, number.start)
    ):
        return None
    if word in ("-", "–", "—") and number.kind == "words" and found[0] != word:
        return None
    top = read_number(text, low, found.end())
    if top is None or top.kind not in ("digits", "words") or (word in ("-", "–", "—") and top.kind != number.kind):
        return None
    top_unit = read_unit(text, low, top.end, spelt=top.kind != "digits")
    bottom = number.value
    if top.magnitude > 1 and number.magnitude == 1 and bottom * top.magnitude <= top.value * 100:
        small, large = bottom, top.value / top.magnitude
        bottom = _shortened(small, large) * top.magnitude
    else:
        bottom = _shortened(bottom, top.value)
    if bottom >= top.value or (unit is not None and top_unit is not None and unit.unit != top_unit.unit):
        return None
    if unit is not None and top_unit is None:
        return None
    if top_unit is not None:
        scale = top_unit.factor
        quantity = make(
            text, low, number.start, top_unit.end, None, _refine(low, top_unit, number.start, top_unit.end),
            low=tidy(bottom * scale), high=tidy(top.value * scale), per=_per(low, top_unit.end),
        )  # fmt: skip
        return Hit(quantity)
    if before is not None:
        ends = {"low": tidy(bottom), "high": tidy(top.value), "per": _per(low, top.end)}
        return Hit(make(text, low, before[1], top.end, None, before[0].unit, **ends))
    as_number = Number(number.start, top.end, top.value, number.kind, top.magnitude)
    kind, end = _count_unit(text, low, as_number)
    return Hit(make(text, low, number.start, end, None, kind, low=tidy(bottom), high=tidy(top.value)))


def _shortened(small: float, large: float) -> float:
    """Return the lower end of «5-600», where the hundred is said once."""
    for size in (100, 1000):
        if small < 10 and large % size == 0 and small < large / size < 10:
            return small * size
    return small


def _per(low: str, end: int) -> str | None:
    rate = read_rate(low, end)
    return rate[0] if rate is not None else None


def _refine(low: str, unit: Unit, start: int, end: int) -> str:
    """Return the unit's code where its neighbours decide: broadband speed in «GB», climate targets in degrees."""
    if unit.unit in ("GB", "MB") and _BROADBAND.search(low, max(0, start - 80), end + 60):
        return "Gbit/s" if unit.unit == "GB" else "Mbit/s"
    if unit.unit == "degree" and "gradersmål" in low[start : end + 4]:
        return "°C"
    return unit.unit


_MINOR = re.compile(rf"{_S}(?:og{_S})?(\d{{1,2}}){_S}(?:øre|öre)(?!\w)")
_DASH = re.compile(r",[-–—](?!\d)")
_PRICE_YEAR = re.compile(rf"{_S}(?:19|20)\d\d-kroner(?!\w)")
_SLASH_UNIT = re.compile(r"/[a-zæøåA-ZÆØÅ]+")


def _with_unit(text: str, low: str, number: Number, unit: Unit, begin: int, sign: int) -> Hit:
    value, end = number.value * unit.factor, unit.end
    if unit.kind == "money" and unit.unit in ("NOK", "SEK", "DKK", "ISK"):
        minor = _MINOR.match(low, end)
        if minor is not None:
            value, end = value + int(minor[1]) / 100, minor.end()
    per = _per(low, end)
    slash = _SLASH_UNIT.match(text, end)
    if slash is not None and per is not None:
        end = slash.end()
    code = _refine(low, unit, begin, end)
    quantity = make(text, low, begin, end, sign * value, code, per=per)
    return Hit(quantity, scale=unit.factor * number.magnitude, scaled=number.magnitude > 1)


def _after_unit(text: str, low: str, number: Number, before: tuple[Unit, int]) -> Hit:
    unit, begin = before
    end = number.end
    end += 2 if _DASH.match(low, end) else 0
    return Hit(make(text, low, begin, end, number.value * unit.factor, unit.unit, per=_per(low, end)))


def _counted(text: str, low: str, number: Number, begin: int, sign: int) -> Hit:
    unit, end = _count_unit(text, low, number)
    price_year = _PRICE_YEAR.match(low, number.end)
    if price_year is not None:
        unit, end = "NOK", price_year.end()
    quantity = make(text, low, begin, end, sign * number.value, unit)
    return Hit(quantity, bare=end == number.end and unit == "count", scale=number.magnitude)


def _count_unit(text: str, low: str, number: Number) -> tuple[str, int]:
    end = noun_end(text, low, number.end)
    if number.value == 0 and low[number.end : end].endswith(("utslipp", "utslepp")):
        return "tonne", end
    if end == number.end:
        if reads_as_age(low, number.start, number.value):
            return "year", end
        if reads_as_money(low, number.start, number.end, number.magnitude, number.value):
            return "NOK", end
    return "count", end
