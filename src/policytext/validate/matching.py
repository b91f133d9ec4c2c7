"""Which of an analysis' results answers which coded segment and number."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from policytext.validate.gold import GoldQuantity, GoldSegment

if TYPE_CHECKING:
    from policytext.analysis import Analysis

TOLERANCE = 0.005
"""Two numbers are the same within this share of the larger one, so that 1/3 is 0.3333."""
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A number that the analysis found."""

    value: float | None
    low: float | None
    high: float | None
    unit: str
    role: str | None
    committed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What the analysis found in one segment; the codes are those of its first measure."""

    language: str | None = None
    n_measures: int = 0
    strength: str | None = None
    specific: bool | None = None
    direction: str | None = None
    areas: tuple[str, ...] = ()
    quantities: tuple[FoundQuantity, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether it is a numeric commitment."""
        return self.n_measures > 0 and any(quantity.committed for quantity in self.quantities)


def table_of(gold: Sequence[GoldSegment]) -> pd.DataFrame:
    """Return coded segments as `annotate` takes them, without their codes and documents."""
    return pd.DataFrame({name: [getattr(one, name) for one in gold] for name in ("text", "heading", "intro", "kind")})


def found_by_segment(analysis: Analysis) -> list[Found]:
    """Return what was found in each segment, in the order of the table of segments."""
    measures: dict[tuple[str, str], list[Any]] = defaultdict(list)
    rows: Any = analysis.measures.itertuples()
    for row in rows:
        measures[str(row.doc_id), str(row.segment_id)].append(row)
    quantities: dict[tuple[str, str], list[FoundQuantity]] = defaultdict(list)
    rows = analysis.quantities.itertuples()
    for row in rows:
        quantities[str(row.doc_id), str(row.segment_id)].append(
            FoundQuantity(
                value=_number(row.value),
                low=_number(row.low),
                high=_number(row.high),
                unit=str(row.unit),
                role=None if pd.isna(row.role) else str(row.role),
                committed=bool(row.committed),
            )
        )
    found = []
    rows = analysis.segments.itertuples()
    for segment in rows:
        key = (str(segment.doc_id), str(segment.segment_id))
        language = None if pd.isna(segment.language) else str(segment.language)
        own = measures.get(key, [])
        numbers = tuple(quantities.get(key, ()))
        if not own:
            found.append(Found(language=language, quantities=numbers))
            continue
        first = own[0]
        areas = tuple(str(area) for area in (first.area, first.area_2) if not pd.isna(area))
        found.append(
            Found(
                language=language,
                n_measures=len(own),
                strength=str(first.strength),
                specific=bool(first.specific),
                direction=str(first.direction),
                areas=areas,
                quantities=numbers,
            )
        )
    return found


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def match_texts(gold: Sequence[GoldSegment], segments: pd.DataFrame) -> list[int | None]:
    """Find each coded segment's row in a table of segments by its letters and digits.

    The one with the same id in the same document goes first, then one of the same document (or party), then one
    elsewhere; equal texts are taken in order, each once.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(segments["text"]):
        places[letters(str(text))].append(row)
    documents = segments["doc_id"].astype(str).tolist()
    parties = segments["party"].astype(str).tolist()
    keys = list(zip(documents, segments["segment_id"].astype(str), strict=True))
    chosen: list[int | None] = []
    for segment in gold:
        free = places.get(letters(segment.text), [])
        near = [row for row in free if segment.doc in {documents[row], parties[row]}]
        if not free:
            chosen.append(None)
            continue
        own = [row for row in near if keys[row] == (segment.doc, segment.id)]
        row = (own or near or free)[0]
        free.remove(row)
        chosen.append(row)
    return chosen


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, with one space between words.

    Examples
    --------
    >>> letters("–  Øke takten, nå!")
    'øke takten nå'
    """
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()


def match_quantities(gold: Sequence[GoldQuantity], found: Sequence[FoundQuantity]) -> list[tuple[int, int]]:
    """Pair coded and found numbers one to one by value (or both ends of a range) and unit.

    Where several fit, one that agrees on being committed goes first.

    Returns
    -------
    list of (int, int)
        Positions in `gold` and in `found`.
    """
    free = set(range(len(found)))
    pairs: dict[int, int] = {}
    for strict in (True, False):
        for number, coded in enumerate(gold):
            if number in pairs:
                continue
            for place in sorted(free):
                if strict and found[place].committed != (coded.role != "context"):
                    continue
                if same_quantity(coded, found[place]):
                    pairs[number] = place
                    free.remove(place)
                    break
    return sorted(pairs.items())


def same_quantity(coded: GoldQuantity, found: FoundQuantity) -> bool:
    """Return whether value and unit agree; 1/3 and 0.3333 are the same, years must be equal."""
    if coded.unit != found.unit:
        return False
    ends = ((coded.value, found.value), (coded.low, found.low), (coded.high, found.high))
    return all(_same(first, second, exact=coded.unit == "date") for first, second in ends)


def _same(first: float | None, second: float | None, *, exact: bool) -> bool:
    if first is None or second is None:
        return first is second
    return first == second if exact else math.isclose(first, second, rel_tol=TOLERANCE)
