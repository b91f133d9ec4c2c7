"""The same promises and facts in Bokmål and in Nynorsk, found and coded alike or not.

``python benchmarks/measures_pairs.py [--differences]`` reads the pairs of sentences of ``measures_pairs.csv`` with the
shipped models and prints, for each written form, precision, recall and F1 of what is a measure, with Wilson's intervals
for the two shares, and how many pairs of found measures have the same verb and codes. The sentences were written for
this by a language model, a third of the Nynorsk ones in conservative forms; those of list items stand under «Vi vil:»
or «Me vil:». With ``--differences`` each pair that is found in one form only is printed. It exits with 1 when the
models were trained on a sentence, or when there is nothing to measure.
"""

import csv
import sys
from pathlib import Path

from policytext.compare.resampling import wilson
from policytext.measures.codings import read_written
from policytext.measures.find import find_measures
from policytext.records import Measure, Segment

ROOT = Path(__file__).resolve().parent.parent
PAIRS = Path(__file__).with_name("measures_pairs.csv")
FORMS = {"bokmaal": "Vi vil:", "nynorsk": "Me vil:"}
CODES = ("verb", "strength", "specific", "direction")


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Return the rows of the table: the sentence in both forms, whether a list item, whether a measure."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def found_in(form: str, pairs: list[dict[str, str]]) -> list[tuple[Measure, ...]]:
    """Return the measures of each pair's sentence in one written form."""
    segments = [
        Segment(
            f"{form}-{number}",
            f"{form}-{number}",
            "item" if pair["item"] == "true" else "paragraph",
            pair[form],
            0,
            len(pair[form]),
            heading="",
            intro=FORMS[form] if pair["item"] == "true" else "",
        )
        for number, pair in enumerate(pairs)
    ]
    return find_measures(segments, [()] * len(segments))


def share(right: int, of: int) -> str:
    """Return a share with its interval."""
    low, high = wilson(right, of)
    return f"{right / of:.3f} [{low:.3f}, {high:.3f}]"


def main(differences: bool) -> None:
    """Print the tables."""
    pairs = read_pairs(PAIRS)
    trained = {one.segment.text for one in read_written(ROOT / "models" / "measures" / "written_codes.csv")}
    known = [pair[form] for pair in pairs for form in FORMS if pair[form] in trained]
    if not pairs or known:
        sys.exit(f"nothing to measure, or sentences that the models were trained on: {'; '.join(known)}")
    truth = [pair["measure"] == "true" for pair in pairs]
    found = {form: found_in(form, pairs) for form in FORMS}
    print(f"{'form':10}{'n':>6}{'measures':>10}  {'precision':24}{'recall':24}{'F1':>6}")
    for form, measures in found.items():
        hits = sum(bool(own) and true for own, true in zip(measures, truth, strict=True))
        taken, true = sum(map(bool, measures)), sum(truth)
        f1 = 2 * hits / (taken + true)
        print(f"{form:10}{len(pairs):6}{true:10}  {share(hits, taken):24}{share(hits, true):24}{f1:6.3f}")
    both = [
        (first[0], second[0])
        for first, second, true in zip(*found.values(), truth, strict=True)
        if first and second and true
    ]
    print(f"\nof {len(both)} measures found in both forms the same")
    for code in CODES:
        same = sum(getattr(first, code) == getattr(second, code) for first, second in both)
        print(f"  {code:12}{share(same, len(both))}")
    if differences:
        for pair, first, second in zip(pairs, *found.values(), strict=True):
            if bool(first) != bool(second):
                where = "bokmaal" if first else "nynorsk"
                print(f"{pair['measure']:6}{where} only: {pair['bokmaal']} | {pair['nynorsk']}")


if __name__ == "__main__":
    main("--differences" in sys.argv[1:])
