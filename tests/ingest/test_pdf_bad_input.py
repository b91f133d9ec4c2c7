"""Files that are no good: refused with the file's name, whatever is wrong, and never with another error."""

import random

import pytest

from policytext.errors import DocumentError
from policytext.ingest.draft import assemble
from policytext.ingest.pdf import read

ENCRYPT = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"


@pytest.fixture
def sound(pdf, tmp_path):
    for number in range(3):
        pdf.page()
        pdf.text(60, 760, f"Overskrift {number}", size=18, bold=True)
        pdf.lines(60, 730, ["Kysten trenger ferjer og kaier.", "– Bygge kai nummer (to).", "• Rive gjerder."])
    return pdf.write(tmp_path / "hel fil æøå.pdf")


def test_an_encrypted_file_is_refused(sound):
    content = sound.read_bytes()
    trailer = b"trailer\n<< /Encrypt %s /ID [<00> <00>] " % ENCRYPT
    sound.write_bytes(content.replace(b"trailer\n<< ", trailer))
    with pytest.raises(DocumentError, match="is encrypted") as caught:
        next(read(sound))
    assert "hel fil æøå.pdf" in str(caught.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DocumentError, match=r"borte\.pdf: the file cannot be opened"):
        next(read(tmp_path / "borte.pdf"))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="cannot be opened"):
        next(read(tmp_path))


def test_a_file_without_text_and_pictures_is_refused(pdf, tmp_path):
    pdf.page()
    with pytest.raises(DocumentError, match="has no text"):
        next(read(pdf.write(tmp_path / "tom.pdf")))


def test_a_scan_with_a_stamp_is_refused(pdf, tmp_path):
    for _ in range(8):
        pdf.page()
        pdf.image()
    pdf.text(60, 60, "Skannet hos biblioteket i Havørn 1999", size=8)
    with pytest.raises(DocumentError, match="run OCR"):
        next(read(pdf.write(tmp_path / "skann.pdf")))


def test_a_page_of_pictures_among_text_is_read(pdf, tmp_path):
    pdf.page()
    pdf.image()
    pdf.page()
    pdf.lines(60, 700, ["Kysten trenger ferjer, kaier og folk som bor der hele året."] * 3)
    document = assemble(next(read(pdf.write(tmp_path / "a.pdf"))), "a")
    assert document.page_at(0) == 2


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_give_a_draft_or_a_document_error(sound, seed):
    rng = random.Random(seed)  # noqa: S311 - the same damage every time
    content = bytearray(sound.read_bytes())
    for _ in range(rng.choice((1, 3, 20, 200))):
        position = rng.randrange(len(content))
        choice = rng.random()
        if choice < 0.5:
            content[position] = rng.randrange(256)
        elif choice < 0.8:
            del content[position : position + rng.randrange(1, 30)]
        else:
            content[position:position] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 30)))
    sound.write_bytes(bytes(content))
    drafts, message = [], None
    try:
        drafts = list(read(sound))
    except DocumentError as error:
        message = str(error)
    assert message is None or sound.name in message
    for draft in drafts:
        document = assemble(draft, "d")
        assert all(document.text[b.start : b.end] for b in document.blocks)


def test_a_file_that_claims_more_pages_than_it_can_hold_is_refused(sound):
    sound.write_bytes(sound.read_bytes().replace(b"/Count 3", b"/Count 900000"))
    with pytest.raises(DocumentError, match=r"claims 900000 pages"):
        next(read(sound))


def test_a_page_of_single_letters_takes_little_time(pdf, tmp_path):
    pdf.page()
    for n in range(4000):
        pdf.text(10 + 7 * (n % 80), 800 - 15 * (n // 80), "ABCDE"[n % 5], size=8 + 30 * (n % 2))
    assert next(read(pdf.write(tmp_path / "a.pdf"))).blocks


def test_an_item_with_very_many_dashes_is_parted(pdf, tmp_path):
    pdf.page()
    for n in range(50):
        pdf.text(20, 800 - 15 * n, "– " + "– ".join(["Bygg kai. "] * 8), size=6)
    document = assemble(next(read(pdf.write(tmp_path / "a.pdf"))), "a")
    assert [b.kind for b in document.blocks].count("item") == 400
