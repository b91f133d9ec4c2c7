"""Time the analysis of a folder with one process and with two, and check that the tables are the same.

    python benchmarks/processes.py [FOLDER]    (the bundled corpus when omitted)

Prints seconds with all start-up, the median of three rounds in which the two take turns; fails if a table differs.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from pathlib import Path

from policytext.analysis.storage import table_hashes
from policytext.analysis.tables import TABLES
from policytext.batch import analyze_files
from policytext.batch.jobs import warm_up
from policytext.resources import corpus_path

ROUNDS = 3


def main() -> int:
    """Print a row for each number of processes."""
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else corpus_path()
    warm_up()
    seconds: dict[int, list[float]] = {1: [], 2: []}
    hashes = []
    for _ in range(ROUNDS):
        for processes, taken in seconds.items():
            begun = time.perf_counter()
            analysis = analyze_files(folder, processes=processes)
            taken.append(time.perf_counter() - begun)
            hashes.append(table_hashes({name: getattr(analysis, name) for name in TABLES}))
    n_documents, n_segments = len(analysis.documents), len(analysis.segments)
    if not n_segments:
        print(f"{folder} holds nothing to measure")
        return 1
    print(f"{n_documents} documents, {n_segments} segments; models are loaded before in the first process")
    for processes, taken in seconds.items():
        print(f"{processes} process{'es' if processes > 1 else '  '}  {statistics.median(taken):6.1f} s")
    print(f"ratio  {statistics.median(seconds[1]) / statistics.median(seconds[2]):.2f}")
    if any(one != hashes[0] for one in hashes):
        print("the tables differ")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
