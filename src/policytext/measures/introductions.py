"""Lines that introduce: whether they promise what their list holds, whether they do nothing but introduce."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from policytext.rules import Rule, load_rules

_TAIL = 90
_KEPT = 4096
_THAT = re.compile(r"\bat\W*$", re.IGNORECASE)


@cache
def _rules(label: str) -> tuple[Rule, ...]:
    return tuple(
        rule for rule in load_rules("measure_intro", ("introduces", "promises", "refers")) if rule.label == label
    )


@lru_cache(maxsize=_KEPT)
def intro_mode(intro: str) -> str:
    """Return "will" where a list's introducing line promises, "other" where it does not, "" without one.

    Examples
    --------
    >>> intro_mode("Kystpartiet Nordlys vil:"), intro_mode("Slik er det i dag:"), intro_mode("")
    ('will', 'other', '')
    """
    if not intro:
        return ""
    return "will" if any(rule.pattern.search(intro[-_TAIL:]) for rule in _rules("promises")) else "other"


@lru_cache(maxsize=_KEPT)
def opens_clauses(intro: str) -> bool:
    """Return whether an introducing line ends in «at», so that its list holds whole clauses.

    Examples
    --------
    >>> opens_clauses("Fjellfolket vil at:"), opens_clauses("Fjellfolket vil:")
    (True, False)
    """
    return _THAT.search(intro) is not None


def only_introduces(text: str) -> bool:
    """Return whether a text only introduces what follows and promises nothing itself.

    Examples
    --------
    >>> only_introduces("Bygdelista Havørn vil:"), only_introduces("Vi vil halvere ferjetakstene.")
    (True, False)
    """
    return text.rstrip().endswith(":") and any(rule.pattern.search(text) for rule in _rules("introduces"))


def only_refers(text: str) -> bool:
    """Return whether a text only sends the reader to another place («Se også kapittel 4.»).

    Examples
    --------
    >>> only_refers("Se også eget punkt om fiskeri."), only_refers("Se også på tilgangen til lærlinger.")
    (True, False)
    """
    return any(rule.pattern.search(text) for rule in _rules("refers"))
