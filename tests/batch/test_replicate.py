import contextlib
import json
import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

import policytext as pt
from policytext.batch import analyze_files, replicate
from policytext.batch.account import lines, table_of_tables
from policytext.cli import app
from policytext.errors import AnalysisError, BatchError
from policytext.resources import corpus_path

PROGRAMME = """# {name}

{party} vil:

- halvere {name}takstene innen 2030
- innføre gratis {name} for barn under 16 år
- bygge 200 nye kaier på øyene
"""
pytestmark = pytest.mark.filterwarnings("ignore::policytext.errors.PolicyTextWarning")


def command(*arguments, cwd):
    with contextlib.chdir(cwd):
        return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "160"}).invoke(app, list(map(str, arguments)))


def build(folder):
    texts = folder / "tekster"
    (texts / "under").mkdir(parents=True)
    for place, name, party in (
        ("a.md", "ferge", "Havørn"),
        ("b.md", "bane", "Fjellfolket"),
        ("under/c.md", "buss", "Havørn"),
    ):
        (texts / place).write_text(PROGRAMME.format(name=name, party=party), encoding="utf-8")
    (texts / "skjema.xyz").write_text("ukjent", encoding="utf-8")
    (texts / "tom.pdf").write_bytes(b"")
    (folder / "metadata.csv").write_text("doc_id,party\na,Havørn\nb,Fjellfolket\nc,Havørn\n", encoding="utf-8")
    with contextlib.chdir(folder):
        analysis = analyze_files("tekster")
        analysis.save("ut")
        pt.compare(analysis, n_topics=2, n_resamples=50).save("ut/comparison")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bygd")
    build(folder)
    return folder


@pytest.fixture
def folder(built, tmp_path):
    shutil.copytree(built, tmp_path / "f")
    return tmp_path / "f"


def verdicts(result, kind="table"):
    rows = result.of(kind)
    return dict(zip(rows["name"], rows["verdict"], strict=True))


def odd(result, kind="table"):
    return {name: verdict for name, verdict in verdicts(result, kind).items() if verdict != "the same"}


def test_a_run_repeated_where_it_was_made_is_the_same(folder):
    result = replicate(folder / "ut")
    assert result.same
    assert len(verdicts(result)) == 11
    assert odd(result, "input") == odd(result, "environment") == {}
    assert result.differences.empty


def test_files_are_found_by_their_hashes_wherever_they_are(folder):
    (folder / "post").mkdir()
    for number, path in enumerate(sorted(path for path in (folder / "tekster").rglob("*") if path.is_file())):
        path.rename(folder / "post" / f"vedlegg-{number}.bin")
    (folder / "metadata.csv").rename(folder / "post" / "tabell.bin")
    result = replicate(folder / "ut", folder / "post")
    assert result.same
    assert odd(result, "input") == {}


def test_the_manifest_holds_no_path_of_the_machine(built):
    text = (built / "ut" / "manifest.json").read_text(encoding="utf-8")
    assert str(built) not in text
    assert "/tmp" not in text  # noqa: S108
    assert json.loads(text)["inputs"]["given"] == [{"kind": "folder", "name": "tekster", "path": "../tekster"}]


def test_the_manifest_alone_is_enough(folder):
    for table in (folder / "ut").rglob("*.parquet"):
        table.unlink()
    result = replicate(folder / "ut")
    assert result.same
    assert result.of("table")["note"].str.contains("compared by hash").all()


def test_a_changed_input_is_named_and_changes_tables(folder):
    text = (folder / "tekster" / "b.md").read_text(encoding="utf-8")
    (folder / "tekster" / "b.md").write_text(text.replace("200", "300"), encoding="utf-8")
    result = replicate(folder / "ut")
    assert odd(result, "input") == {"tekster/b.md": "changed"}
    assert {"documents", "segments", "quantities", "comparison/numeric_promises"} <= odd(result).keys()
    assert "problems" not in odd(result)
    cells = result.differences
    value = cells[(cells["table"] == "quantities") & (cells["column"] == "value")]
    assert value[["then", "now"]].values.tolist() == [[200.0, 300.0]]
    assert not result.same


def test_a_missing_input_is_named_and_the_rest_compared(folder):
    (folder / "tekster" / "under" / "c.md").unlink()
    result = replicate(folder / "ut")
    assert odd(result, "input") == {"tekster/under/c.md": "missing"}
    gone = result.differences[result.differences["table"] == "documents"]
    assert gone[["row", "then"]].values.tolist() == [["doc_id=c", "a row"]]


def test_missing_metadata_are_named(folder):
    (folder / "metadata.csv").unlink()
    assert odd(replicate(folder / "ut"), "input") == {"metadata.csv": "missing"}


def change(name, edit):
    def changed(run):
        path = run / f"{name}.parquet"
        edit(pd.read_parquet(path)).to_parquet(path, index=False)

    return changed


TABLES = {
    "one cell": (change("measures", lambda t: t.assign(verb=["bade", *t["verb"][1:]])), "measures", 1, 1),
    "a row less": (change("segments", lambda t: t.iloc[1:]), "segments", 1, 0),
    "another order": (change("quantities", lambda t: t.iloc[::-1]), "quantities", None, 0),
    "a column less": (change("measures", lambda t: t.drop(columns="cue")), "measures", 0, 1),
    "a number": (
        change("comparison/emphasis", lambda t: t.assign(share=t["share"] * 1.001)),
        "comparison/emphasis",
        2,
        2,
    ),
}


@pytest.mark.parametrize(("edit", "name", "rows", "cells"), TABLES.values(), ids=TABLES)
def test_a_changed_table_is_found(folder, edit, name, rows, cells):
    edit(folder / "ut")
    result = replicate(folder / "ut")
    assert odd(result) == {name: "differs"}
    row = result.of("table").set_index("name").loc[name]
    assert "it was changed after the run" in row["note"]
    if rows is not None:
        assert (row["rows_differ"], row["cells_differ"]) == (rows, cells)


@pytest.mark.parametrize(("digits", "same"), [(9, False), (3, True)])
def test_how_many_digits_count_can_be_said(folder, digits, same):
    change("measures", lambda t: t.assign(probability=t["probability"] * (1 - 1e-5)))(folder / "ut")
    result = replicate(folder / "ut", digits=digits)
    assert result.same == same
    assert result.of("table").set_index("name").loc["measures", "largest_difference"] == pytest.approx(1e-5, rel=0.01)


def test_a_last_digit_does_not_count(folder):
    change("measures", lambda t: t.assign(probability=t["probability"] * (1 - 1e-14)))(folder / "ut")
    assert replicate(folder / "ut").same


def test_other_packages_and_models_are_named(folder):
    path = folder / "ut" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["packages"]["numpy"] = "1.0"
    manifest["models"]["areas"] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    result = replicate(folder / "ut")
    assert odd(result, "environment") == {"packages.numpy": "differs", "models.areas": "differs"}
    assert result.same


def test_a_manifest_of_format_1_needs_the_paths(folder):
    path = folder / "ut" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    old = {key: manifest[key] for key in ("policytext", "python", "packages", "documents")}
    path.write_text(json.dumps({"format": 1, **old}), encoding="utf-8")
    with pytest.raises(BatchError, match="does not say which files were read; give the files and folders"):
        replicate(folder / "ut")
    result = replicate(folder / "ut", folder / "tekster")
    assert result.same
    assert odd(result, "environment")["program"] == "not told"
    assert len(pt.load_analysis(folder / "ut").documents) == 3


def test_files_given_one_by_one_and_a_table_given_by_itself(folder):
    with contextlib.chdir(folder):
        (folder / "metadata.csv").rename(folder / "partier.csv")
        analyze_files(["tekster/b.md", "tekster/under/c.md", "borte.md"], metadata="partier.csv").save("ut2")
    result = replicate(folder / "ut2")
    assert result.same
    assert set(verdicts(result, "input")) == {"b.md", "c.md", "partier.csv"}


def test_the_bundled_corpus_is_found_by_its_name(tmp_path):
    analyze_files(corpus_path()).save(tmp_path / "ut")
    manifest = json.loads((tmp_path / "ut" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["given"] == [{"kind": "folder", "name": "corpus:distrikt"}]
    assert replicate(tmp_path / "ut").same


def test_a_run_made_in_python_can_be_repeated(folder):
    with contextlib.chdir(folder):
        pt.analyze(pt.read_corpus("tekster")).save("py")
    assert replicate(folder / "py").same


def test_a_repeated_run_can_be_repeated(folder, tmp_path):
    replicate(folder / "ut").save(tmp_path / "igjen")
    assert str(folder) not in (tmp_path / "igjen" / "manifest.json").read_text(encoding="utf-8")
    assert replicate(tmp_path / "igjen", folder).same


@pytest.mark.parametrize(
    ("run", "paths", "options", "error", "message"),
    [
        pytest.param("tekster", (), {}, AnalysisError, "holds no analysis: manifest.json is missing", id="no run"),
        pytest.param("ut", "borte", {}, BatchError, "borte: there is no such file or folder", id="no path"),
        pytest.param("ut", (), {"digits": 0}, BatchError, "digits is 0; it must be from 1 to 17", id="no digits"),
    ],
)
def test_what_cannot_be_repeated_is_told(folder, run, paths, options, error, message):
    with contextlib.chdir(folder), pytest.raises(error, match=message):
        replicate(run, paths, **options)


def test_files_that_are_all_gone_are_told(folder):
    shutil.rmtree(folder / "tekster")
    with pytest.raises(BatchError, match=r"none of the 5 files that .* was made of is where it was"):
        replicate(folder / "ut")


def edited(run, edit):
    path = run / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    edit(manifest["inputs"])
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        pytest.param(
            lambda inputs: inputs["files"][0].update(file="../../../../../../a.md"),
            "lies outside what was given",
            id="outside",
        ),
        pytest.param(lambda inputs: inputs.pop("given"), "is damaged: KeyError", id="nothing given"),
        pytest.param(lambda inputs: inputs["files"][0].update(given=7), "is damaged: IndexError", id="no such path"),
        pytest.param(lambda inputs: inputs.update(files=None), "is damaged: 'NoneType'", id="no files"),
        pytest.param(lambda inputs: inputs["files"][0].pop("sha256"), "is damaged: KeyError", id="no hash"),
    ],
)
def test_a_manifest_that_is_damaged_or_reaches_outside_is_refused(folder, edit, message):
    edited(folder / "ut", edit)
    with pytest.raises((AnalysisError, BatchError), match=message):
        replicate(folder / "ut", folder / "tekster")


def test_a_table_given_by_itself_stays_in_its_place(folder, tmp_path):
    def reach_out(inputs):
        inputs["metadata"][0].update(given=None, file="../../../../../utenfor.csv")

    edited(folder / "ut", reach_out)
    assert odd(replicate(folder / "ut", [folder / "tekster", folder / "metadata.csv"])) == {}
    assert not list(tmp_path.rglob("utenfor.csv"))


def test_the_account_says_what_differs(folder):
    (folder / "tekster" / "a.md").unlink()
    result = replicate(folder / "ut")
    said = "\n".join(lines(result))
    assert "Inputs: 1 of 6 files are not as they were:\n  missing: tekster/a.md" in said
    assert "documents:\n  doc_id=a: a row then, nothing now" in said
    assert "Programs and models: the same versions and files." in said
    assert table_of_tables(result)["result"].tolist().count("differs") > 3


def test_the_command_ends_with_0_only_when_all_is_the_same(folder):
    done = command("replicate", "ut", "--out", "igjen", cwd=folder)
    assert done.exit_code == 0, done.stderr
    assert "All 11 tables are the same." in done.stdout
    report = pd.read_csv(folder / "igjen" / "replication.csv")
    assert (report["verdict"] == "the same").all()
    (folder / "tekster" / "a.md").unlink()
    done = command("replicate", "ut", "tekster", "metadata.csv", "--out", "igjen", cwd=folder)
    assert done.exit_code == 1
    assert "tables did not come out the same" in done.stderr
    assert "missing: tekster/a.md" in done.stdout


def test_the_command_does_not_write_over_the_run(folder):
    done = command("replicate", "ut", "--out", "ut", cwd=folder)
    assert done.exit_code == 1
    assert "ut holds the run itself; give another folder" in done.stderr


def test_analyze_keeps_results_of_files_only_as_long_as_needed(folder):
    assert command("analyze", "tekster/a.md", "--out", "x", "--no-report", cwd=folder).exit_code == 0
    assert not (folder / "x" / ".parts").exists()
    assert command("analyze", "tekster/a.md", "--out", "x", "--no-report", "--resume", cwd=folder).exit_code == 0
    assert len(list((folder / "x" / ".parts").iterdir())) == 1


def test_an_interrupted_analysis_says_how_to_go_on(folder, monkeypatch):
    def interrupted(*_, progress, **__):
        progress(folder / "a.md")
        raise KeyboardInterrupt

    monkeypatch.setattr("policytext.batch.analyze_files", interrupted)
    done = command("analyze", "tekster", "--out", "x", cwd=folder)
    assert done.exit_code == 130
    assert "stopped: 1 of 4 files are done; go on with the same command and --resume" in done.stderr
