"""The report as one page: gathers figures, tables and sentences and fills the templates."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from policytext.report import figures
from policytext.report.palette import DARK, LIGHT
from policytext.report.provenance import accuracies, provenance
from policytext.report.sentences import Sentence, payload, sentences, to_json
from policytext.report.summary import Counts, headline, standing_out
from policytext.report.svg import data_uri, inline_svg, to_png, to_svg
from policytext.report.tables import document_rows, group_rows, promise_table
from policytext.report.texts import Texts, load_texts
from policytext.report.views import emphasis_view, group_column, keyness_view, records, similarity_view, topics_view

if TYPE_CHECKING:
    from jinja2 import Environment

    from policytext.analysis import Analysis
    from policytext.compare import Comparison

FIRST_MEASURES = 25
FIRST_PROMISES = 50
"""How many measures and numeric promises stand in the page itself; the script shows the others."""
_SILENT = ("heading", "caption", "footnote", "toc", "boilerplate")


def render(analysis: Analysis, comparison: Comparison, *, title: str | None, language: str) -> str:
    """Return the report as HTML; the parameters are those of `policytext.report`."""
    by = group_column(comparison)
    words = load_texts(language, by=by)
    found = sentences(words, analysis, by=by)
    documents = document_rows(words, analysis)
    titles = {row.doc_id: row.title for row in documents}
    emphasis, similarity = emphasis_view(words, comparison), similarity_view(words, comparison)
    groups = group_rows(words, analysis, found, by=by)
    holding = len({(one.doc_id, one.segment_id) for one in found})
    kinds = records(analysis.segments, ["segment_id", "kind"], name="segments")
    counts = Counts(
        documents=len(documents),
        groups=sum(row.group != words.group("") for row in groups),
        segments=sum(row["kind"] not in _SILENT for row in kinds),
        holding=holding,
    )
    promises = promise_table(words, comparison, titles)
    script = _asset("report.js")
    data = {
        **payload(found, titles),
        "promises": [row.data() for row in promises],
        "words": {key: text for key, text in words.table.items() if key.split(".")[0] in _SCRIPT_WORDS},
        "first": [FIRST_MEASURES, FIRST_PROMISES],
    }
    return _environment().get_template("report.html.j2").render(
        w=words,
        by=by,
        title=title or words("report.title"),
        counts=counts,
        tiles=_tiles(words, counts, found),
        headline=headline(words, counts, found, emphasis),
        standing_out=standing_out(words, found, emphasis, similarity) if found else [],
        emphasis=emphasis,
        emphasis_figure=_drawn(words, comparison, "emphasis", _peaks(words, comparison)),
        promises=promises,
        first_promises=promises[:FIRST_PROMISES],
        numeric_figure=_drawn(words, comparison, "numeric", _bars(words, comparison)),
        keyness=keyness_view(words, comparison),
        keyness_files=_files(comparison, "keyness", words.language),
        topics=(topics := topics_view(words, comparison)),
        topic_groups=sorted({group for topic in topics for group in topic.shares}, key=str.casefold),
        topics_files=_files(comparison, "topics", words.language),
        similarity=similarity,
        similarity_files=_files(comparison, "similarity", words.language),
        found=found,
        first_measures=found[:FIRST_MEASURES],
        titles=titles,
        documents=documents,
        silent=[row for row in documents if not row.measures],
        groups=groups,
        problems=records(analysis.problems, ["source", "message"], name="problems"),
        provenance=provenance(words, analysis, comparison, found),
        accuracies=accuracies(),
        style=_style(),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii"),
        data=to_json(data),
    )  # fmt: skip


_SCRIPT_WORDS = {
    "area",
    "strength",
    "specific",
    "numeric",
    "direction",
    "filter",
    "tag",
    "page",
    "party",
    "kind",
    "col",
}


def _asset(name: str) -> str:
    return files("policytext.report").joinpath("assets", name).read_text(encoding="utf-8")


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("policytext.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style() -> str:
    light = "".join(f"--{name}:{value};" for name, value in LIGHT.items())
    dark = "".join(f"--{name}:{value};" for name, value in DARK.items())
    return (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        + _asset("report.css")
    )  # fmt: skip


def _tiles(words: Texts, counts: Counts, found: list[Sentence]) -> list[tuple[str, str]]:
    total = max(len(found), 1)
    numeric = sum(one.numeric for one in found)
    numbers = [
        ("documents", counts.documents),
        ("parties", counts.groups),
        ("measures", len(found)),
        ("numeric", numeric),
    ]
    return [
        *((words.number(n), words.plural(f"tile.{noun}", n)) for noun, n in numbers if n or noun != "parties"),
        (words.percent(sum(one.strength == "firm" for one in found) / total, digits=0), words("tile.firm")),
        (words.percent(sum(one.specific for one in found) / total, digits=0), words("tile.specific")),
    ]


def _drawn(words: Texts, comparison: Comparison, name: str, description: str) -> dict[str, str]:
    """Return a figure in both layouts, as markup, and as files."""
    draw = figures.FIGURES[name]
    options: dict[str, Any] = {"title": False, "language": words.language}
    alone = name == "emphasis" and len(emphasis_view(words, comparison).groups) == 1
    title = words(f"{name}.figure.alone" if alone else f"{name}.figure")
    return {
        "caption": title,
        "wide": inline_svg(draw(comparison, **options), name=f"{name}-wide", title=title, description=description),
        "narrow": inline_svg(
            draw(comparison, narrow=True, **options), name=f"{name}-narrow", title=title, description=description
        ),
        **_files(comparison, name, words.language),
    }


def _files(comparison: Comparison, name: str, language: str) -> dict[str, str]:
    figure = figures.FIGURES[name](comparison, language=language)
    return {
        "svg": data_uri(to_svg(figure, salt=name).encode("utf-8"), "image/svg+xml"),
        "png": data_uri(to_png(figure), "image/png"),
    }


def _peaks(words: Texts, comparison: Comparison) -> str:
    view = emphasis_view(words, comparison)
    peaks = []
    for area in view.areas:
        share, group = max((cell.share, group) for (group, of), cell in view.cells.items() if of == area)
        peaks.append(f"{words.label('area', area)}: {group}, {words.percent(share)}")
    return words("emphasis.desc", peaks="; ".join(peaks))


def _bars(words: Texts, comparison: Comparison) -> str:
    totals = Counter({group: sum(kinds.values()) for group, kinds in figures.promise_counts(words, comparison).items()})
    return words("numeric.desc", bars="; ".join(f"{group}: {n}" for group, n in totals.items()))
