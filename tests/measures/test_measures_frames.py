"""Frames: which heads a sentence has, with verb, negation, subject and what is coordinated."""

import pytest

from policytext.measures.frames import find_heads
from policytext.measures.introductions import intro_mode
from policytext.measures.lexicon import inflect, load_direction_words, load_verbs
from policytext.measures.nouns import noun_class
from policytext.measures.reading import read
from policytext.measures.words import cut, describe, spans
from policytext.records import DIRECTIONS

HEADS = {
    "vil": ("Vi vil bygge ferjekai.", False, [("modal", "bygge")]),
    "inverted": ("Derfor vil Fjellfolket styrke legevakta.", False, [("modal", "styrke")]),
    "passive": ("Retten skal lovfestes.", False, [("modal_passive", "lovfeste")]),
    "passive-nn": ("Ferja må styrkast.", False, [("modal_passive", "styrke")]),
    "inverted-passive": ("Derfor må havna utvides.", False, [("modal_passive", "utvide")]),
    "unknown-verb": ("Vi vil biokullsatse her.", False, [("modal", "biokullsatse")]),
    "participle": ("Ordningen skal bli avviklet.", False, [("modal_passive", "avvikle")]),
    "chain": ("Kommunene skal kunne innføre køprising.", False, [("modal", "innføre")]),
    "item": ("innføre køprising", True, [("infinitive", "innføre")]),
    "item-aa": ("å innføre køprising", True, [("aa_infinitive", "innføre")]),
    "item-late": ("i samarbeid med næringen utvikle havnene", True, [("infinitive", "utvikle")]),
    "coordinated": (
        "bygge ut fiber, halvere takstene og innføre ungdomskort",
        True,
        [("infinitive", "bygge ut"), ("coord_infinitive", "halvere"), ("coord_infinitive", "innføre")],
    ),
    "means-kept": ("styrke ferja ved å auke tilskotet", True, [("infinitive", "styrke")]),
    "particles": ("Vi vil legge bedre til rette for gründere.", False, [("modal", "legge til rette for")]),
    "nei-til": ("Nei til nye kabler", False, [("nei_til", "si nei til")]),
    "needed": ("Det er nødvendig å avvikle ordningen.", False, [("needed", "avvikle")]),
    "relative-left": ("Kaier som er stengt skal åpnes igjen.", False, [("modal_passive", "åpne")]),
    "relative-kept": ("Kaia som skal åpnes er lang.", False, [("modal_passive", "åpne")]),
    "that-clause-before": (
        "I takt med at folk flytter, må vi styrke skolene.",
        False,
        [("at_present", "flytte"), ("modal", "styrke")],
    ),
    "parenthesis": ("Me må om naudsynt stengje fjorden.", False, [("modal", "stenge")]),
    "subject-is-no-promise": (
        "Kaia skal bygges, og finansieringen må økes.",
        False,
        [("modal_passive", "bygge"), ("modal_passive", "øke")],
    ),
    "late-infinitive": (
        "Vi vil bygge bru og i større grad kontrollere fisket.",
        False,
        [("modal", "bygge"), ("late_infinitive", "kontrollere")],
    ),
    "adjective-is-no-verb": (
        "styrke skolen og bedre digitale verktøy",
        True,
        [("infinitive", "styrke"), ("coord_nominal", "")],
    ),
    "coming": ("Fjellfolket kommer ikke til å støtte salget.", False, [("modal", "støtte")]),
    "coming-is-motion": ("Ferja kommer til kai.", False, []),
    "passive-present": ("Taksten heves til 30 kroner.", False, [("passive", "heve")]),
    "best-we-can": ("Det klokeste vi kan gjøre er å verne fjorden.", False, [("modal", "gjøre"), ("needed", "verne")]),
    "others-wish": ("Mange rederier krever høyere takst.", False, [("report", "kreve")]),
    "krev-nn": ("Me krev at staten byggjer kai.", False, [("wish", "kreve"), ("at_present", "bygge")]),
    "føreslår-nn": ("Fjellfolket føreslår gratis ferje.", False, [("wish", "foreslå")]),
    "abbreviation": ("Vi bør bl.a. bygge kai.", False, [("modal", "bygge")]),
    "as-soon-as": ("så fort som mulig innføre køprising", True, [("infinitive", "innføre")]),
    "wish": ("Vi støtter kulturskolen.", False, [("wish", "støtte")]),
    "fact": ("Kysten er lang.", False, []),
    "heading-like": ("Havet og kysten", False, []),
}


@pytest.mark.parametrize(("text", "promised", "expected"), HEADS.values(), ids=HEADS)
def test_heads(text: str, promised: bool, expected: list[tuple[str, str]]) -> None:
    heads, _ = find_heads(cut(text), promised=promised)
    assert [(head.kind, head.lemma) for head in heads] == expected


SUBJECTS = {
    "Hamna er stengd for større båtar.": [],
    "Kommuna har 4000 innbyggjarar.": [],
    "Hamna vår var den største i fylket.": [],
    "Skula i Nordvik har stått tom sidan 2019.": [],
    "Drosja er det einaste tilbodet om natta.": [],
    "Kystvakta held til i to byar.": [],
    "Støtte er ikke det samme som gaver.": [],
    "Reise er dyrt for familier langs kysten.": [],
    "Leie har blitt dyrere i byene.": [],
    "Grunneiere tjener godt på parkering.": [],
    "Hamna må rustast opp.": [("modal_passive", "ruste opp")],
    "Kommuna skal styrkje legevakta.": [("modal", "styrke")],
    "Ferjeleia på øyane skal utvidast.": [("modal_passive", "utvide")],
}
INFINITIVES = {
    "Byggja ny hamn på Havøy.": "bygge ny",
    "Styrka kommunane som har mista butikken.": "styrke",
    "Sikra at hamna er open heile året.": "sikre",
    "Rusta opp gatene som er mørke.": "ruste opp",
    "Auka støtta til skulane vi har.": "øke",
    "Opna skulane når det er ferie.": "åpne",
    "Satsa på hamna og kaien.": "satse på",
    "Kartleggja kva grendene har bruk for.": "kartlegge",
    "Sektorsamordna tenestene til barn.": "sektorsamordna",
    "Støtte ferger som er utslippsfrie.": "støtte",
    "Reise tiltale der loven er brutt.": "reise",
    "Gi kommunene pengene de trenger.": "gi",
    "Fjerne avgiften alle må betale.": "fjerne",
}


@pytest.mark.parametrize(("text", "expected"), SUBJECTS.items(), ids=SUBJECTS)
def test_a_noun_before_its_finite_verb_is_no_infinitive(text: str, expected: list[tuple[str, str]]) -> None:
    heads, _ = find_heads(cut(text), promised=True)
    assert [(head.kind, head.lemma) for head in heads] == expected


@pytest.mark.parametrize(
    ("text", "finite"),
    [
        ("Grenda fekk fiber i fjor.", "fekk:name"),
        ("Bygda hadde lege før.", "hadde:name"),
        ("Skolen på øya ble lagt ned.", "ble:noun"),
        ("Havna er stengt.", "er:name"),
        ("Ferja som ble solgt er stengt.", "er:noun"),
        ("Ordningen skal bli avviklet.", "skal:name"),
        ("styrke ferja", ""),
    ],
)
def test_the_first_finite_verb_of_the_main_clause(text: str, finite: str) -> None:
    assert find_heads(cut(text), promised=True)[1] == finite


@pytest.mark.parametrize(("text", "lemma"), INFINITIVES.items(), ids=INFINITIVES)
def test_an_infinitive_before_its_object_leads(text: str, lemma: str) -> None:
    heads, _ = find_heads(cut(text), promised=True)
    assert (heads[0].kind, heads[0].lemma) == ("infinitive", lemma)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Vi vil ikke privatisere havna.", True),
        ("Vi vil verken selge eller leie ut havna.", True),
        ("Me vil ikkje selje kraftverket.", True),
        ("Vi vil selge havna.", False),
        ("Vi vil utvide havna uten å rive bryggene.", False),
    ],
    ids=["ikke", "verken", "ikkje", "plain", "uten-aa"],
)
def test_negation(text: str, negated: bool) -> None:
    heads, _ = find_heads(cut(text), promised=False)
    assert heads[0].negated is negated


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Derfor vil De Grønne bygge baner.", "party"),
        ("Derfor vil de grønne skogene vokse.", "it"),
        ("Vi skal bygge kai.", "we"),
        ("Kystpartiet skal bygge kai.", "party"),
        ("Kystpar et skal bygge kai.", "party"),
        ("Staten skal bygge kai.", "public"),
        ("Høyresiden vil bygge kai.", "others"),
        ("Dette vil gi flere jobber.", "it"),
    ],
    ids=["party-of-two-words", "they", "we", "party", "party-damaged", "public", "others", "it"],
)
def test_subject(text: str, subject: str) -> None:
    heads, _ = find_heads(cut(text), promised=False)
    assert heads[0].subject == subject


@pytest.mark.parametrize(
    ("intro", "mode"),
    [
        ("Bygdelista Havørn vil:", "will"),
        ("Derfor vil vi:", "will"),
        ("Difor vil vi mellom anna:", "will"),
        ("Vi går inn for å:", "will"),
        ("Slik er det i dag:", "other"),
        ("Les meir om saka her.", "other"),
        ("", ""),
    ],
)
def test_intro(intro: str, mode: str) -> None:
    assert intro_mode(intro) == mode


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Vi vil sørge for at ferja blir styrket.", "styrke"),
        ("Vi vil arbeide for å redusere utslippene.", "redusere"),
        ("Vi vil utrede å innføre køprising.", "innføre"),
        ("Vi vil iverksette tiltak som øker farten.", "øke"),
        ("Vi vil fjerne avgifta.", "fjerne"),
        ("Fjellfolket ønsker å stoppe kraftsalget.", "stoppe"),
        ("Vi vil at fjorden vernes.", "verne"),
        ("Vi har som mål at takstane halverast.", "halvere"),
        ("Vi vil som et minimum holde oppe rutetilbudet.", "holde oppe"),
        ("Innen 2040 skal Norge fase ut dieselferjer.", "fase ut"),
        ("Vi skal nå målet om utslippskutt.", "nå"),
        ("Taksten skal ned.", "redusere"),
        ("Prisen må ikkje opp.", "øke"),
        ("Vi må nå bygge kai.", "bygge"),
    ],
)
def test_content(text: str, lemma: str) -> None:
    assert read(text, heading="", intro="", item=False).core.lemma == lemma


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi er imot salg av kraftverk.", [("wish", "gå imot")]),
        ("Me er motstandarar av salet.", [("wish", "gå imot")]),
        ("Fjellfolket er positive til ny bru.", [("wish", "støtte")]),
        ("For å berge fisket seier Fjellfolket nei til trålarar.", [("wish", "si nei til")]),
        ("Mange er imot salg av kraftverk.", []),
        ("Brua er for smal.", []),
    ],
)
def test_stands(text: str, expected: list[tuple[str, str]]) -> None:
    reading = read(text, heading="", intro="", item=False)
    assert [(head.kind, head.lemma) for head in reading.heads] == expected


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Innføre importforbud mot pels", "abolish"),
        ("Innføre fangstkvoter", "introduce"),
        ("Jevne ut forskjellene", "decrease"),
        ("Jamne ut skilnadene", "decrease"),
        ("Halde oppe rutetilbodet", "maintain"),
        ("Halde fram med rassikringa", "maintain"),
        ("Få ned køene", "decrease"),
        ("Få opp farten", "increase"),
        ("Arbeide mot nedlegging av kaia", "oppose"),
        ("Setje ned avgifta", "decrease"),
    ],
)
def test_what_the_verb_does(text: str, direction: str) -> None:
    verb = read(text, heading="", intro="", item=True).core.verb
    assert verb is not None
    assert verb.direction == direction


@pytest.mark.parametrize(
    ("word", "bears"),
    [
        ("arealreduksjon", "decrease"),
        ("pelsforbud", "abolish"),
        ("jordvern", "maintain"),
        ("internett", ""),
        ("kai", ""),
    ],
)
def test_compounds_bear_a_direction(word: str, bears: str) -> None:
    assert describe(word).bears == bears


def test_spans_are_the_words() -> None:
    text = "Gjer «SFO» gratis – no, og fjern 20 % av avgifta!"
    assert [text[start:end].lower() for start, end in spans(text)] == [word.lower for word in cut(text)]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("styrkast", "styrke"),
        ("utvides", "utvide"),
        ("auka", "øke"),
        ("gjev", "gi"),
        ("konkurranseutsette", "konkurranseutsette"),
    ],
)
def test_verb_forms(form: str, lemma: str) -> None:
    assert describe(form).lemma == lemma


@pytest.mark.parametrize("word", ["havet", "grønn", "Tromsø", "fordi"])
def test_no_verbs(word: str) -> None:
    assert describe(word).reading == 0


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("drivstoffavgifta", "tax"),
        ("arbeidsmiljøloven", "law"),
        ("kommunestyret", ""),
        ("samarbeidet", "vague"),
        ("Mattilsynet", "institution"),
        ("området", ""),
    ],
)
def test_noun_class(word: str, group: str) -> None:
    assert noun_class(word.lower()) == group


def test_lexicon_is_sound() -> None:
    lexicon = load_verbs()
    assert len(lexicon.verbs) > 900
    assert {verb.direction for verb in lexicon.verbs.values()} == set(DIRECTIONS)
    assert set(load_direction_words().values()) == set(DIRECTIONS)
    assert all(lemma.split()[0] in lexicon.forms for lemma in lexicon.verbs)
    assert "styrkast" in inflect("styrkje") or "styrkjast" in inflect("styrkje")
