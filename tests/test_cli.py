import contextlib
import json

import pytest
from typer.testing import CliRunner

import policytext as pt
from policytext.cli import app

PROGRAMME = """# Ferger

Bygdelista Havørn vil:

- halvere fergetakstene innen 2030
- innføre gratis ferge for barn under 16 år
- vurdere døgnåpen ferge på øyene

Takstene er høye i dag.
"""


def run(*arguments, cwd):
    with contextlib.chdir(cwd):
        return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "160"}).invoke(app, list(map(str, arguments)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "tekster").mkdir()
    (folder / "tekster" / "havørn 2025.md").write_text(PROGRAMME, encoding="utf-8")
    (folder / "tekster" / "byalliansen.md").write_text(PROGRAMME.replace("ferge", "bane"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def analysed(folder):
    done = run("analyze", "tekster", "--out", "ut", cwd=folder)
    assert done.exit_code == 0, done.stderr
    return folder


def test_analyze_writes_tables_comparison_and_report(analysed):
    target = analysed / "ut"
    analysis = pt.load_analysis(target)
    assert analysis.documents["n_measures"].tolist() == [3, 3]
    assert (target / "report.html").stat().st_size > 10_000
    assert (target / "csv" / "measures.csv").is_file()
    assert any((target / "comparison").iterdir())


@pytest.mark.parametrize("command", ["compare", "report"])
def test_the_later_steps_run_on_their_own(analysed, command):
    done = run(command, "ut", cwd=analysed)
    assert done.exit_code == 0, done.stderr


def test_a_broken_file_is_named_and_the_rest_finishes(folder):
    bad = folder / "blandet"
    bad.mkdir()
    (bad / "tom.pdf").write_bytes(b"")
    (bad / "god.md").write_text(PROGRAMME, encoding="utf-8")
    done = run("analyze", "blandet", "--out", "ut2", "--no-report", cwd=folder)
    assert done.exit_code == 1
    assert "tom.pdf" in done.stderr
    assert "1 of 2 files could not be read" in done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert pt.load_analysis(folder / "ut2").documents["doc_id"].tolist() == ["god"]


def test_validate_prints_json(tmp_path):
    coded = [
        {"id": "a", "doc": "x", "stratum": "random", "kind": "item", "heading": "Ferger", "intro": "Vi vil:"},
        {"id": "b", "doc": "x", "stratum": "random", "kind": "para", "heading": "Ferger", "intro": ""},
    ]
    coded[0] |= {"text": "halvere fergetakstene", "bad": False, "measure": True, "n_measures": 1, "strength": "firm"}
    coded[0] |= {"specific": True, "direction": "decrease", "areas": ["infrastruktur"]}
    coded[0] |= {
        "quantities": [{"text": "halvere", "value": 0.5, "unit": "ratio", "role": "change", "comparator": "eq"}]
    }
    coded[1] |= {"text": "Takstene er høye i dag.", "bad": False, "measure": False, "n_measures": 0, "strength": None}
    coded[1] |= {"specific": None, "direction": None, "areas": [], "quantities": []}
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in coded), encoding="utf-8")
    done = run("validate", "gold.jsonl", "--json", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["analyze", "finnes-ikke"], "finnes-ikke", id="missing path"),
        pytest.param(["analyze", "."], "the folder holds no documents", id="empty folder"),
        pytest.param(["compare", "."], "holds no analysis", id="no analysis"),
        pytest.param(["validate", "finnes-ikke.jsonl"], "finnes-ikke.jsonl", id="missing gold"),
        pytest.param(["sample", ".", "--out", "koding"], "holds no analysis", id="nothing to draw from"),
    ],
)
def test_errors_go_to_stderr_without_a_traceback(tmp_path, arguments, message):
    done = run(*arguments, cwd=tmp_path)
    assert done.exit_code == 1
    assert message in done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("target", ["ut", "ut/2025/tabeller"], ids=["a-file", "inside-a-file"])
def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(tmp_path, target):
    (tmp_path / "ut").write_text("notat", encoding="utf-8")
    (tmp_path / "god.md").write_text(PROGRAMME, encoding="utf-8")
    done = run("analyze", "god.md", "--out", target, cwd=tmp_path)
    assert done.exit_code == 1
    assert "ut is a file; give a folder to write the tables into" in done.stderr
    assert "Reading" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["report", "compare"])
def test_what_cannot_be_written_is_named(analysed, tmp_path, command, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "ut/comparison")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    done = run(command, "ut", cwd=analysed)
    assert done.exit_code == 1
    assert "ut/comparison cannot be written or read: Permission denied" in done.stderr


@pytest.mark.parametrize(
    "command", ["analyze", "compare", "report", "sample", "validate", "train", "replicate", "models", "corpora"]
)
def test_every_command_has_help_with_an_example(tmp_path, command):
    done = run(command, "--help", cwd=tmp_path)
    assert done.exit_code == 0
    assert f"Example: policytext {command}" in done.stdout


def test_models_and_corpora_are_listed(tmp_path):
    assert "areas" in run("models", cwd=tmp_path).stdout
    assert "distrikt" in run("corpora", cwd=tmp_path).stdout
