"""Manifesto Project tables: one manifesto a text, its codes kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from policytext.errors import DocumentError
from policytext.ingest.draft import Draft, DraftBlock, DraftLine
from policytext.ingest.markers import find_marker
from policytext.rules import load_lexicon

_NAME = re.compile(r"(\d{4,5})_(\d{4})(\d{2})")
_HEADING_CODES = {"H", "h", "HEADING"}


def is_manifesto(header: Iterable[str]) -> bool:
    """Tell whether a table's header is that of a Manifesto Project corpus document.

    Examples
    --------
    >>> is_manifesto(["text", "cmp_code", "eu_code"]), is_manifesto(["text", "party"])
    (True, False)
    """
    return {"text", "cmp_code"} <= {name.strip().casefold() for name in header}


def manifestos(source: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[Draft]:
    """Yield a draft for each manifesto of a table; each quasi-sentence is a block.

    The codes go into the metadata, one for each block in order and separated by spaces: ``cmp_code`` and, where the
    table has it, ``eu_code``; a quasi-sentence without a code has ``NA``. Rows coded ``H`` are headings. Party and date
    come from the columns, or from a file name such as ``12620_202109.csv``.

    Raises
    ------
    DocumentError
        If a row has too few or too many cells.
    """
    for number, group in groupby(rows, key=lambda row: str(_cell(row, "manifesto_id"))):
        blocks: list[DraftBlock] = []
        codes: dict[str, list[str]] = {"cmp_code": [], "eu_code": []}
        known: dict[str, str] = {}
        for row in group:
            if "error" in row and "text" not in row:
                raise DocumentError(f"{source}: a row has {row['error']}; mend it: the codes would no longer fit")
            text = _cell(row, "text")
            if not text:
                continue
            code = _cell(row, "cmp_code") or "NA"
            blocks.append(_block(text, code))
            codes["cmp_code"].append(code)
            codes["eu_code"].append(_cell(row, "eu_code") or "NA")
            known = known or _known(row, number or source.stem)
        if blocks:
            kept = {name: " ".join(values) for name, values in codes.items() if set(values) != {"NA"}}
            yield Draft(tuple(blocks), {**known, **kept, "kind": "programme"}, suffix=number)


def _cell(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    text = "" if value is None else str(value).strip()
    return "" if text in ("NA", "nan", "None") and name != "text" else text


def _block(text: str, code: str) -> DraftBlock:
    if code in _HEADING_CODES:
        return DraftBlock("heading", (DraftLine(text),), 2)
    marker = find_marker(text)
    if marker is not None and marker.kind == "bullet":
        return DraftBlock("item", (DraftLine(marker.rest),), 1, marker.text)
    return DraftBlock("paragraph", (DraftLine(text),))


def _known(row: Mapping[str, Any], name: str) -> dict[str, str]:
    known = {key: value for key in ("title", "party", "date", "language") if (value := _cell(row, key))}
    if found := _NAME.search(name):
        known.setdefault("party", found.group(1))
        known.setdefault("date", f"{found.group(2)}-{found.group(3)}")
    if "party" in known:
        label = {r["manifesto_id"]: r["party"] for r in load_lexicon("manifesto_parties", ("manifesto_id", "party"))}
        if known["party"] in label:
            known["manifesto_party"] = known["party"]
            known["party"] = label[known["party"]]
    if re.fullmatch(r"\d{6}", known.get("date", "")):
        known["date"] = f"{known['date'][:4]}-{known['date'][4:]}"
    return known
