"""What the dictionary says of a word's inflection: known words, compounds, Nynorsk endings, genitives, unknown."""

from __future__ import annotations

import pytest

from policytext.language.embedding import type_features
from policytext.language.inflection import inflection


@pytest.mark.parametrize(
    ("word", "coarse"),
    [
        ("bilen", "nen"),
        ("skolene", "nne"),
        ("bevilger", "ver"),
        ("kommunebilen", "~nen"),
        ("ferge-bilen", "nen"),
        ("bilane", "anenene"),
        ("hva's", "?"),
        ("xyz", "?"),
        ("2030", "?"),
        ("", "?"),
        ("qz", "?"),
    ],
    ids=str,
)
def test_coarse_description(word: str, coarse: str) -> None:
    assert inflection(word)[0] == coarse


def test_words_that_inflect_alike_have_one_description() -> None:
    assert inflection("båten") == inflection("gutten")
    assert inflection("båten") != inflection("huset")


def test_a_compound_is_described_as_its_last_part_and_marked() -> None:
    assert inflection("fylkesbilen")[1] == "~" + inflection("bilen")[1]


def test_features_of_a_word_hold_the_inflection_only_if_asked() -> None:
    plain = type_features("Bilen", None, (3,), (3,))
    assert plain == ["bilen", "bil", "len", "Xxxxx"]
    assert type_features("Bilen", None, (3,), (3,), inflected=True) == [*plain, *inflection("bilen")]
