"""Saving an analysis and loading it again: Parquet tables and a manifest."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from policytext.analysis.fingerprint import table_hash, without_folders
from policytext.analysis.manifest import located, portable
from policytext.analysis.tables import TABLES, Analysis
from policytext.errors import AnalysisError

FORMAT = 2
READABLE = (1, 2)
"""Formats of the manifest that can be read: 1 lacks what was read and the hashes of the tables."""


def save(analysis: Analysis, folder: str | Path) -> Path:
    """Write the tables as Parquet and the manifest as JSON into a folder, made when it is missing."""
    target = _folder(folder)
    for name in TABLES:
        getattr(analysis, name).to_parquet(target / f"{name}.parquet", index=False)
    tables = table_hashes({name: getattr(analysis, name) for name in TABLES})
    manifest = {"format": FORMAT, **portable(analysis.manifest, target.resolve()), "tables": tables}
    (target / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
    return target


def table_hashes(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, Any]]:
    """Return the number of rows and the hash of the content of each table, as manifests hold them."""
    return {
        name: {"rows": len(table), "sha256": table_hash(without_folders(name, table))} for name, table in tables.items()
    }


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Read the manifest of an analysis as it was written, with its `format` and the hashes of its `tables`.

    Raises
    ------
    AnalysisError
        If it is missing or damaged, or was written by a newer version.
    """
    source = Path(folder)
    path = source / "manifest.json"
    if not path.is_file():
        raise AnalysisError(
            f"{source} holds no analysis: manifest.json is missing; make one with "
            f"`policytext analyze PATH --out {source}`"
        )
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        written = manifest.get("format")
        found = located(manifest, source)
    except (ValueError, AttributeError, TypeError) as error:
        raise AnalysisError(f"{path} is damaged: {error}; run the analysis again") from error
    if written not in READABLE:
        raise AnalysisError(
            f"{path} has format {written!r}; this version reads format {' and '.join(map(str, READABLE))}; "
            "run the analysis again"
        )
    return found


def load_analysis(folder: str | Path) -> Analysis:
    """Load an analysis that `Analysis.save` wrote.

    Raises
    ------
    AnalysisError
        If the folder, a table or the manifest is missing or damaged, or was written by a newer version.
    """
    source = Path(folder)
    manifest = {name: value for name, value in read_manifest(source).items() if name not in ("format", "tables")}
    tables = {}
    for name, columns in TABLES.items():
        table = source / f"{name}.parquet"
        try:
            tables[name] = pd.read_parquet(table)
        except (OSError, ValueError) as error:
            raise AnalysisError(f"{table} cannot be read: {error}; run the analysis again") from error
        missing = [column for column in columns if column not in tables[name].columns]
        if missing:
            raise AnalysisError(f"{table} lacks the columns {', '.join(missing)}; run the analysis again")
    return Analysis(**tables, manifest=manifest)


def to_csv(analysis: Analysis, folder: str | Path) -> Path:
    """Write the tables as CSV files (UTF-8, comma, one header row)."""
    target = _folder(folder)
    for name in TABLES:
        getattr(analysis, name).to_csv(target / f"{name}.csv", index=False)
    return target


def to_jsonl(analysis: Analysis, folder: str | Path) -> Path:
    """Write the tables as JSON lines (UTF-8)."""
    target = _folder(folder)
    for name in TABLES:
        getattr(analysis, name).to_json(target / f"{name}.jsonl", orient="records", lines=True, force_ascii=False)
    return target


def check_folder(folder: str | Path) -> Path:
    """Return the folder as a path if tables can be written into it, without making it.

    Raises
    ------
    AnalysisError
        If it or a folder that it lies in is a file, or may not be written to.
    """
    target = Path(folder)
    there = next(path for path in (target, *target.absolute().parents) if path.exists())
    if not there.is_dir():
        raise AnalysisError(f"{there} is a file; give a folder to write the tables into")
    if not os.access(there, os.W_OK | os.X_OK):
        raise AnalysisError(f"{there} may not be written to; give another folder for the tables")
    return target


def _folder(folder: str | Path) -> Path:
    target = check_folder(folder)
    target.mkdir(parents=True, exist_ok=True)
    return target
