import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from policytext.errors import AnalysisError, PolicyTextWarning
from policytext.validate import sample
from policytext.validate.sampling import allot

DESIGNS = [
    pytest.param({}, id="proportional"),
    pytest.param({"design": "equal"}, id="equal"),
    pytest.param({"design": "simple"}, id="simple"),
    pytest.param({"by": "doc_id"}, id="by-document"),
    pytest.param({"numbers": 0.5}, id="numbers"),
    pytest.param({"design": "equal", "numbers": 0.2, "measures": 0.3}, id="numbers-and-measures"),
    pytest.param({"design": "simple", "measures": 0.8}, id="simple-measures"),
]


@pytest.mark.parametrize("settings", DESIGNS)
def test_the_weights_sum_to_all_segments(analysed, settings):
    drawn = sample(analysed, n=50, **settings)
    assert len(drawn.segments) == drawn.strata["n_sampled"].sum() == 50
    assert drawn.segments["weight"].sum() == pytest.approx(120)
    assert drawn.strata["n_population"].sum() == 120
    assert not drawn.segments["segment_id"].duplicated().any()
    counts = drawn.segments["stratum"].value_counts()
    assert {name: counts[name] for name in drawn.strata["stratum"]} == dict(
        zip(drawn.strata["stratum"], drawn.strata["n_sampled"], strict=True)
    )


@pytest.mark.parametrize("settings", DESIGNS)
def test_the_estimate_is_without_bias(analysed, settings):
    has_number = analysed.segments["segment_id"].isin(analysed.quantities["segment_id"]).to_numpy()
    true = dict(zip(analysed.segments["segment_id"], has_number, strict=True))
    estimates = []
    for seed in range(40):
        rows = sample(analysed, n=24, random_state=seed, **settings).segments
        estimates.append(
            sum(weight for name, weight in zip(rows["segment_id"], rows["weight"], strict=True) if true[name])
        )
    error = np.std(estimates) / np.sqrt(len(estimates))
    assert np.mean(estimates) == pytest.approx(sum(true.values()), abs=3.5 * error + 1e-9)


def test_proportional_and_equal_shares(analysed):
    counts = {
        design: sample(analysed, n=30, design=design).strata["n_sampled"].tolist()
        for design in ("proportional", "equal")
    }
    assert counts == {"proportional": [3, 20, 7], "equal": [10, 10, 10]}


def test_a_share_of_the_sample_is_drawn_from_what_was_asked_for(analysed):
    drawn = sample(analysed, n=40, design="simple", numbers=0.25)
    numbered = set(analysed.quantities["segment_id"])
    sorts = drawn.segments.groupby("stratum")["segment_id"].apply(list)
    assert len(sorts["numbers / all"]) == 10
    assert set(sorts["numbers / all"]) <= numbered
    assert not set(sorts["other / all"]) & numbered


def test_the_same_seed_draws_the_same_whatever_the_order_of_documents(analysed):
    turned = dataclasses.replace(
        analysed,
        segments=pd.concat([own for _, own in reversed(list(analysed.segments.groupby("doc_id")))], ignore_index=True),
    )
    first, again, other = sample(analysed, n=30), sample(turned, n=30), sample(analysed, n=30, random_state=1)
    pd.testing.assert_frame_equal(first.segments, again.segments)
    assert set(first.segments["segment_id"]) != set(other.segments["segment_id"])


def test_headings_and_empty_texts_are_never_drawn(analysed):
    kinds = ["heading", "question", "quote", "item", "toc"] * 24
    drawn = sample(dataclasses.replace(analysed, segments=analysed.segments.assign(kind=kinds)), n=48)
    assert set(drawn.segments["kind"]) == {"quote", "item"}


def test_what_stands_around_is_of_the_same_document(analysed):
    rows = sample(analysed, n=120).segments.set_index("segment_id")
    assert rows.loc["havørn-0", "before"] == ""
    assert rows.loc["havørn-0", "after"] == rows.loc["havørn-1", "text"]
    assert rows.loc["fjellfolket-80", "before"] == ""


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param({"n": 0}, "n is 0; the analysis holds 120 segments", id="none"),
        pytest.param({"n": 121}, "ask for 1 to that many", id="too-many"),
        pytest.param({"n": 5}, "the 3 strata need at least 6, 2 each", id="too-few-for-the-strata"),
        pytest.param({"design": "best"}, "design is 'best'; allowed: proportional, equal, simple", id="design"),
        pytest.param({"by": "colour"}, "cannot compare by 'colour'; allowed: doc_id", id="by"),
        pytest.param({"numbers": 1.0}, "numbers is 1.0; it is a share", id="whole"),
        pytest.param({"unsure": -0.1}, "unsure is -0.1", id="negative"),
        pytest.param({"unsure": 0.5, "measures": 0.5}, "unsure 0.5, measures 0.5 take the whole", id="nothing-left"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told(analysed, settings, message):
    with pytest.raises(AnalysisError, match=message):
        sample(analysed, **{"n": 30, **settings})


def test_a_share_of_nothing_is_told(analysed):
    sure = dataclasses.replace(analysed, segments=analysed.segments.assign(measure_probability=0.99))
    with pytest.warns(PolicyTextWarning, match="no segment is left for the share of unsure"):
        drawn = sample(sure, n=30, unsure=0.5)
    assert len(drawn.segments) == 30


@pytest.mark.parametrize(
    ("n", "sizes", "targets", "counts"),
    [
        pytest.param(6, [9, 9, 9], [0.9, 0.05, 0.05], [2, 2, 2], id="two-each"),
        pytest.param(10, [1, 50], [0.5, 0.5], [1, 9], id="a-full-stratum"),
        pytest.param(12, [50, 50], [0.25, 0.25], [6, 6], id="targets-that-do-not-sum-to-one"),
        pytest.param(11, [50, 50], [0.5, 0.5], [6, 5], id="an-odd-one"),
    ],
)
def test_allotting(n, sizes, targets, counts):
    assert allot(n, sizes, targets) == counts


def test_a_sheet_shows_nothing_of_the_model(analysed, tmp_path):
    folder = sample(analysed, n=40, measures=0.1, numbers=0.2).save(tmp_path / "coding", coders=2)
    header = (folder / "coder-1.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == (
        "id;coder;heading;intro;before;text;after;"
        "bad;measure;n_measures;strength;specific;direction;areas;numeric;note"
    )  # fmt: skip
    for name in ("coder-1.csv", "coder-2.csv"):
        shown = (folder / name).read_text(encoding="utf-8-sig")
        assert not any(word in shown for word in ("other /", "numbers /", "measures /", "0.9", "firm", "havørn-"))
        assert all(line.endswith(";" * 9) for line in shown.splitlines()[1:])
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_manifest_tells_how_each_segment_was_drawn(analysed, tmp_path):
    drawn = sample(analysed, n=40, random_state=7)
    manifest = json.loads((drawn.save(tmp_path / "coding") / "sample.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["random_state"] == 7
    assert [row["inclusion_probability"] for row in manifest["segments"]] == drawn.segments[
        "inclusion_probability"
    ].tolist()
    assert manifest["segments"][0].keys() >= {"id", "doc_id", "segment_id", "stratum"}
    assert sum(row["n_population"] for row in manifest["strata"]) == 120


@pytest.mark.parametrize(
    ("coders", "overlap", "sizes"),
    [
        pytest.param(1, 0.5, [40], id="one"),
        pytest.param(2, 0.25, [25, 25], id="two"),
        pytest.param(3, 0.1, [16, 16, 16], id="three"),
        pytest.param(2, 0.0, [20, 20], id="no-overlap"),
        pytest.param(2, 1.0, [40, 40], id="all-of-it"),
    ],
)
def test_the_work_is_divided(analysed, tmp_path, coders, overlap, sizes):
    folder = sample(analysed, n=40).save(tmp_path / "coding", coders=coders, overlap=overlap)
    ids = [
        [line.split(";")[0] for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]
        for path in sorted(folder.glob("*.csv"))
    ]
    assert [len(own) for own in ids] == sizes
    assert len(set().union(*ids)) == 40
    assert ids[0] != sorted(ids[0])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        pytest.param({"coders": 0}, "coders is 0; it must be at least 1", id="coders"),
        pytest.param({"overlap": 1.5}, "overlap is 1.5", id="overlap"),
        pytest.param({"delimiter": "|"}, "allowed: semicolon, comma, tab", id="delimiter"),
    ],
)
def test_sheets_that_cannot_be_written_are_told(analysed, tmp_path, settings, message):
    with pytest.raises(AnalysisError, match=message):
        sample(analysed, n=40).save(tmp_path / "coding", **settings)
    assert not (tmp_path / "coding").exists()


@pytest.mark.parametrize("name", ["sample.json", "coder-1.csv"])
def test_codes_are_never_overwritten(analysed, tmp_path, name):
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(AnalysisError, match="is there already, and codes in it would be lost"):
        sample(analysed, n=40).save(tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_no_text_becomes_a_formula(analysed, tmp_path):
    texts = ["=1+1 er to.", "-Ja, sa han.", "+47 er Norge.", *["Vi vil bygge vei."] * 117]
    given = dataclasses.replace(analysed, segments=analysed.segments.assign(text=texts))
    shown = (sample(given, n=120).save(tmp_path / "c") / "coder-1.csv").read_text(encoding="utf-8-sig")
    assert all(f";'{text};" in shown for text in texts[:3])
    assert ";'Vi" not in shown
