"""Train the weights that tell Bokmål from Nynorsk: python models/written_form/train.py TREEBANK_FOLDER.

The folder holds nb-train.conllu.gz and nn-train.conllu.gz; only the sentences' texts are read.
"""

from __future__ import annotations

import gzip
import random
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from policytext.language.forms import scored_words, word_features

N_FEATURES = 1 << 17


def sentences(path: Path) -> list[str]:
    """Return the texts of a treebank file's sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line[9:].strip() for line in lines if line.startswith("# text = ")]


def matrix(word_lists: list[list[str]]) -> csr_matrix:
    """Rows of counted features: (texts, types) times (types, features)."""
    types = {word: index for index, word in enumerate(sorted({w for words in word_lists for w in words}))}
    rows = np.repeat(np.arange(len(word_lists)), [len(words) for words in word_lists])
    columns = [types[word] for words in word_lists for word in words]
    counts = csr_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(word_lists), len(types)))
    features = [word_features(word, N_FEATURES) for word in types]
    rows = np.repeat(np.arange(len(features)), [len(columns) for columns, _ in features])
    columns = [column for each, _ in features for column in each]
    values = [value for _, each in features for value in each]
    return counts @ csr_matrix((values, (rows, columns)), shape=(len(types), N_FEATURES))


def main(folder: Path) -> None:
    """Write weights.npz beside this script."""
    rng = random.Random(0)  # noqa: S311
    texts, labels = [], []
    for label, form in enumerate(("nb", "nn")):
        for sentence in sentences(folder / f"{form}-train.conllu.gz"):
            words = scored_words(sentence)
            if not words:
                continue
            starts = [rng.randrange(len(words)) for _ in range(2)]
            for part in (words, *(words[start : start + rng.randint(2, 8)] for start in starts)):
                texts.append(part)
                labels.append(label)
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=300, solver="liblinear", random_state=0)
    model.fit(matrix(texts), labels)
    weights = model.coef_[0].astype(np.float16)
    intercept = model.intercept_[0]
    np.savez_compressed(Path(__file__).parent / "weights.npz", weights=weights, intercept=intercept)
    print(f"{len(texts)} texts, {np.count_nonzero(weights)} weights, intercept {intercept:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
