"""One file as a piece of work that needs nothing of the others: read, cut, analyse."""

from __future__ import annotations

import hashlib
import json
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policytext.analysis import annotate
from policytext.analysis.manifest import environment
from policytext.analysis.models import Models, load_models
from policytext.analysis.pipeline import add_document
from policytext.batch.parts import Part, Store
from policytext.errors import PolicyTextError, PolicyTextWarning
from policytext.ingest.metadata import MetadataTable, read_metadata
from policytext.ingest.plan import Lookups
from policytext.ingest.read import read_source
from policytext.ingest.sources import Source
from policytext.records import Problem


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read with its metadata table, the identifiers that are taken, and the key of its part."""

    source: Source
    metadata: Path | None
    key: str
    taken: frozenset[str] = frozenset()


def key_of(source: Source, digest: str, models: Models, taken: frozenset[str] = frozenset()) -> str:
    """Return a key that changes with the file, its name, the program, its models and packages.

    What the metadata say is not in it: a part knows what it asked of them.
    """
    names = [str(source.path), source.relative, source.doc_id, source.explicit]
    depends = [digest, *names, sorted(taken), environment(models)]
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()[:32]


def do(job: Job, table: MetadataTable | None, models: Models) -> Part:
    """Read and analyse one file. Whatever goes wrong with it, short of a crash, is a problem that names it."""
    part = Part()
    lookups = Lookups(table)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", PolicyTextWarning)
        try:
            for result in read_source(job.source, lookups, set(job.taken)):
                if isinstance(result, Problem):
                    part.rows.add_problem(result.source, result.message)
                else:
                    add_document(result, part.rows, models)
        except PolicyTextError:
            raise
        except Exception as error:  # one document must not stop a corpus; the message names its file
            part = Part()
            message = (
                f"{job.source.path}: analysing failed unexpectedly ({type(error).__name__}: {error}); "
                "leave the file out, and report it to the authors"
            )
            part.rows.add_problem(str(job.source.path), message)
    for one in caught:
        if issubclass(one.category, PolicyTextWarning):
            part.warnings.append(str(one.message))
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    part.asked = list(lookups.asked)
    return part


def do_and_keep(task: tuple[Job, Path], models: Path | None = None) -> None:
    """Do a job in a process of its own and keep its part in a folder."""
    job, folder = task
    table = None if job.metadata is None else _table(job.metadata)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyTextWarning)  # told by the first process
        loaded = load_models(models)
    Store(folder).write(job.key, do(job, table, loaded))


def warm_up(models: Path | None = None) -> None:
    """Load the models, so that no document is charged for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyTextWarning)  # told by the first process
        annotate(["Vi vil bygge vei til havna innen 2030."], models=models)


@cache
def _table(path: Path) -> MetadataTable:
    return read_metadata(path)
