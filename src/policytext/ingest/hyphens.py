"""Words divided at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from policytext.ingest.draft import DraftLine

_DIVIDED = re.compile(r"(\w+)[-\u00ad\u2010]$")
_COORDINATED = re.compile(r"(?:og|eller|eller/og|og/eller|samt|til|men|enn|mot|både|i)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def join_lines(lines: Sequence[tuple[str, int | None]], vocabulary: Collection[str] = ()) -> tuple[DraftLine, ...]:
    """Make draft lines, joining words that were divided at a line's end and keeping real hyphens.

    Parameters
    ----------
    lines : sequence of (text, page)
        The lines of one block.
    vocabulary : collection of str
        Words of the document: the spelling that occurs there decides.

    Examples
    --------
    >>> [line.text for line in join_lines([("natur- og skole-", None), ("utvikling", None)])]
    ['natur- og skole', 'utvikling']
    >>> [line.text for line in join_lines([("natur-", None), ("og miljøvern", None)])]
    ['natur-', 'og miljøvern']
    """
    made: list[DraftLine] = []
    for index, (text, page) in enumerate(lines):
        following = lines[index + 1][0] if index + 1 < len(lines) else ""
        text = text.rstrip()
        found = _DIVIDED.search(text[-60:])
        if not found or not following or not following[0].islower() or _COORDINATED.match(following):
            made.append(DraftLine(text, page))
            continue
        head, tail = found.group(1), _WORD.match(following)
        whole = head + (tail.group() if tail else "")
        hyphenated = f"{head}-{tail.group() if tail else ''}"
        real = hyphenated in vocabulary or head.isupper() or head[-1:].isdigit() or head[-1:].isupper()
        keep = text if real and whole not in vocabulary else text[:-1]
        made.append(DraftLine(keep, page, glue=True))
    return tuple(made)
