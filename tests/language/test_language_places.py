from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from policytext.language.places import mend_places, place_names


def doc(words: str, tags: str, ents: str) -> Doc:
    return Doc(spacy.blank("nb").vocab, words=words.split(), pos=tags.split(), ents=ents.split())


@pytest.mark.parametrize(
    ("words", "tags", "ents", "expected"),
    [
        ("Vi reiser til Jan Mayen", "PRON VERB ADP PROPN PROPN", "O O O B-PER I-PER", [("Jan Mayen", "GPE_LOC")]),
        ("Havna i Brønnøysund", "NOUN ADP PROPN", "O O B-LOC", [("Brønnøysund", "GPE_LOC")]),
        ("Mot Kenyas grense", "ADP PROPN NOUN", "O O O", [("Kenyas", "GPE_LOC")]),
        ("Norge sier nei", "PROPN VERB INTJ", "B-GPE_ORG O O", [("Norge", "GPE_ORG")]),
        ("Bergen Bygdelag", "PROPN PROPN", "B-ORG I-ORG", [("Bergen Bygdelag", "ORG")]),
        ("Kari Nordmann", "PROPN PROPN", "B-PER I-PER", [("Kari Nordmann", "PER")]),
        ("hamar", "NOUN", "O", []),
    ],
    ids=["person", "place", "missed", "already-right", "part-of-a-name", "person-stays", "lower-case"],
)
def test_mend_places(words: str, tags: str, ents: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.text, span.label_) for span in mend_places(doc(words, tags, ents)).ents] == expected


def test_the_list_holds_names_and_genitives() -> None:
    assert {"Sverige", "Sveriges", "Tromsø", "Paris", "Paris'"} <= place_names()
