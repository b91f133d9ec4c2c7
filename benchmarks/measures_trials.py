"""Trials of the measures stage: items standing alone, what each lot of codes is worth, phrases without a verb.

``python benchmarks/measures_trials.py [--alone] [--lots] [--phrases] [GOLD_FOLDER [PROGRAMMES_FOLDER]]`` makes the
trials asked for, all three when none is:

- ``--alone``: list items that promise by their introducing line, shown without it, of parties left out of the fitting;
  once with such items in the training, as shipped, and once without them.
- ``--lots``: the scores of ``measures_accuracy.py`` on parties left out, fitted on the hand-coded segments alone, with
  the further codes, with the written segments, and with both.
- ``--phrases``: the phrases of ``measures_phrases.csv``, read with the shipped models: those without a verb as
  paragraphs without heading, the others as items under «vil:», where a noun may look like an infinitive («Hamna er
  stengd»). It needs no other folder.

It exits with 1 when there is nothing to measure.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from measures_accuracy import ROOT, SCORES, Pair, calibrate_each, f1, row

from policytext.language import mend_segments
from policytext.measures.codings import Coded, read_further, read_gold, read_written, standing_alone
from policytext.measures.find import find_measures, find_with
from policytext.measures.network_training import fit_network
from policytext.measures.training import Prepared, fit_models, prepare
from policytext.records import Segment

CODES = ROOT / "models" / "measures"
PHRASES = Path(__file__).with_name("measures_phrases.csv")
ALONE_EVERY = 3
"""One of so many items is shown alone, as in ``models/measures/train.py``."""


def left_out(
    prepared: Sequence[Prepared], gold: Sequence[Coded], asked: Sequence[Coded], *, networks: bool
) -> list[Pair]:
    """Return the `asked` segments with the measures that models fitted without their party find, party by party.

    `prepared` begins with the `gold` segments. Networks decide on no more than what a measure is like.
    """
    pairs: list[Pair] = []
    docs = sorted({one.doc for one in gold})
    fitted = {doc: fit_models([one for one in prepared if one.coded.doc != doc]) for doc in docs}
    calibrate_each(fitted, prepared[: len(gold)])
    for doc in docs:
        network = fit_network([one for one in prepared if one.coded.doc != doc]) if networks else None
        own = [one for one in asked if one.doc == doc]
        read, _ = mend_segments([one.segment for one in own])
        pairs += zip(own, find_with(fitted[doc], read, network=network), strict=True)
    return pairs


def with_alone(coded: Sequence[Coded]) -> list[Prepared]:
    """Return the segments prepared, and their list items once more as they stand alone."""
    return prepare([*coded, *standing_alone(coded, every=ALONE_EVERY)])


def try_alone(gold: Sequence[Coded], known: Sequence[Coded]) -> None:
    """Print how many items standing alone are found, and what showing them costs elsewhere."""
    alone = standing_alone(gold)
    random = [one for one in gold if one.stratum == "random"]
    prepared = with_alone(known)
    print("\nItems standing alone, parties left out")
    print(f"{'trained':<24}{'found':>8}{'of':>6}{'share':>8}{'F1, random':>12}{'n':>6}")
    for label, chosen in (("with items alone", prepared), ("without", prepared[: len(known)])):
        pairs = left_out(chosen, gold, [*alone, *random], networks=False)
        found = sum(bool(measures) for coded, measures in pairs if coded.stratum == "alone")
        rest = [pair for pair in pairs if pair[0].stratum != "alone"]
        print(f"{label:<24}{found:>8}{len(alone):>6}{found / len(alone):>8.3f}{f1(rest):>12.3f}{len(rest):>6}")


def try_lots(gold: Sequence[Coded], further: Sequence[Coded], written: Sequence[Coded]) -> None:
    """Print the scores on parties left out with each lot of codes in the training."""
    print(f"\nWhat each lot of codes is worth, parties left out\n{'trained on':<20}", end="")
    print("".join(f"{name + '  [95 %]  n':>27}" for name in SCORES))
    lots = {
        "hand-coded": gold,
        "+ further": [*gold, *further],
        "+ written": [*gold, *written],
        "+ both": [*gold, *further, *written],
    }
    for label, lot in lots.items():
        if len(lot) > len(gold) or label == "hand-coded":
            row(f"{label}, {len(lot)}", left_out(with_alone(lot), gold, gold, networks=True))


def read_phrases(path: Path) -> list[tuple[Segment, str, bool]]:
    """Return each phrase as a segment, with its group and whether it promises."""
    found = []
    with path.open(encoding="utf-8", newline="") as handle:
        for number, one in enumerate(csv.DictReader(handle)):
            text, intro, promises = one["text"], one["intro"], one["measure"] == "true"
            kind = "item" if intro else "paragraph"
            segment = Segment("trial", str(number), kind, text, 0, len(text), intro=intro)
            group = (
                ("promise" if promises else "fact") if intro else ("promise, no verb" if promises else "like a heading")
            )
            found.append((segment, f"{group}, {one['form']}", promises))
    return found


def try_phrases(known: Sequence[Coded]) -> None:
    """Print how many phrases that promise are found, and how many others are taken for one."""
    phrases = read_phrases(PHRASES)
    trained = {one.segment.text.strip(" .").lower() for one in known}
    seen = [one.text for one, _, _ in phrases if one.text.strip(" .").lower() in trained]
    if seen:
        sys.exit(f"{PHRASES.name} holds phrases that the models were trained on: {'; '.join(seen)}")
    found = list(map(bool, find_measures([one for one, _, _ in phrases], [()] * len(phrases))))
    tried = [(*phrase, hit) for phrase, hit in zip(phrases, found, strict=True)]
    print("\nPhrases without a verb, list or heading, and items under «vil:», shipped models")
    print(f"{'':<24}{'taken for a measure':>22}{'of':>5}")
    for group in dict.fromkeys(group for _, group, _ in phrases):
        own = [hit for _, of, _, hit in tried if of == group]
        print(f"{group:<24}{sum(own):>22}{len(own):>5}")
    print("missed:", "; ".join(one.text for one, _, wanted, hit in tried if wanted and not hit) or "none")
    print("taken for one:", "; ".join(one.text for one, _, wanted, hit in tried if hit and not wanted) or "none")


def main() -> int:
    """Make the trials that were asked for; return the exit status."""
    parser = argparse.ArgumentParser(description="Trials of the measures stage; all three when none is asked for.")
    for name in ("alone", "lots", "phrases"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("gold", nargs="?", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("programmes", nargs="?", type=Path)
    asked = parser.parse_args()
    every = not (asked.alone or asked.lots or asked.phrases)
    written = read_written(CODES / "written_codes.csv")
    if asked.phrases or every:
        try_phrases(written)
    if not (asked.alone or asked.lots or every):
        return 0
    if not (asked.gold / "train.jsonl").is_file():
        print(f"nothing to measure: {asked.gold / 'train.jsonl'} is not there", file=sys.stderr)
        return 1
    gold = read_gold(asked.gold / "train.jsonl")
    programmes = asked.programmes or asked.gold.parent / "programmes-2025"
    further = read_further(CODES / "further_codes.csv", programmes) if programmes.is_dir() else []
    if asked.alone or every:
        try_alone(gold, [*gold, *further, *written])
    if asked.lots or every:
        try_lots(gold, further, written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
