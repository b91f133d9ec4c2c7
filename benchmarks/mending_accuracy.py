"""Accuracy of putting lost ligatures back: sound text is damaged as text layers damage it, mended, and compared.

``python benchmarks/mending_accuracy.py [SHARED_FOLDER]`` damages the texts of ``corpora/distrikt`` and every fifth of
``models/measures/written_codes.csv`` in four ways and prints how many words were damaged, the share of them put right,
and how many words were changed, with the share that is right as a whole and the share that is right or a part of the
word (a piece of a compound). With a folder of text (programmes, treebank, seeds, gold) it also prints which documents
there are taken for damaged, and how many words of each would change, damaged or not. ``--wrong`` lists wrong words;
``--measures`` fits the measure models without each damaged party of the gold set and reads its segments as given and
mended. It exits with 1 when there is nothing to measure.
"""

import gzip
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from policytext.language import ligatures_lost, put_back
from policytext.measures.codings import read_gold, read_written

ROOT = Path(__file__).resolve().parent.parent
ALL = ("tti", "ffi", "ffl", "fft", "ffj", "ti", "tt", "ft", "fi", "fl", "ff", "tf", "fj")
OFFICE, PRESS = ALL, ("ffi", "ffl", "fi", "fl", "ff")
WAYS = {
    "ti, tt, ft, ff, fi …: a space": (OFFICE, " "),
    "ti, tt, ft, ff, fi …: nothing": (OFFICE, ""),
    "ff, fi, fl: a space": (PRESS, " "),
    "ff, fi, fl: nothing": (PRESS, ""),
}
_WORD = re.compile(r"[^\W\d_]+")


def damage(text: str, ligatures: tuple[str, ...], left: str) -> tuple[str, list[int]]:
    """Return the text without its ligatures, and for each letter where it stood."""
    found = re.compile("|".join(ligatures))
    letters: list[tuple[str, int]] = []
    done = 0
    for match in found.finditer(text):
        letters += [(text[i], i) for i in range(done, match.start())]
        letters += [(left, match.start())] if left else []
        done = match.end()
    letters += [(text[i], i) for i in range(done, len(text))]
    folded: list[tuple[str, int]] = []
    for letter, place in letters:
        if letter == " " and (not folded or folded[-1][0] == " "):
            continue
        folded.append((letter, place))
    while folded and folded[-1][0] == " ":
        folded.pop()
    return "".join(letter for letter, _ in folded), [place for _, place in folded]


class Counts(NamedTuple):
    """Damaged words, those put right, changed words, those right as a whole or in part, and the wrong ones."""

    damaged: int
    restored: int
    edits: int
    right: int
    in_part: int
    wrong: list[tuple[str, str, str]]


def measure(texts: list[str], ligatures: tuple[str, ...], left: str) -> Counts:
    """Damage texts, mend them and compare."""
    found = re.compile("|".join(ligatures))
    n_damaged = n_edits = n_right = n_restored = n_part = 0
    wrong = []
    for text in texts:
        damaged, places = damage(text, ligatures, left)
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        lost = {span for span in words if found.search(text, *span)}
        n_damaged += len(lost)
        mended = put_back(damaged, inside=not left)
        for edit in mended.edits:
            own = {places[i] for i in range(edit.given_start, edit.given_end) if damaged[i] != " "}
            covered = [span for span in words if any(span[0] <= place < span[1] for place in own)]
            truth = text[covered[0][0] : covered[-1][1]] if covered else ""
            n_edits += 1
            n_part += mended.text[edit.start : edit.end].lower() in truth.lower()
            if mended.text[edit.start : edit.end].lower() == truth.lower():
                n_right += 1
                n_restored += sum(span in lost for span in covered)
            else:
                wrong.append((damaged[edit.given_start : edit.given_end], mended.text[edit.start : edit.end], truth))
    return Counts(n_damaged, n_restored, n_edits, n_right, n_part, wrong)


def documents(shared: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield documents by name, with their segments."""
    from policytext.ingest import read_document
    from policytext.segment import segment_document

    for path in sorted([*(shared / "programmes-2025").glob("*.pdf"), *(shared / "seeds").glob("*.txt")]):
        yield path.name, [one.text for one in segment_document(read_document(path))]
    for path in sorted((shared / "treebank").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield path.name, [line[9:].strip() for line in lines if line.startswith("# text =")]
    by_doc: dict[str, list[str]] = {}
    for name in ("train.jsonl", "dev.jsonl"):
        for one in read_gold(shared / "gold" / name):
            by_doc.setdefault(f"{name} {one.doc}", []).append(one.segment.text)
    yield from sorted(by_doc.items())


def effect(shared: Path) -> None:
    """Print how well measures are read in the gold set's damaged documents, as given and mended, each left out."""
    from measures_accuracy import SCORES, row

    from policytext.language import mend_segments
    from policytext.measures.codings import read_further, standing_alone
    from policytext.measures.find import find_with
    from policytext.measures.network_training import fit_network
    from policytext.measures.training import fit_models, prepare

    codes = ROOT / "models" / "measures"
    gold = read_gold(shared / "gold" / "train.jsonl")
    known = [*gold, *read_further(codes / "further_codes.csv", shared / "programmes-2025")]
    known += read_written(codes / "written_codes.csv")
    print(f"\n{'left out':<20}" + "".join(f"{name + '  [95 %]  n':>27}" for name in SCORES))
    for doc in sorted({one.doc for one in gold}):
        own = [one for one in gold if one.doc == doc]
        segments = [one.segment for one in own]
        if ligatures_lost([segment.text for segment in segments]) == "none":
            continue
        others = [one for one in known if one.doc != doc]
        prepared = prepare([*others, *standing_alone(others, every=3)])
        fitted, network = fit_models(prepared), fit_network(prepared)
        for label, read in (("as given", segments), ("mended", mend_segments(segments)[0])):
            row(label, list(zip(own, find_with(fitted, read, network=network), strict=True)))


def main(arguments: list[str]) -> int:
    """Damage, mend and print; return the exit status."""
    codes = ROOT / "models" / "measures" / "written_codes.csv"
    folder = ROOT / "corpora" / "distrikt" / "texts"
    texts = {
        "distrikt": [
            line
            for path in sorted([*folder.glob("*.txt"), *folder.glob("*.md")])
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
    }
    if codes.is_file():
        texts["written"] = [one.segment.text for one in read_written(codes)][::5]
    if not any(texts.values()):
        print(f"nothing to measure: no text in {folder}", file=sys.stderr)
        return 1
    print(f"{'lost':<32}{'text':<10}{'damaged':>9}{'put right':>10}{'changed':>9}{'right':>7}{'in part':>9}{'sec':>5}")
    for way, (ligatures, left) in WAYS.items():
        for name, lines in texts.items():
            began = time.perf_counter()
            found = measure(lines, ligatures, left)
            seconds = time.perf_counter() - began
            shares = found.restored / found.damaged, found.right / found.edits, found.in_part / found.edits
            print(
                f"{way:<32}{name:<10}{found.damaged:>9,}{shares[0]:>10.3f}{found.edits:>9,}"
                f"{shares[1]:>7.3f}{shares[2]:>9.3f}{seconds:>5.0f}"
            )
            if "--wrong" in arguments:
                print("\n".join(f"    {a} → {b} ({c})" for a, b, c in found.wrong[:60]))
    for argument in [one for one in arguments if not one.startswith("--")][:1]:
        print(f"\n{'document':<32}{'segments':>9}{'lost':>9}{'changed if mended':>19}")
        for name, segments in documents(Path(argument)):
            changed = sum(len(put_back(text).edits) for text in segments)
            print(f"{name:<32}{len(segments):>9,}{ligatures_lost(segments):>9}{changed:>19,}")
        if "--measures" in arguments:
            effect(Path(argument))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
