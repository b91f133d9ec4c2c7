"""What each part of the tagger is worth: python ablate.py WORK [NAME …].

WORK is what `prepare.py` wrote, with the vectors in WORK/vectors. Trains the shared layer and the morphologizer alone
from scratch on three rounds of the training text (minutes each), one setting after another, and prints parts of speech
and features on the whole development parts, gold tokens. For `old-convention` WORK needs train-old.spacy, written with
`conventions.harmonised` returning its argument.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import train_code  # noqa: F401  (registers what the configuration names)
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.util import fix_random_seed, load_config
from thinc.api import Adam, Config

from policytext.language.treebank import read_docs

TREEBANK = Path(__file__).parents[3] / ".." / "shared" / "treebank"
ROUNDS, BATCH, RATE, DROPOUT = 3, 1500, 0.002, 0.15
EMBED, ENCODE = "components.tok2vec.model.embed.", "components.tok2vec.model.encode."
BASE = {ENCODE + "depth": 4, EMBED + "word_dropout": 0.1}
SETTINGS: dict[str, dict[str, Any]] = {
    "base": {},
    "no-inflection": {EMBED + "inflection_rows": None},
    "no-inflection-no-word-dropout": {EMBED + "inflection_rows": None, EMBED + "word_dropout": 0.0},
    "old-convention": {},
    "no-vectors": {EMBED + "vector_width": 0},
    "one-affix": {
        EMBED + "prefixes": [],
        EMBED + "prefix_rows": [],
        EMBED + "suffixes": [3],
        EMBED + "suffix_rows": [3000],
    },
    "depth-2": {ENCODE + "depth": 2},
    "depth-6": {ENCODE + "depth": 6},
    "width-96": {ENCODE + "width": 96, EMBED + "width": 96, "components.morphologizer.model.tok2vec.width": 96},
}


def pipeline(work: Path, text: Path, changes: dict[str, Any]) -> Language:
    """Return the tagger of `train.cfg` with some settings changed, initialised."""
    config = load_config(Path(__file__).parent / "train.cfg", interpolate=False)
    config["nlp"]["pipeline"] = ["tok2vec", "morphologizer"]
    del config["components"]["parser"], config["components"]["ner"]
    for key, value in {**BASE, **changes}.items():
        section = config
        *path, name = key.split(".")
        for part in path:
            section = section[part]
        section[name] = value
    vectors = None if changes.get(EMBED + "vector_width") == 0 else str(work / "vectors")
    config["paths"].update(
        train=str(text), dev=str(work / "dev.spacy"), vectors=vectors, known_words=str(work / "known.txt")
    )
    return init_nlp(Config(config).interpolate())


def example(gold: Doc) -> Example:
    """Return a document without annotation beside its gold one."""
    words, spaces = [token.text for token in gold], [bool(token.whitespace_) for token in gold]
    return Example(Doc(gold.vocab, words=words, spaces=spaces), gold)


def batches(examples: list[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches of about `BATCH` words without end."""
    while True:
        rng.shuffle(examples)
        batch: list[Example] = []
        for each in examples:
            batch.append(each)
            if sum(len(one.x) for one in batch) >= BATCH:
                yield batch
                batch = []


def train(nlp: Language, text: Path) -> Adam:
    """Train for `ROUNDS` rounds, the learning rate falling to zero; return the optimiser with the averaged weights."""
    examples = [example(gold) for gold in DocBin().from_disk(text).get_docs(nlp.vocab)]
    total = ROUNDS * sum(len(each.x) for each in examples)
    optimiser = Adam(RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    seen = 0
    for batch in batches(examples, random.Random(1)):  # noqa: S311
        optimiser.learn_rate = RATE * min(1.0, seen / 60_000 + 0.05) * max(0.0, 1 - seen / total)
        nlp.update(batch, drop=DROPOUT, sgd=optimiser)
        seen += sum(len(each.x) for each in batch)
        if seen >= total:
            return optimiser
    raise AssertionError("batches do not end")


def main(work: Path, names: list[str]) -> None:
    """Print a line for each setting."""
    print(f"{'':32}{'UPOS nb':>10}{'feats nb':>10}{'UPOS nn':>10}{'feats nn':>10}{'seconds':>9}")
    for name in names or list(SETTINGS):
        fix_random_seed(0)
        text = work / ("train-old.spacy" if name == "old-convention" else "train.spacy")
        nlp = pipeline(work, text, SETTINGS[name])
        start = time.process_time()
        optimiser = train(nlp, text)
        seconds = time.process_time() - start
        cells = []
        with nlp.use_params(optimiser.averages):
            for form in ("nb", "nn"):
                gold = list(read_docs(TREEBANK / f"{form}-dev.conllu.gz", nlp.vocab))
                found = nlp.pipe((example(doc).x for doc in gold), batch_size=16)
                pairs = [pair for one, other in zip(gold, found, strict=True) for pair in zip(one, other, strict=True)]
                cells.append(sum(a.pos == b.pos for a, b in pairs) / len(pairs))
                cells.append(sum(str(a.morph) == str(b.morph) for a, b in pairs) / len(pairs))
        print(f"{name:32}{''.join(f'{cell:10.4f}' for cell in cells)}{seconds:9.0f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
