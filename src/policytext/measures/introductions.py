"""Whether the line that introduces a list promises what the list holds."""

from __future__ import annotations

import re

_INTRO_WILL = re.compile(
    r"(?:\b(?:vil|skal|må|bør|ønsker|ønskjer|foreslår|støtter|støttar|krever|krev|prioriterer|mener|meiner)"
    r"(?: (?:vi|me|jeg|eg|også|òg|derfor|difor|blant annet|mellom anna|partiet|å|at|følgende|følgjande))*"
    r"|\b(?:vil|skal|må|bør)(?: [\w-]+){1,3}(?: (?:blant annet|mellom anna|også|òg|å))?"
    r"|\b(?:går inn for|arbeide(?:r)? for|jobbe(?:r)? for|kjempe(?:r)? for|gjennom)(?: (?:å|at|følgende|følgjande))*"
    r"|\b(?:tiltak|løsninger|løysingar|punkt|hovedpunkter|hovedsaker|hovudsaker|prioriteringer|prioriteringar|krav|forslag|mål)\b[^:.]{0,50})"
    r"\s*[:…]?\s*(?:\.\.\.)?\s*$",
    re.IGNORECASE,
)
_INTRO_TAIL = 90


def intro_mode(intro: str) -> str:
    """Return "will" where a list's introducing line promises, "other" where it does not, "" without one.

    Examples
    --------
    >>> intro_mode("Kystpartiet Nordlys vil:"), intro_mode("Slik er det i dag:"), intro_mode("")
    ('will', 'other', '')
    """
    if not intro:
        return ""
    return "will" if _INTRO_WILL.search(intro[-_INTRO_TAIL:]) else "other"
