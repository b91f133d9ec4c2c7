"""The files that a run read, found again by their hashes, and laid out as they lay then."""

from __future__ import annotations

import os
import posixpath
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policytext.errors import BatchError, ModelError
from policytext.ingest.inputs import BUNDLED, file_hash
from policytext.resources import corpus_path

SAME = "the same"
_ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a run read: its name, its `role` (file or metadata), where it is now, and whether it is the same.

    `state` is ``the same``, ``changed`` (a file of its name has other content) or ``missing``.
    """

    name: str
    role: str
    state: str
    path: Path | None
    given: int | None
    place: str


def find_inputs(inputs: Mapping[str, Any], paths: Iterable[Path] = ()) -> list[Input]:
    """Find the files that a manifest names, below the paths given or else where the manifest says.

    Raises
    ------
    BatchError
        If a path does not exist.
    """
    pool = _Pool(paths)
    roots = [_root(one) for one in inputs["given"]]
    found = []
    for role, entries in (("file", inputs["files"]), ("metadata", inputs["metadata"])):
        for entry in entries:
            number = entry["given"]
            if number is None:
                home = Path(entry["path"]) if "path" in entry else None
                name = entry["file"]
            else:
                root = roots[number]
                home = None if root is None else root / entry["file"]
                name = _name(inputs["given"][number], entry["file"])
            path, state = pool.find(entry, name, home)
            found.append(Input(name, role, state, path, number, entry["file"]))
    return found


def lay_out(inputs: Mapping[str, Any], found: Iterable[Input], folder: Path) -> tuple[list[Path], Path | None]:
    """Put files into a folder as they lay when they were read, so that names and order are the same.

    Returns
    -------
    list of Path
        What to read: a path for each that was given.
    Path or None
        The metadata table that was given by itself.
    """
    homes = []
    paths = []
    for given, above in zip(inputs["given"], _folders(inputs, folder), strict=True):
        single = given["kind"] == "file"
        homes.append(above / _plain(given.get("folder", "")) if single else above / _plain(given["name"]))
        above.mkdir(parents=True)
        if given["kind"] == "empty":
            homes[-1].mkdir()
        if given["kind"] in ("missing", "empty"):
            paths.append(homes[-1])
    metadata = None
    used: dict[int, Path] = {}
    for one in found:
        if one.path is None:
            continue
        if one.given is None:
            metadata = folder / _ABOVE / Path(one.place).name
            _put(one.path, metadata)
            continue
        target = Path(os.path.normpath(homes[one.given] / one.place))
        if folder not in target.parents:
            raise BatchError(f"the manifest names the file {one.place!r}, which lies outside what was given")
        _put(one.path, target)
        if one.role == "file":
            single = inputs["given"][one.given]["kind"] == "file"
            used.setdefault(one.given, target if single else homes[one.given])
    return sorted([*paths, *used.values()], key=lambda path: path.parts), metadata


def plain_names(inputs: Mapping[str, Any], folder: Path) -> list[tuple[str, str]]:
    """Return the folders that `lay_out` made, as paths begin with them, and what to write in their place."""
    return [(f"{above}{os.sep}", "") for above in _folders(inputs, folder)]


def _folders(inputs: Mapping[str, Any], folder: Path) -> list[Path]:
    """Return the folder that stands for what lies above each given path; they sort as the paths did."""
    width = len(str(len(inputs["given"])))
    return [folder / f"{number:0{width}d}" / _ABOVE for number in range(len(inputs["given"]))]


def _root(given: Mapping[str, Any]) -> Path | None:
    """Return the folder in which a given path's files lie, if it is known."""
    if given["name"].startswith(BUNDLED):
        try:
            return corpus_path(given["name"].removeprefix(BUNDLED))
        except ModelError:
            return None
    if "path" not in given:
        return None
    path = Path(given["path"])
    return path.parent if given["kind"] == "file" else path


def _name(given: Mapping[str, Any], place: str) -> str:
    return posixpath.normpath(place if given["kind"] == "file" else f"{_plain(given['name'])}/{place}")


def _plain(name: str) -> str:
    plain = name.removeprefix(BUNDLED).replace("/", "_").replace("\\", "_")
    return _ABOVE if plain in ("", ".", "..") else plain


def _put(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source.resolve(), target)
    except OSError:  # on another drive, or where links are not allowed
        shutil.copyfile(source, target)


class _Pool:
    """The files below some paths, by size and by name."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._by_size: dict[int, list[Path]] = defaultdict(list)
        self._by_name: dict[str, list[Path]] = defaultdict(list)
        self._hashes: dict[Path, str] = {}
        for path in paths:
            if not path.exists():
                raise BatchError(f"{path}: there is no such file or folder; check the path")
            for file in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]:
                self._by_size[file.stat().st_size].append(file)
                self._by_name[file.name].append(file)

    def find(self, entry: Mapping[str, Any], name: str, home: Path | None) -> tuple[Path | None, str]:
        """Return where a manifest's file is, and its state."""
        near = [home] if home is not None and home.is_file() else []
        size = entry.get("bytes")
        candidates = self._by_size[size] if size is not None else self._by_name[Path(name).name]
        for path in [*candidates, *near]:
            if self._hash(path) == entry["sha256"]:
                return path, SAME
        named = self._by_name[Path(name).name]
        ending = [path for path in named if path.as_posix().endswith(f"/{name}")]
        for group in (ending, named if len(named) == 1 else [], near):
            if group:
                return group[0], "changed"
        return None, "missing"

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = file_hash(path)
        return self._hashes[path]
