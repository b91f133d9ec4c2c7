"""Time and peak memory of the analysis, beside spaCy's blank Norwegian tokeniser on the same text.

Run it as ``python benchmarks/programmes.py [FOLDER] [ROUNDS]``; the folder defaults to the programmes of 2025 where
they are present, else to the bundled corpus. Every task of every round (three unless told) runs in a process of its
own, so that a first pass is cold on both sides: no word has been met, no model read. Times are CPU seconds, medians
over the rounds; the segments are annotated as ready-cut text, their written form not given.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "programmes-2025"
BUNDLED = HERE.parent / "corpora" / "distrikt"
GIVEN = ["text", "heading", "intro", "kind"]


def analyze(folder: Path, work: Path) -> dict[str, float]:
    """Read and analyse a folder; leave its texts and its segments for the other tasks."""
    import policytext as pt

    start = time.process_time()
    corpus = pt.read_corpus(folder)
    reading = time.process_time() - start
    texts = [document.text for document in corpus]
    start = time.process_time()
    analysis = pt.analyze(corpus)
    analyzing = time.process_time() - start
    analysis.segments[GIVEN].to_parquet(work / "segments.parquet")
    (work / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    return {
        "reading": reading,
        "analyze": analyzing,
        "documents": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "segments": len(analysis.segments),
    }


def annotate(_folder: Path, work: Path) -> dict[str, float]:
    """Annotate the segments twice: cold, with the models' loading apart, and once more."""
    import pandas as pd

    import policytext as pt

    table = pd.read_parquet(work / "segments.parquet")
    start = time.process_time()
    pt.annotate(["Vi vil bygge kai."])
    loading = time.process_time() - start
    start = time.process_time()
    pt.annotate(table)
    first = time.process_time() - start
    start = time.process_time()
    pt.annotate(table)
    return {"loading": loading, "first": first, "second": time.process_time() - start}


def tokenise(_folder: Path, work: Path) -> dict[str, float]:
    """Tokenise the texts twice with spaCy's blank pipeline."""
    import spacy

    texts = json.loads((work / "texts.json").read_text(encoding="utf-8"))
    nlp = spacy.blank("nb")
    nlp.max_length = 10**8
    start = time.process_time()
    tokens = sum(len(nlp.make_doc(text)) for text in texts)
    first = time.process_time() - start
    start = time.process_time()
    for text in texts:
        nlp.make_doc(text)
    return {"first": first, "second": time.process_time() - start, "tokens": tokens}


TASKS = {"analyze": analyze, "annotate": annotate, "tokenise": tokenise}


def run(task: str, folder: str, work: str) -> dict[str, float]:
    """Run a task in a process of its own; return its numbers and the peak of its memory in MiB."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE.parent / "src")}
    command = [sys.executable, __file__, "--task", task, folder, work]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main(arguments: list[str]) -> int:
    """Run all tasks in turn, round after round, and print one table."""
    if len(arguments) == 4 and arguments[0] == "--task":
        result = TASKS[arguments[1]](Path(arguments[2]), Path(arguments[3]))
        result["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result))
        return 0
    folder = arguments[0] if arguments else str(SHARED if SHARED.is_dir() else BUNDLED)
    rounds = int(arguments[1]) if len(arguments) > 1 else 3
    with tempfile.TemporaryDirectory() as work:
        whole = run("analyze", folder, work)
        words = whole["words"]
        if not words:
            print(f"{folder} holds no words: nothing was measured", file=sys.stderr)
            return 1
        pairs = [(run("tokenise", folder, work), run("annotate", folder, work)) for _ in range(rounds)]
    ours = {name: median(own[name] for _, own in pairs) for name in pairs[0][1]}
    theirs = {name: median(own[name] for own, _ in pairs) for name in pairs[0][0]}
    print(f"{int(whole['documents'])} documents, {int(words):,} words, {int(whole['segments']):,} segments")
    print(f"{'step':52}{'CPU s':>8}{'words/s':>12}")
    for name, seconds in (
        ("policytext: reading the files (one run)", whole["reading"]),
        ("policytext: analyze, from documents (one run)", whole["analyze"]),
        ("policytext: annotate, loading imports and models", ours["loading"]),
        ("policytext: annotate, first pass", ours["first"]),
        ("policytext: annotate, second pass", ours["second"]),
        ("spacy.blank('nb'): tokenising, first pass", theirs["first"]),
        ("spacy.blank('nb'): tokenising, second pass", theirs["second"]),
    ):
        print(f"{name:52}{seconds:8.2f}{words / seconds:12,.0f}")
    print("times the time of a first pass of tokenising, round by round:")
    for name, steps in (
        ("annotate, first pass", ("first",)),
        ("annotate, first pass with loading", ("loading", "first")),
        ("annotate, second pass", ("second",)),
    ):
        ratios = sorted(sum(own[step] for step in steps) / other["first"] for other, own in pairs)
        print(f"  {name:40}{' '.join(f'{ratio:.2f}' for ratio in ratios)}")
    print(f"peak memory: analyze with reading {whole['peak_mib']:.0f} MiB, annotate {ours['peak_mib']:.0f} MiB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
