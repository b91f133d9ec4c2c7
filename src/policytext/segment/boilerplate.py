"""Contact, newsletter and sharing lines that belong to the page and not to the text."""

from __future__ import annotations

from policytext.ingest.boilerplate import boilerplate_label


def is_boilerplate(text: str) -> bool:
    """Tell whether a line or sentence is contact, newsletter, sharing or navigation text, by the reader's rules.

    Examples
    --------
    >>> is_boilerplate("Telefon: 00 00 00 00"), is_boilerplate("Alle skal ha telefon hjemme.")
    (True, False)
    """
    return boilerplate_label(text) is not None
