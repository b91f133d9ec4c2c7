"""What a file is, by its first bytes and only then by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from policytext.errors import DocumentError
from policytext.ingest.encoding import detect

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".rtf": "rtf",
    ".csv": "table", ".tsv": "table", ".tab": "table", ".jsonl": "table", ".ndjson": "table", ".parquet": "table",
    ".xml": "xml",
}  # fmt: skip
"""File-name endings and the format that each promises."""

NAMES = {
    "text": "plain text", "markdown": "Markdown", "html": "HTML", "pdf": "PDF", "docx": "DOCX", "odt": "ODT",
    "rtf": "RTF", "table": "a table", "tei": "TEI XML", "storting": "Storting XML", "parquet": "Parquet",
}  # fmt: skip

_HEAD = 4096
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file (.doc, .xls); save it as .docx or PDF"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"7z\xbc\xaf", "a 7-zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "an image; run OCR (say, ocrmypdf) and give the PDF with its text"),
    (b"\xff\xd8\xff", "an image; run OCR (say, ocrmypdf) and give the PDF with its text"),
    (b"GIF8", "an image; run OCR (say, ocrmypdf) and give the PDF with its text"),
    (b"II*\x00", "an image; run OCR (say, ocrmypdf) and give the PDF with its text"),
    (b"MM\x00*", "an image; run OCR (say, ocrmypdf) and give the PDF with its text"),
    (b"SQLite format 3", "an SQLite database; export the table as CSV or JSONL"),
    (b"\x7fELF", "a program, not a document"),
    (b"MZ\x90", "a program, not a document"),
)
_HTML = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body)[\s>])",
    re.I | re.S,
)
_ROOT = re.compile(r"<(?![?!])([\w.:-]+)([^>]*)>?", re.S)
_STORTING_ROOTS = {
    "publikasjon", "publikasjoner_oversikt", "innstilling", "referat", "forhandlinger", "forhandling", "lovvedtak",
    "lovanmerkning", "dokument", "dok8", "dok12", "dokumentserie", "vedtak", "budsjettinnstilling",
}  # fmt: skip
_XML = re.compile(r"\A\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z])", re.S)
_TAGS = re.compile(r"</?(?:html|head|body|div|p|ul|ol|li|h[1-6]|br|a|span|article|main|section|table)\b[^<>]*>", re.I)


def sniff(source: Path) -> str:
    """Return the format of a file: a value of `SUFFIXES`, ``tei``, ``storting`` or ``parquet``.

    Raises
    ------
    DocumentError
        If the file is missing, empty, or of a kind that cannot be read; the message says what to do.
    """
    try:
        with source.open("rb") as handle:
            head = handle.read(_HEAD)
    except IsADirectoryError as error:
        raise DocumentError(f"{source}: this is a folder; give it to read_corpus") from error
    except OSError as error:
        raise DocumentError(f"{source}: cannot be opened ({error.strerror}); check path and permissions") from error
    if not head:
        raise DocumentError(f"{source}: the file is empty; remove it or fetch it again")
    for magic, advice in _REFUSED:
        if head.startswith(magic):
            raise DocumentError(f"{source}: this is {advice}")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _zipped(source)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PAR1"):
        return "parquet"
    return _textual(source, head)


def _zipped(source: Path) -> str:
    try:
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(
            f"{source}: a damaged or truncated DOCX, ODT or zip file ({error}); fetch or save it again"
        ) from error
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names:
        return "odt"
    kind = (
        "an Excel workbook; save the sheet as CSV" if "xl/workbook.xml" in names else "a zip archive; unpack it first"
    )
    raise DocumentError(f"{source}: this is {kind}")


def _textual(source: Path, head: bytes) -> str:
    promised = SUFFIXES.get(source.suffix.lower(), "text")
    text = head.decode(detect(head), errors="replace").lstrip("\ufeff")
    if source.suffix.lower() == ".json":
        return _json_kind(source, text)
    if promised in ("table", "markdown"):
        return "html" if _HTML.match(text) else promised
    if _HTML.match(text):
        return "html"
    if text.lstrip().startswith("<?xml") or (promised == "xml" and _XML.match(text)):
        return _xml_kind(source, text)
    if promised == "html":
        return "html" if _TAGS.search(text) else "text"
    if promised in ("pdf", "docx", "odt", "rtf", "xml"):
        if "\x00" in text or text.count("\ufffd") > 0.02 * len(text):
            raise DocumentError(f"{source}: no {NAMES.get(promised, 'XML')} file inside; it is damaged: fetch it again")
        return "text"
    return "text"


def _json_kind(source: Path, text: str) -> str:
    first = text.lstrip().split("\n", 1)[0].strip()
    if first.startswith("{") and (first.endswith("}") or len(text) == len(first)):
        return "table"
    raise DocumentError(f"{source}: one JSON value over many lines; save it as JSON lines (an object a line) or CSV")


def _xml_kind(source: Path, text: str) -> str:
    found = _ROOT.search(re.sub(r"<!--.*?-->", "", text, flags=re.S))
    name = found.group(1).split(":")[-1] if found else ""
    rest = found.group(2) if found else ""
    if name in ("TEI", "teiCorpus"):
        return "tei"
    if "stortinget.no" in rest or name.lower() in _STORTING_ROOTS or "<Startseksjon" in text:
        return "storting"
    if name == "html":
        return "html"
    raise DocumentError(
        f"{source}: XML with the root <{name or '?'}>; TEI (ParlaMint), Storting publications and XHTML can be read: "
        "convert it to one of these or to text"
    )
