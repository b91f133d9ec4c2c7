"""Prepare what `spacy train` reads: python prepare.py TREEBANK_FOLDER PROGRAMME_FOLDER OUT.

Writes train.spacy (both written forms, one convention, shuffled documents of one to eight neighbouring sentences),
dev.spacy (100 documents of the development parts, for choosing checkpoints), known.txt (words seen at least twice),
vectors.txt (lower-case text with digits as zero) and vectors.floret (static vectors trained on it).
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path

import floret
import pypdfium2
import spacy
from conventions import read_training
from spacy.tokens import DocBin

from policytext.language.treebank import Sentence, read_docs, to_doc

FORMS = ("nb", "nn")
LONGEST = 8
ATTRS = ["ORTH", "SPACY", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE"]
DIGIT = re.compile(r"\d")


def grouped(path: Path, rng: random.Random) -> list[list[Sentence]]:
    """Return groups of one to `LONGEST` sentences of the same source document."""
    groups: list[list[Sentence]] = []
    room = 0
    for opens, sentence in read_training(path):
        if opens or room == 0:
            groups.append([])
            room = rng.randint(1, LONGEST)
        groups[-1].append(sentence)
        room -= 1
    return groups


def main(treebank: Path, programmes: Path, out: Path) -> None:
    """Write the five files."""
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)  # noqa: S311
    vocab = spacy.blank("nb").vocab
    train = [to_doc(vocab, group) for form in FORMS for group in grouped(treebank / f"{form}-train.conllu.gz", rng)]
    rng.shuffle(train)
    DocBin(attrs=ATTRS, docs=train).to_disk(out / "train.spacy")
    dev = [doc for form in FORMS for doc in read_docs(treebank / f"{form}-dev.conllu.gz", vocab)]
    rng.shuffle(dev)
    DocBin(attrs=ATTRS, docs=dev[:100]).to_disk(out / "dev.spacy")
    counts: Counter[str] = Counter()
    tokenise = spacy.blank("nb").make_doc
    with (out / "vectors.txt").open("w", encoding="utf-8") as text:
        for doc in train:
            words = [DIGIT.sub("0", token.text.lower()) for token in doc]
            counts.update(words)
            text.write(" ".join(words) + "\n")
        for path in sorted(programmes.glob("*.pdf")):
            for page in pypdfium2.PdfDocument(path):
                content = page.get_textpage().get_text_range().replace("\ufffe", "").replace("\x02", "")
                content = re.sub(r"\s+", " ", re.sub(r"-\r?\n(?=[a-zæøå])", "", content))
                text.write(" ".join(DIGIT.sub("0", token.text.lower()) for token in tokenise(content)) + "\n")
    (out / "known.txt").write_text("\n".join(sorted(w for w, n in counts.items() if n > 1)), encoding="utf-8")
    model = floret.train_unsupervised(
        str(out / "vectors.txt"),
        model="cbow",
        mode="floret",
        dim=64,
        bucket=16000,
        hashCount=2,
        minn=3,
        maxn=5,
        minCount=2,
        epoch=30,
        neg=10,
        thread=1,
    )
    model.save_floret_vectors(str(out / "vectors.floret"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
