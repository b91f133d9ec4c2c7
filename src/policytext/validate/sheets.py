"""Coding sheets that a spreadsheet opens, their instructions, and the sample's manifest."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from policytext.analysis.storage import check_folder
from policytext.compare.resampling import seed_of
from policytext.errors import AnalysisError
from policytext.validate.codings import TEXT_COLUMNS, columns, instructions

if TYPE_CHECKING:
    from policytext.validate.sampling import Sample

FORMAT = 1
MANIFEST = "sample.json"
INSTRUCTIONS = "instructions.txt"
DELIMITERS = (";", ",", "\t")
_FORMULA = ("=", "+", "-", "@")
_KEPT = ("id", "doc_id", "segment_id", "stratum", "party", "language", "kind", "heading", "intro", "text")


def write_sheets(
    drawn: Sample, folder: str | Path, *, coders: int = 1, overlap: float = 0.2, delimiter: str = ";"
) -> Path:
    """Write one coding sheet a coder, the instructions and the manifest into a folder.

    Parameters
    ----------
    folder : path
        Made when missing; sheets that lie there are never overwritten.
    coders : int
        Coders, at least 1.
    overlap : float
        Share of the segments (0–1) that all coders code, for their reliability; the rest is divided evenly.
    delimiter : {";", ",", tab}
        What a spreadsheet expects between cells: a semicolon in Norway.

    Returns
    -------
    Path
        The folder: ``coder-1.csv`` (UTF-8 with a byte-order mark) and so on, ``instructions.txt``, ``sample.json``.

    Raises
    ------
    AnalysisError
        If a setting is not allowed, or the folder holds a sample already.
    """
    if coders < 1:
        raise AnalysisError(f"coders is {coders}; it must be at least 1")
    if not 0 <= overlap <= 1:
        raise AnalysisError(f"overlap is {overlap}; it is the share of segments that all coders code: 0 to 1")
    if delimiter not in DELIMITERS:
        raise AnalysisError(f"delimiter is {delimiter!r}; allowed: semicolon, comma, tab")
    target = check_folder(folder)
    names = [f"coder-{number}" for number in range(1, coders + 1)]
    for name in (MANIFEST, INSTRUCTIONS, *(f"{name}.csv" for name in names)):
        if (target / name).exists():
            raise AnalysisError(
                f"{target / name} is there already, and codes in it would be lost; give another folder, or remove it"
            )
    target.mkdir(parents=True, exist_ok=True)
    seed = int(drawn.manifest["settings"]["random_state"])
    whose = assign(len(drawn.segments), coders, overlap if coders > 1 else 0.0, seed=seed)
    rows = drawn.segments.to_dict("records")
    for number, name in enumerate(names):
        own = np.random.default_rng(seed_of(seed, name)).permutation(
            [row for row, who in enumerate(whose) if number in who]
        )
        with (target / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle, delimiter=delimiter)
            writer.writerow([*TEXT_COLUMNS, *(column.name for column in columns())])
            empty = [""] * len(columns())
            for row in own:
                shown = {**rows[row], "coder": name}
                writer.writerow([*(_shown(str(shown[column])) for column in TEXT_COLUMNS), *empty])
    most = max(sum(number in who for who in whose) for number in range(coders))
    (target / INSTRUCTIONS).write_text(instructions(most), encoding="utf-8-sig")
    manifest = {
        "format": FORMAT,
        **drawn.manifest,
        "sheets": {"coders": names, "overlap": overlap if coders > 1 else 0.0},
        "strata": drawn.strata.to_dict("records"),
        "segments": [_kept(row, [names[number] for number in who]) for row, who in zip(rows, whose, strict=True)],
    }
    (target / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def assign(n: int, coders: int, overlap: float, *, seed: int) -> list[tuple[int, ...]]:
    """Return which coders (from 0) code each of n segments.

    Examples
    --------
    >>> sorted(assign(5, 2, 0.2, seed=0))
    [(0,), (0,), (0, 1), (1,), (1,)]
    """
    order = np.random.default_rng(seed_of(seed, "coders")).permutation(n)
    shared = round(overlap * n)
    whose: list[tuple[int, ...]] = [()] * n
    for place, row in enumerate(order):
        whose[row] = tuple(range(coders)) if place < shared else ((place - shared) % coders,)
    return whose


def _shown(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _kept(row: dict[Any, Any], coders: list[str]) -> dict[str, Any]:
    kept = {name: row[name] if row[name] == row[name] else None for name in _KEPT}
    kept["segment_id"] = str(kept["segment_id"])
    kept["inclusion_probability"] = float(row["inclusion_probability"])
    return {**kept, "coders": coders}
