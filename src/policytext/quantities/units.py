"""Read the unit, currency or time length that stands at a number, and what it counts per."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from policytext.quantities.number_words import SPACES, decode
from policytext.quantities.word_lists import words
from policytext.rules import load_lexicon

_S = f"[{SPACES}]"
_UNIT_COLUMNS = ("forms", "unit", "factor", "kind", "pint")
_CURRENCY_COLUMNS = ("iso", "names", "signs", "minor", "minor_factor")
_BETWEEN = rf"(?:(?:{words('between')}) )?"
_END = r"(?![\wæøåÆØÅ])"


class Unit(NamedTuple):
    """A unit as read: the codebook's code, the factor to it, where it ends and its kind.

    `kind` is ``share``, ``length`` (of time), ``physical``, ``money`` or ``minor`` (a hundredth of money); `per` is the
    unit or noun a rate is taken over, or None.
    """

    unit: str
    factor: float
    end: int
    kind: str
    per: str | None = None


_STEMS = {row["stem"]: row["unit"] for row in load_lexicon("joined_units", ("stem", "unit"))}


@cache
def unit_table() -> dict[str, tuple[str, float, str]]:
    """Return each written form of a unit with its code, factor and kind."""
    table: dict[str, tuple[str, float, str]] = {}
    for row in load_lexicon("units", _UNIT_COLUMNS):
        for form in row["forms"].split():
            table.setdefault(form, (row["unit"], float(row["factor"]), row["kind"]))
    return table


@cache
def currency_table() -> dict[str, tuple[str, float, str]]:
    """Return each written form of a currency and its hundredth, spaces as hyphens, with ISO code, factor and kind."""
    table: dict[str, tuple[str, float, str]] = {}
    for row in load_lexicon("currencies", _CURRENCY_COLUMNS):
        for name in [*row["names"].split(), *row["signs"].split()]:
            table.setdefault(name, (row["iso"], 1.0, "money"))
        for name in row["minor"].split():
            table.setdefault(name, (row["iso"], float(row["minor_factor"]), "minor"))
    return table


@cache
def currency_codes() -> frozenset[str]:
    """Return the ISO 4217 codes that the currency table knows."""
    return frozenset(row["iso"] for row in load_lexicon("currencies", _CURRENCY_COLUMNS))


def _alternatives(forms: list[str]) -> str:
    return "|".join(re.escape(form).replace(r"\-", f"(?:{_S}|-)") for form in sorted(forms, key=len, reverse=True))


@cache
def _after() -> re.Pattern[str]:
    units = [form for form in unit_table() if len(form) > 1 or not form.isalpha()]
    letters = [form for form in unit_table() if len(form) == 1 and form.isalpha()]
    names = [form for form in currency_table() if len(form) > 2 or form == "kr" or not form.isalpha()]
    spelt = [form for form in units if form[0].isalpha()]
    signs = [form for form in units if not form[0].isalpha()]
    return re.compile(
        rf"(?P<dash>{_S}?,[-–—](?!\d))"
        rf"|{_S}?(?P<sign>{_alternatives(signs)})(?:-?poeng\w*)?"
        rf"|{_S}?{_BETWEEN}(?P<money>{_alternatives(names)}){_END}(?:(?<=kr)\.(?={_S}*[a-zæøå]))?"
        rf"|{_S}?(?P<letter>{_alternatives(letters)}){_END}"
        rf"|(?:{_S}|-)?{_BETWEEN}(?P<unit>{_alternatives(spelt)}){_END}"
        rf"|(?:{_S}|-)?(?P<aged>åring\w*|årig\w*|årsgrens\w*|årsregel\w*){_END}"
        rf"|-(?P<joined>{_alternatives([w for w in spelt if len(w) > 2])})[a-zæøå]+{_END}"
        rf"|(?:{_S}|-)(?P<stem>{'|'.join(stem for stem in _STEMS if stem[0] != 'å')})[a-zæøå]+{_END}"
        rf"|{_S}(?P<land>mål)(?: (?:{words('land_after')}))?{_END}"
        rf"|-(?P<joinedmoney>kron(?:er|ar)?)s?[a-zæøå]*{_END}"
    )


_RATE = re.compile(
    rf"(?:{_S}?/{_S}?|{_S}(?:per|pr\.?){_S})(?P<per>[a-zæøå]+)"
    rf"|{_S}(?:i{_S})?(?P<def>året|månaden|måneden|uka|uken|veka|døgnet|timen|dagen|kvartalet|minuttet)(?!\w)"
    rf"|{_S}(?P<adverb>\w+(?:lig|lige|leg|lege))(?!\w)"
)
_RATE_WORDS = {row["word"]: row["per"] for row in load_lexicon("rate_words", ("word", "per"))}


def read_rate(low: str, end: int) -> tuple[str, int] | None:
    """Read «per år», «/kWh», «i måneden», «måneden» after an amount: what it is taken over, and where that ends.

    Examples
    --------
    >>> read_rate("900 kr/kwh", 6)
    ('kWh', 10)
    >>> read_rate("300 kroner måneden", 10)
    ('month', 18)
    """
    found = _RATE.match(low, end)
    if found is None:
        return None
    word = found["per"] or found["def"] or found["adverb"]
    if found["adverb"] and word not in _RATE_WORDS:
        return None
    known = unit_table().get(word)
    per = _RATE_WORDS.get(word) or (known[0] if known is not None else word)
    return per, found.end()


_FEW_DIGITS = 2
"""«17 mål» may be goals; from three digits on, or before a word for land, «mål» is a measure of area."""
_BASE_AMOUNT = re.compile(rf"{_S}?G(?!\w)")
_CODE = re.compile(rf"{_S}?([A-Z]{{3}})(?!\w)")


def read_unit(text: str, low: str, end: int, *, spelt: bool = False) -> Unit | None:
    """Read the unit that follows a number.

    Parameters
    ----------
    text, low : str
        The text as written and in lower case.
    end : int
        Where the number ends.
    spelt : bool
        Whether the number was written in words; then one-letter units are not read.

    Examples
    --------
    >>> read_unit("3 mnd", "3 mnd", 1)
    Unit(unit='month', factor=1.0, end=5, kind='length', per=None)
    >>> read_unit("1,5 G", "1,5 g", 3).unit
    'G'
    """
    base = _BASE_AMOUNT.match(text, end)
    if base is not None:
        return Unit("G", 1.0, base.end(), "physical")
    code = _CODE.match(text, end)
    if code is not None and code[1] in currency_codes():
        return Unit(code[1], 1.0, code.end(), "money")
    found = _after().match(low, end)
    if found is None:
        return None
    group = found.lastgroup or ""
    form = found[group]
    if text[end : end + 1] == "-" and decode(low[end + 1 : found.end()]) is not None:
        return None
    if group == "dash":
        return Unit("NOK", 1.0, found.end(), "money")
    if group in ("money", "joinedmoney"):
        iso, factor, kind = currency_table().get(re.sub(_S, "-", form), ("NOK", 1.0, "money"))
        return Unit(iso, factor, found.end(), kind)
    if group == "land":
        large = low[max(0, end - 3) : end].isdigit() and end > _FEW_DIGITS
        return (
            Unit("dekar", 1.0, found.start("land") + 3, "physical")
            if large or found.end("land") < found.end()
            else None
        )
    if group == "stem":
        unit = _STEMS[form]
        return Unit(unit, 1.0, found.end(), "money" if unit == "NOK" else "length")
    if group == "aged":
        return Unit("year", 1.0, found.end(), "length")
    if group == "letter" and (spelt or text[found.end() - 1] != form):
        return None
    if group == "sign" and found[0].endswith(("poeng", "poenga", "poengs", "poengene")):
        return Unit("percentage_point", 1.0, found.end(), "share")
    if group == "unit" and form == "min" and spelt and found.end() < len(low):
        return None
    unit, factor, kind = unit_table()[re.sub(_S, "-", form)]
    return Unit(unit, factor, found.end(), kind)


_BEFORE = re.compile(
    r"(?:(?P<week>(?:svangerskaps?)?(?:uke|veke))|(?P<code>\b[a-z]{3})|(?P<name>\bkr\.?|\brs\.?)"
    r"|(?P<sign>[^\w\s.,;:()\"'«»–-]{1,2}|\b(?:us|nz|hk|a|c|r|s|nt)\$))\s?$"
)


def read_unit_before(text: str, low: str, start: int) -> tuple[Unit, int] | None:
    """Read a currency, or «uke», that stands before a number: the unit and where it begins.

    Examples
    --------
    >>> read_unit_before("kr 500", "kr 500", 3)
    (Unit(unit='NOK', factor=1.0, end=3, kind='money', per=None), 0)
    """
    found = _BEFORE.search(low, max(0, start - 18), start)
    if found is None:
        return None
    at = found.start(found.lastgroup or 0)
    if found["week"]:
        inside = at > 0 and low[at - 1].isalpha()
        return None if inside else (Unit("week", 1.0, start, "length"), at)
    if found["code"]:
        code = text[at : at + 3]
        return (Unit(code, 1.0, start, "money"), at) if code in currency_codes() else None
    known = currency_table().get(found["name"] or found["sign"])
    return None if known is None else (Unit(known[0], known[1], start, "money"), at)


_JOINED = re.compile(rf"(?P<number>[a-zæøåé]+?)-?(?P<unit>{'|'.join(_STEMS)})(?P<rest>[a-zæøå]*)")
_NO_LENGTH = tuple(words("no_length").split("|"))


@lru_cache(maxsize=4096)
def read_joined(word: str) -> tuple[int, str] | None:
    """Read one word that holds a number and a unit («femårig», «toåringer», «åttetimersdag»).

    Examples
    --------
    >>> read_joined("femårige"), read_joined("åttetimersdagen"), read_joined("årsverk")
    ((5, 'year'), (8, 'hour'), None)
    """
    found = _JOINED.fullmatch(word)
    if found is None or (found["unit"] == "års" and found["rest"].startswith(_NO_LENGTH)):
        return None
    value = decode(found["number"])
    return (
        None
        if value is None or value == 0 or (value % 100 == 0 and found["unit"] == "års")
        else (value, _STEMS[found["unit"]])
    )
