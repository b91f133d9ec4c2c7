"""Read the corpus's source files: text and hand codes side by side.

A source file begins with ``key: value`` lines (title, party, date, kind, language, file, and layout options),
then a blank line, then the text. Every line of text is one segment, written as ``TEXT @@ CODES``:

=====================  ==========================================================================
line                   meaning
=====================  ==========================================================================
``# T``, ``## T``      heading of level 1, 2 …
``T``                  a sentence; sentences without a blank line between them make a paragraph
``– T``                a quote, up to the sentence that names the speaker («, sier …»)
``* T``, ``1. T``      a list item, bulleted or numbered (it may hold several sentences)
``!nav T`` …           boilerplate of a web page: nav, cookie, aside or footer
``%page``              page break; ``%language nn`` the written form from here on
``[[break]]``          within an item: the page ends here, and the item goes on after ``%resume``
``// T``               a note by the coder, printed nowhere
=====================  ==========================================================================

Codes are ``-`` (no measure) or ``2fS decrease infrastruktur,velferd``: the number of measures (left out when
one), ``f`` firm or ``s`` soft, ``S`` specific or ``g`` general, direction, areas; then each quantity after a
bar: ``| 30 prosent=30 percent target ge`` (text, value, unit, role, and comparator unless ``eq``).
Headings, questions and boilerplate need no codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DIRECTIONS = {"increase", "decrease", "introduce", "abolish", "maintain", "oppose", "other"}
AREAS = {"verdiskaping", "velferd", "kompetanse", "infrastruktur", "sentralisering", "annet"}
ROLES = {"target", "change", "limit", "deadline", "duration", "baseline", "context"}
COMPARATORS = {"eq", "ge", "gt", "le", "lt", "approx"}
LAYOUT_KEYS = {"head", "width", "columns", "bullet", "site", "page", "size"}
HEADER_KEYS = {"title", "party", "date", "kind", "language", "file"} | LAYOUT_KEYS

SAYS = re.compile(r", (?:sier|seier) ")
_HEAD = re.compile(r"(?P<n>\d*)(?P<strength>[fs])(?P<specific>[Sg]) (?P<direction>\w+) (?P<areas>[\w,]+)")
_QUANTITY = re.compile(r"(?P<text>.+)=(?P<value>\S+) (?P<unit>\S+) (?P<role>\w+)(?: (?P<comparator>\w+))?")
_ITEM = re.compile(r"(\*|\d+\.) (.*)")
_BOILERPLATE = re.compile(r"!(nav|cookie|aside|footer) (.*)")


@dataclass(slots=True)
class Unit:
    """One segment with its codes, or a layout directive (kind ``page`` or ``resume``)."""

    kind: str
    text: str = ""
    level: int = 0
    marker: str = ""
    paragraph: int = 0
    language: str = "nb"
    heading: str = ""
    intro: str = ""
    rest: str = ""
    codes: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """One document of the corpus: its header and its units in reading order."""

    doc_id: str
    header: dict[str, str]
    units: list[Unit]


def read_source(path: Path) -> Source:
    """Read one source file; ValueError names file and line when a line breaks the format."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header: dict[str, str] = {}
    first = 0
    for first, line in enumerate(lines):
        if not line.strip():
            break
        key, _, value = line.partition(": ")
        if key not in HEADER_KEYS:
            allowed = ", ".join(sorted(HEADER_KEYS))
            raise ValueError(f"{path.name}, line {first + 1}: header {key!r}; allowed: {allowed}")
        header[key] = value.strip()
    units: list[Unit] = []
    language, heading, intro, paragraph = header["language"], "", "", 1
    path_down: list[tuple[int, str]] = []
    above: dict[str, tuple[str, str]] = {}
    speaking = 0
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.startswith("//"):
            continue
        if not line.strip():
            paragraph += 1
            continue
        if line.startswith("%language "):
            language = line.split()[1]
            continue
        if line in {"%page", "%resume"}:
            units.append(Unit(kind=line[1:]))
            if line == "%resume":
                above["after"], (heading, intro) = (heading, intro), above["before"]
            elif "after" in above:
                heading, intro = above.pop("after")
            continue
        try:
            unit = _unit(line)
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
        unit.language, unit.paragraph, unit.heading = language, paragraph, heading
        if unit.kind == "heading":
            unit.heading = next((text for level, text in reversed(path_down) if level < unit.level), "")
            path_down = [(level, text) for level, text in path_down if level < unit.level]
            path_down.append((unit.level, unit.text))
            heading, intro = unit.text, ""
        elif unit.marker:
            unit.intro = intro
        elif unit.kind == "paragraph" and speaking == paragraph:
            unit.kind = "quote"
        else:
            intro = unit.text if unit.text.endswith(":") else ""
        if unit.text.startswith("– "):
            speaking = paragraph
        if SAYS.search(unit.text):
            speaking = 0
        if unit.kind == "item" and unit.rest:
            above["before"] = (heading, intro)
        units.append(unit)
    return Source(path.stem, header, units)


def _unit(line: str) -> Unit:
    text, _, codes = line.partition(" @@ ")
    text = text.strip()
    if match := re.fullmatch(r"(#+) (.*)", text):
        unit = Unit(kind="heading", text=match[2], level=len(match[1]))
    elif match := _BOILERPLATE.fullmatch(text):
        unit = Unit(kind="boilerplate", text=match[2], marker="", level=0)
        unit.rest = match[1]
    elif match := _ITEM.fullmatch(text):
        unit = Unit(kind="item", text=match[2], marker=match[1])
    else:
        unit = Unit(kind="paragraph", text=text)
    if "[[break]]" in unit.text:
        before, _, after = unit.text.partition(" [[break]] ")
        unit.text, unit.rest = f"{before} {after}", after
    if unit.text.endswith("?") and unit.kind != "heading":
        unit.kind = "question"
    if unit.text.startswith("– ") and unit.kind == "paragraph":
        unit.kind = "quote"
    if not codes and unit.kind not in {"heading", "question", "boilerplate"}:
        raise ValueError("no codes")
    unit.codes = parse_codes(codes or "-", unit.text)
    return unit


def parse_codes(codes: str, text: str) -> dict[str, object]:
    """Turn the short code of one segment into the fields of the hand-coded format, checking each value."""
    head, *numbers = (part.strip() for part in codes.split("|"))
    quantities = []
    position = 0
    for number in numbers:
        match = _QUANTITY.fullmatch(number)
        if not match:
            raise ValueError(f"quantity {number!r}")
        if match["role"] not in ROLES or (match["comparator"] or "eq") not in COMPARATORS:
            raise ValueError(f"role or comparator of {number!r}")
        position = text.find(match["text"], position)
        if position < 0:
            raise ValueError(f"quantity {match['text']!r} is not in the text, or out of order")
        position += len(match["text"])
        quantities.append(
            {
                "text": match["text"],
                "value": _value(match["value"]),
                "unit": match["unit"],
                "role": match["role"],
                "comparator": match["comparator"] or "eq",
            }
        )
    none = {
        "bad": False,
        "measure": False,
        "n_measures": 0,
        "strength": None,
        "specific": None,
        "direction": None,
        "areas": [],
        "quantities": quantities,
    }
    if head == "-":
        if any(quantity["role"] != "context" for quantity in quantities):
            raise ValueError("a number in a segment without a measure is context")
        return none
    match = _HEAD.fullmatch(head)
    if not match:
        raise ValueError(f"codes {head!r}")
    areas = match["areas"].split(",")
    if match["direction"] not in DIRECTIONS or len(areas) > 2 or not set(areas) <= AREAS:
        raise ValueError(f"direction or areas of {head!r}")
    return none | {
        "measure": True,
        "n_measures": int(match["n"] or 1),
        "strength": "firm" if match["strength"] == "f" else "soft",
        "specific": match["specific"] == "S",
        "direction": match["direction"],
        "areas": areas,
    }


def _value(text: str) -> float | int | list[float | int]:
    if text.startswith("["):
        low, high = text[1:-1].split(",")
        return [_number(low), _number(high)]
    return _number(text)


def _number(text: str) -> float | int:
    return float(text) if "." in text else int(text)
