import contextlib
import csv
import dataclasses
import json
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from policytext.cli import app
from policytext.errors import GoldError, PolicyTextWarning
from policytext.records import AREAS, DIRECTIONS, STRENGTHS
from policytext.validate import GoldSegment, measure_reliability, read_sheets, sample, validate
from policytext.validate.codings import columns, instructions
from policytext.validate.reliability import alpha_of, counted
from policytext.validate.rows import code_row
from policytext.validate.scores import Codes, Drawn, measure_agreement, stratified_sums

DRAWN = {"segment_id": "a-1", "doc_id": "a", "text": "Vi vil bygge vei.", "stratum": "all"}
RIGHT = {
    "measure": "true", "n_measures": "1", "strength": "firm", "specific": "false", "direction": "increase",
    "areas": "infrastruktur", "numeric": "false",
}  # fmt: skip


def read_sheet(path, delimiter=";"):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=delimiter))


def write_sheet(path, rows, *, delimiter=";", encoding="utf-8-sig", before=""):
    with path.open("w", encoding=encoding, newline="") as handle:
        handle.write(before)
        writer = csv.DictWriter(handle, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def rewrite(path, change):
    write_sheet(path, [change(row) for row in read_sheet(path)])


def without(name):
    return lambda row: {key: cell for key, cell in row.items() if key != name}


def coded(row):
    """Return a row coded by a plain rule, so that every test knows the right codes."""
    if "vil" not in row["text"].split() and "må" not in row["text"].split():
        return {**row, "measure": "false"}
    codes = {"measure": "true", "n_measures": "1", "strength": "firm", "direction": "increase"}
    numeric = "true" if "300" in row["text"] or "2030" in row["text"] else "false"
    return {**row, **codes, "specific": numeric, "areas": "velferd, annet", "numeric": numeric}


@pytest.fixture
def folder(analysed, tmp_path):
    """Return a folder with two coders' sheets of 40 segments, 10 of them shared, all coded alike."""
    target = sample(analysed, n=40).save(tmp_path / "coding", coders=2, overlap=0.25)
    for name in ("coder-1.csv", "coder-2.csv"):
        rewrite(target / name, coded)
    assert Counter(path.suffix for path in target.iterdir()) == {".csv": 2, ".txt": 1, ".json": 1}
    return target


def test_the_codes_of_a_sheet_are_the_codebooks():
    codes = {column.name: tuple(column.codes) for column in columns()}
    assert (codes["areas"], codes["direction"], codes["strength"]) == (AREAS, DIRECTIONS, STRENGTHS)
    assert {column.name for column in columns() if column.is_flag} == {"bad", "measure", "specific", "numeric"}


def test_the_instructions_name_every_column_and_code():
    text = instructions(12)
    assert "12 texts" in text
    assert all(f"\n{column.name}: " in text for column in columns())
    assert all(f"    {code} " in text for column in columns() for code in column.codes)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, {"areas": ("infrastruktur",), "n_measures": 1, "specific": False}, id="plain"),
        pytest.param({"measure": "SANN", "specific": "USANN"}, {"measure": True, "specific": False}, id="norwegian"),
        pytest.param({"measure": "ja", "numeric": "1"}, {"measure": True, "commitment": True}, id="words"),
        pytest.param({"strength": "Soft", "n_measures": "2,0"}, {"strength": "soft", "n_measures": 2}, id="as-typed"),
        pytest.param({"areas": "velferd;annet"}, {"areas": ("velferd", "annet")}, id="two-areas"),
        pytest.param({"areas": "Velferd / annet"}, {"areas": ("velferd", "annet")}, id="with-a-slash"),
        pytest.param({"bad": "false"}, {"bad": False, "measure": True}, id="not-bad"),
    ],
)
def test_a_row_becomes_a_segment(change, expected):
    segment = code_row({**RIGHT, **change}, DRAWN).segment
    assert {name: getattr(segment, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        pytest.param({"measure": "false"}, False, id="no-measure"),
        pytest.param({"measure": "nei", "n_measures": "0", "numeric": "nei"}, False, id="zeros"),
        pytest.param({"bad": "true"}, True, id="bad"),
    ],
)
def test_a_row_without_a_measure_needs_nothing_else(cells, bad):
    segment = code_row(cells, DRAWN).segment
    assert (segment.measure, segment.bad) == (False, bad)
    assert not segment.numeric


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"measure": "maybe"}, "measure is 'maybe'; allowed: true, false", id="measure"),
        pytest.param({"bad": "x"}, "bad is 'x'; allowed: true, false", id="bad"),
        pytest.param({"strength": "hard"}, "strength is 'hard'; allowed: firm, soft", id="strength"),
        pytest.param({"direction": "up"}, "direction is 'up'; allowed: increase, decrease", id="direction"),
        pytest.param({"areas": "vei"}, "areas is 'vei'; allowed: one or two of verdiskaping", id="area"),
        pytest.param({"areas": "annet, annet"}, "areas is 'annet, annet'", id="same-area-twice"),
        pytest.param({"areas": "annet velferd kompetanse"}, "allowed: one or two of", id="three-areas"),
        pytest.param({"areas": ","}, "areas is ','", id="only-a-comma"),
        pytest.param({"n_measures": "two"}, "n_measures is 'two'; write a whole number", id="number-in-words"),
        pytest.param({"n_measures": "1.5"}, "n_measures is '1.5'", id="half"),
        pytest.param({"n_measures": "0"}, "n_measures is 0, yet measure is true", id="none-of-some"),
        pytest.param({"measure": "false"}, "measure is false, yet n_measures, strength", id="codes-of-no-measure"),
        pytest.param({"bad": "true"}, "bad is true, yet n_measures, strength", id="codes-of-a-broken-text"),
    ],
)
def test_a_code_that_is_not_allowed_is_named(change, problem):
    result = code_row({**RIGHT, **change}, DRAWN)
    assert result.segment is None
    assert any(problem in told for told in result.problems)


@pytest.mark.parametrize("name", ["n_measures", "strength", "specific", "direction", "areas", "numeric", "measure"])
def test_a_row_that_was_begun_tells_what_is_missing(name):
    result = code_row({**RIGHT, name: ""}, DRAWN)
    assert (result.segment, result.problems, result.missing) == (None, (), (name,))


def test_every_mistake_of_a_row_is_named_at_once():
    assert len(code_row({**RIGHT, "strength": "x", "direction": "y", "areas": "z"}, DRAWN).problems) == 3


def change(path, number, **cells):
    rows = read_sheet(path)
    rows[number] = {**rows[number], **cells}
    write_sheet(path, rows)


def test_sheets_are_read_back(folder, analysed):
    coding = read_sheets(folder)
    assert (len(coding.segments), coding.n_drawn, coding.unfinished) == (40, 40, ())
    assert sum(segment.weight for segment in coding.segments) == pytest.approx(120)
    assert coding.reliability.set_index("task").loc["measure", ["n", "agreement", "kappa", "alpha"]].tolist() == [
        10,
        1,
        1,
        1,
    ]
    result = validate(analysed, folder, n_resamples=20)
    assert (result.n_drawn, result.n_gold, result.n_matched) == (40, 40, 40)
    table = result.table.set_index("task")
    assert table.loc["measure", "n"] == 40
    assert not [task for task in table.index if "quantities" in task]
    assert set(result.groups["group"]) == {"Bygdelista Havørn", "Fjellfolket", "Byalliansen", "nb"}
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False))["reliability"][0]["task"] == "bad"


def test_another_analysis_than_the_samples_is_noticed(folder, analysed):
    less = dataclasses.replace(analysed, segments=analysed.segments[lambda table: table["doc_id"] != "byalliansen"])
    with pytest.warns(PolicyTextWarning, match=r"\d of 40 coded segments are not in the analysis"):
        result = validate(less, folder, n_resamples=5)
    assert result.n_matched < 40


@pytest.mark.parametrize(
    ("delimiter", "encoding", "before"),
    [
        pytest.param(";", "cp1252", "", id="excel-in-norway"),
        pytest.param(",", "utf-8", "", id="comma"),
        pytest.param("\t", "utf-16", "", id="unicode-text"),
        pytest.param(";", "utf-8-sig", "sep=;\n", id="with-a-sep-line"),
    ],
)
def test_what_spreadsheets_save_is_understood(folder, delimiter, encoding, before):
    expected = read_sheets(folder).segments
    for name in ("coder-1.csv", "coder-2.csv"):
        write_sheet(folder / name, read_sheet(folder / name), delimiter=delimiter, encoding=encoding, before=before)
    assert read_sheets(folder).segments == expected


def test_the_order_of_rows_and_columns_does_not_matter(folder):
    expected = read_sheets(folder)
    rows = read_sheet(folder / "coder-1.csv")
    rows.sort(key=lambda row: row["after"])
    write_sheet(folder / "coder-1.csv", [dict(reversed(row.items())) | {"min note": "hei"} for row in rows])
    again = read_sheets(folder)
    assert again.segments == expected.segments
    pd.testing.assert_frame_equal(again.reliability, expected.reliability)


def test_quotation_marks_and_spaces_of_a_text_may_change(folder):
    row = read_sheet(folder / "coder-1.csv")[0]
    change(folder / "coder-1.csv", 0, text=f"'{row['text']}  ")
    assert len(read_sheets(folder).segments) == 40


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        pytest.param({"measure": "kanskje"}, r"coder-1\.csv, row 4: measure is 'kanskje'; allowed: true", id="code"),
        pytest.param({"id": "s99"}, r"row 4: id is 's99', which is not in sample\.json", id="id"),
        pytest.param({"text": "Noe annet."}, r"row 4: text is 'Noe annet\.'; s\d\d was drawn as", id="text"),
        pytest.param({"text": ""}, r"row 4: text is ''", id="no-text"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_row(folder, cells, message):
    change(folder / "coder-1.csv", 2, **cells)
    with pytest.raises(GoldError, match=message):
        read_sheets(folder)


def test_texts_sorted_without_their_codes_are_noticed(folder):
    rows = read_sheet(folder / "coder-2.csv")
    texts = sorted(row["text"] for row in rows)
    write_sheet(folder / "coder-2.csv", [{**row, "text": text} for row, text in zip(rows, texts, strict=True)])
    with pytest.raises(GoldError, match="see that the rows were not sorted without their codes"):
        read_sheets(folder)


def test_many_mistakes_are_counted(folder):
    rewrite(folder / "coder-2.csv", lambda row: {**row, "measure": "?"})
    with pytest.raises(GoldError, match=r"(?s)^25 mistakes.*row 21.*and 5 more$"):
        read_sheets(folder)


@pytest.mark.parametrize("name", ["id", "text", "measure", "areas", "numeric"])
def test_a_missing_column_is_named(folder, name):
    rewrite(folder / "coder-1.csv", without(name))
    with pytest.raises(GoldError, match=rf"coder-1\.csv: the column {name} is missing; there are"):
        read_sheets(folder)


@pytest.mark.parametrize("name", ["bad", "note", "coder", "heading", "before"])
def test_a_column_that_is_not_needed_may_be_missing(folder, name):
    rewrite(folder / "coder-1.csv", without(name))
    assert len(read_sheets(folder).segments) == 40


def test_the_same_coder_twice_is_told(folder):
    (folder / "coder-1 (2).csv").write_bytes((folder / "coder-1.csv").read_bytes())
    with pytest.raises(GoldError, match=r"coder-1 codes s\d\d in coder-1 \(2\)\.csv, row 2 as well; keep one"):
        read_sheets(folder)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({}, "holds no coding sheet", id="empty-folder"),
        pytest.param({"a.csv": b"id;text\n"}, r"sample\.json is missing: it tells how", id="no-manifest"),
        pytest.param({"a.csv": b"id", "sample.json": b"{"}, r"sample\.json cannot be read", id="damaged-manifest"),
        pytest.param({"a.csv": b"id", "sample.json": b'{"format": 9}'}, "no sample manifest of format 1", id="format"),
    ],
)
def test_a_folder_without_its_parts_is_told(tmp_path, files, message):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GoldError, match=message):
        validate(None, tmp_path)


def test_a_workbook_is_told_to_be_saved_as_csv(tmp_path):
    (tmp_path / "coder-1.xlsx").write_bytes(b"PK")
    with pytest.raises(GoldError, match="is no CSV file; save the sheet as «CSV UTF-8»"):
        validate(None, tmp_path / "coder-1.xlsx")


def test_nothing_coded_yet_is_told(analysed, tmp_path):
    with pytest.raises(GoldError, match=r"no row of coder-1\.csv is coded"):
        read_sheets(sample(analysed, n=10).save(tmp_path / "coding"))


def test_unfinished_rows_are_told_and_the_weights_still_sum(folder):
    change(folder / "coder-1.csv", 0, **dict.fromkeys(RIGHT, ""), note="senere")
    change(folder / "coder-1.csv", 3, **{**RIGHT, "areas": "", "direction": ""})
    coding = read_sheets([folder / "coder-1.csv"])
    assert coding.unfinished == (
        "coder-1.csv, row 5: direction, areas not filled in",
        "coder-1.csv: 1 row is not coded",
        "15 of 40 segments drawn are in none of the sheets",
    )
    assert len(coding.segments) == 23
    assert sum(segment.weight for segment in coding.segments) == pytest.approx(120)


def test_the_first_coder_who_finished_decides(folder):
    first, second = ({row["id"]: row for row in read_sheet(folder / f"coder-{k}.csv")} for k in (1, 2))
    both = sorted(first.keys() & second.keys())
    assert len(both) == 10
    none = dict.fromkeys(RIGHT, "")
    for place, row in enumerate(read_sheet(folder / "coder-1.csv")):
        if row["id"] == both[0]:
            change(folder / "coder-1.csv", place, **none)
    for place, row in enumerate(read_sheet(folder / "coder-2.csv")):
        if row["id"] in both[:2]:
            change(folder / "coder-2.csv", place, **none, bad="true")
    bad = [segment.text for segment in read_sheets(folder).segments if segment.bad]
    assert bad == [first[both[0]]["text"]]


SCHOOLBOOK = [
    pytest.param(["0100000010", "1110010000"], 0.095, id="two-coders-yes-or-no"),
    pytest.param(["aabbdcccedda", "babbbccceddd"], 0.692, id="two-coders-five-codes"),
    pytest.param(["123321412", "1233224125 3", " 3332342251", "12332441251"], 0.743, id="four-with-gaps"),
]


@pytest.mark.parametrize(("coders", "alpha"), SCHOOLBOOK)
def test_alpha_is_that_of_worked_examples(coders, alpha):
    width = max(map(len, coders))
    units = [[own for own in unit if own != " "] for unit in zip(*(one.ljust(width) for one in coders), strict=True)]
    labels = tuple(sorted({code for unit in units for code in unit}))
    assert alpha_of(counted(labels, [unit for unit in units if len(unit) > 1])) == pytest.approx(alpha, abs=5e-4)


def opinion(measure, **codes):
    whole = {"n_measures": 1, "strength": "firm", "specific": False, "direction": "increase", "areas": ("annet",)}
    return GoldSegment("1", "a", "x", measure=measure, **({**whole, **codes} if measure else {}))


def test_codes_of_measures_are_compared_where_two_coders_see_one():
    units = [
        {"a": opinion(True), "b": opinion(True, direction="other")},
        {"a": opinion(True), "b": opinion(False)},
        {"a": opinion(False), "b": opinion(False)},
        {"a": opinion(True)},
        {"a": dataclasses.replace(opinion(False), bad=True), "b": opinion(True)},
    ]
    table = measure_reliability(units, n_resamples=20).set_index("task")
    assert table["n"].to_dict() == {"bad": 4, "measure": 3} | dict.fromkeys(table.index[2:], 1)
    assert table.loc["measure", "agreement"] == pytest.approx(2 / 3)
    assert table.loc["direction", "agreement"] == 0
    assert np.isnan(table.loc["strength", "alpha"])


def test_nothing_coded_twice_has_no_reliability():
    assert measure_reliability([{"a": opinion(True)}, {}]).empty


def test_weighted_scores_are_those_of_the_repeated_segments():
    gold, found, weights = ["true", "true", "false", "false"], ["true", "false", "true", "false"], [4, 1, 2, 3]
    repeated = [
        [code for code, times in zip(codes, weights, strict=True) for _ in range(times)] for codes in (gold, found)
    ]
    labels = ("true", "false")
    kept = {"n_resamples": 50, "seed": (0,)}
    row = measure_agreement(
        Codes(labels, gold, found, positive="true", headline="f1"),
        list("abcd"),
        drawn=Drawn(list("ssss"), weights),
        **kept,
    )
    same = measure_agreement(Codes(labels, *repeated, positive="true", headline="f1"), ["d"] * 10, **kept)
    for name in ("precision", "recall", "f1", "accuracy", "kappa"):
        assert row[name] == pytest.approx(same[name])


@pytest.mark.parametrize(
    ("found", "headline", "interval"),
    [
        pytest.param(["true"] * 4, "accuracy", (0.510, 1.0), id="all-right"),
        pytest.param(["false"] * 4, "accuracy", (0.0, 0.490), id="all-wrong"),
        pytest.param(["true"] * 4, "f1", (0.675, 1.0), id="all-right-f1"),
        pytest.param(["false"] * 4, "f1", (0.0, 0.658), id="all-wrong-f1"),
    ],
)
def test_where_every_draw_gives_the_same_the_interval_is_wilsons(found, headline, interval):
    task = Codes(("true", "false"), ["true"] * 4, found, positive="true", headline=headline)
    for drawn in (None, Drawn(list("aabb"), [2, 2, 3, 3])):
        row = measure_agreement(task, ["d"] * 4, n_resamples=20, seed=(0,), drawn=drawn)
        assert (row["low"], row["high"]) == pytest.approx(interval, abs=6e-4)


def test_full_agreement_of_few_is_not_certain():
    units = [{"a": opinion(true), "b": opinion(true)} for true in [True, False] * 6]
    row = measure_reliability(units, n_resamples=20).set_index("task").loc["measure"]
    assert row["alpha"] == 1
    assert 0.4 < row["low"] < 0.7
    assert row["high"] == 1


def test_the_interval_varies_as_the_sample_does():
    random = np.random.default_rng(5)
    cells = np.concatenate([random.normal(3, 1, 40), random.normal(10, 4, 60)])[:, None]
    strata = ["a"] * 40 + ["b"] * 60
    drawn = stratified_sums(strata, cells, n_resamples=4000, seed=(1,))[:, 0]
    expected = np.sqrt(40 * cells[:40].var(ddof=1) + 60 * cells[40:].var(ddof=1))
    assert drawn.mean() == pytest.approx(cells.sum(), rel=0.01)
    assert drawn.std() == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize("strata", [["a"], ["a", "b"], ["a", "b", "b"]], ids=len)
def test_single_segments_are_drawn_together(strata):
    cells = np.arange(1.0, len(strata) + 1)[:, None]
    drawn = stratified_sums(strata, cells, n_resamples=500, seed=(1,))
    assert drawn.mean() == pytest.approx(cells.sum(), rel=0.1)
    assert bool(drawn.std() == 0) == (len(strata) == 1)


def test_estimates_of_a_sample_that_asks_for_numbers_hit_the_whole(analysed, tmp_path):
    whole = sample(analysed, n=120, design="simple")
    estimates = {}
    for name, drawn in {
        "whole": [whole],
        "part": [sample(analysed, n=60, numbers=0.7, random_state=k) for k in range(6)],
    }.items():
        scores = []
        for number, one in enumerate(drawn):
            target = one.save(tmp_path / f"{name}{number}")
            rows = [coded(row) for row in read_sheet(target / "coder-1.csv")]
            wrong = [{**row, "measure": "false"} if "grender" in row["text"] else row for row in rows]
            write_sheet(
                target / "coder-1.csv",
                [row if row["measure"] == "true" else {**row, **dict.fromkeys(list(RIGHT)[1:], "")} for row in wrong],
            )
            scores.append(validate(analysed, target, n_resamples=1).table.set_index("task").loc["measure", "accuracy"])
        estimates[name] = float(np.mean(scores))
    assert estimates["whole"] < 0.95
    assert estimates["part"] == pytest.approx(estimates["whole"], abs=0.05)


def run(*arguments, cwd):
    with contextlib.chdir(cwd):
        return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "160"}).invoke(app, list(map(str, arguments)))


def test_the_commands_go_there_and_back(analysed, tmp_path):
    analysed.save(tmp_path / "ut")
    done = run("sample", "ut", "--n", 40, "--out", "koding", "--coders", 2, "--overlap", 0.5, cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "40 of 120 segments" in done.stdout
    assert "policytext validate koding --analysis ut" in done.stdout
    empty = run("validate", "koding", "--analysis", "ut", cwd=tmp_path)
    assert (empty.exit_code, "fill in the column measure" in empty.stderr) == (1, True)
    for number in (1, 2):
        rewrite(tmp_path / "koding" / f"coder-{number}.csv", coded)
    change(tmp_path / "koding/coder-2.csv", 4, measure="")
    done = run("validate", "koding", "--analysis", "ut", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "Agreement of the coders with each other" in done.stdout
    assert "Fjellfolket" in done.stdout
    assert "warning: coder-2.csv: 1 row is not coded" in done.stderr


def test_a_second_sample_does_not_take_the_firsts_place(analysed, tmp_path):
    analysed.save(tmp_path / "ut")
    assert run("sample", "ut", "--n", 20, "--out", "koding", cwd=tmp_path).exit_code == 0
    again = run("sample", "ut", "--n", 20, "--out", "koding", cwd=tmp_path)
    assert again.exit_code == 1
    assert "koding/sample.json is there already" in again.stderr
