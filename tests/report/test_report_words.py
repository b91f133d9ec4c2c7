"""The words and number formats of the report."""

import csv
import json
import re
import string
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.errors import AnalysisError
from policytext.records import AREAS, COMPARATORS, DIRECTIONS, ROLES, STRENGTHS
from policytext.report.amounts import format_quantity, kind_of_unit
from policytext.report.provenance import accuracies
from policytext.report.sentences import to_json
from policytext.report.texts import load_texts

NB, EN = load_texts("nb"), load_texts("en")
FOLDER = files("policytext.report")
with FOLDER.joinpath("texts.csv").open(encoding="utf-8") as lines:
    ROWS = list(csv.DictReader(lines))
FIELDS = string.Formatter()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_no_key_repeats():
    keys = [row["key"] for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_both_languages_have_the_text_with_the_same_places(row):
    places = [sorted(name for _, name, *_ in FIELDS.parse(row[language]) if name) for language in ("nb", "en")]
    assert row["nb"]
    assert row["en"]
    assert places[0] == places[1]
    assert None not in row


@pytest.mark.parametrize(
    ("group", "codes"),
    [("area", AREAS), ("strength", STRENGTHS), ("direction", DIRECTIONS), ("role", ROLES), ("cmp", COMPARATORS)],
    ids=["areas", "strengths", "directions", "roles", "comparators"],
)
def test_every_code_has_a_name(group, codes):
    assert all(words.has(f"{group}.{code}") for words in (NB, EN) for code in codes)


def test_every_text_that_templates_and_script_ask_for_exists():
    templates = [file.read_text(encoding="utf-8") for file in FOLDER.joinpath("templates").iterdir()]
    asked = {key for template in templates for key in re.findall(r'\bw\("([a-z._]+[a-z])"', template)}
    script = FOLDER.joinpath("assets", "report.js").read_text(encoding="utf-8")
    asked |= set(re.findall(r'(?:say\(|words\[)"([a-z._]+[a-z])"', script))
    assert len(asked) > 40
    assert sorted(key for key in asked if not NB.has(key)) == []


def test_an_unknown_language_is_refused():
    with pytest.raises(AnalysisError, match="no words in 'fr'; choose one of: nb, en"):
        load_texts("fr")


@pytest.mark.parametrize(
    ("value", "digits", "nb", "en"),
    [
        (0, None, "0", "0"),
        (12, None, "12", "12"),
        (1234.5, None, "1 234,5", "1,234.5"),
        (1234567, None, "1 234 567", "1,234,567"),
        (0.8, 2, "0,80", "0.80"),
        (-3.25, None, "−3,25", "−3.25"),
        (100.0, None, "100", "100"),
        (2.4999, 1, "2,5", "2.5"),
    ],
)
def test_numbers(value, digits, nb, en):
    assert plain(NB.number(value, digits=digits)) == nb
    assert EN.number(value, digits=digits) == en


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_keep_their_digits(n):
    assert int(NB.number(n).replace("\xa0", "").replace("−", "-")) == n


def test_shares():
    assert plain(NB.percent(0.1234)) == "12,3 %"
    assert plain(EN.percent(0.1234)) == "12.3%"
    assert plain(NB.interval(0.091, 0.158)) == "9,1–15,8 %"


@pytest.mark.parametrize(
    ("unit", "given", "nb", "en"),
    [
        ("NOK", {"value": 14e9}, "14 milliarder kroner", "NOK 14 billion"),
        ("NOK", {"value": 1e6}, "1 million kroner", "NOK 1 million"),
        ("NOK", {"value": 500.0}, "500 kroner", "NOK 500"),
        ("NOK", {"value": 120000.0}, "120 000 kroner", "NOK 120,000"),
        ("EUR", {"value": 2.5e6}, "2,5 millioner EUR", "2.5 million EUR"),
        ("NOK", {"low": 2e9, "high": 3e9}, "2–3 milliarder kroner", "NOK 2–3 billion"),
        ("percent", {"value": 50.0}, "50 %", "50%"),
        ("percent", {"low": 20.0, "high": 30.0}, "20–30 %", "20–30%"),
        ("percent", {"value": 2.0, "comparator": "ge"}, "minst 2 %", "at least 2%"),
        ("percent", {"low": 20.0}, "minst 20 %", "at least 20%"),
        ("percent", {"high": 20.0}, "inntil 20 %", "up to 20%"),
        ("ratio", {"value": 0.5}, "× 0,5", "× 0.5"),
        ("count", {"value": 1200.0}, "1 200", "1,200"),
        ("count", {"value": 3e6}, "3 millioner", "3 million"),
        ("date", {"value": 2030.0}, "2030", "2030"),
        ("date", {"low": 2026.0, "high": 2029.0}, "2026–2029", "2026–2029"),
        ("year", {"value": 67.0, "comparator": "gt"}, "over 67 år", "over 67 years"),
        ("month", {"value": 1.0}, "1 måned", "1 month"),
        ("TWh", {"value": 10.0}, "10 TWh", "10 TWh"),
        ("hour", {"value": 48.0}, "48 timer", "48 hours"),
        ("NOK", {"value": 20.0, "per": "hour"}, "20 kroner / time", "NOK 20 / hour"),
        ("kg", {"value": 3.0, "per": "døgn"}, "3 kg / døgn", "3 kg / døgn"),
        ("percent", {}, "", ""),
    ],
)
def test_quantities(unit, given, nb, en):
    assert plain(format_quantity(NB, unit, **given)) == nb
    assert plain(format_quantity(EN, unit, **given)) == en


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("NOK", "money"), ("USD", "money"), ("percent", "share"), ("ratio", "share"), ("count", "count"), ("date", "time"),
     ("year", "time"), ("GWh", "physical"), ("TWh", "physical"), ("km", "physical")],
)  # fmt: skip
def test_kinds(unit, kind):
    assert kind_of_unit(unit) == kind


@given(st.text())
def test_json_never_ends_its_element(text):
    written = to_json([text])
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == [text]


def test_the_stated_accuracies_have_names_and_lie_in_their_intervals():
    rows = accuracies()
    assert {"measure", "first_area", "quantities"} <= {row.task for row in rows}
    for row in rows:
        assert NB.has(f"accuracy.{row.task}")
        assert NB.has(f"accuracy.{row.score}")
        assert 0 <= row.low <= row.value <= row.high <= 1
        assert row.n > 0
