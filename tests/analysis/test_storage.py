import json

import pandas as pd
import pytest

import policytext as pt
from policytext.analysis.tables import TABLES
from policytext.errors import AnalysisError


@pytest.fixture(scope="module")
def analysis():
    return pt.annotate(["Vi vil øke støtten til havner med 20 millioner kroner.", "Havna er fin."])


def test_saving_and_loading_gives_the_same_tables(analysis, tmp_path):
    analysis.save(tmp_path / "ut")
    loaded = pt.load_analysis(tmp_path / "ut")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(analysis, name))
    assert loaded.manifest == analysis.manifest


def test_saving_twice_gives_the_same_bytes(analysis, tmp_path):
    first, second = analysis.save(tmp_path / "a"), analysis.save(tmp_path / "b")
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(["manifest.json", *(f"{name}.parquet" for name in TABLES)])
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_csv_and_jsonl_hold_a_row_for_each_record(analysis, tmp_path):
    analysis.to_csv(tmp_path / "csv")
    analysis.to_jsonl(tmp_path / "jsonl")
    assert len(pd.read_csv(tmp_path / "csv" / "segments.csv")) == 2
    lines = (tmp_path / "jsonl" / "quantities.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["unit"] for line in lines] == ["NOK"]


def test_a_folder_without_an_analysis_is_named(tmp_path):
    with pytest.raises(AnalysisError, match=r"manifest\.json is missing; make one with `policytext analyze"):
        pt.load_analysis(tmp_path)


def test_a_damaged_table_is_named(analysis, tmp_path):
    analysis.save(tmp_path)
    (tmp_path / "measures.parquet").write_bytes(b"nonsense")
    with pytest.raises(AnalysisError, match=r"measures\.parquet cannot be read"):
        pt.load_analysis(tmp_path)


def test_another_format_is_refused(analysis, tmp_path):
    analysis.save(tmp_path)
    (tmp_path / "manifest.json").write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(AnalysisError, match="has format 99; this version reads format 1 and 2"):
        pt.load_analysis(tmp_path)


def test_saving_over_a_file_is_refused(analysis, tmp_path):
    (tmp_path / "ut").write_text("x", encoding="utf-8")
    with pytest.raises(AnalysisError, match="is a file; give a folder"):
        analysis.save(tmp_path / "ut")
