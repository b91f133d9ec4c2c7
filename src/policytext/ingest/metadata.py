"""What is known of documents beside their text: ``metadata.csv``, and guesses where there is none."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from policytext.errors import DocumentError, MetadataError
from policytext.ingest.catalogue import find_party, guess_party
from policytext.ingest.encoding import decode
from policytext.ingest.limits import read_bytes
from policytext.rules import load_lexicon

_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:18|19|20)\d\d)(?:\s?[-–_]\s?(?:(?:19|20)?\d\d))?(?![0-9A-Za-z])")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)")
_TIMESTAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


@cache
def column_names() -> dict[str, str]:
    """Return the name that policytext uses for each column name it knows, in lower case."""
    return {row["alias"]: row["column"] for row in load_lexicon("table_columns", ("column", "alias"))}


def column_name(name: str) -> str:
    """Return policytext's name for a table's column; an unknown one keeps its own.

    Examples
    --------
    >>> column_name("Dato"), column_name("Fylke")
    ('date', 'Fylke')
    """
    return column_names().get(name.strip().casefold(), name.strip())


@dataclass(slots=True)
class MetadataTable:
    """The rows of a metadata table, found by file name or document id; remembers which ones were used."""

    path: Path
    rows: list[dict[str, str]]
    used: set[int] = field(default_factory=set)
    _by_file: dict[str, int] = field(default_factory=dict)
    _by_id: dict[str, int] = field(default_factory=dict)
    _by_end: dict[str, int] = field(default_factory=dict)

    def match(self, *, file: str | None = None, doc_id: str | None = None) -> dict[str, str] | None:
        """Return the row of a file (path below the folder, or bare name) or else of a document id, or None."""
        index = None
        if file is not None:
            name = _fold(file)
            index = self._by_file.get(name, self._by_file.get(name.rsplit("/", 1)[-1]))
            index = self._by_end.get(name) if index is None else index
        if index is None and doc_id is not None:
            index = self._by_id.get(_fold(doc_id))
        if index is None:
            return None
        self.used.add(index)
        return self.rows[index]

    def unused(self) -> list[str]:
        """Return the names (file or doc_id) of rows that no document asked for."""
        return [row.get("file") or row.get("doc_id", "") for n, row in enumerate(self.rows) if n not in self.used]


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).casefold()


def read_metadata(path: Path) -> MetadataTable:
    """Read a table with a column ``doc_id`` or ``file`` and any of party, title, date, kind, language and others.

    Comma, semicolon and tab are told apart by the header; other columns are kept as they are.

    Raises
    ------
    MetadataError
        If the table cannot be read, has neither column, repeats a document, or a row has too many cells.
    """
    try:
        text = decode(read_bytes(path), path).lstrip("\ufeff")
    except DocumentError as error:
        raise MetadataError(f"{error} (a metadata table is a CSV file with a column doc_id or file)") from error
    header_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise MetadataError(f"{path}: not a well-formed CSV table ({error}); check its quotation marks") from error
    header = [column_name(name) for name in cells[0]]
    if "doc_id" not in header and "file" not in header:
        raise MetadataError(f"{path}: columns {', '.join(cells[0])}; one must be doc_id or file")
    if repeated := sorted({name for name in header if header.count(name) > 1}):
        raise MetadataError(f"{path}: two columns for {', '.join(repeated)}; keep one")
    table = MetadataTable(path, [])
    for number, row in enumerate(cells[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            raise MetadataError(
                f"{path}, row {number}: {len(row)} cells under {len(header)} columns; quote cells with commas"
            )
        _add(
            table,
            {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()},
            number,
        )
    return table


def _add(table: MetadataTable, row: dict[str, str], number: int) -> None:
    if "doc_id" not in row and "file" not in row:
        raise MetadataError(f"{table.path}, row {number}: neither doc_id nor file is filled in")
    for name, index in (("file", table._by_file), ("doc_id", table._by_id)):  # noqa: SLF001 - the table's own maker
        if name in row:
            if _fold(row[name]) in index:
                raise MetadataError(
                    f"{table.path}, row {number}: {name} {row[name]!r} comes twice; keep one row a document"
                )
            index[_fold(row[name])] = len(table.rows)
    parts = _fold(row.get("file", "")).split("/")
    for start in range(1, len(parts)):
        table._by_end.setdefault("/".join(parts[start:]), len(table.rows))  # noqa: SLF001
    table.rows.append(row)


@cache
def _written_forms() -> dict[str, str]:
    return {row["name"]: row["form"] for row in load_lexicon("written_forms", ("name", "form"))}


def tidy(known: Mapping[str, str]) -> dict[str, str]:
    """Return metadata with the language as a code (nb, nn, en …) and the date in ISO form, where they are understood.

    Examples
    --------
    >>> tidy({"language": "Nynorsk", "date": "4.3.2031", "party": "Havørn"})
    {'language': 'nn', 'date': '2031-03-04', 'party': 'Havørn'}
    >>> tidy({"language": "no", "date": "våren 2031"})
    {'language': 'no', 'date': 'våren 2031'}
    """
    tidied = dict(known)
    if "language" in tidied:
        tidied["language"] = _written_forms().get(tidied["language"].strip().casefold(), tidied["language"])
    if "date" in tidied:
        date = tidied["date"].strip()
        if found := _DAY_FIRST.fullmatch(date):
            tidied["date"] = f"{found.group(3)}-{int(found.group(2)):02d}-{int(found.group(1)):02d}"
        elif _TIMESTAMP.match(date):
            tidied["date"] = date[:10]
    return tidied


def guess(source: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Guess party and date where `known` lacks them, from the file's name, its folder's, title, author and site.

    Parameters
    ----------
    source : Path
        The file.
    known : mapping of str to str
        What the document says of itself.

    Returns
    -------
    dict
        At most ``party`` (the catalogue's label) and ``date`` (ISO date or year).

    Examples
    --------
    >>> guess(Path("KrF_program_2029-2033.pdf"), {})
    {'party': 'KrF', 'date': '2029'}
    """
    guessed: dict[str, str] = {}
    stem = unicodedata.normalize("NFC", source.stem)
    if not known.get("party"):
        party = next((found for text in (stem, source.parent.name) if (found := guess_party(text))), None)
        party = party or find_party(known.get("site", ""))
        for name in ("site", "author", "document_title", "title"):
            party = party or guess_party(known.get(name, ""), short=False)
        if party is not None:
            guessed["party"] = party.party
    if not known.get("date"):
        for text in (stem, known.get("title", ""), source.parent.name):
            if day := _ISO_DATE.search(text):
                guessed["date"] = "-".join(day.groups())
            elif year := _YEAR.search(text):
                guessed["date"] = year.group(1)
            if "date" in guessed:
                break
    return guessed
