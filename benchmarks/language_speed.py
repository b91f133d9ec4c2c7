"""Words per second of the Norwegian pipeline beside spaCy's default: python benchmarks/language_speed.py.

One process, CPU time, the best of three runs over the development part of the treebank (../shared/treebank) as raw
text. spaCy's default is the pipeline of `spacy init config --optimize efficiency` for the same components, briefly
trained on the same text: only its speed is meant.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.training.initialize import init_nlp

from policytext.language import detect_forms, load, terms
from policytext.language.treebank import read_docs

TREEBANK = Path(__file__).parents[1] / ".." / "shared" / "treebank"
RUNS = 3


def default_pipeline(gold: list[Doc]) -> Language:
    """Return spaCy's default efficiency pipeline, initialised and briefly trained on `gold`."""
    from spacy.util import registry

    def read() -> Callable[[Language], list[Example]]:
        def examples(nlp: Language) -> list[Example]:
            return [
                Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)
                for doc in gold
            ]

        return examples

    registry.readers.register("policytext.speed.v1", func=read)
    names = ["morphologizer", "trainable_lemmatizer", "parser", "ner"]
    config = init_config(lang="nb", pipeline=names, optimize="efficiency")
    config["corpora"] = {split: {"@readers": "policytext.speed.v1"} for split in ("train", "dev")}
    nlp = init_nlp(config)
    optimiser = nlp.resume_training()
    for example in read()(nlp)[:150]:
        nlp.update([example], sgd=optimiser)
    return nlp


def best(run: Callable[[], object], words: int) -> float:
    """Return words per second of CPU time, best of `RUNS`."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return words / min(times)


def main() -> int:
    """Print the table; 1 when there is nothing to measure."""
    paths = [TREEBANK / f"{form}-dev.conllu.gz" for form in ("nb", "nn")]
    if not all(path.is_file() for path in paths):
        print("no development part of the treebank in ../shared/treebank", file=sys.stderr)
        return 1
    nlp = load()
    gold = [doc for path in paths for doc in list(read_docs(path, spacy.blank("nb").vocab))[:60]]
    texts = [doc.text for doc in gold]
    words = sum(map(len, gold))
    default = default_pipeline(gold)
    runs: list[tuple[str, Callable[[], object]]] = [
        ("spaCy default (efficiency), all components", lambda: list(default.pipe(texts))),
        ("no_policytext_sm, all components", lambda: list(nlp.pipe(texts))),
        ("no_policytext_sm, no names", lambda: list(nlp.pipe(texts, disable=["ner"]))),
        ("no_policytext_sm, features and lemmas", lambda: list(nlp.pipe(texts, disable=["ner", "parser"]))),
        ("spaCy's nb tokeniser", lambda: [default.make_doc(text) for text in texts]),
        ("policytext's tokeniser", lambda: [nlp.make_doc(text) for text in texts]),
        ("detect_forms, words met before", lambda: detect_forms(texts)),
        ("terms, words met before", lambda: [terms(text) for text in texts]),
    ]
    print(f"{words} words, {len(texts)} texts\n{'':45}{'words/s':>12}")
    for name, run in runs:
        print(f"{name:45}{best(run, words):12,.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
