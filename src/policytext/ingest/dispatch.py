"""From a file to its format's reader."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from policytext.errors import DocumentError, PolicyTextWarning
from policytext.ingest.draft import Draft
from policytext.ingest.sniff import NAMES, SUFFIXES, sniff

_MODULES = {
    "text": "plain", "markdown": "markdown", "html": "html", "pdf": "pdf", "docx": "docx", "odt": "odt", "rtf": "rtf",
    "table": "tables", "parquet": "tables", "tei": "tei", "storting": "storting",
}  # fmt: skip


def drafts(source: Path) -> Iterator[Draft]:
    """Yield the drafts of a file, read by its content; a misleading name is reported with a warning.

    Raises
    ------
    DocumentError
        If the file cannot be read; the message names it, the cause and the remedy.
    """
    kind = sniff(source)
    promised = SUFFIXES.get(source.suffix.lower())
    named = promised in (None, kind, "xml") or {promised, kind} in (
        {"table", "parquet"},
        {"text", "markdown"},
    )
    if not named:
        warnings.warn(
            f"{source}: named like {NAMES[promised or 'text']}, but its content is {NAMES[kind]} and read so",
            PolicyTextWarning,
            stacklevel=2,
        )
    name = f"policytext.ingest.{_MODULES[kind]}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise DocumentError(
            f"{source}: {NAMES[kind]} cannot be read by this version; save it as text or HTML"
        ) from error
    try:
        yield from module.read(source)
    except (RecursionError, MemoryError) as error:
        raise DocumentError(
            f"{source}: too deep or too large to read ({type(error).__name__}); split it or save it as text"
        ) from error
