import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policytext.errors import PolicyTextError
from policytext.quantities import parse, to_text
from policytext.quantities.number_words import decode, read_words

SPELT = [
    (0, "null", "null"),
    (1, "én", "éin"),
    (7, "sju", "sju"),
    (21, "tjueén", "tjueéin"),
    (100, "ett hundre", "eitt hundre"),
    (103, "ett hundre og tre", "eitt hundre og tre"),
    (1001, "ett tusen og én", "eitt tusen og éin"),
    (5020, "fem tusen og tjue", "fem tusen og tjue"),
    (234_567, "to hundre og trettifire tusen fem hundre og sekstisju", None),
    (2_000_000, "to millioner", "to millionar"),
    (10**15, "én billiard", "éin billiard"),
    (-3, "minus tre", "minus tre"),
    (2.5, "to komma fem", "to komma fem"),
]
READ = [
    ("to og tjue", 22),
    ("nitti fem", 95),
    ("toogtyve", 22),
    ("hundretusen", 100_000),
    ("et hundre og tre", 103),
    ("nittenhundreognittifem", 1995),
    ("tolv hundre", 1200),
    ("halvannen million", 1_500_000),
    ("to og en halv milliard", 2_500_000_000),
    ("fem og eit halvt tusen", 5500),
    ("tre billionar", 3 * 10**12),
    ("to dusin", 24),
    ("søttisyv", 77),
]
NOT_WORDS = ["torsk", "tog", "nisse", "tretten skoler", "fireogtretti hus", "hundrevis", "en til", "titting", ""]


@pytest.mark.parametrize(("number", "nb", "nn"), SPELT, ids=[str(n) for n, _, _ in SPELT])
def test_a_number_is_spelt_in_both_forms(number, nb, nn):
    assert to_text(number) == nb
    if nn is not None:
        assert to_text(number, form="nn") == nn


@pytest.mark.parametrize(("words", "number"), READ, ids=[w for w, _ in READ])
def test_number_words_are_read_to_their_end(words, number):
    found = read_words(words, 0)
    assert found is not None
    assert (found.value, found.end) == (number, len(words))


@pytest.mark.parametrize("word", NOT_WORDS)
def test_what_is_no_number_word_is_not_decoded(word):
    assert decode(word) is None


@pytest.mark.parametrize("form", ["nb", "nn"])
def test_every_number_to_ten_thousand_is_read_back(form):
    for number in range(10_001):
        words = to_text(number, form=form)
        found = read_words(words, 0)
        assert found is not None
        assert (found.value, found.end, found.kind) == (number, len(words), "number"), words


@pytest.mark.slow
@pytest.mark.parametrize("form", ["nb", "nn"])
def test_every_number_to_a_million_is_read_back(form):
    for number in range(1_000_001):
        words = to_text(number, form=form)
        found = read_words(words, 0)
        assert found is not None
        assert (found.value, found.end) == (number, len(words)), words


@example(10**30 - 50, "nb")
@given(st.integers(min_value=-(10**30) + 1, max_value=10**30 - 1), st.sampled_from(["nb", "nn"]))
def test_any_number_is_read_back_by_parse(number, form):
    assert parse(to_text(number, form=form)).value == number


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(["nb", "nn"]))
def test_decimals_are_read_back(number, form):
    assert parse(to_text(float(number), form=form)).value == float(number)


@pytest.mark.parametrize(("value", "form"), [(1, "en"), (10**30, "nb"), (float("nan"), "nb"), (float("inf"), "nn")])
def test_what_cannot_be_spelt_is_refused(value, form):
    with pytest.raises(PolicyTextError, match=r"form 'en'; allowed: nb, nn|cannot be written in words"):
        to_text(value, form=form)
