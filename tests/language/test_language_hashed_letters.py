"""Hashes of letter sequences: those of the standard library, for all words at once."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from policytext.language.form_words import NGRAM_LENGTHS
from policytext.language.hashed_letters import sequence_hashes


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=8)))
def test_hashes_are_those_of_zlib(words):
    expected = sorted(
        (number, zlib.crc32(word[i : i + n].encode()))
        for number, word in enumerate(words)
        for n in NGRAM_LENGTHS
        for i in range(len(word) - n + 1)
    )
    owners, hashes = sequence_hashes(words, NGRAM_LENGTHS)
    assert sorted(zip(owners.tolist(), hashes.tolist(), strict=True)) == expected


def test_no_words_have_no_sequences():
    owners, hashes = sequence_hashes([], (2, 3))
    assert owners.tolist() == hashes.tolist() == []
