"""The written segments: codes of the codebook, no party that exists, nothing said twice."""

import re
from collections import Counter
from pathlib import Path

import pytest

from policytext.errors import GoldError
from policytext.measures.codings import read_written
from policytext.records import AREAS, DIRECTIONS
from policytext.rules import load_lexicon

MODEL = Path(__file__).resolve().parents[2] / "models" / "measures"
WRITTEN = read_written(MODEL / "written_codes.csv")


def test_every_code_is_one_of_the_codebook():
    assert len(WRITTEN) > 5000
    for one in WRITTEN:
        if one.measure:
            assert one.n_measures >= 1
            assert one.strength in ("firm", "soft")
            assert one.specific is not None
            assert one.direction in DIRECTIONS
            assert one.areas[:2] == one.areas
            assert set(one.areas) < set(AREAS)
        else:
            assert (one.n_measures, one.strength, one.specific, one.direction, one.areas) == (0, None, None, None, ())


def test_nothing_is_said_twice():
    seen = Counter((one.segment.intro, one.segment.text.lower()) for one in WRITTEN)
    assert [text for text, count in seen.items() if count > 1] == []


def test_no_real_party_speaks():
    columns = ("party", "name_nb", "name_nn", "aliases", "ordinary", "colour")
    names = {
        name
        for row in load_lexicon("parties", columns)
        if row["ordinary"] != "yes"
        for name in (row["name_nb"], row["name_nn"])
        if name.endswith("partiet") and len(name) > 8
    }
    assert len(names) > 3
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")
    assert [one.segment.text for one in WRITTEN if found.search(f"{one.segment.intro} {one.segment.text}")] == []


def test_a_broken_row_is_named(tmp_path):
    path = tmp_path / "written.csv"
    path.write_text("kind,heading,intro,text,measure,n_measures\nitem,,,Bygge vei,true,to\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"written\.csv, row 2"):
        read_written(path)
