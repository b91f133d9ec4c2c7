"""Build the corpus from its sources: the documents, metadata.csv and codes.jsonl.

``python corpora/distrikt/__source__/build.py`` writes beside this folder; ``--out DIR`` writes elsewhere, and
``--no-pdf`` leaves the PDFs out where reportlab is not installed. The codes' offsets count in the text that
policytext reads from the built document; ``--no-offsets`` leaves them empty.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from align import add_offsets
from parse import Source, read_source
from render import markdown, plain, web

HERE = Path(__file__).parent
COLUMNS = ("doc_id", "file", "party", "title", "date", "kind", "language", "constructed")
RENDERERS = {"txt": plain, "md": markdown, "html": web}


def sources() -> list[Source]:
    """Return all source documents in the order of their names."""
    return [read_source(path) for path in sorted((HERE / "documents").glob("*.src"))]


def coded(source: Source) -> list[dict[str, object]]:
    """Return the coded segments of one document, without offsets, in reading order."""
    rows: list[dict[str, object]] = []
    for unit in source.units:
        if unit.kind in {"page", "resume"}:
            continue
        rows.append(
            {
                "id": f"{source.doc_id}-{len(rows) + 1:04d}",
                "doc": source.doc_id,
                "stratum": "random",
                "kind": unit.kind,
                "heading": unit.heading,
                "intro": unit.intro,
                "text": unit.text,
                "start": None,
                "end": None,
                "language": unit.language,
                **unit.codes,
            }
        )
    return rows


def second_coding() -> dict[tuple[str, str], dict[str, object]]:
    """Return the codes of the second pass by document and text."""
    lines = (HERE / "second.jsonl").read_text(encoding="utf-8").splitlines()
    return {(row["doc"], row["text"]): row["second"] for row in map(json.loads, lines)}


def build(out: Path, *, with_pdf: bool = True, with_offsets: bool = True) -> None:
    """Write texts/, metadata.csv and codes.jsonl into a folder."""
    texts = out / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    second = second_coding()
    rows: list[dict[str, object]] = []
    documents = sources()
    for source in documents:
        path = texts / source.header["file"]
        if path.suffix == ".pdf":
            if with_pdf:
                from render_pdf import pdf

                pdf(source, path)
        else:
            path.write_text(RENDERERS[path.suffix[1:]](source), encoding="utf-8", newline="\n")
        segments = coded(source)
        if with_offsets and path.is_file():
            add_offsets(segments, path)
        for segment in segments:
            key = (str(segment["doc"]), str(segment["text"]))
            if key in second:
                segment["second"] = second[key]
        rows += segments
    with (out / "metadata.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
        table.writeheader()
        for source in documents:
            values = {name: source.header.get(name, "") for name in COLUMNS}
            file = f"texts/{source.header['file']}"
            table.writerow(values | {"doc_id": source.doc_id, "constructed": "true", "file": file})
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / "codes.jsonl").write_text(lines, encoding="utf-8", newline="\n")


def main() -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description="Build the constructed corpus from its sources.")
    parser.add_argument("--out", type=Path, default=HERE.parent, help="folder to write into (default: this corpus)")
    parser.add_argument("--no-pdf", action="store_true", help="leave the PDFs out")
    parser.add_argument("--no-offsets", action="store_true", help="leave start and end of the codes empty")
    arguments = parser.parse_args()
    build(arguments.out, with_pdf=not arguments.no_pdf, with_offsets=not arguments.no_offsets)


if __name__ == "__main__":
    main()
