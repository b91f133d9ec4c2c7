from __future__ import annotations

import pytest

from policytext.language import shared_key, split_compound, terms

SAME = [
    ("skole", "skulane"),
    ("øke", "aukar"),
    ("bredbånd", "breibandet"),
    ("kommunene", "kommunane"),
    ("fergetakstene", "ferjetakstane"),
    ("sykepleiere", "sjukepleiarar"),
    ("veinettet", "vegnettet"),
]
DIFFERENT = [("skole", "skog"), ("vei", "vekt"), ("ferge", "farge"), ("bolig", "bolle"), ("vann", "venn")]


@pytest.mark.parametrize(("bokmaal", "nynorsk"), SAME, ids=[a for a, _ in SAME])
def test_one_key_for_both_forms(bokmaal: str, nynorsk: str) -> None:
    assert shared_key(bokmaal) == shared_key(nynorsk)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=[a for a, _ in DIFFERENT])
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert shared_key(one) != shared_key(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("distriktspolitikk", ("distrikt", "politikk")),
        ("fergetakst", ("ferge", "takst")),
        ("ferjetakstar", ("ferge", "takst")),
        ("politikk", ("politikk",)),
        ("avgift", ("avgift",)),
    ],
)
def test_split_compound(word: str, parts: tuple[str, ...]) -> None:
    assert split_compound(word) == parts


def test_terms_are_the_same_in_both_forms() -> None:
    assert terms("Vi vil øke støtten til skolene.") == terms("Me vil auke stønaden til skulane.")


def test_terms_of_no_words_are_none() -> None:
    assert terms("§ 4-2 og 10 000") == []
