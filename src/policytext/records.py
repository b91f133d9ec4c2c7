"""The frozen records that stages pass to each other, and the codes they use.

Offsets (`start`, `end`) count characters of the document's text, end exclusive, so that
``document.text[record.start:record.end] == record.text`` for every segment, measure and quantity.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

BlockKind = Literal["heading", "paragraph", "item", "question", "quote", "caption", "footnote", "toc", "boilerplate"]
SegmentKind = Literal["heading", "paragraph", "item", "question", "quote", "caption", "footnote", "toc", "boilerplate"]
Strength = Literal["firm", "soft"]
Direction = Literal["increase", "decrease", "introduce", "abolish", "maintain", "oppose", "other"]
Area = Literal["verdiskaping", "velferd", "kompetanse", "infrastruktur", "sentralisering", "annet"]
Role = Literal["target", "change", "limit", "deadline", "duration", "baseline", "context"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx"]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF points (1/72 inch) from the page's lower left corner."""

BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)
SEGMENT_KINDS: tuple[str, ...] = get_args(SegmentKind)
STRENGTHS: tuple[str, ...] = get_args(Strength)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
AREAS: tuple[str, ...] = get_args(Area)
ROLES: tuple[str, ...] = get_args(Role)
COMPARATORS: tuple[str, ...] = get_args(Comparator)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a document's text that lies on one page, usually one printed line."""

    start: int
    end: int
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A layout block of a document: a heading, a paragraph or a list item, not yet cut into sentences.

    `level` counts headings from 1 (the highest) and list items by nesting from 1; `marker` is the bullet or
    number that stood before an item or heading, as printed, and is not part of the text.
    """

    start: int
    end: int
    kind: BlockKind
    level: int | None = None
    marker: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that the reader left out of the document on purpose, such as a running head or a line number."""

    text: str
    reason: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with what is known about it.

    `text` is normalised once (NFC, plain spaces, no soft hyphens); `blocks` and `runs` index it. `runs` is empty
    for formats without pages. `language` is the written form the metadata gives, or None.
    """

    doc_id: str
    text: str
    blocks: tuple[Block, ...] = ()
    runs: tuple[Run, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    title: str | None = None
    party: str | None = None
    date: str | None = None
    kind: str | None = None
    language: str | None = None
    source: str | None = None
    page_labels: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    def run_at(self, offset: int) -> Run | None:
        """Return the run that holds a character, or None when the format has no pages.

        A character between two runs (the blank line between blocks) belongs to the run before it.
        """
        index = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        return self.runs[max(index, 0)] if self.runs else None

    def page_at(self, offset: int) -> int | None:
        """Return the page number (from 1) that holds a character, or None when the format has no pages."""
        run = self.run_at(offset)
        return None if run is None else run.page


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read: its path and what to do about it."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in a fixed order, and the files that could not be read.

    Iterating gives the documents; ``len(corpus)`` counts them. `inputs` says which files were read, for the manifest.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()
    inputs: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit of coding: a sentence of running text, a list item or a heading, with what stands above it.

    `heading` is the nearest heading above, `path` all headings from the top down, `intro` the line that
    introduces the list an item stands in, `speaker` the person a quote belongs to, `marker` the bullet or number
    of an item, `level` the level of a heading or the nesting of an item.
    """

    doc_id: str
    segment_id: str
    kind: SegmentKind
    text: str
    start: int
    end: int
    heading: str = ""
    intro: str = ""
    page: int | None = None
    language: str | None = None
    party: str | None = None
    date: str | None = None
    level: int | None = None
    path: tuple[str, ...] = ()
    speaker: str | None = None
    marker: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in its sentence: value, unit, comparator, and what it does there.

    `value` is the number after scaling, or None for a range, which has `low` and `high`; an open end is None.
    `role`, `direction`, `committed` and `measure` (the index of the measure it belongs to, within its segment)
    are None until the segment's measures are known. `deadline` and `baseline` are calendar years or texts that
    qualify the number. `date` is the ISO date or month of a date that has more than its year.
    """

    text: str
    start: int
    end: int
    value: float | None
    unit: str
    comparator: Comparator = "eq"
    low: float | None = None
    high: float | None = None
    role: Role | None = None
    direction: Direction | None = None
    committed: bool | None = None
    measure: int | None = None
    baseline: str | None = None
    deadline: str | None = None
    approximate: bool = False
    per: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Something the author says that it, or the authorities it wants to steer, will do.

    `verb` is the lemma of the main verb, `cue` the rule or weight that decided, `probability` the calibrated
    probability that the segment holds a measure at all. `statement` is the measure as a sentence of its own, with the
    subject and the modal verb it shares with others or takes from the line that introduces the list.
    """

    text: str
    start: int
    end: int
    verb: str | None
    strength: Strength
    specific: bool
    direction: Direction
    actor: str | None = None
    object: str | None = None
    target_group: str | None = None
    place: str | None = None
    deadline: str | None = None
    cue: str = ""
    probability: float = 1.0
    statement: str | None = None
