"""Words divided at the end of a line of plain text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from policytext.ingest.draft import DraftLine
from policytext.ingest.pdf_hyphens import join_hyphen

_DIVIDED = re.compile(r"\w[-\u00ad\u2010]$")


def join_lines(lines: Sequence[tuple[str, int | None]], known: Counter[str]) -> tuple[DraftLine, ...]:
    """Make draft lines, joining words that were divided at a line's end and keeping real hyphens.

    Parameters
    ----------
    lines : sequence of (text, page)
        The lines of one block.
    known : Counter of str
        Words of the document, in lower case: the spelling that occurs there decides.

    Examples
    --------
    >>> [line.text for line in join_lines([("natur- og skole-", None), ("utvikling", None)], Counter())]
    ['natur- og skole', 'utvikling']
    >>> [line.text for line in join_lines([("natur-", None), ("og miljøvern", None)], Counter())]
    ['natur-', 'og miljøvern']
    """
    made: list[DraftLine] = []
    for index, (raw, page) in enumerate(lines):
        text, glue = raw.rstrip(), False
        if index + 1 < len(lines) and _DIVIDED.search(text[-2:]):
            text, glue = join_hyphen(f"{text[:-1]}-", lines[index + 1][0], known)
        made.append(DraftLine(text, page, glue=glue))
    return tuple(made)
