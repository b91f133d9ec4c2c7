"""Coded segments that the measure models learn from: hand-coded, coded further, and written for the purpose."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policytext.errors import GoldError
from policytext.measures.introductions import intro_mode
from policytext.measures.lexicon import INF
from policytext.measures.word_lists import word_list
from policytext.measures.words import describe
from policytext.records import Segment

WRITTEN = "written"
"""The document and stratum of segments written for training."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A hand-coded segment: the text with its surroundings and the codes of the codebook."""

    segment: Segment
    doc: str
    stratum: str
    measure: bool
    n_measures: int
    strength: str | None
    specific: bool | None
    direction: str | None
    areas: tuple[str, ...] = ()


def read_gold(path: Path) -> list[Coded]:
    """Read hand-coded segments, without those that extraction broke.

    Raises
    ------
    GoldError
        If a line is no JSON object or lacks a field; the message names the line.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row: dict[str, Any] = json.loads(line)
            if row["bad"]:
                continue
            segment = Segment(
                row["doc"],
                row["id"],
                "item" if row["kind"] == "item" else "paragraph",
                row["text"],
                0,
                len(row["text"]),
                heading=row["heading"] or "",
                intro=row["intro"] or "",
            )
            found.append(
                Coded(
                    segment,
                    row["doc"],
                    row["stratum"],
                    row["measure"],
                    row["n_measures"],
                    row["strength"],
                    row["specific"],
                    row["direction"],
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(
                f"{path.name}, line {number}: not a hand-coded segment ({error!r}); see the gold README"
            ) from error
    return found


def fingerprint(text: str) -> str:
    """Return the hash by which a coded text is found again in its document: of its letters and digits only."""
    return hashlib.sha256(re.sub(r"\W+", "", text.lower()).encode()).hexdigest()[:16]


def _of_row(segment: Segment, doc: str, stratum: str, row: Mapping[str, str]) -> Coded:
    """Return a segment with the codes of a table's row."""
    holds = row["measure"] == "true"
    return Coded(
        segment,
        doc,
        stratum,
        holds,
        int(row["n_measures"]),
        row["strength"] or None,
        row["specific"] == "true" if holds else None,
        row["direction"] or None,
        tuple(row["areas"].split("+")) if row["areas"] else (),
    )


def read_further(path: Path, programmes: Path) -> list[Coded]:
    """Read stand-off codes (document, page, hash, codes) and find their texts in the programmes' PDF files.

    Codes whose text the reader no longer cuts in the same way are left out; the caller sees how many came back.
    """
    from policytext.ingest import read_document
    from policytext.segment import segment_document

    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = []
    for doc in sorted({row["document"] for row in rows}):
        texts = {fingerprint(one.text): one for one in segment_document(read_document(programmes / f"{doc}.pdf"))}
        for row in rows:
            segment = texts.get(row["hash"])
            if row["document"] != doc or segment is None:
                continue
            found.append(_of_row(segment, doc, "further", row))
    return found


def read_written(path: Path) -> list[Coded]:
    """Read segments written and coded for training: our own sentences, with their texts, of no real party.

    Raises
    ------
    GoldError
        If a row lacks a column or holds a number of measures that is none; the message names the row.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            try:
                segment = Segment(
                    WRITTEN,
                    f"{WRITTEN}-{number}",
                    "item" if row["kind"] == "item" else "paragraph",
                    row["text"],
                    0,
                    len(row["text"]),
                    heading=row["heading"],
                    intro=row["intro"],
                )
                found.append(_of_row(segment, WRITTEN, WRITTEN, row))
            except (ValueError, KeyError, TypeError) as error:
                raise GoldError(f"{path.name}, row {number}: not a written segment ({error!r})") from error
    return found


def standing_alone(coded: Sequence[Coded], *, every: int = 1) -> list[Coded]:
    """Return list items that promise by their introducing line once more, as they stand in collections of promises.

    One of `every` such items is taken, and each that names what it promises without a verb («Flere X», «Gratis Y»).

    «Innføre X», «Partiet vil innføre X», «Ikke innføre X»: without heading and introduction, as sentences of their own.
    Authors and leads come from ``data/lexicons/measure_words.csv``, in turn.
    """
    authors = word_list("alone_author")
    leads = tuple(lead.replace("_", " ") for lead in word_list("alone_lead"))
    found: list[Coded] = []
    named: list[Coded] = []
    for number, one in enumerate(coded):
        segment = one.segment
        if not one.measure or segment.kind != "item" or intro_mode(segment.intro) != "will":
            continue
        first = describe(segment.text.split()[0].strip(".,;:"))
        names = bool(first.bears) and not first.reading
        if not (first.reading & INF or names):
            continue
        text = segment.text
        if not names and number % 3 == 0:
            author, lead = authors[number // 3 % len(authors)], leads[number // 3 % len(leads)]
            text = f"{author} {lead} {text[0].lower()}{text[1:]}"
        elif not names and number % 12 == 1:
            text = f"Ikke {text[0].lower()}{text[1:]}"
        alone = replace(segment, text=text, end=len(text), kind="paragraph", heading="", intro="")
        (named if names else found).append(replace(one, segment=alone, stratum="alone"))
    return [*found[::every], *named]
