"""The commands that make tables of documents: `analyze`, `compare` and `report`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policytext.cli.options import By, Lang, Models, Out, Processes, TimeLimit, Topics
from policytext.cli.terminal import err, out, progress_bar, say, short, show, told

if TYPE_CHECKING:
    from policytext.analysis import Analysis
    from policytext.compare import Comparison


def analyze(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Files and folders to read; the bundled corpus when omitted.", show_default=False
        ),
    ] = None,
    target: Out = Path("out"),
    metadata: Annotated[
        Path | None, typer.Option("--metadata", "-m", help="CSV table: doc_id, party, title, date, kind, language.")
    ] = None,
    by: By = "party",
    topics: Topics = 8,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Also compare and write report.html.")] = True,
    csv: Annotated[bool, typer.Option("--csv/--no-csv", help="Also write the tables as CSV.")] = True,
    report_language: Lang = "nb",
    models: Models = None,
    processes: Processes = 1,
    time_limit: TimeLimit = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run: read only files that are new or changed.")
    ] = False,
) -> None:
    """Read documents, find their measures and numbers, compare the parties and write tables and a report.

    Results of single files are kept in OUT/.parts until the run is whole, with --resume beyond it.
    """
    with told():
        from policytext.analysis.storage import check_folder
        from policytext.batch import analyze_files
        from policytext.batch.parts import Store
        from policytext.resources import corpus_path

        check_folder(target)
        sources = paths or [corpus_path()]
        n_files = _count_files(sources)
        parts = Store(target / ".parts")
        with progress_bar() as bar:
            task = bar.add_task("Reading and analysing", total=n_files)
            try:
                analysis = analyze_files(
                    sources,
                    metadata=metadata,
                    models=models,
                    processes=processes,
                    time_limit=time_limit,
                    keep=parts.folder,
                    resume=resume,
                    progress=lambda path: bar.update(task, advance=1, description=short(path.name)),
                )
            except KeyboardInterrupt:
                bar.stop()
                n_done = int(bar.tasks[task].completed)
                say(
                    "stopped",
                    "yellow",
                    f"{n_done} of {n_files} files are done; go on with the same command and --resume",
                )
                raise typer.Exit(130) from None
            bar.update(task, description="Read and analysed", completed=n_files)
        for row in analysis.problems.itertuples():
            say("error", "red", str(row.message))
        if analysis.documents.empty:
            say("error", "red", "no document could be read; nothing was written")
            raise typer.Exit(1)
        settings = {"by": by, "topics": topics, "report": report, "csv": csv, "report_language": report_language}
        settings |= {"random_state": 0, "time_limit": time_limit}
        analysis = replace(analysis, manifest={**analysis.manifest, "settings": settings})
        analysis.save(target)
        if not (resume or len(analysis.problems)):
            parts.clear()
        if csv:
            analysis.to_csv(target / "csv")
        _show_documents(analysis)
        out.print(f"Tables are in [bold]{target}[/bold].", highlight=False)
        if report:
            comparison = _compare(analysis, target, by=by, topics=topics)
            _write_report(analysis, comparison, target / "report.html", report_language)
        if len(analysis.problems):
            failed = len(analysis.problems)
            say(
                "error",
                "red",
                f"{failed} of {n_files} {'file' if n_files == 1 else 'files'} could not be read; see above",
            )
            raise typer.Exit(1)


def compare(
    folder: Annotated[Path, typer.Argument(help="Folder that `policytext analyze` wrote.")],
    by: By = "party",
    topics: Topics = 8,
) -> None:
    """Compare emphasis, keyness, topics, similarity and numeric promises; write them beside the analysis."""
    with told():
        from policytext.analysis import load_analysis

        comparison = _compare(load_analysis(folder), folder, by=by, topics=topics)
        columns = [by, "area", "n", "share", "low", "high"]
        show(comparison.emphasis[columns], f"Emphasis: share of the measures by {by}, with its 95 % interval")
        out.print(f"The comparison is in [bold]{folder / 'comparison'}[/bold].", highlight=False)


def report(
    folder: Annotated[Path, typer.Argument(help="Folder that `policytext analyze` wrote.")],
    target: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The HTML file to write; FOLDER/report.html when omitted.", show_default=False
        ),
    ] = None,
    by: By = "party",
    topics: Topics = 8,
    report_language: Lang = "nb",
    figures: Annotated[
        bool, typer.Option("--figures/--no-figures", help="Also write each figure as SVG and PNG beside the report.")
    ] = True,
) -> None:
    """Write the report of an analysis as one HTML file that needs no network, and its figures as files."""
    with told():
        from policytext.analysis import load_analysis

        analysis = load_analysis(folder)
        comparison = _compare(analysis, folder, by=by, topics=topics)
        path = target or folder / "report.html"
        _write_report(analysis, comparison, path, report_language)
        if figures:
            from policytext.report import save_figures

            with err.status("Drawing the figures …"):
                save_figures(comparison, path.parent / "figures", language=report_language)
            out.print(f"The figures are in [bold]{path.parent / 'figures'}[/bold].", highlight=False, soft_wrap=True)


def _compare(analysis: Analysis, folder: Path, *, by: str, topics: int) -> Comparison:
    from policytext.compare import compare as run

    with err.status("Comparing …"):
        comparison = run(analysis, by=by, n_topics=topics)
        comparison.save(folder / "comparison")
    return comparison


def _write_report(analysis: Analysis, comparison: Comparison, path: Path, report_language: str) -> None:
    from policytext.report import report as run

    with err.status("Writing the report …"):
        written = run(analysis, comparison, path, language=report_language)
    out.print(f"The report is [bold]{written}[/bold]; open it in a browser.", highlight=False, soft_wrap=True)


def _count_files(sources: list[Path]) -> int:
    from policytext.ingest.sources import find_sources

    return len(find_sources(sources)[0])


def _show_documents(analysis: Analysis) -> None:
    from policytext.records import AREAS

    table = analysis.documents[["doc_id", "party", "n_segments", "n_measures", "n_quantities"]].copy()
    table.columns = ["document", "party", "segments", "measures", "numbers"]
    measures = analysis.measures
    for area in AREAS:
        counts = measures.loc[measures["area"] == area, "doc_id"].value_counts()
        table[area] = [int(counts.get(doc_id, 0)) for doc_id in table["document"]]
    documents = "1 document" if len(table) == 1 else f"{len(table)} documents"
    show(table, f"Measures in {documents}, by area")
