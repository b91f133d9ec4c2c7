"""Compare list items of programmes read as text from `pdftotext` with those that the PDF reader finds.

Run ``python benchmarks/reading_plain.py FOLDER`` on a folder of PDF files; ``pdftotext`` (poppler) must be installed.
Two independent readers that agree letter for letter on an item are seldom both wrong. Exits with 1 when there is
nothing to measure.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from policytext.ingest import read_document
from policytext.records import Document


def items(document: Document) -> Counter[str]:
    """Count a document's list items by their letters and digits."""
    texts = (document.text[block.start : block.end] for block in document.blocks if block.kind == "item")
    return Counter("".join(character for character in text.casefold() if character.isalnum()) for text in texts)


def main() -> int:
    """Print a table of items by file and mode."""
    tool = shutil.which("pdftotext")
    sources = sorted(Path(sys.argv[1]).glob("*.pdf")) if len(sys.argv) > 1 else []
    if not tool or not sources:
        print("nothing to measure: give a folder with PDF files, and install pdftotext")
        return 1
    print(f"{'file':<20} {'PDF reader':>10} {'pdftotext':>10} {'same':>6} {'-layout':>10} {'same':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for source in sources:
            known = items(read_document(source))
            line = f"{source.stem:<20} {known.total():>10,}"
            for mode in ((), ("-layout",)):
                target = Path(folder) / f"{source.stem}.txt"
                subprocess.run([tool, "-enc", "UTF-8", *mode, str(source), str(target)], check=True)
                found = items(read_document(target))
                line += f" {found.total():>10,} {(found & known).total():>6,}"
            print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
