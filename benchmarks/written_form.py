"""How often the written form is told right, by length of text, beside lingua: python benchmarks/written_form.py.

Reads the development part of the treebank (../shared/treebank). lingua-language-detector is compared when installed,
restricted to the same six languages that it knows; it has no Northern Sámi.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from policytext.language import detect_forms

TREEBANK = Path(__file__).parents[1] / ".." / "shared" / "treebank"
LENGTHS = {"1-3": (1, 3), "4-7": (4, 7), "4 and more": (4, 999), "8 and more": (8, 999)}
WORD = re.compile(r"[^\W\d_]+")


def sentences() -> list[tuple[str, str]]:
    """Return (form, sentence) of the development files."""
    found = []
    for form in ("nb", "nn"):
        path = TREEBANK / f"{form}-dev.conllu.gz"
        if path.is_file():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                found += [(form, line[9:].strip()) for line in lines if line.startswith("# text = ")]
    return found


def lingua() -> Callable[[list[str]], list[str]]:
    """Return lingua's detector as a function from texts to forms."""
    from lingua import Language, LanguageDetectorBuilder

    codes = {
        Language.BOKMAL: "nb",
        Language.NYNORSK: "nn",
        Language.DANISH: "da",
        Language.SWEDISH: "sv",
        Language.ENGLISH: "en",
    }
    detector = LanguageDetectorBuilder.from_languages(*codes).with_preloaded_language_models().build()
    detector.detect_language_of("Dette er en prøve.")

    def detect(texts: list[str]) -> list[str]:
        return [codes[found] if (found := detector.detect_language_of(text)) else "?" for text in texts]

    return detect


def main() -> int:
    """Print the table; 1 when there is nothing to measure."""
    gold = sentences()
    if not gold:
        print("no development sentences found in ../shared/treebank", file=sys.stderr)
        return 1
    texts = [text for _, text in gold]
    lengths = [len(WORD.findall(text)) for text in texts]
    detectors: dict[str, Callable[[list[str]], list[str]]] = {
        "policytext": lambda each: [form for form, _ in detect_forms(each)]
    }
    detect_forms(texts[:1])
    if importlib.util.find_spec("lingua"):
        detectors["lingua"] = lingua()
    print(f"{'':12}{'form':6}" + "".join(f"{name:>18}" for name in LENGTHS) + f"{'words/s':>12}")
    for name, detect in detectors.items():
        start = time.process_time()
        found = detect(texts)
        speed = sum(lengths) / (time.process_time() - start)
        for form in ("nb", "nn"):
            cells = []
            for low, high in LENGTHS.values():
                rows = zip(found, gold, lengths, strict=True)
                right = [each == true for each, (true, _), n in rows if true == form and low <= n <= high]
                cells.append(f"{sum(right) / len(right):.4f} ({len(right)})")
            print(f"{name:12}{form:6}" + "".join(f"{cell:>18}" for cell in cells) + f"{speed:12,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
