"""The phrases that ``benchmarks/measures_trials.py`` tries: enough of each sort, none of them learned from."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from policytext.measures.codings import read_written

ROOT = Path(__file__).resolve().parents[2]
with (ROOT / "benchmarks" / "measures_phrases.csv").open(encoding="utf-8", newline="") as handle:
    PHRASES = list(csv.DictReader(handle))


@pytest.mark.parametrize("measure", ["true", "false"])
def test_both_forms_have_phrases_that_promise_and_others(measure):
    forms = Counter(row["form"] for row in PHRASES if not row["intro"] and row["measure"] == measure)
    assert set(forms) == {"nb", "nn"}
    assert min(forms.values()) >= 15


def test_no_phrase_stands_twice_or_in_the_training():
    texts = [row["text"].strip(" .").lower() for row in PHRASES]
    trained = {one.segment.text.strip(" .").lower() for one in read_written(ROOT / "models/measures/written_codes.csv")}
    assert len(texts) == len(set(texts))
    assert trained.isdisjoint(texts)
