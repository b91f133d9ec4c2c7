"""The bundled corpus: its size, its codes, its sources, and that policytext finds its segments."""

import csv
import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from policytext.records import AREAS, COMPARATORS, DIRECTIONS, ROLES, SEGMENT_KINDS, STRENGTHS
from policytext.resources import corpus_path

ROOT = corpus_path("distrikt")
UNITS = {
    *("percent", "percentage_point", "ratio", "NOK", "G", "count", "date", "degree"),
    *("year", "month", "week", "day", "hour", "minute"),
    *("m", "km", "nautical_mile", "km2", "dekar", "kg", "tonne", "MW", "TWh", "Mbit/s", "Gbit/s", "km/t"),
}
KEYS = [
    "id",
    "doc",
    "stratum",
    "kind",
    "heading",
    "intro",
    "text",
    "start",
    "end",
    "language",
    "bad",
    "measure",
    "n_measures",
    "strength",
    "specific",
    "direction",
    "areas",
    "quantities",
]
CODES = [json.loads(line) for line in (ROOT / "codes.jsonl").read_text(encoding="utf-8").splitlines()]
with (ROOT / "metadata.csv").open(encoding="utf-8", newline="") as _handle:
    METADATA = list(csv.DictReader(_handle))
REPORTLAB = "5.1.0"


def prose() -> list[dict]:
    return [row for row in CODES if row["kind"] != "boilerplate"]


def test_corpus_is_large_and_varied_enough():
    assert len(METADATA) >= 13
    parties = Counter(row["party"] for row in METADATA)
    assert len(parties) >= 5
    assert {Path(row["file"]).suffix for row in METADATA} == {".txt", ".md", ".html", ".pdf"}
    assert sum(len(re.findall(r"\w+", row["text"])) for row in prose()) >= 8000
    assert {"brochure", "discussion note", "press release", "programme", "speech", "topic page", "web page"} <= {
        row["kind"] for row in METADATA
    }
    words = Counter()
    for row in prose():
        words[row["language"], row["doc"]] += len(row["text"].split())
    assert sum(1 for (language, _), n in words.items() if language == "nn" and n >= 300) >= 3


def test_metadata_names_every_document_once():
    files = sorted(path.name for path in (ROOT / "texts").iterdir())
    assert files == sorted(Path(row["file"]).name for row in METADATA)
    assert all((ROOT / row["file"]).is_file() for row in METADATA)
    assert all(Path(row["file"]).stem == row["doc_id"] for row in METADATA)
    assert all(row["constructed"] == "true" and re.fullmatch(r"20\d\d-\d\d-\d\d", row["date"]) for row in METADATA)
    assert {row["doc"] for row in CODES} == {row["doc_id"] for row in METADATA}
    assert {row["language"] for row in METADATA} == {"nb", "nn"}


def test_ids_are_unique_and_in_reading_order():
    ids = [row["id"] for row in CODES]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)


@pytest.mark.parametrize("doc", sorted({row["doc"] for row in CODES}))
def test_codes_follow_the_codebook(doc):
    for row in (row for row in CODES if row["doc"] == doc):
        assert [key for key in row if key != "second"] == KEYS, row["id"]
        assert row["kind"] in SEGMENT_KINDS, row["id"]
        assert row["language"] in {"nb", "nn"}, row["id"]
        assert row["bad"] is False, row["id"]
        if row["kind"] in {"heading", "question", "boilerplate"}:
            assert row["measure"] is False, row["id"]
        if row["measure"]:
            assert row["n_measures"] >= 1, row["id"]
            assert row["strength"] in STRENGTHS, row["id"]
            assert isinstance(row["specific"], bool), row["id"]
            assert row["direction"] in DIRECTIONS, row["id"]
            assert 1 <= len(row["areas"]) == len(set(row["areas"])) <= 2, row["id"]
            assert set(row["areas"]) <= set(AREAS), row["id"]
        else:
            assert (row["n_measures"], row["areas"]) == (0, []), row["id"]
            assert row["strength"] is row["specific"] is row["direction"] is None, row["id"]


@pytest.mark.parametrize("doc", sorted({row["doc"] for row in CODES}))
def test_quantities_follow_the_codebook(doc):
    for row in (row for row in CODES if row["doc"] == doc):
        position = 0
        for quantity in row["quantities"]:
            where = f"{row['id']} {quantity['text']}"
            position = row["text"].find(quantity["text"], position)
            assert position >= 0, where
            position += len(quantity["text"])
            assert quantity["unit"] in UNITS, where
            assert quantity["role"] in ROLES, where
            assert quantity["comparator"] in COMPARATORS, where
            assert row["measure"] or quantity["role"] == "context", where
            value = quantity["value"]
            assert value[0] < value[1] if isinstance(value, list) else value >= 0, where
            if quantity["unit"] == "date" and not isinstance(value, list):
                assert str(value) in quantity["text"], where


def test_every_area_direction_strength_and_role_occurs():
    measures = [row for row in CODES if row["measure"]]
    assert {row["areas"][0] for row in measures} == set(AREAS)
    assert {row["direction"] for row in measures} == set(DIRECTIONS)
    assert {row["strength"] for row in measures} == set(STRENGTHS)
    assert {quantity["role"] for row in CODES for quantity in row["quantities"]} == set(ROLES)


def test_numbers_in_the_text_are_coded():
    """Digits that no quantity covers are section numbers, zones, roads, clocks, classes and addresses."""
    left = []
    for row in prose():
        rest = row["text"]
        for quantity in row["quantities"]:
            rest = rest.replace(quantity["text"], " ", 1)
        if row["kind"] != "heading" and re.search(r"\d", rest):
            left.append((row["id"], rest))
    assert len(left) <= 20, left


def _rebuild(out: Path, *options: str) -> None:
    command = [sys.executable, str(ROOT / "__source__" / "build.py"), "--out", str(out), "--no-offsets", *options]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_sources_rebuild_to_the_same_bytes(tmp_path):
    _rebuild(tmp_path, "--no-pdf")
    names = [Path(row["file"]).name for row in METADATA if not row["file"].endswith(".pdf")]
    assert len(names) >= 8
    for name in names:
        assert (tmp_path / "texts" / name).read_bytes() == (ROOT / "texts" / name).read_bytes(), name
    assert (tmp_path / "metadata.csv").read_bytes() == (ROOT / "metadata.csv").read_bytes()
    built = [json.loads(line) for line in (tmp_path / "codes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert built == [row | {"start": None, "end": None} for row in CODES]


def test_pdfs_rebuild_to_the_same_bytes(tmp_path):
    if importlib.util.find_spec("reportlab") is None:
        pytest.skip("reportlab is not installed: it sets the PDFs and is a development dependency only")
    from importlib.metadata import version

    if version("reportlab") != REPORTLAB:
        pytest.skip(f"the PDFs were set with reportlab {REPORTLAB}; another version may write other bytes")
    _rebuild(tmp_path)
    names = [Path(row["file"]).name for row in METADATA if row["file"].endswith(".pdf")]
    assert len(names) >= 2
    for name in names:
        assert (tmp_path / "texts" / name).read_bytes() == (ROOT / "texts" / name).read_bytes(), name


def test_readme_holds_the_tables_that_the_script_prints():
    script = ROOT / "__source__" / "describe.py"
    done = subprocess.run([sys.executable, str(script)], check=True, capture_output=True, encoding="utf-8", timeout=60)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tables = done.stdout.strip().split("\n\n")
    assert len(tables) == 2
    assert all(table in readme for table in tables), done.stdout


def test_second_coding_follows_the_codebook_and_stands_beside_the_first():
    second = [row for row in CODES if "second" in row]
    assert len(second) == 100
    assert all(set(row["second"]) == set(KEYS[KEYS.index("bad") :]) for row in second)


@pytest.fixture(scope="module")
def documents():
    from policytext.ingest import read_corpus

    corpus = read_corpus(ROOT)
    assert corpus.problems == ()
    return {document.doc_id: document for document in corpus}


def test_metadata_reaches_the_documents(documents):
    assert sorted(documents) == sorted(row["doc_id"] for row in METADATA)
    for row in METADATA:
        document = documents[row["doc_id"]]
        assert (document.party, document.title, document.date) == (row["party"], row["title"], row["date"])


def test_offsets_lead_to_the_segments(documents):
    """When this fails after a change of a reader, run ``python corpora/distrikt/__source__/build.py``."""
    for row in prose():
        if row["start"] is not None:
            assert documents[row["doc"]].text[row["start"] : row["end"]] == row["text"], row["id"]
    left = [row["id"] for row in prose() if row["start"] is None]
    assert len(left) <= 0.01 * len(prose()), left


def test_coded_segments_are_the_segments_that_policytext_cuts(documents):
    from policytext.segment import segment_document

    cut = {doc: {segment.text for segment in segment_document(document)} for doc, document in documents.items()}
    lost = [(row["id"], row["text"]) for row in prose() if row["text"] not in cut[row["doc"]]]
    assert len(lost) <= 0.03 * len(prose()), lost


def test_boilerplate_is_left_out_of_the_prose(documents):
    from policytext.segment import segment_document

    notices = {(row["doc"], row["text"]) for row in CODES if row["kind"] == "boilerplate"}
    assert len(notices) >= 30
    kept = [
        segment.text
        for doc, document in documents.items()
        for segment in segment_document(document)
        if (doc, segment.text) in notices and segment.kind not in {"boilerplate", "heading"}
    ]
    assert len(kept) <= 0.1 * len(notices), kept
