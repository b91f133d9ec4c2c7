"""Hashes of content that are the same on every platform: of tables, of the trained models, of the program's files."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import pandas as pd

from policytext.resources import bundled, data_path

DIGITS = 9
"""Significant digits to which numbers that are not whole are rounded before they are hashed."""

_PATHS = {"documents": "source", "problems": "source"}
_NO_TABLES = ("batch", "cli", "report", "training", "validate")
_NOT_WEIGHTS = re.compile(r"(^|/)(training|__pycache__)/|\.py$|_codes\.csv$|(^|/)README\.md$")


def table_hash(table: pd.DataFrame, *, digits: int = DIGITS) -> str:
    """Return the SHA-256 of a table's content, which no file format, row label or package version alters.

    Parameters
    ----------
    table : DataFrame
        Columns of text, numbers, true and false; what is missing counts the same however it is marked.
    digits : int
        Significant digits of numbers that are not whole; whole numbers count in full.

    Examples
    --------
    >>> one = pd.DataFrame({"party": ["Havørn", None], "share": [1 / 3, 1.0]})
    >>> other = pd.DataFrame({"party": ["Havørn", pd.NA], "share": [0.33333333333, 1]}, index=[7, 8])
    >>> table_hash(one) == table_hash(other), table_hash(one) == table_hash(one.iloc[:1])
    (True, False)
    """
    digest = hashlib.sha256()
    for name in table.columns:
        cells = column_cells(table[name], digits=digits)
        digest.update(json.dumps([str(name), cells], ensure_ascii=True, separators=(",", ":")).encode())
    return digest.hexdigest()


def column_cells(column: pd.Series[Any], *, digits: int = DIGITS) -> list[Any]:
    """Return a column's cells in one form: None, text, true or false, and numbers as ``{"n": digits}``.

    Examples
    --------
    >>> column_cells(pd.Series([0.1 + 0.2, 2030.0, float("nan")]))
    [{'n': '0.3'}, {'n': '2030'}, None]
    """
    missing = column.isna().tolist()
    return [None if gone else _cell(value, digits) for value, gone in zip(column.tolist(), missing, strict=True)]


def _cell(value: Any, digits: int) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    if isinstance(value, Integral):
        return {"n": str(int(value))}
    if isinstance(value, Real):
        number = float(value)
        whole = math.isfinite(number) and number == int(number) and abs(number) < 2**53
        return {"n": str(int(number)) if whole else f"{number:.{digits}g}"}
    return str(value)


def without_folders(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which files are named without the folders they lie in, which differ between machines.

    Parameters
    ----------
    name : str
        The table's name; only ``documents`` and ``problems`` name files.

    Examples
    --------
    >>> table = pd.DataFrame({"source": ["a/b/havn.pdf"], "message": ["a/b/havn.pdf: holds no text"]})
    >>> without_folders("problems", table).values.tolist()
    [['havn.pdf', 'havn.pdf: holds no text']]
    """
    column = _PATHS.get(name)
    if column is None or column not in table.columns:
        return table
    sources = [None if source is None or pd.isna(source) else str(source) for source in table[column].tolist()]
    bare = [None if source is None else re.split(r"[/\\]", source)[-1] for source in sources]
    changed = table.assign(**{column: pd.Series(bare, index=table.index, dtype="str")})
    if "message" in table.columns:
        messages = [
            str(message).replace(source, short) if source and short else message
            for message, source, short in zip(table["message"].tolist(), sources, bare, strict=True)
        ]
        changed = changed.assign(message=pd.Series(messages, index=table.index, dtype="str"))
    return changed


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def model_hashes() -> dict[str, str]:
    """Return the hash of each trained model's files, by the model's name; cards and training scripts do not count."""
    return {name: _files_hash(folder, _weights(folder)) for name, folder in bundled("models").items()}


@cache
def program_hash() -> str:
    """Return the hash of the program and its rules, as far as tables depend on them; line ends do not count."""
    package = data_path().parent
    files = [path for path in package.rglob("*.py") if _counts(path.relative_to(package))]
    return _files_hash(package, [*files, *(path for path in data_path().rglob("*") if path.is_file())], text=True)


def _counts(path: Path) -> bool:
    return path.parts[0] not in (*_NO_TABLES, "models", "corpora")


def _weights(folder: Path) -> Iterable[Path]:
    return (
        path
        for path in folder.rglob("*")
        if path.is_file() and not _NOT_WEIGHTS.search(path.relative_to(folder).as_posix())
    )


def _files_hash(root: Path, files: Iterable[Path], *, text: bool = False) -> str:
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in files):
        content = path.read_bytes()
        own = hashlib.sha256(content.replace(b"\r\n", b"\n") if text else content).hexdigest()
        digest.update(f"{name}\0{own}\n".encode())
    return digest.hexdigest()
