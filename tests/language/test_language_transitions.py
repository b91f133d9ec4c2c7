"""The parser and entity recogniser with the faster loop, and the shared layer at half precision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from policytext.language import norwegian, shared_layer, transitions  # noqa: F401  (registers the language)
from policytext.language.shared_layer import grouped, halve, widen

TEXTS = [
    "Kari Nordmann bor i Fjellvik.",
    "Vi vil bygge ut ferga. Den skal gå hver time!",
    "",
    "Nei",
    "Ola eig ein båt.",
]


def trained(parser: str, recogniser: str) -> spacy.language.Language:
    """A small pipeline after a few steps: enough for trees and names that are not empty."""
    nlp = spacy.blank("no")
    nlp.add_pipe(parser, name="parser", config={"min_action_freq": 1})
    nlp.add_pipe(recogniser, name="ner")
    gold = {
        "heads": [1, 2, 2, 4, 2, 2],
        "deps": ["compound", "nsubj", "ROOT", "case", "obl", "punct"],
        "entities": ["B-PER", "L-PER", "O", "O", "U-LOC", "O"],
    }
    examples = [Example.from_dict(nlp.make_doc(TEXTS[0]), gold)]
    spacy.util.fix_random_seed(3)
    optimiser = nlp.initialize(lambda: examples)
    for _ in range(25):
        nlp.update(examples, sgd=optimiser)
    return nlp


@pytest.fixture(scope="module")
def pair() -> tuple[spacy.language.Language, spacy.language.Language]:
    """spaCy's own components and ours with the same weights."""
    plain = trained("parser", "ner")
    ours = trained(transitions.PARSER, transitions.RECOGNISER)
    for name in ("parser", "ner"):
        ours.get_pipe(name).from_bytes(plain.get_pipe(name).to_bytes())
    return plain, ours


def found(doc: Any) -> list[tuple[str, int, str, bool, str, str]]:
    return [(t.text, t.head.i, t.dep_, bool(t.is_sent_start), t.ent_iob_, t.ent_type_) for t in doc]


@pytest.mark.parametrize("text", TEXTS, ids=["names", "two-sentences", "empty", "one-word", "nynorsk"])
def test_trees_and_names_are_those_of_spacys_own_loop(
    pair: tuple[spacy.language.Language, spacy.language.Language], text: str
) -> None:
    plain, ours = pair
    assert found(ours(text)) == found(plain(text))


def test_batches_with_empty_documents(pair: tuple[spacy.language.Language, spacy.language.Language]) -> None:
    plain, ours = pair
    assert list(map(found, ours.pipe(TEXTS))) == list(map(found, plain.pipe(TEXTS)))
    assert list(map(found, ours.pipe(["", ""]))) == [[], []]


def test_more_words_than_are_taken_at_once(
    pair: tuple[spacy.language.Language, spacy.language.Language], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, ours = pair
    monkeypatch.setattr(transitions, "WORDS_AT_ONCE", 6)
    texts = [*TEXTS, "", *TEXTS, ""]
    assert list(map(found, ours.pipe(texts))) == list(map(found, plain.pipe(texts)))


def test_the_training_sentence_is_learnt(pair: tuple[spacy.language.Language, spacy.language.Language]) -> None:
    assert [(name.text, name.label_) for name in pair[1](TEXTS[0]).ents] == [
        ("Kari Nordmann", "PER"),
        ("Fjellvik", "LOC"),
    ]


@pytest.fixture
def layer() -> spacy.language.Language:
    nlp = spacy.blank("no")
    nlp.add_pipe(shared_layer.NAME, name="tok2vec")
    nlp.initialize()
    return nlp


def weights(nlp: spacy.language.Language) -> list[Any]:
    model = nlp.get_pipe("tok2vec").model
    return [node.get_param(name) for node in model.walk() for name in node.param_names if node.has_param(name)]


def test_the_shared_layer_takes_half_the_space_and_keeps_its_weights(
    layer: spacy.language.Language, tmp_path: Path
) -> None:
    layer.to_disk(tmp_path / "half")
    whole = len(layer.get_pipe("tok2vec").model.to_bytes())
    assert (tmp_path / "half" / "tok2vec" / "model").stat().st_size < 0.6 * whole
    again = spacy.load(tmp_path / "half")
    for before, after in zip(weights(layer), weights(again), strict=True):
        assert after.dtype == np.float32
        assert np.allclose(before, after, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    ("lengths", "groups"),
    [([3, 3, 3], [2, 1]), ([9, 1], [1, 1]), ([0, 0, 2], [3]), ([], [])],
    ids=["fills", "long", "empty-documents", "none"],
)
def test_documents_are_grouped_by_words(lengths: list[int], groups: list[int]) -> None:
    docs = [Doc(spacy.blank("no").vocab, words=["a"] * length) for length in lengths]
    assert [len(group) for group in grouped(docs, 4)] == groups


def test_the_shared_layer_reads_what_spacys_tok2vec_saved(layer: spacy.language.Language, tmp_path: Path) -> None:
    plain = spacy.blank("no")
    plain.add_pipe("tok2vec")
    plain.initialize()
    plain.get_pipe("tok2vec").to_disk(tmp_path / "plain")
    layer.get_pipe("tok2vec").from_disk(tmp_path / "plain")
    assert all(np.array_equal(a, b) for a, b in zip(weights(plain), weights(layer), strict=True))


def test_halving_is_undone_by_widening_but_for_precision(layer: spacy.language.Language) -> None:
    stored = layer.get_pipe("tok2vec").model.to_bytes()
    assert halve(widen(halve(stored))) == halve(stored)
    assert widen(stored) == stored
