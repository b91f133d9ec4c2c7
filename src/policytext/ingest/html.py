"""Web pages: the main content's headings, paragraphs and lists, without menus, forms and cookie notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import DocumentError
from policytext.ingest.boilerplate import boilerplate_label, mark_boilerplate
from policytext.ingest.draft import Draft, DraftBlock
from policytext.ingest.encoding import decode, detect
from policytext.ingest.htmlwalk import Chunk, walk
from policytext.ingest.limits import read_bytes
from policytext.ingest.markers import find_marker
from policytext.ingest.plain import blocks_of_paragraphs
from policytext.records import Dropped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_KEY = re.compile(r"\W+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENOUGH = 0.3
_EXTRACTED_CHARS = 4_000_000
_DATE_NAMES = (
    "article:published_time",
    "dc.date",
    "dcterms.date",
    "date",
    "dcterms.issued",
    "og:published_time",
)


def read(source: Path) -> Iterator[Draft]:
    """Read a web page saved as HTML.

    Menus, footers, forms, cookie and newsletter notices are left out and listed as dropped. Which part of the page
    is its main content is asked of trafilatura; every block between the first and the last that it finds is
    kept, so that no list item or introducing line is lost.

    Parameters
    ----------
    source : Path
        The file; its byte-order mark, its bytes and then its ``meta charset`` tell the encoding.

    Yields
    ------
    Draft
        One draft with title, date and language where the page gives them.

    Raises
    ------
    DocumentError
        If the page is empty, too large, nests too deeply or shows no text.
    """
    yield read_html(_decode(read_bytes(source), source), source)


def _decode(data: bytes, source: Path) -> str:
    encoding = detect(data)
    if encoding in ("cp1252", "latin-1", "mac_roman", "cp865") and (found := _CHARSET.search(data[:4096])):
        name = found.group(1).decode("ascii").lower()
        name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "utf-8": "cp1252"}.get(name, name)
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            return decode(data, source)
    return decode(data, source)


def read_html(text: str, source: Path | str) -> Draft:
    """Read the text of a web page; see `read`."""
    from lxml import etree
    from lxml import html as lxml_html

    text = _DECLARATION.sub("", text)
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(remove_comments=True, no_network=True))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise DocumentError(
            f"{source}: no HTML that can be parsed ({error}); save the page again or as text"
        ) from error
    metadata = _metadata(root)
    chunks, dropped = walk(root, source)
    kept = _main_content(root, chunks)
    blocks: list[DraftBlock] = []
    for chunk, keep in zip(chunks, kept, strict=True):
        label = boilerplate_label(chunk.text)
        if not keep:
            dropped.append(Dropped(chunk.text, "outside the main content"))
        elif label in ("cookie", "newsletter", "form", "share", "navigation"):
            dropped.append(Dropped(chunk.text, label))
        else:
            blocks.append(chunk.block)
    if not blocks:
        raise DocumentError(
            f"{source}: the page shows no text without running its scripts, or is empty; "
            "save it from a browser as a complete page or as text"
        )
    marked = tuple(mark_boilerplate(_with_typed_lists(blocks)))
    if "title" not in metadata or any(b.kind == "heading" and b.level == 1 for b in marked):
        first = next((b for b in marked if b.kind == "heading" and b.level == 1), None)
        if first is not None:
            metadata["title"] = " ".join(" ".join(line.text for line in first.lines).split())
    return Draft(marked, metadata=metadata, dropped=tuple(dropped))


def _with_typed_lists(blocks: list[DraftBlock]) -> Iterator[DraftBlock]:
    """Find lists that were typed as paragraphs with bullets, dashes or numbers."""
    for loose, group in groupby(blocks, key=lambda block: block.kind == "paragraph"):
        run = list(group)
        texts = [" ".join(line.text for line in block.lines) for block in run]
        if loose and any(find_marker(text) for text in texts):
            yield from blocks_of_paragraphs(texts, headings=False)
        else:
            yield from run


def _metadata(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    metas = {
        (meta.get("property") or meta.get("name") or "").lower(): (meta.get("content") or "").strip()
        for meta in root.iter("meta")
    }
    title = metas.get("og:title") or " ".join((root.findtext(".//title") or "").split())
    if title:
        found["title"] = title
    if metas.get("og:site_name"):
        found["site"] = metas["og:site_name"]
    candidates = [metas.get(name, "") for name in _DATE_NAMES]
    candidates += [element.get("datetime") or "" for element in root.iter("time")][:1]
    for candidate in candidates:
        if date := _DATE.match(candidate):
            found["date"] = date.group()
            break
    language = (root.get("lang") or "").lower().split("-")[0]
    if language in ("nb", "nn", "en", "da", "sv", "se"):
        found["language"] = language
    return found


def _key(text: str) -> str:
    return _KEY.sub("", text).lower()


def _main_content(root: HtmlElement, chunks: list[Chunk]) -> list[bool]:
    """Tell for each chunk whether it lies in the main content that trafilatura finds."""
    found = _extracted(root) if 0 < sum(len(chunk.text) for chunk in chunks) < _EXTRACTED_CHARS else set()
    total = sum(len(chunk.text) for chunk in chunks)
    hits = [_key(chunk.text) in found for chunk in chunks]
    if not any(hits) or sum(len(c.text) for c, hit in zip(chunks, hits, strict=True) if hit) < _ENOUGH * total:
        return [True] * len(chunks)
    first, last = hits.index(True), len(hits) - 1 - hits[::-1].index(True)
    homes = {id(chunk.parent) for chunk, hit in zip(chunks, hits, strict=True) if hit and chunk.parent is not None}
    kept = [first <= index <= last or id(chunk.parent) in homes for index, chunk in enumerate(chunks)]
    titles = [n for n, chunk in enumerate(chunks) if chunk.block.kind == "heading" and chunk.block.level == 1]
    before = [n for n in titles if n < first]
    if before and not any(kept[n] for n in titles):
        kept[before[-1]] = True  # the title stands above what the extractor takes for the text
    return kept


def _extracted(root: HtmlElement) -> set[str]:
    import copy
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(
            copy.deepcopy(root),
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
        )
    except Exception:  # the extractor only advises; without it all cleaned text is kept
        return set()
    text = getattr(document, "text", None) or ""
    return {_key(line.lstrip("-•# ")) for line in text.split("\n") if line.strip()}
