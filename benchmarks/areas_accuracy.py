"""Accuracy of the area classifier, one party left out at a time and on `dev`, beside a bag of words in the same run.

``python benchmarks/areas_accuracy.py [GOLD_FOLDER]``; the folder holds `train.jsonl` and `dev.jsonl`.
Our classifier learns from the segments written for training too and, where the folder of programmes lies beside it,
from the further codes, those of the party left out excepted.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix, f1_score
from sklearn.pipeline import make_pipeline, make_union

from policytext.areas.calibration import calibration_error
from policytext.areas.classifier import AreaClassifier
from policytext.areas.features import words_of
from policytext.areas.lexicon import load_topics
from policytext.measures.codings import read_further, read_written
from policytext.resources import model_path

Row = dict[str, Any]
GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


class BagOfWords:
    """Words (1–2) and letters (2–5) by TF-IDF into a balanced logistic regression: the plain peer."""

    def fit(self, X: list[tuple[str, str]], y: list[str], groups: object = None) -> BagOfWords:  # noqa: N803, ARG002
        """Learn from (heading, text) pairs."""
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        model = LogisticRegression(C=5, class_weight="balanced", max_iter=1000)
        self.model = make_pipeline(make_union(words, letters), model).fit([" ".join(pair) for pair in X], y)
        self.classes_ = self.model.classes_
        return self

    def predict_proba(self, X: list[tuple[str, str]]) -> Any:  # noqa: N803
        """Return probabilities, shape (n, n_classes)."""
        return self.model.predict_proba([" ".join(pair) for pair in X])


def read(path: Path) -> list[Row]:
    """Return the true measures of a gold file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row.get("measure")]


def read_further_rows(programmes: Path) -> list[Row]:
    """Return the written measures, and the further coded ones that have an area where the programmes are present."""
    codes = model_path("measures")
    further = read_written(codes / "written_codes.csv")
    if programmes.is_dir():
        further += read_further(codes / "further_codes.csv", programmes)
    return [
        {"doc": one.doc, "heading": one.segment.heading, "text": one.segment.text, "areas": list(one.areas)}
        for one in further
        if one.areas
    ]


def texts(rows: list[Row], *, headings: bool = True) -> list[tuple[str, str]]:
    """Return (heading, text) pairs."""
    return [(row["heading"] if headings else "", row["text"]) for row in rows]


def predicted(make: Callable[[], Any], train: list[Row], test: list[Row], *, headings: bool = True) -> Any:
    """Train on one set and return the classes and the probabilities on the other."""
    model = make().fit(texts(train), [row["areas"][0] for row in train], groups=[row["doc"] for row in train])
    return model.classes_, model.predict_proba(texts(test, headings=headings))


def describe(name: str, classes: Any, probability: Any, rows: list[Row]) -> None:
    """Print accuracy, macro-F1, calibration error and how the second code fares."""
    truth = np.array([row["areas"][0] for row in rows])
    guess = classes[probability.argmax(axis=1)]
    error = calibration_error(probability.max(axis=1), guess == truth)
    low, high = interval(truth, guess)
    print(
        f"{name:<28} n={len(rows):<5} accuracy {accuracy_score(truth, guess):.3f} [{low:.3f}, {high:.3f}]  "
        f"macro-F1 {f1_score(truth, guess, average='macro'):.3f}  calibration error {error:.3f}"
    )


def interval(truth: Any, guess: Any) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of accuracy."""
    random = np.random.default_rng(0)
    right = truth == guess
    draws = [right[random.integers(0, len(right), len(right))].mean() for _ in range(1000)]
    return float(np.quantile(draws, 0.025)), float(np.quantile(draws, 0.975))


def second(classes: Any, probability: Any, rows: list[Row]) -> None:
    """Print precision, recall and F1 of the second code by threshold, and of the two codes as a set."""
    order = probability.argsort(axis=1)
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        hits = given = gold = both = union = 0
        for row, ranks, p in zip(rows, order, probability, strict=True):
            codes = {str(classes[ranks[-1]])}
            extra = str(classes[ranks[-2]]) if p[ranks[-2]] >= threshold else None
            if extra:
                codes.add(extra)
            given += extra is not None
            gold += len(row["areas"]) > 1
            hits += extra is not None and len(row["areas"]) > 1 and codes == set(row["areas"])
            both += 2 * len(codes & set(row["areas"]))
            union += len(codes) + len(row["areas"])
        print(
            f"  second code from {threshold:.2f}: given {given}, coded {gold}, right pair {hits}, "
            f"F1 of codes {both / union:.3f}"
        )


def lexicon_precision(rows: list[Row]) -> None:
    """Print how often the words of each topic stand in measures of its area."""
    topics = load_topics()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for word in set(words_of(row["text"], topics)):
            for topic in topics.topics_of_pair(*word.split(" ", 1)) if " " in word else topics.topics_of(word):
                found[topic][row["areas"][0]] += 1
    print("\nlexicon: topic, its area, words found in the text of the measures, share of them in measures of the area")
    named = {topic: counts for topic, counts in found.items() if topics.area_of[topic]}
    shares = {topic: counts[topics.area_of[topic]] / counts.total() for topic, counts in named.items()}
    for topic in sorted(shares, key=lambda name: -shares[name]):
        print(f"  {topic:<20} {topics.area_of[topic]:<15} {named[topic].total():>5} {shares[topic]:.2f}")
    total = sum(counts.total() for counts in named.values())
    right = sum(counts[topics.area_of[topic]] for topic, counts in named.items())
    print(f"  all topics of one area: {total} {right / total:.2f}")


def main(gold: Path) -> None:
    """Print the tables."""
    train, dev = read(gold / "train.jsonl"), read(gold / "dev.jsonl")
    if not train or not dev:
        sys.exit(f"{gold} holds no measures: nothing to measure")
    settings = tomllib.loads((model_path("areas") / "config.toml").read_text(encoding="utf-8"))["train"]
    more = read_further_rows(gold.parent / "programmes-2025")
    print(f"{len(train)} measures for training, {len(more)} further ones, {len(dev)} in dev")
    for name, make in (("bag of words", BagOfWords), ("policytext", lambda: AreaClassifier(**settings))):
        learnt = train + more if name == "policytext" else train
        describe(f"{name}, dev", *predicted(make, learnt, dev), dev)
        rows: list[Row] = []
        parts, bare = [], []
        for party in sorted({row["doc"] for row in train}):
            test = [row for row in train + dev if row["doc"] == party]
            rest = [row for row in learnt if row["doc"] != party]
            classes, probability = predicted(make, rest, test)
            describe(f"{name}, without {party}", classes, probability, test)
            rows += test
            parts.append(probability)
            if name == "policytext":
                bare.append(predicted(make, rest, test, headings=False)[1])
        describe(f"{name}, party left out", classes, np.vstack(parts), rows)
        if bare:
            describe(f"{name}, the same, no heading", classes, np.vstack(bare), rows)
    probability = np.vstack(parts)
    truth = [row["areas"][0] for row in rows]
    guess = classes[probability.argmax(axis=1)]
    print("\npolicytext, party left out\n", classification_report(truth, guess, digits=3))
    print("rows coded, columns found:", ", ".join(classes))
    print(confusion_matrix(truth, guess, labels=classes))
    second(classes, probability, rows)
    lexicon_precision(rows)
    print("\nabstaining: share kept and accuracy of the kept")
    right = guess == np.array(truth)
    for limit in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = probability.max(axis=1) >= limit
        print(f"  from {limit:.1f}: {kept.mean():.3f} {right[kept].mean():.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
