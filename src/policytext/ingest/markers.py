"""Bullets, numbers and letters before list items and headings, and the signs that every format knows them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from policytext.rules import load_rules

MarkerKind = Literal["bullet", "dash", "number", "letter", "outline"]
"""What a marker is; an outline number has several parts («2.1»)."""

BULLETS = "•●○◦▪▫■□‣⁃∙·►▸▶➢➤➔→⇒❖✓✔★☆◆◇♦❑❒"
DASHES = "-‐‑‒–—―−"

_BULLET = re.compile(rf"(?:[{BULLETS}\uf000-\uf0ff\ufffd]|[*+](?=\s)|o(?=\t|\s{{2,}}))\s*")
_DASH = re.compile(rf"(?:--|[{DASHES}])(?:\s+|(?=[A-ZÆØÅ«]))")
_OUTLINE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\S)")
_NUMBER = re.compile(r"(?:(\d{1,3})\s?[.)]|\((\d{1,3})\))\s+(?=\S)")
_LETTER = re.compile(r"(?:([a-zæøå])\)|\(([a-zæøå])\)|([a-z])\.|((?:i{1,3}|iv|vi{0,3}|ix|x)[.)]))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before an item: its kind, as printed, its place in the list, and what follows it."""

    kind: MarkerKind
    text: str
    value: int | None
    rest: str

    @property
    def style(self) -> str:
        """The marker without its number: items of one list share it."""
        return self.text if self.kind in ("bullet", "dash") else self.kind + re.sub(r"\w+", "", self.text)


def find_marker(line: str) -> Marker | None:
    """Return the marker that a line begins with, or None.

    An ordinal in running text («1. januar», «8. trinn»), a date and a decimal number are no markers.

    Examples
    --------
    >>> find_marker("• Halvere køen").rest
    'Halvere køen'
    >>> find_marker("12) Bygge naust").value
    12
    >>> find_marker("1. mai er fridag") is None
    True
    """
    line = line.strip()
    if not line:
        return None
    if found := _BULLET.match(line):
        return _marker("bullet", line, found)
    if found := _DASH.match(line):
        return _marker("dash", line, found)
    head = line[:60]
    if line[0].isdigit() and any(rule.pattern.match(head) for rule in load_rules("ordinals")):
        return None
    if found := _OUTLINE.match(line):
        return _marker("outline", line, found, int(found.group(1).rsplit(".", 1)[-1]))
    if found := _NUMBER.match(line):
        return _marker("number", line, found, int(found.group(1) or found.group(2)))
    if found := _LETTER.match(line):
        letter = found.group(1) or found.group(2) or found.group(3)
        return _marker("letter", line, found, ord(letter) - 96 if letter and letter.isascii() else None)
    return None


def _marker(kind: MarkerKind, line: str, found: re.Match[str], value: int | None = None) -> Marker | None:
    rest = line[found.end() :].strip()
    # what is left after the marker must show something: a soft hyphen is no item
    return Marker(kind, found.group().strip(), value, rest) if any(map(str.isprintable, rest)) else None
