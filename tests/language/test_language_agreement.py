"""Parts of speech that follow from dependencies."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from policytext.language.agreement import agree


def tags(words: str, pos: str, heads: list[int], deps: str) -> str:
    vocab = spacy.blank("nn").vocab
    doc = Doc(vocab, words=words.split(), pos=pos.split(), heads=heads, deps=deps.split())
    return " ".join(token.pos_ for token in agree(doc))


@pytest.mark.parametrize(
    ("words", "pos", "heads", "deps", "expected"),
    [
        ("Ho er lærar", "PRON VERB NOUN", [2, 2, 2], "nsubj cop ROOT", "PRON AUX NOUN"),
        ("Vi har ferge", "PRON AUX NOUN", [1, 1, 1], "nsubj ROOT obj", "PRON AUX NOUN"),
        ("Vi har bygd", "PRON AUX VERB", [2, 2, 2], "nsubj aux ROOT", "PRON AUX VERB"),
        ("Ho vart vald", "PRON VERB ADJ", [2, 2, 2], "nsubj aux:pass ROOT", "PRON VERB ADJ"),
        ("uten å si", "ADP PART VERB", [2, 2, 2], "mark mark ROOT", "SCONJ PART VERB"),
        ("etter møtet", "SCONJ NOUN", [1, 1], "case ROOT", "ADP NOUN"),
        ("etter møtet", "ADV NOUN", [1, 1], "case ROOT", "ADV NOUN"),
        ("at vi går", "SCONJ PRON VERB", [2, 2, 2], "mark nsubj ROOT", "SCONJ PRON VERB"),
    ],
    ids=["copula", "auxiliaries-stay", "agrees", "verte", "subordinator", "adposition", "other-tag", "mark"],
)
def test_agree(words: str, pos: str, heads: list[int], deps: str, expected: str) -> None:
    assert tags(words, pos, heads, deps) == expected


def test_without_dependencies_nothing_changes() -> None:
    doc = Doc(spacy.blank("nb").vocab, words=["Vi", "har"], pos=["PRON", "AUX"])
    assert [token.pos_ for token in agree(doc)] == ["PRON", "AUX"]
