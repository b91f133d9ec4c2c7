"""Coded segments to train on: read, given their parties, and read once as the measure models see them."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from policytext.errors import PolicyTextWarning, TrainingError
from policytext.ingest.metadata import read_metadata
from policytext.language import mend_segments
from policytext.measures.codings import Coded
from policytext.measures.find import read_segments
from policytext.measures.training import Prepared, prepare
from policytext.records import Segment
from policytext.validate.coded_sheets import is_sheet, read_sheets, sheet_files
from policytext.validate.gold import GoldSegment, read_gold

if TYPE_CHECKING:
    from policytext.records import SegmentKind

METADATA = "metadata.csv"
"""The table of parties that is read where it lies beside the codes, as it is beside documents."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Coded segments, those that are fit for coding.

    Attributes
    ----------
    gold : tuple of GoldSegment, n segments
    parties : tuple of str
        The party of each segment, or its document where none is known.
    prepared : mapping of int to Prepared
        By position, the segments that may hold a measure (no headings, questions or introducing lines).
    hashes : tuple of (str, str)
        The name and SHA-256 of each file of codes.
    """

    gold: tuple[GoldSegment, ...]
    parties: tuple[str, ...]
    prepared: Mapping[int, Prepared]
    hashes: tuple[tuple[str, str], ...]


def read_examples(codes: Sequence[str | Path], *, metadata: str | Path | None = None) -> Examples:
    """Read files and folders of coded segments; see `policytext.training.train`.

    Raises
    ------
    GoldError, MetadataError
        If a file breaks its format.
    TrainingError
        If no file is given, or one twice.

    Warns
    -----
    PolicyTextWarning
        If coders left something unfinished.
    """
    files = [file for path in map(Path, codes) for file in (sheet_files(path) if is_sheet(path) else [path])]
    if not files or len({file.resolve() for file in files}) < len(files):
        raise TrainingError(f"codes are {', '.join(map(str, files)) or 'none'}; give one file or more, each once")
    sheets: dict[Path, list[str | Path]] = {}
    for file in files:
        if is_sheet(file):
            sheets.setdefault(file.parent.resolve(), []).append(file)
    read: list[tuple[Path, Sequence[GoldSegment]]] = [
        (file.parent, read_gold(file)) for file in files if not is_sheet(file)
    ]
    for folder, own in sheets.items():
        coding = read_sheets(own, n_resamples=1)
        for line in coding.unfinished:
            warnings.warn(line, PolicyTextWarning, stacklevel=3)
        read.append((folder, coding.segments))
    gold: list[GoldSegment] = []
    parties: list[str] = []
    for folder, segments in read:
        table = folder / METADATA if metadata is None else Path(metadata)
        known = read_metadata(table) if metadata is not None or table.is_file() else None
        for segment in segments:
            if segment.bad:
                continue
            row = (known.match(doc_id=segment.doc) or {}) if known is not None else {}
            parties.append(segment.party or row.get("party") or segment.doc)
            gold.append(replace(segment, weight=None))  # every code counts alike
    hashes = sorted((file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files)
    return Examples(tuple(gold), tuple(parties), _prepared(gold), tuple(hashes))


def _prepared(gold: Sequence[GoldSegment]) -> dict[int, Prepared]:
    coded = [_coded(segment) for segment in gold]
    mended, _ = mend_segments([one.segment for one in coded])
    kept = [number for number, reading in enumerate(read_segments(mended)) if reading is not None]
    return dict(zip(kept, prepare([coded[number] for number in kept]), strict=True))


def _coded(gold: GoldSegment) -> Coded:
    kind = "paragraph" if gold.kind == "para" else gold.kind
    segment = Segment(
        gold.doc,
        gold.id,
        cast("SegmentKind", kind),
        gold.text,
        0,
        len(gold.text),
        heading=gold.heading,
        intro=gold.intro,
    )
    return Coded(
        segment,
        gold.doc,
        gold.stratum,
        gold.measure,
        gold.n_measures,
        gold.strength,
        gold.specific,
        gold.direction,
        gold.areas,
    )
