"""How much a reader takes in before it refuses: the bounds that keep memory and time in hand."""

from __future__ import annotations

from pathlib import Path

from policytext.errors import DocumentError

MAX_TEXT_BYTES = 32 * 2**20
"""A single text (txt, md, html, rtf, xml part): the longest Norwegian programme is under 2 MB."""
MAX_ROW_CHARS = 16 * 2**20
"""One row or line of a table."""
MAX_UNPACKED_BYTES = 64 * 2**20
"""What one part of a zipped format may unpack to."""
MAX_RATIO = 200
"""How many times larger than packed a part of a zipped format may be, from 1 MB on."""
MAX_DEPTH = 250
"""How deep elements, groups or lists may nest."""


def megabytes(count: int) -> str:
    """Return a count of bytes in words for messages.

    Examples
    --------
    >>> megabytes(33554432)
    '32 MB'
    """
    return f"{count / 2**20:.0f} MB"


def read_bytes(source: Path, *, limit: int = MAX_TEXT_BYTES) -> bytes:
    """Read a whole file that must not be empty nor larger than `limit` bytes.

    Raises
    ------
    DocumentError
        If the file is missing, empty, too large or may not be read.
    """
    try:
        size = source.stat().st_size
        if size > limit:
            raise DocumentError(
                f"{source}: {megabytes(size)} is too much for one text (at most {megabytes(limit)}); "
                "split it, or put one text a row in a CSV or JSONL table"
            )
        data = source.read_bytes()
    except OSError as error:
        raise DocumentError(f"{source}: cannot be opened ({error.strerror}); check path and permissions") from error
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DocumentError(f"{source}: the file is empty; remove it or fetch it again")
    return data
