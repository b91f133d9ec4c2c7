"""Putting lost ligatures back into a damaged text, where a known word comes of it and none stands there."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from policytext.language.ligatures import FUNCTION, LISTED, Pieces, rarity, short_words, weight, words_left_as

_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_PIECES = 4
# Costs are natural logs of odds; those of words are of how rare they are.
_LOST = 0.5
_AT_EDGE = 0.5
_SOUND = 2.0
_JOINED = 1.0
_COMPOUNDED = 4.0
_UNKNOWN = 22.0
_UNKNOWN_NAME = 12.0
_SHORT_PIECE = 2
_SURE_PIECE = 4
_BEFORE_FIRST = ' «"•·-–'


class Edit(NamedTuple):
    """A mended word: where it stands in the mended text and what it covers of the text as given."""

    start: int
    end: int
    given_start: int
    given_end: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with its ligatures put back, and the edits in order."""

    text: str
    edits: tuple[Edit, ...]

    def given(self, place: int, *, end: bool = False) -> int:
        """Return where an offset of the mended text lies in the text as given; `end` for one after a last letter.

        Examples
        --------
        >>> mended = put_back("Vi vil besky e barn.")
        >>> mended.text, mended.given(7), mended.given(15, end=True), mended.given(16)
        ('Vi vil beskytte barn.', 7, 14, 15)
        """
        number = bisect_right(self.edits, place, key=lambda edit: edit.start) - 1
        if number < 0:
            return place
        edit = self.edits[number]
        if place >= edit.end:
            return place - edit.end + edit.given_end
        if place == edit.start:
            return edit.given_start
        return edit.given_end if end else edit.given_start


class _Piece(NamedTuple):
    """Letters that stand together in a text."""

    letters: str
    start: int
    end: int


class _Reading(NamedTuple):
    """The likeliest reading of a text up to some piece: what it costs, the first piece of its last word, that word.

    The word is "" where the piece is read as it stands.
    """

    cost: float
    first: int
    word: str


def put_back(text: str, *, inside: bool = False) -> Mended:
    """Put lost ligatures back into a damaged text.

    The text is read as the likeliest row of words: pieces between single spaces may be parts of one word. Words that
    are known, names, and pieces that no known word comes of stay as they are. Give it damaged text only.

    Parameters
    ----------
    text : str
        Text that has lost its ligatures.
    inside : bool
        Whether nothing stands in their place; otherwise it is a space.

    Examples
    --------
    >>> put_back("Økt kvalitet l e ek ve vannkra verk.").text
    'Økt kvalitet til effektive vannkraftverk.'
    >>> put_back("Et oentlig tilbud l alle.", inside=True).text
    'Et offentlig tilbud til alle.'
    """
    pieces = [_Piece(match.group(), match.start(), match.end()) for match in _LETTERS.finditer(text)]
    parts: list[str] = []
    edits: list[Edit] = []
    length = done = 0
    for first, last, word in _likeliest(text, pieces, inside=inside):
        start, end = pieces[first].start, pieces[last - 1].end
        before = text[done:start]
        parts += (before, word)
        length += len(before)
        edits.append(Edit(length, length + len(word), start, end))
        length += len(word)
        done = end
    parts.append(text[done:])
    return Mended("".join(parts), tuple(edits))


def _likeliest(text: str, pieces: list[_Piece], *, inside: bool) -> list[tuple[int, int, str]]:
    """Return the mended words of the likeliest reading, each with its first piece and the one after its last."""
    best = [_Reading(0.0, 0, "")]
    for last in range(1, len(pieces) + 1):
        alone = pieces[last - 1]
        choices = [_Reading(best[last - 1].cost + _cost(alone, text), last - 1, "")]
        for first in range(last - 1, max(-1, last - 1 - (1 if inside else _MOST_PIECES)), -1):
            if first < last - 1 and text[pieces[first].end : pieces[first + 1].start] != " ":
                break
            found = _mended(pieces[first:last], text, inside=inside)
            if found is not None:
                choices.append(_Reading(best[first].cost + found[1], first, found[0]))
        best.append(min(choices, key=lambda reading: reading.cost))
    found_words = []
    last = len(pieces)
    while last:
        _, first, word = best[last]
        if word:
            found_words.append((first, last, word))
        last = first
    return found_words[::-1]


def _cost(piece: _Piece, text: str) -> float:
    """Return what it costs to read a piece as it stands."""
    known = rarity(piece.letters.lower())
    if known is not None:
        return known
    return _UNKNOWN_NAME if _is_name(piece, text) else _UNKNOWN


def _is_name(piece: _Piece, text: str) -> bool:
    """Tell whether a piece has a capital that no sentence begins with."""
    return piece.letters[0].isupper() and not _begins(piece, text)


def _begins(piece: _Piece, text: str) -> bool:
    """Tell whether a sentence or line begins with a piece."""
    return text[: piece.start].rstrip(_BEFORE_FIRST)[-1:] in ("", *".:!?")


def _mended(given: list[_Piece], text: str, *, inside: bool) -> tuple[str, float] | None:
    """Return the likeliest word that is left as these pieces, and what it costs to read them so; or None."""
    if any(piece.letters.isupper() and (piece.end - piece.start > 1 or piece is given[-1]) for piece in given):
        return None  # an abbreviation
    letters = tuple(piece.letters.lower() for piece in given)
    start = inside or text[given[0].start - 1 : given[0].start] in ("", " ")
    end = inside or text[given[-1].end : given[-1].end + 1] in ("", " ")
    if len(letters) == 1 and len(letters[0]) <= _SHORT_PIECE:
        word = short_words().get(letters[0], "") if start else ""
        return (word, _LOST + (rarity(word) or 0.0)) if word else None
    sound = all(rarity(piece) is not None for piece in letters)
    plain = (
        not sound
        and (len(letters) > 1 or len(letters[0]) > _SURE_PIECE)
        and not _is_name(given[0], text)
        and letters[0] not in short_words()
        and not any(weight(piece) >= FUNCTION for piece in letters[:-1])
    )
    split = len(letters) > 1 and rarity(letters[0]) is not None
    for word, known in words_left_as(Pieces(letters, int(start), int(end), inside)):
        if plain or weight(word) >= LISTED:
            edges = (not word.startswith(letters[0])) + (not word.endswith(letters[-1]))
            cost = known + _LOST * len(letters) + _AT_EDGE * edges
            if sound:
                cost += _SOUND
            elif split and weight(word) < FUNCTION:
                cost += _JOINED if weight(word) >= LISTED else _COMPOUNDED
            capital = given[0].letters[0].isupper() or (word[0] != letters[0][0] and _begins(given[0], text))
            return (word[0].upper() + word[1:] if capital else word), cost
    return None
