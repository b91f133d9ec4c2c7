"""What was read, so that it can be found and read again: the paths given, each file's name and hash, the tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from policytext.ingest.plan import Plan
from policytext.ingest.sources import Source, as_paths
from policytext.ingest.tei import companions
from policytext.resources import bundled

BUNDLED = "corpus:"
"""What stands before the name of a bundled corpus, in place of a path that differs between installations."""
_UNNAMED = "input"


def describe_inputs(
    plan: Plan,
    paths: str | Path | Iterable[str | Path],
    *,
    metadata: str | Path | None = None,
    documents: Mapping[str, list[str]],
    hashes: Mapping[Path, str] | None = None,
) -> dict[str, Any]:
    """Describe what a plan reads.

    Parameters
    ----------
    plan : Plan
        What `plan_reading` made of `paths` and `metadata`.
    paths, metadata
        As they were given.
    documents : mapping of str to list of str
        The identifiers of the documents of each file, by the file's path as text.
    hashes : mapping of Path to str, optional
        The hashes of files that are known already.

    Returns
    -------
    dict
        ``given``: each path with its `name`, `kind` (folder, file, missing, empty) and absolute `path` (a bundled
        corpus has none); ``files``: each file with the number of its given path, its place below it, its hash, its
        size in bytes and its documents; ``metadata``: the tables used, the same way (`given` is None for one that was
        given by itself, which has a `path`).
    """
    listed = sorted(as_paths(paths), key=lambda path: path.parts)
    known = hashes or {}
    refused = {problem.source for problem in plan.problems}
    given = [_given(path, empty=path.is_dir() and str(path) in refused) for path in listed]
    files: list[dict[str, Any]] = []
    met: set[Path] = set()
    for source, _ in plan.entries:
        number = _number(source.path, source, listed)
        ids = documents.get(str(source.path), [])
        files.append({**_file(number, source.path, source.root, known), "documents": ids})
        met.add(source.path.resolve())
    for source, _ in plan.entries:
        for path in sorted(parts_of(source.path)):
            if path.resolve() not in met:
                met.add(path.resolve())
                number = _number(source.path, source, listed)
                files.append({**_file(number, path, source.root, known), "documents": []})
    for problem in plan.problems:
        path = Path(problem.source)
        if path.is_file():
            number, root = next((n, root) for n, root in enumerate(listed) if root in (path, *path.parents))
            files.append({**_file(number, path, root if root.is_dir() else root.parent, known), "documents": []})
    return {"given": given, "files": files, "metadata": list(_tables(plan, metadata, listed, known))}


def parts_of(path: Path) -> set[Path]:
    """Return the other files that reading a file uses; only TEI has any."""
    return companions(path) if path.suffix.lower() == ".xml" and path.is_file() else set()


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal digits; "" for what is no plain file, such as a pipe."""
    if not path.is_file():
        return ""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _given(path: Path, *, empty: bool) -> dict[str, Any]:
    for name, folder in bundled("corpora").items():
        if path.resolve() == folder.resolve():
            return {"name": f"{BUNDLED}{name}", "kind": "folder"}
    kind = "empty" if empty else "folder" if path.is_dir() else "file" if path.exists() else "missing"
    name = path.name if path.name not in ("", "..") else _UNNAMED
    described = {"name": name, "kind": kind, "path": os.path.abspath(path)}  # noqa: PTH100 - links stay links
    if kind == "file" and path.parent.name not in ("", ".."):
        described["folder"] = path.parent.name
    return described


def _number(path: Path, source: Source, listed: list[Path]) -> int:
    return listed.index(path if source.explicit else source.root)


def _file(number: int | None, path: Path, root: Path, known: Mapping[Path, str]) -> dict[str, Any]:
    digest = known.get(path) or file_hash(path)
    return {"given": number, "file": _below(path, root), "sha256": digest, "bytes": path.stat().st_size}


def _below(path: Path, root: Path) -> str:
    """Return where a file lies seen from a folder, with slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return Path(os.path.relpath(path.resolve(), root.resolve())).as_posix()


def _tables(
    plan: Plan, metadata: str | Path | None, listed: list[Path], known: Mapping[Path, str]
) -> Iterable[dict[str, Any]]:
    if metadata is not None:
        path = Path(metadata)
        yield {**_file(None, path, path.parent, known), "path": os.path.abspath(path)}  # noqa: PTH100
        return
    met: set[tuple[int, str]] = set()
    for source, table in plan.entries:
        if table is None:
            continue
        number = _number(source.path, source, listed)
        place = _below(table.path, source.root)
        if (number, place) not in met:
            met.add((number, place))
            yield _file(number, table.path, source.root, known)
