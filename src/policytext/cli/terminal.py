"""What the commands share of the terminal: printing, errors as one line, tables, progress."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from policytext.errors import PolicyTextError, PolicyTextWarning

if TYPE_CHECKING:
    import pandas as pd

out = Console(width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)


@contextmanager
def told() -> Iterator[None]:
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
                say("warning", "yellow", str(message))
            else:
                previous(message, category, filename, lineno, file, line)

        warnings.showwarning = show
        try:
            yield
        except PolicyTextError as error:
            say("error", "red", str(error))
            raise typer.Exit(1) from error
        except OSError as error:
            say("error", "red", f"{error.filename or 'a file'} cannot be written or read: {error.strerror or error}")
            raise typer.Exit(1) from error


def say(label: str, colour: str, message: str) -> None:
    """Print a message on stderr behind a coloured label."""
    err.print(Text.assemble((f"{label}: ", f"bold {colour}"), message), soft_wrap=True)


def show(table: pd.DataFrame, title: str) -> None:
    """Print a table under a title."""
    from policytext.terminal_table import terminal_table

    out.print(terminal_table(table, title, width=out.width))


def progress_bar() -> Progress:
    """Return a progress bar on stderr, which shows only in a terminal."""
    return Progress(
        TextColumn("{task.description:<40}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )


def short(name: str) -> str:
    """Return a name cut to the width that progress bars give it."""
    return name if len(name) <= 40 else name[:39] + "…"
