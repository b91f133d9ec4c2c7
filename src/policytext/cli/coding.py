"""The commands about hand coding: `sample`, `validate` and `train`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from policytext.cli.options import By, Models
from policytext.cli.terminal import err, out, progress_bar, say, show, told


def sample(
    folder: Annotated[Path, typer.Argument(help="Folder that `policytext analyze` wrote.")],
    target: Annotated[Path, typer.Option("--out", "-o", help="Folder for the coding sheets; made when missing.")],
    n: Annotated[int, typer.Option("--n", "-n", help="Segments to draw.")] = 300,
    design: Annotated[
        str,
        typer.Option("--design", help="proportional (to each group's segments), equal (from each group) or simple."),
    ] = "proportional",
    by: By = "party",
    numbers: Annotated[float, typer.Option("--numbers", help="Share drawn from segments with numbers.")] = 0.0,
    measures: Annotated[float, typer.Option("--measures", help="Share drawn from measures that were found.")] = 0.0,
    unsure: Annotated[float, typer.Option("--unsure", help="Share drawn where the model was unsure.")] = 0.0,
    coders: Annotated[int, typer.Option("--coders", help="People who code, a sheet each.")] = 1,
    overlap: Annotated[float, typer.Option("--overlap", help="Share that all of several coders code.")] = 0.2,
    delimiter: Annotated[str, typer.Option("--delimiter", help="Between the cells of a sheet: ; or ,")] = ";",
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same segments.")] = 0,
) -> None:
    """Draw segments of an analysis and write sheets to code them by hand, for `policytext validate`."""
    with told():
        from policytext.validate import sample as draw

        shares = {"numbers": numbers, "measures": measures, "unsure": unsure}
        drawn = draw(folder, n=n, design=design, by=by, **shares, random_state=seed)
        drawn.save(target, coders=coders, overlap=overlap, delimiter=delimiter)
        show(drawn.strata, f"{len(drawn.segments)} of {drawn.strata['n_population'].sum()} segments, by stratum")
        out.print(
            f"The sheets are in [bold]{target}[/bold]. Fill them in as {target / 'instructions.txt'} says, then run: "
            f"policytext validate {target} --analysis {folder}",
            highlight=False,
            soft_wrap=True,
        )


def validate(
    gold: Annotated[
        Path, typer.Argument(help="Folder that `policytext sample` made, a sheet in it, or segments as JSON lines.")
    ],
    analysis: Annotated[
        Path | None,
        typer.Option(
            "--analysis",
            "-a",
            help="Folder of an analysis to compare; else the coded texts are annotated.",
            show_default=False,
        ),
    ] = None,
    models: Models = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Compare an analysis with hand coding: precision, recall, F1, accuracy and kappa with n and an interval."""
    with told():
        from policytext.analysis import load_analysis
        from policytext.validate import validate as run

        with err.status("Comparing with the hand coding …"):
            result = run(None if analysis is None else load_analysis(analysis), gold, models=models)
        for line in result.unfinished:
            say("warning", "yellow", line)
        if as_json:
            sys.stdout.write(json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n")
        else:
            for title, table in result.shown():
                show(table, f"\n{title}")


def train(
    codes: Annotated[
        list[Path],
        typer.Argument(metavar="CODES...", help="Folders that `policytext sample` made, or segments as JSON lines."),
    ],
    target: Annotated[Path, typer.Option("--out", "-o", help="Folder for the models and their card, new or empty.")],
    what: Annotated[str, typer.Option("--what", help="Which models to fit: areas, measures or all.")] = "all",
    metadata: Annotated[
        Path | None,
        typer.Option(
            "--metadata", "-m", help="CSV table with doc_id and party, for codes without party.", show_default=False
        ),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="Day to write on the card.", show_default=False)] = None,
) -> None:
    """Fit the models to your own codes, and say what that brings on parties left out."""
    with told():
        from policytext.training import train as run
        from policytext.training.folder import check_writable

        check_writable(target)
        with progress_bar() as bar:
            task = bar.add_task("Reading the codes", total=None)
            done = run(
                codes,
                what=what,  # type: ignore[arg-type]  # checked there
                metadata=metadata,
                progress=lambda text, n, steps: bar.update(task, description=text, completed=n, total=steps),
            )
        done.save(target, date=date)
        show(done.agreement, "Agreement with codes left out, before and after")
        used = ", ".join(done.parts.loc[done.parts["used"], "part"])
        out.print(f"Corrected: {used}. Models and card are in [bold]{target}[/bold].", highlight=False, soft_wrap=True)
        out.print(f"Use them: policytext analyze … --models {target}", highlight=False, soft_wrap=True)
