"""Publications of the Storting as exported by data.stortinget.no: minutes, recommendations, proposals, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import DocumentError
from policytext.ingest.catalogue import find_party
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.limits import read_bytes
from policytext.ingest.markers import find_marker
from policytext.ingest.xmlsafe import local, parse_xml
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPEECHES = {"hovedinnlegg", "replikk", "presinnlegg", "presinnl", "innlegg"}
_SPEAKER = re.compile(r"^\s*(?P<name>[^(\[:]+?)\s*(?:\((?P<party>[^)]{1,20})\))?\s*(?:\[(?P<clock>[\d:]+)\])?\s*:?\s*$")
_DATE = re.compile(r"(\d{1,2})\.\s*([a-z]+)\s+(\d{4})", re.IGNORECASE)
_SECTIONS = {"kapittel": 1, "seksjon1": 1, "seksjon2": 2, "seksjon3": 3, "seksjon4": 4, "seksjon5": 5}
_TEXT = {"a", "p", "avsnitt", "ingress", "doktit", "kildedok", "fortekst", "ettertekst"}
_ITEMS = {"pkt", "punkt", "listepkt", "li"}
_OVERVIEWS = {"publikasjoner_oversikt", "saker_oversikt", "sak", "moter_oversikt", "representanter_oversikt"}


def read(source: Path) -> Iterator[Draft]:
    """Read an exported publication.

    Minutes (``Forhandlinger``, ``Forhandling``) give one draft a speech with speaker, party, date and, as title,
    the case; every other publication gives one draft with its chapters, paragraphs and lists.

    Parameters
    ----------
    source : Path
        The XML as ``eksport/publikasjon`` returns it.

    Raises
    ------
    DocumentError
        If the XML is damaged, declares entities, or is an overview instead of a publication.
    """
    root = parse_xml(read_bytes(source), source)
    name = local(root).casefold()
    if name in _OVERVIEWS:
        raise DocumentError(
            f"{source}: an overview ({local(root)}) from data.stortinget.no, not a text; "
            "export the publications that it lists (eksport/publikasjon?publikasjonid=…)"
        )
    if name.startswith(("forhandling", "referat")):
        yield from _minutes(root)
    else:
        yield _publication(root)


def _words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _first(element: _Element, *names: str) -> str:
    for child in element.iter():
        if local(child).casefold() in names and (text := _words(child)):
            return text
    return ""


@cache
def _months() -> dict[str, int]:
    return {row["word"]: int(row["month"]) for row in load_lexicon("months", ("word", "month"))}


def _day(text: str) -> str:
    for found in _DATE.finditer(text):
        if month := _months().get(found.group(2).lower()):
            return f"{found.group(3)}-{month:02d}-{int(found.group(1)):02d}"
    return ""


def _minutes(root: _Element) -> Iterator[Draft]:
    date = ""
    case = ""
    number = 0
    for element in root.iter():
        name = local(element).casefold()
        if name in ("tittel", "dato") and not date:
            date = _day(_words(element))
        elif name == "sak":
            head = next((child for child in element if local(child).casefold() == "sakshode"), element)
            case = _first(head, "saktittel", "sakstittel", "tittel")
        elif name in _SPEECHES and not any(local(a).casefold() in _SPEECHES for a in element.iterancestors()):
            for speaker, blocks in _turns(element):
                if blocks:
                    number += 1
                    known = {"kind": "speech", "date": date, "title": case, "speech_type": name, **_speaker(speaker)}
                    identifier = root.get("Id") or root.get("id") or ""
                    if identifier:
                        known["publication"] = identifier
                    yield Draft(tuple(blocks), {k: v for k, v in known.items() if v}, suffix=f"{number:04d}")


def _turns(element: _Element) -> Iterator[tuple[str, list[DraftBlock]]]:
    """Yield the speakers of an element and their paragraphs; a name inside a paragraph begins a new turn."""
    speaker = ""
    blocks: list[DraftBlock] = []
    for child in element.iter():
        name = local(child).casefold()
        if name == "navn":
            if blocks:
                yield speaker, blocks
                blocks = []
            speaker = _words(child)
            if local(child.getparent()).casefold() not in _TEXT and (tail := " ".join((child.tail or "").split())):
                blocks.append(_paragraph(tail))
        elif name in _TEXT:
            text = _without_name(child)
            names = [n for n in child.iter() if local(n).casefold() == "navn"]
            if names:
                if blocks:
                    yield speaker, blocks
                    blocks = []
                speaker = _words(names[0])
            if text:
                blocks.append(_paragraph(text))
            for inner in names:
                inner.tag = "navn-lest"
    yield speaker, blocks


def _without_name(element: _Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if local(child).casefold() not in ("navn", "navn-lest"):
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _paragraph(text: str) -> DraftBlock:
    return DraftBlock("paragraph", (DraftLine(text),))


def _speaker(text: str) -> dict[str, str]:
    found = _SPEAKER.match(text)
    if not found:
        return {"speaker": text.rstrip(": ")} if text else {}
    party = find_party(found.group("party") or "")
    known = {"speaker": found.group("name").strip(), "clock": found.group("clock") or ""}
    known["party"] = party.party if party is not None else (found.group("party") or "")
    if known["speaker"].casefold() in ("presidenten", "møtelederen", "møteleiaren"):
        known["role"] = "chair"
    return known


def _publication(root: _Element) -> Draft:
    blocks: list[DraftBlock] = []
    _section(root, blocks, 0)
    start = next((child for child in root if local(child).casefold() == "startseksjon"), root)
    title = " ".join(filter(None, (_first(start, "navn"), _first(start, "aar")))) or _first(root, "doktit", "tittel")
    subject = _first(start, "doktit")
    known = {
        "title": title,
        "subject": subject if subject != title else "",
        "kind": local(root).casefold(),
        "date": _day(_first(root, "dato", "avgittdato", "sluttdato")),
    }
    return Draft(tuple(blocks), {key: value for key, value in known.items() if value})


def _section(element: _Element, blocks: list[DraftBlock], depth: int) -> None:
    for child in element:
        name = local(child).casefold()
        text = "" if name in _SECTIONS or name in ("liste", "ul", "ol") else _words(child)
        if name in ("tittel", "saktittel", "undertittel", "mtittel") and text:
            marker = find_marker(text)
            known = marker is not None and marker.kind in ("number", "outline")
            level = max(_level(child), 1)
            blocks.append(
                DraftBlock(
                    "heading",
                    (DraftLine(marker.rest if known and marker else text),),
                    level,
                    marker.text if known and marker else None,
                )
            )
        elif name in _ITEMS:
            _item(child, blocks, depth or 1)
        elif name in _TEXT and not any(
            local(inner).casefold() in (*_TEXT, *_ITEMS) for inner in child.iterdescendants()
        ):
            if text:
                blocks.append(_paragraph(text))
        elif name in ("liste", "ul", "ol"):
            _section(child, blocks, depth + 1)
        elif name in ("row", "tr", "rad"):
            cells = [_words(cell) for cell in child]
            if any(cells):
                blocks.append(_paragraph(" | ".join(cell for cell in cells if cell)))
        elif name and name not in ("navn", "aar"):
            _section(child, blocks, depth)


def _level(title: _Element) -> int:
    return sum(1 for ancestor in title.iterancestors() if local(ancestor).casefold() in _SECTIONS)


def _item(element: _Element, blocks: list[DraftBlock], depth: int) -> None:
    lists = [child for child in element if local(child).casefold() in ("liste", "ul", "ol")]
    own = " ".join(
        filter(
            None,
            [" ".join((element.text or "").split())]
            + [
                (_words(child) if child not in lists else "") + (" " + " ".join((child.tail or "").split())).rstrip()
                for child in element
            ],
        )
    ).strip()
    if own:
        marker = find_marker(own)
        text = marker.rest if marker is not None else own
        blocks.append(DraftBlock("item", (DraftLine(text),), depth, marker.text if marker is not None else "•"))
    for inner in lists:
        _section(inner, blocks, depth + 1)
