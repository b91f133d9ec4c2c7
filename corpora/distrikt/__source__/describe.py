"""Print the tables of the README: what the corpus holds, and how far the second coding agrees with the first.

``python corpora/distrikt/__source__/describe.py``
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
AREAS = ("verdiskaping", "velferd", "kompetanse", "infrastruktur", "sentralisering", "annet")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines; an empty file ends the program with a message."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if not rows:
        raise SystemExit(f"{path.name} is empty: nothing to describe")
    return rows


def kappa(pairs: list[tuple[Any, Any]]) -> float:
    """Return Cohen's kappa of pairs of codes (Cohen 1960, doi:10.1177/001316446002000104)."""
    n = len(pairs)
    observed = sum(first == second for first, second in pairs) / n
    firsts = Counter(first for first, _ in pairs)
    seconds = Counter(second for _, second in pairs)
    expected = sum(firsts[code] * seconds[code] for code in firsts) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def holdings() -> list[str]:
    """Return the table of documents, words, segments, measures and first areas by party."""
    with (HERE.parent / "metadata.csv").open(encoding="utf-8", newline="") as handle:
        party = {row["doc_id"]: row["party"] for row in csv.DictReader(handle)}
    rows = [row for row in read_lines(HERE.parent / "codes.jsonl") if row["kind"] != "boilerplate"]
    table = [
        "| party or ministry | documents | words | segments | measures | with a number | " + " | ".join(AREAS) + " |",
        "|---" * (6 + len(AREAS)) + "|",
    ]
    for name in [*sorted(set(party.values())), "all"]:
        own = [row for row in rows if name in {party[row["doc"]], "all"}]
        measures = [row for row in own if row["measure"]]
        numeric = sum(any(number["role"] != "context" for number in row["quantities"]) for row in measures)
        areas = Counter(row["areas"][0] for row in measures)
        words = sum(len(re.findall(r"\w+", row["text"])) for row in own)
        counts = [len({row["doc"] for row in own}), words, len(own), len(measures), numeric]
        cells = [f"{count:,}" for count in [*counts, *(areas[area] for area in AREAS)]]
        table.append(f"| {name} | {' | '.join(cells)} |")
    return table


def agreement() -> list[str]:
    """Return the table of agreement between the first and the second coding."""
    rows = read_lines(HERE / "second.jsonl")
    both = [row for row in rows if row["first"]["measure"] and row["second"]["measure"]]
    table = ["| code | n | agree | κ |", "|---|---|---|---|"]
    for name in ("measure", "n_measures", "strength", "specific", "direction", "areas"):
        chosen = rows if name == "measure" else both
        pairs = [tuple(str(row[which][name]) for which in ("first", "second")) for row in chosen]
        same = sum(first == second for first, second in pairs) / len(pairs)
        table.append(f"| {name} | {len(pairs)} | {same:.2f} | {kappa(pairs):.2f} |")
    for name, parts in {
        "value and unit": ("value", "unit"),
        "value, unit, role and comparator": ("value", "unit", "role", "comparator"),
    }.items():
        counted = [
            [Counter(str([found[part] for part in parts]) for found in row[which]["quantities"]) for row in rows]
            for which in ("first", "second")
        ]
        same = sum((first & second).total() for first, second in zip(*counted, strict=True))
        n_first, n_second = (sum(count.total() for count in side) for side in counted)
        table.append(f"| quantities, {name}: F1 | {n_first} | {2 * same / (n_first + n_second):.2f} | |")
    return table


def main() -> None:
    """Print both tables."""
    print("\n".join([*holdings(), "", *agreement()]))


if __name__ == "__main__":
    main()
