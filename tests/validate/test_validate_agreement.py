import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, precision_score, recall_score

import policytext as pt
from policytext.errors import AnalysisError
from policytext.records import AREAS
from policytext.validate import GoldQuantity, GoldSegment, validate
from policytext.validate.matching import FoundQuantity, match_quantities, match_texts, same_quantity
from policytext.validate.scores import Codes, Pairs, measure_agreement


def number(value, unit="count", role="target", low=None, high=None):
    return GoldQuantity(str(value), value, low, high, unit, role, "eq")


def found(value, unit="count", committed=True, low=None, high=None):
    return FoundQuantity(value, low, high, unit, "target", committed)


def coded(text, *, areas=("infrastruktur",), quantities=(), **rest):
    codes = {"measure": True, "n_measures": 1, "strength": "firm", "specific": False, "direction": "increase"}
    return GoldSegment(text, rest.pop("doc", "a"), text, areas=areas, quantities=quantities, **{**codes, **rest})


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param(number(0.3333, "ratio"), found(1 / 3, "ratio"), True, id="third"),
        pytest.param(number(10.0), found(10.04), True, id="within"),
        pytest.param(number(10.0), found(10.1), False, id="outside"),
        pytest.param(number(10.0), found(10.0, "percent"), False, id="unit"),
        pytest.param(number(2030.0, "date"), found(2031.0, "date"), False, id="years-are-exact"),
        pytest.param(number(None, low=1.0, high=2.0), found(None, low=1.0, high=2.0), True, id="range"),
        pytest.param(number(None, low=1.0, high=None), found(None, low=1.0, high=2.0), False, id="open-end"),
        pytest.param(number(1.0), found(None, low=1.0, high=1.0), False, id="number-and-range"),
        pytest.param(number(0.0), found(0.0), True, id="zero"),
    ],
)
def test_numbers_are_the_same(first, second, same):
    assert same_quantity(first, second) is same


def test_numbers_are_paired_one_to_one():
    pairs = match_quantities([number(5.0), number(5.0), number(7.0)], [found(5.0), found(7.0)])
    assert pairs == [(0, 0), (2, 1)]


def test_a_number_that_agrees_on_being_committed_goes_first():
    pairs = match_quantities([number(5.0, role="context")], [found(5.0), found(5.0, committed=False)])
    assert pairs == [(0, 1)]


def test_segments_are_found_by_their_letters():
    table = pd.DataFrame(
        {
            "text": ["Bygge vei!", "bygge  vei", "Bygge bane"],
            "doc_id": ["b", "a", "a"],
            "segment_id": ["1", "2", "3"],
            "party": [None, None, "Fjellfolket"],
        }
    )
    gold = [coded("– Bygge vei."), coded("Bygge vei", doc="x"), coded("Bygge bane", doc="Fjellfolket"), coded("Bru")]
    assert match_texts(gold, table) == [1, 0, 2, None]


CODE = st.sampled_from(["a", "b", "c"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CODE, CODE), min_size=2, max_size=40))
def test_scores_are_those_of_scikit_learn(pairs):
    gold, guess = [list(codes) for codes in zip(*pairs, strict=True)]
    labels = tuple(sorted(set(gold) | set(guess)))
    task = Codes(labels, gold, guess)
    row = measure_agreement(task, ["d"] * len(gold), n_resamples=5, seed=(0,))
    assert row["accuracy"] == pytest.approx(accuracy_score(gold, guess))
    assert row["macro_f1"] == pytest.approx(f1_score(gold, guess, average="macro", zero_division=0))
    if len(labels) > 1:
        assert row["kappa"] == pytest.approx(cohen_kappa_score(gold, guess), nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=40))
def test_yes_and_no_scores_are_those_of_scikit_learn(pairs):
    gold, guess = [[str(code).lower() for code in codes] for codes in zip(*pairs, strict=True)]
    row = measure_agreement(
        Codes(("true", "false"), gold, guess, positive="true", headline="f1"),
        ["d"] * len(gold),
        n_resamples=5,
        seed=(0,),
    )
    for name, function in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
        expected = function(gold, guess, pos_label="true", zero_division=np.nan)
        assert row[name] == pytest.approx(expected, nan_ok=True)


def test_pairs_are_counted():
    row = measure_agreement(Pairs([2, 1], [1, 0], [0, 1]), ["a", "b"], n_resamples=50, seed=(0,))
    assert (row["precision"], row["recall"], row["f1"]) == pytest.approx((3 / 4, 3 / 4, 3 / 4))
    assert row["low"] <= 3 / 4 <= row["high"]


def test_nothing_coded_and_nothing_found_has_no_score():
    row = measure_agreement(Pairs([0], [0], [0]), ["a"], n_resamples=5, seed=(0,))
    assert np.isnan(row["f1"])
    assert np.isnan(row["low"])


ROAD = coded("Vi vil bygge ut fiber i alle grender.", party="A", language="nb")
SCHOOL = coded("Partiet vil ansette 300 nye jordmødre.", areas=("velferd",), doc="b", party="B", language="nb",
               specific=True, quantities=(number(300.0, role="change"),))  # fmt: skip
FACT = GoldSegment("3", "b", "Kommunen ligger ved fjorden.", party="B", language="nb")
BROKEN = GoldSegment("4", "b", "halv", bad=True)
GOLD = [ROAD, SCHOOL, FACT, BROKEN]


@pytest.fixture(scope="module")
def annotated():
    return validate(None, GOLD, n_resamples=20)


def test_coded_texts_are_annotated_and_compared(annotated):
    table = annotated.table.set_index("task")
    assert (annotated.n_gold, annotated.n_bad, annotated.n_matched) == (4, 1, 3)
    assert table.loc["measure", ["n", "f1"]].tolist() == [3, 1.0]
    assert table.loc["first area", ["n", "accuracy"]].tolist() == [2, 1.0]
    assert table.loc["quantities", ["n", "f1"]].tolist() == [1, 1.0]
    assert np.isnan(table.loc["quantities", "kappa"])
    assert set(annotated.groups["group"]) == {"A", "B", "nb"}


def test_the_confusion_matrix_has_the_coder_in_rows(annotated):
    table = annotated.confusion["first area"]
    assert list(table.index) == [*AREAS, "missing"]
    assert table.index.name == "coded"
    assert table.to_numpy().sum() == 2


def test_it_turns_into_json(annotated):
    plain = json.loads(json.dumps(annotated.to_dict(), allow_nan=False))
    assert plain["n_matched"] == 3
    assert plain["table"][0]["task"] == "measure"
    assert plain["confusion"]["first area"]["velferd"]["velferd"] == 1


def test_running_again_gives_the_same(annotated):
    again = validate(None, GOLD, n_resamples=20)
    pd.testing.assert_frame_equal(annotated.table, again.table)
    pd.testing.assert_frame_equal(annotated.groups, again.groups)


@pytest.fixture(scope="module")
def analysis():
    texts = [ROAD.text, "En helt annen setning.", SCHOOL.text]
    return pt.annotate(pd.DataFrame({"text": texts, "doc_id": ["a", "a", "b"]}))


def test_an_analysis_is_matched_by_text(analysis):
    result = validate(analysis, GOLD, n_resamples=5)
    assert (result.n_gold, result.n_matched) == (4, 2)
    assert result.table.set_index("task").loc["first area", "n"] == 2


def test_a_saved_analysis_is_loaded(analysis, tmp_path):
    assert validate(analysis.save(tmp_path / "out"), GOLD, n_resamples=5).n_matched == 2


def test_a_measure_that_was_not_found_counts_as_wrong(analysis):
    none = dataclasses.replace(analysis, measures=analysis.measures.iloc[:0])
    result = validate(none, GOLD, n_resamples=5)
    table = result.table.set_index("task")
    assert table.loc["first area", "accuracy"] == 0
    assert result.confusion["first area"]["missing"].sum() == 2
    assert table.loc["measure", "recall"] == 0


def test_measures_are_judged_on_the_random_stratum_alone():
    chosen = dataclasses.replace(SCHOOL, stratum="number")
    table = validate(None, [ROAD, chosen, FACT], n_resamples=5).table.set_index("task")
    assert table.loc["measure", "n"] == 2
    assert table.loc["strength", "n"] == 2


def test_no_coded_segment_in_the_analysis_is_told(analysis):
    with pytest.raises(AnalysisError, match="none of the coded segments is in the analysis"):
        validate(analysis, [FACT], n_resamples=5)


def test_nothing_usable_is_told():
    with pytest.raises(AnalysisError, match="none of the coded segments"):
        validate(None, [BROKEN])


def test_resamples_are_needed():
    with pytest.raises(AnalysisError, match="n_resamples is 0"):
        validate(None, GOLD, n_resamples=0)
