"""What the styles and lists of a Word document mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policytext.ingest.xmlsafe import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|overskrift)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|tittel|undertittel|subtitle)$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:list bullet|punktliste|punktmerket liste|kulepunkt\w*)\s*(\d?)", re.IGNORECASE)
_NESTED = re.compile(r"^(?:list (?:bullet|number)|nummerert liste|punktliste)\s*([2-9])", re.IGNORECASE)
_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: heading and bullet level (0 for none), and whether it is one of these kinds."""

    heading: int = 0
    bullet: int = 0
    toc: bool = False
    caption: bool = False
    quote: bool = False
    bold: bool = False
    number: tuple[str, int] | None = None
    nesting: int = 1


def _value(element: _Element | None) -> str:
    return (element.get(f"{_W}val") or "") if element is not None else ""


def _number_of(properties: _Element | None) -> tuple[str, int] | None:
    if properties is None:
        return None
    found = properties.find(f"{_W}numPr")
    if found is None:
        return None
    identifier = _value(found.find(f"{_W}numId"))
    level = _value(found.find(f"{_W}ilvl")) or "0"
    return (identifier, min(int(level), 8)) if level.isdigit() else None


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document."""

    known: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def parse(cls, root: _Element | None) -> Styles:
        """Read ``word/styles.xml``; styles follow what they are based on."""
        raw: dict[str, _Element] = {}
        for element in root if root is not None else ():
            if local(element) == "style" and element.get(f"{_W}type") in (None, "paragraph"):
                raw[element.get(f"{_W}styleId") or ""] = element
        return cls({name: _style(name, raw) for name in raw})

    def of(self, properties: _Element | None) -> Style:
        """Return what a paragraph's own properties and its style say."""
        if properties is None:
            return Style()
        identifier = _value(properties.find(f"{_W}pStyle"))
        style = self.known.get(identifier) or _named(identifier)
        outline = _value(properties.find(f"{_W}outlineLvl"))
        if outline.isdigit() and int(outline) < 9 and not style.heading:
            style = replace(style, heading=int(outline) + 1)
        return style

    def number(self, properties: _Element | None) -> tuple[str, int] | None:
        """Return the list and level that a paragraph is numbered by, or None."""
        if properties is None:
            return None
        own = _number_of(properties)
        if own is not None:
            return own if own[0] != "0" and own[0] else None
        return self.of(properties).number


def _named(name: str) -> Style:
    """Return what a style's name alone says."""
    if found := _HEADING.search(name):
        return Style(heading=max(int(found.group(1)), 1))
    if _TITLE.match(name):
        return Style(heading=1)
    if found := _BULLET.match(name):
        return Style(bullet=int(found.group(1) or 1))
    low = name.casefold()
    if low.startswith(("toc ", "innh", "toc1", "toc2", "toc3")) or low == "toc heading":
        return Style(toc=True)
    if low in ("caption", "bildetekst"):
        return Style(caption=True)
    if low in ("quote", "sitat", "intense quote", "sterkt sitat"):
        return Style(quote=True)
    return Style()


def _style(identifier: str, raw: dict[str, _Element]) -> Style:
    number: tuple[str, int] | None = None
    bold = False
    meaning = Style()
    first = identifier
    for _ in range(_CHAIN):
        element = raw.get(identifier)
        if element is None:
            break
        if meaning == Style():
            meaning = _named(_value(element.find(f"{_W}name")) or identifier)
        properties = element.find(f"{_W}pPr")
        number = number or _number_of(properties)
        mark = element.find(f"{_W}rPr/{_W}b")
        bold = bold or (mark is not None and mark.get(f"{_W}val") not in ("0", "false"))
        if properties is not None and not meaning.heading:
            outline = _value(properties.find(f"{_W}outlineLvl"))
            if outline.isdigit() and int(outline) < 9:
                meaning = replace(meaning, heading=int(outline) + 1)
        identifier = _value(element.find(f"{_W}basedOn"))
    if nested := _NESTED.match(_value(raw[first].find(f"{_W}name")) if first in raw else ""):
        meaning = replace(meaning, nesting=int(nested.group(1)))
    return replace(meaning, number=number if number and number[0] not in ("", "0") else None, bold=bold)


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each is counted."""

    formats: dict[str, dict[int, tuple[str, str, int]]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def parse(cls, root: _Element | None) -> Numbering:
        """Read ``word/numbering.xml``."""
        made = cls()
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                levels: dict[int, tuple[str, str, int]] = {}
                for level in element.iterchildren(f"{_W}lvl"):
                    index, start = level.get(f"{_W}ilvl") or "", _value(level.find(f"{_W}start")) or "1"
                    if index.isdigit():
                        text = _value(level.find(f"{_W}lvlText"))
                        form = _value(level.find(f"{_W}numFmt")) or "decimal"
                        levels[int(index)] = (form, text, int(start) if start.isdigit() else 1)
                made.formats[element.get(f"{_W}abstractNumId") or ""] = levels
            elif local(element) == "num":
                made.abstract[element.get(f"{_W}numId") or ""] = _value(element.find(f"{_W}abstractNumId"))
        return made

    def next(self, identifier: str, level: int) -> tuple[str | None, int]:
        """Count one item on and return its marker (None for a level that shows nothing) and its nesting from 1."""
        formats = self.formats.get(self.abstract.get(identifier, ""), {})
        form, text, start = formats.get(level, ("bullet", "•", 1))
        for deeper in range(level + 1, 10):
            self.counts.pop((identifier, deeper), None)
        self.counts[identifier, level] = self.counts.get((identifier, level), start - 1) + 1
        if form == "bullet":
            return "•", level + 1
        if form == "none" or not text:
            return None, level + 1

        def shown(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            count = self.counts.get((identifier, index), formats.get(index, ("decimal", "", 1))[2])
            return _printed(count, formats.get(index, ("decimal", "", 1))[0])

        return re.sub(r"%(\d)", shown, text), level + 1


def _printed(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr((96 if form == "lowerLetter" else 64) + count)
    if form in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        roman = "x" * (count // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[count % 10]
        return roman if form == "lowerRoman" else roman.upper()
    return str(count)
