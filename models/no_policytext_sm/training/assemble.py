"""Put the pipeline together: python assemble.py TRAINED TREEBANK_FOLDER [TARGET].

Takes what `spacy train` wrote (tok2vec, morphologizer, parser, ner), sets policytext's tokeniser, adds the lemmatiser
learnt from the treebank's training part, drops the words of the training text from the string store and saves.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy
from conventions import read_training

from policytext.language import (  # noqa: F401  (register what the pipeline needs)
    embedding,
    norwegian,
    places,
    shared_layer,
    transitions,
)
from policytext.language.lemmatiser import NAME
from policytext.language.tokeniser import NorwegianTokeniser

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
    nlp.add_pipe(places.NAME, after="ner")
    nlp.to_disk(target)
    strings = target / "vocab" / "strings.json"
    labels = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ())}
    labels |= {part for label in labels for part in label.replace("=", "|").split("|")} | set(labels)
    stored = json.loads(strings.read_text(encoding="utf-8"))
    kept = [each for each in stored if each in labels or "=" in each or each.startswith(("B-", "I-"))]
    strings.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parents[1])
