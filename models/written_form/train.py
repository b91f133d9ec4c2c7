"""Train what tells Bokmål from Nynorsk: python models/written_form/train.py TREEBANK_FOLDER.

The folder holds nb-train.conllu.gz and nn-train.conllu.gz; only the sentences' texts are read. Needs the word lists of
``simplemma`` and ``spacy-lookups-data``. Prints the share that is right of sentences whose documents were left out.
``--words`` in place of the folder keeps the weights and works out anew the stored scores of the area model's words.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from simplemma.strategies import DefaultDictionaryFactory
from sklearn.linear_model import LogisticRegression

from policytext.areas import load_model
from policytext.language.form_words import (
    KNOTS,
    N_FEATURES,
    N_GROUPS,
    FormModel,
    form_model,
    score_words,
    word_features,
    word_hash,
)
from policytext.language.forms import WORD, scored_words

KINDS_BITS = 22
FOLDS, BLOCKS = 5, 25
WINDOWS = 2
LINE_SCALE = 10.0
LINES_STRENGTH = 10.0


def word_lists() -> dict[str, int]:
    """Return what the lists know of each word: the kinds of `policytext.language.form_words`, without 0."""
    factory = DefaultDictionaryFactory()
    nynorsk = {decoded(form): decoded(lemma) for form, lemma in factory.get_dictionary("nn").items()}
    bokmaal = {decoded(form): decoded(lemma) for form, lemma in factory.get_dictionary("nb").items()}
    source = files("spacy_lookups_data") / "data" / "nb_lemma_exc.json.gz"
    ordbank: dict[str, set[str]] = defaultdict(set)
    for table in json.loads(gzip.decompress(source.read_bytes())).values():
        for form, lemmas in table.items():
            ordbank[form].update(lemmas)
    for lemmas in list(ordbank.values()):
        for lemma in lemmas:
            ordbank[lemma]  # a lemma is a form
    inflections: dict[str, int] = defaultdict(int)
    for lemma in nynorsk.values():
        inflections[lemma] += 1
    in_nynorsk = set(nynorsk) | set(nynorsk.values())
    in_bokmaal = set(bokmaal) | set(bokmaal.values())
    kinds = {}
    for word in sorted(in_nynorsk | in_bokmaal | set(ordbank)):
        if not word.islower():
            continue
        if word in in_nynorsk:
            kinds[word] = 3 if word in ordbank else 5 if word in in_bokmaal else 1
        else:
            kinds[word] = 2 if any(inflections[lemma] > 1 for lemma in ordbank.get(word, ())) else 4
    return kinds


def decoded(text: str | bytes) -> str:
    """Return text, whatever the dictionary holds."""
    return text.decode() if isinstance(text, bytes) else text


def kinds_table(kinds: dict[str, int]) -> np.ndarray:
    """Return the table of kinds by hash; where two words share a hash, the rarer kind stays.

    A word of Bokmål's lists that ends in another word of the lists is left out: its end says enough.
    """
    table = np.zeros(1 << KINDS_BITS, dtype=np.uint8)
    for kind in (4, 3, 2, 5, 1):
        for word, each in kinds.items():
            if each == kind and not (kind == 4 and any(word[cut:] in kinds for cut in range(3, len(word) - 3))):
                table[word_hash(word, len(table))] = kind
    return table


def documents(path: Path) -> list[list[str]]:
    """Return the texts of a treebank file's sentences, document by document."""
    found: list[list[str]] = [[]]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc") and found[-1]:
                found.append([])
            if line.startswith("# text = "):
                found[-1].append(line[9:].strip())
    return found


def sentences(folder: Path) -> list[tuple[int, int, str]]:
    """Return label (1: Nynorsk), fold and text; neighbouring documents share a fold."""
    rows = []
    for label, form in enumerate(("nb", "nn")):
        found = documents(folder / f"{form}-train.conllu.gz")
        total, seen = sum(map(len, found)), 0
        for document in found:
            fold = BLOCKS * seen // total % FOLDS
            rows += [(label, fold, text) for text in document]
            seen += len(document)
    return rows


def logistic(matrix: csr_matrix | np.ndarray, labels: np.ndarray, strength: float) -> LogisticRegression:
    """Return a fitted regression; both forms weigh alike."""
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=300, solver="liblinear", random_state=0)
    return model.fit(matrix, labels)


class Lists:
    """Lists of words as counts of word types, and the types as features and as groups."""

    def __init__(self, lists: list[list[str]], kinds: bytes) -> None:
        self.types = {word: i for i, word in enumerate(sorted({word for words in lists for word in words}))}
        rows = np.repeat(np.arange(len(lists)), [len(words) for words in lists])
        columns = [self.types[word] for words in lists for word in words]
        shape = (len(lists), len(self.types))
        self.counts = csr_matrix((np.ones(len(columns)), (rows, columns)), shape=shape)
        rows, columns, values, self.groups = word_features(list(self.types), kinds)
        self.features = csr_matrix((values, (rows, columns)), shape=(len(self.types), N_FEATURES))

    def bent(self, weights: np.ndarray) -> csr_matrix:
        """Return each type's shares of the knots of its group."""
        raw = np.clip(self.features @ weights, KNOTS[0], KNOTS[-1])
        near = np.column_stack([np.interp(raw, KNOTS, row) for row in np.eye(len(KNOTS))])
        wide = np.zeros((len(near), N_GROUPS * len(KNOTS)))
        columns = self.groups[:, None] * len(KNOTS) + np.arange(len(KNOTS))
        np.put_along_axis(wide, columns, near, axis=1)
        return csr_matrix(wide / LINE_SCALE)


def main(folder: Path) -> None:
    """Write weights.npz beside this script."""
    table = kinds_table(word_lists())
    kinds = table.tobytes()
    rng = random.Random(0)  # noqa: S311
    lists, labels, folds, lengths = [], [], [], []
    for label, fold, text in sentences(folder):
        words = WORD.findall(text)
        if not words:
            continue
        starts = [rng.randrange(len(words)) for _ in range(WINDOWS)]
        for part in (words, *(words[start : start + rng.randint(2, 8)] for start in starts)):
            lists.append(scored_words(part, kinds))
            labels.append(label)
            folds.append(fold)
            lengths.append(len(re.findall(r"[^\W\d_]+", text)) if part is words else 0)
    labels, folds, lengths = np.array(labels), np.array(folds), np.array(lengths)
    data = Lists(lists, kinds)
    held_out = csr_matrix((len(lists), N_GROUPS * len(KNOTS))).tolil()
    for fold in range(FOLDS):
        model = logistic(data.counts[folds != fold] @ data.features, labels[folds != fold], 1.0)
        held_out[folds == fold] = data.counts[folds == fold] @ data.bent(model.coef_[0])
    bent = held_out.tocsr()
    for low, high in ((1, 3), (4, 7), (4, 999), (8, 999)):
        found = np.zeros(len(lists))
        for fold in range(FOLDS):
            model = logistic(bent[folds != fold], labels[folds != fold], LINES_STRENGTH)
            found[folds == fold] = model.predict(bent[folds == fold])
        for label, form in enumerate(("nb", "nn")):
            which = (labels == label) & (lengths >= low) & (lengths <= high)
            print(f"{form} {low}-{high} words: {np.mean(found[which] == label):.4f} ({which.sum()})")
    weights = logistic(data.counts @ data.features, labels, 1.0).coef_[0]
    last = logistic(bent, labels, LINES_STRENGTH)
    lines = (last.coef_[0].reshape(N_GROUPS, -1) / LINE_SCALE).astype(np.float32)
    store(table, weights.astype(np.float16), lines, last.intercept_[0])
    filled, used = np.count_nonzero(table), np.count_nonzero(weights)
    print(f"{len(lists)} texts, {filled} words of the lists, {used} weights")


def store(table: np.ndarray, weights: np.ndarray, lines: np.ndarray, intercept: float) -> None:
    """Write the model, with the finished scores of the words of the area model."""
    kinds = table.tobytes()
    words = load_model()[0].words.split("\n")
    model = FormModel(kinds, weights.astype(np.float32), lines.astype(np.float64), float(intercept), {})
    filled = np.flatnonzero(table)
    gaps = np.diff(filled, prepend=0)
    np.savez_compressed(
        Path(__file__).parent / "weights.npz",
        kinds_bits=np.int64(KINDS_BITS),
        kinds_gaps=gaps.astype(np.uint8 if gaps.max() < 256 else np.uint16),
        kinds=table[filled],
        weights=weights,
        lines=lines,
        intercept=intercept,
        known_words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        known_scores=np.array(score_words(words, model)),
    )


def store_again() -> None:
    """Write the model as it is, with the scores of the present words of the area model."""
    model = form_model()
    table = np.frombuffer(model.kinds, dtype=np.uint8)
    store(table, model.weights.astype(np.float16), model.lines.astype(np.float32), np.float64(model.intercept))


if __name__ == "__main__":
    if sys.argv[1] == "--words":
        store_again()
    else:
        main(Path(sys.argv[1]))
