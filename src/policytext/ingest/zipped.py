"""Zipped office formats: parts read within bounds."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from policytext.errors import DocumentError
from policytext.ingest.limits import MAX_RATIO, MAX_UNPACKED_BYTES, megabytes

_SMALL = 1 << 20


def read_part(source: Path, name: str, *, required: bool = True) -> bytes | None:
    """Return a part of a zipped document, or None when it is missing and not required.

    Raises
    ------
    DocumentError
        If the archive is damaged or encrypted, or the part unpacks to too much (a zip bomb).
    """
    try:
        with zipfile.ZipFile(source) as archive:
            try:
                info = archive.getinfo(name)
            except KeyError:
                if required:
                    raise DocumentError(f"{source}: lacks its part {name}; it is damaged: save it again") from None
                return None
            if info.flag_bits & 1:
                raise DocumentError(f"{source}: locked with a password; save it without one")
            ratio = info.file_size / max(info.compress_size, 1)
            if info.file_size > MAX_UNPACKED_BYTES or (info.file_size > _SMALL and ratio > MAX_RATIO):
                raise _bomb(source, name, info.file_size)
            with archive.open(info) as part:
                data = part.read(MAX_UNPACKED_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(f"{source}: a damaged or truncated file ({error}); fetch or save it again") from error
    if len(data) > MAX_UNPACKED_BYTES:
        raise _bomb(source, name, len(data))
    return data


def _bomb(source: Path, name: str, size: int) -> DocumentError:
    return DocumentError(
        f"{source}: its part {name} unpacks to {megabytes(size)}, far more than a text holds (a zip bomb?); "
        "if it is a real document, save it as text or PDF"
    )
