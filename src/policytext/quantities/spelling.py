"""Write a number in Norwegian words, Bokmål or Nynorsk."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal

from policytext.errors import PolicyTextError
from policytext.rules import load_lexicon

Form = Literal["nb", "nn"]
_MAGNITUDES = tuple(10 ** (3 * power) for power in range(9, 1, -1))
_LIMIT = 10**30


@cache
def _spelt(form: Form) -> dict[int, str]:
    """Return one word per value in a written form; the first row of the lexicon that fits wins."""
    table: dict[int, str] = {}
    for row in load_lexicon("number_words", ("word", "value", "class", "lang")):
        if row["lang"] in (form, "no") and row["class"] in ("zero", "teen", "ten", "one"):
            table.setdefault(int(row["value"]), row["word"])
    return table


@cache
def _magnitudes(form: Form) -> dict[int, tuple[str, str]]:
    rows = load_lexicon("number_words", ("word", "value", "class", "lang"))
    ending = "er" if form == "nb" else "ar"
    names: dict[int, tuple[str, str]] = {}
    for row in rows:
        if row["class"] == "magnitude" and row["word"].endswith(("ion", "iard")):
            names[int(row["value"])] = (row["word"], row["word"] + ending)
    return names


def to_text(value: float, *, form: Form = "nb") -> str:
    """Write a number in words.

    Parameters
    ----------
    value : int or float
        Below 10**30 in size; decimals are read out digit by digit after «komma».
    form : {'nb', 'nn'}
        Bokmål or Nynorsk.

    Raises
    ------
    PolicyTextError
        If the number is not finite or too large, or the form is neither ``nb`` nor ``nn``.

    Examples
    --------
    >>> to_text(5020)
    'fem tusen og tjue'
    >>> to_text(21.5, form="nn")
    'tjueéin komma fem'
    """
    if form not in ("nb", "nn"):
        raise PolicyTextError(f"form {form!r}; allowed: nb, nn")
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or exact.copy_abs() >= _LIMIT:
        raise PolicyTextError(f"{value!r} cannot be written in words: give a finite number below 10**30 in size")
    sign = "minus " if exact < 0 else ""
    whole, _, decimals = f"{exact.copy_abs():f}".partition(".")
    text = _whole(int(whole), form)
    digits = decimals.rstrip("0")
    if digits:
        text += " komma " + " ".join(_spelt(form)[int(digit)] for digit in digits)
    return sign + text


def _whole(number: int, form: Form) -> str:
    if number == 0:
        return _spelt(form)[0]
    parts: list[str] = []
    for size in _MAGNITUDES:
        count, number = divmod(number, size)
        if count:
            one, many = _magnitudes(form)[size]
            parts.append(f"{_below_thousand(count, form)} {one if count == 1 else many}")
    thousands, rest = divmod(number, 1000)
    neuter = "ett" if form == "nb" else "eitt"
    if thousands:
        parts.append(f"{neuter if thousands == 1 else _below_thousand(thousands, form)} tusen")
    if rest:
        joint = "og " if parts and rest < 100 else ""
        parts.append(joint + _below_thousand(rest, form))
    return " ".join(parts)


def _below_thousand(number: int, form: Form) -> str:
    hundreds, rest = divmod(number, 100)
    neuter = "ett" if form == "nb" else "eitt"
    small = _below_hundred(rest, form) if rest else ""
    if not hundreds:
        return small
    head = f"{neuter if hundreds == 1 else _spelt(form)[hundreds]} hundre"
    return f"{head} og {small}" if small else head


def _below_hundred(number: int, form: Form) -> str:
    table = _spelt(form)
    if number in table:
        return table[number]
    return table[number - number % 10] + table[number % 10]
