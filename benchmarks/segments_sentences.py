"""Measure the sentence splitter on a treebank in CoNLL-U: precision, recall, F1 and speed.

Usage: ``python benchmarks/segments_sentences.py FILE.conllu.gz …``. Sentences are joined with spaces, twenty at a time;
ends without a full stop, question or exclamation mark (headlines, lines before a colon) are not counted. Exits with 1
when the files hold no sentence.
"""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

from policytext.segment import split_sentences

GROUP = 20


def sentences_of(path: Path) -> list[str]:
    """Return the sentences of a treebank file as text."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [line[9:].strip() for line in handle if line.startswith("# text = ")]


def is_marked(text: str, start: int) -> bool:
    """Tell whether the sentence before a position ends in a full stop, question or exclamation mark."""
    return text[start - 2] in ".!?…" or (text[start - 2] in '»")' and text[start - 3] in ".!?…")


def compare(sentences: list[str]) -> tuple[int, int, int]:
    """Return how many ends are right, wrong and missed."""
    right = wrong = missed = 0
    for first in range(0, len(sentences), GROUP):
        text, starts, position = " ".join(sentences[first : first + GROUP]), set(), 0
        for sentence in sentences[first : first + GROUP]:
            starts.add(position)
            position += len(sentence) + 1
        unmarked = {start for start in starts if start == 0 or not is_marked(text, start)}
        found = {start for start, _ in split_sentences(text)} - unmarked
        starts -= unmarked
        right, wrong, missed = right + len(found & starts), wrong + len(found - starts), missed + len(starts - found)
    return right, wrong, missed


def main() -> int:
    """Run the benchmark."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 1
    print("| file | sentences | precision | recall | F1 | MB/s |")
    print("|---|---|---|---|---|---|")
    measured = 0
    for path in map(Path, sys.argv[1:]):
        sentences = sentences_of(path)
        measured += len(sentences)
        if not sentences:
            continue
        right, wrong, missed = compare(sentences)
        text = " ".join(sentences)
        start = time.process_time()
        split_sentences(text)
        speed = len(text.encode()) / 1e6 / (time.process_time() - start)
        scores = (right / (right + wrong), right / (right + missed), 2 * right / (2 * right + wrong + missed))
        print(f"| {path.name} | {len(sentences)} | " + " | ".join(f"{s:.4f}" for s in scores) + f" | {speed:.0f} |")
    return 0 if measured else 1


if __name__ == "__main__":
    sys.exit(main())
