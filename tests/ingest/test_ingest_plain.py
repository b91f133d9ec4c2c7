import pytest

from policytext.ingest.boilerplate import boilerplate_label
from policytext.ingest.markers import find_marker
from policytext.ingest.plain import blocks_of


def cut(text):
    return [(b.kind, b.level, b.marker, " ".join(line.text for line in b.lines)) for b in blocks_of(text)]


@pytest.mark.parametrize(
    ("line", "kind", "text", "value"),
    [
        *[
            pytest.param(f"{glyph} bygge", "bullet", glyph, None, id=f"bullet {glyph}")
            for glyph in "•●○◦▪■‣⁃·►➢→✓◆*+\uf0b7"
        ],
        pytest.param("•bygge", "bullet", "•", None, id="no space"),
        pytest.param("o\tbygge", "bullet", "o", None, id="Word's second bullet"),
        *[pytest.param(f"{dash} bygge", "dash", dash, None, id=f"dash {dash}") for dash in "-–—−"],
        pytest.param("1. bygge", "number", "1.", 1, id="number and point"),
        pytest.param("12) bygge", "number", "12)", 12, id="number and bracket"),
        pytest.param("(3) bygge", "number", "(3)", 3, id="number in brackets"),
        pytest.param("2.1 Bygge", "outline", "2.1", 1, id="outline"),
        pytest.param("2.1.4. Bygge", "outline", "2.1.4.", 4, id="outline with point"),
        pytest.param("a) bygge", "letter", "a)", 1, id="letter"),
        pytest.param("iv) bygge", "letter", "iv)", None, id="roman"),
    ],
)
def test_a_marker_is_found(line, kind, text, value):
    marker = find_marker(line)
    assert marker is not None
    assert (marker.kind, marker.text, marker.value, marker.rest.casefold()) == (kind, text, value, "bygge")


@pytest.mark.parametrize(
    "line",
    [
        "1. mai er fridag",
        "17. mai 2031 åpner havna",
        "8. trinn får skolebuss",
        "1.–4. trinn får mer lek",
        "25.09.2031: Havna åpner",
        "1,5 millioner kroner",
        "10 000 nye naust",
        "2031 blir året",
        "A. Naust er ordfører",
        "og et naust",
        "-vis er en endelse",
        "•",
        "",
        "1.",
    ],
)
def test_what_is_no_marker_is_left_alone(line):
    assert find_marker(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Kystplan\n\nVi vil at alle kaier langs kysten skal tåle\n"
            "storm, og at staten skal ta ansvar for at naustene\nblir stående.\n",
            [
                ("heading", 1, None, "Kystplan"),
                (
                    "paragraph",
                    None,
                    None,
                    "Vi vil at alle kaier langs kysten skal tåle storm, og at staten skal ta ansvar for at naustene "
                    "blir stående.",
                ),
            ],
            id="hard-wrapped lines",
        ),
        pytest.param(
            "Vi vil:\n• bygge kaier\n  o\tsteinkaier\n  o\ttrekaier\n• verne holmer",
            [
                ("paragraph", None, None, "Vi vil:"),
                ("item", 1, "•", "bygge kaier"),
                ("item", 2, "o", "steinkaier"),
                ("item", 2, "o", "trekaier"),
                ("item", 1, "•", "verne holmer"),
            ],
            id="nested bullets",
        ),
        pytest.param(
            "Vi vil:\n1. bygge kaier:\n   a) i nord\n   b) i vest\n2. verne holmer",
            [
                ("paragraph", None, None, "Vi vil:"),
                ("item", 1, "1.", "bygge kaier:"),
                ("item", 2, "a)", "i nord"),
                ("item", 2, "b)", "i vest"),
                ("item", 1, "2.", "verne holmer"),
            ],
            id="letters under numbers",
        ),
        pytest.param(
            "Nordlys vil:\nbygge kaier\nverne holmer\nhalvere avgiften\n\nDette haster.",
            [
                ("paragraph", None, None, "Nordlys vil:"),
                ("item", 1, None, "bygge kaier"),
                ("item", 1, None, "verne holmer"),
                ("item", 1, None, "halvere avgiften"),
                ("paragraph", None, None, "Dette haster."),
            ],
            id="a list without bullets",
        ),
        pytest.param(
            "Vi i Nordlys vil:\nbygge ut fiber til alle husstander i fylket\nhalvere fergetakstene\n"
            "gi alle elever i grunnskolen et gratis måltid hver dag\nverne holmer\n\nDette haster.",
            [
                ("paragraph", None, None, "Vi i Nordlys vil:"),
                ("item", 1, None, "bygge ut fiber til alle husstander i fylket"),
                ("item", 1, None, "halvere fergetakstene"),
                ("item", 1, None, "gi alle elever i grunnskolen et gratis måltid hver dag"),
                ("item", 1, None, "verne holmer"),
                ("paragraph", None, None, "Dette haster."),
            ],
            id="a list without bullets, of uneven lines",
        ),
        pytest.param(
            "Vi mener dette om naust.\n\nDerfor vil Havørn\n\nverne naust\nbygge kaier\n\nDette haster!",
            [
                ("paragraph", None, None, "Vi mener dette om naust."),
                ("paragraph", None, None, "Derfor vil Havørn"),
                ("item", 1, None, "verne naust"),
                ("item", 1, None, "bygge kaier"),
                ("paragraph", None, None, "Dette haster!"),
            ],
            id="a list without bullets or colon",
        ),
        pytest.param(
            "Naust\n=====\n\nVi vil bygge.\n\n* * *\n\nVedtatt i 2031.",
            [
                ("heading", 1, None, "Naust"),
                ("paragraph", None, None, "Vi vil bygge."),
                ("paragraph", None, None, "Vedtatt i 2031."),
            ],
            id="lines drawn with signs",
        ),
        pytest.param(
            "Kysten har det slik at alle som bor der, må vite dette:\n"
            "havet gir og havet tar, og den som ikke har et naust, har\nheller ikke noe sted å gjøre av båten sin når "
            "stormen tar\nover sist i november.",
            [
                (
                    "paragraph",
                    None,
                    None,
                    "Kysten har det slik at alle som bor der, må vite dette: havet gir og havet tar, og den som ikke "
                    "har et naust, har heller ikke noe sted å gjøre av båten sin når stormen tar over sist i november.",
                )
            ],
            id="a colon inside a wrapped paragraph",
        ),
        pytest.param(
            "– Kaiene må rustes opp, sier ordfører Kari Naust.\n\n– Vi har ikke råd til å vente, sier hun.",
            [
                ("paragraph", None, None, "– Kaiene må rustes opp, sier ordfører Kari Naust."),
                ("paragraph", None, None, "– Vi har ikke råd til å vente, sier hun."),
            ],
            id="dashes before speech are no bullets",
        ),
        pytest.param(
            "Vi går inn for:\n- flere kaier\n- færre avgifter",
            [
                ("paragraph", None, None, "Vi går inn for:"),
                ("item", 1, "-", "flere kaier"),
                ("item", 1, "-", "færre avgifter"),
            ],
            id="dashes in a list are bullets",
        ),
        pytest.param(
            "1. Kyst\nKysten er lang, og kaiene er gamle og slitte.\n\n"
            "2. Hav\nHavet er dypt, og fisken er fet om høsten.",
            [
                ("heading", 2, "1.", "Kyst"),
                ("paragraph", None, None, "Kysten er lang, og kaiene er gamle og slitte."),
                ("heading", 2, "2.", "Hav"),
                ("paragraph", None, None, "Havet er dypt, og fisken er fet om høsten."),
            ],
            id="numbered headings",
        ),
        pytest.param(
            "Havna skal åpne i 2031. Det er bestemt av kommunen at den\n"
            "1. januar skal være klar for de første båtene, og at det\n"
            "17. mai skal feires der med korps og is til alle barna.\n",
            [
                (
                    "paragraph",
                    None,
                    None,
                    "Havna skal åpne i 2031. Det er bestemt av kommunen at den 1. januar skal være klar for de første "
                    "båtene, og at det 17. mai skal feires der med korps og is til alle barna.",
                )
            ],
            id="dates at a line's start",
        ),
        pytest.param(
            "Partiet vil bygge ut nærings-\nlivet, styrke natur- og\n"
            "miljøvernet og ta vare på kom-\nmunene langs hele kysten vår.",
            [
                (
                    "paragraph",
                    None,
                    None,
                    "Partiet vil bygge ut næringslivet, styrke natur- og miljøvernet og ta vare på kommunene langs "
                    "hele kysten vår.",
                )
            ],
            id="divided words",
        ),
    ],
)
def test_text_is_cut_into_blocks(text, expected):
    from policytext.ingest.draft import Draft, assemble

    document = assemble(Draft(blocks_of(text)), "d")
    assert [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks] == expected


DOUBLE = """
LANGS KYSTEN

%

Kysten vår er lang, og langs den bor det folk som lever av det havet gir dem. De

trenger kaier, naust og veier som holder gjennom vinteren, og de trenger det

hvert eneste år.

%

%

1. Hvem skal eie naustene?
Naustene er i ferd med å bli hytter for folk fra byen, og fiskerne må legge båten

et annet sted.

• Hva mener dere i lokallaget om å la kommunen kjøpe naust og leie dem ut til

unge fiskere?

• Er det riktig å vente?
""".replace("%", " ")


def test_double_spaced_lines_are_rejoined():
    assert [(kind, marker, text[-20:]) for kind, _, marker, text in cut(DOUBLE)] == [
        ("heading", None, "LANGS KYSTEN"),
        ("paragraph", None, "det hvert eneste år."),
        ("heading", "1.", "em skal eie naustene?"[-20:]),
        ("paragraph", None, "båten et annet sted."),
        ("item", "•", "ut til unge fiskere?"),
        ("item", "•", "Er det riktig å vente?"[-20:]),
    ]


OPENING = """1. Vi vil bygge kaier. Kaiene skal tåle storm, og vi vil sette av
penger til det hvert eneste år.

Naust for alle
Kysten er mer enn utsikt fra en hytte. Her bor det folk hele året,
og folk trenger naust, kai og vei fram til sjøen.

Våre løfter for naustene er:

{first}. Vi vil verne holmene. Ingen skal bygge hytter der, og det skal
kommunen passe på.

{second}. Vi vil ha flere lærlinger om bord i fiskebåtene våre, og det
skal staten betale.
"""


@pytest.mark.parametrize(
    ("lead", "first", "second", "order"),
    [
        pytest.param("", 2, 3, "ihppii", id="a list without items before keeps its place"),
        pytest.param("• noe\n\n", 2, 3, "ihppiii", id="an opening inside a list moves before it"),
        pytest.param("Dette vil vi:\n\n", 2, 3, "pihppii", id="numbers that run on through sections stay"),
        pytest.param("• noe\n\n", 1, 2, "iihppii", id="a new list keeps its own opening"),
    ],
)
def test_an_opening_moves_only_when_its_list_has_none(lead, first, second, order):
    blocks = cut(lead + OPENING.format(first=first, second=second))
    assert "".join(kind[0] for kind, *_ in blocks) == order


@pytest.mark.parametrize(
    "text",
    [
        "Meld deg på nyhetsbrevet vårt",
        "Telefon: 22 33 44 55",
        "post@naust.example",
        "Les mer om havna her",
        "Del på Facebook",
        "Vi bruker informasjonskapsler på denne siden.",
        "Historisk arkiv",
        "Leiar Kari Naust, Havn, 15. mars 2031",
        "Forsiden › Politikk › Fiske",
        "Del denne saken: Facebook",
        "Kari Naust, tlf. 900 00 000",
        "For mer informasjon:",
    ],
)
def test_boilerplate_is_told_apart(text):
    assert boilerplate_label(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Vi vil at alle skal få nyhetsbrev fra kommunen om havner, veier og skoler i hele fylket, fire ganger i året.",
        "Telefonen skal virke i hele landet.",
        "Del ansvaret mellom stat og kommune.",
        "Kontakt mellom skole og hjem skal styrkes.",
        "Lese mer i skolen",
        "Bli med på å bygge landet.",
        "Tilbake til start: vi vil gjenreise linja.",
        "Adressen må være gyldig.",
    ],
)
def test_political_text_is_no_boilerplate(text):
    assert boilerplate_label(text) is None
