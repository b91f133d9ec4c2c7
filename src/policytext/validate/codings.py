"""What a coder is asked: the columns of a coding sheet, their codes and how these may be written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from textwrap import wrap

from policytext.rules import load_lexicon

TEXT_COLUMNS = ("id", "coder", "heading", "intro", "before", "text", "after")
"""What a sheet shows; the columns of `columns` stand empty beside it."""
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the coder fills in.

    `needed` is ``always``, ``measure`` (for true measures alone) or ``never``; `codes` has the allowed codes and what
    they mean, and is empty where a number or free text is written.
    """

    name: str
    needed: str
    question: str
    codes: dict[str, str]

    @property
    def is_flag(self) -> bool:
        """Whether the codes are true and false."""
        return set(self.codes) == {"true", "false"}


@cache
def columns() -> tuple[Column, ...]:
    """Return the columns to fill in, in the order of the sheet.

    Examples
    --------
    >>> [column.name for column in columns()]
    ['bad', 'measure', 'n_measures', 'strength', 'specific', 'direction', 'areas', 'numeric', 'note']
    """
    codes: dict[str, dict[str, str]] = {}
    for row in load_lexicon("coding_codes", ("column", "code", "meaning")):
        codes.setdefault(row["column"], {})[row["code"]] = row["meaning"]
    asked = load_lexicon("coding_columns", ("column", "needed", "question"))
    return tuple(Column(row["column"], row["needed"], row["question"], codes.get(row["column"], {})) for row in asked)


@cache
def flags() -> dict[str, bool]:
    """Return what true and false may be written as, in lower case; a Norwegian spreadsheet writes SANN and USANN.

    Examples
    --------
    >>> flags()["usann"]
    False
    """
    return {row["written"]: row["code"] == "true" for row in load_lexicon("coding_spellings", ("written", "code"))}


def instructions(n: int) -> str:
    """Return what a coder must know, in plain text."""
    lines = [
        f"How to code these {n} texts",
        "",
        "Fill in the columns to the right of each text. Code the text in the column `text` alone; heading, intro (the",
        "line that opens the list) and the texts before and after only help to understand it. Write codes as they",
        "stand below. Go from the top: the order is random, so what is finished first is a fair part of the whole.",
        "Do not change the texts or the column `id`, and do not talk the codes over before both have finished.",
        "",
        "Every row needs `measure` (or `bad`). Where measure is false, leave the columns after it empty.",
    ]
    for column in columns():
        lines += ["", *wrap(f"{column.name}: {column.question}", _WIDTH)]
        width = max(map(len, column.codes), default=0)
        for code, meaning in column.codes.items():
            lines += wrap(f"    {code:<{width}}  {meaning}", _WIDTH, subsequent_indent=" " * (width + 6))
        if not column.codes and column.needed != "never":
            lines.append("    a whole number from 1")
    return "\n".join(lines) + "\n"
