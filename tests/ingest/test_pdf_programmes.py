"""The PDF reader on real programmes: nothing lost, nothing invented, nothing torn. Only counts are compared."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from policytext.ingest.draft import assemble
from policytext.ingest.normalise import normalise
from policytext.ingest.pdf import read
from policytext.ingest.pdf_characters import END_HYPHEN, PageText

NAMES = ("Ap", "Generasjonspartiet", "Konservativt", "MDG", "ND", "Sp", "V")
ITEMS = {"Ap": 1209, "Generasjonspartiet": 670, "Konservativt": 555, "MDG": 1075, "ND": 114, "Sp": 1233, "V": 729}
LIMIT = 0.002
ENDS = re.compile(r"[.!?:;…][»”\"')\]]*$")

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def programme(shared):
    @cache
    def load(name):
        path = shared / "programmes-2025" / f"{name}.pdf"
        (draft,) = read(path)
        return path, assemble(draft, name)

    return load


def raw_text(path):
    document = pdfium.PdfDocument(str(path))
    parts = []
    for index in range(len(document)):
        with PageText(document.raw, index) as page:
            parts.append(page.characters())
    document.close()
    text = "\n".join(parts).replace(END_HYPHEN, "-\n")
    return re.sub(r"\s*\n-\s*\n", "-\n", normalise(text))


def words(text):
    return Counter(re.findall(r"\w+", re.sub(r"[-‐‑]\s*(?=[^\W\d])", "", text)))


def kept_text(document):
    blocks = " ".join(f"{b.marker or ''} {document.text[b.start : b.end]}" for b in document.blocks)
    return blocks + " " + " ".join(dropped.text for dropped in document.dropped)


def as_repaired(raw, document, kept):
    """Put the repaired spelling for every word whose broken spelling the reader replaced."""
    pairs = [p.split(" → ") for p in document.metadata.get("font_repairs", "").split(", ") if p]
    known = set(kept.split())

    def repair(match):
        word = match.group()
        for sign, letters in pairs if word not in known else ():
            word = word.replace(sign, letters)
        return word if word in known else match.group()

    return re.sub(r"\S+", repair, raw) if pairs else raw


@pytest.mark.parametrize("name", NAMES)
def test_no_words_are_lost_or_invented(programme, name):
    path, document = programme(name)
    kept = kept_text(document)
    before, after = words(as_repaired(raw_text(path), document, kept)), words(kept)
    changed = (before - after).total() + (after - before).total()
    assert before.total() > 20_000
    assert changed < LIMIT * before.total(), ((before - after).most_common(20), (after - before).most_common(20))


@pytest.mark.parametrize("name", NAMES)
def test_items_are_found_and_whole(programme, name):
    _, document = programme(name)
    blocks = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    items = [text for kind, text in blocks if kind == "item"]
    assert len(items) == pytest.approx(ITEMS[name], abs=0.005 * ITEMS[name])
    torn = [
        text
        for (kind, text), (following, rest) in pairwise(blocks)
        if kind == "item" and not ENDS.search(text) and following == "paragraph" and rest[:1].islower()
    ]
    assert torn == []
    if sum(bool(ENDS.search(text)) for text in items) > 0.95 * len(items):
        assert sum(not ENDS.search(text) for text in items) < 0.02 * len(items)


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_begin_where_sentences_do(programme, name):
    _, document = programme(name)
    texts = [document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"]
    assert sum(text[:1].islower() for text in texts) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_every_run_lies_on_its_page(programme, name):
    path, document = programme(name)
    pdf = pdfium.PdfDocument(str(path))
    sizes = [page.get_size() for page in pdf]
    pdf.close()
    for run in document.runs:
        left, bottom, right, top = run.box
        width, height = sizes[run.page - 1]
        assert -6 <= left < right
        assert left <= width + 6
        assert -6 <= bottom < top <= height + 10
    assert [run.start for run in document.runs] == sorted(run.start for run in document.runs)


def test_line_numbers_are_dropped_and_broken_ligatures_repaired(programme):
    _, document = programme("Ap")
    assert Counter(d.reason for d in document.dropped)["line numbers"] == 110
    assert len(re.findall(r"\boffentlige?\b", document.text)) > 80
    assert re.findall(r"[a-zæøå][A-ZÆØÅ>)6][a-zæøå]+", document.text) == ["kWh"] * document.text.count("kWh")
