import os
import threading
import warnings
from multiprocessing import active_children

import pandas as pd
import pytest

import policytext as pt
from policytext.analysis.tables import TABLES
from policytext.batch import analyze_files
from policytext.batch.jobs import do
from policytext.errors import BatchError, PolicyTextWarning
from policytext.resources import corpus_path

PROGRAMME = """# Ferger

Bygdelista Havørn vil:

- halvere fergetakstene innen 2030
- innføre gratis ferge for barn under 16 år
"""
SILENT = "Kaia er lang, og vannet er kaldt om vinteren i fjorden vår.\n"


def same(one, other):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "tekster"
    folder.mkdir()
    for name, word in (("a", "ferge"), ("b", "bane"), ("c", "buss")):
        (folder / f"{name}.md").write_text(PROGRAMME.replace("ferge", word), encoding="utf-8")
    (folder / "metadata.csv").write_text("doc_id,party\na,Havørn\nb,Fjellfolket\nc,Havørn\n", encoding="utf-8")
    return folder


@pytest.fixture
def done(monkeypatch):
    """The names of the files that are really read, in order."""
    names = []

    def noted(job, table, models):
        names.append(job.source.path.name)
        return do(job, table, models)

    monkeypatch.setattr("policytext.batch.run.do", noted)
    return names


@pytest.fixture(scope="module")
def distrikt():
    return analyze_files(corpus_path())


def test_one_process_gives_what_analyze_gives(distrikt):
    plain = pt.analyze(pt.read_corpus(corpus_path()))
    same(distrikt, plain)
    assert distrikt.manifest == plain.manifest


def test_two_processes_give_the_same_bytes_as_one(distrikt, tmp_path):
    two = analyze_files(corpus_path(), processes=2)
    first, second = distrikt.save(tmp_path / "one"), two.save(tmp_path / "two")
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == len(TABLES) + 1
    assert [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()] == []


@pytest.mark.parametrize("processes", [1, 2])
def test_warnings_and_problems_come_in_the_order_of_the_files(folder, processes):
    (folder / "b.md").write_text(SILENT, encoding="utf-8")
    (folder / "d.pdf").write_bytes(b"")
    (folder / "e.md").write_text(SILENT, encoding="utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        analysis = analyze_files([folder, folder.parent / "borte"], processes=processes)
    told = [str(one.message) for one in caught]
    assert [message.split(":")[0] for message in told[:2]] == ["b", "e"]
    assert "documents without a row (1): e.md" in told[2]
    assert [os.path.basename(source) for source in analysis.problems["source"]] == ["borte", "d.pdf"]  # noqa: PTH119


@pytest.mark.parametrize("processes", [1, 2])
def test_documents_of_one_name_are_told_apart_as_in_one_reading(folder, processes):
    for name in ("e", "f", "g"):
        (folder / f"{name}.csv").write_text(f"doc_id,text\nx,Vi vil bygge {name}-kai.\n", encoding="utf-8")
    (folder / "metadata.csv").unlink()
    analysis = analyze_files(folder, processes=processes)
    assert analysis.documents["doc_id"].tolist() == ["a", "b", "c", "x", "x-2", "x-3"]
    same(analysis, pt.analyze(pt.read_corpus(folder)))


def test_an_unexpected_error_is_a_problem_of_its_file(folder, monkeypatch):
    from policytext.segment import segment_document

    def cut(document):
        if document.doc_id == "b":
            raise ZeroDivisionError("kaia")
        return segment_document(document)

    monkeypatch.setattr("policytext.segment.segment_document", cut)
    analysis = analyze_files(folder)
    assert analysis.documents["doc_id"].tolist() == ["a", "c"]
    assert "analysing failed unexpectedly (ZeroDivisionError: kaia)" in analysis.problems["message"][0]


def pipe(folder):
    path = folder / "p.txt"
    os.mkfifo(path)
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_takes_too_long_is_put_aside(folder):
    paths = [folder / "a.md", folder / "b.md", pipe(folder)]
    analysis = analyze_files(paths, processes=2, time_limit=1.5)
    assert analysis.documents["doc_id"].tolist() == ["a", "b"]
    assert analysis.problems["message"].str.contains(r"p\.txt: put aside, because it took longer than 1\.5 s").all()
    assert len(analysis.problems) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_kills_its_process_is_put_aside(folder):
    path = pipe(folder)

    def kill():
        with path.open("wb"):  # opens when the process reads the pipe
            for child in active_children():
                child.kill()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    analysis = analyze_files([folder / "a.md", path, folder / "c.md"], time_limit=60)
    killer.join(10)
    assert analysis.documents["doc_id"].tolist() == ["a", "c"]
    assert "p.txt: put aside, because the process that read it was ended by SIGKILL" in analysis.problems["message"][0]


def interrupt_after(count):
    def progress(_):
        nonlocal count
        count -= 1
        if not count:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("processes", [1, 2])
def test_an_interrupted_run_is_taken_up(folder, tmp_path, done, processes):
    whole = analyze_files(folder)
    done.clear()
    with pytest.raises(KeyboardInterrupt):
        analyze_files(folder, keep=tmp_path / "k", processes=processes, progress=interrupt_after(2))
    done.clear()
    told = []
    resumed = analyze_files(folder, keep=tmp_path / "k", resume=True, progress=lambda path: told.append(path.name))
    assert len(done) <= 1
    assert sorted(told) == ["a.md", "b.md", "c.md"]
    same(resumed, whole)
    assert resumed.manifest == whole.manifest


CHANGES = {
    "nothing": (lambda _: None, []),
    "touched": (lambda folder: os.utime(folder / "a.md"), []),
    "a file": (lambda folder: (folder / "b.md").write_text(PROGRAMME, encoding="utf-8"), ["b.md"]),
    "a new file": (lambda folder: (folder / "aa.md").write_text(PROGRAMME, encoding="utf-8"), ["aa.md"]),
    "a file removed": (lambda folder: (folder / "a.md").unlink(), []),
    "a row of the metadata": (
        lambda folder: (folder / "metadata.csv").write_text("doc_id,party\na,Havørn\nb,Nordlys\nc,Havørn\n"),
        ["b.md"],
    ),
    "no metadata": (lambda folder: (folder / "metadata.csv").unlink(), ["a.md", "b.md", "c.md"]),
}


@pytest.mark.filterwarnings("ignore::policytext.errors.PolicyTextWarning")
@pytest.mark.parametrize(("change", "again"), CHANGES.values(), ids=CHANGES)
def test_only_what_changed_is_read_again(folder, tmp_path, done, change, again):
    analyze_files(folder, keep=tmp_path / "k", resume=True)
    change(folder)
    done.clear()
    resumed = analyze_files(folder, keep=tmp_path / "k", resume=True)
    assert done == again
    same(resumed, pt.analyze(pt.read_corpus(folder)))


def test_a_damaged_result_is_made_again(folder, tmp_path, done):
    analyze_files(folder, keep=tmp_path / "k", resume=True)
    sorted((tmp_path / "k").iterdir())[0].write_bytes(b"ikke gzip")
    done.clear()
    analyze_files(folder, keep=tmp_path / "k", resume=True)
    assert len(done) == 1


def test_another_program_reads_everything_again(folder, tmp_path, done, monkeypatch):
    analyze_files(folder, keep=tmp_path / "k", resume=True)
    done.clear()
    monkeypatch.setattr("policytext.analysis.manifest.__version__", "99")
    analyze_files(folder, keep=tmp_path / "k", resume=True)
    assert done == ["a.md", "b.md", "c.md"]


def test_without_resume_nothing_old_is_used(folder, tmp_path, done):
    analyze_files(folder, keep=tmp_path / "k")
    done.clear()
    analyze_files(folder, keep=tmp_path / "k")
    assert done == ["a.md", "b.md", "c.md"]


def test_warnings_are_given_again_when_resumed(folder, tmp_path):
    (folder / "b.md").write_text(SILENT, encoding="utf-8")
    for _ in range(2):
        with pytest.warns(PolicyTextWarning, match="b: no measure found"):
            analyze_files(folder, keep=tmp_path / "k", resume=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"processes": 0}, "processes is 0; it must be at least 1", id="no process"),
        pytest.param({"time_limit": 0}, "the time limit is 0 seconds; it must be above 0", id="no time"),
        pytest.param({"time_limit": float("nan")}, "it must be above 0", id="no number"),
        pytest.param({"resume": True}, "resume needs the folder", id="nothing to resume"),
    ],
)
def test_options_out_of_range_are_refused(folder, options, message):
    with pytest.raises(BatchError, match=message):
        analyze_files(folder, **options)


def test_results_that_cannot_be_kept_are_told(folder, tmp_path):
    (tmp_path / "k").write_text("en fil", encoding="utf-8")
    with pytest.raises(BatchError, match="results of single files cannot be kept there"):
        analyze_files(folder, keep=tmp_path / "k")
