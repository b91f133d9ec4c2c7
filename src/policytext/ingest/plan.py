"""What is to be read, in which order, and the metadata table that speaks of each file."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from policytext.errors import MetadataError, PolicyTextWarning
from policytext.ingest.metadata import MetadataTable, read_metadata
from policytext.ingest.sources import Source, as_paths, find_sources
from policytext.records import Problem

Asked = tuple[str | None, str | None, dict[str, str] | None]
"""A file's name and a document's identifier, by which metadata were asked for, and the row that was found."""
_LISTED = 5


@dataclass(slots=True)
class Lookups:
    """What the reading of one file asks of its metadata table, and what it was answered."""

    table: MetadataTable | None = None
    asked: list[Asked] = field(default_factory=list)

    def match(self, *, file: str | None = None, doc_id: str | None = None) -> dict[str, str] | None:
        """Return the row of a file or a document, as `MetadataTable.match` does; None without a table."""
        row = None if self.table is None else self.table.match(file=file, doc_id=doc_id)
        self.asked.append((file, doc_id, row))
        return row

    def found(self) -> bool:
        """Tell whether any row was found."""
        return any(row is not None for _, _, row in self.asked)


@dataclass(slots=True)
class Plan:
    """The files to read in order, each with its metadata table, and the paths that cannot be read."""

    entries: tuple[tuple[Source, MetadataTable | None], ...]
    problems: tuple[Problem, ...]
    _reported: tuple[MetadataTable, ...] = ()
    _unmatched: dict[Path, list[str]] = field(default_factory=dict)

    def miss(self, source: Source, table: MetadataTable) -> None:
        """Note that a file was read and its table has no row for it."""
        self._unmatched.setdefault(table.path, []).append(source.relative)

    def report(self) -> None:
        """Warn of rows that matched no document, and of documents without a row."""
        for table in self._reported:
            if rows := table.unused():
                _warn(
                    f"{table.path}: rows that match no document ({len(rows)}): {listing(rows)}; check doc_id and file"
                )
            if files := self._unmatched.get(table.path):
                _warn(
                    f"{table.path}: documents without a row ({len(files)}): {listing(files)}; "
                    "add rows, or expect guesses"
                )


def plan_reading(paths: str | Path | Iterable[str | Path], *, metadata: str | Path | None = None) -> Plan:
    """Find the files below paths and the metadata table of each, without reading a document.

    Raises
    ------
    MetadataError
        If a metadata table is missing or breaks its format.
    """
    sources, problems = find_sources(as_paths(paths))
    tables = _Tables(Path(metadata) if metadata is not None else None)
    entries = tuple((source, tables.of(source)) for source in sources)
    return Plan(entries, tuple(problems), tuple(tables.reported.values()))


class _Tables:
    """The metadata tables of a reading: one given for all, or each folder's own."""

    def __init__(self, given: Path | None) -> None:
        if given is not None and not given.is_file():
            raise MetadataError(f"{given}: there is no such metadata table; give a CSV file")
        self.given = read_metadata(given) if given is not None else None
        self.found: dict[Path, MetadataTable | None] = {}
        self.reported: dict[Path, MetadataTable] = {}

    def of(self, source: Source) -> MetadataTable | None:
        if self.given is not None:
            if source.path.resolve() == self.given.path.resolve():
                return None
            self.reported[self.given.path] = self.given
            return self.given
        folder = source.path.parent
        while True:
            table = self._in(folder)
            if table is not None:
                if not source.explicit:
                    self.reported[table.path] = table
                return table
            if folder == source.root or folder == folder.parent:
                break
            folder = folder.parent
        return None if source.explicit else self._in(source.root.resolve().parent)

    def _in(self, folder: Path) -> MetadataTable | None:
        if folder not in self.found:
            path = folder / "metadata.csv"
            self.found[folder] = read_metadata(path) if path.is_file() else None
        return self.found[folder]


def _warn(message: str) -> None:
    warnings.warn(message, PolicyTextWarning, stacklevel=4)


def listing(names: Iterable[str]) -> str:
    """Return the first names and how many more there are.

    Examples
    --------
    >>> listing("abcdefg")
    'a, b, c, d, e and 2 more'
    """
    listed = list(names)
    more = f" and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
    return ", ".join(listed[:_LISTED]) + more
