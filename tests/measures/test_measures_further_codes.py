"""The further codes teach; what is used to choose and report must not be among them."""

import csv
import json
import re
from pathlib import Path

import pytest

from policytext.measures.codings import read_further

MODEL = Path(__file__).resolve().parents[2] / "models" / "measures"
CODES = MODEL / "further_codes.csv"
LONG = 9
"""Words in a row that two segments share only where one is part of the other."""


def runs(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + LONG]) for i in range(len(words) - LONG + 1)}


def test_each_segment_is_coded_once():
    with CODES.open(encoding="utf-8", newline="") as handle:
        keys = [(row["document"], row["hash"]) for row in csv.DictReader(handle)]
    assert keys
    assert len(keys) == len(set(keys))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["dev", "dev-numbers"])
def test_no_further_code_is_of_a_segment_kept_for_choosing(shared, name):
    lines = (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    kept = set().union(*(runs(json.loads(line)["text"]) for line in lines))
    further = read_further(CODES, shared / "programmes-2025")
    assert len(further) > 1000
    assert [one.segment.segment_id for one in further if runs(one.segment.text) & kept] == []
