"""Bytes to text: the encodings that Norwegian files come in."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from policytext.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1252", "latin-1", "mac_roman", "cp865")
_LIKELY = re.compile("[æøåÆØÅéèêòôóäöü«»–—’“”•§½€]")
_WORDLIKE = re.compile(r"\w")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_TWICE = re.compile("Ã[¦¸¥†˜…©¤¶¼]")
_NORWEGIAN = re.compile("[æøåÆØÅ]")
_SAMPLE = 200_000


def detect(data: bytes) -> str:
    """Return the name of the encoding that the bytes of a text are in.

    A byte-order mark decides; then the zero bytes of UTF-16 without one; then valid UTF-8; then the single-byte
    encoding (Windows-1252, Mac Roman, DOS 865) in which the letters above ASCII are the likeliest in Norwegian.

    Examples
    --------
    >>> detect("Vi går på ski".encode("cp1252"))
    'cp1252'
    >>> detect("Vi går på ski".encode("utf-16-be"))
    'utf-16-be'
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(_SINGLE_BYTE, key=lambda name: _score(sample, name))
    return "utf-8"


def _score(sample: bytes, encoding: str) -> float:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return float("-inf")
    high = [character for character in text if ord(character) > 0x7F]
    likely = sum(1 for character in high if _LIKELY.match(character))
    inside = len(re.findall(r"[A-Za-z][æøåé][A-Za-z]", text))
    controls = len(_CONTROL.findall(text))
    return likely + inside - 2 * (len(high) - likely) - 10 * controls


def decode(data: bytes, source: Path | str) -> str:
    """Decode the bytes of a text file.

    Raises
    ------
    DocumentError
        If the bytes are no text: zero bytes or many control characters, or damaged UTF-16.
    """
    encoding = detect(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{source}: begins like {encoding} but breaks at byte {error.start}; the file is truncated or damaged: "
            "fetch it again or save it as UTF-8"
        ) from error
    if "\x00" in text:
        raise DocumentError(
            f"{source}: holds zero bytes, so it is not text or is damaged; export it as UTF-8 text or in its own format"
        )
    text = mend_twice_encoded(text)
    sample = text[:_SAMPLE]
    if not _WORDLIKE.search(text):
        raise DocumentError(f"{source}: holds no words; check that it is the right file")
    if len(_CONTROL.findall(sample)) > 0.02 * len(sample):
        raise DocumentError(
            f"{source}: this is binary data or damaged text, not a document; "
            "give a text, Markdown, HTML, PDF, DOCX, ODT, RTF, TEI or table file"
        )
    return text


def mend_twice_encoded(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 and written as UTF-8 again («Ã¸» for «ø»).

    Only a text that is so throughout is changed.

    Examples
    --------
    >>> mend_twice_encoded("brÃ¸d og vann pÃ¥ bordet")
    'brød og vann på bordet'
    >>> mend_twice_encoded("«Ã» er en bokstav i portugisisk")
    '«Ã» er en bokstav i portugisisk'
    """
    if "Ã" not in text or len(_TWICE.findall(text)) < 2 or _NORWEGIAN.search(text):
        return text
    try:
        return b"".join(_single_byte(character) for character in text).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def _single_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
