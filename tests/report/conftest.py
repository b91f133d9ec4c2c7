"""A small analysis and comparison, built from marked-up sentences of our own: {measure} and [number]."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from policytext.analysis.tables import (
    DOCUMENT_COLUMNS,
    MEASURE_COLUMNS,
    PROBLEM_COLUMNS,
    QUANTITY_COLUMNS,
    SEGMENT_COLUMNS,
    Analysis,
    frame,
)
from policytext.compare import Comparison
from policytext.report import report

PARTIES = ("Bygdelista Havørn", "Byalliansen", "Fjellfolket", "Kystpartiet Nordlys")
HASHES = {"havørn": "ab" * 32}
AREAS = ("verdiskaping", "velferd", "kompetanse", "infrastruktur", "sentralisering", "annet")


def _sentences():
    """Read the sentences: area, strength, specific, direction, marked text, unit, value, role."""
    with (Path(__file__).parent / "sentences.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            (row["area"], row["strength"], row["specific"] == "true", row["direction"], row["text"],
             row["unit"] or None, float(row["value"]) if row["value"] else None, row["role"] or None)
            for row in csv.DictReader(lines)
        )  # fmt: skip


SENTENCES = _sentences()
WEIGHTS = {
    "Bygdelista Havørn": (3, 2, 4, 3, 5, 2, 1, 1, 6, 6, 1, 1),
    "Byalliansen": (2, 3, 2, 1, 8, 9, 3, 2, 1, 0, 4, 4),
    "Fjellfolket": (7, 8, 2, 2, 2, 2, 2, 1, 3, 2, 1, 1),
    "Kystpartiet Nordlys": (5, 2, 9, 7, 3, 2, 3, 2, 2, 1, 1, 1),
}


def _unmark(marked: str) -> tuple[str, tuple[int, int], tuple[int, int] | None]:
    text, marks = "", {}
    for sign in marked:
        if sign in "{}[]":
            marks[sign] = len(text)
        else:
            text += sign
    return text, (marks["{"], marks["}"]), (marks["["], marks["]"]) if "[" in marks else None


def build_analysis(weights=None, *, heading="Hele landet skal leve", sentences=SENTENCES, problems=()):
    """Return frames with the columns of an analysis: one document a party, each sentence as often as its weight."""
    documents, segments, measures, quantities = [], [], [], []
    for party, counts in (WEIGHTS if weights is None else weights).items():
        doc_id, offset = party.casefold().replace(" ", "-"), 0
        chosen = [row for row, n in zip(sentences, counts, strict=False) for _ in range(n)]
        for number, (area, strength, specific, direction, marked, unit, value, role) in enumerate(chosen):
            text, (start, end), place = _unmark(marked)
            segment_id = f"{doc_id}-{number:04d}"
            measure_id = f"{doc_id}:{segment_id}-m1"
            own = {
                "doc_id": doc_id,
                "segment_id": segment_id,
                "party": party,
                "page": number // 8 + 1,
                "language": "nb",
            }
            segments.append(
                {**own, "kind": "paragraph", "heading": heading, "intro": None, "text": text, "start": offset,
                 "end": offset + len(text), "date": "2025-03-01"}
            )  # fmt: skip
            measures.append(
                {**own, "measure_id": measure_id, "text": text[start:end], "start": offset + start, "end": offset + end,
                 "strength": strength, "specific": specific, "direction": direction, "area": area,
                 "area_2": "velferd" if number % 17 == 3 and area != "velferd" else None,
                 "area_probability": 0.4 if number % 11 == 5 else 0.9, "numeric": place is not None,
                 "deadline": "2030" if role == "deadline" else None, "actor": "stat" if "Staten" in text else None,
                 "heading": heading}
            )  # fmt: skip
            if place:
                quantities.append(
                    {**own, "measure_id": measure_id, "text": text[place[0] : place[1]], "start": offset + place[0],
                     "end": offset + place[1], "value": value, "low": math.nan, "high": math.nan, "unit": unit,
                     "comparator": "eq", "role": role, "direction": direction, "committed": True,
                     "approximate": False, "per": None,
                     "deadline": "2030" if role == "deadline" else None}
                )  # fmt: skip
            offset += len(text) + 1
        zeros = dict.fromkeys(("n_characters", "n_segments", "n_measures", "n_quantities", "n_dropped"), 0)
        documents.append(
            {**zeros, "doc_id": doc_id, "party": party, "title": f"Program for {party}", "date": "2025-03-01",
             "language": "nb", "source": f"{doc_id}.txt", "sha256": "0" * 64}
        )  # fmt: skip
    return Analysis(
        documents=frame(documents, DOCUMENT_COLUMNS),
        segments=frame(segments, SEGMENT_COLUMNS),
        measures=frame(measures, MEASURE_COLUMNS),
        quantities=frame(quantities, QUANTITY_COLUMNS),
        problems=frame([{"source": source, "message": message} for source, message in problems], PROBLEM_COLUMNS),
        manifest={"policytext": "0.1.0", "python": "3.12", "packages": {"numpy": "2"}, "documents": HASHES},
    )


def build_comparison(analysis, *, topics=True):
    """Return frames with the columns of a comparison, computed as plainly as can be."""
    measures, emphasis, keyness, shares, similarity = analysis.measures, [], [], [], []
    parties = sorted(set(measures["party"]))
    words = ("ferge", "fiber", "kystfond", "skolemat", "studieplass", "grend")
    for i, party in enumerate(parties):
        own = measures[measures["party"] == party]
        for area in AREAS:
            n, total = int((own["area"] == area).sum()), len(own)
            share = n / total
            spread = 1.96 * math.sqrt(max(share * (1 - share), 0.02) / total)
            emphasis.append({"party": party, "area": area, "n": n, "total": total, "share": share,
                             "low": max(share - spread, 0.0), "high": min(share + spread, 1.0)})  # fmt: skip
        if len(parties) > 1:
            keyness += [
                {"party": party, "term": words[(j + i) % 6], "score": 30.0 - 4 * j, "n": 9 - j, "n_rest": j}
                for j in range(len(words))
            ]
        shares += [
            {"party": party, "topic": topic, "share": (0.2, 0.5, 0.3)[(topic + i) % 3]}
            for topic in range(3 if topics else 0)
        ]
        similarity += [
            {"party": party, "party_2": other, "similarity": 1.0 if party == other else 0.9 - 0.1 * abs(i - j)}
            for j, other in enumerate(parties)
        ]
    frame = pd.DataFrame
    promises = analysis.quantities.copy()
    texts = measures.set_index("measure_id")
    if len(promises):
        promises["measure"] = [texts["text"][key] for key in promises["measure_id"]]
        promises["area"] = [texts["area"][key] for key in promises["measure_id"]]
    columns = ["party", "doc_id", "measure_id", "measure", "area", "text", "value", "low", "high", "unit", "comparator",
               "role", "direction", "deadline", "page", "per"]  # fmt: skip
    return Comparison(
        emphasis=frame(emphasis, columns=["party", "area", "n", "total", "share", "low", "high"]),
        keyness=frame(keyness, columns=["party", "term", "score", "n", "n_rest"]),
        topics=frame(
            [
                {"topic": t, "term": word, "weight": 1.0 - 0.1 * k}
                for t in range(3 if topics else 0)
                for k, word in enumerate(words)
            ],
            columns=["topic", "term", "weight"],
        ),
        topic_shares=frame(shares, columns=["party", "topic", "share"]),
        similarity=frame(similarity, columns=["party", "party_2", "similarity"]),
        numeric_promises=promises.reindex(columns=columns),
        settings={"by": "party", "random_state": 0},
    )


@pytest.fixture(scope="session")
def analysis():
    return build_analysis()


@pytest.fixture(scope="session")
def comparison(analysis):
    return build_comparison(analysis)


@pytest.fixture(scope="session")
def path(tmp_path_factory, analysis, comparison):
    """Return the report of the two, written."""
    return report(analysis, comparison, tmp_path_factory.mktemp("report") / "ny mappe" / "rapport med æøå.html")


@pytest.fixture(scope="session")
def builders():
    """Return the two builders, for tests that need other frames."""
    return SimpleNamespace(analysis=build_analysis, comparison=build_comparison, sentences=SENTENCES)
