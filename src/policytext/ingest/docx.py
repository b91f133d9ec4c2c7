"""Word documents (DOCX): paragraphs, headings by style, numbered and bulleted lists, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.ingest.docxstyles import Numbering, Styles
from policytext.ingest.draft import Draft
from policytext.ingest.paragraphs import Paragraph, blocks_from
from policytext.ingest.plain import title_of
from policytext.ingest.xmlsafe import local, parse_xml
from policytext.ingest.zipped import read_part
from policytext.records import Dropped

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "fldSimple_", "Fallback", "annotationRef"}
_YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(source: Path) -> Iterator[Draft]:
    """Read a Word document.

    Tracked deletions, comments and field codes are left out; headers and footers are listed as dropped; footnotes and
    endnotes come last, as footnotes. Numbers of lists are counted as Word counts them.

    Parameters
    ----------
    source : Path
        A ``.docx`` file.

    Raises
    ------
    DocumentError
        If the file is damaged, locked, unpacks to too much, or its XML declares entities or nests too deeply.
    """
    body = parse_xml(read_part(source, "word/document.xml") or b"", source)
    styles = Styles.parse(_optional(source, "word/styles.xml"))
    numbering = Numbering.parse(_optional(source, "word/numbering.xml"))
    walk = _Walk(styles, numbering)
    for child in body.iterchildren(f"{_W}body"):
        walk.container(child)
    for name in ("footnotes", "endnotes"):
        walk.notes(_optional(source, f"word/{name}.xml"))
    blocks = blocks_from(walk.paragraphs)
    metadata = {**title_of(blocks), **_core(source)}
    dropped = [Dropped(text, "running head or foot") for text in _running(source)]
    yield Draft(blocks, metadata, tuple(dropped))


def _optional(source: Path, name: str) -> _Element | None:
    data = read_part(source, name, required=False)
    return parse_xml(data, source) if data else None


def _core(source: Path) -> dict[str, str]:
    root = _optional(source, "docProps/core.xml")
    found: dict[str, str] = {}
    for element in root if root is not None else ():
        text = (element.text or "").strip()
        name = local(element)
        if not text:
            continue
        if name == "title":
            found["document_title"] = text
        elif name == "creator":
            found["author"] = text
        elif name in ("created", "modified") and _YEAR_FIRST.match(text):
            found[name] = text[:10]
    return found


def _running(source: Path) -> list[str]:
    texts: list[str] = []
    for kind in ("header", "footer"):
        for number in range(1, 7):
            root = _optional(source, f"word/{kind}{number}.xml")
            text = " ".join("".join(root.itertext(f"{_W}t")).split()) if root is not None else ""
            if text and text not in texts:
                texts.append(text)
    return texts


class _Walk:
    """The state of a walk through a document's body."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.paragraphs: list[Paragraph] = []
        self.boxed: list[_Element] = []
        self.toc = False

    def container(self, element: _Element) -> None:
        for child in element:
            name = local(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.table(child)
            elif name == "sdt":
                before = self.toc
                gallery = child.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
                if gallery is not None and "table of contents" in (gallery.get(f"{_W}val") or "").lower():
                    self.toc = True
                for content in child.iterchildren(f"{_W}sdtContent"):
                    self.container(content)
                self.toc = before
            elif name in ("ins", "moveTo", "customXml", "smartTag"):
                self.container(child)

    def paragraph(self, element: _Element) -> None:
        made = self.made(element)
        if made.text.strip():
            self.paragraphs.append(made)
        boxes, self.boxed = self.boxed, []
        for box in boxes:
            self.container(box)

    def made(self, element: _Element) -> Paragraph:
        text = "".join(self.text(element))
        properties = element.find(f"{_W}pPr")
        style = self.styles.of(properties)
        if not text.strip():
            return Paragraph("")
        if self.toc or style.toc:
            return Paragraph(text, "toc")
        number = self.styles.number(properties)
        marker, level = self.numbering.next(*number) if number is not None else (None, 1)
        if style.heading:
            return Paragraph(text, "heading", style.heading, marker if marker and marker != "•" else None)
        if style.caption:
            return Paragraph(text, "caption")
        if number is not None and marker is not None:
            return Paragraph(text, "item", max(level, style.nesting), marker)
        if style.bullet:
            return Paragraph(text, "item", style.bullet, "•")
        if style.quote:
            return Paragraph(text, "quote")
        return Paragraph(text, bold=self.is_bold(element, style_bold=style.bold))

    @staticmethod
    def is_bold(element: _Element, *, style_bold: bool) -> bool:
        runs = [run for run in element.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
        flags = []
        for run in runs:
            mark = run.find(f"{_W}rPr/{_W}b")
            flags.append(style_bold if mark is None else mark.get(f"{_W}val") not in ("0", "false"))
        return bool(flags) and all(flags)

    def text(self, element: _Element) -> Iterator[str]:
        for child in element:
            name = local(child)
            if name in _SKIPPED:
                continue
            if name == "t":
                yield child.text or ""
            elif name == "tab":
                yield "\t"
            elif name in ("br", "cr"):
                yield " " if child.get(f"{_W}type") in ("page", "column") else "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "txbxContent":
                self.boxed.append(child)
            elif name and len(child):
                yield from self.text(child)

    def table(self, table: _Element) -> None:
        for row in table.iterchildren(f"{_W}tr"):
            cells = list(row.iterchildren(f"{_W}tc"))
            start = len(self.paragraphs)
            texts: list[str] = []
            simple = len(cells) > 1
            for cell in cells:
                before = len(self.paragraphs)
                self.container(cell)
                added = self.paragraphs[before:]
                simple = simple and len(added) <= 1 and all(p.kind == "paragraph" and len(p.text) < 400 for p in added)
                texts.extend(" ".join(p.text.split()) for p in added)
            if simple:
                del self.paragraphs[start:]
                if any(texts):
                    self.paragraphs.append(Paragraph(" | ".join(text for text in texts if text)))

    def notes(self, root: _Element | None) -> None:
        for note in root if root is not None else ():
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            text = " ".join("".join(self.text(p)) for p in note.iter(f"{_W}p")).strip()
            if text:
                self.paragraphs.append(Paragraph(text, "footnote", marker=note.get(f"{_W}id")))
