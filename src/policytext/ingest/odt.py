"""OpenDocument texts (ODT): headings by outline level, nested lists, tables, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import DocumentError
from policytext.ingest.draft import Draft
from policytext.ingest.paragraphs import Paragraph, blocks_from
from policytext.ingest.plain import title_of
from policytext.ingest.xmlsafe import local, parse_xml
from policytext.ingest.zipped import read_part

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_INDEXES = {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index", "bibliography"}
_SILENT = {"annotation", "annotation-end", "tracked-changes", "sequence-decls", "forms", "bookmark", "note-citation"}
_SPACES = 100


def read(source: Path) -> Iterator[Draft]:
    """Read an OpenDocument text; comments and tracked deletions are left out, notes come last.

    Parameters
    ----------
    source : Path
        An ``.odt`` file.

    Raises
    ------
    DocumentError
        If the file is damaged, locked, no text, unpacks to too much, or its XML declares entities.
    """
    root = parse_xml(read_part(source, "content.xml") or b"", source)
    text = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise DocumentError(
            f"{source}: an OpenDocument file without text (a sheet or drawing?); save it as .odt or PDF"
        )
    styles_part = read_part(source, "styles.xml", required=False)
    walk = _Walk([root, *([parse_xml(styles_part, source)] if styles_part else [])])
    walk.container(text, 0, "")
    blocks = blocks_from([*walk.paragraphs, *walk.notes])
    yield Draft(blocks, {**title_of(blocks), **_meta(source)})


def _meta(source: Path) -> dict[str, str]:
    data = read_part(source, "meta.xml", required=False)
    found: dict[str, str] = {}
    names = {"title": "document_title", "creator": "author", "initial-creator": "author"}
    for element in parse_xml(data, source).iter() if data else ():
        if local(element) in names and (element.text or "").strip():
            found.setdefault(names[local(element)], (element.text or "").strip())
    return found


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if local(child) == "table-row":
            yield child
        elif local(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


class _Walk:
    """The state of a walk through the text."""

    def __init__(self, roots: list[_Element]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.boxes: list[_Element] = []
        self.counts: dict[int, int] = {}
        self.numbered: dict[str, dict[int, str]] = {}
        self.bold: set[str] = set()
        self.parents: dict[str, str] = {}
        for root in roots:
            self.styles(root)

    def styles(self, root: _Element) -> None:
        for element in root.iter(f"{_TEXT}list-style", f"{_STYLE}style"):
            name = element.get(f"{_STYLE}name") or ""
            if local(element) == "list-style":
                levels = self.numbered.setdefault(name, {})
                for level in element:
                    if local(level) == "list-level-style-number" and level.get(f"{_STYLE}num-format"):
                        number = level.get(f"{_TEXT}level") or "1"
                        if number.isdigit():
                            levels[int(number)] = level.get(f"{_STYLE}num-suffix") or "."
            else:
                self.parents[name] = element.get(f"{_STYLE}parent-style-name") or ""
                properties = element.find(f"{_STYLE}text-properties")
                if properties is not None and properties.get(f"{_FO}font-weight") == "bold":
                    self.bold.add(name)

    def container(self, element: _Element, depth: int, style: str) -> None:
        for child in element:
            name = local(child)
            if name == "h":
                level = child.get(f"{_TEXT}outline-level") or "1"
                self.add(child, Paragraph("", "heading", int(level) if level.isdigit() else 1))
            elif name == "p":
                self.paragraph(child)
            elif name == "list":
                self.list(child, depth + 1, child.get(f"{_TEXT}style-name") or style)
            elif name in _INDEXES:
                for paragraph in child.iter(f"{_TEXT}p"):
                    self.add(paragraph, Paragraph("", "toc"))
            elif name == "table":
                self.table(child)
            elif name and name not in _SILENT:
                self.container(child, depth, style)

    def list(self, element: _Element, depth: int, style: str) -> None:
        if element.get(f"{_TEXT}continue-numbering") != "true":
            self.counts[depth] = 0
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            suffix = self.numbered.get(style, {}).get(depth)
            start = item.get(f"{_TEXT}start-value") or ""
            self.counts[depth] = int(start) if start.isdigit() else self.counts.get(depth, 0) + 1
            marker = f"{self.counts[depth]}{suffix}" if suffix else "•"
            first = True
            for child in item:
                name = local(child)
                if name == "list":
                    self.list(child, depth + 1, child.get(f"{_TEXT}style-name") or style)
                elif name in ("p", "h") and first:
                    before = len(self.paragraphs)
                    kind = Paragraph("", "heading", depth) if name == "h" else Paragraph("", "item", depth, marker)
                    self.add(child, kind)
                    first = len(self.paragraphs) == before
                elif name in ("p", "h") and self.paragraphs:
                    last = self.paragraphs[-1]
                    text = "".join(self.text(child)).strip()
                    if text and last.kind == "item":
                        self.paragraphs[-1] = replace(last, text=f"{last.text}\n{text}")
                    elif text:
                        self.paragraphs.append(Paragraph(text, "item", depth, None))

    def paragraph(self, element: _Element) -> None:
        name = element.get(f"{_TEXT}style-name") or ""
        chain = [name, self.parents.get(name, ""), self.parents.get(self.parents.get(name, ""), "")]
        folded = " ".join(chain).casefold()
        if "title" in chain or "Title" in chain or "Tittel" in chain:
            self.add(element, Paragraph("", "heading", 1))
        elif "quotation" in folded or "sitat" in folded:
            self.add(element, Paragraph("", "quote"))
        elif "caption" in folded or "bildetekst" in folded:
            self.add(element, Paragraph("", "caption"))
        else:
            self.add(element, Paragraph("", bold=self.is_bold(element, name)))

    def is_bold(self, element: _Element, name: str) -> bool:
        if name in self.bold:
            return True
        spans = [child for child in element if local(child) == "span"]
        loose = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        return bool(spans) and not loose and all((s.get(f"{_TEXT}style-name") or "") in self.bold for s in spans)

    def add(self, element: _Element, kind: Paragraph) -> None:
        text = "".join(self.text(element))
        if text.strip():
            self.paragraphs.append(replace(kind, text=text))
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.container(box, 0, "")

    def text(self, element: _Element) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            name = local(child)
            if name == "s":
                count = child.get(f"{_TEXT}c") or "1"
                yield " " * (min(int(count), _SPACES) if count.isdigit() else 1)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name == "note":
                body = child.find(f"{_TEXT}note-body")
                note = " ".join("".join(self.text(p)) for p in body.iter(f"{_TEXT}p")) if body is not None else ""
                citation = child.find(f"{_TEXT}note-citation")
                mark = "".join(citation.itertext()).strip() if citation is not None else ""
                if note.strip():
                    self.notes.append(Paragraph(note, "footnote", marker=mark or None))
            elif name == "text-box":
                self.boxes.append(child)
            elif name and name not in _SILENT:
                yield from self.text(child)
            yield child.tail or ""

    def table(self, table: _Element) -> None:
        for row in _rows(table):
            start = len(self.paragraphs)
            cells = [cell for cell in row if local(cell) == "table-cell"]
            simple = len(cells) > 1
            for cell in cells:
                before = len(self.paragraphs)
                self.container(cell, 0, "")
                added = self.paragraphs[before:]
                simple = simple and len(added) <= 1 and all(p.kind == "paragraph" and len(p.text) < 400 for p in added)
            if simple:
                texts = [" ".join(p.text.split()) for p in self.paragraphs[start:]]
                del self.paragraphs[start:]
                if texts:
                    self.paragraphs.append(Paragraph(" | ".join(texts)))
