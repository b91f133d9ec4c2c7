"""A finished run made again from the same files, and compared with what it gave."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from policytext.analysis import Analysis
from policytext.analysis.fingerprint import DIGITS, table_hash, without_folders
from policytext.analysis.manifest import environment
from policytext.analysis.models import load_models
from policytext.analysis.storage import read_manifest
from policytext.analysis.tables import TABLES
from policytext.batch.differences import Cell, compare_tables
from policytext.batch.finding import SAME, Input, find_inputs, lay_out, plain_names
from policytext.batch.run import analyze_files
from policytext.compare import Comparison, compare
from policytext.compare.comparison import TABLES as COMPARED
from policytext.compare.comparison import read_settings
from policytext.errors import BatchError, PolicyTextWarning
from policytext.ingest.sources import as_paths

DIFFERS, ABSENT = "differs", "not in the run"
COLUMNS = ("kind", "name", "verdict", "then", "now", "rows_differ", "cells_differ", "largest_difference", "note")


@dataclass(frozen=True, slots=True)
class Replication:
    """What came of repeating a run.

    Attributes
    ----------
    report : DataFrame
        One row for each table, input and part of the environment: `kind, name, verdict, then, now` (rows of a table,
        versions, hashes), `rows_differ, cells_differ, largest_difference` (of two numbers, by the larger) and a `note`.
    differences : DataFrame
        One row for each cell that differs: `table, row, column, then, now`.
    analysis, comparison
        The results of the repeated run; no comparison where the run has none.
    """

    report: pd.DataFrame
    differences: pd.DataFrame
    analysis: Analysis = field(repr=False)
    comparison: Comparison | None = field(repr=False, default=None)

    @property
    def same(self) -> bool:
        """Whether every table of the run came out the same."""
        tables = self.report[self.report["kind"] == "table"]
        return bool(len(tables)) and bool((tables["verdict"] == SAME).all())

    def of(self, kind: str) -> pd.DataFrame:
        """Return the rows of the report of a kind: ``table``, ``input`` or ``environment``."""
        return self.report[self.report["kind"] == kind]

    def save(self, folder: str | Path) -> Path:
        """Write the repeated run, ``replication.csv`` and ``differences.csv`` into a folder; return it."""
        target = self.analysis.save(folder)
        if self.comparison is not None:
            self.comparison.save(target / "comparison")
        self.report.to_csv(target / "replication.csv", index=False)
        self.differences.to_csv(target / "differences.csv", index=False)
        return target


def replicate(
    run: str | Path,
    paths: str | Path | Iterable[str | Path] = (),
    *,
    models: str | Path | None = None,
    processes: int = 1,
    digits: int = DIGITS,
    progress: Callable[[Path], None] | None = None,
) -> Replication:
    """Repeat a run from the same files, and compare every table with what it gave.

    Parameters
    ----------
    run : str or Path
        The folder that ``policytext analyze`` or `Analysis.save` wrote. Its tables may be absent: the manifest's hashes
        then tell whether they came out the same.
    paths : str, Path or iterable of them
        Files and folders to look for the documents in, by their hashes; where the manifest says when omitted.
    models : path, optional
        The folder of trained models, for a run that used some.
    processes : int
        Processes to use; the result is the same.
    digits : int
        Significant digits that numbers must share which are not whole.
    progress : callable, optional
        Called with each file's path when it is done.

    Returns
    -------
    Replication
        With `same` True only if every table is the same.

    Raises
    ------
    BatchError
        If the manifest does not say what was read, or none of the files is found.
    AnalysisError
        If there is no manifest, or nothing in the documents to compare.

    Examples
    --------
    >>> from policytext.resources import corpus_path
    >>> speech = corpus_path() / "texts" / "frikurs-tale.txt"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = analyze_files(speech).save(folder)
    ...     replicate(folder, speech).same
    True
    """
    source = Path(run)
    if not 1 <= digits <= 17:
        raise BatchError(f"digits is {digits}; it must be from 1 to 17")
    manifest = read_manifest(source)
    with tempfile.TemporaryDirectory(prefix="policytext-") as scratch:
        analysis, found = _again(
            manifest,
            source,
            as_paths(paths),
            Path(scratch).resolve(),
            models=models,
            processes=processes,
            progress=progress,
        )
    settings = read_settings(source / "comparison")
    comparison = None
    if settings is not None:
        options = {key: value for key, value in settings.items() if key not in ("format", "groups", "tables")}
        comparison = compare(analysis, **options)
    rows: list[dict[str, Any]] = []
    cells: list[Cell] = []
    by = "party" if settings is None else str(settings["by"])
    _add_tables(rows, cells, source, manifest.get("tables", {}), analysis, TABLES, by=by, digits=digits)
    if comparison is not None and settings is not None:
        recorded = settings.get("tables", {})
        _add_tables(
            rows,
            cells,
            source / "comparison",
            recorded,
            comparison,
            COMPARED,
            by=by,
            digits=digits,
            prefix="comparison/",
        )
    rows += [{"kind": "input", "name": one.name, "verdict": one.state, "note": one.role} for one in found]
    rows += _environment(manifest, environment(load_models(models)))
    return Replication(
        pd.DataFrame(rows, columns=list(COLUMNS)).astype({"rows_differ": "Int64", "cells_differ": "Int64"}),
        pd.DataFrame(
            [(one.table, one.row, one.column, one.then, one.now) for one in cells],
            columns=["table", "row", "column", "then", "now"],
            dtype=object,
        ),
        analysis,
        comparison,
    )


def _again(
    manifest: Mapping[str, Any],
    source: Path,
    paths: list[Path],
    scratch: Path,
    *,
    models: str | Path | None,
    processes: int,
    progress: Callable[[Path], None] | None,
) -> tuple[Analysis, list[Input]]:
    """Analyse the files of a run again, laid out as they were."""
    inputs = manifest.get("inputs")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyTextWarning)  # the run gave them; they would name passing folders
        if inputs is None:
            if not paths:
                raise BatchError(
                    f"the manifest in {source} does not say which files were read; "
                    "give the files and folders that were analysed"
                )
            return analyze_files(paths, models=models, processes=processes, progress=progress), []
        try:
            found = find_inputs(inputs, paths)
        except (KeyError, TypeError, IndexError, AttributeError) as error:
            raise BatchError(
                f"the manifest in {source} is damaged: {error!r} in its inputs; ask for it again"
            ) from error
        if not any(one.path for one in found if one.role == "file"):
            raise BatchError(
                f"none of the {len(inputs['files'])} files that {source} was made of is where it was; "
                "give the folder that holds them now"
            )
        sources, metadata = lay_out(inputs, found, scratch)
        analysis = analyze_files(sources, metadata=metadata, models=models, processes=processes, progress=progress)
    for passing, plain in plain_names(inputs, scratch):
        analysis = replace(
            analysis,
            documents=_renamed(analysis.documents, ("source",), passing, plain),
            problems=_renamed(analysis.problems, ("source", "message"), passing, plain),
        )
    given = [{key: value for key, value in one.items() if key != "path"} for one in inputs["given"]]
    again = {**analysis.manifest["inputs"], "given": given}
    again["metadata"] = [{key: value for key, value in one.items() if key != "path"} for one in again["metadata"]]
    return replace(analysis, manifest={**analysis.manifest, "inputs": again}), found


def _renamed(table: pd.DataFrame, columns: Iterable[str], passing: str, plain: str) -> pd.DataFrame:
    return table.assign(**{name: table[name].str.replace(passing, plain, regex=False) for name in columns})


def _add_tables(
    rows: list[dict[str, Any]],
    cells: list[Cell],
    folder: Path,
    recorded: Mapping[str, Any],
    result: Analysis | Comparison,
    names: Iterable[str],
    *,
    by: str,
    digits: int,
    prefix: str = "",
) -> None:
    """Add a row for each table and a cell for each difference."""
    for name in names:
        now = without_folders(name, getattr(result, name))
        noted = recorded.get(name, {})
        row: dict[str, Any] = {"kind": "table", "name": prefix + name, "then": noted.get("rows"), "now": len(now)}
        rows.append(row)
        as_recorded = noted.get("sha256") == table_hash(now)
        path = folder / f"{name}.parquet"
        if not path.is_file():
            if not noted:
                row |= {"verdict": ABSENT, "note": "neither the table nor its hash is there"}
            else:
                row |= {
                    "verdict": SAME if as_recorded else DIFFERS,
                    "note": "compared by hash, because the run's table is not there",
                }
            continue
        try:
            then = without_folders(name, pd.read_parquet(path))
        except (OSError, ValueError) as error:
            row |= {"verdict": DIFFERS, "note": f"the run's table cannot be read: {error}"}
            continue
        found = compare_tables(name, then, now, by=by, digits=digits)
        row |= {"verdict": DIFFERS if found else SAME, "then": len(then), "rows_differ": found.rows}
        row |= {"cells_differ": sum(bool(one.column) for one in found.cells), "largest_difference": found.largest}
        if found and as_recorded:
            row["note"] = "the run's table is not what its manifest recorded: it was changed after the run"
        cells += [replace(one, table=prefix + name) for one in found.cells]


def _environment(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row for each version, model and hash: whether it is that of the run."""
    old, new = dict(_leaves(then, now)), dict(_leaves(now, now))
    rows = []
    for name in {**new, **old}:
        verdict = SAME if old.get(name) == new.get(name) else DIFFERS if name in old else "not told"
        rows.append(
            {"kind": "environment", "name": name, "verdict": verdict, "then": old.get(name), "now": new.get(name)}
        )
    return rows


def _leaves(tree: Mapping[str, Any], keys: Iterable[str]) -> Iterable[tuple[str, str]]:
    for key in keys:
        value = tree.get(key)
        if isinstance(value, Mapping):
            yield from ((f"{key}.{name}", str(leaf)) for name, leaf in value.items())
        elif value is not None:
            yield key, str(value)
