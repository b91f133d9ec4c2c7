"""Read a Universal Dependencies treebank (CoNLL-U, optionally gzipped) into spaCy documents."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from policytext.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.vocab import Vocab

Sentence = list[list[str]]
_COLUMNS = 10


def read_sentences(path: str | Path) -> Iterator[tuple[bool, Sentence]]:
    """Yield each sentence's rows of ten cells, and whether it opens a document; multiword tokens are left out.

    Raises
    ------
    DocumentError
        If a row has not ten cells; the message names file and line.
    """
    source = Path(path)
    opened = gzip.open if source.suffix == ".gz" else open
    rows: Sentence = []
    opens = False
    with opened(source, "rt", encoding="utf-8") as lines:
        for number, raw in enumerate(lines, start=1):
            line = raw.rstrip("\n")
            if line.startswith("#"):
                opens = opens or line.startswith("# newdoc")
            elif line:
                cells = line.split("\t")
                if len(cells) != _COLUMNS:
                    raise DocumentError(f"{source.name}, line {number}: {len(cells)} cells; CoNLL-U has {_COLUMNS}")
                if cells[0].isdigit():
                    rows.append(cells)
            elif rows:
                yield opens, rows
                rows, opens = [], False
    if rows:
        yield opens, rows


def to_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Return a document with the treebank's tokens, tags, lemmas, trees and names (MISC ``name=B-PER``)."""
    words: list[str] = []
    spaces: list[bool] = []
    columns: dict[str, list[str]] = {"pos": [], "morphs": [], "lemmas": [], "deps": [], "ents": []}
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        base, before = len(words), "O"
        for cells in sentence:
            misc = dict(pair.split("=", 1) for pair in cells[9].split("|") if "=" in pair)
            name = misc.get("name", "O")
            if name.startswith("I-") and before[2:] != name[2:]:
                name = f"B-{name[2:]}"
            before = name
            head = int(cells[6])
            words.append(cells[1])
            spaces.append(misc.get("SpaceAfter") != "No")
            heads.append(base + (head if head else int(cells[0])) - 1)
            starts.append(cells[0] == "1")
            columns["pos"].append(cells[3])
            columns["morphs"].append("" if cells[5] == "_" else cells[5])
            columns["lemmas"].append(cells[2])
            columns["deps"].append(cells[7] if head else "ROOT")
            columns["ents"].append(name)
    cells_by_name: dict[str, Any] = {"heads": heads, "sent_starts": starts, **columns}
    return Doc(vocab, words=words, spaces=spaces, **cells_by_name)


def read_docs(path: str | Path, vocab: Vocab, *, sentences: int = 10) -> Iterator[Doc]:
    """Yield documents of at most `sentences` neighbouring sentences of the same source document."""
    group: list[Sentence] = []
    for opens, sentence in read_sentences(path):
        if group and (opens or len(group) == sentences):
            yield to_doc(vocab, group)
            group = []
        group.append(sentence)
    if group:
        yield to_doc(vocab, group)
