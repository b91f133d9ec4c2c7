"""Bullets and numbers at the start of a printed line, told by font and distance, and where the text behind them begins.

A line of plain text has only its letters (:mod:`policytext.ingest.markers`); a printed one has words with places, so
that a lone «o», a bare number or any sign that a document keeps for it can be a marker. The signs and kinds are shared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policytext.ingest.line_rules import line_pattern
from policytext.ingest.markers import BULLETS, DASHES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policytext.ingest.markers import MarkerKind
    from policytext.ingest.pdf_characters import Word
    from policytext.ingest.pdf_chunks import Chunk
    from policytext.ingest.pdf_layout import Line

_SYMBOL_FONT = re.compile(r"symbol|wingding|webding|dingbat", re.IGNORECASE)
_NUMBER = re.compile(r"^\(?(\d{1,3})[.)]$")
_OUTLINE = re.compile(r"^(?:§\s*)?\d{1,2}(?:\.\d{1,3})+\.?:?$")
_LETTER = re.compile(r"^\(?([a-zæøåA-ZÆØÅ])\)$|^([a-zæøå])\.$")
_ROMAN = re.compile(r"^\(?([ivxIVX]{1,5})[.)]$")
_GLUED_BULLET = re.compile(rf"^([{BULLETS}\uf0a7\uf0b7\uf0d8\uf0fc])(?=\S)")
_GLUED_NUMBER = re.compile(r"^(\d{1,2})[.)](?=[A-ZÆØÅ][a-zæøå])")
_TAB = 0.9
"""A bare number this many font sizes before the text is a marker."""
_DASHES = frozenset(DASHES)
_NEVER = frozenset("«»\"'“”„‘’()[]{}§%&/\\.,;:!?…@#=<>|_^~`´$€£©®™")
_PLAIN_LETTER = re.compile(r"[a-zæøåA-ZÆØÅéèêóòôü]")


@dataclass(frozen=True, slots=True)
class Marker:
    """A bullet or number: as printed, its kind, the words and letters it takes, and where the text behind it begins."""

    text: str
    kind: MarkerKind
    words: int
    letters: int
    text_x: float


def is_bullet(text: str, font: str = "") -> bool:
    """Tell whether a word standing alone is a bullet glyph.

    Examples
    --------
    >>> is_bullet("•"), is_bullet("✓"), is_bullet("§"), is_bullet("a")
    (True, True, False, False)
    """
    if len(text) != 1:
        return False
    if _SYMBOL_FONT.search(font):
        return True
    if text in _NEVER or text in _DASHES:
        return False
    return unicodedata.category(text) in ("So", "Sm", "Po", "Co", "Cc", "Sk", "Lm", "Cn") or text == "\ufffd"


def is_marker_word(text: str, font: str, glyphs: frozenset[str] = frozenset()) -> bool:
    """Tell whether a word standing alone can introduce an item or a numbered heading."""
    return bool(
        text in glyphs
        or is_bullet(text, font)
        or text in _DASHES
        or _NUMBER.match(text)
        or _OUTLINE.match(text)
        or _LETTER.match(text)
        or text == "o"
    )


def find_glyphs(chunks: Iterable[Chunk]) -> frozenset[str]:
    """Return the signs that a document uses as bullets, whatever they are: they stand alone, and first."""
    alone: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for chunk in chunks:
        for index, word in enumerate(chunk.words):
            if len(word[0]) == 1 and not word[0].isdecimal():
                alone[word[0]] += 1
                if index == 0 and (len(chunk.words) == 1 or chunk.words[1][1] - word[2] > 0.2 * chunk.size):
                    first[word[0]] += 1
    return frozenset(
        sign
        for sign, count in first.items()
        if count >= 3 and count >= 0.95 * alone[sign] and sign not in _NEVER and not _PLAIN_LETTER.match(sign)
    )


def find_marker(line: Line, glyphs: frozenset[str] = frozenset()) -> Marker | None:
    """Return the marker that a line begins with, or None; `glyphs` are the signs this document uses as bullets."""
    word, left, right, _, style, _ = line.words[0]
    following = line.words[1] if len(line.words) > 1 else None
    text_x = following[1] if following else right
    kind: MarkerKind | None = None
    if (word in glyphs and word not in _DASHES) or is_bullet(word, style.font):
        kind = "bullet"
    elif word in _DASHES:
        kind = "dash"
    elif word == "o" and following and (following[1] - right > 0.55 * line.size or style.font != following[4].font):
        kind = "bullet"
    elif _NUMBER.match(word):
        kind = "number"
        if following and line_pattern("month").match(following[0]):
            return None
    elif _OUTLINE.match(word):
        if following and following[0][:1].islower():
            return None
        kind = "outline"
    elif _LETTER.match(word) or _ROMAN.match(word):
        kind = "letter"
    elif following and _is_bare_number(word, right, following, line.size):
        kind = "number"
    if kind:
        return Marker(word, kind, 1, len(word), text_x)
    if match := _GLUED_BULLET.match(word):
        return Marker(match[1], "bullet", 0, 1, left + 0.6 * line.size)
    if match := _GLUED_NUMBER.match(word):
        share = len(match.group()) / len(word)
        return Marker(match.group(), "number", 0, len(match.group()), left + share * (right - left))
    return None


def _is_bare_number(word: str, right: float, following: Word, size: float) -> bool:
    apart = following[1] - right > _TAB * size
    return word.isdecimal() and len(word) <= 3 and apart and following[0][:1].isupper()
