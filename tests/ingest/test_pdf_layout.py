"""What the PDF reader makes of pages whose every word the test has placed."""

import pytest

from policytext.errors import DocumentError
from policytext.ingest.draft import assemble
from policytext.ingest.pdf import read


def blocks(path):
    (draft,) = read(path)
    document = assemble(draft, "d")
    return document, [(b.kind, b.marker, document.text[b.start : b.end]) for b in document.blocks]


WORDS = [
    "kaia",
    "veien",
    "skolen",
    "havna",
    "båten",
    "fjellet",
    "bygda",
    "laget",
    "fiberen",
    "brua",
    "gården",
    "fjorden",
]
FILL = "Kysten trenger ferjer, kaier og folk som vil bli boende, og da"


def prose(seed, count=4):
    """Return lines of text that differ from page to page."""
    pick = [WORDS[(seed * 5 + n * n + n) % len(WORDS)] for n in range(count + 3)]
    return [f"{FILL} skal {pick[n]}, {pick[n + 1]} og {pick[n + 2]} styrkes." for n in range(count)]


def test_two_columns_are_read_one_after_the_other(pdf, tmp_path):
    pdf.page()
    pdf.text(60, 780, "Havna og bygda", size=18, bold=True)
    left = [f"Venstre spalte sier noe om havna på linje {n}" for n in range(12)]
    right = [f"høyre spalte sier noe om bygda på linje {n}" for n in range(12)]
    for n, (a, b) in enumerate(zip(left, right, strict=True)):
        pdf.text(60, 740 - 13 * n, a)
        pdf.text(320, 740 - 13 * n, b)
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    text = " ".join(part for _, _, part in found)
    assert found[0] == ("heading", None, "Havna og bygda")
    assert text.index("linje 11") < text.index("høyre")
    assert text.endswith(" ".join(right))


def test_running_heads_and_page_numbers_go_and_are_listed(pdf, tmp_path):
    for number in range(1, 6):
        pdf.page()
        pdf.text(60, 815, "Program for Bygdelista Havørn", size=8)
        pdf.text(290, 30, f"Side {number} av 5", size=8)
        pdf.lines(60, 760, prose(number))
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert "Bygdelista" not in document.text
    assert "Side" not in document.text
    assert [d.reason for d in document.dropped].count("page number") == 5
    assert [d.reason for d in document.dropped].count("running head") == 5


def test_the_same_first_line_of_text_on_many_pages_is_kept(pdf, tmp_path):
    for number in range(6):
        pdf.page()
        first = ["Fjellfolket vil:"] if number % 3 == 0 else prose(number, 1)
        pdf.lines(60, 760, [*first, "", *prose(number + 6)])
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.text.count("Fjellfolket vil:") == 2


def test_margin_line_numbers_go(pdf, tmp_path):
    count = 0
    for _ in range(4):
        pdf.page()
        for n in range(20):
            count += 1
            pdf.text(40 - 5 * len(str(count)), 760 - 13 * n, str(count))
            pdf.text(60, 760 - 13 * n, prose(count, 1)[0])
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert not any(char.isdigit() for char in document.text)
    assert sum(len(d.text.split()) for d in document.dropped if d.reason == "line numbers") == 80


def test_an_item_runs_on_over_the_page(pdf, tmp_path):
    pdf.page()
    y = pdf.lines(
        60, 760, [f"{FILL} er det viktig med gode veier", "over hele landet.", "", "Kystpartiet Nordlys vil:"]
    )
    for n in range(3):
        pdf.text(70, y, "•")
        pdf.text(88, y, f"halvere prisen på ferje nummer {n} og gjøre den til en del av")
        pdf.text(88, y - 13, "fylkesveien")
        y -= 26
    pdf.text(70, y, "•")
    pdf.text(88, y, "bygge ut fiber til alle gårder og holmer, slik at det skal bli")
    pdf.page()
    pdf.text(88, 760, "mulig å drive bedrift der ute")
    pdf.text(70, 747, "•")
    pdf.text(88, 747, "lage ny kai")
    pdf.text(60, 720, f"{FILL} er det slutt.")
    document, found = blocks(pdf.write(tmp_path / "a.pdf"))
    items = [(marker, text) for kind, marker, text in found if kind == "item"]
    assert len(items) == 5
    assert items[3] == (
        "•",
        "bygge ut fiber til alle gårder og holmer, slik at det skal bli mulig å drive bedrift der ute",
    )
    assert {run.page for run in document.runs} == {1, 2}


def test_nested_items_have_levels(pdf, tmp_path):
    pdf.page()
    pdf.lines(60, 760, ["Vi vil:"])
    for n, (x, text) in enumerate([(70, "bygge mer"), (90, "kaier"), (90, "veier"), (70, "rive mindre")]):
        pdf.text(x, 740 - 13 * n, "•")
        pdf.text(x + 15, 740 - 13 * n, text)
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [b.level for b in document.blocks if b.kind == "item"] == [1, 2, 2, 1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"hei", "not a PDF", id="text"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n<<", "truncated", id="truncated"),
        pytest.param(b"%PDF-1.4\nabc\n%%EOF", "damaged", id="damaged"),
    ],
)
def test_bad_files_are_refused_by_name(tmp_path, content, message):
    path = tmp_path / "dårlig fil.pdf"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=message) as caught:
        next(read(path))
    assert "dårlig fil.pdf" in str(caught.value)


def test_a_cut_file_is_refused(pdf, tmp_path):
    pdf.page()
    pdf.text(60, 700, FILL)
    path = pdf.write(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(DocumentError, match="truncated"):
        next(read(path))


def test_a_scan_is_refused_with_ocr_as_remedy(pdf, tmp_path):
    pdf.page()
    pdf.image()
    with pytest.raises(DocumentError, match=r"run OCR"):
        next(read(pdf.write(tmp_path / "a.pdf")))
