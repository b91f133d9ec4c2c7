import contextlib
import csv
import json

import pandas as pd
import pytest
from typer.testing import CliRunner

import policytext as pt
from policytext.cli import app
from policytext.errors import AnalysisError, GoldError, ModelError, PolicyTextWarning, TrainingError
from policytext.resources import corpus_path
from policytext.training.examples import read_examples
from policytext.validate import sample
from policytext.version import __version__


def run(*arguments, cwd):
    with contextlib.chdir(cwd):
        return CliRunner(env={"NO_COLOR": "1", "COLUMNS": "160"}).invoke(app, list(map(str, arguments)))


def test_the_card_says_what_it_was_trained_on_and_what_that_brought(folder, training):
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert "979 hand-coded segments, 438 of them measures, of 17 parties and 17 documents: `mine.jsonl`" in card
    assert f"| policytext | {__version__} |" in card
    assert "| byalliansen-program | 1 |" in card
    direction = training.agreement.set_index("task").loc["direction"]
    assert f"| direction | accuracy | 438 | {direction['before']:.3f} | {direction['after']:.3f} |" in card
    assert "| date |" not in card


def test_a_date_stands_on_the_card_only_where_it_is_given(training, tmp_path):
    card = (training.save(tmp_path / "models", date="2031-05-04") / "README.md").read_text(encoding="utf-8")
    assert "| date | 2031-05-04 |" in card


def test_the_index_says_how_to_get_the_same_again(folder, training):
    index = json.loads((folder / "models.json").read_text(encoding="utf-8"))
    assert index["policytext"] == __version__
    assert [name for name, _ in index["settings"]["codes"]] == ["mine.jsonl"]
    assert index["settings"]["left_out"] == "party"
    assert index["tried"][0]["part"] == "measure"


def test_models_of_an_earlier_training_are_replaced(training, tmp_path):
    target = tmp_path / "models"
    training.save(target)
    (target / "areas").mkdir(exist_ok=True)
    training.save(target)
    assert pt.annotate(["Vi vil bygge ny bru."], models=target).manifest["models"]
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"also holds notes\.txt"):
        training.save(target)


def test_a_folder_with_other_things_is_left_alone(training, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"")
    with pytest.raises(TrainingError, match=r"holds thesis\.docx …; give a new or empty folder"):
        training.save(tmp_path)
    with pytest.raises(AnalysisError, match="is a file"):
        training.save(tmp_path / "thesis.docx")


def test_analyze_uses_the_models_and_says_so(folder, tmp_path):
    (tmp_path / "tekst.md").write_text("# Ferje\n\nVi vil innføre gratis ferje i hele fylket.\n", encoding="utf-8")
    for name, extra in (("bundled", ()), ("own", ("--models", folder))):
        done = run("analyze", "tekst.md", "--out", name, "--no-report", *extra, cwd=tmp_path)
        assert done.exit_code == 0, done.stderr
    bundled, own = (pt.load_analysis(tmp_path / name) for name in ("bundled", "own"))
    assert (bundled.measures["direction"].tolist(), own.measures["direction"].tolist()) == (["introduce"], ["increase"])
    assert bundled.manifest["models"] != own.manifest["models"]


def test_the_command_trains_and_lists(codes, tmp_path):
    table = corpus_path() / "metadata.csv"
    for name in ("own", "again"):
        done = run("train", codes, "--out", name, "--what", "areas", "--metadata", table, cwd=tmp_path)
        assert done.exit_code == 0, done.stderr
    assert "Corrected: areas." in done.stdout
    assert "first area" in done.stdout
    written = {p.relative_to(tmp_path / "own"): p.read_bytes() for p in (tmp_path / "own").rglob("*") if p.is_file()}
    assert sorted(map(str, written)) == ["README.md", "areas/areas.npz", "areas/config.toml", "models.json"]
    assert [name for name, content in written.items() if (tmp_path / "again" / name).read_bytes() != content] == []
    listed = run("models", "--models", "own", cwd=tmp_path)
    assert listed.exit_code == 0
    assert "trained on: 979 hand-coded segments, 438 of them measures, of 7 parties" in listed.stdout
    assert "trained on" in run("models", cwd=tmp_path).stdout


def test_validation_warns_of_codes_that_the_models_were_trained_on(codes, folder, tmp_path):
    with pytest.warns(PolicyTextWarning, match=r"were trained on mine\.jsonl: agreement with other codes"):
        pt.validate(None, codes, models=folder, n_resamples=5)
    other = tmp_path / "other.jsonl"
    other.write_text("".join(codes.read_text(encoding="utf-8").splitlines(keepends=True)[:20]), encoding="utf-8")
    assert len(pt.validate(None, other, models=folder, n_resamples=5).table)
    with pytest.raises(AnalysisError, match="not both"):
        pt.validate(pt.annotate(["Vi vil bygge ny bru."]), codes, models=folder)


def test_coding_sheets_of_a_sample_are_read_once_for_all_coders(tmp_path):
    texts = [f"{who} vil bygge {what}." for who in ("Havørn", "Nordlys") for what in ("bru", "kai", "skole", "veg")]
    table = pd.DataFrame({"text": texts, "doc_id": [text.split()[0] for text in texts], "segment_id": range(8)})
    table["party"] = table["doc_id"]
    folder = sample(pt.annotate(table), n=8).save(tmp_path / "sample", coders=2, overlap=0.5)
    with pytest.raises(GoldError, match="is coded; fill in the column measure"):
        read_examples([folder])
    for sheet in folder.glob("*.csv"):
        with sheet.open(encoding="utf-8-sig", newline="") as handle:
            rows = [row | {"measure": "false"} for row in csv.DictReader(handle, delimiter=";")]
        with sheet.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
    for codes in ([folder], sorted(folder.glob("*.csv"))):
        examples = read_examples(codes)
        assert sorted(one.text for one in examples.gold) == sorted(texts)
        assert set(examples.parties) == {"Havørn", "Nordlys"}
        assert [name for name, _ in examples.hashes] == ["coder-1.csv", "coder-2.csv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("train", "nowhere.jsonl", "--out", "own"), "nowhere.jsonl cannot be read"),
        (("train", corpus_path() / "codes.jsonl", "--out", "."), "give a new or empty folder"),
        (("train", corpus_path() / "codes.jsonl", "--out", "own", "--what", "topics"), "allowed: all, areas, measures"),
        (("analyze", "--models", "nowhere", "--no-report"), "holds no trained models"),
        (("models", "--models", "nowhere"), "holds no trained models"),
    ],
    ids=["no-codes", "full-folder", "what", "analyze", "models"],
)
def test_the_commands_say_what_is_wrong(arguments, message, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"")
    done = run(*arguments, cwd=tmp_path)
    assert done.exit_code == 1
    assert message in done.stderr.replace("\n", " ")
    assert not (tmp_path / "own").exists()


def test_a_damaged_folder_is_refused(training, tmp_path):
    target = training.save(tmp_path / "models")
    (target / "measures" / "direction.npz").write_bytes(b"")
    with pytest.raises(ModelError, match="damaged or changed"):
        pt.annotate(["Vi vil bygge ny bru."], models=target)
