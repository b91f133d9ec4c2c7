"""The command `replicate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policytext.cli.options import Models, Processes
from policytext.cli.terminal import out, progress_bar, say, short, show, told


def replicate(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder that `policytext analyze` wrote, or only its manifest.json.")
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Where the documents are now, matched by their hashes; where they were when omitted.",
            show_default=False,
        ),
    ] = None,
    target: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for the new tables, replication.csv and differences.csv.")
    ] = Path("replication"),
    models: Models = None,
    processes: Processes = 1,
    digits: Annotated[
        int, typer.Option("--digits", min=1, max=17, help="Significant digits that numbers must share.")
    ] = 9,
) -> None:
    """Run an analysis again from the same files, and compare every table with it, cell by cell.

    The exit code is 0 only when every table is the same.
    """
    with told():
        from policytext.analysis.storage import check_folder, read_manifest
        from policytext.batch import replicate as repeat
        from policytext.batch.account import lines, table_of_tables
        from policytext.batch.finding import SAME

        folder = run.parent if run.name == "manifest.json" else run
        if check_folder(target).resolve() == folder.resolve():
            say("error", "red", f"{target} holds the run itself; give another folder to --out")
            raise typer.Exit(1)
        files = (read_manifest(folder).get("inputs") or {}).get("files", ())
        n_files = sum("documents" in one for one in files) or None
        with progress_bar() as bar:
            task = bar.add_task("Repeating the run", total=n_files)
            result = repeat(
                folder,
                paths or (),
                models=models,
                processes=processes,
                digits=digits,
                progress=lambda path: bar.update(task, advance=1, description=short(path.name)),
            )
        result.save(target)
        show(table_of_tables(result), f"{folder} repeated")
        for line in lines(result):
            out.print(line, highlight=False, soft_wrap=True, markup=False)
        out.print(f"The report is [bold]{target / 'replication.csv'}[/bold].", highlight=False, soft_wrap=True)
        if not result.same:
            tables = result.of("table")
            n_odd = int((tables["verdict"] != SAME).sum())
            say("error", "red", f"{n_odd} of {len(tables)} tables did not come out the same")
            raise typer.Exit(1)
        out.print(f"All {len(result.of('table'))} tables are the same.", highlight=False)
