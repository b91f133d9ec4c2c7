"""Sentence splitting measured on the treebank's development part; its headlines have no full stop and do not count."""

import gzip

import pytest

from policytext.segment import split_sentences

GROUP = 20


def is_marked(text, position):
    """Tell whether the sentence before a position ends in a full stop, question or exclamation mark."""
    before = text[position - 2]
    return before in ".!?…" or (before in '»")' and text[position - 3] in ".!?…")


@pytest.mark.shared
@pytest.mark.parametrize("form", ["nb", "nn"])
def test_sentences_of_the_treebank(shared, form):
    with gzip.open(shared / "treebank" / f"{form}-dev.conllu.gz", "rt", encoding="utf-8") as handle:
        sentences = [line[9:].strip() for line in handle if line.startswith("# text = ")]
    right = wrong = missed = 0
    for first in range(0, len(sentences), GROUP):
        group = sentences[first : first + GROUP]
        text = " ".join(group)
        starts, position = set(), 0
        for sentence in group:
            starts.add(position)
            position += len(sentence) + 1
        unmarked = {start for start in starts if start == 0 or not is_marked(text, start)}
        found = {start for start, _ in split_sentences(text)} - unmarked
        starts -= unmarked
        right += len(found & starts)
        wrong += len(found - starts)
        missed += len(starts - found)
    assert right > 1500
    assert 2 * right / (2 * right + wrong + missed) >= 0.997
