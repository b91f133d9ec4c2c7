"""The shipped pipeline: that it loads, does its work on our own sentences in both forms, and keeps what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from policytext.language import load
from policytext.resources import model_path

SHIPPED = (model_path("no_policytext_sm") / "config.cfg").is_file()
pytestmark = pytest.mark.skipif(not SHIPPED, reason="the trained weights are not in this checkout")


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return load()


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Kommunen skal bygge en ny skole.", "NOUN AUX VERB DET ADJ NOUN PUNCT"),
        ("Kommunen skal byggje ein ny skule.", "NOUN AUX VERB DET ADJ NOUN PUNCT"),
        ("Vi vil ikke selge kraftverket.", "PRON AUX PART VERB NOUN PUNCT"),
        ("Me vil ikkje selje kraftverket.", "PRON AUX PART VERB NOUN PUNCT"),
    ],
)
def test_parts_of_speech(nlp: spacy.language.Language, text: str, tags: str) -> None:
    assert " ".join(token.pos_ for token in nlp(text)) == tags


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Skolene trenger flere lærere.", ["skole", "trenge"]),
        ("Skulane treng fleire lærarar.", ["skule", "trenge"]),
        ("Prisene økte kraftig.", ["pris", "øke"]),
    ],
)
def test_lemmas(nlp: spacy.language.Language, text: str, lemmas: list[str]) -> None:
    assert [token.lemma_ for token in nlp(text)][: len(lemmas)] == lemmas


def test_sentences_roots_and_subjects(nlp: spacy.language.Language) -> None:
    doc = nlp("Regjeringen kuttet støtten. Nå krever bygdene svar.")
    assert [sentence.root.text for sentence in doc.sents] == ["kuttet", "krever"]
    assert [token.text for token in doc if token.dep_ == "nsubj"] == ["Regjeringen", "bygdene"]


def test_names(nlp: spacy.language.Language) -> None:
    doc = nlp("Statsminister Kari Nordmann besøkte Bergen i går.")
    assert {"Kari Nordmann", "Bergen"} <= {name.text for name in doc.ents}


def test_components_that_are_excluded_do_not_run() -> None:
    small = load(exclude=("parser", "ner"))
    assert small.pipe_names == ["tok2vec", "morphologizer", "policytext_lemmatiser"]


def test_batches_give_the_same_as_single_texts(nlp: spacy.language.Language) -> None:
    texts = ["Vi vil styrke skolen.", "", "Me vil styrkje skulen.", "Kystpartiet Nordlys sier nei."]
    together = [[(t.text, t.pos_, t.lemma_, t.dep_) for t in doc] for doc in nlp.pipe(texts)]
    assert together == [[(t.text, t.pos_, t.lemma_, t.dep_) for t in nlp(text)] for text in texts]


def test_the_model_takes_at_most_fifteen_megabytes() -> None:
    folder = model_path("no_policytext_sm")
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 15_000_000


def test_no_pickle_and_no_words_of_the_training_text_in_the_string_store() -> None:
    folder = model_path("no_policytext_sm")
    assert not list(folder.rglob("*.pkl"))
    assert (folder / "vocab" / "strings.json").stat().st_size < 60_000


@pytest.mark.shared
@pytest.mark.parametrize(
    ("form", "least"),
    [
        (
            "nb",
            {
                "pos_acc": 0.977,
                "morph_acc": 0.969,
                "lemma_acc": 0.984,
                "dep_las": 0.878,
                "sents_f": 0.958,
                "ents_f": 0.765,
            },
        ),
        (
            "nn",
            {
                "pos_acc": 0.971,
                "morph_acc": 0.962,
                "lemma_acc": 0.979,
                "dep_las": 0.861,
                "sents_f": 0.950,
                "ents_f": 0.765,
            },
        ),
    ],
)
def test_accuracy_on_part_of_the_development_set(
    nlp: spacy.language.Language, shared: Path, form: str, least: dict[str, float]
) -> None:
    from spacy.scorer import Scorer
    from spacy.training import Example

    from policytext.language.treebank import read_docs

    gold = list(read_docs(shared / "treebank" / f"{form}-dev.conllu.gz", nlp.vocab))
    found = nlp.pipe(doc.text for doc in gold)
    scores = Scorer(nlp).score([Example(a, b) for a, b in zip(found, gold, strict=True)])
    assert {name: value for name in least if (value := scores[name]) < least[name]} == {}
