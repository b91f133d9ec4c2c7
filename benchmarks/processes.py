"""Time the analysis of a folder with one process and with two, and check that the tables are the same.

    python benchmarks/processes.py [FOLDER]    (the bundled corpus when omitted)

Each measurement starts Python anew, so that loading is counted. Prints the fastest of three rounds in which both take
turns, in seconds of the clock and of the processors (of all processes together); fails if a table differs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from policytext.resources import corpus_path

ROUNDS = 3
ONE_RUN = """
import json, os, sys, time, warnings
begun = time.perf_counter()
from policytext.analysis.storage import table_hashes
from policytext.analysis.tables import TABLES
from policytext.batch import analyze_files
if __name__ == "__main__":
    warnings.simplefilter("ignore")
    analysis = analyze_files(sys.argv[1], processes=int(sys.argv[2]))
    taken = time.perf_counter() - begun
    tables = {name: getattr(analysis, name) for name in TABLES}
    print(json.dumps({"clock": taken, "processors": sum(os.times()[:4]), "tables": table_hashes(tables)}))
"""


def measure(folder: Path, processes: int) -> dict[str, Any]:
    """Return seconds and the hashes of the tables of one run in a Python of its own."""
    command = [sys.executable, "-c", ONE_RUN, str(folder), str(processes)]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def main() -> int:
    """Print a row for each number of processes."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else corpus_path()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    runs: dict[int, list[dict[str, Any]]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for processes, done in runs.items():
            done.append(measure(folder, processes))
    tables = runs[1][0]["tables"]
    if not tables["segments"]["rows"]:
        print(f"{folder} holds nothing to measure")
        return 1
    print(f"{tables['documents']['rows']} documents, {tables['segments']['rows']} segments")
    print("processes  clock  processors")
    for processes, done in runs.items():
        clock, used = (min(one[name] for one in done) for name in ("clock", "processors"))
        print(f"{processes:9}  {clock:5.1f}  {used:10.1f}")
    if any(one["tables"] != tables for done in runs.values() for one in done):
        print("the tables differ")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
