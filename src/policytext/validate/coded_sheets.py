"""Filled-in coding sheets back into hand-coded segments, strictly: every code that is not allowed is named."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from policytext.errors import DocumentError, GoldError
from policytext.ingest.encoding import decode
from policytext.ingest.limits import read_bytes
from policytext.validate.codings import columns
from policytext.validate.gold import GoldSegment
from policytext.validate.matching import letters
from policytext.validate.reliability import measure_reliability
from policytext.validate.rows import code_row
from policytext.validate.sheets import FORMAT, MANIFEST

_NAMED = 20
"""Problems that a message lists one by one."""

_SHEETS = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".ods"})


def is_sheet(path: str | Path) -> bool:
    """Return whether codes at a path are coding sheets (a folder, or a table) and not segments as JSON lines."""
    return Path(path).is_dir() or Path(path).suffix.lower() in _SHEETS


@dataclass(frozen=True, slots=True)
class Coding:
    """What coders made of a sample.

    Attributes
    ----------
    segments : tuple of GoldSegment
        Those that are finished, in the order of the sample: the codes of the first coder who finished it, with the
        weight (segments of the analysis in its stratum, for each finished one).
    reliability : DataFrame
        How far coders agree on the segments that several coded; see `measure_reliability`.
    n_drawn : int
        Segments in the sample.
    unfinished : tuple of str
        One line a segment that a coder began and did not finish, and one a sheet for its untouched rows.
    """

    segments: tuple[GoldSegment, ...]
    reliability: pd.DataFrame
    n_drawn: int
    unfinished: tuple[str, ...]


@dataclass(slots=True)
class _Read:
    """What has been read so far: codings by segment and coder, and what is wrong or unfinished."""

    codings: dict[str, dict[str, GoldSegment]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)


def read_sheets(path: str | Path | Sequence[str | Path], *, n_resamples: int = 1000, random_state: int = 0) -> Coding:
    """Read coding sheets that `Sample.save` wrote and coders filled in.

    Parameters
    ----------
    path : path or sequence of paths
        The folder with ``sample.json``, of which all CSV files are read, or sheets in it. Semicolons, commas and tabs
        are understood, as are the encodings that spreadsheets write; the order of rows and columns does not matter.

    Raises
    ------
    GoldError
        If there is no sheet or no ``sample.json`` beside it, a column is missing, an id is unknown or coded twice by
        the same coder, a text is not the one drawn, or a code is not allowed; the message names file, row and what is
        allowed, for up to 20 of them at once.
    """
    files = sheet_files(path)
    manifest = _manifest(files[0].parent)
    rows = {str(row["id"]): row for row in manifest["segments"]}
    read = _Read()
    for file in files:
        _read_sheet(file, rows, read)
    if read.problems:
        more = len(read.problems) - _NAMED
        listed = read.problems[:_NAMED] + ([f"… and {more} more"] if more > 0 else [])
        count = "1 mistake" if len(read.problems) == 1 else f"{len(read.problems)} mistakes"
        raise GoldError(f"{count} in the coding sheets; correct and read them again:\n" + "\n".join(listed))
    if not read.codings:
        raise GoldError(f"no row of {', '.join(file.name for file in files)} is coded; fill in the column measure")
    if gone := len(rows.keys() - {key for key, _ in read.places}):
        read.unfinished.append(f"{gone} of {len(rows)} segments drawn are in none of the sheets")
    finished = [(row, read.codings[key]) for key, row in rows.items() if key in read.codings]
    population = {str(row["stratum"]): int(row["n_population"]) for row in manifest["strata"]}
    coded = Counter(str(row["stratum"]) for row, _ in finished)
    segments = [
        replace(own[sorted(own)[0]], weight=population[str(row["stratum"])] / coded[str(row["stratum"])])
        for row, own in finished
    ]
    lost = [f"{name} ({size} segments)" for name, size in population.items() if not coded[name]]
    if lost:
        read.unfinished.append(f"nothing is coded of {', '.join(lost)}: the scores do not speak for them")
    reliability = measure_reliability([own for _, own in finished], n_resamples=n_resamples, random_state=random_state)
    return Coding(tuple(segments), reliability, len(rows), tuple(read.unfinished))


def sheet_files(path: str | Path | Sequence[str | Path]) -> list[Path]:
    """Return the sheets of a folder or of a list of sheets; see `read_sheets` for the errors."""
    given = [Path(path)] if isinstance(path, (str, Path)) else [Path(one) for one in path]
    files = [
        file
        for one in given
        for file in (sorted(path for path in one.iterdir() if path.suffix.lower() == ".csv") if one.is_dir() else [one])
    ]
    if not files:
        raise GoldError(f"{', '.join(map(str, given)) or 'the list'} holds no coding sheet (*.csv)")
    if len({file.parent.resolve() for file in files}) > 1:
        raise GoldError(f"{files[0]} and {files[-1]} lie in different folders; put the sheets of one sample together")
    for file in files:
        if file.suffix.lower() != ".csv":
            raise GoldError(f"{file} is no CSV file; save the sheet as «CSV UTF-8» in the spreadsheet")
    return files


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GoldError(
            f"{path} is missing: it tells how each segment was drawn; put the sheets back into the folder that "
            "`policytext sample` made"
        ) from None
    except (OSError, ValueError) as error:
        raise GoldError(f"{path} cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise GoldError(f"{path} is no sample manifest of format {FORMAT}, which this version reads")
    return manifest


def _read_sheet(file: Path, rows: Mapping[str, Mapping[str, Any]], read: _Read) -> None:
    untouched = 0
    for number, cells in _table(file):
        where = f"{file.name}, row {number}"
        row = rows.get(cells["id"])
        if row is None:
            read.problems.append(f"{where}: id is {cells['id']!r}, which is not in {MANIFEST}; restore it")
            continue
        coder = cells["coder"] or file.stem
        key = (str(row["id"]), coder)
        if key in read.places:
            read.problems.append(f"{where}: {coder} codes {row['id']} in {read.places[key]} as well; keep one of them")
            continue
        read.places[key] = where
        if letters(cells["text"]) != letters(str(row["text"])):
            read.problems.append(
                f"{where}: text is {_cut(cells['text'])!r}; {row['id']} was drawn as {_cut(str(row['text']))!r}: "
                "restore it, and see that the rows were not sorted without their codes"
            )
            continue
        result = code_row(cells, row)
        read.problems += [f"{where}: {problem}" for problem in result.problems]
        if result.segment is not None:
            read.codings[str(row["id"])][coder] = result.segment
        elif result.untouched:
            untouched += 1
        elif not result.problems:
            read.unfinished.append(f"{where}: {', '.join(result.missing)} not filled in")
    if untouched:
        read.unfinished.append(f"{file.name}: {'1 row is' if untouched == 1 else f'{untouched} rows are'} not coded")


def _table(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a sheet by column, with the number that the spreadsheet shows."""
    try:
        text = decode(read_bytes(file), file).lstrip("\ufeff")
    except (DocumentError, OSError) as error:
        raise GoldError(f"{error}; save the sheet as «CSV UTF-8» in the spreadsheet") from error
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep="):
        text, first = rest, rest.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise GoldError(
            f"{file.name}: not a well-formed CSV table ({error}); save it again in a spreadsheet"
        ) from error
    header = [name.strip().lower() for name in table[0]] if table else []
    needed = ["id", "text", *(column.name for column in columns() if column.needed != "never")]
    if missing := [name for name in needed if name not in header]:
        raise GoldError(
            f"{file.name}: the column {', '.join(missing)} is missing; "
            f"there are {', '.join(filter(None, header)) or 'none'}"
        )
    if repeated := [name for name, count in Counter(filter(None, header)).items() if count > 1]:
        raise GoldError(f"{file.name}: the column {', '.join(repeated)} comes twice; keep one")
    empty = dict.fromkeys(("coder", "bad"), "")
    return [
        (number, {**empty, **{name: cell.strip() for name, cell in zip(header, row, strict=False)}})
        for number, row in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in row)
    ]


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
