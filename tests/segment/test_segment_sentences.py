import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.segment import split_sentences

CASES = [
    ("abbreviation", "Vi støtter f.eks. Havørn skole. Den er god.", 2),
    ("clock", "Møtet er kl. 10 i dag. Kom!", 2),
    ("ordinal month", "Fristen er 1. januar 2027. Så er det slutt.", 2),
    ("ordinal grade", "Elever på 8. trinn får bok. Det er bra.", 2),
    ("year at the end", "Alt skal være klart innen 2030. Da feirer vi.", 2),
    ("initials", "Lederen er Odd A. Nes fra bygda. Han er snill.", 2),
    ("two initials", "O. K. Nes leder laget.", 1),
    ("report", "Se St.meld. nr. 5 (2019–2020) om saken. Vi er enige.", 2),
    ("law", "Jf. kap. 3 og § 5 i loven. Slik er det.", 2),
    ("etc. at the end", "Vi bygger kai, molo osv. Alt skal opp.", 2),
    ("etc. within", "Vi bygger kai, molo osv. i bygda.", 1),
    ("quote", "Hun sa: «Vi bygger nå.» Så gikk hun.", 2),
    ("quote that asks", "«Hva nå?» spør ordføreren.", 1),
    ("nynorsk", "Me vil t.d. Halvere prisen. Det hjelper.", 2),
    ("dash after", "Vi bygger. – Det er bra, sier hun.", 2),
    ("amount", "Det koster 3,5 mill. kroner i år. Vi betaler.", 2),
    ("amount at the end", "Det koster 3,5 mrd. Vi betaler.", 2),
    ("missing space", "Vi bygger ut havna.Det er bra.", 2),
    ("web", "Se www.havoern.no for mer. Der står alt.", 2),
    ("mail", "Skriv til post@havoern.no i dag.", 1),
    ("blank line", "Uten punktum\n\nNy linje", 2),
    ("decimal", "Renta er 4.5 prosent nå.", 1),
    ("bracket", "Vi bygger (se planen.) Så river vi.", 2),
    ("ellipsis", "Vi får se … Kanskje blir det kai.", 2),
    ("exclamation", "Nei til gruve! Ja til fjord!", 2),
]


@pytest.mark.parametrize(("text", "count"), [pytest.param(t, n, id=i) for i, t, n in CASES])
def test_sentences(text, count):
    found = [text[start:end] for start, end in split_sentences(text)]
    assert len(found) == count, found


@given(st.text(alphabet=st.sampled_from("aAåÅ1 .!?»«\n–-)(f.eks"), max_size=120))
def test_sentences_cover_the_text_once(text):
    spans = split_sentences(text)
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())
    assert all(s < e for s, e in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(text[s:e] == text[s:e].strip() for s, e in spans)
