"""The folder of trained models: the weights, ``models.json`` and the card."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from policytext.analysis.models import BUNDLED, CARD, FORMAT, INDEX, PARTS, digest, read_index
from policytext.analysis.storage import check_folder
from policytext.errors import TrainingError
from policytext.version import __version__

if TYPE_CHECKING:
    from policytext.training.fitting import Training

_WRITTEN = frozenset({INDEX, CARD, *PARTS})
_DIGITS = 4


def save(training: Training, folder: Path, *, date: str | None = None) -> Path:
    """Write models and card; see `Training.save`."""
    check_writable(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / INDEX).unlink(missing_ok=True)  # until all is written, the folder holds no models
    parts = {}
    for part, names in PARTS.items():
        target = folder / part
        source = training.models.sources.get(part)
        if source is not None and source.name == BUNDLED:
            for name in names:
                (target / name).unlink(missing_ok=True)
            if target.is_dir():
                target.rmdir()
            continue
        target.mkdir(exist_ok=True)
        (training.models.areas if part == "areas" else training.models.measures).save(target)
        parts[part] = digest(target, part)
    (folder / CARD).write_text(card(training, parts, date=date), encoding="utf-8")
    index = {
        "format": FORMAT,
        "policytext": __version__,
        "parts": parts,
        "settings": dict(training.settings),
        "agreement": _records(training.agreement),
        "tried": _records(training.parts),
    }
    text = json.dumps(index, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / INDEX).write_text(text, encoding="utf-8")
    return folder


def check_writable(folder: Path) -> None:
    """Check that models may be written into a folder, without making it.

    Raises
    ------
    TrainingError
        If it holds something else than models of an earlier training.
    AnalysisError
        If it is a file or may not be written to.
    """
    check_folder(folder)
    if not folder.is_dir():
        return
    there = sorted(path.name for path in folder.iterdir())
    if there and not (folder / INDEX).is_file():
        raise TrainingError(f"{folder} holds {', '.join(there[:3])} …; give a new or empty folder for the models")
    if there:
        read_index(folder)
    foreign = [name for name in there if name not in _WRITTEN]
    if foreign:
        raise TrainingError(f"{folder} also holds {', '.join(foreign[:3])}; give a new or empty folder for the models")


def card(training: Training, parts: dict[str, str], *, date: str | None = None) -> str:
    """Return the card of the models, in Markdown."""
    settings: Any = training.settings
    counts, tried = training.counts, training.parts
    used = tried.loc[tried["used"], "part"].tolist()
    facts = {
        "trained on": f"{counts['segments'].sum()} hand-coded segments, {counts['measures'].sum()} of them measures, "
        f"of {len(counts)} parties and {counts['documents'].sum()} documents: "
        + ", ".join(f"`{name}` (SHA-256 {one[:12]}…)" for name, one in settings["codes"]),
        "corrected": ", ".join(used),
        "left as it was": ", ".join(tried.loc[~tried["used"], "part"].tolist()) or "none of those tried",
        "method": "the scores of the models started from as offset of a logistic regression with an L2 penalty on "
        f"what it adds (prior variance {settings['variance']} of a weight, {settings['constant_variance']} of a "
        "class's constant)",
        "started from": ", ".join(f"{name} (SHA-256 {one[:12]}…)" for name, one in sorted(settings["base"].items())),
        "measured": f"each {settings['left_out']} left out, in {settings['folds']} folds; 95 % bootstrap intervals "
        f"({settings['n_resamples']} resamples, seed {settings['random_state']})",
        "policytext": __version__,
        "files": ", ".join(f"`{part}/` (SHA-256 {one[:12]}…)" for part, one in sorted(parts.items())),
    }
    if date:
        facts["date"] = date
    lines = ["# Models of policytext fitted to further codes", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {_cell(text)} |" for name, text in facts.items()]
    lines += [
        "",
        f"Use: `policytext analyze … --models FOLDER`, `policytext.annotate(…, models=FOLDER)`. {BUNDLED.capitalize()} "
        "reads the folder only as it was written. Codes are those of the codebook; a model of other texts than these "
        "should be measured on them.",
        "",
        "## Agreement with codes left out",
        "",
        "As `policytext validate` measures it, with the models started from (before) and with the corrected parts "
        "(after). Which parts are corrected was chosen on the same codes, so that a small gain "
        "may be chance: see the interval.",
        "",
        *_markdown(training.agreement),
        "",
        "## Parts",
        "",
        "Each by itself, the measures given: the share that is right on codes left out, and the log loss. A part is "
        "corrected only where it is right as often at least and the log loss is lower.",
        "",
        *_markdown(tried),
        "",
        "## Codes",
        "",
        *_markdown(counts),
        "",
    ]
    return "\n".join(lines)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows: Any = json.loads(table.round(_DIGITS).to_json(orient="records"))
    return list(rows)


def _markdown(table: pd.DataFrame) -> list[str]:
    head = [f"| {' | '.join(map(str, table.columns))} |", "|" + "---|" * len(table.columns)]
    return head + [f"| {' | '.join(_cell(value) for value in row)} |" for row in table.itertuples(index=False)]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if isnan(value) else f"{value:.3f}"
    return str(value).replace("|", "\\|").replace("\n", " ")
