"""Sentence splitting for Norwegian: one pass of a regular expression, and a table of abbreviations."""

from __future__ import annotations

import re
from functools import cache

from policytext.ingest.line_rules import line_pattern
from policytext.rules import load_lexicon

_CANDIDATE = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)
        (?P<close>[»”"’')\]]*+)
        (?P<space>\s++|(?=[A-ZÆØÅ][a-zæøå]{2}))
        (?=(?P<open>[«“„"'‘(\[–—-]{0,6}\s?)(?P<next>\w))""",
    re.VERBOSE,
)
_BLANK = re.compile(r"\n\s*\n")
_BEFORE = re.compile(r"[\w./§-]+$")
_INITIAL = re.compile(r"[A-ZÆØÅ]\.")
_LOOK_BACK = 40


@cache
def _abbreviations() -> dict[str, str]:
    rows = load_lexicon("abbreviations", ("form", "lang", "end", "example"))
    return {row["form"].casefold(): row["end"] for row in rows}


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end, without the space around them.

    Parameters
    ----------
    text : str
        Running text in Bokmål or Nynorsk. A blank line always ends a sentence.

    Returns
    -------
    list of tuple of int
        Start and end (exclusive) of each sentence, in order; no sentence is empty and every character that is
        not white space lies in exactly one of them.

    Examples
    --------
    >>> text = "Vi møtes kl. 10 den 1. mai. Da åpner vi f.eks. svømmehallen! Blir du med?"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Vi møtes kl. 10 den 1. mai.', 'Da åpner vi f.eks. svømmehallen!', 'Blir du med?']
    """
    cuts = [match.end() for match in _BLANK.finditer(text)]
    cuts += [match.end("space") for match in _CANDIDATE.finditer(text) if _is_end(text, match)]
    cuts = sorted({*cuts, len(text)})
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in cuts:
        piece = text[start:cut]
        stripped = piece.strip()
        if stripped:
            first = start + len(piece) - len(piece.lstrip())
            spans.append((first, first + len(stripped)))
        start = cut
    return spans


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Decide whether a full stop, question or exclamation mark ends a sentence."""
    stop, following = match["stop"], match["next"]
    if not (following.isupper() or following.isdecimal()):
        return bool(match["open"].strip(" -–—(") and following.isupper())
    if stop != ".":
        return _ends_after_mark(match)
    position = match.start("stop")
    before = _BEFORE.search(text, max(0, position - _LOOK_BACK), position)
    if not match["space"]:
        return _is_missing_space(text, match, before)
    if match["close"]:
        return True
    if before is None:
        return True
    word = before.group()
    if len(word) == 1 and word.isupper():
        return not _is_initial(text, before.start(), match.end("open"))
    rule = _abbreviations().get(word.casefold() + ".")
    if rule is None and "." in word:
        rule = _abbreviations().get(word.rsplit(".", 1)[-1].casefold() + ".")
    if rule == "never":
        return False
    if rule == "name":
        return not following.isupper()
    if rule == "number":
        return not following.isdecimal()
    if rule == "may":
        return following.isupper()
    if word.isdecimal():
        return _ends_after_number(text, match, word, before.start())
    if len(word) == 3 and word[1] == "." and word[0].isupper() and word[2].isupper():
        return not _is_initial(text, before.start(), match.end("open"))
    return True


def _ends_after_mark(match: re.Match[str]) -> bool:
    if not match["space"]:
        return match["next"].isupper() and match["stop"][0] in "!?"
    return True


def _is_missing_space(text: str, match: re.Match[str], before: re.Match[str] | None) -> bool:
    """Tell whether two sentences stand together without a space, and it is not a web address."""
    if before is None or match["close"]:
        return bool(match["close"])
    word = before.group()
    token = text[max(0, match.start() - 60) : match.start()].rsplit(" ", 1)[-1]
    return len(word) > 3 and word.islower() and word.isalpha() and "@" not in token


def _ends_after_number(text: str, match: re.Match[str], word: str, start: int) -> bool:
    following = match.end("open")
    if line_pattern("month").match(text[following : following + _LOOK_BACK]):
        return False
    at_start = not text[max(0, start - 2) : start].strip() and (start == 0 or text[start - 1] == "\n")
    return not (at_start and len(word) <= 3)


def _is_initial(text: str, start: int, following: int) -> bool:
    """Tell whether a capital letter with a full stop belongs to a name."""
    words = text[max(0, start - _LOOK_BACK) : start].split()
    if not words or _INITIAL.match(text, following):
        return True
    last = words[-1].lstrip("«“\"'(–-")
    named = last[:1].isupper() and not last.endswith((".", "!", "?", ":"))
    return named or bool(_INITIAL.fullmatch(last))
