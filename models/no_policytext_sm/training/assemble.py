"""Put the pipeline together: python assemble.py TRAINED TREEBANK_FOLDER [TARGET].

Takes what `spacy train` wrote (tok2vec, morphologizer, parser, ner), sets policytext's tokeniser, adds the lemmatiser
learnt from the treebank's training part, drops the words of the training text from the string store, saves, and writes
the scores on the development part into meta.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy
from conventions import read_training
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from policytext.language import (  # noqa: F401  (register what the pipeline needs)
    agreement,
    embedding,
    norwegian,
    places,
    shared_layer,
    transitions,
)
from policytext.language.lemmatiser import NAME
from policytext.language.tokeniser import NorwegianTokeniser
from policytext.language.treebank import read_docs

META = {
    "name": "policytext_sm",
    "version": "0.1.0",
    "description": "Norwegian (Bokmål and Nynorsk): tokeniser, features, lemmas, dependencies, sentences, names",
    "author": "The policytext authors",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "UD Norwegian-Bokmaal and Norwegian-Nynorsk (Norwegian Dependency Treebank) with NorNE names",
            "license": "CC BY-SA 4.0",
        },
        {"name": "Party programmes 2025-2029 (for static vectors)", "license": "published texts"},
    ],
}


SCORES = ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f", "ents_f", "token_f")


def performance(nlp: Language, treebank: Path) -> dict[str, dict[str, float]]:
    """Return the scores on the development part of each written form, from raw text."""
    scores = {}
    for form in ("nb", "nn"):
        gold = list(read_docs(treebank / f"{form}-dev.conllu.gz", nlp.vocab))
        found = nlp.pipe(doc.text for doc in gold)
        score = Scorer(nlp).score([Example(one, other) for one, other in zip(found, gold, strict=True)])
        scores[form] = {name: round(score[name], 4) for name in SCORES}
    return scores


def main(trained: Path, treebank: Path, target: Path) -> None:
    """Assemble and save."""
    nlp = spacy.load(trained)
    nlp.tokenizer = NorwegianTokeniser(nlp.vocab)
    nlp.config["nlp"]["tokenizer"] = {"@tokenizers": "policytext.Tokenizer.v1"}
    for section in ("train", "dev", "vectors", "known_words", "start"):
        nlp.config["paths"][section] = None
    nlp.batch_size = nlp.config["nlp"]["batch_size"] = 32  # fits the cache: a third faster than 256
    nlp.meta.update(META)
    nlp.meta.pop("performance", None)
    lemmatiser = nlp.add_pipe(NAME, after="morphologizer")
    lemmatiser.learn(
        (form, cells[1], cells[3], "" if cells[5] == "_" else cells[5], cells[2], cells[0] == "1")
        for form in ("nb", "nn")
        for _, sentence in read_training(treebank / f"{form}-train.conllu.gz")
        for cells in sentence
    )
    nlp.add_pipe(agreement.NAME, after="parser")
    nlp.add_pipe(places.NAME, after="ner")
    nlp.to_disk(target)  # before the development part's words are in the string store
    strings = target / "vocab" / "strings.json"
    labels = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ())}
    labels |= {part for label in labels for part in label.replace("=", "|").split("|")} | set(labels)
    stored = json.loads(strings.read_text(encoding="utf-8"))
    kept = [each for each in stored if each in labels or "=" in each or each.startswith(("B-", "I-"))]
    strings.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    meta = target / "meta.json"
    described = {**json.loads(meta.read_text(encoding="utf-8")), "performance": performance(nlp, treebank)}
    meta.write_text(json.dumps(described, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parents[1])
