"""Which models an analysis uses: the bundled ones, or those of a folder that `policytext train` wrote."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from policytext.areas import AreaModel, load_model
from policytext.areas.coding import FILES as AREA_FILES
from policytext.errors import ModelError, PolicyTextWarning
from policytext.measures import MeasureModels, load_measure_models
from policytext.measures.models import FILES as MEASURE_FILES
from policytext.resources import file_stamps, model_path
from policytext.version import __version__

FORMAT = 1
INDEX = "models.json"
"""The file of a folder of trained models that says what lies there; without it nothing is read."""
CARD = "README.md"
FACTS = ("trained on", "corrected", "measured", "measured by")
"""The rows of a card's table of facts that `policytext models` shows."""
PARTS: Mapping[str, tuple[str, ...]] = {"areas": AREA_FILES, "measures": MEASURE_FILES}
"""The models that can be trained, each in a folder of its name, and their files."""
BUNDLED = "policytext"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model comes from: `name` is ``policytext`` or that of the folder given, `sha256` that of its files."""

    name: str
    folder: Path
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """The models of an analysis; `sources` says of each part where it comes from (none: it is not stored)."""

    measures: MeasureModels
    areas: AreaModel
    sources: Mapping[str, Source]

    @property
    def manifest(self) -> dict[str, str]:
        """The hash of each model, by its name; ``not stored`` for one that was trained and not saved."""
        return {part: self.sources[part].sha256 if part in self.sources else "not stored" for part in sorted(PARTS)}


def load_models(models: str | Path | Models | None = None) -> Models:
    """Load the models of a folder that `policytext train` wrote; the bundled ones stand in for what it lacks.

    Parameters
    ----------
    models : path or Models, optional
        The bundled ones when omitted; models that are loaded already are returned as they are.

    Raises
    ------
    ModelError
        If the folder was not written by `policytext train`, a file is missing or was changed.

    Warns
    -----
    PolicyTextWarning
        If the models were trained with another version of policytext.

    Examples
    --------
    >>> sorted(load_models().manifest)
    ['areas', 'measures']
    """
    if isinstance(models, Models):
        return models
    if models is None:
        return _loaded({}, {})
    folder = Path(models).resolve()
    index = read_index(folder)
    if index["policytext"] != __version__:
        warnings.warn(
            f"the models in {folder} were trained with policytext {index['policytext']}, this is {__version__}: "
            "what they see of a text may have changed; train them again",
            PolicyTextWarning,
            stacklevel=2,
        )
    return _loaded({part: folder / part for part in index["parts"]}, index["parts"], name=folder.name)


def read_index(folder: Path) -> dict[str, Any]:
    """Return what ``models.json`` of a folder says, checked; see `load_models` for the errors."""
    path = folder / INDEX
    if not path.is_file():
        raise ModelError(
            f"{folder} holds no trained models: {INDEX} is missing; make them with "
            f"`policytext train CODES --out {folder.name}`"
        )
    try:
        index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        written, version, parts = index["format"], index["policytext"], index["parts"]
        whole = all(part in PARTS and isinstance(digest, str) for part, digest in parts.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is damaged: {error!r}; train the models again") from error
    if written != FORMAT or not isinstance(version, str) or not parts or not whole:
        raise ModelError(
            f"{path} has format {written!r} and the parts {', '.join(map(str, parts)) or 'none'}; "
            f"this version reads format {FORMAT} with {' and '.join(PARTS)}; train the models again"
        )
    return index


def card_facts(folder: Path) -> dict[str, str]:
    """Return the title of a model's card, under ``title``, and those rows of its table of facts that `FACTS` names.

    Examples
    --------
    >>> card_facts(model_path("areas"))["title"]
    'Areas: which of six areas a measure belongs to'
    """
    path = folder / CARD
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    facts = {"title": next((line.lstrip("# ").strip() for line in lines if line.strip()), "")}
    rows = (line.strip("| ").split("|", 1) for line in lines if line.startswith("|"))
    found = {row[0].strip(): row[1].strip() for row in rows if len(row) == 2}
    return facts | {name: found[name] for name in FACTS if name in found}


def trained_on(folder: Path, paths: Iterable[Path]) -> list[str]:
    """Return the names of those files that the models of a folder were trained on, known by their content."""
    known = {sha256 for _, sha256 in read_index(folder).get("settings", {}).get("codes", ())}
    return [path.name for path in paths if hashlib.sha256(path.read_bytes()).hexdigest() in known]


def digest(folder: Path, part: str) -> str:
    """Return the SHA-256 of a model's files, one after another, each behind its name.

    Raises
    ------
    ModelError
        If one is missing.
    """
    total = hashlib.sha256()
    for name in PARTS[part]:
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path} is missing; install policytext or train the models again")
        total.update(name.encode("utf-8") + b"\0" + path.read_bytes())
    return total.hexdigest()


def _loaded(folders: Mapping[str, Path], digests: Mapping[str, str], *, name: str = BUNDLED) -> Models:
    sources = {}
    for part, files in PARTS.items():
        folder = folders.get(part) or model_path(part)
        found = _digest(folder, part, file_stamps(folder, files))
        if found != digests.get(part, found):
            raise ModelError(f"the files in {folder} are not those that were trained: damaged or changed; train again")
        sources[part] = Source(name if part in folders else BUNDLED, folder, found)
    return Models(
        load_measure_models(folders.get("measures")),
        load_model(folders.get("areas")),
        sources,
    )


@lru_cache(maxsize=8)
def _digest(folder: Path, part: str, _: tuple[tuple[int, int], ...]) -> str:
    return digest(folder, part)
