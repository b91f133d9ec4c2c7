"""From paths and folders to the files that are documents, in a fixed order, each with its identifier."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policytext.errors import DocumentError
from policytext.ingest.sniff import SUFFIXES, sniff
from policytext.records import Problem
from policytext.rules import load_lexicon


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its path, its name below the folder that was given, that folder, and its identifier."""

    path: Path
    relative: str
    root: Path
    doc_id: str
    explicit: bool


@cache
def _not_documents() -> frozenset[str]:
    return frozenset(row["name"] for row in load_lexicon("not_documents", ("name", "reason")))


@cache
def _other_endings() -> frozenset[str]:
    return frozenset(row["ending"] for row in load_lexicon("other_endings", ("ending", "reason")))


def is_document(name: str) -> bool:
    """Tell whether a file of a folder is meant to be a document: not hidden, no README, metadata or codes.

    Examples
    --------
    >>> is_document("havna.txt"), is_document("README.md"), is_document("metadata.csv"), is_document(".skjult.txt")
    (True, False, False, False)
    """
    if name.startswith((".", "~$", "__")):
        return False
    parts = name.casefold().split(".")[:-1] or [name.casefold()]
    return parts[0] not in _not_documents() and parts[-1] not in _not_documents()


def as_paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Return one path or many as a list of paths."""
    if isinstance(paths, str | Path):
        return [Path(paths)]
    return [Path(path) for path in paths]


def find_sources(paths: Iterable[Path]) -> tuple[list[Source], list[Problem]]:
    """List the files to read, sorted by path within each folder, and the paths that cannot be read at all.

    A file of a folder whose ending is unknown becomes a problem, and so does a folder without documents, so that
    nothing vanishes unseen; program code, styles and settings are passed by.
    """
    found: list[tuple[Path, str, Path, bool]] = []
    problems: list[Problem] = []
    seen: set[Path] = set()
    for path in sorted(paths, key=lambda p: p.parts):
        if path.is_dir():
            files = _files_below(path)
            met = len(found) + len(problems)
            for child in sorted(files, key=lambda p: p.relative_to(path).parts):
                if child.suffix.lower() in SUFFIXES:
                    found.append((child, child.relative_to(path).as_posix(), path, False))
                elif child.suffix.lower() not in _other_endings():
                    _sniffed(child, path, found, problems)
            if len(found) + len(problems) == met:
                message = f"{path}: the folder holds no documents; put text, HTML, PDF or other documents in it"
                problems.append(Problem(str(path), message))
        elif path.exists():
            found.append((path, path.name, path.parent, True))
        else:
            problems.append(Problem(str(path), f"{path}: there is no such file or folder; check the path"))
    unique: list[tuple[Path, str, Path, bool]] = []
    for entry in found:
        resolved = entry[0].resolve()
        if resolved not in seen:
            seen.add(resolved)
            unique.append(entry)
    return _identified(unique), problems


def _sniffed(file: Path, folder: Path, found: list[tuple[Path, str, Path, bool]], problems: list[Problem]) -> None:
    """Take in a file of unknown ending if its content has a known format or it has no ending; report others."""
    try:
        kind = sniff(file)
    except DocumentError as error:
        problems.append(Problem(str(file), str(error)))
        return
    if kind != "text" or not file.suffix:
        found.append((file, file.relative_to(folder).as_posix(), folder, False))
        return
    message = f"{file}: a file ending in {file.suffix} is not read from a folder; name it .txt, or give the file itself"
    problems.append(Problem(str(file), message))


def _files_below(folder: Path) -> list[Path]:
    files = [
        child
        for child in folder.rglob("*")
        if is_document(child.name)
        and not any(part.startswith((".", "__")) for part in child.relative_to(folder).parts)
        and child.is_file()
    ]
    parts = _parts_of_corpora(files)
    return [file for file in files if file not in parts]


def _parts_of_corpora(files: list[Path]) -> set[Path]:
    """Return files that a TEI corpus root reads by itself, its lists, and marked-up twins of plain files."""
    from policytext.ingest.tei import included, is_auxiliary

    xml = [file for file in files if file.suffix.lower() == ".xml"]
    if not xml:
        return set()
    names = set(xml)
    parts = {file for file in xml if is_auxiliary(file)}
    parts |= {
        file
        for file in xml
        if file.name.endswith(".ana.xml") and file.with_name(file.name.removesuffix(".ana.xml") + ".xml") in names
    }
    resolved = {file.resolve(): file for file in xml}
    for file in xml:
        with file.open("rb") as handle:
            is_root = b"<teiCorpus" in handle.read(4096)
        if is_root:
            parts |= {resolved[part] for part in included(file) if part in resolved}
    return parts


def _identified(files: list[tuple[Path, str, Path, bool]]) -> list[Source]:
    """Give each file the shortest identifier that tells it apart: stem, path, or path and ending."""
    names = [unicodedata.normalize("NFC", relative) for _, relative, _, _ in files]
    stems = [Path(name).stem for name in names]
    longer = [Path(name).with_suffix("").as_posix().replace("/", "-") for name in names]
    fullest = [name.replace("/", "-").replace(".", "-") for name in names]
    counts = [Counter(stem.casefold() for stem in ids) for ids in (stems, longer, fullest)]
    used: Counter[str] = Counter()
    sources: list[Source] = []
    for entry, *ids in zip(files, stems, longer, fullest, strict=True):
        chosen = next((name for name, count in zip(ids, counts, strict=True) if count[name.casefold()] == 1), ids[-1])
        used[chosen.casefold()] += 1
        if used[chosen.casefold()] > 1:
            chosen = f"{chosen}-{used[chosen.casefold()]}"
        path, relative, root, explicit = entry
        sources.append(Source(path, unicodedata.normalize("NFC", relative), root, chosen, explicit))
    return sources
