"""Find every quantity in a text: one prefilter over the text, then details at each candidate."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from policytext.quantities.comparators import read_comparator
from policytext.quantities.counted import is_function_word, noun_end, reads_as_age, reads_as_money
from policytext.quantities.dates import DateHit, read_date
from policytext.quantities.number_words import SPACES, words_of
from policytext.quantities.numerals import VULGAR, Number, read_number, sign_before, tidy
from policytext.quantities.units import Unit, read_joined, read_rate, read_unit, read_unit_before
from policytext.records import Quantity
from policytext.rules import load_lexicon, load_rules

_S = f"[{SPACES}]"
_ORDINALS = {row["word"]: int(row["value"]) for row in load_lexicon("ordinals", ("word", "value", "part"))}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_TIME_NOUN = r"år|uke|veke|måned|månad|dag|døgn|time|kvartal|minutt"
_YEARLIKE = range(1500, 2200)


class Hit(NamedTuple):
    """A quantity as read, with what its neighbours may share: whether it is a bare number, and its scale."""

    quantity: Quantity
    bare: bool = False
    scale: float = 1.0
    scaled: bool = False


@cache
def _trigger() -> re.Pattern[str]:
    numbers = sorted({*words_of("zero", "teen", "ten", "hundred", "thousand", "mixed")}, key=len, reverse=True)
    ones = [word for word in words_of("one") if word not in ("én", "éin", "éi", "ett", "eitt", "tvo")]
    single = "én|éin|éi|ett|eitt"
    articles = "|".join(words_of("article"))
    after = (
        rf"(?:{_S}(?:halv|kvart|million|milliard|billion|billiard|mill\b|prosent\b|hundre|tusen|tredj|tredel|fjerde|firedel|fem[dt]|sjette"
        rf"|sjuend|syvend|åtten|niend|tiende|tidel|hundredel|av{_S}(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|\d+)\b|og{_S}(?:en|ein|et|eit)?{_S}?halv"
        rf"|til{_S}(?:to|tre|fire|fem|seks|\d)))"
    )
    return re.compile(
        rf"(?<!\w)(?:\d|[{VULGAR}]|(?:{'|'.join([*numbers, *ones])})[^\W\d]*|(?:{single})(?!\w)|(?:{articles})(?={after})"
        rf"|halv|(?:for)?d[ou]bl|(?:for)?tredobl|(?:for)?firedobl|(?:den andre |den eine |den ene )halvparten|det (?:dob|tre|fire|fem|ti)|dobbelt"
        rf"|(?:hver|hvert|kvar|kvart){_S}(?:{_ORDINAL}|\d)|annenhver|annethvert|anna{_S}?kvar|(?:usd|eur|gbp|nok|sek|dkk|inr|jpy|chf|kr|rs)\d)"
    )


@cache
def _factors() -> tuple[re.Pattern[str], tuple[float, ...], tuple[str, ...]]:
    rows = load_lexicon("factors", ("pattern", "value", "unit", "lang"))
    joined = "|".join(f"(?P<f{index}>{row['pattern']})" for index, row in enumerate(rows))
    return (
        re.compile(rf"(?:{joined})(?![\wæøå])"),
        tuple(float(row["value"]) for row in rows),
        tuple(row["unit"] for row in rows),
    )


def _excluded(text: str) -> list[tuple[int, int]]:
    """Return the spans of what looks like a number and is none, in order."""
    spans = [found.span() for rule in load_rules("quantity_exclusions") for found in rule.pattern.finditer(text)]
    return sorted(spans)


def find(text: str) -> tuple[Quantity, ...]:
    """Find every number, amount, share and date of a text, as section 6 of the codebook counts them.

    Parameters
    ----------
    text : str
        A segment, or a text of any length; time is linear in it.

    Returns
    -------
    tuple of Quantity
        In order and without overlap; `start` and `end` index `text`, and ``text[q.start:q.end] == q.text``. Roles,
        direction and measure are None until `resolve` has seen the measures.

    Examples
    --------
    >>> [(q.text, q.value, q.unit) for q in find("Bygge 1 500 boliger og kutte utslippene med 40 % innen 2030.")]
    [('1 500 boliger', 1500, 'count'), ('40 %', 40, 'percent'), ('2030', 2030, 'date')]
    """
    low = _lower(text)
    first = _trigger().search(low)
    if first is None:
        return _compound_amounts(text, low, ())
    spans = _excluded(text)
    hits: list[Hit] = []
    found: re.Match[str] | None = first
    position = 0
    while found is not None:
        start = found.start()
        while spans and spans[0][1] <= start:
            spans.pop(0)
        blocked = next((span for span in spans if span[0] <= start < span[1]), None) if spans and spans[0][0] <= start else None
        if blocked is not None:
            position = max(blocked[1], start + 1)
        else:
            if not low[start].isdigit() and found[0][-1:].isdigit() and not found[0][0].isalpha():
                start = found.end() - 1
            new = _read(text, low, start, found[0])
            hits.extend(new)
            position = max([found.end() if not found[0].isdigit() else start + 1, *(hit.quantity.end for hit in new)])
            if not new and found[0].isdigit():
                position = _past_number(low, start)
        found = _trigger().search(low, position)
    return _compound_amounts(text, low, tuple(hit.quantity for hit in _share(text, low, hits)))


_PAST = re.compile(rf"\d[\d.,:/]*(?:{_S}\d{{3}})*")


def _past_number(low: str, start: int) -> int:
    found = _PAST.match(low, start)
    return found.end() if found is not None else start + 1


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


_AMOUNT = re.compile(r"(?<!\w)[a-zæøå]{4,}?(?<!multi)(?P<size>milliard|million)(?:en)?(?!\w)")


def _compound_amounts(text: str, low: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Add «helsemilliarden»: one word that names an amount of kroner."""
    if "illiard" not in low and "illion" not in low:
        return quantities
    extra = []
    for found in _AMOUNT.finditer(low):
        if not any(q.start < found.end() and found.start() < q.end for q in quantities):
            value = 10**9 if found["size"] == "milliard" else 10**6
            extra.append(Quantity(text[found.start() : found.end()], found.start(), found.end(), value, "NOK"))
    return tuple(sorted([*quantities, *extra], key=lambda q: q.start)) if extra else quantities


def _make(text: str, low: str, start: int, end: int, value: float | None, unit: str, /, **more: object) -> Quantity:
    comparator, approximate = read_comparator(low, start, end)
    return Quantity(
        text[start:end], start, end, None if value is None else tidy(value), unit, comparator,
        approximate=approximate or comparator == "approx", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _read(text: str, low: str, start: int, trigger: str) -> list[Hit]:
    if start and low[start - 1] == "-" and start > 1 and low[start - 2].isalpha():
        return []
    if not low[start].isdigit():
        special = _read_factor(text, low, start) or _read_every(text, low, start) or _read_joined(text, low, start)
        if special:
            return special
        if trigger[-1:].isdigit():
            start += len(trigger) - 1
    else:
        date = read_date(low, start)
        if date is not None and _is_date(text, low, date):
            return [_date(text, low, date)]
        if _ranks(low, start):
            return _read_age_ordinal(text, low, start)
    number = read_number(text, low, start)
    if number is None or _is_no_number(low, number):
        return []
    return _read_share(text, low, number) or _read_amount(text, low, number)


def _date(text: str, low: str, date: DateHit) -> Hit:
    if date.to is not None:
        return Hit(_make(text, low, date.start, date.end, None, "date", low=date.year, high=date.to))
    return Hit(_make(text, low, date.start, date.end, date.year, "date", date=date.iso))


def _read_factor(text: str, low: str, start: int) -> list[Hit]:
    pattern, values, units = _factors()
    found = pattern.match(low, start)
    if found is None:
        return []
    index = int((found.lastgroup or "f0")[1:])
    return [Hit(_make(text, low, start, found.end(), values[index], units[index]))]


_EVERY = re.compile(
    rf"(?:(?:hver|hvert|kvar|kvart){_S}(?P<n>{_ORDINAL}|\d{{1,2}}\.)|(?P<second>annenhver|annethvert|anna{_S}?kvart?))"
    rf"(?:{_S}(?P<noun>{_TIME_NOUN})(?![\wæøå]))?"
)
_EVERY_UNIT = {"år": "year", "uke": "week", "veke": "week", "måned": "month", "månad": "month", "dag": "day", "døgn": "day"}
_EVERY_UNIT |= {"time": "hour", "minutt": "minute"}


def _read_every(text: str, low: str, start: int) -> list[Hit]:
    """Read «hver fjerde» as a share and «hvert fjerde år» as a length of time."""
    found = _EVERY.match(low, start)
    if found is None:
        return []
    rank = 2 if found["second"] else _ORDINALS.get(found["n"]) or int(found["n"].rstrip(".") or 0)
    if rank < 2:
        return []
    if found["noun"]:
        factor, unit = (3, "month") if found["noun"] == "kvartal" else (1, _EVERY_UNIT[found["noun"]])
        return [Hit(_make(text, low, start, found.end(), rank * factor, unit))]
    return [Hit(_make(text, low, start, found.end(), round(1 / rank, 4), "ratio"))]


_WORD = re.compile(r"[a-zæøåéè]+(?:-[a-zæøå]+)?")


def _read_joined(text: str, low: str, start: int) -> list[Hit]:
    found = _WORD.match(low, start)
    joined = read_joined(found[0]) if found is not None else None
    if found is None or joined is None:
        return []
    return [Hit(_make(text, low, start, found.end(), joined[0], joined[1]))]


_ORDINAL_DOT = re.compile(r"\d{1,3}\.(?= ?[a-zæøå])(?! (?:og|i|for|til|på|som)\b(?! ))")
_LIFE_YEAR = re.compile(r"\d{1,3}\.\s(?:leveår|levemåned|leveuke|svangerskapsuke|levemånad)(?:et|en)?(?!\w)")


def _ranks(low: str, start: int) -> bool:
    found = _ORDINAL_DOT.match(low, start)
    return found is not None and low[found.end() : found.end() + 1] in (" ", "\u00a0")


def _read_age_ordinal(text: str, low: str, start: int) -> list[Hit]:
    found = _LIFE_YEAR.match(low, start)
    if found is None:
        return []
    unit = "year" if "år" in found[0] else "week" if "uke" in found[0] else "month"
    return [Hit(_make(text, low, start, found.end(), int(found[0].split(".")[0]), unit))]


_DATE_BEFORE = re.compile(
    r"(?:^|[\s(«])(?:i|innen|innan|siden|sidan|år|året|mot|etter|før|per|pr\.?|medio|primo|ultimo|av|våren|høsten|hausten|sommeren|vinteren"
    r"|sommaren|valget|valet|årsskiftet|fra|frå|mellom|inn i|til og med|fram til|frem til|fra og med|frå og med|kvartal|halvår|skoleåret|skuleåret"
    r"|perioden|budsjettåret|inntektsåret|nyttår|jul|påske|grunnloven av)\s$"
)
_STRONG = re.compile(
    r"(?:^|[\s(«])(?:innen|innan|siden|sidan|år|året|medio|primo|ultimo|utgangen av|starten av|løpet av|slutten av|våren|høsten|hausten|sommeren"
    r"|vinteren|sommaren|årsskiftet|perioden|tidlig i|seint i|sent i|seinast i|senest i|fram mot|frem mot)\s$"
)


def _is_date(text: str, low: str, date: DateHit) -> bool:
    if date.iso is not None or date.to is not None or date.end - date.start != 4:
        return date.to is None or not _unit_follows(text, low, date.end)
    window = low[max(0, date.start - 16) : date.start]
    if re.match(rf"[.,]\d|{_S}\d{{3}}(?!\d)", low[date.end : date.end + 6]):
        return False
    if _STRONG.search(window) or re.match(r"-(?:kron|nivå|mål|pris|tall|kr\b)", low[date.end : date.end + 8]):
        return True
    if _unit_follows(text, low, date.end) or read_unit_before(text, low, date.start) is not None:
        return False
    counted = noun_end(text, low, date.end) > date.end
    if _DATE_BEFORE.search(window):
        return not counted or re.search(r"(?:^|\s)(?:i|siden|sidan|mot|etter|før|fra|frå)\s$", window) is not None
    return not counted and 1700 <= date.year <= 2199


def _unit_follows(text: str, low: str, end: int) -> bool:
    number = read_number(text, low, end - 4)
    return (number is not None and (number.magnitude > 1 or number.end > end)) or read_unit(text, low, end) is not None


_NUMBER_BEFORE = re.compile(r"(?:[\d][.,:/]|\d[–-])$")
_VAGUE = re.compile(r"(?:^|\s)(?:flere|fleire|noen|nokre|mange|et par|eit par|utallige|titalls|hundretalls)\s$")


def _is_no_number(low: str, number: Number) -> bool:
    if number.kind == "article":
        fra = low[max(0, number.start - 4) : number.start] in ("fra ", "frå ") and low[number.end : number.end + 5] == " til "
        share = re.match(rf"{_S}(?:prosent|av{_S}(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|\d+)\b)", low[number.end : number.end + 12])
        return not fra and share is None
    if number.kind == "digits":
        return _NUMBER_BEFORE.search(low, max(0, number.start - 2), number.start) is not None
    if number.kind == "half":
        return read_unit(low, low, number.end) is None
    return _VAGUE.search(low, max(0, number.start - 12), number.start) is not None


_OF = re.compile(rf"{_S}av{_S}(?:de{_S}|dei{_S})?(?=\d|[a-zæøå])")
_TIMES = re.compile(rf"{_S}(?:ganger|gonger|gangar)(?:{_S}(?:så|grunnbeløpet|større|høyere|høgare|flere|fleire|mer|meir|raskere|raskare|dagens|lengre))")


def _read_share(text: str, low: str, number: Number) -> list[Hit]:
    """Read shares and factors that need more than the number: «to av tre», «tre ganger så mange», «1/3»."""
    found = _OF.match(low, number.end)
    if found is not None and number.kind in ("digits", "words", "article") and number.magnitude == 1:
        whole = read_number(text, low, found.end())
        if (
            whole is not None
            and whole.kind in ("digits", "words")
            and number.value < whole.value <= 1000
            and whole.value == int(whole.value)
            and read_unit(text, low, whole.end) is None
        ):
            end = whole.end
            return [Hit(_make(text, low, number.start, end, round(number.value / whole.value, 4), "ratio"))]
    if number.kind == "fraction" and read_unit(text, low, number.end) is None and number.magnitude == 1:
        end = number.end
        part = re.match(rf"(?:{_S}?-?)?de?l(?:er|ar|s|en|ene)?(?![\wæøå])", low[end : end + 8])
        return [Hit(_make(text, low, number.start, end + (part.end() if part else 0), number.value, "ratio"))]
    found = _TIMES.match(low, number.end)
    if found is not None:
        return [Hit(_make(text, low, number.start, found.end() if "grunn" in found[0] else found.start() + 7, number.value, "ratio"))]
    return []


_TO = re.compile(rf"{_S}?[–—-]{_S}?(?=[\d{VULGAR}]|[a-zæøå])|{_S}til(?:{_S}og{_S}med)?{_S}|{_S}(?:og|eller){_S}")


def _read_amount(text: str, low: str, number: Number) -> list[Hit]:
    start = number.start
    begin = sign_before(low, start)
    sign = -1 if begin != start and not low[begin:start].startswith("pluss") else 1
    if sign < 0 and number.kind == "digits" and low[begin:start][-1:].isspace() and low[begin] in "-−–":
        begin, sign = start, 1
    before = read_unit_before(text, low, begin)
    unit = read_unit(text, low, number.end, words=number.kind != "digits")
    upper = _read_upper(text, low, number, unit, before is not None)
    if upper is not None:
        return [upper]
    if unit is not None:
        return [_with_unit(text, low, number, unit, begin, sign)]
    if before is not None:
        return [_after_unit(text, low, number, before)]
    return [_counted(text, low, number, begin, sign)]


def _read_upper(text: str, low: str, number: Number, unit: Unit | None, before: bool) -> Hit | None:
    """Read a range: «20–30 prosent», «mellom 5 og 7», «5-600 milliarder»."""
    found = _TO.match(low, unit.end if unit is not None else number.end)
    if found is None or number.kind not in ("digits", "words"):
        return None
    lead = low[max(0, number.start - 12) : number.start]
    word = found[0].strip()
    if word == "og" and not re.search(r"\bmellom (?:de |dei |kr |fylte )?$", lead):
        return None
    if word == "eller" or (word.startswith("til") and re.search(r"\b(?:fra|frå)(?: kr)? $", lead)):
        return None
    if word in ("-", "–", "—") and number.kind == "words" and found[0] != word:
        return None
    top = read_number(text, low, found.end())
    if top is None or top.kind not in ("digits", "words") or (word in ("-", "–", "—") and top.kind != number.kind):
        return None
    top_unit = read_unit(text, low, top.end, words=top.kind != "digits")
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
        quantity = _make(
            text, low, number.start, top_unit.end, None, _refine(low, top_unit, number.start, top_unit.end),
            low=tidy(bottom * scale), high=tidy(top.value * scale), per=_per(low, top_unit.end),
        )  # fmt: skip
        return Hit(quantity)
    if before:
        return None
    as_number = Number(number.start, top.end, top.value, number.kind, top.magnitude)
    kind, end = _count_unit(text, low, as_number)
    return Hit(_make(text, low, number.start, end, None, kind, low=tidy(bottom), high=tidy(top.value)))


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
    if unit.unit in ("GB", "MB") and re.search(r"bredbånd|breiband|fiber|internett|nedlast|hastighet", low[max(0, start - 80) : end + 60]):
        return "Gbit/s" if unit.unit == "GB" else "Mbit/s"
    if unit.unit == "degree" and "gradersmål" in low[start : end + 4]:
        return "°C"
    return unit.unit


_SLASH_UNIT = re.compile(r"/[a-zæøåA-ZÆØÅ]+")


def _with_unit(text: str, low: str, number: Number, unit: Unit, begin: int, sign: int) -> Hit:
    value, end = number.value * unit.factor, unit.end
    if unit.kind == "money" and unit.unit in ("NOK", "SEK", "DKK", "ISK"):
        minor = re.compile(rf"{_S}(?:og{_S})?(\d{{1,2}}){_S}(?:øre|öre)(?!\w)").match(low, end)
        if minor is not None:
            value, end = value + int(minor[1]) / 100, minor.end()
    per = _per(low, end)
    slash = _SLASH_UNIT.match(text, end)
    if slash is not None and per is not None:
        end = slash.end()
    code = _refine(low, unit, begin, end)
    quantity = _make(text, low, begin, end, sign * value, code, per=per)
    return Hit(quantity, scale=unit.factor * number.magnitude, scaled=number.magnitude > 1)


def _after_unit(text: str, low: str, number: Number, before: tuple[Unit, int]) -> Hit:
    unit, begin = before
    end = number.end
    dash = re.match(r",[-–—](?!\d)", low[end : end + 3])
    end += 2 if dash else 0
    return Hit(_make(text, low, begin, end, number.value * unit.factor, unit.unit, per=_per(low, end)))


def _counted(text: str, low: str, number: Number, begin: int, sign: int) -> Hit:
    unit, end = _count_unit(text, low, number)
    price_year = re.compile(rf"{_S}(?:19|20)\d\d-kroner(?!\w)").match(low, number.end)
    if price_year is not None:
        unit, end = "NOK", price_year.end()
    quantity = _make(text, low, begin, end, sign * number.value, unit)
    return Hit(quantity, bare=end == number.end and unit == "count", scale=number.magnitude)


def _count_unit(text: str, low: str, number: Number) -> tuple[str, int]:
    end = noun_end(text, low, number.end)
    if number.value == 0 and low[number.end : end].endswith(("utslipp", "utslepp")):
        return "tonne", end
    if end == number.end:
        if reads_as_age(low, number.start, number.end, number.value):
            return "year", end
        if reads_as_money(low, number.start, number.end, number.magnitude, number.value):
            return "NOK", end
    return "count", end


_JOINT = re.compile(rf"{_S}(?:til|og|eller|mot|og{_S}(?:minst|inntil|over)){_S}|,{_S}|{_S}?[–-]{_S}?|{_S}til{_S}(?:minst|inntil|maks|rundt){_S}")


def _share(text: str, low: str, hits: list[Hit]) -> list[Hit]:
    """Give a bare number the unit of the one after it: «fra 6 til 8 år», «10, 15 og 20 prosent»."""
    for index in range(len(hits) - 2, -1, -1):
        here, after = hits[index], hits[index + 1]
        unit = after.quantity.unit
        if not here.bare or unit in ("date", "ratio", "count") or here.quantity.value is None:
            continue
        between = low[here.quantity.end : after.quantity.start]
        if not _JOINT.fullmatch(between):
            continue
        if between.strip() == "," and not (index + 2 < len(hits) or here.quantity.value < 1000):
            continue
        scale = after.scale if after.scaled and here.quantity.value < 1000 else (after.scale if not after.scaled else 1.0)
        value = tidy(here.quantity.value * scale)
        hits[index] = Hit(_replace(here.quantity, value, unit), scale=after.scale, scaled=after.scaled, bare=False)
    return hits


def _replace(quantity: Quantity, value: float, unit: str) -> Quantity:
    from dataclasses import replace

    return replace(quantity, value=value, unit=unit)


__all__ = ["find", "is_function_word"]
