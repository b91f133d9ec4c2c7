import pytest

from policytext.quantities import find

CASES = [
    ("thousands-space", "Bygge 12 500 boliger.", [(12500, "count")]),
    ("thousands-nbsp", "Bygge 12\u00a0500 boliger.", [(12500, "count")]),
    ("thousands-thin", "Bygge 12\u202f500 boliger.", [(12500, "count")]),
    ("thousands-dot", "Et tak på 350.000 kr i året.", [(350000, "NOK")]),
    ("decimals", "Sette av 2,5 mrd. kroner.", [(2.5e9, "NOK")]),
    ("words", "Opprette tjueto nye stillinger.", [(22, "count")]),
    ("mixed-words", "Sette av to og en halv milliard kroner.", [(2.5e9, "NOK")]),
    ("half-year", "Forlenge ordningen med et halvt år.", [(0.5, "year")]),
    ("factor", "Halvere ventetida innen 2029.", [(0.5, "ratio"), (2029, "date")]),
    ("share-words", "Åtte av ti kommuner skal være med.", [(0.8, "ratio")]),
    ("third", "Minst en tredjedel av midlene.", [(0.3333, "ratio")]),
    ("every-fourth", "Hver fjerde ungdom er berørt.", [(0.25, "ratio")]),
    ("every-fourth-year", "Rullere planen hvert fjerde år.", [(4, "year")]),
    ("range", "Øke støtten med 20–30 prosent.", [((20, 30), "percent")]),
    ("range-between", "For barn mellom 5 og 7 år.", [((5, 7), "year")]),
    ("range-shortened", "Bygge 5-600 boliger.", [((500, 600), "count")]),
    ("shared-unit", "Heve grensen fra 6 til 8 år.", [(6, "year"), (8, "year")]),
    ("age-compound", "Gi 16-åringer stemmerett.", [(16, "year")]),
    ("joined-word", "Innføre femårige avtaler.", [(5, "year")]),
    ("hours-day", "Prøve ut 6-timersdag.", [(6, "hour")]),
    ("base-amount", "Auke stønaden til 2,5 G.", [(2.5, "G")]),
    ("rate", "Makspris på 40 øre/kWh.", [(0.4, "NOK")]),
    ("money-dash", "Billetten skal koste 499,-.", [(499, "NOK")]),
    ("money-before", "Gebyret settes til kr 1 200.", [(1200, "NOK")]),
    ("power", "Bygge ut 3 TWh ny kraft.", [(3, "TWh")]),
    ("date-full", "Loven gjelder fra 1. januar 2027.", [(2027, "date")]),
    ("date-numeric", "Fristen er 30.10.2026.", [(2026, "date")]),
    ("decade", "Siden 1990-tallet har det vært slik.", [(1990, "date")]),
    ("bare-age", "Gratis buss for alle over 67.", [(67, "year")]),
    ("nynorsk", "Byggje sju nye omsorgsbustader og eit halvt tusen hybler.", [(7, "count"), (500, "count")]),
    ("year-as-count", "Det trengs 2000 nye plasser.", [(2000, "count")]),
]
NEGATIVES = [
    ("section", "Endre § 12-4 i skatteloven."),
    ("report", "Følge opp Meld. St. 13 (2021–2022)."),
    ("law-of-year", "Endre lov av 1967."),
    ("road", "Ny bro på E18 og fv. 17."),
    ("agenda", "Vi følger Agenda 2030."),
    ("group", "Ta saken opp i G20."),
    ("virus", "Lære av covid-19."),
    ("article", "Bygge en skole og et sykehus."),
    ("article-nn", "Byggje ein skule og eit sjukehus."),
    ("ordinal", "Norge er på 3. plass i Europa."),
    ("school-level", "Leksefri skole til og med 4. trinn."),
    ("day-without-year", "Vi feirer 17. mai."),
    ("clock", "Åpent til kl. 15.30."),
    ("phone", "Ring oss på 22 41 56 78."),
    ("list-number", "3. Vi bygger flere boliger."),
    ("wood", "Flere bygg skal reises i tre."),
    ("vague", "Det mangler flere tusen boliger."),
    ("carbon", "Avgiften på CO2 skal opp."),
    ("mobile", "Hele bygda skal få 5G-dekning."),
    ("words-like-numbers", "Toget går tirsdag, og tidlig trening er fint."),
    ("empty", ""),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=i) for i, t, e in CASES])
def test_a_quantity_is_found_with_value_and_unit(text, expected):
    found = [((q.low, q.high) if q.value is None else q.value, q.unit) for q in find(text)]
    assert found == expected


@pytest.mark.parametrize("text", [pytest.param(t, id=i) for i, t in NEGATIVES])
def test_what_is_no_quantity_is_not_found(text):
    assert find(text) == ()


@pytest.mark.parametrize("text", [pytest.param(t, id=i) for i, t, _ in CASES])
def test_offsets_slice_back_and_do_not_overlap(text):
    last = 0
    for q in find(text):
        assert text[q.start : q.end] == q.text
        assert q.start >= last
        last = q.end
