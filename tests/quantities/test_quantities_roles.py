import re

import pytest

from policytext.quantities import find, resolve
from policytext.quantities.roles import _rules as rules_for
from policytext.records import Measure
from policytext.rules import load_rules, lower_case

CASES = [
    ("Øke bemanningen med 15 prosent.", ["change"]),
    ("Øke bemanningen til 15 prosent.", ["target"]),
    ("Halvere utslippene innen 2030.", ["change", "deadline"]),
    ("Heve satsen fra 1,5 G til 2 G.", ["baseline", "target"]),
    ("Gratis ferge for alle under 20 år.", ["limit"]),
    ("Innføre 67 år som grense og gi fri til alle over 70.", ["target", "limit"]),
    ("Kutte utslippene med 60 prosent sammenlignet med 1990.", ["change", "baseline"]),
    ("Gi dagpenger i inntil 18 måneder.", ["duration"]),
    ("Gi minst 30 prosent vern av havet innen 2030.", ["target", "deadline"]),
    ("Forlenge avtalen til 2035.", ["duration"]),
    ("Innføre et tak på 50 øre.", ["limit"]),
    ("Videreføre avtalen som ble inngått i 2014.", ["context"]),
    ("Styrkje avtalen vi la fram i 2019.", ["context"]),
    ("Auke støtta frå 2000 til 3000 kroner.", ["baseline", "target"]),
    ("Svar etter én uke i stedet for dagens regel om fire uker.", ["limit", "baseline"]),
    ("Gi 16-åringer stemmerett.", ["limit"]),
    ("Byggje ut 4 TWh solkraft innan 2032.", ["change", "deadline"]),
    ("Bygge videre på de tre pilarene i avtalen.", ["context"]),
    ("Skal staten dekke 40 prosent av regningen?", ["context"]),
    ("Fylket har elleve skoler, og alle skal bestå.", ["context"]),
    ("De venter i snitt elleve uker på svar, og det må bli bedre.", ["context"]),
    ("Ha elleve lærere på hver skole.", ["target"]),
    ("Bruke 90 millioner kroner over tre år.", ["target", "duration"]),
    ("Gi støtte til kommuner med under 4000 innbyggere.", ["limit"]),
]


def whole(text: str) -> Measure:
    return Measure(text, 0, len(text), None, "firm", True, "increase")


@pytest.mark.parametrize(("text", "roles"), CASES, ids=[t for t, _ in CASES])
def test_the_role_follows_from_the_neighbours(text, roles):
    resolved = resolve(text, find(text), [whole(text)])
    assert [q.role for q in resolved] == roles
    assert [q.committed for q in resolved] == [role != "context" for role in roles]


@pytest.mark.parametrize("text", [t for t, _ in CASES])
def test_without_a_measure_everything_is_context(text):
    resolved = resolve(text, find(text), ())
    assert {(q.role, q.committed, q.measure, q.direction) for q in resolved} == {("context", False, None, None)}


def test_deadline_and_baseline_qualify_the_number():
    text = "Kutte utslippene med 60 prosent innen 2035 sammenlignet med 1990."
    first = resolve(text, find(text), [whole(text)])[0]
    assert (first.deadline, first.baseline, first.direction) == ("2035", "1990", "decrease")


@pytest.mark.parametrize(
    ("text", "deadline", "baseline"),
    [
        ("Øke støtten med 20 prosent fra dagens nivå.", None, "dagens nivå"),
        ("Kutte med 20 prosent i løpet av perioden.", "perioden", None),
        ("Kutte med 20 prosent innen 2031 og 40 prosent innen 2040.", "2031", None),
        ("Innen 2031 skal vi kutte med 20 prosent fra 2015-nivå.", "2031", "2015"),
        ("Kutte med 20 prosent.", None, None),
    ],
    ids=["from-today", "in-the-term", "its-own-year", "year-in-front", "neither"],
)
def test_deadline_and_baseline_are_dates_or_words(text, deadline, baseline):
    resolved = resolve(text, find(text), [whole(text)])
    number = next(q for q in resolved if q.unit == "percent")
    assert (number.deadline, number.baseline) == (deadline, baseline)


def test_each_number_belongs_to_its_own_measure():
    text = "Bygge 500 boliger og kutte avgiften med 10 prosent."
    cut = text.index(" og ")
    measures = [
        Measure(text[:cut], 0, cut, "bygge", "firm", True, "increase"),
        Measure(text[cut + 4 :], cut + 4, len(text), "kutte", "firm", True, "decrease"),
    ]
    resolved = resolve(text, find(text), measures)
    assert [q.measure for q in resolved] == [0, 1]
    assert resolved[1].direction == "decrease"


def test_a_bare_year_is_a_fact_or_a_deadline_by_the_year_of_the_text():
    text = "Skolene skal rustes opp som planlagt 2027."
    assert resolve(text, find(text), [whole(text)], year=2025)[0].role == "deadline"
    assert resolve(text, find(text), [whole(text)], year=2031)[0].role == "context"


def test_resolving_twice_is_resolving_once():
    text = "Øke støtten med 15 prosent innen 2030."
    once = resolve(text, find(text), [whole(text)])
    assert resolve(text, once, [whole(text)]) == once


def test_the_component_marks_spans():
    spacy = pytest.importorskip("spacy")
    import policytext.quantities.component  # noqa: F401 - registers the factory

    nlp = spacy.blank("nn")
    nlp.add_pipe("policytext_quantities", config={"key": "tal"})
    doc = nlp("Vi vil byggje 20–30 hytter og gi 16-åringar røysterett.")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["tal"]] == [
        ("20–30 hytter", "count", "20..30"),
        ("16-åringar", "year", "16"),
    ]
    assert not doc.has_extension("quantities")


@pytest.mark.parametrize("rule", load_rules("quantity_roles"), ids=lambda rule: rule.id)
def test_a_rule_is_asked_of_the_kinds_that_it_can_match(rule):
    kinds = ("amount", "count", "date", "length", "ratio", "share")
    assert any(rule.id in asked(kind) for kind in kinds)
    assert all(rule.id in asked(kind) for kind in re.findall(r"#([a-z]+):", rule.hit))


def asked(kind):
    patterns = {pattern for _, pattern in rules_for(kind)}
    return {rule.id for rule in load_rules("quantity_roles") if (lower_case(rule) or rule.pattern) in patterns}
