"""A data frame as a table for the terminal: in a narrow one the headings are cut, and never a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

_LONGEST_TEXT = 28
_LEAST_TEXT = 12
_LEAST_NUMBER = 4
_GAP = 2


def terminal_table(frame: pd.DataFrame, title: str, *, width: int) -> Table:
    """Return a table of a frame's columns that fits a terminal.

    Parameters
    ----------
    frame : pandas.DataFrame
        What to show; missing values become «–», fractions get three decimals.
    title : str
        The line above the table.
    width : int
        Characters in a line of the terminal. Where they are too few, headings and texts are cut.
    """
    from rich.table import Table

    numeric = [frame[name].dtype.kind in "iuf" for name in frame.columns]
    labels = [str(name).replace("_", " ") for name in frame.columns]
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    cells = [max((len(row[at]) for row in rows), default=0) for at in range(len(labels))]
    natural = [max(len(label), cell) for label, cell in zip(labels, cells, strict=True)]
    natural = [wide if number else min(wide, _LONGEST_TEXT) for wide, number in zip(natural, numeric, strict=True)]
    least = [
        min(wide, max(cell, _LEAST_NUMBER) if number else _LEAST_TEXT)
        for wide, cell, number in zip(natural, cells, numeric, strict=True)
    ]
    gap = _GAP if sum(natural) + _GAP * (len(labels) - 1) <= width else 1
    room = width - gap * (len(labels) - 1)
    headings = [low if number else wide for wide, low, number in zip(natural, least, numeric, strict=True)]
    widths = fitted(fitted(natural, headings, room), least, room)  # headings of numbers first, texts after them
    grid = Table(
        title=title, title_justify="left", header_style="bold", box=None, pad_edge=False, padding=(0, gap, 0, 0)
    )
    for label, number, wide in zip(labels, numeric, widths, strict=True):
        if number:
            grid.add_column(label, justify="right", no_wrap=True, width=wide, overflow="crop")
        else:
            grid.add_column(label, no_wrap=True, width=wide)
    for row in rows:
        grid.add_row(*row)
    return grid


def fitted(natural: list[int], least: list[int], room: int) -> list[int]:
    """Return column widths that fit the room, the one with most to spare made narrower first; never below the least.

    Examples
    --------
    >>> fitted([12, 9, 5], [4, 9, 5], 20)
    [6, 9, 5]
    >>> fitted([12, 9, 5], [4, 9, 5], 10)
    [4, 9, 5]
    """
    widths = list(natural)
    for _ in range(sum(natural) - room):
        spare, at = max((wide - low, -place) for place, (wide, low) in enumerate(zip(widths, least, strict=True)))
        if spare <= 0:
            break
        widths[-at] -= 1
    return widths


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
