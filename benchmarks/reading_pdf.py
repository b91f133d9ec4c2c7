"""Time the PDF reader beside pdftotext, file by file in one run.

Usage: ``python benchmarks/reading_pdf.py FOLDER [--repeat N]``. Prints a Markdown table of seconds (the best of N
runs) and pages a second; exits with 1 when the folder holds no PDF.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.ingest.draft import assemble
from policytext.ingest.pdf import read
from policytext.segment import segment_document

if TYPE_CHECKING:
    from collections.abc import Callable


def best_of(repeat: int, work: Callable[[], object]) -> float:
    """Return the shortest of several runs in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    files = sorted(options.folder.rglob("*.pdf"))
    if not files:
        print(f"{options.folder}: no PDF files to measure", file=sys.stderr)
        return 1
    peer = shutil.which("pdftotext")
    print("| file | pages | reader s | segments s | pdftotext s | times | pages/s |")
    print("|---|---|---|---|---|---|---|")
    totals = [0.0, 0.0, 0.0, 0.0]
    for path in files:
        (draft,) = read(path)
        document = assemble(draft, path.stem)
        pages = max((run.page for run in document.runs), default=0)
        reading = best_of(options.repeat, lambda path=path: list(read(path)))  # type: ignore[misc]
        cutting = best_of(options.repeat, lambda document=document: segment_document(document))  # type: ignore[misc]
        other = float("nan")
        if peer:
            command = [peer, "-layout", str(path), "-"]
            other = best_of(
                options.repeat,
                lambda command=command: subprocess.run(command, check=True, stdout=subprocess.DEVNULL),  # type: ignore[misc]
            )
        for index, value in enumerate((pages, reading, cutting, other)):
            totals[index] += value
        row = f"{reading:.2f} | {cutting:.2f} | {other:.2f} | {reading / other:.1f} | {pages / reading:.0f}"
        print(f"| {path.name} | {pages} | {row} |")
    pages_all, reading, cutting, other = totals
    row = f"{reading:.2f} | {cutting:.2f} | {other:.2f} | {reading / other:.1f} | {pages_all / reading:.0f}"
    print(f"| all | {pages_all:.0f} | {row} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
