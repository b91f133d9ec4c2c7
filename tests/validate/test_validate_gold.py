import json
import re

import pytest

from policytext.errors import GoldError
from policytext.resources import corpus_path
from policytext.validate import read_gold

LINE = {
    "id": "a-1", "doc": "a", "stratum": "random", "kind": "item", "heading": "Vei", "intro": "Vi vil:",
    "text": "Bygge tre bruer innen 2030.", "bad": False, "measure": True, "n_measures": 1, "strength": "firm",
    "specific": True, "direction": "introduce", "areas": ["infrastruktur"],
    "quantities": [{"text": "2030", "value": 2030, "unit": "date", "role": "deadline"}],
}  # fmt: skip
NUMBER = {"text": "10–20", "value": [10, 20], "unit": "count", "role": "target", "comparator": "ge"}


def write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_line_becomes_a_segment(tmp_path):
    (segment,) = read_gold(write(tmp_path, LINE))
    assert segment.areas == ("infrastruktur",)
    assert segment.quantities[0].comparator == "eq"
    assert segment.numeric


def test_a_segment_that_is_no_measure_needs_no_codes(tmp_path):
    none = dict.fromkeys(("strength", "specific", "direction"))
    row = {**LINE, **none, "measure": False, "n_measures": 0, "areas": []}
    (segment,) = read_gold(write(tmp_path, row))
    assert not segment.measure
    assert not segment.numeric


def test_a_bad_line_needs_no_codes(tmp_path):
    bad = {"id": "a-2", "doc": "a", "text": "brutt av", "bad": True}
    assert [segment.bad for segment in read_gold(write(tmp_path, LINE, bad))] == [False, True]


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        pytest.param([10, 20], (None, 10.0, 20.0), id="range"),
        pytest.param([None, 20], (None, None, 20.0), id="open-below"),
        pytest.param([10, None], (None, 10.0, None), id="open-above"),
        pytest.param(0.5, (0.5, None, None), id="number"),
    ],
)
def test_values(tmp_path, value, ends):
    (segment,) = read_gold(write(tmp_path, {**LINE, "quantities": [{**NUMBER, "value": value}]}))
    number = segment.quantities[0]
    assert (number.value, number.low, number.high) == ends


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"id": ""}, "line 1: id is ''; it must be a text", id="no-id"),
        pytest.param({"text": None}, "line 1: text is None", id="no-text"),
        pytest.param({"bad": "no"}, "bad is 'no'; allowed: true, false", id="bad"),
        pytest.param({"measure": 1}, "measure is 1; allowed: true, false", id="measure"),
        pytest.param({"n_measures": 0}, "n_measures is 0; it must be a whole number from 1", id="none-of-some"),
        pytest.param({"measure": False}, "n_measures is 1; it must be 0 where measure is false", id="some-of-none"),
        pytest.param({"n_measures": True}, "n_measures is True", id="true-is-no-number"),
        pytest.param({"measure": False, "n_measures": 0}, "only true measures have areas", id="areas-of-none"),
        pytest.param({"strength": "hard"}, "strength is 'hard'; allowed: firm, soft", id="strength"),
        pytest.param({"specific": None}, "specific is None; allowed: true, false", id="specific"),
        pytest.param({"direction": "up"}, "direction is 'up'; allowed: increase, decrease", id="direction"),
        pytest.param({"areas": []}, "areas is []; it must be a list of one or two of verdiskaping", id="no-area"),
        pytest.param({"areas": ["vei"]}, "areas is ['vei']", id="area"),
        pytest.param({"areas": ["annet"] * 2}, "areas is ['annet', 'annet']", id="same-area-twice"),
        pytest.param({"areas": ["annet", "velferd", "kompetanse"]}, "one or two of", id="three-areas"),
        pytest.param({"quantities": None}, "quantities is None; it must be a list", id="no-list"),
        pytest.param({"quantities": [3]}, "quantity 1: 3 must be an object", id="no-object"),
        pytest.param({"quantities": [{**NUMBER, "value": "10"}]}, "value is '10'", id="value"),
        pytest.param({"quantities": [{**NUMBER, "value": [1]}]}, "a range is [low, high]", id="half-a-range"),
        pytest.param({"quantities": [{**NUMBER, "value": [None, None]}]}, "an open end null", id="no-ends"),
        pytest.param({"quantities": [NUMBER, {**NUMBER, "role": "aim"}]}, "quantity 2: role is 'aim'", id="role"),
        pytest.param({"quantities": [{**NUMBER, "comparator": "<"}]}, "allowed: eq, ge, gt, le, lt", id="comparator"),
        pytest.param({"quantities": [{**NUMBER, "unit": ""}]}, "unit is ''", id="unit"),
    ],
)
def test_a_line_that_breaks_the_format_is_refused(tmp_path, change, message):
    with pytest.raises(GoldError, match=re.escape(message)):
        read_gold(write(tmp_path, {**LINE, **change}))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "holds no segment", id="empty"),
        pytest.param(b"{\n", "line 1: no JSON", id="no-json"),
        pytest.param(b"[1]\n", "line 1: the line holds list", id="no-object"),
        pytest.param('{"id": "æ"}'.encode("latin-1"), "cannot be read", id="no-utf-8"),
    ],
)
def test_a_file_that_breaks_the_format_is_refused(tmp_path, content, message):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(GoldError, match=message):
        read_gold(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(GoldError, match=r"none\.jsonl cannot be read"):
        read_gold(tmp_path / "none.jsonl")


def test_the_second_of_two_lines_is_named(tmp_path):
    with pytest.raises(GoldError, match=r"gold\.jsonl, line 2: strength"):
        read_gold(write(tmp_path, LINE, {**LINE, "id": "a-2", "strength": None}))


def test_an_id_may_not_repeat(tmp_path):
    with pytest.raises(GoldError, match="the id 'a-1' occurs twice"):
        read_gold(write(tmp_path, LINE, LINE))


def test_the_bundled_codes_keep_the_format():
    assert len(read_gold(corpus_path() / "codes.jsonl")) > 500


@pytest.mark.shared
@pytest.mark.parametrize("name", ["train", "dev", "dev-numbers"])
def test_the_shared_codes_keep_the_format(shared, name):
    assert read_gold(shared / "gold" / f"{name}.jsonl")
