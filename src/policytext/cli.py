"""The command line: the only module that prints."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from policytext.errors import PolicyTextError, PolicyTextWarning
from policytext.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from policytext.analysis import Analysis
    from policytext.compare import Comparison

app = typer.Typer(
    name="policytext",
    help="Find the measures and numeric commitments in Norwegian political texts, and compare parties' emphasis.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
out = Console(width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)

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


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"policytext {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def _main(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Find measures and numeric commitments in Norwegian political texts."""


@contextmanager
def _told() -> Iterator[None]:
    """Show the library's own warnings and errors as one line each on stderr; an error ends with exit code 1."""
    with warnings.catch_warnings():
        warnings.simplefilter("default", PolicyTextWarning)
        previous = warnings.showwarning

        def show(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> None:
            if issubclass(category, PolicyTextWarning):
                _say("warning", "yellow", str(message))
            else:
                previous(message, category, filename, lineno, file, line)

        warnings.showwarning = show
        try:
            yield
        except PolicyTextError as error:
            _say("error", "red", str(error))
            raise typer.Exit(1) from error
        except OSError as error:
            _say("error", "red", f"{error.filename or 'a file'} cannot be written or read: {error.strerror or error}")
            raise typer.Exit(1) from error


def _say(label: str, colour: str, message: str) -> None:
    err.print(Text.assemble((f"{label}: ", f"bold {colour}"), message), soft_wrap=True)


@app.command(
    epilog="Example: [bold]policytext analyze programmes/ --out out[/bold]  No path: the bundled corpus.  "
    "Many files: [bold]policytext analyze programmes/ --out out --processes 4 --time-limit 600 --resume[/bold]",
)
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
    with _told():
        from policytext.analysis.storage import check_folder
        from policytext.batch import analyze_files
        from policytext.batch.parts import Store
        from policytext.resources import corpus_path

        check_folder(target)
        sources = paths or [corpus_path()]
        n_files = _count_files(sources)
        parts = Store(target / ".parts")
        with _progress() as bar:
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
                    progress=lambda path: bar.update(task, advance=1, description=_short(path.name)),
                )
            except KeyboardInterrupt:
                bar.stop()
                n_done = int(bar.tasks[task].completed)
                _say(
                    "stopped",
                    "yellow",
                    f"{n_done} of {n_files} files are done; go on with the same command and --resume",
                )
                raise typer.Exit(130) from None
            bar.update(task, description="Read and analysed", completed=n_files)
        for row in analysis.problems.itertuples():
            _say("error", "red", str(row.message))
        if analysis.documents.empty:
            _say("error", "red", "no document could be read; nothing was written")
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
            _say(
                "error",
                "red",
                f"{failed} of {n_files} {'file' if n_files == 1 else 'files'} could not be read; see above",
            )
            raise typer.Exit(1)


@app.command(epilog="Example: [bold]policytext compare out --by party --topics 10[/bold]")
def compare(
    folder: Annotated[Path, typer.Argument(help="Folder that `policytext analyze` wrote.")],
    by: By = "party",
    topics: Topics = 8,
) -> None:
    """Compare emphasis, keyness, topics, similarity and numeric promises; write them beside the analysis."""
    with _told():
        from policytext.analysis import load_analysis

        comparison = _compare(load_analysis(folder), folder, by=by, topics=topics)
        columns = [by, "area", "n", "share", "low", "high"]
        _show(comparison.emphasis[columns], f"Emphasis: share of the measures by {by}, with its 95 % interval")
        out.print(f"The comparison is in [bold]{folder / 'comparison'}[/bold].", highlight=False)


@app.command(epilog="Example: [bold]policytext report out --out out/report.html --report-language en[/bold]")
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
    with _told():
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


@app.command(epilog="Example: [bold]policytext sample out --n 300 --unsure 0.2 --coders 2 --out coding[/bold]")
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
    with _told():
        from policytext.validate import sample as draw

        shares = {"numbers": numbers, "measures": measures, "unsure": unsure}
        drawn = draw(folder, n=n, design=design, by=by, **shares, random_state=seed)
        drawn.save(target, coders=coders, overlap=overlap, delimiter=delimiter)
        _show(drawn.strata, f"{len(drawn.segments)} of {drawn.strata['n_population'].sum()} segments, by stratum")
        out.print(
            f"The sheets are in [bold]{target}[/bold]. Fill them in as {target / 'instructions.txt'} says, then run: "
            f"policytext validate {target} --analysis {folder}",
            highlight=False,
            soft_wrap=True,
        )


@app.command(epilog="Example: [bold]policytext validate coding --analysis out[/bold]  or: validate coded.jsonl --json")
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
    with _told():
        from policytext.analysis import load_analysis
        from policytext.validate import validate as run

        with err.status("Comparing with the hand coding …"):
            result = run(None if analysis is None else load_analysis(analysis), gold, models=models)
        for line in result.unfinished:
            _say("warning", "yellow", line)
        if as_json:
            sys.stdout.write(json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n")
        else:
            for title, table in result.shown():
                _show(table, f"\n{title}")


@app.command(epilog="Example: [bold]policytext replicate run programmes/ --out replication[/bold]")
def replicate(
    run: Annotated[Path, typer.Argument(help="Folder that `policytext analyze` wrote, or only its manifest.json.")],
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
    with _told():
        from policytext.analysis.storage import check_folder, read_manifest
        from policytext.batch import replicate as repeat
        from policytext.batch.account import lines, table_of_tables

        folder = run.parent if run.name == "manifest.json" else run
        if check_folder(target).resolve() == folder.resolve():
            _say("error", "red", f"{target} holds the run itself; give another folder to --out")
            raise typer.Exit(1)
        files = read_manifest(folder).get("inputs", {}).get("files", ())
        n_files = sum(bool(one["documents"]) for one in files) or None
        with _progress() as bar:
            task = bar.add_task("Repeating the run", total=n_files)
            result = repeat(
                folder,
                paths or (),
                models=models,
                processes=processes,
                digits=digits,
                progress=lambda path: bar.update(task, advance=1, description=_short(path.name)),
            )
        result.save(target)
        _show(table_of_tables(result), f"{folder} repeated")
        for line in lines(result):
            out.print(line, highlight=False, soft_wrap=True, markup=False)
        out.print(f"The report is [bold]{target / 'replication.csv'}[/bold].", highlight=False, soft_wrap=True)
        if not result.same:
            tables = result.of("table")
            n_odd = int((tables["verdict"] != "the same").sum())
            _say("error", "red", f"{n_odd} of {len(tables)} tables did not come out the same")
            raise typer.Exit(1)
        out.print(f"All {len(result.of('table'))} tables are the same.", highlight=False)


@app.command(epilog="Example: [bold]policytext train coded.jsonl --out my-models[/bold]")
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
    with _told():
        from policytext.training import train as run
        from policytext.training.folder import check_writable

        check_writable(target)
        with _progress() as bar:
            task = bar.add_task("Reading the codes", total=None)
            done = run(
                codes,
                what=what,  # type: ignore[arg-type]  # checked there
                metadata=metadata,
                progress=lambda text, n, steps: bar.update(task, description=text, completed=n, total=steps),
            )
        done.save(target, date=date)
        _show(done.agreement, "Agreement with codes left out, before and after")
        used = ", ".join(done.parts.loc[done.parts["used"], "part"])
        out.print(f"Corrected: {used}. Models and card are in [bold]{target}[/bold].", highlight=False, soft_wrap=True)
        out.print(f"Use them: policytext analyze … --models {target}", highlight=False, soft_wrap=True)


@app.command(epilog="Example: [bold]policytext models --models my-models[/bold]")
def models(folder: Models = None) -> None:
    """List the trained models in use, with what their cards say of them."""
    with _told():
        from policytext.analysis.models import card_facts, load_models
        from policytext.resources import bundled

        chosen = load_models(folder).sources
        places = bundled("models") | {name: source.folder for name, source in chosen.items()}
        for name, place in places.items():
            own = name in chosen and chosen[name].name != "policytext"
            facts = card_facts(place.parent if own else place)
            if name in chosen:
                facts["sha256"] = chosen[name].sha256
            _list(name, place, facts)


@app.command(epilog="Example: [bold]policytext corpora[/bold]")
def corpora() -> None:
    """List the corpora that this installation carries."""
    from policytext.analysis.models import card_facts
    from policytext.resources import bundled

    for name, folder in bundled("corpora").items():
        _list(name, folder, {"title": card_facts(folder)["title"]})


def _list(name: str, folder: Path, facts: dict[str, str]) -> None:
    """Print the name of something bundled, where it lies, and what is known of it."""
    out.print(Text.assemble((name, "bold"), "  ", facts.pop("title", "")))
    out.print(Text(f"  {folder}"), soft_wrap=True)
    for label, text in facts.items():
        out.print(Text(f"  {label}: {text}"), soft_wrap=True)


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


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:<40}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def _show_documents(analysis: Analysis) -> None:
    from policytext.records import AREAS

    table = analysis.documents[["doc_id", "party", "n_segments", "n_measures", "n_quantities"]].copy()
    table.columns = ["document", "party", "segments", "measures", "numbers"]
    measures = analysis.measures
    for area in AREAS:
        counts = measures.loc[measures["area"] == area, "doc_id"].value_counts()
        table[area] = [int(counts.get(doc_id, 0)) for doc_id in table["document"]]
    documents = "1 document" if len(table) == 1 else f"{len(table)} documents"
    _show(table, f"Measures in {documents}, by area")


def _show(table: pd.DataFrame, title: str) -> None:
    from policytext.terminal_table import terminal_table

    out.print(terminal_table(table, title, width=out.width))


def main() -> None:
    """Run the command line."""
    app()
