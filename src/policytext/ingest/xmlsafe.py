"""XML that a stranger may have made: no entities, no network, bounded depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policytext.errors import DocumentError
from policytext.ingest.encoding import detect

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEAD = 1 << 20
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_REPEATED_ID = 513
"""libxml2's number (XML_DTD_ID_REDEFINED) for an identifier that comes twice."""
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}
"""Options for every XML parser of this package."""


def refuse_entities(head: bytes, source: Path | str) -> None:
    """Refuse XML that declares entities of its own: they can read files or blow up memory.

    Raises
    ------
    DocumentError
        If the first megabyte holds an entity declaration.
    """
    text = head[:_HEAD].decode(detect(head[:_HEAD]), errors="replace")
    if _ENTITY.search(text):
        raise DocumentError(
            f"{source}: the XML declares entities, which can read other files or fill the memory; "
            "save it with the entities expanded"
        )


def broken(source: Path | str, error: Exception) -> DocumentError:
    """Return the error for XML that cannot be parsed."""
    return DocumentError(f"{source}: the XML is damaged, truncated or too deep ({error}); fetch or export it again")


def parse_xml(data: bytes, source: Path | str) -> _Element:
    """Parse a whole XML document of bounded size.

    Raises
    ------
    DocumentError
        If it declares entities, is not well-formed or nests too deeply.
    """
    from lxml import etree

    refuse_entities(data, source)
    try:
        return etree.fromstring(data, etree.XMLParser(**SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(source, error) from error


def stream_xml(path: Path) -> Iterator[tuple[str, _Element]]:
    """Yield ``start`` and ``end`` events of a file's elements; the caller clears what it has used.

    Raises
    ------
    DocumentError
        If the file cannot be opened, declares entities, is not well-formed or nests too deeply.
    """
    from lxml import etree

    try:
        with path.open("rb") as handle:
            refuse_entities(handle.read(_HEAD), path)
            handle.seek(0)
            parser = etree.iterparse(handle, events=("start", "end"), **SAFE)
            try:
                yield from parser
            except etree.XMLSyntaxError as error:
                # by now all elements are read, and an identifier that comes twice harms nothing
                if not parser.error_log or any(entry.type != _REPEATED_ID for entry in parser.error_log):
                    raise broken(path, error) from error
    except OSError as error:
        raise DocumentError(f"{path}: cannot be opened ({error.strerror}); check path and permissions") from error


def local(element: _Element) -> str:
    """Return an element's name without its namespace; the empty string for comments and the like."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
