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


def test_bullets_at_the_same_place_on_every_page_stay(pdf, tmp_path):
    for number in range(8):
        pdf.page()
        for n in range(4):
            pdf.text(70, 700 - 20 * n, "•")
            pdf.text(95, 700 - 20 * n, prose(number + n, 1)[0])
    document, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [kind for kind, _, _ in found] == ["item"] * 32
    assert document.dropped == ()


def test_a_drop_cap_goes_back_to_its_word(pdf, tmp_path):
    pdf.page()
    pdf.text(60, 700, "K", size=38)
    pdf.lines(92, 726, [prose(1, 1)[0][1:], prose(2, 1)[0], prose(3, 1)[0]])
    pdf.lines(60, 687, prose(4, 6))
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.text.startswith("Kysten trenger")


def test_letters_with_space_between_them_are_a_word(pdf, tmp_path):
    pdf.page()
    for n, letter in enumerate("HAVNA"):
        pdf.text(60 + 22 * n, 740, letter + " ", size=18)
    pdf.lines(60, 700, prose(1, 6))
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.text.startswith("HAVNA\n\n")


def test_note_marks_and_footnotes_leave_the_text(pdf, tmp_path):
    pdf.page()
    y = pdf.lines(60, 740, prose(1, 3))
    pdf.text(60, y, "Vi verner 40 km")
    pdf.text(131, y + 4, "2", size=6)
    pdf.text(136, y, "med strand og bygger mer kai")
    pdf.text(267, y + 4, "1", size=6)
    pdf.text(272, y, "i fjorden i år.")
    pdf.lines(60, y - 13, prose(3, 6))
    pdf.text(60, 60, "1 Dette står i en egen plan for havna.", size=7)
    document, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert "40 km2 med strand og bygger mer kai i fjorden" in document.text
    assert ("footnote", None, "1 Dette står i en egen plan for havna.") in found
    assert [d.text for d in document.dropped] == ["1"]


@pytest.mark.parametrize("shift", [pytest.param((0, 0), id="origin"), pytest.param((40, 60), id="shifted page")])
def test_places_count_from_the_visible_corner(pdf, tmp_path, shift):
    pdf.origin = shift
    pdf.page()
    pdf.lines(60 + shift[0], 700 + shift[1], prose(1, 3))
    pdf.text(700 + shift[0], 500 + shift[1], "skjult")
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.runs[0].box == pytest.approx((60, 697.8, 60 + 420, 707.8), abs=60)
    assert document.runs[0].box[0] == pytest.approx(60, abs=1)
    assert "skjult" not in document.text
    assert [d.reason for d in document.dropped] == ["text outside the page"]


def test_a_turned_page_is_read_upright(pdf, tmp_path):
    pdf.rotate = 90
    pdf.page()
    for n, line in enumerate(prose(1, 5)):
        pdf.turned(100 + 13 * n, 60, line)
    document, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.text == " ".join(prose(1, 5))
    assert len(found) == 1


def test_tables_of_contents_are_told_apart(pdf, tmp_path):
    pdf.page()
    pdf.text(60, 780, "Innhold", size=18, bold=True)
    for n, word in enumerate(WORDS[:8]):
        pdf.text(60, 740 - 15 * n, f"{n + 1}. Om {word}")
        pdf.text(500, 740 - 15 * n, str(3 + 2 * n))
    pdf.page()
    pdf.text(60, 780, "1. Om kaia", size=14, bold=True)
    pdf.lines(60, 740, prose(1, 6))
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [kind for kind, _, _ in found] == ["heading", *["toc"] * 8, "heading", "paragraph"]
    assert found[9] == ("heading", "1.", "Om kaia")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        pytest.param("vern av natur-", "og kulturmiljø", "vern av natur- og kulturmiljø", id="coordination"),
        pytest.param("en ny for-", "ordning om fangst", "en ny forordning om fangst", id="cut word"),
        pytest.param("en ny IA-", "avtale for alle", "en ny IA-avtale for alle", id="abbreviation"),
        pytest.param("reise i Nord-", "Norge og vest", "reise i Nord-Norge og vest", id="name"),
        pytest.param("hjelp en-til-", "en i bygda", "hjelp en-til-en i bygda", id="linked"),
    ],
)
def test_hyphens_at_the_end_of_a_line(pdf, tmp_path, first, second, whole):
    pdf.page()
    pdf.lines(
        60,
        740,
        [*prose(1, 2), f"{FILL} må alle være med på {first}", second + " i hele landet vårt.", "", *prose(5, 3)],
    )
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert whole in document.text


def test_broken_fonts_are_repaired_from_the_words(pdf, tmp_path):
    pdf.page()
    pdf.lines(60, 740, ["oWentlig kaWe er straW,", "mens eWekten av tariWer er stoWer.", "Vi skaWer 50 kWh og 20 MW."])
    pdf.lines(60, 640, prose(2, 8))
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert "offentlig kaffe er straff, mens effekten av tariffer er stoffer." in document.text
    assert "Vi skaffer 50 kWh og 20 MW." in document.text
    assert document.metadata["font_repairs"].startswith("W → ff")


def test_numbers_without_a_space_are_markers(pdf, tmp_path):
    pdf.page()
    for n in range(9, 13):
        gap = " " if n < 10 else ""
        pdf.text(60, 900 - 20 * n, f"{n}.{gap}{WORDS[n - 1].capitalize()} skal bygges ut i år.")
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [(kind, marker) for kind, marker, _ in found] == [("item", f"{n}.") for n in range(9, 13)]


def test_a_bold_line_that_introduces_a_list_is_no_heading(pdf, tmp_path):
    pdf.page()
    pdf.lines(60, 760, prose(1, 5))
    for n, line in enumerate(["Fjellfolket vil:", "Fjellfolket vil", "Om fjorden"]):
        pdf.text(60, 650 - 60 * n, line, bold=True)
        pdf.text(70, 630 - 60 * n, "•")
        pdf.text(85, 630 - 60 * n, f"bygge {WORDS[n]}")
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [kind for kind, _, _ in found] == ["paragraph", "paragraph", "item", "paragraph", "item", "heading", "item"]


def test_dashes_within_a_sentence_are_no_bullets(pdf, tmp_path):
    pdf.page()
    pdf.lines(
        60,
        760,
        [
            *prose(1, 1),
            prose(1, 1)[0][:-1],
            "– slik vi gjorde før – bygge kai.",
        ],
    )
    pdf.lines(60, 690, ["Vi vil:", "– Bygge kai.", "– Rive gjerder."])
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [kind for kind, _, _ in found] == ["paragraph", "paragraph", "item", "item"]


def test_lettered_items_are_found(pdf, tmp_path):
    pdf.page()
    pdf.lines(60, 760, prose(1, 3))
    for n, letter in enumerate("abcd"):
        pdf.text(70, 700 - 14 * n, f"{letter})")
        pdf.text(90, 700 - 14 * n, f"bygge {WORDS[n]}")
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [marker for kind, marker, _ in found if kind == "item"] == ["a)", "b)", "c)", "d)"]


def test_an_item_set_on_the_line_of_the_one_before_is_parted(pdf, tmp_path):
    pdf.page()
    pdf.lines(
        60, 760, ["Vi vil:", "– Bygge kaia i år. – Lage en ny plan for alle", "som bor i fjorden.", "– Rive gjerder."]
    )
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [text for kind, _, text in found if kind == "item"] == [
        "Bygge kaia i år.",
        "Lage en ny plan for alle som bor i fjorden.",
        "Rive gjerder.",
    ]


@pytest.mark.parametrize("indent", [pytest.param(14, id="set in"), pytest.param(0, id="flush")])
def test_a_list_whose_bullets_are_missing_is_found(pdf, tmp_path, indent):
    pdf.page()
    y = pdf.lines(60, 760, [*prose(1, 4), "", "Fjellfolket vil:"])
    for n in range(5):
        y = pdf.lines(
            60 + indent, y, [f"bygge {WORDS[n]} i nord", *([] if n % 2 else ["lage en plan for det som er der i dag"])]
        )
    pdf.lines(60, y - 10, prose(7, 4))
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [kind for kind, _, _ in found] == ["paragraph", "paragraph", *["item"] * 8, "paragraph"]


def test_numbered_measures_are_items_and_numbered_titles_headings(pdf, tmp_path):
    pdf.page()
    pdf.text(60, 780, "1. Kysten", size=16, bold=True)
    pdf.text(60, 750, "1.1 Havna og fjorden", bold=True)
    pdf.lines(60, 730, prose(1, 4))
    for n in range(2, 5):
        pdf.lines(60, 700 - 40 * n, [f"1.{n} Partiet skal bygge {WORDS[n]} for alle som bor i nord, og det skal være"])
        pdf.lines(60, 687 - 40 * n, ["gratis for barn."])
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [(kind, marker) for kind, marker, _ in found] == [
        ("heading", "1."),
        ("heading", "1.1"),
        ("paragraph", None),
        ("item", "1.2"),
        ("item", "1.3"),
        ("item", "1.4"),
    ]


def test_text_somewhat_larger_than_the_lists_is_no_heading(pdf, tmp_path):
    pdf.page()
    pdf.lines(60, 780, ["Kysten er viktig for oss alle som bor her i nord og vest."], size=10)
    y = 740
    for n in range(14):
        pdf.text(60, y, "•", size=8.5)
        y = pdf.lines(75, y, prose(n, 2), size=8.5, pitch=11)
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [kind for kind, _, _ in found] == ["paragraph", *["item"] * 14]


@pytest.mark.parametrize(
    ("size", "title"), [pytest.param(24, "Kysten først", id="large line"), pytest.param(10, None, id="no heading")]
)
def test_the_title_is_the_largest_line_of_the_first_pages(pdf, tmp_path, size, title):
    pdf.page()
    pdf.text(60, 780, "Kysten først" if size > 10 else "Kysten er best.", size=size)
    pdf.lines(60, 740, prose(1, 6))
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.title == title


def test_numbers_of_items_without_a_full_stop_are_no_line_numbers(pdf, tmp_path):
    count = 0
    for page in range(5):
        pdf.page()
        y = 760
        for n in range(8):
            count += 1
            pdf.text(60, y, str(count))
            y = pdf.lines(85, y, prose(count + 3 * page, 1 + (n * 7 + page) % 4)) - 4
    document, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [marker for kind, marker, _ in found if kind == "item"] == [str(n) for n in range(1, 41)]
    assert document.dropped == ()


def test_a_document_that_cuts_no_words_keeps_its_hyphens(pdf, tmp_path):
    for page in range(3):
        pdf.page()
        pdf.lines(60, 780, prose(page, 45))
    pdf.page()
    pdf.lines(60, 780, [*prose(4, 2), f"{FILL} må alle være med på ikke-", "fysiske tiltak i kom-", "munen vår."])
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.text.endswith("ikke-fysiske tiltak i kommunen vår.")


def test_sets_of_columns_below_each_other_are_read_one_by_one(pdf, tmp_path):
    pdf.page()
    marks = []
    for group, top in enumerate((790, 420)):
        for column, x in enumerate((50, 310)):
            mark = f"Gruppe {group} spalte {column}"
            marks.append(mark)
            pdf.text(x, top, f"{mark} skal handle om havna og bygda.")
            for n in range(20):
                pdf.text(x, top - 13 * (n + 1), f"og vi må alle bidra til {WORDS[(n + column) % 12]} og mer.")
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    places = [document.text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_nested_lists_without_bullets_keep_their_nesting(pdf, tmp_path):
    pdf.page()
    y = pdf.lines(60, 760, [*prose(1, 4), "", "Fjellfolket vil:"])
    for x, text in [
        (75, "bygge kaier"),
        (75, "innføre en avgift"),
        (92, "der kommunen får alt"),
        (92, "og satsen øker"),
        (75, "rive"),
    ]:
        y = pdf.lines(x, y, [text])
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert [b.level for b in document.blocks if b.kind == "item"] == [1, 1, 2, 2, 1]


def test_rows_of_a_table_are_no_headings(pdf, tmp_path):
    pdf.page()
    y = pdf.lines(60, 760, prose(1, 6)) - 10
    for cells in (("Mål", "2025", "2029"), ("Ferjer", "100", "50"), ("Kvoter", "20", "30")):
        for x, cell in zip((60, 160, 260), cells, strict=True):
            pdf.text(x, y, cell, size=11.5)
        y -= 16
    pdf.lines(60, y - 10, prose(5, 6))
    _, found = blocks(pdf.write(tmp_path / "a.pdf"))
    assert "heading" not in [kind for kind, _, _ in found]
    assert any("Mål 2025 2029" in text for _, _, text in found)


def test_text_drawn_twice_is_read_once(pdf, tmp_path):
    pdf.page()
    for shift in (0, 0.3):
        pdf.text(60 + shift, 760, "Kysten først", size=16)
    pdf.lines(60, 730, prose(1, 4))
    document, _ = blocks(pdf.write(tmp_path / "a.pdf"))
    assert document.text.count("Kysten først") == 1
