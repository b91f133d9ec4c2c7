"""Files, folders and tables to documents."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from policytext.errors import DocumentError, PolicyTextError, PolicyTextWarning
from policytext.ingest.dispatch import drafts
from policytext.ingest.draft import Draft, assemble
from policytext.ingest.inputs import describe_inputs
from policytext.ingest.metadata import guess, tidy
from policytext.ingest.plan import Lookups, Plan, listing, plan_reading
from policytext.ingest.sources import Source, as_paths, find_sources
from policytext.records import Corpus, Document, Problem

_DUPLICATE_CHARS = 200


def read_document(path: str | Path, *, metadata: Mapping[str, str] | None = None) -> Document:
    """Read one file as one document.

    Parameters
    ----------
    path : str or Path
        A text, Markdown, HTML, PDF, DOCX, ODT, RTF or TEI file; the content decides, not the ending.
    metadata : mapping of str to str, optional
        ``doc_id``, ``title``, ``party``, ``date``, ``kind``, ``language`` and anything else: it overrides what the
        file says of itself and what its name suggests.

    Returns
    -------
    Document
        The text with its blocks, and for PDF its pages.

    Raises
    ------
    DocumentError
        If the file cannot be read, or holds several texts (a table, a parliament's day): those go to `read_corpus`.
    """
    path = Path(path)
    if path.is_dir():
        raise DocumentError(f"{path}: this is a folder; give it to read_corpus")
    sources, problems = find_sources([path])
    if problems:
        raise DocumentError(problems[0].message)
    found = drafts(path)
    draft = next(found, None)
    if draft is None:
        raise DocumentError(f"{path}: holds no text; check that it is the right file")
    if next(found, None) is not None:
        raise DocumentError(f"{path}: holds several texts; use read_corpus or iter_documents")
    given = dict(metadata or {})
    return _document(draft, sources[0], given.get("doc_id") or sources[0].doc_id, given)


def iter_documents(
    paths: str | Path | Iterable[str | Path], *, metadata: str | Path | None = None
) -> Iterator[Document | Problem]:
    """Yield the documents of files, folders and tables one by one, and a problem for each that cannot be read.

    The order is fixed: paths sorted, folders walked in sorted order, tables row by row. Only one document is in
    memory at a time.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Files and folders; folders are walked with all below them.
    metadata : str or Path, optional
        A table with a column ``doc_id`` or ``file``; it stands in place of any ``metadata.csv`` beside the documents.

    Raises
    ------
    MetadataError
        If a metadata table breaks its format.

    Warns
    -----
    PolicyTextWarning
        If rows of the metadata table match no document, or documents no row.
    """
    yield from _documents(plan_reading(paths, metadata=metadata))


def _documents(plan: Plan) -> Iterator[Document | Problem]:
    yield from plan.problems
    seen: set[str] = set()
    for source, table in plan.entries:
        lookups = Lookups(table)
        failed = False
        for result in read_source(source, lookups, seen):
            failed |= isinstance(result, Problem)  # the problem says enough
            yield result
        if table is not None and not (failed or lookups.found()):
            plan.miss(source, table)
    plan.report()


def read_source(source: Source, lookups: Lookups, seen: set[str]) -> Iterator[Document | Problem]:
    """Yield the documents of one file, or a problem where it cannot be read.

    Parameters
    ----------
    source : Source
        The file, as a plan names it.
    lookups : Lookups
        Its metadata table; holds afterwards what was asked of it.
    seen : set of str
        Identifiers that are taken; those given are added.
    """
    row_of_file = lookups.match(file=source.relative, doc_id=source.doc_id)
    try:
        for draft in drafts(source.path):
            doc_id = draft.metadata.get("doc_id") or source.doc_id + (f"-{draft.suffix}" if draft.suffix else "")
            row = lookups.match(doc_id=doc_id) or row_of_file or {}
            yield _document(draft, source, _unique(row.get("doc_id") or doc_id, seen), row)
    except DocumentError as error:
        yield Problem(str(source.path), str(error))
    except PolicyTextError:
        raise
    except Exception as error:  # one broken file must not stop a corpus; the message names it
        yield Problem(
            str(source.path),
            f"{source.path}: reading failed unexpectedly ({type(error).__name__}: {error}); "
            "save it as text, and report the file to the authors",
        )


def read_corpus(
    paths: str | Path | Iterable[str | Path], *, metadata: str | Path | None = None, strict: bool = False
) -> Corpus:
    """Read files, folders and tables into one corpus that is held in memory.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Files and folders.
    metadata : str or Path, optional
        A table with a column ``doc_id`` or ``file``; see `iter_documents`.
    strict : bool, default False
        Raise at the first file that cannot be read, instead of listing it under ``problems``.

    Returns
    -------
    Corpus
        Documents in a fixed order, and the problems.

    Raises
    ------
    DocumentError
        If there is nothing to read, or with `strict` if a file cannot be read.
    MetadataError
        If a metadata table breaks its format.

    Warns
    -----
    PolicyTextWarning
        If two documents have the same text, or the metadata table does not fit.
    """
    listed = as_paths(paths)
    documents: list[Document] = []
    problems: list[Problem] = []
    plan = plan_reading(listed, metadata=metadata)
    for result in _documents(plan):
        if isinstance(result, Document):
            documents.append(result)
        elif strict:
            raise DocumentError(result.message)
        else:
            problems.append(result)
    if not (documents or any(path.is_file() for path in listed)) and all(
        Path(one.source) in listed for one in problems
    ):
        raise DocumentError(problems[0].message if problems else "no path was given; give a file or a folder")
    _warn_of_duplicates(documents)
    by_file: dict[str, list[str]] = {}
    for document in documents:
        by_file.setdefault(document.source or "", []).append(document.doc_id)
    inputs = describe_inputs(plan, listed, metadata=metadata, documents=by_file)
    return Corpus(tuple(documents), tuple(problems), inputs)


def _document(draft: Draft, source: Source, doc_id: str, given: Mapping[str, str]) -> Document:
    known = {name: value for name, value in draft.metadata.items() if value and name != "doc_id"}
    known.update({name: value for name, value in given.items() if name not in ("doc_id", "file")})
    known = tidy({**guess(source.path, known), **known})
    document = assemble(
        Draft(draft.blocks, known, draft.dropped, draft.page_labels, draft.suffix),
        doc_id,
        source=str(source.path),
    )
    if not document.text:
        raise DocumentError(f"{source.path}: holds no text; check that it is the right file")
    return document


def _unique(doc_id: str, seen: set[str]) -> str:
    name, count = doc_id, 1
    while name in seen:
        count += 1
        name = f"{doc_id}-{count}"
    seen.add(name)
    return name


def _warn_of_duplicates(documents: Iterable[Document]) -> None:
    first: dict[bytes, str] = {}
    pairs: list[str] = []
    for document in documents:
        if len(document.text) < _DUPLICATE_CHARS:
            continue
        digest = hashlib.sha256(document.text.encode("utf-8", "replace")).digest()
        if digest in first:
            pairs.append(f"{document.doc_id} is {first[digest]}")
        else:
            first[digest] = document.doc_id
    if pairs:
        warnings.warn(
            f"{len(pairs)} documents repeat the text of another: {listing(pairs)}; remove one of each unless meant",
            PolicyTextWarning,
            stacklevel=3,
        )
