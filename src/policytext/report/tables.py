"""The rows of the report's tables, with numbers already written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policytext.report.amounts import format_quantity
from policytext.report.promises import Promise, promise_rows
from policytext.report.sentences import Sentence
from policytext.report.texts import Texts
from policytext.report.views import groups_of_segments, records

if TYPE_CHECKING:
    from policytext.analysis import Analysis
    from policytext.compare import Comparison

_OFTEN = 0.1
_LONG = 260


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and what was found in it."""

    doc_id: str
    title: str
    party: str | None
    date: str | None
    language: str | None
    segments: int
    measures: int
    numeric: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group's documents and measures; shares are of its measures."""

    group: str
    documents: int
    measures: int
    numeric: float
    firm: float
    specific: float


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A numeric promise, written out."""

    promise: Promise
    amount: str
    role: str
    direction: str
    document: str

    @property
    def excerpt(self) -> str:
        """The measure, or the stretch around the number where the measure is long."""
        text = self.promise.measure
        if len(text) <= _LONG:
            return text
        start = max(0, min(text.find(self.promise.text) - _LONG // 2, len(text) - _LONG))
        end = start + _LONG
        start = text.find(" ", start) + 1 if start else 0
        end = text.rfind(" ", start, end) if end < len(text) else end
        return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"

    @property
    def written(self) -> str:
        """The number as written in the text, or the empty string where the amount reads the same."""
        plain = str.maketrans("", "", " \N{NO-BREAK SPACE}")
        text = self.promise.text
        return "" if text.translate(plain).casefold() in self.amount.translate(plain).casefold() else text

    def data(self) -> list[Any]:
        """Return the row for the page's script."""
        one = self.promise
        size = one.value if one.value is not None else one.low if one.low is not None else one.high
        return [
            one.group, self.excerpt, self.amount, self.written, one.kind, size or 0, self.role, self.direction,
            one.deadline or "", one.area or "", self.document, one.page,
        ]  # fmt: skip


def document_rows(words: Texts, analysis: Analysis) -> list[DocumentRow]:
    """Return the documents in the order of their frame, with counts of segments and measures."""
    segments: Counter[Any] = Counter()
    forms: dict[Any, Counter[str]] = {}
    for row in records(analysis.segments, ["doc_id"], name="segments", optional=["language"]):
        segments[row["doc_id"]] += 1
        if row["language"] is not None:
            forms.setdefault(row["doc_id"], Counter())[str(row["language"])] += 1
    numeric: Counter[Any] = Counter()
    measures: Counter[Any] = Counter()
    for row in records(analysis.measures, ["doc_id", "numeric"], name="measures"):
        measures[row["doc_id"]] += 1
        numeric[row["doc_id"]] += bool(row["numeric"])
    rows = records(analysis.documents, ["doc_id"], name="documents", optional=["title", "party", "date"])
    return [
        DocumentRow(
            doc_id=str(row["doc_id"]),
            title=str(row["title"] or row["doc_id"] or words("document.untitled")),
            party=row["party"],
            date=None if row["date"] is None else str(row["date"])[:10],
            language=_forms(words, forms.get(row["doc_id"], Counter())),
            segments=segments[row["doc_id"]],
            measures=measures[row["doc_id"]],
            numeric=numeric[row["doc_id"]],
        )
        for row in rows
    ]


def group_rows(words: Texts, analysis: Analysis, found: Sequence[Sentence], *, by: str) -> list[GroupRow]:
    """Return the groups by name, with what form their measures take."""
    documents: dict[str, set[str]] = {}
    for (doc_id, _), group in groups_of_segments(words, analysis, by=by).items():
        documents.setdefault(group, set()).add(doc_id)
    measures: dict[str, list[Sentence]] = {}
    for one in found:
        measures.setdefault(one.group, []).append(one)
    rows = []
    for group in sorted(documents.keys() | measures.keys(), key=str.casefold):
        own = measures.get(group, [])
        total = max(len(own), 1)
        rows.append(
            GroupRow(
                group=group,
                documents=len(documents.get(group, ())),
                measures=len(own),
                numeric=sum(one.numeric for one in own) / total,
                firm=sum(one.strength == "firm" for one in own) / total,
                specific=sum(one.specific for one in own) / total,
            )
        )
    return rows


def promise_table(words: Texts, comparison: Comparison, titles: Mapping[str, str]) -> list[PromiseRow]:
    """Return the numeric promises with their amounts, roles and sources written out."""
    return [
        PromiseRow(
            promise=one,
            amount=_amount(words, one),
            role="" if one.role is None else words.label("role", one.role),
            direction="" if one.direction is None else words.label("direction", one.direction),
            document=titles.get(one.doc_id, one.doc_id),
        )
        for one in promise_rows(words, comparison)
    ]


def _amount(words: Texts, one: Promise) -> str:
    amount = format_quantity(
        words, one.unit, value=one.value, low=one.low, high=one.high, comparator=one.comparator, per=one.per
    )
    by_when = one.role == "deadline" and one.unit == "date" and one.comparator == "eq"
    return words("amount.deadline", x=amount) if by_when and amount else amount


def _forms(words: Texts, counts: Counter[str]) -> str | None:
    """Return the written forms of at least a tenth of a document, with their shares where there are several."""
    total = counts.total()
    often = [(n / total, form) for form, n in counts.most_common() if n >= total * _OFTEN]
    if len(often) == 1:
        return words.label("lang", often[0][1])
    return ", ".join(f"{words.label('lang', form)} {words.percent(share, digits=0)}" for share, form in often) or None
