"""Files in, an analysis out: by one process or several, from the start or from where a run was interrupted."""

from __future__ import annotations

import hashlib
import tempfile
import warnings
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path

from policytext.analysis import Analysis
from policytext.analysis.models import Models, load_models
from policytext.analysis.pipeline import Rows
from policytext.batch.jobs import Job, do, do_and_keep, key_of, warm_up
from policytext.batch.parts import Part, Store
from policytext.batch.workers import Stopped, Workers
from policytext.errors import BatchError, PolicyTextWarning
from policytext.ingest.inputs import describe_inputs, file_hash, parts_of
from policytext.ingest.plan import Lookups, Plan, plan_reading
from policytext.ingest.sources import as_paths

Progress = Callable[[Path], None]


def analyze_files(
    paths: str | Path | Iterable[str | Path],
    *,
    metadata: str | Path | None = None,
    models: str | Path | None = None,
    processes: int = 1,
    time_limit: float | None = None,
    keep: str | Path | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Analysis:
    """Read files and analyse them; the tables are those of `analyze`, whatever the number of processes.

    A file whose reading crashes its process (`processes` above 1, or a time limit) or takes too long becomes a row of
    `problems`, and costs nothing else.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Files and folders.
    metadata : str or Path, optional
        A table with a column ``doc_id`` or ``file``.
    models : path, optional
        The folder of models that `policytext train` wrote; the bundled ones when omitted.
    processes : int, default 1
        Processes that work side by side on this machine; each holds the models, some 200 MiB, and its text.
    time_limit : float, optional
        Seconds that one file may take.
    keep : str or Path, optional
        Folder for the results of single files, from which an interrupted run can be taken up.
    resume : bool, default False
        Use what `keep` holds of files that are as they were, with the same metadata, program and models.
    progress : callable, optional
        Called with each file's path when it is done.

    Returns
    -------
    Analysis
        With what was read in its manifest.

    Raises
    ------
    BatchError
        If a number is out of its range, `resume` has no folder, or processes cannot be started.
    MetadataError
        If a metadata table breaks its format.
    ModelError
        If the models cannot be read.

    Warns
    -----
    PolicyTextWarning
        Of each file in their order, when all are done.

    Examples
    --------
    >>> from policytext.resources import corpus_path
    >>> analysis = analyze_files(corpus_path() / "texts" / "frikurs-tale.txt")
    >>> analysis.documents["doc_id"].tolist(), analysis.manifest["inputs"]["files"][0]["file"]
    (['frikurs-tale'], 'frikurs-tale.txt')
    """
    if processes < 1:
        raise BatchError(f"processes is {processes}; it must be at least 1")
    if time_limit is not None and not time_limit > 0:
        raise BatchError(f"the time limit is {time_limit:g} seconds; it must be above 0")
    if resume and keep is None:
        raise BatchError("resume needs the folder that keeps the results of single files; give keep=")
    loaded = load_models(models)
    listed = as_paths(paths)
    plan = plan_reading(listed, metadata=metadata)
    with ExitStack() as stack:
        if keep is None and (processes > 1 or time_limit is not None):
            keep = stack.enter_context(tempfile.TemporaryDirectory(prefix="policytext-"))
        store = None if keep is None else Store(Path(keep))
        if store is not None and not resume:
            store.clear()
        workers = None
        if processes > 1 or time_limit is not None:
            folder = None if models is None else Path(models)
            work, prepare = partial(do_and_keep, models=folder), partial(warm_up, models=folder)
            workers = Workers(work, processes=processes, prepare=prepare, time_limit=time_limit)
            stack.enter_context(workers)
        run = _Run(plan, loaded, store, workers)
        run.work(resume=resume, progress=progress)
        rows = run.rows()
    by_file: dict[str, list[str]] = {}
    for row in rows.documents:
        by_file.setdefault(str(row["source"]), []).append(str(row["doc_id"]))
    inputs = describe_inputs(plan, listed, metadata=metadata, documents=by_file, hashes=run.hashes)
    return rows.analysis(loaded, inputs=inputs)


@dataclass(slots=True)
class _Run:
    plan: Plan
    models: Models
    store: Store | None
    workers: Workers | None
    hashes: dict[Path, str] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)

    def work(self, *, resume: bool, progress: Progress | None) -> None:
        """Do the job of each file, except those that are done."""
        self.jobs = [self._job(number) for number in range(len(self.plan.entries))]
        todo = []
        for number, job in enumerate(self.jobs):
            if resume and self.store is not None and self._holds(number, self.store.read(job.key)):
                if progress is not None:
                    progress(job.source.path)
            else:
                todo.append(number)
        for _, table in self.plan.entries:
            if table is not None:
                table.used.clear()  # what was asked so far was only to compare
        self._do(todo, progress)
        if resume and self.store is not None:
            self.store.keep_only({job.key for job in self.jobs})

    def rows(self) -> Rows:
        """Put the parts together in the order of the files, and give their warnings."""
        rows = Rows()
        for problem in self.plan.problems:
            rows.add_problem(problem.source, problem.message)
        seen: set[str] = set()
        for number, (source, table) in enumerate(self.plan.entries):
            part = self._part(number)
            if not seen.isdisjoint(part.doc_ids()):
                part = self._again(number, seen)
            seen.update(part.doc_ids())
            for one in fields(Rows):
                getattr(rows, one.name).extend(getattr(part.rows, one.name))
            for message in part.warnings:
                warnings.warn(message, PolicyTextWarning, stacklevel=3)
            if table is not None:
                found = [table.match(file=file, doc_id=doc_id) for file, doc_id, _ in part.asked]
                if not part.rows.problems and all(row is None for row in found):
                    self.plan.miss(source, table)
        self.plan.report()
        return rows

    def _job(self, number: int) -> Job:
        source, table = self.plan.entries[number]
        digests = []
        for path in (source.path, *sorted(parts_of(source.path))):
            if path not in self.hashes:
                self.hashes[path] = file_hash(path)
            digests.append(self.hashes[path])
        digest = hashlib.sha256("".join(digests).encode()).hexdigest()
        return Job(source, None if table is None else table.path, key_of(source, digest, self.models))

    def _holds(self, number: int, part: Part | None) -> bool:
        """Tell whether a part is there and the metadata still answer what it asked of them."""
        lookups = Lookups(self.plan.entries[number][1])
        return part is not None and all(
            lookups.match(file=file, doc_id=doc_id) == row for file, doc_id, row in part.asked
        )

    def _do(self, todo: list[int], progress: Progress | None) -> None:
        if self.workers is None:
            for number in todo:
                job = self.jobs[number]
                part = do(job, self.plan.entries[number][1], self.models)
                self.parts[number] = part
                if self.store is not None:
                    self.store.write(job.key, part)
                if progress is not None:
                    progress(job.source.path)
            return
        if self.store is None:
            raise BatchError("processes of their own need a folder for their results")
        todo = sorted(todo, key=lambda number: -_size(self.jobs[number].source.path))  # the longest must not come last
        tasks = [(self.jobs[number], self.store.folder) for number in todo]
        for position, result in self.workers.run(tasks):
            number = todo[position]
            if isinstance(result, Stopped):
                self.parts[number] = _put_aside(self.jobs[number], result)
            if progress is not None:
                progress(self.jobs[number].source.path)

    def _part(self, number: int) -> Part:
        if number in self.parts:
            return self.parts.pop(number)
        part = None if self.store is None else self.store.read(self.jobs[number].key)
        if part is None:
            where = "" if self.store is None else f" in {self.store.folder}"
            raise BatchError(f"the result of {self.jobs[number].source.path}{where} has vanished; run it again")
        return part

    def _again(self, number: int, seen: set[str]) -> Part:
        """Read a file again whose documents are called like others before them, so that they get other names."""
        job = self.jobs[number]
        taken = frozenset(seen)
        self.jobs[number] = replace(job, taken=taken, key=key_of(job.source, job.key, self.models, taken))
        if not (self.store is not None and self._holds(number, self.store.read(self.jobs[number].key))):
            self._do([number], None)
        return self._part(number)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _put_aside(job: Job, stopped: Stopped) -> Part:
    """Return a problem in place of what a file would have given."""
    path = job.source.path
    if stopped.late:
        remedy = "give it more time with --time-limit (time_limit=), or split it"
        message = f"{path}: put aside, because {stopped.cause}; {remedy}"
    else:
        message = (
            f"{path}: put aside, because the process that read it was {stopped.cause}; "
            "split it or save it as text, and report it to the authors"
        )
    part = Part()
    part.rows.add_problem(str(path), message)
    return part
