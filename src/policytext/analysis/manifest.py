"""The run manifest: versions, models and hashes; and the paths in it, which hold on other machines."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policytext.analysis.fingerprint import model_hashes, program_hash
from policytext.analysis.models import PARTS, Models
from policytext.version import __version__

_PACKAGES = ("numpy", "pandas", "pyarrow", "pypdfium2", "scikit-learn", "scipy", "spacy", "trafilatura")


def manifest_of(
    documents: Mapping[str, str], *, models: Models, inputs: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the manifest of an analysis: what ran, and the hashes of the documents' texts.

    Parameters
    ----------
    documents : mapping of str to str
        The SHA-256 of each document's normalised text.
    models : Models
        The models that were used.
    inputs : mapping, optional
        What was read, as `policytext.ingest.inputs.describe_inputs` gives it.
    """
    manifest: dict[str, Any] = {**environment(models), "documents": dict(documents)}
    if inputs is not None:
        manifest["inputs"] = dict(inputs)
    return manifest


def environment(models: Models) -> dict[str, Any]:
    """Return what a result may depend on beside its input: versions, the program's files, the trained models.

    ``models`` are those that can be trained anew, ``language_models`` the bundled others.
    """
    return {
        "policytext": __version__,
        "program": program_hash(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "models": models.manifest,
        "language_models": {name: sha256 for name, sha256 in model_hashes().items() if name not in PARTS},
    }


@cache
def _version(package: str) -> str:
    return version(package)


def portable(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a manifest whose absolute paths are told as seen from a folder, for writing it there."""
    return _with_paths(manifest, lambda path: Path(os.path.relpath(path, folder)).as_posix())


def located(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return a manifest read from a folder with its paths made absolute again."""
    return _with_paths(manifest, lambda path: os.path.abspath(folder / path))  # noqa: PTH100 - links stay links


def _with_paths(manifest: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    inputs = manifest.get("inputs")
    if not isinstance(inputs, Mapping):
        return dict(manifest)
    changed = {
        key: [{**entry, "path": _changed(entry["path"], change)} if "path" in entry else entry for entry in entries]
        for key, entries in inputs.items()
    }
    return {**manifest, "inputs": changed}


def _changed(path: str, change: Callable[[str], str]) -> str:
    try:
        return change(path)
    except ValueError:  # on another drive: no way leads there
        return Path(path).name
