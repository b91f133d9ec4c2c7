"""Quantities written out for readers: «minst 14 milliarder kroner», «20–30 %»."""

from __future__ import annotations

from policytext.report.texts import Texts

_SCALES = ((1e12, "trillion"), (1e9, "milliard"), (1e6, "million"))
_MONEY_LENGTH = 3  # ISO 4217 codes have three capital letters
_KINDS = {
    "percent": "share", "percentage_point": "share", "permille": "share", "ratio": "share",
    "count": "count",
    "date": "time", "year": "time", "month": "time", "week": "time", "day": "time", "hour": "time",
    "minute": "time", "second": "time",
}  # fmt: skip


def kind_of_unit(unit: str) -> str:
    """Return what a unit measures: ``money``, ``share``, ``count``, ``time`` or ``physical``.

    Examples
    --------
    >>> kind_of_unit("NOK"), kind_of_unit("percent"), kind_of_unit("TWh")
    ('money', 'share', 'physical')
    """
    if is_currency(unit):
        return "money"
    return _KINDS.get(unit, "physical")


def is_currency(unit: str) -> bool:
    """Tell whether a unit is an ISO 4217 code such as ``NOK``."""
    return len(unit) == _MONEY_LENGTH and unit.isascii() and unit.isupper() and unit.isalpha()


def format_quantity(
    words: Texts,
    unit: str,
    *,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    comparator: str = "eq",
    per: str | None = None,
) -> str:
    r"""Return a quantity as a reader would write it.

    Parameters
    ----------
    words
        The words of the report, which decide language and number format.
    unit
        The unit's code in the codebook.
    value, low, high
        The value after scaling, or the ends of a range; an open end is None.
    comparator
        The codebook's comparator.
    per
        What the quantity is counted by, such as ``year``.

    Returns
    -------
    str
        The empty string when there is no number at all.

    Examples
    --------
    >>> from policytext.report.texts import load_texts
    >>> nb = load_texts("nb")
    >>> format_quantity(nb, "NOK", value=14e9, comparator="ge").replace("\xa0", " ")
    'minst 14 milliarder kroner'
    >>> format_quantity(nb, "percent", low=20, high=30).replace("\xa0", " ")
    '20–30 %'
    """
    numeric = value if value is not None else high if high is not None else low
    if numeric is None:
        return ""
    if value is not None:
        number = _scaled(words, unit, value)
    elif low is not None and high is not None:
        number = _range(words, unit, low, high)
    else:
        number = _scaled(words, unit, numeric)
        comparator = "ge" if high is None else "le"
    text = words.label("cmp", comparator).format(x=_with_unit(words, unit, number, numeric))
    return f"{text} / {_per(words, per)}" if per else text


def _scaled(words: Texts, unit: str, value: float) -> str:
    if unit == "date":
        return f"{value:.0f}"
    if unit == "count" or is_currency(unit):
        for size, name in _SCALES:
            if abs(value) >= size:
                amount = value / size
                form = "one" if amount == 1 else "other"
                return words(f"scale.{name}.{form}", x=words.number(amount)).replace(" ", "\N{NO-BREAK SPACE}")
    return words.number(value)


def _range(words: Texts, unit: str, low: float, high: float) -> str:
    for size, _ in _SCALES:
        if unit != "date" and abs(low) >= size and abs(high) >= size:
            ends = {"low": words.number(low / size), "high": _scaled(words, unit, high)}
            return words("range.both", **ends)
    return words("range.both", low=_scaled(words, unit, low), high=_scaled(words, unit, high))


def _with_unit(words: Texts, unit: str, number: str, value: float) -> str:
    key = f"unit.{unit}"
    if value == 1 and words.has(f"{key}.one"):
        key = f"{key}.one"
    text = words(key, x=number) if words.has(key) else words("unit.other", x=number, unit=unit)
    return text if any(map(str.isalpha, number)) else text.replace(" ", "\N{NO-BREAK SPACE}")


def _per(words: Texts, per: str) -> str:
    key = f"unit.{per}.one"
    plain = key if words.has(key) else f"unit.{per}"
    return words(plain, x="").strip() if words.has(plain) else per
