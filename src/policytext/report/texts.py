"""The words of the report, read from a table with one column per language."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from policytext.errors import AnalysisError

LANGUAGES = ("nb", "en")
NBSP = "\N{NO-BREAK SPACE}"
UNKNOWN = "unknown"
"""The group of documents for which the compared column is empty, as `policytext.compare` names it."""
_GENERAL = "@group"


@dataclass(frozen=True, slots=True)
class Texts:
    """All words of the report in one language, by key.

    Examples
    --------
    >>> words = load_texts("nb")
    >>> words("area.velferd")
    'Velferd'
    >>> words.count("documents", 12)
    '12 dokumenter'
    >>> words.number(1234.5)
    '1\N{NO-BREAK SPACE}234,5'
    """

    language: str
    table: dict[str, str]
    by: str = "party"

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its places filled."""
        return self.table[key].format(**values) if values else self.table[key]

    def group(self, name: str) -> str:
        """Return the name of a group as shown: written forms by their names, documents without one by words."""
        if name in {"", UNKNOWN}:
            return self.table["party.none"]
        return self.label("lang", name) if self.by == "language" else name

    def has(self, key: str) -> bool:
        """Tell whether the table has a text of that key."""
        return key in self.table

    def label(self, group: str, code: object) -> str:
        """Return the name of a code, such as ``area`` and ``velferd``, or the code itself where it has none."""
        if code is None:
            return self.table.get(f"{group}.none", "–")
        if isinstance(code, bool):
            code = str(code).lower()
        return self.table.get(f"{group}.{code}", str(code))

    def count(self, noun: str, n: int) -> str:
        """Return a number with its noun, in singular or plural."""
        return self.plural(f"count.{noun}", n).format(n=self.number(n))

    def plural(self, key: str, n: int) -> str:
        """Return the text of a key in the form that fits a number."""
        return self.table[f"{key}.{'one' if n == 1 else 'other'}"]

    def number(self, value: float, *, digits: int | None = None) -> str:
        """Return a number as it is written in the language: «1 234,5» or "1,234.5".

        Without `digits`, whole numbers get no decimals and others at most three, without zeros at the end.
        A no-break space parts the thousands in Norwegian.
        """
        text = f"{value:,.{3 if digits is None else digits}f}"
        if digits is None:
            text = text.rstrip("0").rstrip(".")
        text = text.replace("-", "\N{MINUS SIGN}")
        if self.language == "en":
            return text
        return text.translate({ord(","): "\N{NO-BREAK SPACE}", ord("."): ","})

    def percent(self, share: float, *, digits: int = 1) -> str:
        """Return a share between 0 and 1 as per cent: «12,3 %» or "12.3%"."""
        return f"{self.number(100 * share, digits=digits)}{'' if self.language == 'en' else NBSP}%"

    def interval(self, low: float, high: float) -> str:
        """Return an interval of shares as per cent: «9,1–15,8 %»."""
        return f"{self.number(100 * low, digits=1)}–{self.percent(high)}"


@cache
def load_texts(language: str, *, by: str = "party") -> Texts:
    """Read the words of the report in a language.

    Where `by`, the compared column, is not the party, keys that end in ``@group`` take the place of those without.

    Raises
    ------
    AnalysisError
        If there is no column for the language; the message lists those there are.

    Examples
    --------
    >>> load_texts("en")("nav.topics")
    'Topics'
    """
    if language not in LANGUAGES:
        raise AnalysisError(
            f"the report has no words in {language!r}; choose one of: {', '.join(LANGUAGES)}. "
            "Documents may be in any written form, whatever the report is in."
        )
    source = files("policytext.report").joinpath("texts.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    table = {row["key"]: row[language].replace(" %", f"{NBSP}%") for row in rows}
    general = {key.removesuffix(_GENERAL): text for key, text in table.items() if key.endswith(_GENERAL)}
    kept = {key: text for key, text in table.items() if not key.endswith(_GENERAL)}
    return Texts(language, kept if by == "party" else kept | general, by)
