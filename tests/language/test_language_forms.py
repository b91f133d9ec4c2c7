from __future__ import annotations

import csv
from pathlib import Path

import pytest

from policytext.language import detect_form, detect_forms
from policytext.language.form_words import form_model, kind_of, score_words, word_scores
from policytext.language.forms import scored_words

CASES = [
    ("Vi vil bygge flere omsorgsboliger og ansette flere sykepleiere.", "nb"),
    ("Vi vil byggje fleire omsorgsbustader og tilsetje fleire sjukepleiarar.", "nn"),
    ("Fjellfolket krever at ferjene skal gå hver halvtime.", "nb"),
    ("Fjellfolket krev at ferjene skal gå kvar halvtime.", "nn"),
    ("The county must build more roads and keep the school open.", "en"),
    ("Vi vil have flere penge til børnene, og skolerne skal ikke lukkes uden grund.", "da"),
    ("Vi vill att kommunerna ska få mer pengar till skolan och vården.", "sv"),
    ("Mii áigut ahte suohkanat galget oažžut eambbo ruđa skuvllaide.", "se"),
    ("Det inneber at sjukehusa får meir å seie.", "nn"),
    ("Utanrikskomiteen er sjanselaus.", "nn"),
    ("Kommunestyrets utvalg for skole er nedlagt.", "nb"),
    ("Havørn vel Nordlys til ordførar i Fjordvika.", "nn"),
    ("", "nb"),
    ("2025", "nb"),
]


@pytest.mark.parametrize(("text", "form"), CASES, ids=[f"{form}-{n}" for n, (_, form) in enumerate(CASES)])
def test_detect_form(text: str, form: str) -> None:
    found, score = detect_form(text)
    assert found == form
    assert 0.5 <= score <= 1.0


def test_detect_forms_is_detect_form_for_each() -> None:
    texts = [text for text, _ in CASES]
    assert detect_forms(texts) == [detect_form(text) for text in texts]


WORDS = [
    ("Vi vil at Havørn kommune skal være åpen", "vi vil at ^havørn kommune skal være åpen"),
    ("Xqzbrmk vil bygge vei", "^xqzbrmk vil bygge vei"),
    ("Skolene vil bygge vei", "skolene vil bygge vei"),
    ("VI VIL BYGGE VEI", "vi vil bygge vei"),
    ("Nordlys", "nordlys"),
]


@pytest.mark.parametrize(("text", "words"), WORDS, ids=[text for text, _ in WORDS])
def test_capitals_make_names(text: str, words: str) -> None:
    assert scored_words(text.split(), form_model().kinds) == words.split()


@pytest.mark.parametrize(
    ("word", "kind"), [("ikkje", 1), ("inneber", 1), ("kroppen", 3), ("sterkeste", 2), ("qwxzv", 0)]
)
def test_what_the_lists_know(word: str, kind: int) -> None:
    assert kind_of(word, form_model().kinds) == kind


def test_a_word_scores_the_same_alone_and_in_a_batch() -> None:
    words = ["ikkje", "ikke", "^noreg", "fylkeskommunane", "og"]
    together = word_scores(words)
    assert together == pytest.approx([word_scores([word])[0] for word in words])
    assert together[0] > 2
    assert together[1] < -2
    assert abs(together[4]) < 0.5


def test_names_inside_a_sentence_do_not_count() -> None:
    plain = detect_form("Vi møtte ikke noen fra styret i går.")
    named = detect_form("Vi møtte ikke noen fra Ingebjørg Tveiten i går.")
    assert plain[0] == named[0] == "nb"


def rows() -> list[dict[str, str]]:
    path = Path(__file__).parent / "data" / "other_languages.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(("form", "least"), [("en", 11), ("da", 9), ("sv", 11), ("se", 10), ("nb", 11), ("nn", 11)])
def test_sentences_of_six_languages(form: str, least: int) -> None:
    texts = [row["text"] for row in rows() if row["form"] == form]
    assert len(texts) == 12
    assert sum(found == form for found, _ in detect_forms(texts)) >= least


def test_the_stored_scores_of_words_are_those_that_the_weights_give() -> None:
    model = form_model()
    words = list(model.known)[::150]
    assert score_words(words, model) == pytest.approx([model.known[word] for word in words])
