"""Accuracy of Norwegian pipelines for Bokmål and Nynorsk apart, from gold tokens and from raw text.

    python benchmarks/language_accuracy.py [PIPELINE …]

A pipeline is a name that `policytext.language.load` takes; policytext's own when omitted. Reads the development part
of the treebank (../shared/treebank), or the files TREEBANK_SPLIT names (such as ``test``), in documents of ten
sentences. Raw text is scored after alignment, as spaCy does.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from policytext.language import load
from policytext.language.treebank import read_docs

TREEBANK = Path(__file__).parents[1] / ".." / "shared" / "treebank"
SCORES = {
    "UPOS": "pos_acc",
    "features": "morph_acc",
    "lemma": "lemma_acc",
    "UAS": "dep_uas",
    "LAS": "dep_las",
    "sentence F1": "sents_f",
    "entities F1": "ents_f",
    "token F1": "token_f",
}


def main(names: list[str]) -> int:
    """Print the table; 1 when there is nothing to measure."""
    split = os.environ.get("TREEBANK_SPLIT", "dev")
    files = {form: TREEBANK / f"{form}-{split}.conllu.gz" for form in ("nb", "nn")}
    if not all(path.is_file() for path in files.values()):
        print(f"no {split} part of the treebank in ../shared/treebank", file=sys.stderr)
        return 1
    heads = "".join(f"{name:>13}" for name in SCORES)
    print(f"{'pipeline':24}{'input':8}{'form':6}{heads}{'words':>8}{'words/s':>9}")
    for name in names or ["no_policytext_sm"]:
        nlp = load(name)
        for source in ("gold", "raw"):
            for form, path in files.items():
                gold = list(read_docs(path, nlp.vocab))
                words = sum(map(len, gold))
                start = time.process_time()
                if source == "gold":
                    bare = (
                        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
                        for doc in gold
                    )
                    found = list(nlp.pipe(bare))
                else:
                    found = list(nlp.pipe(doc.text for doc in gold))
                speed = words / (time.process_time() - start)
                scores = Scorer(nlp).score([Example(a, b) for a, b in zip(found, gold, strict=True)])
                cells = "".join(f"{scores.get(key) or 0.0:13.4f}" for key in SCORES.values())
                print(f"{name[-23:]:24}{source:8}{form:6}{cells}{words:8}{speed:9,.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
