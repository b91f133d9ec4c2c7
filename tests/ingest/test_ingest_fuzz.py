"""Whatever bytes a reader is given, it gives documents or a DocumentError, and offsets that slice back."""

import warnings

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policytext.errors import DocumentError, PolicyTextWarning
from policytext.ingest import iter_documents
from policytext.ingest.draft import Draft, assemble
from policytext.ingest.htmlwalk import walk
from policytext.ingest.markdown import markdown_blocks
from policytext.ingest.normalise import normalise
from policytext.ingest.plain import blocks_of
from policytext.records import BLOCK_KINDS, Document, Problem

PIECES = [
    "Vi vil bygge kaier.", "bygge naust", "•", "-", "–", "1.", "2)", "a)", "(3)", "2.1", "o\t", "\n", "\n\n",
    "\n\n\n", " ", "\t", "\x0c", "\r\n", "\xa0", "\xad", "\ufeff", "\u2028", ":", "Overskrift", "NAUST",
    "Kontakt", "a@b.no", "«", "»", ", sier Kari.", "kom-", "munene", "1. mai", "æøå", "<p>", "</p>",
    "<ul><li>", "</li></ul>", "<h2>", "<table><tr><td>", "<br>", "&amp;", "&#0;", "<!--", "-->", "# ", "> ",
    "* ", "`", "[a](b)", "|a|b|\n|-|-|\n", "---\n", "{", "}", "\\par ", "\\u233?", "\\'e6", "\\bin9 ", "\"",
    ";", ",", "\x00", "\x0b", "\x85", "😀", "e\u0301",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
QUICK = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(document):
    assert document.text == normalise(document.text)
    end = 0
    for block in document.blocks:
        assert block.kind in BLOCK_KINDS
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip() == document.text[block.start : block.end]
        end = block.end


def words(text):
    return sum(character.isalnum() for character in normalise(text))


@given(TEXTS)
@QUICK
@example("1.\n\n•\n2. \n")
@example("A:\na\nb\n\nc-\nd")
@example("o\t\x00")
@example("1. \u00ad")
def test_plain_text_keeps_its_letters(text):
    document = assemble(Draft(blocks_of(text)), "d")
    check(document)
    markers = sum(words(block.marker) for block in document.blocks if block.marker)
    assert words(document.text) + markers == words(text.replace("\u2028", "\n"))


@given(TEXTS)
@QUICK
def test_markdown_is_cut(text):
    blocks, dropped = markdown_blocks(text)
    check(assemble(Draft(blocks, dropped=dropped), "d"))


@given(TEXTS)
@QUICK
def test_a_page_is_walked(text):
    from lxml import html

    root = html.document_fromstring(f"<html><body>{text.replace(chr(0), '')}</body></html>")
    chunks, _ = walk(root, "side.html")
    check(assemble(Draft(tuple(chunk.block for chunk in chunks)), "d"))


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.txt", b""),
        ("a.md", b"---\ntitle: x\n---\n"),
        ("a.html", b"<html><body>"),
        ("a.rtf", b"{\\rtf1\\ansi "),
        ("a.csv", b"text,party\n"),
        ("a.jsonl", b'{"text": "Vi vil"}\n'),
        ("a.xml", b'<?xml version="1.0"?><TEI><text><body><u><seg>'),
        ("b.xml", b'<?xml version="1.0"?><Innstilling><Hovedseksjon><A>'),
        ("a.docx", b"PK\x03\x04"),
        ("a.parquet", b"PAR1"),
    ],
)
@given(
    data=st.one_of(
        st.binary(max_size=200),
        TEXTS.map(lambda text: text.encode("utf-8")),
        TEXTS.map(lambda text: text.encode("utf-16")),
    )
)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_gives_documents_or_a_problem(tmp_path, name, start, data):
    path = tmp_path / name
    path.write_bytes(start + data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyTextWarning)
        for result in iter_documents(path):
            if isinstance(result, Document):
                check(result)
            else:
                assert isinstance(result, Problem)
                assert "unexpectedly" not in result.message, result.message
                assert str(path) in result.message


@given(st.binary(max_size=300))
@QUICK
def test_decoding_never_fails_otherwise(data):
    from policytext.ingest.encoding import decode

    try:
        assert isinstance(decode(data, "a.txt"), str)
    except DocumentError as error:
        assert "a.txt" in str(error)  # noqa: PT017 - either outcome will do
