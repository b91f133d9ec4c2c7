"""The result of one file by itself, and the folder that keeps such results until a run is whole."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from policytext.analysis.pipeline import Rows
from policytext.errors import BatchError
from policytext.ingest.plan import Asked

_TABLES = tuple(one.name for one in fields(Rows))


@dataclass(slots=True)
class Part:
    """What came of one file: rows of all tables, the warnings it gave, and what it asked of its metadata table."""

    rows: Rows = field(default_factory=Rows)
    warnings: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def doc_ids(self) -> list[str]:
        """Return the identifiers of the documents in the file."""
        return [str(row["doc_id"]) for row in self.rows.documents]


@dataclass(frozen=True, slots=True)
class Store:
    """A folder that keeps the parts of a run, each under a key that changes with all it depends on."""

    folder: Path

    def write(self, key: str, part: Part) -> None:
        """Keep a part; it is there whole or not at all, whenever the run is interrupted."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self._path(key)
            draft = path.with_suffix(f".{os.getpid()}")
            with gzip.open(draft, "wt", encoding="ascii", compresslevel=1) as handle:
                handle.write(json.dumps(_packed(part), separators=(",", ":")))
            draft.replace(path)
        except OSError as error:
            raise BatchError(
                f"{self.folder}: results of single files cannot be kept there ({error.strerror or error}); "
                "make room, or write to another folder"
            ) from error

    def read(self, key: str) -> Part | None:
        """Return the part of a key, or None when it is not there or damaged."""
        try:
            with gzip.open(self._path(key), "rt", encoding="ascii") as handle:
                return _unpacked(json.loads(handle.read()))
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            return None

    def clear(self) -> None:
        """Remove all parts, and the folder when nothing else is in it."""
        self.keep_only(set())

    def keep_only(self, keys: set[str]) -> None:
        """Remove the parts of all other keys, and the folder when nothing is left in it."""
        if not self.folder.is_dir():
            return
        for path in self.folder.glob("*.json.*"):
            if path.name.split(".")[0] not in keys:
                path.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json.gz"


def _packed(part: Part) -> dict[str, Any]:
    tables = {}
    for name in _TABLES:
        rows = getattr(part.rows, name)
        columns = list(rows[0]) if rows else []
        tables[name] = {"columns": columns, "rows": [[row[column] for column in columns] for row in rows]}
    return {"tables": tables, "warnings": part.warnings, "asked": part.asked}


def _unpacked(packed: dict[str, Any]) -> Part:
    tables = {
        name: [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
        for name, table in packed["tables"].items()
    }
    return Part(Rows(**tables), packed["warnings"], [tuple(one) for one in packed["asked"]])
