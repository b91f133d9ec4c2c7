import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from policytext.analysis.tables import Analysis
from policytext.compare import Comparison, compare, load_comparison
from policytext.compare.comparison import TABLES
from policytext.errors import AnalysisError
from policytext.records import AREAS

COLUMNS = {
    "emphasis": ["party", "area", "n", "total", "share", "low", "high"],
    "keyness": ["party", "term", "score", "n", "n_rest"],
    "topics": ["topic", "term", "weight"],
    "topic_shares": ["party", "topic", "share"],
    "similarity": ["party", "party_2", "similarity"],
    "numeric_promises": ["party", "doc_id", "measure_id", "measure", "area", "text", "value", "unit", "deadline"],
}


@pytest.fixture(scope="module")
def compared(coded):
    return compare(coded, n_resamples=200)


def shuffled(analysis, seed=1):
    random = np.random.default_rng(seed)
    documents = list(dict.fromkeys(analysis.segments["doc_id"]))
    random.shuffle(documents)

    def reorder(table):
        if "doc_id" not in table.columns or table.empty:
            return table
        return pd.concat([table[table["doc_id"] == name] for name in documents], ignore_index=True)

    names = ("documents", "segments", "measures", "quantities")
    return dataclasses.replace(analysis, **{name: reorder(getattr(analysis, name)) for name in names})


def assert_same(first: Comparison, second: Comparison):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name), check_dtype=False)


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_their_columns(compared, name):
    table = getattr(compared, name)
    assert set(COLUMNS[name]) <= set(table.columns)
    assert len(table)


def test_running_again_gives_the_same(coded, compared):
    assert_same(compared, compare(coded, n_resamples=200))


def test_the_order_of_documents_does_not_matter(coded, compared):
    assert_same(compared, compare(shuffled(coded), n_resamples=200))


def test_another_seed_moves_only_what_is_drawn(coded, compared):
    other = compare(coded, n_resamples=200, random_state=7)
    pd.testing.assert_frame_equal(other.keyness, compared.keyness)
    assert not other.emphasis["low"].equals(compared.emphasis["low"])
    assert other.emphasis["share"].equals(compared.emphasis["share"])


def test_shares_sum_to_one_and_lie_in_their_interval(compared):
    for table in (compared.emphasis, compared.topic_shares):
        assert table.groupby("party")["share"].sum().to_numpy() == pytest.approx(1)
        assert (table["low"] <= table["high"]).all()
        assert table[["low", "high"]].to_numpy().min() >= 0
        assert table[["low", "high"]].to_numpy().max() <= 1
    inside = (compared.emphasis["low"] <= compared.emphasis["share"]) & (
        compared.emphasis["share"] <= compared.emphasis["high"]
    )
    assert inside.mean() > 0.95


def test_emphasis_counts_all_measures(coded, compared):
    assert compared.emphasis["n"].sum() == len(coded.measures)
    assert set(compared.emphasis["area"]) == set(AREAS)


def test_key_words_are_those_that_the_group_says_more(compared):
    table = compared.keyness
    assert (np.sign(table["score"]) == np.sign(table["log_odds"])).all()
    assert table["q"].between(0, 1).all()
    assert (table["q"] >= table["p"] - 1e-12).all()
    strongest = table.groupby("party").head(1)
    assert (strongest["per_1000"] > strongest["per_1000_rest"]).all()
    assert table["dispersion"].dropna().between(0, 1 + 1e-9).all()


def test_everyday_words_are_kept_when_asked_for(coded, compared):
    terms = set(compare(coded, n_resamples=5, n_topics=2, everyday=True).keyness["term"])
    assert "sikre" in terms
    assert "sikre" not in set(compared.keyness["term"])


def test_names_of_the_groups_are_no_key_words(compared):
    assert not set(compared.keyness["term"]) & {"fjellfolk", "bygdeliste", "kystparti", "byalliansen"}


def test_topics_are_ordered_and_stable_enough_to_report(compared):
    one = compared.topics.groupby("topic").first()
    assert one["share"].is_monotonic_decreasing
    assert one["share"].sum() == pytest.approx(1)
    assert one["stability"].between(0, 1).all()
    assert (compared.topics.groupby("topic")["rank"].max() <= 12).all()


def test_each_pair_is_compared_once(compared):
    n = compared.emphasis["party"].nunique()
    assert len(compared.similarity) == n * (n - 1) // 2
    assert compared.similarity["similarity"].between(0, 1).all()
    assert compared.similarity[["word_divergence", "area_divergence"]].max().max() <= 1


def test_promises_are_committed_numbers_in_order(coded, compared):
    table = compared.numeric_promises
    assert set(table["measure_id"]) <= set(coded.measures["measure_id"])
    assert table["party"].is_monotonic_increasing
    assert not (table["role"] == "context").any()


def test_a_deadline_is_shown_beside_what_it_limits(build):
    quantities = [
        {"value": 50.0, "unit": "percent", "role": "change", "deadline": "2030"},
        {"value": 2030.0, "unit": "date", "role": "deadline"},
    ]
    rows = [{"doc_id": "a", "party": "A", "text": "Kutte 50 prosent innen 2030.", "areas": ["annet"]}]
    both = compare(build([{**rows[0], "quantities": quantities}]), n_resamples=10).numeric_promises
    assert both[["unit", "deadline"]].values.tolist() == [["percent", "2030"]]
    alone = compare(build([{**rows[0], "quantities": quantities[1:]}]), n_resamples=10).numeric_promises
    assert alone["role"].tolist() == ["deadline"]


@pytest.mark.parametrize(
    ("rows", "resampled"),
    [
        pytest.param([("a", "x")], "segments", id="one-segment"),
        pytest.param([("a", str(n)) for n in range(12)], "sections", id="one-document-of-sections"),
        pytest.param([("a", "x"), ("b", "x")], "documents and segments", id="two-documents"),
        pytest.param([(str(n), "x") for n in range(10)], "documents", id="many-documents"),
    ],
)
def test_the_table_says_what_was_drawn(build, rows, resampled):
    texts = [
        {"doc_id": doc, "party": "A", "heading": heading, "text": "Bygge vei.", "areas": ["infrastruktur", "annet"]}
        for doc, heading in rows
    ]
    table = compare(build(texts), n_resamples=20).emphasis
    assert set(table["resampled"]) == {resampled}
    assert set(table["interval"]) == {"bootstrap", "wilson"}


TINY = {
    "one-word": [{"doc_id": "a", "party": "A", "text": "Vei", "areas": ["infrastruktur"]}],
    "no-measure": [{"doc_id": "a", "party": "A", "text": "Bygda ligger ved fjorden."}],
    "empty-text": [{"doc_id": "a", "party": "A", "text": ""}],
    "headings-only": [{"doc_id": "a", "party": "A", "text": "Vei", "kind": "heading"}],
    "no-party": [{"doc_id": "a", "party": None, "text": "Bygge vei.", "areas": ["infrastruktur"]}],
    "one-silent-party": [
        {"doc_id": "a", "party": "A", "text": "Bygge vei og bane i hele dalen.", "areas": ["infrastruktur"]},
        {"doc_id": "b", "party": "B", "text": "", "areas": []},
    ],
    "same-texts": [
        {"doc_id": name, "party": name, "text": "Bygge vei og bane.", "areas": ["infrastruktur"]} for name in "abcdef"
    ],
}


@pytest.mark.parametrize("rows", TINY.values(), ids=TINY.keys())
def test_little_text_gives_tables_and_no_crash(build, rows, tmp_path):
    comparison = compare(build(rows), n_resamples=20, min_count=1)
    assert len(comparison.emphasis) == 6 * len({row["party"] for row in rows})
    comparison.save(tmp_path / "c")
    assert_same(comparison, load_comparison(tmp_path / "c"))


def test_missing_groups_are_called_unknown(build):
    assert set(compare(build(TINY["no-party"]), n_resamples=10).emphasis["party"]) == {"unknown"}


@pytest.mark.parametrize("by", ["doc_id", "language", "kind", "year"])
def test_other_columns_can_be_compared_by(coded, by):
    comparison = compare(coded, by=by, n_resamples=10, n_topics=2)
    groups = {"unknown"} if by == "year" else set(coded.segments[by])
    assert set(comparison.emphasis[by]) == groups
    assert comparison.numeric_promises.columns.is_unique


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"by": "colour"}, "cannot compare by 'colour'; allowed: doc_id, kind, language, party", id="by"),
        pytest.param({"by": "text"}, "cannot compare by 'text'", id="text-is-no-group"),
        pytest.param({"n_topics": 0}, "n_topics is 0; it must be at least 1", id="topics"),
        pytest.param({"n_resamples": 0}, "n_resamples is 0", id="resamples"),
        pytest.param({"prior_words": 0.0}, "prior_words is 0", id="prior"),
    ],
)
def test_bad_options_are_refused(build, options, message):
    with pytest.raises(AnalysisError, match=re.escape(message)):
        compare(build(TINY["one-word"]), **options)


def test_an_empty_analysis_is_refused(build):
    with pytest.raises(AnalysisError, match="holds no segment"):
        compare(build([]))


def test_a_measure_without_its_segment_is_refused(build):
    analysis = build(TINY["one-word"])
    lost = analysis.measures.assign(segment_id="elsewhere")
    with pytest.raises(AnalysisError, match="belongs to no segment"):
        compare(dataclasses.replace(analysis, measures=lost))


def test_saving_and_loading_gives_the_same(compared, tmp_path):
    loaded = load_comparison(compared.save(tmp_path / "comparison"))
    assert_same(compared, loaded)
    assert loaded.settings == compared.settings


@pytest.mark.parametrize("damage", ["missing", "format", "table"])
def test_a_damaged_comparison_is_refused(compared, tmp_path, damage):
    folder = tmp_path / "comparison"
    if damage != "missing":
        compared.save(folder)
    if damage == "format":
        (folder / "settings.json").write_text('{"format": 99}', encoding="utf-8")
    if damage == "table":
        (folder / "topics.parquet").write_bytes(b"x")
    with pytest.raises(AnalysisError, match="compare again"):
        load_comparison(folder)


def test_a_file_is_no_folder(compared, tmp_path):
    (tmp_path / "c").write_text("x", encoding="utf-8")
    with pytest.raises(AnalysisError, match="is a file; give a folder"):
        compared.save(tmp_path / "c")


def test_an_analysis_is_enough(coded):
    assert isinstance(coded, Analysis)
