import json

import pytest

from policytext.errors import DocumentError, PolicyTextWarning
from policytext.ingest import iter_documents, read_corpus, read_document

ROWS = [
    {"id": "t1", "tekst": "Vi vil bygge 40 kaier.", "parti": "Havørn", "dato": "2031-03-04", "taler": "Kari Naust"},
    {
        "id": "t2",
        "tekst": "Vi skal:\n- verne holmer\n- halvere avgiften",
        "parti": "Nordlys",
        "dato": "",
        "taler": None,
    },
]


def write_csv(path, delimiter=",", encoding="utf-8"):
    import csv

    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.DictWriter(handle, list(ROWS[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(ROWS)


def write_jsonl(path):
    path.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")


def write_parquet(path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(ROWS), path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("taler.csv", write_csv, id="csv"),
        pytest.param("taler.csv", lambda p: write_csv(p, ";", "utf-8-sig"), id="semicolons and a mark"),
        pytest.param("taler.csv", lambda p: write_csv(p, ";", "cp1252"), id="Windows-1252"),
        pytest.param("taler.csv", lambda p: write_csv(p, ",", "utf-16"), id="UTF-16"),
        pytest.param("taler.tsv", lambda p: write_csv(p, "\t"), id="tsv"),
        pytest.param("taler.jsonl", write_jsonl, id="jsonl"),
        pytest.param("taler.ndjson", write_jsonl, id="ndjson"),
        pytest.param("taler.parquet", write_parquet, id="parquet"),
    ],
)
def test_every_table_gives_the_same_documents(tmp_path, name, write):
    write(tmp_path / name)
    first, second = read_corpus(tmp_path / name)
    assert (first.doc_id, first.text, first.party, first.date) == (
        "t1",
        "Vi vil bygge 40 kaier.",
        "Havørn",
        "2031-03-04",
    )
    assert dict(first.metadata) == {"speaker": "Kari Naust"}
    assert [b.kind for b in second.blocks] == ["paragraph", "item", "item"]
    assert dict(second.metadata) == {}


def test_json_is_read_as_lines_or_refused(tmp_path):
    write_jsonl(tmp_path / "linjer.json")
    (tmp_path / "liste.json").write_text(json.dumps(ROWS, indent=1), encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [d.doc_id for d in corpus] == ["t1", "t2"]
    assert "save it as JSON lines" in corpus.problems[0].message


def test_rows_without_an_id_are_numbered(tmp_path):
    path = tmp_path / "taler.jsonl"
    path.write_text('{"text": "Vi vil bygge kaier."}\n\n"Bare tekst."\n', encoding="utf-8")
    assert [d.doc_id for d in read_corpus(path)] == ["taler-1", "taler-3"]


def test_repeated_ids_are_told_apart(tmp_path):
    path = tmp_path / "taler.jsonl"
    path.write_text('{"id": 1, "text": "Vi vil."}\n{"id": 1.0, "text": "Vi skal."}\n', encoding="utf-8")
    assert [d.doc_id for d in read_corpus(path)] == ["1", "1-2"]


def test_broken_rows_are_a_problem_and_the_others_are_read(tmp_path):
    path = tmp_path / "taler.jsonl"
    path.write_text('{"text": "Vi vil bygge."}\n{"text": \n[1]\n{"text": "Vi skal verne."}\n{"te', encoding="utf-8")
    corpus = read_corpus(path)
    assert [d.text for d in corpus] == ["Vi vil bygge.", "Vi skal verne."]
    assert corpus.problems[0].message.endswith(
        "3 of 5 rows cannot be read: 2 (no JSON: Expecting value), 3 (no JSON object), "
        "5 (no JSON: Unterminated string starting at); mend or remove them"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param(
            "a.csv", b"navn,parti\nx,y\n", r"no text column among navn, parti; name one of them text", id="no text"
        ),
        pytest.param("a.csv", b"text,party\nVi vil,A,B\n", r"2 \(3 cells under 2 columns\)", id="too many cells"),
        pytest.param("a.csv", b'text,party\n"Vi vil', r"holds no text|unexpected end|cells under", id="open quote"),
        pytest.param("a.jsonl", b'{"text": ' + b"[" * 100_000, r"no JSON", id="deep nesting"),
        pytest.param("a.jsonl", b'{"a": 1}\n', r"no text column among a", id="no text key"),
        pytest.param("a.csv", b"text\nVi\x00vil\n", r"zero bytes", id="zero bytes"),
        pytest.param("a.parquet", b"PAR1 truncated", r"damaged or truncated Parquet", id="truncated parquet"),
        pytest.param("a.jsonl", b'{"text": "' + b"x" * (17 << 20), r"line 1: longer than 16 MB", id="one long line"),
        pytest.param("a.csv", b"\n", r"holds no words|is empty", id="blank"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=message):
        read_corpus(path, strict=True)


def test_rows_without_text_are_reported(tmp_path):
    path = tmp_path / "taler.csv"
    path.write_text("text,party\nVi vil bygge.,A\n,B\n", encoding="utf-8")
    with pytest.warns(PolicyTextWarning, match=r"rows without text, passed by \(1\): 3"):
        assert len(read_corpus(path)) == 1


def test_a_table_of_several_texts_is_no_single_document(tmp_path):
    path = tmp_path / "taler.jsonl"
    write_jsonl(path)
    with pytest.raises(DocumentError, match="holds several texts; use read_corpus"):
        read_document(path)


def test_bytes_of_two_encodings_in_one_table_are_read(tmp_path):
    path = tmp_path / "taler.csv"
    path.write_bytes("text\nFøre kaier.\n".encode() * 3 + "Ikkje før i år.\n".encode("cp1252"))
    assert [d.text for d in read_corpus(path)][-1] == "Ikkje før i år."


def test_metadata_rows_are_found_by_the_rows_own_ids(tmp_path):
    write_jsonl(tmp_path / "taler.jsonl")
    (tmp_path / "metadata.csv").write_text("doc_id,kind\nt1,speech\nt2,debate\n", encoding="utf-8")
    assert [d.kind for d in read_corpus(tmp_path)] == ["speech", "debate"]


def test_a_manifesto_is_one_text_with_its_codes(tmp_path):
    path = tmp_path / "12620_203109.csv"
    path.write_text(
        'text,cmp_code,eu_code\nKyst og hav,H,NA\n"Vi vil bygge kaier,",411,NA\n• verne holmer,501,NA\nTakk.,NA,NA\n',
        encoding="utf-8",
    )
    document = read_document(path)
    assert (document.party, document.date, document.kind) == ("H", "2031-09", "programme")
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", "item", "paragraph"]
    assert dict(document.metadata) == {"cmp_code": "H 411 501 NA", "manifesto_party": "12620"}
    assert len(document.metadata["cmp_code"].split()) == len(document.blocks)


def test_a_table_of_many_manifestos_is_split(tmp_path):
    path = tmp_path / "alle.csv"
    path.write_text(
        "text,cmp_code,manifesto_id\nVi vil.,411,12320_203109\nVi skal.,504,12320_203109\nJa.,000,12810_203109\n",
        encoding="utf-8",
    )
    documents = list(iter_documents(path))
    assert [(d.doc_id, d.party, len(d.blocks)) for d in documents] == [
        ("alle-12320_203109", "Ap", 2),
        ("alle-12810_203109", "Sp", 1),
    ]
