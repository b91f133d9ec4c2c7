import io

import pandas as pd
import pytest

from policytext.analysis.fingerprint import model_hashes, program_hash, table_hash, without_folders

TABLE = pd.DataFrame({"text": ["ferge", None, "«bane»"], "n": [1, 2, 3], "share": [0.1, float("nan"), 1 / 3]})


def parquet(table):
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return pd.read_parquet(buffer)


SAME = {
    "itself": TABLE.copy(),
    "through Parquet": parquet(TABLE),
    "other row labels": TABLE.set_axis([5, 6, 7]),
    "objects": TABLE.astype({"text": object}),
    "nullable whole numbers": TABLE.astype({"n": "Int64"}),
    "whole floats": TABLE.astype({"n": float}),
    "a tenth digit": TABLE.assign(share=TABLE["share"] + 1e-12),
}
OTHER = {
    "a text": TABLE.assign(text=["ferje", None, "«bane»"]),
    "empty for missing": TABLE.assign(text=["ferge", "", "«bane»"]),
    "a whole number": TABLE.assign(n=[1, 2, 4]),
    "number as text": TABLE.assign(n=["1", "2", "3"]),
    "a digit": TABLE.assign(share=TABLE["share"] + 1e-7),
    "order of rows": TABLE.iloc[::-1],
    "order of columns": TABLE[["n", "text", "share"]],
    "name of a column": TABLE.rename(columns={"n": "m"}),
    "a row less": TABLE.iloc[:2],
    "truth for 1": TABLE.assign(n=[True, True, True]),
}


@pytest.mark.parametrize("table", SAME.values(), ids=SAME)
def test_the_same_content_has_the_same_hash(table):
    assert table_hash(table) == table_hash(TABLE)


@pytest.mark.parametrize("table", OTHER.values(), ids=OTHER)
def test_other_content_has_another_hash(table):
    assert table_hash(table) != table_hash(TABLE)


def test_the_hash_is_this_one_on_every_platform():
    assert table_hash(TABLE) == "6470d40bb4d2bf4d02515e6f8f81642b0b4bb903eae3b99659251694fb2d0682"


def test_large_whole_numbers_count_in_full():
    one, other = (pd.DataFrame({"value": [value]}) for value in (27_000_000_123.0, 27_000_000_124.0))
    assert table_hash(one) != table_hash(other)


@pytest.mark.parametrize("source", ["a/b/havn.pdf", "C:\\tekster\\havn.pdf", "havn.pdf"])
def test_folders_do_not_count(source):
    table = pd.DataFrame({"source": [source, None], "message": [f"{source}: holds no text", "x"]})
    bare = without_folders("problems", table)
    assert bare["source"].tolist()[0] == "havn.pdf"
    assert bare["message"].tolist() == ["havn.pdf: holds no text", "x"]


def test_tables_without_files_stay_as_they_are():
    assert without_folders("measures", TABLE) is TABLE


def test_models_and_program_have_hashes():
    assert {"areas", "measures", "no_policytext_sm"} <= model_hashes().keys()
    assert len({*model_hashes().values(), program_hash()}) == len(model_hashes()) + 1
