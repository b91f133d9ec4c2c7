"""The accuracy that the report states in its method section: measured on hand-coded segments and written to its table.

``python benchmarks/report_accuracy.py GOLD.jsonl`` prints the table and writes `src/policytext/report/accuracy.csv`.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from policytext.validate import validate

TASKS = ("measure", "strength", "specific", "direction", "first area", "number of measures", "quantities",
         "numeric commitment")  # fmt: skip
ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "policytext" / "report" / "accuracy.csv"


def main() -> None:
    """Measure, print and write."""
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gold" / "dev.jsonl"
    if not gold.is_file():
        sys.exit(f"{gold} is not there: nothing to measure")
    rows = {row["task"]: row for row in validate(None, gold).to_dict()["table"]}
    missing = [task for task in TASKS if task not in rows]
    if missing:
        sys.exit(f"no score for {', '.join(missing)}")
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("task", "score", "value", "low", "high", "n"))
        for task in TASKS:
            row = rows[task]
            numbers = [f"{row[name]:.3f}" for name in (row["score"], "low", "high")]
            table.writerow((task.replace(" ", "_"), row["score"], *numbers, row["n"]))
            print(f"{task:20} {row['score']:9} {numbers[0]}  [{numbers[1]}, {numbers[2]}]  n = {row['n']}")


if __name__ == "__main__":
    main()
