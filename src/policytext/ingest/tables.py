"""Tables with a text column: CSV, TSV, JSON lines and Parquet, one document a row, streamed."""

from __future__ import annotations

import codecs
import csv
import json
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from policytext.errors import DocumentError, PolicyTextWarning
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.encoding import decode, detect, mend_twice_encoded
from policytext.ingest.limits import MAX_ROW_CHARS, megabytes
from policytext.ingest.manifesto import is_manifesto, manifestos
from policytext.ingest.markers import find_marker
from policytext.ingest.metadata import column_name
from policytext.ingest.plain import blocks_of

Row = Mapping[str, Any]
_SAMPLE = 1 << 18
_BATCH_ROWS = 256
_SHOWN = 8


def read(source: Path) -> Iterator[Draft]:
    """Read a table: one draft a row, in order, with only a few rows in memory.

    The column of the text is called ``text`` or one of its usual names (``tekst``, ``content``, ``innhold`` …);
    ``doc_id``, ``title``, ``party``, ``date``, ``kind``, ``language`` are known by their usual names too, and every
    other column is kept as metadata. A Manifesto Project table is read as one text a manifesto.

    Parameters
    ----------
    source : Path
        A ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson`` or ``.parquet`` file.

    Yields
    ------
    Draft
        One a row that has text.

    Raises
    ------
    DocumentError
        If there is no text column, a row is too long, or rows cannot be read: those are listed after the rest.

    Warns
    -----
    PolicyTextWarning
        If rows have no text.
    """
    rows, header = _rows(source)
    if header is not None and is_manifesto(header):
        yield from manifestos(source, (row for _, row in rows))
        return
    yield from _drafts(source, rows)


def _rows(source: Path) -> tuple[Iterator[tuple[int, Row]], list[str] | None]:
    with source.open("rb") as handle:
        magic = handle.read(4)
    if magic == b"PAR1":
        return _parquet_rows(source), None
    if source.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        return _json_rows(source), None
    return _csv_rows(source)


def _drafts(source: Path, rows: Iterable[tuple[int, Row]]) -> Iterator[Draft]:
    broken: list[str] = []
    empty: list[int] = []
    names: dict[str, str] = {}
    good = 0
    for number, row in rows:
        if "error" in row and len(row) == 1 and isinstance(row["error"], _RowError):
            broken.append(f"{number} ({row['error']})")
            continue
        for name in row:
            if name not in names:
                names[name] = _free(column_name(str(name)), str(name), names)
        known = {names[name]: value for name, value in row.items()}
        if "text" not in known:
            if good == 0:
                columns = ", ".join(list(names)[:20]) or "no columns"
                raise DocumentError(f"{source}: no text column among {columns}; name one of them text")
            broken.append(f"{number} (no text column)")
            continue
        text = _string(known.pop("text"))
        if not text.strip():
            empty.append(number)
            continue
        good += 1
        metadata = {name: value for name, raw in known.items() if (value := _string(raw).strip())}
        yield Draft(row_blocks(text), metadata, suffix=str(number))
    if empty:
        warnings.warn(
            f"{source}: rows without text, passed by ({len(empty)}): {_some(empty)}",
            PolicyTextWarning,
            stacklevel=2,
        )
    if broken:
        raise DocumentError(
            f"{source}: {len(broken)} of {good + len(broken) + len(empty)} rows cannot be read: {_some(broken)}; "
            "mend or remove them"
        )


def _free(name: str, original: str, names: Mapping[str, str]) -> str:
    """Return policytext's name for a column, or the column's own when another column has taken that."""
    return original if name in names.values() else name


def _some(values: list[Any]) -> str:
    more = " …" if len(values) > _SHOWN else ""
    return ", ".join(str(value) for value in values[:_SHOWN]) + more


class _RowError(str):
    """Why a row cannot be read."""

    __slots__ = ()


def row_blocks(text: str) -> tuple[DraftBlock, ...]:
    """Cut the text of a row into blocks; a single line is one paragraph."""
    if "\n" not in text and "\r" not in text and find_marker(text[:60]) is None:
        return (DraftBlock("paragraph", (DraftLine(text),)),)
    return blocks_of(text)


def _string(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):  # not a number
        return ""
    if isinstance(value, str):
        return mend_twice_encoded(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)


def _fallback(error: UnicodeError) -> tuple[str, int]:
    """Decode single bytes that are no UTF-8 as Windows-1252: tables are often glued together."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error("policytext-cp1252", _fallback)


def _open(source: Path) -> IO[str]:
    with source.open("rb") as handle:
        sample = handle.read(_SAMPLE)
    cut = sample[: sample.rfind(b"\n") + 1] or sample
    encoding = detect(cut)
    if not encoding.startswith("utf-16") and not encoding.startswith("utf-32"):
        decode(cut, source)  # refuses binary data
    return source.open(
        encoding=encoding, errors="policytext-cp1252" if encoding.startswith("utf-8") else "replace", newline=""
    )


def _lines(handle: IO[str], source: Path) -> Iterator[str]:
    number = 0
    while line := handle.readline(MAX_ROW_CHARS + 1):
        number += 1
        if len(line) > MAX_ROW_CHARS:
            raise DocumentError(
                f"{source}, line {number}: longer than {megabytes(MAX_ROW_CHARS)}; a table has one text a line: "
                "is this the right file?"
            )
        yield line


def _json_rows(source: Path) -> Iterator[tuple[int, Row]]:
    with _open(source) as handle:
        for number, line in enumerate(_lines(handle, source), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
                yield number, {"error": _RowError(f"no JSON: {reason}")}
                continue
            if isinstance(row, str):
                row = {"text": row}
            if not isinstance(row, dict):
                yield number, {"error": _RowError("no JSON object")}
                continue
            yield number, row


def _csv_rows(source: Path) -> tuple[Iterator[tuple[int, Row]], list[str]]:
    handle = _open(source)
    first = handle.readline(1 << 16).lstrip("\ufeff")
    handle.close()
    delimiter = "\t" if source.suffix.lower() in (".tsv", ".tab") else max(",;\t|", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    names = [name.strip() for name in header]
    if not any(names):
        raise DocumentError(f"{source}: the first line has no column names; a table begins with a header")
    return _csv_body(source, delimiter, names), names


def _csv_body(source: Path, delimiter: str, names: list[str]) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_CHARS))
    with _open(source) as handle:
        reader = csv.reader(_lines(handle, source), delimiter=delimiter)
        number = 1
        try:
            next(reader, None)
            for number, cells in enumerate(reader, start=2):
                if not any(cells):
                    continue
                if len(cells) != len(names):
                    yield number, {"error": _RowError(f"{len(cells)} cells under {len(names)} columns")}
                else:
                    yield number, dict(zip(names, cells, strict=True))
        except csv.Error as error:
            raise DocumentError(
                f"{source}, row {number + 1}: {error}; check the quotation marks from there on"
            ) from error


def _parquet_rows(source: Path) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(source) as file:
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DocumentError(
            f"{source}: a damaged or truncated Parquet file ({error}); fetch or write it again"
        ) from error
