"""Time and peak memory of the whole analysis, beside spaCy's blank Norwegian tokeniser on the same text.

Run it as ``python benchmarks/programmes.py [FOLDER]``; the folder defaults to the programmes of 2025 where they are
present, else to the bundled corpus. Each side runs in a process of its own; times are wall clock on one core.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "programmes-2025"
BUNDLED = HERE.parent / "corpora" / "distrikt"


def measure(task: str, folder: str) -> dict[str, float]:
    """Run one task and return seconds per step, words and the peak of resident memory in MiB."""
    from policytext.ingest import read_corpus

    start = time.perf_counter()
    corpus = read_corpus(folder)
    reading = time.perf_counter() - start
    texts = [document.text for document in corpus]
    words = sum(len(text.split()) for text in texts)
    result: dict[str, float] = {"documents": len(corpus), "words": words, "reading": reading}
    if task == "policytext":
        import policytext as pt

        start = time.perf_counter()
        analysis = pt.analyze(corpus)
        result["analyze"] = time.perf_counter() - start
        table = analysis.segments[["text", "heading", "intro", "kind", "language"]]
        start = time.perf_counter()
        pt.annotate(table)
        result["annotate"] = time.perf_counter() - start
        result["measures"] = len(analysis.measures)
        result["segments"] = len(analysis.segments)
    else:
        import spacy

        nlp = spacy.blank("nb")
        nlp.max_length = 10**8
        start = time.perf_counter()
        tokens = sum(len(nlp.make_doc(text)) for text in texts)
        result["tokenise"] = time.perf_counter() - start
        result["tokens"] = tokens
    result["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def main() -> int:
    """Run both sides in processes of their own and print one table."""
    if len(sys.argv) == 4 and sys.argv[1] == "--task":
        print(json.dumps(measure(sys.argv[2], sys.argv[3])))
        return 0
    folder = sys.argv[1] if len(sys.argv) > 1 else str(SHARED if SHARED.is_dir() else BUNDLED)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE.parent / "src")}
    results = {}
    for task in ("policytext", "spacy"):
        command = [sys.executable, __file__, "--task", task, folder]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
        results[task] = json.loads(done.stdout.splitlines()[-1])
    ours, theirs = results["policytext"], results["spacy"]
    if not ours["words"]:
        print(f"{folder} holds no words: nothing was measured", file=sys.stderr)
        return 1
    words = ours["words"]
    print(f"{int(ours['documents'])} documents, {int(words):,} words, {int(ours['segments']):,} segments")
    print(f"{'step':44}{'seconds':>10}{'words/s':>12}")
    for name, seconds in (
        ("policytext: reading", ours["reading"]),
        ("policytext: analyze (first pass)", ours["analyze"]),
        ("policytext: annotate (a second pass)", ours["annotate"]),
        ("spacy.blank('nb'): tokenising the same text", theirs["tokenise"]),
    ):
        print(f"{name:44}{seconds:10.2f}{words / seconds:12,.0f}")
    first, second = ours["analyze"] / theirs["tokenise"], ours["annotate"] / theirs["tokenise"]
    print(f"times the time of tokenising: first pass {first:.2f}, second pass (sums of word forms kept) {second:.2f}")
    print(f"peak memory: policytext {ours['peak_mib']:.0f} MiB, spaCy {theirs['peak_mib']:.0f} MiB (reading included)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
