"""ParlaMint and other TEI speeches: one document an utterance, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import DocumentError
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.teipeople import People
from policytext.ingest.xmlsafe import XML_ID, XML_LANG, local, stream_xml
from policytext.records import Dropped

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASIDE = {"note", "gap", "vocal", "kinesic", "incident", "desc", "linkGrp", "pb", "time"}
_BEFORE_POINT = re.compile(r"\s+([,.;:!?)\]»”])")
_AFTER_OPEN = re.compile(r"([(\[«“])\s+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROLES = {"chair", "regular", "guest"}
_CLOCK = re.compile(r"\s*\[\d{2}:\d{2}(?::\d{2})?\]")


def read(source: Path) -> Iterator[Draft]:
    """Read a ParlaMint corpus root, one of its components, or another TEI file of utterances.

    Components that the root includes are read one after another, each as a stream; persons and parties come from
    ``listPerson`` and ``listOrg`` in the root or beside it, as valid on the day. The form with words marked
    up (``.ana``) gives the same text.

    Parameters
    ----------
    source : Path
        A ``teiCorpus`` root or a ``TEI`` component.

    Yields
    ------
    Draft
        One for each ``u``; its metadata: doc_id (the utterance's own), date, language, title (the debate), kind
        ``speech``, party (the catalogue's label), speaker, person, role (chair, regular, guest), office, session
        and term. Notes and gaps inside it are listed as dropped.

    Raises
    ------
    DocumentError
        If XML is damaged or declares entities, an included file is missing or lies outside the corpus's folder.
    """
    root, includes = _root_and_includes(source)
    people = People()
    if root == "teiCorpus":
        files = [_inside(source, href) for href in includes]
        people.read([source, *(path for path in files if _is_list(path))])
        components = [path for path in files if not is_auxiliary(path)]
        if not components:
            yield from _speeches(source, people)
        for path in components:
            yield from _speeches(path, people)
    elif root == "TEI":
        people.read([source, *_lists_beside(source)])
        yield from _speeches(source, people)
    else:
        raise DocumentError(f"{source}: a {root or 'part'} of a TEI corpus, not its text; give the corpus's root file")


def included(source: Path) -> set[Path]:
    """Return the files that a corpus root includes, so that a folder's reader passes them by; empty for others."""
    try:
        root, includes = _root_and_includes(source)
        return {_inside(source, href).resolve() for href in includes} if root == "teiCorpus" else set()
    except DocumentError:
        return set()


def companions(source: Path) -> set[Path]:
    """Return the other files that reading one uses: what a corpus root includes, the lists beside a component."""
    try:
        root, includes = _root_and_includes(source)
        if root == "teiCorpus":
            return {_inside(source, href) for href in includes}
    except DocumentError:
        return set()
    return set(_lists_beside(source)) if root == "TEI" else set()


def _root_and_includes(source: Path) -> tuple[str, list[str]]:
    root = ""
    includes: list[str] = []
    for event, element in stream_xml(source):
        if event == "start" and not root:
            root = local(element)
            if root != "teiCorpus":
                break
        elif event == "end" and local(element) == "include":
            includes.append(element.get("href") or "")
        elif event == "end" and local(element) in ("u", "seg"):
            element.clear()
    return root, includes


def _inside(source: Path, href: str) -> Path:
    folder = source.parent.resolve()
    path = (folder / href).resolve()
    if not href or "://" in href or not path.is_relative_to(folder):
        raise DocumentError(
            f"{source}: includes {href!r}, which is not below the corpus's own folder; keep all parts there"
        )
    if not path.is_file():
        raise DocumentError(f"{source}: includes {href!r}, which is missing; fetch the whole corpus")
    return path


def _is_list(path: Path) -> bool:
    return "listorg" in path.name.lower() or "listperson" in path.name.lower()


def is_auxiliary(path: Path) -> bool:
    """Tell whether a file of a corpus holds persons, organisations or a taxonomy instead of speeches."""
    return _is_list(path) or "taxonomy" in path.name.lower()


def _lists_beside(source: Path) -> list[Path]:
    for folder in (source.parent, source.parent.parent):
        stem = source.name.split("_", 1)[0]
        found = sorted(path for path in folder.glob(f"{_literal(stem)}*.xml") if _is_list(path))
        if not found and (folder / f"{stem}.xml").is_file() and "_" in source.name:
            found = [folder / f"{stem}.xml"]
        if found:
            return found
    return []


def _literal(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)


def _speeches(path: Path, people: People) -> Iterator[Draft]:
    known: dict[str, str] = {}
    language = ""
    heading = ""
    body = False
    for event, element in stream_xml(path):
        name = local(element)
        if event == "start":
            if name == "TEI":
                language = element.get(XML_LANG) or ""
            elif name == "text":
                body = True
            elif name == "div":
                heading = ""
            continue
        if name == "teiHeader":
            known = _header(element)
            element.clear()
        elif name == "head" and body and local(element.getparent()) == "div":
            heading = heading or _CLOCK.sub("", " ".join("".join(element.itertext()).split()))
        elif name == "u":
            draft = _speech(element, {**known, "title": heading or known.get("title", "")}, language, people)
            _forget(element)
            if draft is not None:
                yield draft
        elif name in ("note", "gap") and local(element.getparent()) in ("div", "body"):
            _forget(element)


def _forget(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _header(header: _Element) -> dict[str, str]:
    known: dict[str, str] = {}
    dates: dict[str, str] = {}
    for element in header.iter("{*}title", "{*}meeting", "{*}date"):
        name = local(element)
        text = " ".join("".join(element.itertext()).split())
        if name == "title" and element.get(XML_LANG) in (None, "nb", "nn", "no"):
            if element.get("type") == "sub" or "title" not in known:
                known["title"] = text
        elif name == "meeting" and element.get("n"):
            for kind in ("session", "term"):
                if f"parla.{kind}" in (element.get("ana") or ""):
                    known[kind] = element.get("n") or ""
        elif name == "date" and _DAY.match(element.get("when") or ""):
            dates.setdefault(local(element.getparent()), element.get("when") or "")
    date = dates.get("setting") or dates.get("bibl")
    if date:
        known["date"] = date
    return known


def _speech(element: _Element, known: dict[str, str], language: str, people: People) -> Draft | None:
    dropped: list[Dropped] = []
    blocks: list[DraftBlock] = []
    segments = [child for child in element if local(child) in ("seg", "p", "ab")]
    for child in segments or [element]:
        text = "".join(_text(child, dropped))
        text = _AFTER_OPEN.sub(r"\1", _BEFORE_POINT.sub(r"\1", " ".join(text.split())))
        if blocks and text and not any(character.isalnum() for character in text):
            # a full stop that a note was taken out before
            blocks[-1] = DraftBlock("paragraph", (DraftLine(blocks[-1].lines[0].text + text),))
        elif text:
            blocks.append(DraftBlock("paragraph", (DraftLine(text),)))
    asides = [child for child in element if segments and local(child) in _ASIDE]
    found_texts = ((" ".join("".join(child.itertext()).split()), local(child)) for child in asides)
    dropped.extend(Dropped(text, name) for text, name in found_texts if text)
    if not blocks:
        return None
    person = (element.get("who") or "").lstrip("#")
    date = known.get("date", "")
    roles = [part.lstrip("#") for part in (element.get("ana") or "").split()]
    found = {
        **known,
        "kind": "speech",
        "doc_id": element.get(XML_ID) or "",
        "language": element.get(XML_LANG) or language,
        "person": person,
        "speaker": people.names.get(person, ""),
        "party": people.party(person, date) or "",
        "office": people.office(person, date) or "",
        "role": next((role for role in roles if role in _ROLES), ""),
    }
    return Draft(tuple(blocks), {key: value for key, value in found.items() if value}, tuple(dropped))


def _text(element: _Element, dropped: list[Dropped]) -> Iterator[str]:
    """Yield the text of a segment; words and marks are joined as ``join`` says."""
    if element.text and local(element) not in ("s", "name"):
        yield element.text
    for child in element:
        name = local(child)
        if name in _ASIDE:
            text = " ".join("".join(child.itertext()).split())
            if text and name != "linkGrp":
                dropped.append(Dropped(text, name))
            yield " "
        elif name in ("w", "pc"):
            yield child.text or "" if not len(child) else (child.text or "").strip()
            if child.get("join") not in ("right", "both"):
                yield " "
        elif name:
            yield from _text(child, dropped)
            if name in ("s", "name"):
                yield " "
        if child.tail and name not in ("w", "pc") and local(element) not in ("s", "name"):
            yield child.tail
