import re

import pytest

from policytext.ingest.catalogue import find_party, guess_party, parties
from policytext.ingest.metadata import guess


def test_every_party_has_names_and_a_colour_and_no_two_share_a_name():
    seen = {}
    for party in parties():
        assert re.fullmatch(r"#[0-9a-f]{6}", party.colour), party
        assert party.party, party
        assert party.name_nb, party
        assert party.name_nn, party
        for name in {name.casefold() for name in party.names}:
            assert seen.setdefault(name, party.party) == party.party, name
        assert {name.casefold() for name in party.names} >= set(party.ordinary), party


@pytest.mark.parametrize(
    ("text", "party"),
    [
        pytest.param("Ap", "Ap", id="abbreviation"),
        pytest.param("V", "V", id="one letter alone"),
        pytest.param("H_2021-2025", "H", id="one letter and years"),
        pytest.param("partiprogram-2025-2029-venstre", "V", id="ordinary word among programme words"),
        pytest.param("sv_partiprogram_2021", "SV", id="small letters"),
        pytest.param("Miljøpartiet De Grønne 2025", "MDG", id="several words"),
        pytest.param("senterpartiet-prinsipp-og-handlingsprogram-nynorsk", "Sp", id="long file name"),
        pytest.param("Arbeidarpartiet", "Ap", id="Nynorsk"),
        pytest.param("Kristeleg Folkeparti", "KrF", id="Nynorsk of two words"),
        pytest.param("plan for by og land", None, id="a small for is no party"),
        pytest.param("det rødt hus ved sjøen", None, id="an ordinary word"),
        pytest.param("Høyre og Venstre om kaier", None, id="two parties"),
        pytest.param("Bygdelista Havørn", None, id="unknown"),
        pytest.param("000_64d4dee9f3ca2fd1", None, id="a hash"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_party_is_guessed_from_a_file_name(text, party):
    found = guess_party(text)
    assert (found.party if found else None) == party


def test_initials_are_no_party():
    assert guess_party("Ola V Naust", short=False) is None
    assert find_party("V") is not None


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        pytest.param("KrF_2029-2033.pdf", {}, {"party": "KrF", "date": "2029"}, id="name and period"),
        pytest.param("2031-03-04-tale.txt", {}, {"date": "2031-03-04"}, id="date"),
        pytest.param("20310304.txt", {}, {"date": "2031-03-04"}, id="date in one"),
        pytest.param("a1999b.txt", {}, {}, id="digits inside a word"),
        pytest.param("tale.txt", {"title": "Sentrumspartiet i 2033"}, {"party": "Sentrum", "date": "2033"}, id="title"),
        pytest.param("Ap_2025.txt", {"party": "Havørn", "date": "2031"}, {}, id="known things stay"),
        pytest.param("tale.txt", {"author": "Ola V Naust"}, {}, id="an author's initial"),
        pytest.param("tale.txt", {"site": "Senterpartiet"}, {"party": "Sp"}, id="the site's name"),
    ],
)
def test_guesses_fill_only_what_is_not_known(tmp_path, name, known, expected):
    folder = tmp_path / "tekster"
    assert guess(folder / name, known) == expected
