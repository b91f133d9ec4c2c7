"""Analyses to compare: the bundled corpus by its hand codes, and small ones."""

import json

import pandas as pd
import pytest

from policytext.analysis.tables import TABLES, Analysis, frame
from policytext.resources import corpus_path


def build(rows):
    """Build an analysis from rows with doc_id, party, text and optionally heading, areas and quantities."""
    tables = {name: [] for name in TABLES}
    for place, row in enumerate(rows):
        own = {"doc_id": row["doc_id"], "party": row.get("party"), "language": row.get("language", "nb")}
        own |= {"segment_id": f"{row['doc_id']}-{place:04d}", "date": row.get("date")}
        text = row["text"]
        place_in = {"text": text, "start": 0, "end": len(text)}
        tables["segments"].append(
            {**own, **place_in, "kind": row.get("kind", "paragraph"), "heading": row.get("heading", "")}
        )
        for number, area in enumerate(row.get("areas", []), start=1):
            measure_id = f"{own['segment_id']}-m{number}"
            tables["measures"].append(
                {**own, **place_in, "measure_id": measure_id, "area": area, "strength": "firm", "specific": True,
                 "direction": "other", "numeric": False}
            )  # fmt: skip
        for quantity in row.get("quantities", []):
            tables["quantities"].append(
                {**own, **place_in, "measure_id": f"{own['segment_id']}-m1", "comparator": "eq", "committed": True,
                 "approximate": False, **quantity}
            )  # fmt: skip
    for doc_id in dict.fromkeys(row["doc_id"] for row in rows):
        first = next(row for row in rows if row["doc_id"] == doc_id)
        tables["documents"].append(
            {"doc_id": doc_id, "party": first.get("party"), "date": first.get("date"), "n_characters": 1,
             "n_segments": 1, "n_measures": 1, "n_quantities": 0, "kind": "programme"}
        )  # fmt: skip
    return Analysis(**{name: frame(tables[name], TABLES[name]) for name in TABLES})


@pytest.fixture(scope="session", name="build")
def _build():
    """Return the function that builds an analysis from rows."""
    return build


@pytest.fixture(scope="session")
def coded():
    """Return the bundled corpus as its hand codes say it is."""
    folder = corpus_path()
    metadata = pd.read_csv(folder / "metadata.csv").set_index("doc_id")
    rows = []
    for line in (folder / "codes.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        areas = [row["areas"][0]] * row["n_measures"] if row["measure"] else []
        quantities = []
        for quantity in row["quantities"]:
            low, high = quantity["value"] if isinstance(quantity["value"], list) else (None, None)
            value = None if isinstance(quantity["value"], list) else quantity["value"]
            committed = row["measure"] and quantity["role"] != "context"
            quantities.append({**quantity, "value": value, "low": low, "high": high, "committed": committed})
        rows.append(
            {**row, "doc_id": row["doc"], "party": metadata.loc[row["doc"], "party"], "areas": areas,
             "quantities": quantities if areas else []}
        )  # fmt: skip
    return build(rows)
