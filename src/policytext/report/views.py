"""What figures and tables need of a comparison, as plain records in display order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policytext.errors import AnalysisError
from policytext.records import AREAS
from policytext.report.texts import Texts

if TYPE_CHECKING:
    import pandas as pd

    from policytext.analysis import Analysis
    from policytext.compare import Comparison


_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole: `n` of `total`, with the ends of its 95 % interval (all between 0 and 1)."""

    n: int
    total: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Emphasis:
    """The share of each area in each group's measures."""

    groups: tuple[str, ...]
    areas: tuple[str, ...]
    cells: Mapping[tuple[str, str], Share]

    def overall(self, area: str, *, without: str | None = None) -> float:
        """Return the area's share of all groups' measures together, or of all but one group's."""
        kept = [cell for (group, of), cell in self.cells.items() if of == area and group != without]
        total = sum(cell.total for cell in kept)
        return sum(cell.n for cell in kept) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Term:
    """A word that marks a group: its score, how often it stands in the group and elsewhere, and its q value."""

    term: str
    score: float
    here: int
    rest: int
    q: float | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the word may well stand here more often by chance (q of 0.05 or more)."""
        return self.q is not None and self.q >= _CHANCE


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its number from 1, its heaviest words, its share of each group's text, and of all.

    `stability` (0–1) says how well the topic is found again in a new draw of the texts; None where unknown.
    """

    number: int
    terms: tuple[str, ...]
    shares: Mapping[str, float]
    share: float | None = None
    stability: float | None = None


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike each pair of groups is, from 0 to 1."""

    groups: tuple[str, ...]
    values: Mapping[tuple[str, str], float]

    def pairs(self) -> list[tuple[float, str, str]]:
        """Return each pair once, the most alike first."""
        found = [
            (self.values[a, b], a, b)
            for i, a in enumerate(self.groups)
            for b in self.groups[i + 1 :]
            if (a, b) in self.values
        ]
        return sorted(found, key=lambda pair: (-pair[0], pair[1], pair[2]))


def clean(value: object) -> Any:
    """Return a cell of a frame as a plain Python value, with None for every kind of missing."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"} or value != value:
        return None
    item = getattr(value, "item", None)
    return item() if callable(item) else value


def records(
    frame: pd.DataFrame, columns: Iterable[str], *, name: str, optional: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries of plain values.

    Raises
    ------
    AnalysisError
        If a column is missing; the message names the frame, the column and those there are.
    """
    wanted = list(columns)
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        present = ", ".join(map(str, frame.columns)) or "none"
        raise AnalysisError(
            f"the frame {name!r} lacks the column(s) {', '.join(missing)}; it has: {present}. "
            "Give the objects that policytext.analyze and policytext.compare return."
        )
    extra = [column for column in optional if column in frame.columns]
    absent = [column for column in optional if column not in frame.columns]
    lists = {column: [clean(value) for value in frame[column].tolist()] for column in [*wanted, *extra]}
    empty = dict.fromkeys(absent)
    return [
        {**empty, **dict(zip(lists, row, strict=True))} for row in zip(*lists.values(), strict=True)
    ]  # fmt: skip


def group_column(comparison: Comparison) -> str:
    """Return the column that the comparison compares by, ``party`` unless its settings say otherwise."""
    return str(comparison.settings.get("by", "party"))


def groups_of_segments(words: Texts, analysis: Analysis, *, by: str) -> dict[tuple[str, str], str]:
    """Return the group of each segment as shown, by document and segment, found as `policytext.compare` finds it."""
    in_segments, column = by in analysis.segments.columns, "date" if by == "year" else by
    rows = records(analysis.segments, ["doc_id", "segment_id"], name="segments", optional=[column])
    of_documents = {
        row["doc_id"]: row[by] for row in records(analysis.documents, ["doc_id"], name="documents", optional=[by])
    }
    groups = {}
    for row in rows:
        value = row[column] if in_segments or by == "year" else of_documents.get(row["doc_id"])
        text = "" if value is None else str(value)
        groups[str(row["doc_id"]), str(row["segment_id"])] = words.group(text[:4] if by == "year" else text)
    return groups


def emphasis_view(words: Texts, comparison: Comparison) -> Emphasis:
    """Return the emphasis frame in display order: groups by name, areas as the codebook lists them."""
    by = group_column(comparison)
    rows = records(comparison.emphasis, [by, "area", "n", "total", "share", "low", "high"], name="emphasis")
    cells = {
        (words.group(str(row[by])), str(row["area"])): Share(
            int(row["n"]), int(row["total"]), float(row["share"]), float(row["low"]), float(row["high"])
        )
        for row in rows
        if row[by] is not None and row["total"] and row["share"] is not None
    }
    groups = tuple(sorted({group for group, _ in cells}, key=str.casefold))
    areas = tuple(area for area in AREAS if any(of == area for _, of in cells))
    return Emphasis(groups, areas, cells)


def keyness_view(words: Texts, comparison: Comparison, *, top: int = 12) -> dict[str, tuple[Term, ...]]:
    """Return the `top` words of each group, the strongest first; groups without any are left out."""
    by = group_column(comparison)
    rows = records(comparison.keyness, [by, "term", "score", "n", "n_rest"], name="keyness", optional=["q"])
    found: dict[str, list[Term]] = {}
    for row in rows:
        if row[by] is not None and row["score"] is not None and row["score"] > 0:
            term = Term(str(row["term"]), float(row["score"]), int(row["n"] or 0), int(row["n_rest"] or 0), row["q"])
            found.setdefault(words.group(str(row[by])), []).append(term)
    return {
        group: tuple(sorted(found[group], key=lambda term: (-term.score, term.term))[:top])
        for group in sorted(found, key=str.casefold)
    }


def topics_view(words: Texts, comparison: Comparison, *, top: int = 8) -> tuple[Topic, ...]:
    """Return the topics with their `top` words and their share of each group, in the model's order."""
    by = group_column(comparison)
    terms: dict[object, list[tuple[float, str]]] = {}
    known: dict[object, tuple[float | None, float | None]] = {}
    rows = records(comparison.topics, ["topic", "term", "weight"], name="topics", optional=["share", "stability"])
    for row in rows:
        terms.setdefault(row["topic"], []).append((-float(row["weight"]), str(row["term"])))
        known[row["topic"]] = row["share"], row["stability"]
    shares: dict[object, dict[str, float]] = {}
    for row in records(comparison.topic_shares, [by, "topic", "share"], name="topic_shares"):
        if row[by] is not None and row["share"] is not None:
            shares.setdefault(row["topic"], {})[words.group(str(row[by]))] = float(row["share"])
    return tuple(
        Topic(number, tuple(term for _, term in sorted(terms[key])[:top]), shares.get(key, {}), *known[key])
        for number, key in enumerate(terms, start=1)
    )


def similarity_view(words: Texts, comparison: Comparison) -> Similarity:
    """Return how alike each pair of groups is; a single group gives no pairs."""
    by = group_column(comparison)
    values: dict[tuple[str, str], float] = {}
    for row in records(comparison.similarity, [by, f"{by}_2", "similarity"], name="similarity"):
        if row["similarity"] is not None:
            a, b = words.group(str(row[by])), words.group(str(row[f"{by}_2"]))
            values[a, b] = values[b, a] = float(row["similarity"])
    groups = tuple(sorted({a for a, _ in values}, key=str.casefold))
    for group in groups:
        values[group, group] = 1.0
    return Similarity(groups, values) if len(groups) > 1 else Similarity((), {})
