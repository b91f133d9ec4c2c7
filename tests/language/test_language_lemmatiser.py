from __future__ import annotations

import pytest

from policytext.errors import ModelError
from policytext.language.lemmatiser import NorwegianLemmatiser, apply_edit, edit_between, folded

WORDS = [
    ("nb", "kommunene", "NOUN", "Definite=Def|Gender=Masc|Number=Plur", "kommune", False),
    ("nb", "skolene", "NOUN", "Definite=Def|Gender=Masc|Number=Plur", "skole", False),
    ("nn", "kommunane", "NOUN", "Definite=Def|Gender=Masc|Number=Plur", "kommune", False),
    ("nb", "bygger", "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin", "bygge", False),
    ("nb", "gikk", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin", "gå", False),
]


@pytest.fixture(scope="module")
def lemmatiser() -> NorwegianLemmatiser:
    trained = NorwegianLemmatiser()
    trained.learn(WORDS)
    return trained


@pytest.mark.parametrize(("form", "word", "pos", "features", "lemma", "first"), WORDS, ids=[w[1] for w in WORDS])
def test_words_of_the_training_text(
    lemmatiser: NorwegianLemmatiser, form: str, word: str, pos: str, features: str, lemma: str, first: bool
) -> None:
    assert lemmatiser.lemma(word, pos, features, form=form, first=first) == lemma


def test_a_rule_serves_unseen_words(lemmatiser: NorwegianLemmatiser) -> None:
    features = "Definite=Def|Gender=Masc|Number=Plur"
    assert lemmatiser.lemma("Fergene", "NOUN", features, form="nb", first=True) == "ferge"


@pytest.mark.parametrize(
    ("word", "pos", "features", "lemma"),
    [
        (",", "PUNCT", "", "$,"),
        ("Havørns", "PROPN", "Case=Gen", "Havørn"),
        ("NRK", "PROPN", "", "NRK"),
        ("12", "NUM", "", "12"),
    ],
)
def test_names_and_marks(lemmatiser: NorwegianLemmatiser, word: str, pos: str, features: str, lemma: str) -> None:
    assert lemmatiser.lemma(word, pos, features) == lemma


def test_saving_and_loading_gives_the_same(lemmatiser: NorwegianLemmatiser) -> None:
    again = NorwegianLemmatiser().from_bytes(lemmatiser.to_bytes())
    assert again.rules == lemmatiser.rules
    assert again.exceptions == lemmatiser.exceptions


def test_a_damaged_table_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="install policytext again"):
        NorwegianLemmatiser().from_bytes(b"not a table")


@pytest.mark.parametrize(
    ("word", "pos", "first", "expected"),
    [
        ("Skolen", "NOUN", False, "skolen"),
        ("Havørn", "PROPN", True, "Havørn"),
        ("Fjellfolket-leder", "NOUN", False, "Fjellfolket-leder"),
        ("NAV", "NOUN", True, "NAV"),
    ],
)
def test_folded(word: str, pos: str, first: bool, expected: str) -> None:
    assert folded(word, pos, first=first) == expected


@pytest.mark.parametrize(("word", "lemma"), [("bøndene", "bonde"), ("gikk", "gå"), ("hus", "hus")])
def test_an_edit_leads_from_word_to_lemma(word: str, lemma: str) -> None:
    assert apply_edit(word, edit_between(word, lemma)) == lemma
