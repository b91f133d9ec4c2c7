from pathlib import Path

import pytest

from policytext.ingest import read_document
from policytext.ingest.html import read_html

DATA = Path(__file__).parent / "data" / "html"


def cut(document):
    return [
        (block.kind, document.text[block.start : block.end]) for block in document.blocks if block.kind != "boilerplate"
    ]


def blocks(body):
    draft = read_html(f"<html><body>{body}</body></html>", "side.html")
    return [(b.kind, b.level, b.marker, " ".join(line.text for line in b.lines)) for b in draft.blocks]


def test_a_blog_page_keeps_all_its_lists():
    document = read_document(DATA / "blog.html")
    assert cut(document) == [
        ("heading", "Samferdsel"),
        (
            "paragraph",
            "Veiene langs kysten er i dårlig stand, og fergene går for sjelden. Det rammer både folk og næringsliv, "
            "og det har vart i altfor mange år.",
        ),
        ("paragraph", "Nordlys vil:"),
        ("item", "Ruste opp fylkesveiene med 2 milliarder kroner."),
        ("item", "Halvere fergetakstene."),
        ("item", "Bygge ny kai."),
        ("item", "Elektrifisere fergene"),
        ("heading", "Jernbane"),
        ("paragraph", "Banen er treg. Den må bli raskere."),
        ("paragraph", "Vi vil derfor bygge dobbeltspor."),
        ("item", "Nye spor"),
        ("item", "Flere avganger"),
        ("item", "Billigere billetter"),
        ("heading", "Hva koster det?"),
        ("paragraph", "Det koster 4 milliarder kroner over ti år, og pengene skal tas fra oljefondet."),
        ("heading", "Vi går inn for"),
        ("item", "gratis ferge"),
        ("item", "flere busser"),
        ("item", "i byen"),
        ("item", "på bygda"),
    ]
    assert (document.date, document.language, document.metadata["site"]) == ("2031-02-03", "nb", "Kystpartiet Nordlys")
    dropped = " | ".join(d.text for d in document.dropped)
    for text in ("Politikk Folk Bli medlem", "Les også", "Meld deg på nyhetsbrevet", "Kaigata 3", "Facebook"):
        assert text in dropped


def test_a_page_laid_out_by_a_table_in_an_old_encoding():
    document = read_document(DATA / "table.html")
    assert document.text.startswith("Program for Bygdelista Havørn\n\nBygda skal leve, og da må det finnes arbeid")
    assert sum(kind == "item" for kind, _ in cut(document)) == 3
    assert [d.text for d in document.dropped] == ["Forside Program Kontakt"]


def test_cards_in_a_list_are_headings_and_paragraphs():
    document = read_document(DATA / "cards.html")
    assert cut(document) == [
        ("heading", "Distriktspolitikk"),
        ("paragraph", "Målet er levende bygder i hele landet."),
        ("heading", "Aktuelt nå"),
        ("heading", "Ny ordning for næringshager"),
        ("paragraph", "25.09.2030: Departementet lyser ut 40 millioner kroner."),
        ("heading", "Flere får lege"),
        ("paragraph", "21.09.2030: – Dette er viktig for bygdene, sier statsråd Kari Naust."),
    ]
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "boilerplate"] == [
        "Kontakt",
        "Avdeling for bygd",
        "Telefon: 22 33 44 55",
        "Adresse: Havnegata 1",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>a<b>b</b>c <i>d</i></p>", [("paragraph", None, None, "abc d")], id="inline tags add no space"),
        pytest.param("<p><b>Naust</b></p><p>Ja.</p>", [("heading", 5, None, "Naust"), ("paragraph", None, None, "Ja.")], id="bold"),  # noqa: E501
        pytest.param("<p><b>Naust:</b> ja</p>", [("paragraph", None, None, "Naust: ja")], id="bold lead-in is no heading"),  # noqa: E501
        pytest.param("<blockquote><p>Ja.</p></blockquote>", [("quote", None, None, "Ja.")], id="quote"),
        pytest.param("<figure><img><figcaption>Kai</figcaption></figure>", [("caption", None, None, "Kai")], id="caption"),  # noqa: E501
        pytest.param("<details><summary>Kai</summary>Ja.</details>", [("heading", 4, None, "Kai"), ("paragraph", None, None, "Ja.")], id="folded"),  # noqa: E501
        pytest.param("<ol type=a><li>en<li>to</ol>", [("item", 1, "a.", "en"), ("item", 1, "b.", "to")], id="letters"),
        pytest.param("<ol><li value=4>fire</li><li>fem</li></ol>", [("item", 1, "4.", "fire"), ("item", 1, "5.", "fem")], id="values"),  # noqa: E501
        pytest.param("<ul><li><p>en</p><p>og to</p></li></ul>", [("item", 1, "•", "en og to")], id="paragraphs in an item"),  # noqa: E501
        pytest.param("<li>en</li>", [("item", 1, "•", "en")], id="an item without a list"),
        pytest.param("<table><tr><th>År</th><td>2031</td></tr></table>", [("paragraph", None, None, "År | 2031")], id="row"),  # noqa: E501
        pytest.param("Ja.<script>x</script><style>y</style><!-- z -->", [("paragraph", None, None, "Ja.")], id="code"),
        pytest.param("<p>Vi vil:</p><ul><li><a>kai</a><li><a>naust</a><li><a>skip</a></ul>", [("paragraph", None, None, "Vi vil:"), ("item", 1, "•", "kai"), ("item", 1, "•", "naust"), ("item", 1, "•", "skip")], id="linked items under a colon stay"),  # noqa: E501
        pytest.param("<p>En.</p><ul><li><a>kai</a><li><a>naust</a><li><a>skip</a></ul><p>To.</p>", [("paragraph", None, None, "En."), ("paragraph", None, None, "To.")], id="a row of links goes"),  # noqa: E501
        pytest.param("<p>Vi vil:</p><p>– bygge</p><p>– verne</p><p>Ja.</p>", [("paragraph", None, None, "Vi vil:"), ("item", 1, "–", "bygge"), ("item", 1, "–", "verne"), ("paragraph", None, None, "Ja.")], id="dashes typed as paragraphs"),  # noqa: E501
        pytest.param("<p>– Ja, sier Kari Naust.</p><p>– Nei, sier Ola Vik.</p>", [("paragraph", None, None, "– Ja, sier Kari Naust."), ("paragraph", None, None, "– Nei, sier Ola Vik.")], id="speech is no list"),  # noqa: E501
        pytest.param("<p>kommune&shy;økonomi&nbsp;nå</p>", [("paragraph", None, None, "kommune\u00adøkonomi nå")], id="entities"),  # noqa: E501
        pytest.param("<div class='main-menu-wrapper nav'><h1>Kyst</h1><p>Ja.</p></div>", [("heading", 1, None, "Kyst"), ("paragraph", None, None, "Ja.")], id="a misnamed wrapper stays"),  # noqa: E501
    ],
)  # fmt: skip
def test_elements_become_blocks(body, expected):
    assert blocks(body) == expected


def test_the_sites_name_is_no_title_when_the_text_has_one():
    text = "<p>Kysten vår trenger folk, båter og kaier som tåler vinterstormen, og det koster.</p>" * 3
    draft = read_html(
        f"<html><body><header><h1>Nordlys</h1></header><main><h1>Kyst</h1>{text}</main></body></html>", "side.html"
    )
    assert draft.metadata["title"] == "Kyst"
    assert "Nordlys" in [d.text for d in draft.dropped]


def test_a_title_above_the_text_is_kept():
    text = "<p>Kysten vår trenger folk, båter og kaier som tåler vinterstormen, og det koster.</p>" * 3
    draft = read_html(f"<html><body><div><h1>Kyst</h1></div><div>{text}</div></body></html>", "side.html")
    assert draft.blocks[0].kind == "heading"
    assert draft.metadata["title"] == "Kyst"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param('<meta charset="utf-8">', "utf-8", id="utf-8"),
        pytest.param('<meta charset="iso-8859-1">', "cp1252", id="latin-1 that is Windows-1252"),
        pytest.param('<meta charset="utf-8">', "cp1252", id="a wrong declaration"),
        pytest.param("", "cp1252", id="no declaration"),
        pytest.param("", "utf-16", id="utf-16"),
        pytest.param('<meta charset="macintosh">', "mac_roman", id="Mac"),
    ],
)
def test_the_pages_encoding_is_found(tmp_path, head, encoding):
    path = tmp_path / "side.html"
    page = f"<html><head>{head}</head><body><p>Åse går på ski – «i år» også.</p></body></html>"
    path.write_bytes(page.encode(encoding))
    assert read_document(path).text == "Åse går på ski – «i år» også."
