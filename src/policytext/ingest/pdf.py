"""PDF: characters, boxes and font sizes read with PDFium, put together as headings, paragraphs and items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium

from policytext.errors import DocumentError
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.line_rules import line_pattern
from policytext.ingest.pdf_blocks import Proto, build_blocks
from policytext.ingest.pdf_body import measure_body
from policytext.ingest.pdf_characters import PageText
from policytext.ingest.pdf_chunks import Page, read_page
from policytext.ingest.pdf_fonts import repair_fonts
from policytext.ingest.pdf_furniture import strip_furniture
from policytext.ingest.pdf_headings import classify, contents_titles, guess_title
from policytext.ingest.pdf_hyphens import count_words, hyphenates, join_hyphen
from policytext.ingest.pdf_layout import Line, read_lines
from policytext.ingest.pdf_levels import nest_items, rank_headings
from policytext.ingest.pdf_markers import find_glyphs
from policytext.records import Dropped

if TYPE_CHECKING:
    from collections import Counter

_MANY_PAGES = 20_000
_PAGE_BYTES = 20
_MIN_LETTERS = 20
_SCAN_LETTERS = 15
"""A document of pictures with fewer letters than this a page has no text layer worth the name."""


def read(source: Path) -> Iterator[Draft]:
    """Read a PDF file as one draft.

    Parameters
    ----------
    source : Path
        The file.

    Yields
    ------
    Draft
        Blocks in reading order with page and line boxes; `dropped` lists running heads and feet, page numbers
        and line numbers.

    Raises
    ------
    DocumentError
        If the file is empty, truncated, encrypted, not a PDF, or holds pictures of pages without text.
    """
    document = _open(source)
    try:
        pages, dropped = _read_pages(document, source)
        labels = tuple(document.get_page_label(index) or "" for index in range(len(document)))
        metadata = _metadata(document)
        outline = [(entry.level, entry.get_title()) for entry in document.get_toc(max_depth=8)]
    finally:
        document.close()
    dropped += strip_furniture(pages)
    chunks = [chunk for page in pages for chunk in page.chunks]
    font_map = repair_fonts(chunks)
    if font_map:
        shown = [(sign, groups[0]) for sign, groups in sorted(font_map.items()) if len(sign) == 1 or sign[0].islower()]
        metadata["font_repairs"] = ", ".join(f"{sign} → {letters}" for sign, letters in shown)
    glyphs = find_glyphs(chunks)
    columns = [column for page in pages for column in read_lines(page, glyphs)]
    body = measure_body(columns, glyphs)
    blocks = build_blocks(columns, body)
    classify(blocks, body, contents_titles(blocks, (title for _, title in outline)))
    rank_headings(blocks, body, outline)
    nest_items(blocks)
    if not metadata.get("title") or line_pattern("no-title").search(metadata["title"]):
        metadata["title"] = guess_title(blocks) or ""
    metadata = {name: value for name, value in metadata.items() if value}
    lines = [line.text for column in columns for line in column]
    known, cuts = count_words(lines), hyphenates(lines)
    drafts = tuple(_draft_block(block, known, cuts=cuts) for block in blocks)
    yield Draft(
        blocks=drafts,
        metadata=metadata,
        dropped=tuple(dropped),
        page_labels=labels if any(labels) else (),
    )


def _open(source: Path) -> Any:
    try:
        with source.open("rb") as handle:
            head = handle.read(1024)
            handle.seek(0, 2)
            size = handle.tell()
            handle.seek(max(0, size - 65536))
            tail = handle.read()
    except OSError as error:
        cause = error.strerror
        raise DocumentError(f"{source}: the file cannot be opened ({cause}); check path and permissions") from error
    if size == 0:
        raise DocumentError(f"{source}: the file is empty; fetch it again")
    if b"%PDF-" not in head:
        raise DocumentError(f"{source}: this is not a PDF; give the file the ending of its real format")
    try:
        document = pdfium.PdfDocument(str(source))
        count = len(document)
    except pdfium.PdfiumError as error:
        cause = str(error)
        if "password" in cause.lower() or "security" in cause.lower():
            message = "the PDF is encrypted; save it without a password and read that copy"
        elif b"%%EOF" not in tail:
            message = "the PDF is truncated (its end is missing); fetch it again"
        else:
            message = f"the PDF is damaged ({cause}); fetch it again or print it to a new PDF"
        raise DocumentError(f"{source}: {message}") from error
    if b"%%EOF" not in tail:
        document.close()
        raise DocumentError(f"{source}: the PDF is truncated (its end is missing); fetch it again")
    if count > max(_MANY_PAGES, size // _PAGE_BYTES):
        document.close()
        raise DocumentError(
            f"{source}: the PDF claims {count} pages, more than {size} bytes can hold; fetch it again or print it anew"
        )
    if count == 0:
        document.close()
        raise DocumentError(f"{source}: the PDF has no pages; fetch it again")
    return document


def _read_pages(document: Any, source: Path) -> tuple[list[Page], list[Dropped]]:
    pages: list[Page] = []
    dropped: list[Dropped] = []
    letters = 0
    for index in range(len(document)):
        with PageText(document.raw, index) as page:
            if not page.readable:
                dropped.append(Dropped("", "page that cannot be read", index + 1))
                continue
            text = page.characters()
            letters += sum(map(str.isalpha, text))
            read, gone = read_page(page, text)
            pages.append(read)
            dropped += gone
    if letters < _MIN_LETTERS or letters < _SCAN_LETTERS * len(pages):
        _refuse_scan(document, source, letters)
    return pages, dropped


def _refuse_scan(document: Any, source: Path, letters: int) -> None:
    """Raise where a document with next to no text consists of pictures of pages, or of nothing."""
    pictures = 0
    for index in range(len(document)):
        with PageText(document.raw, index) as page:
            pictures += page.readable and page.count_images() > 0
    if 2 * pictures > len(document):
        raise DocumentError(
            f"{source}: the PDF holds pictures of {pictures} page(s) without a text layer (a scan); run OCR on it "
            "first, for example `ocrmypdf --language nor in.pdf out.pdf`, and read the result"
        )
    if letters == 0:
        raise DocumentError(f"{source}: the PDF has no text; check that it is the right file")


def _metadata(document: Any) -> dict[str, str]:
    found = document.get_metadata_dict(skip_empty=True)
    wanted = ("Title", "Author", "Subject")
    return {name.lower(): value for name, value in found.items() if name in wanted and value.strip()}


def _draft_block(block: Proto, known: Counter[str], *, cuts: bool) -> DraftBlock:
    texts = [line.text for line in block.lines]
    if block.marker is not None:
        texts[0] = _without_marker(block.lines[0], block)
    lines: list[DraftLine] = []
    for index, (line, text) in enumerate(zip(block.lines, texts, strict=True)):
        glue = False
        if index + 1 < len(texts) and text.endswith("-"):
            text, glue = join_hyphen(text, texts[index + 1], known, cuts=cuts)
        lines.append(DraftLine(text, line.page, line.box, glue))
    marker = block.marker.text if block.marker else None
    return DraftBlock(block.kind, tuple(lines), block.level, marker)


def _without_marker(line: Line, block: Proto) -> str:
    assert block.marker is not None  # noqa: S101 - narrows the type
    return line.text[block.marker.letters :].lstrip()
