from policytext.ingest import read_document
from policytext.ingest.plain import blocks_of

PAGE = """Program for Bygdelista Havørn 2031–2035

{n}.{m} Kyst og {word}
Kysten er {word}, og den som bor ved den, trenger kai, naust og vei
fram til sjøen gjennom hele året.
Vi vil:

1.

Bygge kaier i alle kommuner med mer enn {n}0 fiskebåter, og sette av
penger til det.

2.

Verne holmene.

Arbeidsprogram 2031–2035

{n}
"""


def cut(document):
    return [(b.kind, b.marker, document.text[b.start : b.end]) for b in document.blocks]


def test_text_from_a_printed_programme_loses_its_heads_and_keeps_its_lists(tmp_path):
    path = tmp_path / "program.txt"
    words = ("lang", "bratt", "kald", "mørk")
    path.write_text("\f".join(PAGE.format(n=n, m=n, word=words[n - 1]) for n in range(1, 5)), encoding="utf-8")
    document = read_document(path)
    assert cut(document)[:5] == [
        ("heading", "1.1", "Kyst og lang"),
        (
            "paragraph",
            None,
            "Kysten er lang, og den som bor ved den, trenger kai, naust og vei fram til sjøen gjennom hele året.",
        ),
        ("paragraph", None, "Vi vil:"),
        ("item", "1.", "Bygge kaier i alle kommuner med mer enn 10 fiskebåter, og sette av penger til det."),
        ("item", "2.", "Verne holmene."),
    ]
    assert len(document.blocks) == 20
    assert sorted({(d.reason, d.text) for d in document.dropped}) == [
        ("page number", "1"),
        ("page number", "2"),
        ("page number", "3"),
        ("page number", "4"),
        ("running head or foot", "Arbeidsprogram 2031–2035"),
        ("running head or foot", "Program for Bygdelista Havørn 2031–2035"),
    ]
    assert document.page_at(document.text.rindex("Verne")) == 4


def test_line_numbers_in_the_margin_go(tmp_path):
    text = [
        "Naust for alle",
        "Kysten er mer enn utsikt fra en hytte. Her bor det folk hele",
        "året, og de trenger 40 nye kaier.",
        "Vi vil:",
        "   • bygge kaier",
        "   • verne 12 holmer",
    ] * 5
    path = tmp_path / "program.txt"
    path.write_text("\n".join(f"{n:<6}{line}" for n, line in enumerate(text, start=1)), encoding="utf-8")
    document = read_document(path)
    assert cut(document)[:5] == [
        ("heading", None, "Naust for alle"),
        (
            "paragraph",
            None,
            "Kysten er mer enn utsikt fra en hytte. Her bor det folk hele året, og de trenger 40 nye kaier.",
        ),
        ("paragraph", None, "Vi vil:"),
        ("item", "•", "bygge kaier"),
        ("item", "•", "verne 12 holmer"),
    ]
    assert [d.text for d in document.dropped if d.reason == "line number"] == [str(n) for n in range(1, 31)]


def test_a_table_of_contents_is_told_apart():
    text = (
        "Innhold\n\n" + "\n".join(f"{n}. Kapittel om kaier ........ {n * 7}" for n in range(1, 6)) + "\n\nKaier\n\nJa."
    )
    assert [block.kind for block in blocks_of(text)].count("toc") == 5


def test_a_table_of_contents_with_numbers_on_lines_of_their_own():
    text = "".join(
        f"Kapittel {name}\n\n{n * 7}\n\n" for n, name in enumerate(("kai", "naust", "holme", "fisk", "hav"), 1)
    )
    assert {block.kind for block in blocks_of(text + "Ja, det vil vi.")[:-1]} == {"toc"}


def test_numbers_in_a_list_of_figures_are_no_table_of_contents():
    assert "toc" not in {block.kind for block in blocks_of("Kaier\n\n40\n\nNaust\n\n12\n\nHolmer\n\n7\n\nJa.")}


def test_a_credit_in_the_middle_of_a_paragraph_does_not_tear_it():
    text = (
        "Naustene på ytre side skal få nytt tak, for båter av tre tåler ikke å ligge på\n"
        "land i regn og vind hele vinteren, og vi\n\n"
        "HAVFOTO.COM\n\nvil i tillegg gi støtte til kaier som har strøm og vann til alle som\nlegger til der."
    )
    kinds = [(block.kind, block.lines[0].text[:11]) for block in blocks_of(text)]
    assert kinds == [("paragraph", "Naustene på"), ("caption", "HAVFOTO.COM")]
