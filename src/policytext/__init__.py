"""Measures and numeric commitments in Norwegian political texts.

Read a folder, analyse it, compare the parties, write a report:

>>> import policytext as pt
>>> analysis = pt.annotate(["Vi vil øke tilskuddet til bredbånd med 50 prosent innen 2030."])
>>> analysis.quantities[["text", "value", "unit"]].to_dict("records")
[{'text': '50 prosent', 'value': 50.0, 'unit': 'percent'}, {'text': '2030', 'value': 2030.0, 'unit': 'date'}]

The public names are imported when they are first used, so that ``import policytext`` is quick.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from policytext.version import __version__

if TYPE_CHECKING:
    from policytext.analysis import Analysis, analyze, annotate, load_analysis
    from policytext.compare import Comparison, compare
    from policytext.errors import PolicyTextError
    from policytext.ingest import read_corpus, read_document
    from policytext.records import Corpus, Document, Measure, Quantity, Segment
    from policytext.report import report
    from policytext.segment import segment_document
    from policytext.training import Training, train
    from policytext.validate import Validation, validate

_HOMES = {
    "Analysis": "analysis",
    "Comparison": "compare",
    "Corpus": "records",
    "Document": "records",
    "Measure": "records",
    "PolicyTextError": "errors",
    "Quantity": "records",
    "Segment": "records",
    "Training": "training",
    "Validation": "validate",
    "analyze": "analysis",
    "annotate": "analysis",
    "compare": "compare",
    "load_analysis": "analysis",
    "read_corpus": "ingest",
    "read_document": "ingest",
    "report": "report",
    "segment_document": "segment",
    "train": "training",
    "validate": "validate",
}

__all__ = [
    "Analysis",
    "Comparison",
    "Corpus",
    "Document",
    "Measure",
    "PolicyTextError",
    "Quantity",
    "Segment",
    "Training",
    "Validation",
    "__version__",
    "analyze",
    "annotate",
    "compare",
    "load_analysis",
    "read_corpus",
    "read_document",
    "report",
    "segment_document",
    "train",
    "validate",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())


class _Package(ModuleType):
    """The package, in which `compare`, `report` and `validate` stay functions when their modules are imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and name in _HOMES):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
