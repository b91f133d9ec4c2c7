"""Rules and lexicons as data: strict loaders for the tables in ``policytext/data``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policytext.errors import RuleError
from policytext.resources import data_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RULE_COLUMNS = ("id", "lang", "pattern", "label", "hit", "miss")
LANGS = ("nb", "nn", "no")
_ESCAPES = re.compile(r"\\.|\(\?P")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a rule table: a pattern, its label, a sentence it must match and one that it must not."""

    id: str
    lang: str
    pattern: re.Pattern[str]
    label: str
    hit: str
    miss: str


@cache
def lower_case(rule: Rule) -> re.Pattern[str] | None:
    """Return a rule's pattern for text in lower case, which is faster to look for; None where it asks for capitals.

    Examples
    --------
    >>> rule = load_rules("measure_intro")[0]
    >>> lower_case(rule).search("bygdelista havørn vil derfor:") is not None
    True
    """
    written = _ESCAPES.sub("", rule.pattern.pattern)
    return None if any(letter.isupper() for letter in written) else re.compile(rule.pattern.pattern)


def read_rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    """Read a UTF-8 CSV table whose header must be exactly `columns`.

    Raises
    ------
    RuleError
        If the file is missing, the header differs, or a row has more or fewer cells than the header.
    """
    wanted = tuple(columns)
    if not path.is_file():
        raise RuleError(f"{path.name}: no such table in {path.parent}")
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        header = tuple(next(reader, ()))
        if header != wanted:
            raise RuleError(f"{path.name}: the header is {','.join(header)!r}; it must be {','.join(wanted)!r}")
        rows = []
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(wanted):
                raise RuleError(
                    f"{path.name}, row {number}: {len(cells)} cells; {len(wanted)} are needed ({', '.join(wanted)})"
                )
            rows.append(dict(zip(wanted, cells, strict=True)))
    return rows


@cache
def load_rules(name: str, labels: tuple[str, ...] | None = None) -> tuple[Rule, ...]:
    """Load ``data/rules/<name>.csv``; patterns are compiled ignoring case.

    Parameters
    ----------
    name : str
        The table's name without ending.
    labels : tuple of str, optional
        The labels that are allowed; any when omitted.

    Raises
    ------
    RuleError
        If an id repeats, a language, label or pattern is not allowed, or a hit or miss is empty.
    """
    path = data_path("rules", f"{name}.csv")
    rules: list[Rule] = []
    seen: set[str] = set()
    for number, row in enumerate(read_rows(path, RULE_COLUMNS), start=2):
        where = f"{path.name}, row {number} ({row['id']})"
        if not row["id"] or row["id"] in seen:
            raise RuleError(f"{where}: the id is empty or repeated")
        seen.add(row["id"])
        if row["lang"] not in LANGS:
            raise RuleError(f"{where}: lang {row['lang']!r}; allowed: {', '.join(LANGS)}")
        if labels is not None and row["label"] not in labels:
            raise RuleError(f"{where}: label {row['label']!r}; allowed: {', '.join(labels)}")
        if not row["hit"] or not row["miss"]:
            raise RuleError(f"{where}: a rule needs a hit and a miss")
        try:
            pattern = re.compile(row["pattern"], re.IGNORECASE)
        except re.error as error:
            raise RuleError(f"{where}: the pattern does not compile: {error}") from error
        rules.append(Rule(row["id"], row["lang"], pattern, row["label"], row["hit"], row["miss"]))
    return tuple(rules)


@cache
def load_lexicon(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Load ``data/lexicons/<name>.csv`` as rows; the header must be exactly `columns`."""
    return tuple(read_rows(data_path("lexicons", f"{name}.csv"), columns))


@cache
def load_word_lists(name: str) -> dict[str, str]:
    """Load ``data/lexicons/<name>.csv`` with the columns list, words and use: the words of each list, as written.

    Examples
    --------
    >>> load_word_lists("measure_words")["answer"]
    'nei ja'
    """
    return {row["list"]: row["words"] for row in load_lexicon(name, ("list", "words", "use"))}
