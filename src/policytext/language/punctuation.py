"""Where a run of characters between spaces is cut: prefixes, suffixes and infixes for both written forms.

The cuts are those of the Norwegian treebanks of Universal Dependencies: «50%» is two tokens, «2019–2020» three,
«SV/Ap» three, while «2021-budsjettet», «CO2-utslipp», «FNs», «km/t» and «13.30» are one.
"""

from __future__ import annotations

from spacy.lang.char_classes import (
    ALPHA,
    ALPHA_LOWER,
    ALPHA_UPPER,
    CONCAT_QUOTES,
    CURRENCY,
    LIST_CURRENCY,
    LIST_ELLIPSES,
    LIST_ICONS,
    LIST_PUNCT,
    LIST_QUOTES,
    PUNCT,
    UNITS,
)

_QUOTES = CONCAT_QUOTES.replace("'", "")
_PUNCT = [mark for mark in LIST_PUNCT if mark != "#"]
_ICONS = [icon.replace("\\u00B0", "") for icon in LIST_ICONS if icon != "°"]
_CLOSING = [quote for quote in LIST_QUOTES if quote != "\\'"]
_JOINERS = "[.,:]"

PREFIXES: list[str] = [
    "§§",
    "§",
    rf"%(?!-[{ALPHA}])",
    "=",
    "—",
    "–",
    r"\+(?![0-9])",
    rf"-(?=[{ALPHA_UPPER}])",
    *_PUNCT,
    *LIST_ELLIPSES,
    *LIST_QUOTES,
    *LIST_CURRENCY,
    *LIST_ICONS,
]

INFIXES: list[str] = [
    *LIST_ELLIPSES,
    *_ICONS,
    rf"(?<=[{ALPHA_LOWER}])\.(?=[{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA}])[,!?](?=[{ALPHA}])",
    rf"(?<=[{ALPHA}-])[:<>=/](?=[{ALPHA}])",
    rf"(?<=[{ALPHA}])([{_QUOTES}\)\]\(\[])(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9])[»”\"](?=-[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9])(?:--|[–—])(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}-])[,](?=[{ALPHA}])",
    rf"(?<=[0-9])[-–—](?=[0-9]+(?![0-9]*-[{ALPHA}]))",
    r"(?<=[0-9]\.)[-–—](?=[0-9])",
    r"(?<=[0-9]{4}),(?=[0-9]{4})",
    r"(?<=[0-9])/(?=[0-9]+(?:[^0-9/]|$))",
]

SUFFIXES: list[str] = [
    *LIST_PUNCT,
    *LIST_ELLIPSES,
    *_CLOSING,
    *_ICONS,
    "—",
    "–",
    r"(?<=[0-9])\+",
    r"(?<=°[FfCcKk])\.",
    rf"(?<=[0-9])(?:{CURRENCY})",
    rf"(?<=[0-9])(?:{UNITS})",
    rf"(?<=[{ALPHA_LOWER}%²\-\+{PUNCT}(?:{_QUOTES})])\.",
    rf"(?<=[{ALPHA_UPPER}][{ALPHA_UPPER}])\.",
    r"(?<=[0-9]{4})\.",
    r"(?<=')\.",
    rf"(?<=[{ALPHA}][0-9])\.",
    rf"(?<={_JOINERS}[0-9])\.",
    rf"(?<={_JOINERS}[0-9]{{2}})\.",
    rf"(?<={_JOINERS}[0-9]{{3}})\.",
    rf"(?<=[{ALPHA}])/",
    r"(?<=[^sSxXzZ])'",
]
