"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables and the report; made when missing.")]
By = Annotated[str, typer.Option("--by", help="Column to compare by: party, language, date, doc_id …")]
Topics = Annotated[int, typer.Option("--topics", min=2, metavar="N", help="Topics in the topic model, 2 or more.")]
Processes = Annotated[int, typer.Option("--processes", "-p", min=1, metavar="N", help="Processes side by side.")]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Put a file aside that takes longer; none when omitted.",
        show_default=False,
    ),
]
Models = Annotated[
    Path | None,
    typer.Option("--models", help="Folder that `policytext train` wrote; else the bundled models.", show_default=False),
]
Lang = Annotated[str, typer.Option("--report-language", help="Language of the report: nb or en.")]
