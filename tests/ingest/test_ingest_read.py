import pytest

from policytext.errors import DocumentError, MetadataError, PolicyTextWarning
from policytext.ingest import iter_documents, read_corpus, read_document
from policytext.ingest.plain import blocks_of
from policytext.records import Document, Problem

PAGE = """<!doctype html><html lang="nb"><head><title>Kyst | Bygdelista Havørn</title></head><body>
<nav><ul><li><a href="/">Hjem</a></li><li><a href="/sak">Saker</a></li></ul></nav>
<div class="cookie-banner"><p>Vi bruker informasjonskapsler.</p><button>Godta</button></div>
<main><h1>Kyst og naust</h1>
<p>Kysten vår trenger folk, båter og kaier som tåler vinterstormen, og det koster.</p>
<p>Bygdelista Havørn vil:</p>
<ul><li>Bygge 40 nye kaier</li><li>Gi støtte til naust
<ul><li>i nord</li><li>i vest</li></ul></li><li><p>Halvere havneavgiften.</p></li></ul>
<h2>Fiske</h2><ol start="3"><li>Verne gytefelt</li><li>Flere lærlinger om bord</li></ol>
</main>
<form action="/news"><label>Nyhetsbrev</label><input name="e"></form>
<footer><p>Kaigata 3</p></footer></body></html>"""


def kinds(document):
    return [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks]


def test_a_web_page_keeps_lists_and_headings_and_lists_what_it_dropped(tmp_path):
    path = tmp_path / "kyst.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    assert kinds(document) == [
        ("heading", 1, None, "Kyst og naust"),
        ("paragraph", None, None, "Kysten vår trenger folk, båter og kaier som tåler vinterstormen, og det koster."),
        ("paragraph", None, None, "Bygdelista Havørn vil:"),
        ("item", 1, "•", "Bygge 40 nye kaier"),
        ("item", 1, "•", "Gi støtte til naust"),
        ("item", 2, "•", "i nord"),
        ("item", 2, "•", "i vest"),
        ("item", 1, "•", "Halvere havneavgiften."),
        ("heading", 2, None, "Fiske"),
        ("item", 1, "3.", "Verne gytefelt"),
        ("item", 1, "4.", "Flere lærlinger om bord"),
    ]
    assert (document.title, document.language) == ("Kyst og naust", "nb")
    dropped = {(d.reason, d.text) for d in document.dropped}
    assert ("navigation", "Hjem Saker") in dropped
    assert ("form", "Nyhetsbrev") in dropped
    assert any(reason == "cookie" for reason, _ in dropped)


def test_a_corpus_comes_in_path_order_with_metadata_and_problems(tmp_path):
    (tmp_path / "b.txt").write_text("Vi vil bygge kaier.", encoding="utf-8")
    (tmp_path / "a.md").write_text("# Naust\n\nVi vil:\n\n- verne holmer\n", encoding="utf-8")
    (tmp_path / "tom.txt").write_text("", encoding="utf-8")
    (tmp_path / "README.md").write_text("Om mappa", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "doc_id;parti;dato;fylke\na;Havørn;2031-05-01;Vestland\nb;Nordlys;2032;\ntom;X;;\n", encoding="utf-8"
    )
    corpus = read_corpus(tmp_path)
    assert [(d.doc_id, d.party, d.date, dict(d.metadata)) for d in corpus] == [
        ("a", "Havørn", "2031-05-01", {"fylke": "Vestland"}),
        ("b", "Nordlys", "2032", {}),
    ]
    assert [p.source.endswith("tom.txt") for p in corpus.problems] == [True]
    with pytest.raises(DocumentError, match=r"tom\.txt: the file is empty; remove it"):
        read_corpus(tmp_path, strict=True)


def test_rows_and_files_without_a_partner_are_reported(tmp_path):
    folder = tmp_path / "tekster"
    folder.mkdir()
    (folder / "a.txt").write_text("Vi vil bygge kaier.", encoding="utf-8")
    (folder / "b.txt").write_text("Vi vil verne holmer.", encoding="utf-8")
    table = tmp_path / "mine.csv"
    table.write_text("file,party\na.txt,Havørn\nborte.txt,Nordlys\n", encoding="utf-8")
    with pytest.warns(PolicyTextWarning) as caught:
        corpus = read_corpus(folder, metadata=table)
    messages = " ".join(str(w.message) for w in caught)
    assert "rows that match no document (1): borte.txt" in messages
    assert "documents without a row (1): b.txt" in messages
    assert [d.party for d in corpus] == ["Havørn", None]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("navn,parti\na,b\n", r"columns navn, parti; one must be doc_id or file", id="no key"),
        pytest.param("doc_id,party\na,b\na,c\n", r"row 3: doc_id 'a' comes twice", id="repeated"),
        pytest.param("doc_id,party\na,b,c\n", r"row 2: 3 cells under 2 columns", id="too many cells"),
        pytest.param("doc_id,party\n,b\n", r"row 2: neither doc_id nor file", id="no id"),
        pytest.param("doc_id,parti,party\na,b,c\n", r"two columns for party", id="two columns"),
    ],
)
def test_a_broken_metadata_table_is_refused(tmp_path, content, message):
    table = tmp_path / "metadata.csv"
    table.write_text(content, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Vi vil bygge kaier.", encoding="utf-8")
    with pytest.raises(MetadataError, match=message):
        read_corpus(tmp_path)


def test_identifiers_are_unique_and_say_where_a_file_lies(tmp_path):
    for folder in ("nord", "sør"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "program 1.txt").write_text(f"Vi vil bygge kaier i {folder}.", encoding="utf-8")
    (tmp_path / "nord" / "program 1.md").write_text("Vi vil bygge naust.", encoding="utf-8")
    assert [d.doc_id for d in read_corpus(tmp_path)] == [
        "nord-program 1-md",
        "nord-program 1-txt",
        "sør-program 1",
    ]


def test_documents_come_one_by_one_and_problems_among_them(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    (tmp_path / "b.txt").write_text("Vi vil bygge kaier.", encoding="utf-8")
    first, second = iter_documents(tmp_path)
    assert isinstance(first, Problem)
    assert "OCR" in first.message
    assert isinstance(second, Document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman"])
def test_encodings_are_told_apart(tmp_path, encoding):
    text = "Vi går på Sørlandet, sa Åse – «å være eller ikke være», i ei lita øy og på ei ås."
    path = tmp_path / f"æøå {encoding}.txt"
    path.write_bytes(text.encode(encoding))
    assert read_document(path).text == text


def test_text_encoded_twice_is_mended(tmp_path):
    text = "Vi går på Sørlandet, sa Åse – «å være eller ikke være», i ei lita øy."
    path = tmp_path / "a.txt"
    path.write_text(text.encode("utf-8").decode("latin-1"), encoding="utf-8")
    assert read_document(path).text == text
    path.write_text(text + " «Ã¸Ã¥» er skrevet feil.", encoding="utf-8")
    assert read_document(path).text == text + " «Ã¸Ã¥» er skrevet feil."


TORN = """1. Vi vil bygge kaier. Kaiene skal tåle storm, og vi vil setje av
pengar til det kvart einaste år.

2. Vi vil verne holmane. Ingen skal byggje hytter der, og kommunen
skal få høve til å

Naust for alle
Kysten er meir enn utsikt frå ei hytte. Her bur det folk heile året,
og folk treng naust, kai og veg fram til sjøen.

Dei viktigaste lovnadene våre for kysten er:



seie nei til nye løyve i strandsona.

3. Vi vil ha fleire lærlingar om bord i fiskebåtane våre, og
staten skal betale halve løna deira.
"""


def test_a_torn_item_is_mended_and_the_opening_comes_before_its_list():
    blocks = [(b.kind, b.marker, " ".join(line.text for line in b.lines)) for b in blocks_of(TORN)]
    assert [(kind, marker) for kind, marker, _ in blocks] == [
        ("heading", None),
        ("paragraph", None),
        ("paragraph", None),
        ("item", "1."),
        ("item", "2."),
        ("item", "3."),
    ]
    assert blocks[2][2] == "Dei viktigaste lovnadene våre for kysten er:"
    assert blocks[4][2].endswith("skal få høve til å seie nei til nye løyve i strandsona.")


@pytest.mark.shared
def test_the_seeds_come_out_whole(shared):
    documents = {d.doc_id[:3]: d for d in read_corpus(shared / "seeds")}
    items = {key: sum(b.kind == "item" for b in d.blocks) for key, d in documents.items()}
    assert items == {"000": 16, "001": 27, "002": 21, "003": 0, "004": 0}
    notes = documents["002"]
    questions = sum(notes.text[b.start : b.end].count("?") for b in notes.blocks if b.kind != "heading")
    assert questions == 25
    assert sum(b.kind == "boilerplate" for b in documents["000"].blocks) == 8
    numbered = [b.marker for b in documents["001"].blocks if b.marker and b.marker != "•"]
    assert numbered == [f"{n}." for n in [*range(1, 7), *range(1, 10), *range(1, 7)]]
