"""Letter sequences: the sums of many words at once are those of each word by itself."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.language.letters import LetterWeights

SEQUENCES = {"<rå": 1.0, "råd": 2.0, "åd>": -3.0, "<råd": 0.5, "r😀d": 4.0, "ar>": 0.25, "<e>": 7.0}
TABLE = LetterWeights(list(SEQUENCES), np.array([[w, -w] for w in SEQUENCES.values()]), shortest=3, longest=4)


def plainly(word: str) -> float:
    marked = f"<{word}>"
    found = [marked[i : i + n] for n in (3, 4) for i in range(len(marked) - n + 1)]
    return sum(SEQUENCES.get(part, 0.0) for part in found) / sqrt(len(found)) if word else 0.0


@given(st.lists(st.text(alphabet="rådea<>😀\ud800�ﬁ", max_size=8)))
def test_sums_are_those_of_the_sequences(words):
    sums = TABLE.sums(words)
    assert sums.shape == (len(words), 2)
    assert sums[:, 0].tolist() == pytest.approx([plainly(word) for word in words])
    assert sums[:, 1].tolist() == pytest.approx([-plainly(word) for word in words])


def test_sequences_of_different_length_are_told_apart():
    table = LetterWeights(["abc", "abcd"], np.array([[1.0], [10.0]]), shortest=3, longest=4)
    assert table.sums(["abc"])[0, 0] == pytest.approx(1 / sqrt(5))
    assert table.sums(["abcd"])[0, 0] == pytest.approx(11 / sqrt(7))


def test_no_sequences_weigh_nothing():
    assert LetterWeights([], np.zeros((0, 3)), shortest=3, longest=5).sums(["vei", ""]).tolist() == [[0.0] * 3] * 2


def test_too_many_letters_are_refused():
    letters = [chr(point) for point in range(300)]
    with pytest.raises(ValueError, match="300 different letters; at most 126"):
        LetterWeights(letters, np.zeros((300, 1)), shortest=1, longest=9)
