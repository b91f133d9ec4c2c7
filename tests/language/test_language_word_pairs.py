from __future__ import annotations

import csv
from pathlib import Path

import pytest

from policytext.language import shared_key, split_compound

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("kind", "least"), [("noun", 0.95), ("verb", 0.88), ("adjective", 0.95), ("compound", 0.80), ("different", 0.93)]
)
def test_share_of_word_pairs_that_are_right(kind: str, least: float) -> None:
    pairs = [row for row in rows("word_pairs.csv") if row["kind"] == kind]
    right = sum((shared_key(row["bokmaal"]) == shared_key(row["nynorsk"])) == (row["same"] == "1") for row in pairs)
    assert right / len(pairs) >= least


def test_share_of_pairs_coded_after_the_rules_that_are_right() -> None:
    pairs = rows("word_pairs_later.csv")
    assert len(pairs) >= 100
    assert sum(shared_key(row["bokmaal"]) == shared_key(row["nynorsk"]) for row in pairs) / len(pairs) >= 0.87


def test_there_are_enough_pairs() -> None:
    assert len(rows("word_pairs.csv")) >= 400
    assert len(rows("compounds.csv")) >= 150


def test_share_of_compounds_that_are_split_right() -> None:
    compounds = rows("compounds.csv")
    right = sum("+".join(split_compound(row["word"])) in row["parts"].split("/") for row in compounds if row["parts"])
    assert right / sum(bool(row["parts"]) for row in compounds) >= 0.93


def test_words_that_are_no_compounds_stay_whole() -> None:
    whole = [row["word"] for row in rows("compounds.csv") if not row["parts"]]
    assert sum(len(split_compound(word)) == 1 for word in whole) / len(whole) >= 0.93
