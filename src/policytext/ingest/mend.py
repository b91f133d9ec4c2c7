"""Items that a page break or a section opening tore apart, and openings that stand inside their list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policytext.ingest.layout import is_terminal
from policytext.ingest.markers import find_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.ingest.draft import DraftBlock

_OPENING_BLOCKS = 8
_LONG_PARAGRAPH = 60
_SHORT_LINE = 60


def mend(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Put torn items together and move section openings in front of the list that they introduce.

    Three faults of page layout are mended: an item that goes on after blank lines; an item that goes on after a
    section opening (heading, text, line with a colon); and an opening that stands between two numbers of a list
    that has none of its own. An opening moves before the first item of the list that it tore or, where that list
    has an opening already, before the next list.
    """
    mended: list[DraftBlock] = []
    queue = list(blocks)
    waiting: list[DraftBlock] = []
    index = 0
    while index < len(queue):
        block = queue[index]
        if waiting and _ends_list(mended, block):
            mended.extend(waiting)
            waiting = []
        if mended and _goes_on(mended[-1], block):
            mended[-1] = _joined(mended[-1], block)
            index += 1
            continue
        if _stands_between(mended, queue, index):
            mended[-1] = _joined(mended[-1], queue[index + 1])
            mended.append(block)
            index += 2
            continue
        if block.kind in ("heading", "paragraph") and mended and mended[-1].kind == "item":
            end = _opening_end(queue, index)
            if end is not None:
                opening, rest = queue[index:end], queue[end]
                if _torn(mended, rest):
                    mended[-1] = _joined(mended[-1], rest)
                    first = _first_item(mended)
                    if _has_opening(mended, first):
                        waiting.extend(opening)  # it opens the list that follows this one
                    else:
                        mended[first:first] = opening
                    index = end + 1
                    continue
                if _continues_list(mended, rest, opening):
                    first = _first_item(mended)
                    mended[first:first] = opening
                    index = end
                    continue
        mended.append(block)
        index += 1
    return mended + waiting


def _text(block: DraftBlock) -> str:
    return " ".join(line.text for line in block.lines).strip()


def _joined(first: DraftBlock, second: DraftBlock) -> DraftBlock:
    return replace(first, lines=first.lines + second.lines)


def _goes_on(before: DraftBlock, block: DraftBlock) -> bool:
    if block.kind != "paragraph" or before.kind not in ("item", "paragraph"):
        return False
    text, ahead = _text(block), _text(before)
    return text[:1].islower() and not is_terminal(ahead) and find_marker(text) is None and len(ahead) > 40


def _stands_between(done: Sequence[DraftBlock], queue: Sequence[DraftBlock], index: int) -> bool:
    """Tell whether a short line (a credit, a pulled-out word) stands in the middle of a paragraph's sentence."""
    if not done or index + 1 >= len(queue) or done[-1].kind != "paragraph" or queue[index].kind != "heading":
        return False
    before, after = _text(done[-1]), queue[index + 1]
    return (
        after.kind == "paragraph"
        and _text(after)[:1].islower()
        and len(before) > _LONG_PARAGRAPH
        and not is_terminal(before)
        and len(_text(queue[index])) <= _SHORT_LINE
    )


def _opening_end(queue: Sequence[DraftBlock], start: int) -> int | None:
    """Return the index of the block after a section opening, or None when none begins at `start`."""
    end = start
    while end < len(queue) and end - start < _OPENING_BLOCKS and queue[end].kind in ("heading", "paragraph"):
        if end > start and queue[end].kind == "paragraph" and _text(queue[end])[:1].islower():
            break
        end += 1
    if end == start or end >= len(queue) or end - start == _OPENING_BLOCKS:
        return None
    has_heading = any(block.kind == "heading" for block in queue[start:end])
    return end if has_heading else None


def _torn(done: Sequence[DraftBlock], rest: DraftBlock) -> bool:
    last = _text(done[-1])
    if rest.kind != "paragraph" or not _text(rest)[:1].islower() or is_terminal(last):
        return False
    items = _list_items(done)
    ended = sum(1 for item in items[:-1] if is_terminal(_text(item)))
    return 2 * ended >= len(items) - 1 and len(last) > 20


def _list_items(done: Sequence[DraftBlock]) -> list[DraftBlock]:
    items: list[DraftBlock] = []
    for block in reversed(done):
        if block.kind != "item":
            break
        items.append(block)
    return items[::-1]


def _number(block: DraftBlock) -> tuple[str, int] | None:
    if block.kind != "item" or not block.marker:
        return None
    marker = find_marker(f"{block.marker} x")
    return (marker.style, marker.value) if marker and marker.kind == "number" and marker.value is not None else None


def _first_item(done: Sequence[DraftBlock]) -> int:
    """Return the index of the first item of the list that the last block stands in."""
    index = len(done) - 1
    level = min(block.level or 1 for block in _list_items(done))
    first = index
    wanted: tuple[str, int] | None = None
    while index >= 0 and done[index].kind == "item":
        if (done[index].level or 1) == level:
            number = _number(done[index])
            if wanted is not None and number != wanted:
                break
            first = index
            if number is None:
                wanted = None
            elif number[1] <= 1:
                break
            else:
                wanted = (number[0], number[1] - 1)
        index -= 1
    return first


def _has_opening(done: Sequence[DraftBlock], first: int) -> bool:
    return first > 0 and done[first - 1].kind == "paragraph" and _text(done[first - 1]).endswith(":")


def _continues_list(done: Sequence[DraftBlock], rest: DraftBlock, opening: Sequence[DraftBlock]) -> bool:
    if not _text(opening[-1]).endswith(":"):
        return False
    first = _first_item(done)
    numbers = [number for block in done[first:] if (number := _number(block)) and (block.level or 1) == 1]
    following = _number(rest)
    if not numbers or following is None or following != (numbers[-1][0], numbers[-1][1] + 1):
        return False
    restarted = first > 0 and done[first - 1].kind == "item"
    return numbers[0][1] == 1 and restarted


def _ends_list(done: Sequence[DraftBlock], block: DraftBlock) -> bool:
    """Tell whether a block is no item of the list so far: another kind, or a count that begins again."""
    if block.kind == "paragraph" and _goes_on(done[-1], block):
        return False
    number = _number(block)
    return block.kind != "item" or (number is not None and number[1] == 1 and (block.level or 1) == 1)
