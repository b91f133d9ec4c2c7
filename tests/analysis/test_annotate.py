import pandas as pd
import pytest

import policytext as pt
from policytext.analysis.tables import TABLES
from policytext.errors import AnalysisError

TEXTS = [
    "Vi vil øke tilskuddet til bredbånd med 50 prosent innen 2030.",
    "Kommunen har i dag tre ferger og én flyplass.",
    "Vi vil innføre gratis ferge i hele fylket og halvere takstene på hurtigbåt.",
]


def test_segment_ids_are_positions_and_offsets_count_within_the_segment():
    analysis = pt.annotate(TEXTS)
    assert analysis.segments["segment_id"].tolist() == [0, 1, 2]
    assert set(analysis.measures["segment_id"]) == {0, 2}
    for table in (analysis.measures, analysis.quantities):
        for row in table.itertuples():
            assert TEXTS[row.segment_id][row.start : row.end] == row.text


def test_tables_have_their_columns_and_types_also_when_empty():
    full, empty = pt.annotate(TEXTS), pt.annotate([])
    for name, columns in TABLES.items():
        assert list(getattr(full, name).columns) == list(columns)
        assert list(getattr(empty, name).columns) == list(columns)
    assert empty.measures["start"].dtype == "int64"


def test_given_segment_ids_and_metadata_are_kept():
    table = pd.DataFrame(
        {
            "doc_id": ["a", "a", "b"],
            "segment_id": ["a1", "a2", "b1"],
            "text": TEXTS,
            "party": ["Fjellfolket", "Fjellfolket", "Byalliansen"],
            "kind": ["item", "para", None],
        }
    )
    analysis = pt.annotate(table)
    assert analysis.segments["kind"].tolist() == ["item", "paragraph", "paragraph"]
    assert set(analysis.measures["segment_id"]) == {"a1", "b1"}
    assert set(analysis.measures["party"]) == {"Fjellfolket", "Byalliansen"}
    assert analysis.documents["doc_id"].tolist() == ["a", "b"]
    assert analysis.measures["measure_id"].is_unique


def test_an_item_becomes_a_promise_under_its_introducing_line():
    table = pd.DataFrame({"text": ["halvere fergetakstene"], "intro": ["Vi vil:"], "kind": ["item"]})
    measures = pt.annotate(table).measures
    assert measures[["verb", "strength", "direction"]].to_numpy().tolist() == [["halvere", "firm", "decrease"]]


@pytest.mark.parametrize("kind", ["heading", "question", "boilerplate", "toc", "caption"])
def test_kinds_that_promise_nothing_hold_no_measure(kind):
    table = pd.DataFrame({"text": ["Vi vil innføre gratis ferge"], "kind": [kind]})
    analysis = pt.annotate(table)
    assert analysis.measures.empty
    assert analysis.segments["measure_probability"].isna().all()


def test_a_number_outside_a_measure_is_not_committed():
    quantities = pt.annotate(TEXTS).quantities
    assert not quantities.loc[quantities["segment_id"] == 1, "committed"].any()
    assert quantities.loc[quantities["segment_id"] == 0, "committed"].all()


def test_the_order_of_segments_does_not_change_their_codes():
    forward, backward = pt.annotate(TEXTS).measures, pt.annotate(TEXTS[::-1]).measures
    columns = ["text", "verb", "strength", "specific", "direction", "area", "probability"]
    by_text = [sorted(map(tuple, table[columns].to_numpy().tolist())) for table in (forward, backward)]
    assert by_text[0] == by_text[1]


def test_counts_of_each_of_many_documents():
    table = pd.DataFrame({"text": [*TEXTS, *TEXTS], "doc_id": ["a"] * len(TEXTS) + ["b"] * len(TEXTS)})
    documents = pt.annotate(table).documents
    alone = pt.annotate(TEXTS).documents
    for column in ("n_segments", "n_measures", "n_quantities"):
        assert documents[column].tolist() == alone[column].tolist() * 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("Vi vil øke støtten.", r"give a list of segments", id="one text"),
        pytest.param(None, r"many texts, not NoneType: give a list of segments", id="nothing"),
        pytest.param(pd.DataFrame({"tekst": ["a"]}), r"no column 'text'; it has tekst", id="no text column"),
        pytest.param(pd.DataFrame({"text": ["a", None]}), r"text is missing in row 1", id="missing text"),
        pytest.param(pd.DataFrame({"text": ["a"], "kind": ["poem"]}), r"kind 'poem' in row 0.*allowed", id="kind"),
        pytest.param(pd.DataFrame({"text": ["a", "b"], "segment_id": [1, 1]}), r"segment_id 1 occurs twice", id="id"),
    ],
)
def test_wrong_input_is_refused_with_what_is_allowed(given, message):
    with pytest.raises(AnalysisError, match=message):
        pt.annotate(given)


@pytest.mark.parametrize("text", ["", "   ", "\x00", "1" * 5000, "ord " * 20000, "«»–…", "ВИ 漢字 🚢"])
def test_odd_texts_do_not_stop_an_analysis(text):
    analysis = pt.annotate([text, TEXTS[0]])
    assert len(analysis.segments) == 2
    assert len(analysis.measures) >= 1
