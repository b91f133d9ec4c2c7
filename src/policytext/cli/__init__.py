"""The command line: the only package that prints. A module holds the commands of one kind."""

from __future__ import annotations

from typing import Annotated

import typer

from policytext.cli.analysing import analyze, compare, report
from policytext.cli.coding import sample, train, validate
from policytext.cli.listing import corpora, models
from policytext.cli.repeating import replicate
from policytext.cli.terminal import out
from policytext.version import __version__

app = typer.Typer(
    name="policytext",
    help="Find the measures and numeric commitments in Norwegian political texts, and compare parties' emphasis.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


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


app.command(
    epilog="Example: [bold]policytext analyze programmes/ --out out[/bold] No path: the bundled corpus. "
    "Many files: [bold]policytext analyze programmes/ --out out --processes 4 --time-limit 600 --resume[/bold]"
)(analyze)
app.command(epilog="Example: [bold]policytext compare out --by party --topics 10[/bold]")(compare)
app.command(epilog="Example: [bold]policytext report out --out out/report.html --report-language en[/bold]")(report)
app.command(epilog="Example: [bold]policytext sample out --n 300 --unsure 0.2 --coders 2 --out coding[/bold]")(sample)
app.command(epilog="Example: [bold]policytext validate coding --analysis out[/bold] or: validate coded.jsonl --json")(
    validate
)
app.command(epilog="Example: [bold]policytext replicate run programmes/ --out replication[/bold]")(replicate)
app.command(epilog="Example: [bold]policytext train coded.jsonl --out my-models[/bold]")(train)
app.command(epilog="Example: [bold]policytext models --models my-models[/bold]")(models)
app.command(epilog="Example: [bold]policytext corpora[/bold]")(corpora)


def main() -> None:
    """Run the command line."""
    app()
