"""Quotes and who said them: «…», sier NN; – …, sier NN."""

from __future__ import annotations

import re
from functools import cache

from policytext.ingest.pdf_fonts import lexicon
from policytext.rules import load_rules

_DASH = re.compile(r"^[–—-]\s*(?=[«\"“]?[A-ZÆØÅ])")
_NAME = re.compile(r"(?:[A-ZÆØÅ][\w'’.-]*|[A-ZÆØÅ]\.)(?:\s+(?:(?:von|van|de|af|av)\s+)?[A-ZÆØÅ][\w'’.-]*)*")
_MARKS = re.compile(r"[«»“”\"]|^[–—-]")
_REACH = 400
"""Who speaks stands within this many characters from the end or the beginning of a sentence."""
_PARTY = re.compile(r"\s*\([^)]*\)")


@cache
def _speech() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule.label, rule.pattern) for rule in load_rules("speech", ("after", "before")))


class Speakers:
    """Finds the quotes of one document; a surname alone is completed from a full name met before."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def find(self, sentences: list[str], *, quoted: bool = False) -> list[str | None]:
        """Return for every sentence of a paragraph its speaker, "" for a quote of unknown origin, None for none.

        Parameters
        ----------
        sentences : list of str
            The sentences of one paragraph.
        quoted : bool
            Whether the format says that the whole paragraph is a quote.

        Examples
        --------
        >>> Speakers().find(["– Havna er viktig.", "Den må bygges ut, sier ordfører Kari Nes (Nordlys)."])
        ['Kari Nes', 'Kari Nes']
        """
        found: list[str | None] = ["" if quoted else None] * len(sentences)
        free = 0
        start = 0 if sentences and _DASH.match(sentences[0]) else None
        for index, sentence in enumerate(sentences):
            if index and _DASH.match(sentence):
                start = index
            speaker = self._speaker(sentence, sure=start is not None or bool(_MARKS.search(sentence)))
            if speaker is None:
                continue
            first = start if start is not None else self._opening(sentences, index, free)
            found[first : index + 1] = [speaker] * (index + 1 - first)
            free, start = index + 1, None
        if start is not None:
            found[start:] = [speaker or "" for speaker in found[start:]]
        return found

    @staticmethod
    def _opening(sentences: list[str], index: int, free: int) -> int:
        """Return the sentence with which a quote that ends at `index` begins, after those that have a speaker."""
        sentence = sentences[index]
        if sentence.count("»") > sentence.count("«"):
            return next((p for p in range(index - 1, free - 1, -1) if "«" in sentences[p]), free)
        return index if "«" in sentence or "“" in sentence or '"' in sentence else free

    def _speaker(self, sentence: str, *, sure: bool) -> str | None:
        """Return who speaks; without a dash or quotation marks a single new name, as of a party, is not enough."""
        for label, pattern in _speech():
            match = pattern.search(sentence[:_REACH] if label == "before" else sentence[-_REACH:])
            if match is None:
                continue
            names = _NAME.findall(_PARTY.sub("", match["who"]))
            name = (
                max(names, key=lambda found: (found.count(" ") > 0, names.index(found))).strip(" .,") if names else ""
            )
            first, _, rest = name.partition(" ")
            if label == "before" and " " in rest and first.casefold() in lexicon():
                name = rest  # a title at the beginning of the sentence
            if not name:
                return match["who"].strip(" .,") if match["who"].strip(" .,") else None
            surname = name.split()[-1]
            titled = match["who"].split()[0][:1].islower()
            if not (sure or " " in name or titled or surname in self._known):
                return None
            if " " in name:
                self._known[surname] = name
            return self._known.get(surname, name) if name == surname else name
        return None
