"""The report as a file, and its figures, without a browser."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib as mpl
import pytest

from policytext.errors import AnalysisError
from policytext.report import report, save_figures
from policytext.report.figures import FIGURES, emphasis
from policytext.report.sentences import sentences
from policytext.report.svg import inline_svg, to_png, to_svg
from policytext.report.tables import promise_table
from policytext.report.texts import load_texts
from policytext.report.views import emphasis_view, similarity_view

WORDS = load_texts("nb")


@pytest.fixture(scope="module")
def page(path):
    return path.read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_bytes(page, tmp_path, analysis, comparison):
    again = report(analysis, comparison, tmp_path / "r.html")
    assert again.read_bytes() == page.encode("utf-8")


def test_the_page_reaches_for_nothing_outside(page):
    fetched = re.findall(r"(?:src|href|action|srcset)=[\"']([^\"'#]{0,40})", page)
    assert [address for address in fetched if address and not address.startswith("data:")] == []
    assert "@import" not in page
    assert re.findall(r"url\((?!#)", page) == []


def test_the_page_says_what_was_read(page):
    assert '<html lang="nb">' in page
    assert "4 dokumenter fra 4 partier gir 145 setninger og punkter." in page
    assert "Sentralisering og desentralisering" in page
    assert "Kystpartiet Nordlys legger mer vekt på verdiskaping enn de andre" in page
    assert "ab" * 32 in page


def test_the_page_in_english(tmp_path, builders):
    analysis = builders.analysis({"Fjellfolket": (1, 1), "Byalliansen": (2,)})
    page = report(analysis, builders.comparison(analysis), tmp_path / "r.html", language="en", title="Coast").read_text(
        encoding="utf-8"
    )
    assert '<html lang="en">' in page
    assert "<h1>Coast</h1>" in page
    assert "Infrastructure" in page
    assert "Alle tiltak" not in page


def test_every_measure_is_in_the_data(page, analysis):
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
    assert len(data["measures"]) == len(analysis.measures)
    marked = [data["texts"][row[0]][row[1] : row[2]] for row in data["measures"]]
    assert marked == analysis.measures["text"].tolist()


@pytest.mark.parametrize("shift", ["document", "segment"])
def test_offsets_may_count_in_the_document_or_in_the_segment(builders, shift):
    analysis = builders.analysis()
    if shift == "segment":
        starts = dict(zip(analysis.segments["segment_id"], analysis.segments["start"], strict=True))
        for frame in (analysis.measures, analysis.quantities):
            moved = frame["segment_id"].map(starts)
            frame["start"], frame["end"] = frame["start"] - moved, frame["end"] - moved
        analysis.segments["start"] = 0
    found = sentences(WORDS, analysis, by="party")
    assert [one.text[one.start : one.end] for one in found] == analysis.measures["text"].tolist()
    assert all("".join(text for text, *_ in one.pieces()) == one.text for one in found)
    numbers = [text for one in found for text, inside, number in one.pieces() if number and inside]
    assert numbers == analysis.quantities["text"].tolist()


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({}, ["Det er ingen tiltak med område", "Ingen tiltak er tallfestet", "minst to partier", "Ingen setning"]),
        ({"Fjellfolket": (0, 0, 0, 3)}, ["Ingen tiltak er tallfestet", "minst to partier for å måle likhet"]),
        ({"Fjellfolket": (1,), "Byalliansen": (0,)}, ["1 dokument", "1 tiltak"]),
    ],
    ids=["nothing", "one party without numbers", "one measure"],
)
def test_empty_parts_say_so(tmp_path, builders, weights, said):
    analysis = builders.analysis(weights)
    page = report(analysis, builders.comparison(analysis, topics=False), tmp_path / "r.html").read_text("utf-8")
    assert [text for text in [*said, "for lite tekst til å finne temaer"] if text not in page] == []
    assert "nan" not in re.sub(r"base64,[^\"]*|<style>.*?</style>", "", page, flags=re.DOTALL).casefold().split()


def test_problems_and_silent_documents_are_told(tmp_path, builders):
    problems = [("skann.pdf", "bare bilder; bruk tekstgjenkjenning")]
    analysis = builders.analysis({"Fjellfolket": (2,), "Byalliansen": ()}, problems=problems)
    page = report(analysis, builders.comparison(analysis), tmp_path / "r.html").read_text("utf-8")
    assert "skann.pdf" in page
    assert "bruk tekstgjenkjenning" in page
    assert "1 dokument uten et eneste tiltak: Program for Byalliansen." in page


def test_a_folder_is_no_file(tmp_path, analysis, comparison):
    with pytest.raises(AnalysisError, match=r"is a folder; give the report a file name, such as .*report\.html"):
        report(analysis, comparison, tmp_path)


def test_a_missing_column_is_named(tmp_path, builders):
    analysis = builders.analysis()
    analysis = replace(analysis, measures=analysis.measures.drop(columns="strength"))
    with pytest.raises(AnalysisError, match=r"the frame 'measures' lacks the column\(s\) strength; it has: doc_id"):
        report(analysis, builders.comparison(builders.analysis()), tmp_path / "r.html")


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_drawn_alike_each_time_and_leave_no_trace(comparison, name, narrow):
    before = dict(mpl.rcParams)
    first, second = (to_svg(FIGURES[name](comparison, narrow=narrow)) for _ in range(2))
    assert first == second
    assert dict(mpl.rcParams) == before
    ET.fromstring(first)  # noqa: S314


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_nothing_is_a_sentence(builders, name):
    svg = to_svg(FIGURES[name](builders.comparison(builders.analysis({}), topics=False)))
    assert "så her er det" in re.sub(r"<[^>]*>|\s+", " ", svg)


def test_figures_name_their_parties_and_areas(comparison):
    svg = to_svg(emphasis(comparison, language="en"))
    words = ("Fjellfolket", "Welfare services", "Emphasis by area and party", "Share of the party")
    assert [text for text in words if text not in svg] == []
    assert to_png(emphasis(comparison)).startswith(b"\x89PNG")


def test_inline_figures_take_their_colours_from_the_page(comparison):
    svg = inline_svg(emphasis(comparison), name="e", title="A & <b>", description="\\1")
    ET.fromstring(svg)  # noqa: S314
    assert "#0072b2" not in svg
    assert "var(--area-verdiskaping)" in svg
    assert "A &amp; &lt;b&gt;" in svg
    assert all(name.startswith("e-") for name in re.findall(r'\bid="([^"]*)"', svg))


@pytest.mark.parametrize(
    "weights",
    [
        {"Liste $x_1$ og $y": (3, 2), "Fjellfolket": (2,)},
        {f"Felleslista for bygdene rundt fjord nummer {number}": (2, 1, 1) for number in range(12)},
        {"Samlingslista" * 12: (2, 2), "船 Φ": (1, 1)},
    ],
    ids=["dollar sign", "twelve long names", "a name without end"],
)
def test_figures_bear_any_name(builders, weights):
    comparison = builders.comparison(builders.analysis(weights))
    for draw in FIGURES.values():
        for narrow in (False, True):
            assert to_svg(draw(comparison, narrow=narrow))


def test_views_hold_shares_that_sum_to_one(comparison):
    view = emphasis_view(WORDS, comparison)
    for group in view.groups:
        assert sum(view.cells[group, area].share for area in view.areas) == pytest.approx(1)
    assert sum(view.overall(area) for area in view.areas) == pytest.approx(1)


def test_pairs_come_once_and_in_order(comparison):
    pairs = similarity_view(WORDS, comparison).pairs()
    assert len(pairs) == 6
    assert pairs == sorted(pairs, key=lambda pair: -pair[0])


def test_figures_are_saved_as_files(tmp_path, comparison):
    files = save_figures(comparison, tmp_path / "new", language="en")
    assert sorted(file.name for file in files) == sorted(f"{name}.{end}" for name in FIGURES for end in ("png", "svg"))
    assert "Welfare services" in (tmp_path / "new" / "emphasis.svg").read_text(encoding="utf-8")
    with pytest.raises(AnalysisError, match="is a file; give a folder"):
        save_figures(comparison, files[0])


@pytest.mark.parametrize("place", [0, 300, 900], ids=["at the beginning", "in the middle", "at the end"])
def test_a_long_promise_is_cut_around_its_number(builders, place):
    words = ["vei"] * 240
    words.insert(place // 4, "[77 bruer]")
    sentences = [("annet", "firm", True, "other", f"Vi vil {{bygge {' '.join(words)}}}.", "count", 77.0, "target")]
    analysis = builders.analysis({"Fjellfolket": (1,)}, sentences=sentences)
    (row,) = promise_table(WORDS, builders.comparison(analysis), {})
    assert "77 bruer" in row.excerpt
    assert len(row.excerpt) <= 264
    assert row.excerpt.startswith("… ") == (place > 0)
