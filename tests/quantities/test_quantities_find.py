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
    ("date-hyphens", "Fristen er 3-3-2026.", [(2026, "date")]),
    ("date-numeric", "Fristen er 30.10.2026.", [(2026, "date")]),
    ("decade", "Siden 1990-tallet har det vært slik.", [(1990, "date")]),
    ("bare-age", "Gratis buss for alle over 67.", [(67, "year")]),
    ("nynorsk", "Byggje sju nye omsorgsbustader og eit halvt tusen hybler.", [(7, "count"), (500, "count")]),
    ("years-between", "Mellom 2005 og 2013 ble mye bygd.", [((2005, 2013), "date")]),
    ("age-between", "Gratis buss for alle mellom 18 og 67.", [((18, 67), "year")]),
    ("age-from-to", "Gratis bad for barn fra 6 til 12 år.", [((6, 12), "year")]),
    ("from-to-money", "Øke støtten fra dagens 2000 til 3000 kroner.", [(2000, "NOK"), (3000, "NOK")]),
    ("land", "Bygge ned høyst 300 mål i året.", [(300, "dekar")]),
    ("goals-are-counted", "Følge opp de 17 mål som verden er enig om.", [(17, "count")]),
    ("income", "Skatt på inntekter over 900 000 skal opp.", [(900_000, "NOK")]),
    ("half-of", "Staten eier halve selskapet.", [(0.5, "ratio")]),
    ("base-amount-times", "Et tak på seks ganger grunnbeløpet.", [(6, "ratio")]),
    ("compound-amount", "Vi vil gi en bygdemilliard til veiene.", [(10**9, "NOK")]),
    ("price-year", "Et tak på 1500 2026-kroner.", [(1500, "NOK")]),
    ("hanging-hyphen", "Plass til to- og treåringer.", [(2, "year"), (3, "year")]),
    ("broadband", "Gi alle fiber på 1 GB.", [(1, "Gbit/s")]),
    ("warming", "Holde fast ved 1,5-gradersmålet.", [(1.5, "°C")]),
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
    ("score", "Laget vant 3-0."),
    ("address", "Send det til Postboks 7, 6801 Heimdal."),
    ("model-name", "Vi går for 2+2+2-modellen."),
    ("standard", "Norge har ratifisert ILO 169."),
    ("article-of", "Havet er ett av landets fortrinn."),
    ("idiom", "Oppgave nummer én er helse."),
    ("half-past", "Bussen går halv sju."),
    ("section-heading", "2.3.1 Folkehelse for alle"),
    ("english", "De sier «a way to win»."),
    ("verb", "Loven skal tre i kraft straks."),
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
