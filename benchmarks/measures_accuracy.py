"""Accuracy of the measures stage on hand-coded segments, one party at a time left out of the fitting.

``python benchmarks/measures_accuracy.py [GOLD_FOLDER [PROGRAMMES_FOLDER]]`` fits the models once for each party of
``train.jsonl`` without that party, calibrates them on the other parties left out, and reads the party's own segments
with them. With ``--dev`` it also reads
``dev.jsonl``, whose parties are those of the training set, with the shipped models. Numbers are printed per party and
written form with n and a 95 % bootstrap interval over segments. It exits with 1 when there is nothing to measure.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from policytext.language import mend_segments
from policytext.measures.codings import Coded, read_further, read_gold, read_written, standing_alone
from policytext.measures.find import find_with
from policytext.measures.models import load_measure_models
from policytext.measures.network_training import fit_network
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import LinearModel
from policytext.measures.training import Prepared, calibrate, fit_models, prepare
from policytext.records import Measure

ROOT = Path(__file__).resolve().parent.parent
NYNORSK = frozenset({"Sp"})
RESAMPLES = 1000

Pair = tuple[Coded, tuple[Measure, ...]]


def f1(pairs: Sequence[Pair]) -> float:
    """Return the F1 of «holds a measure»."""
    both = sum(coded.measure and bool(found) for coded, found in pairs)
    either = sum(coded.measure for coded, _ in pairs) + sum(bool(found) for _, found in pairs)
    return 2 * both / either if either else float("nan")


def share(right: Callable[[Pair], bool]) -> Callable[[Sequence[Pair]], float]:
    """Return the share of pairs that are right."""
    return lambda pairs: sum(map(right, pairs)) / len(pairs) if pairs else float("nan")


def kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa of `specific`."""
    gold = np.array([bool(coded.specific) for coded, _ in pairs])
    ours = np.array([found[0].specific for _, found in pairs])
    agreed = float((gold == ours).mean())
    chance = float(gold.mean() * ours.mean() + (1 - gold.mean()) * (1 - ours.mean()))
    return (agreed - chance) / (1 - chance) if chance < 1 else float("nan")


SCORES: dict[str, tuple[str, Callable[[Sequence[Pair]], float]]] = {
    "measure F1": ("random", f1),
    "strength": ("true", share(lambda pair: pair[0].strength == pair[1][0].strength)),
    "specific": ("true", share(lambda pair: pair[0].specific == pair[1][0].specific)),
    "specific kappa": ("true", kappa),
    "direction": ("true", share(lambda pair: pair[0].direction == pair[1][0].direction)),
    "n measures": ("true", share(lambda pair: pair[0].n_measures == len(pair[1]))),
}


def row(label: str, pairs: Sequence[Pair]) -> None:
    """Print one line: each score with n and its interval."""
    random = [pair for pair in pairs if pair[0].stratum == "random"]
    true = [pair for pair in pairs if pair[0].measure and pair[1]]
    cells = []
    for on, score in SCORES.values():
        chosen = random if on == "random" else true
        if not chosen:
            cells.append("-".center(24))
            continue
        generator = np.random.default_rng(0)
        draws = [score([chosen[i] for i in generator.integers(0, len(chosen), len(chosen))]) for _ in range(RESAMPLES)]
        low, high = np.nanpercentile(draws, [2.5, 97.5])
        cells.append(f"{score(chosen):.3f} [{low:.3f}, {high:.3f}] {len(chosen):>4}")
    print(f"{label:<20}" + "".join(f"{cell:>27}" for cell in cells))


def errors(pairs: Sequence[Pair]) -> None:
    """Print how often what goes wrong, over all segments of parties left out."""
    missed = sum(coded.measure and not found for coded, found in pairs)
    false = sum(not coded.measure and bool(found) for coded, found in pairs)
    both = [(coded, found) for coded, found in pairs if coded.measure and found]
    print(f"\nmissed {missed} of {sum(coded.measure for coded, _ in pairs)} measures, {false} false")
    few = sum(len(found) < coded.n_measures for coded, found in both)
    many = sum(len(found) > coded.n_measures for coded, found in both)
    print(f"too few measures {few}, too many {many} of {len(both)}")
    vague = sum(bool(coded.specific) and not found[0].specific for coded, found in both)
    checkable = sum(not coded.specific and found[0].specific for coded, found in both)
    print(f"specific taken for vague {vague}, vague for specific {checkable} of {len(both)}")
    swaps = Counter((coded.direction, found[0].direction) for coded, found in both)
    wrong = [(n, pair) for pair, n in swaps.most_common() if pair[0] != pair[1]]
    print("direction (gold, found): " + ", ".join(f"{gold}, {found}: {n}" for n, (gold, found) in wrong[:8]))


def calibrate_each(fitted: Mapping[str, Mapping[str, LinearModel]], prepared: Sequence[Prepared]) -> None:
    """Calibrate the measure model of each party left out, on the scores of the other parties left out."""
    scores: dict[str, list[float]] = {}
    truth: dict[str, list[bool]] = {}
    for doc, found in fitted.items():
        own = [one for one in prepared if one.coded.doc == doc and one.coded.stratum == "random"]
        scores[doc] = Scorer(found).log_odds("measure", [one.views["measure"] for one in own]).tolist()
        truth[doc] = [one.coded.measure for one in own]
    for doc, found in fitted.items():
        others = [other for other in fitted if other != doc]
        every = np.array([score for other in others for score in scores[other]])
        model = found["measure"]
        model.slope, model.offset = calibrate(every, [code for other in others for code in truth[other]])


def main(arguments: list[str]) -> int:
    """Fit, read and print; return the exit status."""
    folders = [Path(one) for one in arguments if not one.startswith("--")]
    gold = folders[0] if folders else ROOT.parent / "shared" / "gold"
    programmes = folders[1] if len(folders) > 1 else gold.parent / "programmes-2025"
    if not (gold / "train.jsonl").is_file():
        print(f"nothing to measure: {gold / 'train.jsonl'} is not there", file=sys.stderr)
        return 1
    coded = read_gold(gold / "train.jsonl")
    codes = ROOT / "models" / "measures"
    further = read_further(codes / "further_codes.csv", programmes) if programmes.is_dir() else []
    written = read_written(codes / "written_codes.csv")
    known = [*coded, *further, *written]
    prepared = prepare([*known, *standing_alone(known, every=3)])
    print(f"{'left out':<20}" + "".join(f"{name + '  [95 %]  n':>27}" for name in SCORES))
    everything: list[Pair] = []
    forms: dict[str, list[Pair]] = defaultdict(list)
    docs = sorted({one.doc for one in coded})
    fitted = {doc: fit_models([one for one in prepared if one.coded.doc != doc]) for doc in docs}
    calibrate_each(fitted, prepared[: len(coded)])
    for doc in docs:
        apart = fit_network([one for one in prepared if one.coded.doc != doc])
        own = [one for one in coded if one.doc == doc]
        read, _ = mend_segments([one.segment for one in own])
        pairs = list(zip(own, find_with(fitted[doc], read, network=apart), strict=True))
        row(doc, pairs)
        everything += pairs
        forms["nynorsk" if doc in NYNORSK else "bokmål"] += pairs
    for form, pairs in sorted(forms.items()):
        row(form, pairs)
    row("all left out", everything)
    errors(everything)
    if "--dev" in arguments:
        dev = read_gold(gold / "dev.jsonl")
        read, _ = mend_segments([one.segment for one in dev])
        bundled = load_measure_models()
        pairs = list(zip(dev, find_with(bundled.linear, read, network=bundled.network), strict=True))
        row("dev", pairs)
        for form in ("bokmål", "nynorsk"):
            row(f"dev, {form}", [pair for pair in pairs if (pair[0].doc in NYNORSK) == (form == "nynorsk")])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
