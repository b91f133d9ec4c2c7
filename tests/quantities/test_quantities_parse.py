import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.errors import PolicyTextError
from policytext.quantities import QuantityError, UnitError, convert, find, parse
from policytext.quantities.numerals import tidy
from policytext.quantities.physical import known_symbol
from policytext.quantities.units import currency_codes, unit_table
from policytext.rules import load_lexicon

DAY = dt.date(2026, 3, 4)  # a Wednesday
CASES = [
    ("null", 0, "count"),
    ("en", 1, "count"),
    ("et par", 2, "count"),
    (",25", 0.25, "count"),
    ("08,50", 8.5, "count"),
    ("250K", 250_000, "count"),
    ("4,5M", 4_500_000, "count"),
    (",002G", 2_000_000, "count"),
    ("- 2.500.000", -2_500_000, "count"),
    ("negativ 40", -40, "count"),
    ("en trilliard", 10**21, "count"),
    ("1 ½", 1.5, "count"),
    ("2/5", 0.4, "ratio"),
    ("to tredeler", 0.6667, "ratio"),
    ("sju av ti", 0.7, "ratio"),
    ("annenhver", 0.5, "ratio"),
    ("firedobling", 4, "ratio"),
    ("$25", 25, "USD"),
    ("15€", 15, "EUR"),
    ("£8", 8, "GBP"),
    ("SEK 40,50", 40.5, "SEK"),
    ("USD7,25", 7.25, "USD"),
    ("12kr", 12, "NOK"),
    ("tolv norske kroner", 12, "NOK"),
    ("tolv svenske kroner og 40 øre", 12.4, "SEK"),
    ("fire kr 75", 4.75, "NOK"),
    ("4 euro og 20 cent", 4.2, "EUR"),
    ("30 øre", 0.3, "NOK"),
    ("9 rupier", 9, "INR"),
    ("kr 1 250,-", 1250, "NOK"),
    ("45 sek", 45, "second"),
    ("3/4 time", 0.75, "hour"),
    ("en og en halv time", 1.5, "hour"),
    ("2 og en halv time", 2.5, "hour"),
    ("tre kvart time", 0.75, "hour"),
    ("6t", 6, "hour"),
    ("de første 100 dagene", 100, "day"),
    ("halvannet døgn", 1.5, "day"),
    ("tre tiår", 30, "year"),
    ("2,5 G", 2.5, "G"),
    ("60 km/t", 60, "km/t"),
    ("7 kPa", 7, "kPa"),
    ("12 MWh", 12, "MWh"),
    ("3,5 ‰", 3.5, "per_mille"),
    ("to prosentpoeng", 2, "percentage_point"),
    ("5. juni 2027", 2027, "date"),
    ("2027-06-05", 2027, "date"),
    ("5/6/27", 2027, "date"),
    ("høsten 2028", 2028, "date"),
]
DATES = [
    ("i dag", "2026-03-04"),
    ("i overmorgen", "2026-03-06"),
    ("fredag", "2026-03-06"),
    ("neste onsdag", "2026-03-11"),
    ("onsdag neste uke", "2026-03-11"),
    ("forrige søndag", "2026-03-01"),
    ("17. mai", "2026-05-17"),
    ("den tredje januar", "2027-01-03"),
    ("24/12", "2026-12-24"),
    ("den 20.", "2026-03-20"),
    ("siste fredag i april", "2026-04-24"),
    ("nyttårsaften", "2026-12-31"),
    ("om to uker", "2026-03-18"),
    ("5 dager siden", "2026-02-27"),
    ("om tre år", "2029-03-04"),
    ("en måned før julaften", "2026-11-24"),
    ("neste måned", "2026-04"),
    ("tredje kvartal", "2026-07"),
    ("mai 2028", "2028-05"),
    ("kl. 14:30 i morgen", "2026-03-05"),
]


@pytest.mark.parametrize(("text", "value", "unit"), CASES, ids=[t for t, _, _ in CASES])
def test_one_quantity_is_parsed(text, value, unit):
    quantity = parse(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(("text", "iso"), DATES, ids=[t for t, _ in DATES])
def test_a_date_is_counted_from_the_reference_day(text, iso):
    quantity = parse(text, reference_date=DAY)
    assert (quantity.date, quantity.unit, quantity.value) == (iso, "date", int(iso[:4]))


@pytest.mark.parametrize(
    ("day", "span"),
    [("2026-03-04", (2029, 2033)), ("2025-09-01", (2025, 2029)), ("2025-10-09", (2029, 2033))],
    ids=["in-the-term", "before-the-election", "after-the-election"],
)
def test_the_next_term_of_the_storting_is_a_span_of_years(day, span):
    quantity = parse("neste stortingsperiode", reference_date=day)
    assert (quantity.low, quantity.high, quantity.value) == (*span, None)


@pytest.mark.parametrize("text", ["", "   ", "hei", "§ 5", "G20", "i fjor", "torsdag"])
def test_a_text_without_a_quantity_is_refused(text):
    with pytest.raises(QuantityError, match="no quantity in"):
        parse(text)


@pytest.mark.parametrize("text", ["fem epler og seks pærer", "10 kroner i 2027"])
def test_a_text_with_two_quantities_is_refused(text):
    with pytest.raises(QuantityError, match="2 quantities in"):
        parse(text)


def test_a_reference_that_is_no_date_is_refused():
    with pytest.raises(PolicyTextError, match="reference_date 'snart' is no date"):
        parse("i fjor", reference_date="snart")


def test_comparators_and_rates_are_kept():
    assert parse("under 15 kr").comparator == "lt"
    assert parse("ca. 40 prosent").approximate
    assert parse("300 kroner måneden").per == "month"
    assert parse("mellom 10 og 20 dollar").high == 20


def test_physical_quantities_are_converted():
    assert convert(parse("2,5 TWh"), "GWh").value == 2500
    assert convert(parse("20–30 km"), "m").high == 30_000
    assert convert(parse("4 dekar"), "km2").value == 0.004
    with pytest.raises(UnitError, match="is in hour, which is no km"):
        convert(parse("2 timer"), "km")
    with pytest.raises(UnitError, match="unit 'blæ' is unknown"):
        convert(parse("2 timer"), "blæ")


@pytest.mark.parametrize(
    "row", load_lexicon("units", ("forms", "unit", "factor", "kind", "pint")), ids=lambda r: r["unit"]
)
def test_every_unit_of_the_table_is_known_to_the_units_library(row):
    assert known_symbol(row["pint"])


@pytest.mark.parametrize("code", sorted(currency_codes()))
def test_every_currency_is_read_by_its_code(code):
    assert (parse(f"{code} 40").unit, parse(f"40 {code}").unit) == (code, code)


@pytest.mark.parametrize(
    "form", sorted(f for f, (_, _, kind) in unit_table().items() if kind == "length" and len(f) > 2)
)
def test_every_length_of_time_is_read(form):
    unit, factor, _ = unit_table()[form]
    quantity = parse(f"12 {form}")
    assert (quantity.unit, quantity.value) == (unit, tidy(12 * factor))


@given(st.text(alphabet="0123456789.,-–/ %§krtoenåhalv½Gmildp()", max_size=60))
def test_offsets_always_slice_back(text):
    last = 0
    for q in find(text):
        assert text[q.start : q.end] == q.text
        assert last <= q.start < q.end
        assert (q.value is None) != (q.low is None)
        last = q.end


@given(st.text(max_size=80))
def test_any_text_is_searched_without_error(text):
    assert all(text[q.start : q.end] == q.text for q in find(text))


@given(
    st.integers(min_value=0, max_value=10**12),
    st.sampled_from(["", " ", "\u00a0", "\u202f", "."]),
)
def test_thousands_are_read_with_any_separator(number, separator):
    text = f"{number:,}".replace(",", separator)
    quantity = find(f"Sette av {text} kroner.")[0]
    assert (quantity.value, quantity.unit) == (number, "NOK")


@pytest.mark.parametrize("unit", ["1 ", "to ", "hundre og ", "1.000 ", "§ 1 og 2, ", "fra 1 til ", "a-1 ", "1/2 "])
def test_time_is_linear_in_the_length_of_one_line(unit):
    import time

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        find(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(40_000) < 12 * seconds(10_000) + 0.5


def test_half_a_megabyte_on_one_line_is_searched():
    text = "Vi vil bygge landet videre og gi kommunene frihet. " * 10_000 + "Sette av 5 millioner kroner."
    assert [q.value for q in find(text)] == [5_000_000]
