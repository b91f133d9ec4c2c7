"""What the report says of its own making: version, settings, files read, and how far to trust it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from policytext.report.sentences import Sentence
from policytext.report.texts import Texts
from policytext.version import __version__

if TYPE_CHECKING:
    from policytext.analysis import Analysis
    from policytext.compare import Comparison

_FILES = ("documents", "files")
_HASHES = ("sha256", "hash", "digest")


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well one task is solved on hand-coded segments: the score with the ends of its 95 % interval, and n."""

    task: str
    score: str
    value: float
    low: float
    high: float
    n: int


def accuracies() -> list[Accuracy]:
    """Return the measured accuracies, as ``benchmarks/report_accuracy.py`` wrote them."""
    lines = files("policytext.report").joinpath("accuracy.csv").read_text(encoding="utf-8").splitlines()
    return [
        Accuracy(row["task"], row["score"], float(row["value"]), float(row["low"]), float(row["high"]), int(row["n"]))
        for row in csv.DictReader(lines)
    ]


@dataclass(frozen=True, slots=True)
class Provenance:
    """How the figures were made: settings as (name, value), files as (path, hash), and notes on method."""

    version: str
    settings: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def provenance(words: Texts, analysis: Analysis, comparison: Comparison, found: Sequence[Sentence]) -> Provenance:
    """Return how the figures were made, from the analysis' manifest and the comparison's settings."""
    manifest = dict(analysis.manifest or {})
    read: list[tuple[str, str]] = []
    inputs = manifest.pop("inputs", ())
    if isinstance(inputs, Mapping) and "files" in inputs:
        inputs = inputs["files"]
        if inputs:
            manifest.pop("documents", None)  # the files' own hashes say more
    for entries in (inputs, *(manifest.pop(key, ()) for key in _FILES)):
        read.extend(_hashed(entries))
    made = str(manifest.pop("policytext", None) or __version__)
    settings = [*_flat(manifest), *_flat({"compare": dict(comparison.settings)})]
    notes = [words(f"method.{key}") for key in ("measure", "codes", "accuracy", "interval")]
    unsure = sum(one.unsure for one in found)
    if unsure:
        share = words.percent(unsure / len(found))
        notes.append(words("method.doubt", n=words.number(unsure), share=share, limit=words.percent(0.5, digits=0)))
    return Provenance(made, tuple(settings), tuple(read), tuple(notes))


def _hashed(entries: Any) -> Iterator[tuple[str, str]]:
    if isinstance(entries, Mapping):
        for name, entry in entries.items():
            yield str(name), _hash(entry)
        return
    for entry in entries:
        if isinstance(entry, Mapping):
            name = entry.get("source") or entry.get("path") or entry.get("file") or entry.get("doc_id") or ""
            yield str(name), _hash(entry)
        else:
            yield str(entry), ""


def _hash(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return next((str(entry[key]) for key in _HASHES if key in entry), "")
    return str(entry)


def _flat(tree: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Return the leaves of nested mappings with dotted names."""
    if isinstance(tree, Mapping):
        for key, branch in tree.items():
            yield from _flat(branch, f"{name}.{key}" if name else str(key))
    elif isinstance(tree, (list, tuple)):
        yield name, ", ".join(map(str, tree))
    elif tree is not None:
        yield name, str(tree)
