from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from policytext.errors import DocumentError
from policytext.language.treebank import read_docs, read_sentences

ROWS = [
    "# newdoc id = a",
    "# text = Havørn bygger.",
    "1\tHavørn\tHavørn\tPROPN\t_\t_\t2\tnsubj\t_\tname=B-ORG",
    "2\tbygger\tbygge\tVERB\t_\tMood=Ind|Tense=Pres|VerbForm=Fin\t0\troot\t_\tSpaceAfter=No|name=O",
    "3\t.\t$.\tPUNCT\t_\t_\t2\tpunct\t_\tname=O",
    "",
    "1\tJa\tja\tINTJ\t_\t_\t0\troot\t_\tname=O",
    "",
]


def write(folder: Path, rows: list[str]) -> Path:
    path = folder / "small.conllu"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_sentences_and_where_documents_begin(tmp_path: Path) -> None:
    found = list(read_sentences(write(tmp_path, ROWS)))
    assert [opens for opens, _ in found] == [True, False]
    assert [len(rows) for _, rows in found] == [3, 1]


def test_documents_hold_what_the_treebank_says(tmp_path: Path) -> None:
    (doc,) = read_docs(write(tmp_path, ROWS), spacy.blank("nb").vocab)
    assert doc.text == "Havørn bygger. Ja "
    assert [token.lemma_ for token in doc] == ["Havørn", "bygge", "$.", "ja"]
    assert [token.head.i for token in doc] == [1, 1, 1, 3]
    assert [sentence.text for sentence in doc.sents] == ["Havørn bygger.", "Ja"]
    assert [(name.text, name.label_) for name in doc.ents] == [("Havørn", "ORG")]


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"small\.conllu, line 1: 2 cells"):
        list(read_sentences(write(tmp_path, ["1\tHavørn", ""])))
