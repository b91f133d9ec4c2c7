"""What a printed page carries beside its text: running heads and feet, page numbers, margin line numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from policytext.ingest.line_rules import line_pattern
from policytext.ingest.pages import running_key
from policytext.records import Dropped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policytext.ingest.pdf_chunks import Chunk, Page

_LETTER = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"\d+")
_ZONE = 0.14
"""Running heads and feet stand within this share of the page's height from its edge."""
_SLOT = 2.5
"""Rows of different pages within this many points have the same height."""
_LARGE = 1.25
_EVEN = 0.5
_REPEATED = 0.6
"""A height is a running head's when this share of its rows repeats on other pages."""


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    y: float
    text: str
    key: str
    chunks: tuple[Chunk, ...]


def strip_furniture(pages: Sequence[Page]) -> list[Dropped]:
    """Remove line numbers, running heads and feet, and page numbers from the pages, and tell what went."""
    dropped = _strip_line_numbers(pages)
    dropped += _strip_running(pages)
    dropped += _strip_fixed(pages)
    return dropped


def group_rows(chunks: Iterable[Chunk]) -> list[list[Chunk]]:
    """Return the chunks that share a baseline, rows from top to bottom, each from left to right."""
    rows: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: (-c.y, c.x0)):
        if rows:
            head = rows[-1][0]
            if abs(head.y - chunk.y) <= 0.35 * max(head.size, chunk.size):
                rows[-1].append(chunk)
                continue
        rows.append([chunk])
    for row in rows:
        row.sort(key=lambda c: c.x0)
    return rows


def _strip_running(pages: Sequence[Page]) -> list[Dropped]:
    bands: dict[str, list[_Row]] = {"running head": [], "running foot": []}
    for page in pages:
        rows = group_rows(page.chunks)
        for band, chosen in (("running head", rows[:3]), ("running foot", rows[-3:])):
            for row in chosen:
                y = row[0].y
                inside = y > page.height * (1 - _ZONE) if band == "running head" else y < page.height * _ZONE
                if inside:
                    text = " ".join(chunk.text for chunk in row)
                    key = running_key(text)
                    bands[band].append(_Row(page.number, y, text, key, tuple(row)))
    sizes: Counter[float] = Counter()
    for page in pages:
        for chunk in page.chunks:
            sizes[chunk.size] += len(chunk.text)
    large = _LARGE * sizes.most_common(1)[0][0] if sizes else 0.0
    dropped: list[Dropped] = []
    gone: dict[int, set[int]] = defaultdict(set)
    for band, rows_found in bands.items():
        slots = _slots(rows_found)
        outermost: dict[int, float] = {}
        for slot in reversed(slots) if band == "running head" else slots:
            free = [row for row in slot if row.page not in outermost]
            found = _furniture_of(slot, len(pages)) if len(free) >= _REPEATED * len(slot) else []
            taken = {row.page for row in found}
            outermost.update({row.page: row.y for row in slot if row.page not in taken})
            for row_found in found:
                heading = any(chunk.size >= large and _LETTER.search(chunk.text) for chunk in row_found.chunks)
                if heading and not _is_everywhere(row_found, slot, len(pages)):
                    continue
                if any(id(chunk) in gone[row_found.page] for chunk in row_found.chunks):
                    continue
                gone[row_found.page].update(id(chunk) for chunk in row_found.chunks)
                reason = "page number" if line_pattern("page-number").match(row_found.text) else band
                dropped.append(Dropped(row_found.text, reason, row_found.page))
    _remove(pages, gone)
    return sorted(dropped, key=lambda item: item.page or 0)


def _slots(rows: list[_Row]) -> list[list[_Row]]:
    slots: list[list[_Row]] = []
    for row in sorted(rows, key=lambda r: r.y):
        if slots and row.y - slots[-1][-1].y <= _SLOT:
            slots[-1].append(row)
        else:
            slots.append([row])
    return slots


def _furniture_of(slot: list[_Row], n_pages: int) -> list[_Row]:
    """Return the rows of one height that are running heads or feet, or none of them."""
    if n_pages < 3:
        return [row for row in slot if line_pattern("page-number").match(row.text) and _holds_page(row)]
    pages: dict[str, set[int]] = defaultdict(set)
    for row in slot:
        for key in (row.key, *(running_key(chunk.text) for chunk in row.chunks)):
            pages[key].add(row.page)

    def returns(row: _Row) -> bool:
        known = [chunk for chunk in row.chunks if len(pages[running_key(chunk.text)]) >= 2]
        worded = any(_LETTER.search(chunk.text) for chunk in known)
        return len(pages[row.key]) >= 2 or worded or len(known) == len(row.chunks)

    repeated = [row for row in slot if returns(row)]
    enough = len({row.page for row in repeated}) >= 3
    if not enough or len(repeated) < _REPEATED * len(slot):
        return []
    sizes = {row.chunks[0].size for row in repeated}
    taken = {id(row) for row in repeated}
    return [row for row in slot if id(row) in taken or row.chunks[0].size in sizes]


def _is_everywhere(row: _Row, slot: list[_Row], n_pages: int) -> bool:
    """Tell whether a row in large type stands word for word on a quarter of all pages, as no heading does."""
    return 4 * len({other.page for other in slot if other.text == row.text}) >= n_pages


def _holds_page(row: _Row) -> bool:
    return str(row.page) in _DIGITS.findall(row.text)


def _strip_fixed(pages: Sequence[Page]) -> list[Dropped]:
    """Remove text that stands at the same place on a fifth of all pages (thumb indexes, links, slogans)."""
    places: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        places.update({_place(chunk) for chunk in page.chunks})
    limit = max(5, len(pages) // 5)
    fixed = {
        place
        for place, count in places.items()
        if count >= limit and sum(map(str.isalpha, place[0])) >= 3 and not place[0].endswith(":")
    }
    dropped: list[Dropped] = []
    if fixed:
        for page in pages:
            kept = []
            for chunk in page.chunks:
                if _place(chunk) in fixed:
                    dropped.append(Dropped(chunk.text, "repeated on many pages", page.number))
                else:
                    kept.append(chunk)
            page.chunks = kept
    return dropped


def _place(chunk: Chunk) -> tuple[str, int, int]:
    return chunk.text, round(chunk.x0 / 3), round(chunk.y / 3)


def _remove(pages: Sequence[Page], gone: dict[int, set[int]]) -> None:
    for page in pages:
        if gone.get(page.number):
            page.chunks = [chunk for chunk in page.chunks if id(chunk) not in gone[page.number]]


def _strip_line_numbers(pages: Sequence[Page]) -> list[Dropped]:
    candidates = {page.number: _number_candidates(page) for page in pages}
    columns: list[float] = []
    counted = 0
    for page in pages:
        found = candidates[page.number]
        if len(found) >= 5 and _is_count(found) and _is_even(found):
            counted += 1
            columns.append(median(chunk.words[0][2] for chunk in found))
    if counted < min(3, len(pages)):
        return []
    dropped: list[Dropped] = []
    for page in pages:
        numbers = [c for c in candidates[page.number] if any(abs(c.words[0][2] - x) < 6 for x in columns)]
        if not numbers or not (_is_count(numbers) or len(numbers) < 5):
            continue
        taken = {id(chunk) for chunk in numbers}
        kept: list[Chunk] = []
        for chunk in page.chunks:
            if id(chunk) not in taken:
                kept.append(chunk)
            elif len(chunk.words) > 1:
                kept.append(without_first_word(chunk))
        page.chunks = kept
        dropped.append(Dropped(" ".join(chunk.words[0][0] for chunk in numbers), "line numbers", page.number))
    return dropped


def without_first_word(chunk: Chunk) -> Chunk:
    """Return the chunk without its first word."""
    words = chunk.words[1:]
    text = " ".join(word[0] for word in words) + ("-" if chunk.hyphen else "")
    return replace(chunk, text=text, words=words, x0=words[0][1], first=words[0][2] - words[0][1])


def _number_candidates(page: Page) -> list[Chunk]:
    """Return the chunks that begin their row with a bare number set apart from the text."""
    found = []
    for row in group_rows(page.chunks):
        for chunk in (row[0], row[-1]) if len(row) > 1 else (row[0],):
            first = chunk.words[0]
            if not (first[0].isdecimal() and len(first[0]) <= 5):
                continue
            if len(chunk.words) == 1 or chunk.words[1][1] - first[2] > 0.6 * chunk.size:
                found.append(chunk)
                break
    return found


def _is_even(chunks: Sequence[Chunk]) -> bool:
    """Tell whether most numbers are equally far apart, as the numbers of lines are and those of items are not."""
    drops = Counter(round(a.y - b.y) for a, b in itertools.pairwise(chunks))
    usual = drops.most_common(1)[0][0]
    return sum(n for drop, n in drops.items() if abs(drop - usual) <= 1) >= _EVEN * (len(chunks) - 1)


def _is_count(chunks: Sequence[Chunk]) -> bool:
    """Tell whether numbers, from top to bottom, go up by one constant step."""
    values = [int(chunk.words[0][0]) for chunk in chunks]
    if len(values) < 2:
        return False
    steps = Counter(b - a for a, b in itertools.pairwise(values))
    step, count = steps.most_common(1)[0]
    return step in (1, 2, 5, 10) and count >= 0.8 * (len(values) - 1)
