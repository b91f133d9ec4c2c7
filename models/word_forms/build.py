"""Build the tables of word forms and compound parts: python models/word_forms/build.py TREEBANK_FOLDER.

Sources: the noun, verb, adjective and adverb tables of spacy-lookups-data (from Norsk ordbank, Bokmål, 2005, updated
2018, CC BY 4.0) and the lemmas of the treebank's training part, Bokmål and Nynorsk (only forms, lemmas and counts).
A word that inflects like the last part of a compound is left out: the splitter finds it.
"""

from __future__ import annotations

import gzip
import json
import lzma
import sys
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

NOUN_WEIGHT = 3
CONTENT = {"NOUN", "VERB", "ADJ", "ADV"}
PARTS_OF_SPEECH = ("noun", "verb", "adj", "adv")  # which one wins where a form has several
# Prefixes and adverbs: what stands behind them is not the head of a compound.
PREFIXES = frozenset(
    ("u be for fra til på inn ut opp ned over under mot med mis sam gjen etter av an om ved vel hen bi er ge").split()  # noqa: SIM905
)


def ordbank() -> dict[tuple[str, str], set[str]]:
    """Return the forms of each part of speech and lemma of the dictionary."""
    source = files("spacy_lookups_data") / "data" / "nb_lemma_exc.json.gz"
    tables = json.loads(gzip.decompress(source.read_bytes()))
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pos, table in tables.items():
        for form, lemmas in table.items():
            for lemma in lemmas:
                if form.isalpha() and form.islower() and lemma.isalpha() and lemma.islower():
                    forms[pos, lemma].add(form)
    # The source gives each form one lemma: «prisen» only «prise». Such nouns get their regular forms back.
    for _, lemma in [key for key in forms if key[0] == "noun"]:
        longer = forms.get(("noun", f"{lemma}e"), set())
        forms["noun", lemma].update(longer & {f"{lemma}{ending}" for ending in ("en", "er", "ene", "et", "a")})
    return forms


def treebank(folder: Path) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count form and lemma pairs, and lemmas, of the content words of the treebank's training part."""
    pairs: Counter[tuple[str, str]] = Counter()
    lemmas: Counter[str] = Counter()
    for name in ("nb-train.conllu.gz", "nn-train.conllu.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.split("\t")
                if len(cells) == 10 and cells[3] in CONTENT and cells[1].isalpha():
                    pairs[cells[1].lower(), cells[2].lower()] += 1
                    lemmas[cells[2].lower()] += 1
    return pairs, lemmas


def split_lemmas(forms: dict[tuple[str, str], set[str]]) -> tuple[set[tuple[str, str]], Counter[str], Counter[str]]:
    """Return the lemmas that no compound explains, and how often each string is a first or last part."""
    known = {lemma for _, lemma in forms}
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    simple = set()
    for pos, lemma in forms:
        found = False
        for cut in range(3, len(lemma) - 2):
            head, tail = lemma[:cut], lemma[cut:]
            if (pos, tail) not in forms or head in PREFIXES or head[:-1] in PREFIXES:
                continue
            if head not in known and not (head[-1] in "se" and head[:-1] in known and len(head) > 3):
                continue
            first[head] += 1
            last[tail] += 1
            found = {head + form for form in forms[pos, tail]} >= forms[pos, lemma]
            break
        if not found:
            simple.add((pos, lemma))
    return simple, first, last


def stemmed(lemma: str, forms: set[str]) -> str:
    """Write a lemma and its forms as common stem, the lemma's ending and the forms' endings."""
    shortest, longest = min(lemma, *forms), max(lemma, *forms)
    same = next((i for i, (a, b) in enumerate(zip(shortest, longest, strict=False)) if a != b), len(shortest))
    stem = lemma[:same]
    return f"{stem}|{lemma[len(stem) :]}|" + ",".join(sorted(form[len(stem) :] for form in forms))


def main(folder: Path) -> None:
    """Write forms.txt.xz beside this script."""
    forms = ordbank()
    simple, first, last = split_lemmas(forms)
    pairs, lemma_counts = treebank(folder)
    best: dict[str, tuple[int, str]] = {}
    for (form, lemma), count in pairs.items():  # «vann» is a noun in political text more often than in the news
        weight = NOUN_WEIGHT if ("noun", lemma) in forms else 1
        best[form] = max(best.get(form, (0, "")), (count * weight, lemma))
    counted: dict[str, set[str]] = defaultdict(set)
    for form, (_, lemma) in best.items():
        counted[lemma].add(form)
    bokmaal = {lemma for _, lemma in forms}
    lines = ["[treebank]", *(stemmed(lemma, counted[lemma]) for lemma in sorted(counted))]
    for pos in PARTS_OF_SPEECH:
        lines.append(f"[{pos}]")
        lines += [stemmed(lemma, forms[pos, lemma]) for each, lemma in sorted(simple) if each == pos]
    lines.append("[bokmaal]")
    lines += sorted(lemma for lemma in counted if lemma in bokmaal)
    lines.append("[first]")
    lines += [f"{part}|{count}" for part, count in sorted(first.items()) if count > 1]
    lines.append("[last]")
    lines += [f"{part}|{count}" for part, count in sorted(last.items()) if count > 1]
    lines.append("[counts]")
    lines += [f"{lemma}|{count}" for lemma, count in sorted(lemma_counts.items()) if count > 2]
    text = "\n".join(lines)
    target = Path(__file__).parent / "forms.txt.xz"
    target.write_bytes(lzma.compress(text.encode(), preset=9))
    size = target.stat().st_size
    print(f"{len(counted)} lemmas of the treebank, {len(simple)} of {len(forms)} of Norsk ordbank, {size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
