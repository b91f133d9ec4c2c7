import time
import tracemalloc
import zipfile

import pytest

from policytext.errors import DocumentError, PolicyTextWarning
from policytext.ingest import iter_documents, read_corpus, read_document
from policytext.records import Document, Problem

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u><seg>&j;</seg></u></body></text></TEI>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u><seg>&f;</seg></u></body></text></TEI>'
)
DEEP_HTML = "<html><body>" + "<div>" * 5000 + "Vi vil." + "</div>" * 5000
DEEP_TEI = '<?xml version="1.0"?><TEI><text>' + "<div>" * 5000


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("tom.txt", b"", r"the file is empty; remove it or fetch it again", id="empty"),
        pytest.param("blank.txt", b" \n\t\n", r"the file is empty", id="only spaces"),
        pytest.param("bom.txt", b"\xef\xbb\xbf", r"the file is empty", id="only a mark"),
        pytest.param("tegn.txt", b"*** --- ...\n", r"holds no words", id="no words"),
        pytest.param("null.txt", b"Vi vil\x00 bygge\x00 kaier", r"holds zero bytes", id="zero bytes"),
        pytest.param("kontroll.txt", bytes(range(1, 32)) * 30 + b"ord", r"binary data or damaged text", id="control"),
        pytest.param("halv.txt", "Vi går".encode("utf-16")[:-1], r"utf-16 but breaks at byte", id="truncated UTF-16"),
        pytest.param("bilde.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), r"an image; run OCR", id="image as text"),
        pytest.param("gammel.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"old Word or Excel file", id="old Word"),
        pytest.param("pakke.txt", b"\x1f\x8b\x08\x00", r"packed with gzip; unpack it first", id="gzip"),
        pytest.param("p.docx", b"PK\x03\x04" + bytes(60), r"damaged or truncated DOCX, ODT or zip", id="broken zip"),
        pytest.param("p.docx", b"\x00\x01\x02" * 50, r"no DOCX file inside", id="binary as DOCX"),
        pytest.param("p.pdf", b"\x00\x01\x02" * 50, r"no PDF file inside", id="binary as PDF"),
        pytest.param("laughs.xml", LAUGHS.encode(), r"declares entities", id="billion laughs"),
        pytest.param("laughs.xml", LAUGHS.encode("utf-16"), r"declares entities", id="billion laughs in UTF-16"),
        pytest.param("secret.xml", OUTSIDE.encode(), r"declares entities", id="external entity"),
        pytest.param("dyp.xml", DEEP_TEI.encode(), r"damaged, truncated or too deep", id="deep XML"),
        pytest.param(
            "side.html", b"<html><body><script>x()</script></body></html>", r"shows no text", id="script only"
        ),
        pytest.param("side.html", b"<html></html>", r"shows no text|no HTML", id="empty page"),
        pytest.param("p.rtf", b"{\\rtf1\\ansi", r"RTF file without text, or cut off", id="truncated RTF"),
        pytest.param(
            "stor.md", b"a" * (9 << 20), r"9 MB of Markdown is too much \(at most 8 MB\)", id="large Markdown"
        ),
    ],
)
def test_bad_input_is_refused_by_name_with_advice(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=message) as caught:
        read_document(path)
    assert str(path) in str(caught.value)


def test_a_sheet_and_an_archive_are_refused(tmp_path):
    for name, part, message in (("ark.docx", "xl/workbook.xml", "Excel workbook"), ("a.odt", "a.txt", "a zip archive")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(DocumentError, match=message):
            read_document(tmp_path / name)


def test_a_hundred_megabytes_of_one_line_are_refused_at_once(tmp_path):
    path = tmp_path / "lang.txt"
    with path.open("wb") as handle:
        handle.seek(100 << 20)
        handle.write(b"x")
    start = time.perf_counter()
    with pytest.raises(DocumentError, match=r"100 MB is too much for one text \(at most 32 MB\)"):
        read_document(path)
    assert time.perf_counter() - start < 1


def test_a_long_line_is_read_in_bounded_time_and_memory(tmp_path):
    path = tmp_path / "lang.txt"
    path.write_text("Vi vil bygge kaier. " * 150_000, encoding="utf-8")
    tracemalloc.start()
    start = time.perf_counter()
    document = read_document(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(document.text) == 20 * 150_000 - 1
    assert time.perf_counter() - start < 10
    assert peak < 30 * len(document.text)


def test_a_deep_page_gives_its_text_or_a_clear_error(tmp_path):
    path = tmp_path / "dyp.html"
    path.write_text(DEEP_HTML, encoding="utf-8")
    try:
        assert read_document(path).text == "Vi vil."
    except DocumentError as error:
        assert "dyp.html" in str(error)  # noqa: PT017 - either outcome will do


@pytest.mark.parametrize(
    ("name", "content", "read_as", "text"),
    [
        pytest.param(
            "a.txt", "<!doctype html><html><body><p>Vi vil bygge.</p></body></html>", "HTML", "Vi vil bygge.", id="html"
        ),
        pytest.param(
            "a.html", "Vi vil bygge kaier, og naust.", "plain text", "Vi vil bygge kaier, og naust.", id="text"
        ),
        pytest.param("a.pdf", "Vi vil bygge kaier, og naust.", "plain text", "Vi vil bygge kaier, og naust.", id="pdf"),
        pytest.param("a.docx", r"{\rtf1\ansi Vi vil bygge.}", "RTF", "Vi vil bygge.", id="rtf"),
    ],
)
def test_a_wrong_ending_is_read_by_content_and_said(tmp_path, name, content, read_as, text):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.warns(PolicyTextWarning, match=rf"its content is {read_as} and read so"):
        assert read_document(path).text == text


def test_the_rest_of_a_folder_is_read(tmp_path):
    (tmp_path / "a tom.txt").write_bytes(b"")
    (tmp_path / "b æøå.txt").write_text("Vi vil bygge kaier.", encoding="utf-8")
    (tmp_path / "c.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "d.md").write_text("- Vi vil verne holmer", encoding="utf-8")
    (tmp_path / "e.xyz").write_text("Hva er dette?", encoding="utf-8")
    (tmp_path / "f.png").write_bytes(b"\x89PNG")
    (tmp_path / "program").write_text("Uten endelse.", encoding="utf-8")
    (tmp_path / "kode.py").write_text("x = 1", encoding="utf-8")
    results = list(iter_documents(tmp_path))
    assert [r.doc_id for r in results if isinstance(r, Document)] == ["b æøå", "d", "program"]
    assert sorted(r.source.rsplit("/", 1)[-1] for r in results if isinstance(r, Problem)) == [
        "a tom.txt",
        "c.docx",
        "e.xyz",
        "f.png",
    ]


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(DocumentError, match="there is no such file or folder; check the path"):
        read_corpus(tmp_path / "borte")
    with pytest.raises(DocumentError, match="no such file or folder"):
        read_document(tmp_path / "borte.txt")
    with pytest.raises(DocumentError, match="the folder holds no documents"):
        read_corpus(tmp_path)
    with pytest.raises(DocumentError, match="this is a folder; give it to read_corpus"):
        read_document(tmp_path)
    with pytest.raises(DocumentError, match="no path was given"):
        read_corpus([])


def test_a_repeated_text_is_reported(tmp_path):
    text = "Vi vil bygge kaier langs hele kysten. " * 10
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(text if name != "c.txt" else "Noe annet.", encoding="utf-8")
    with pytest.warns(PolicyTextWarning, match=r"1 documents repeat the text of another: b is a; remove one"):
        assert len(read_corpus(tmp_path)) == 3


def test_the_order_of_the_paths_does_not_matter(tmp_path):
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(f"Vi vil bygge {name}.", encoding="utf-8")
    paths = [tmp_path / name for name in ("c.txt", "a.txt", "b.txt", "a.txt")]
    assert read_corpus(paths) == read_corpus(sorted(set(paths)))
