"""Stream a large table of speeches through `iter_documents`: megabytes a second and peak memory.

Run ``python benchmarks/reading_tables.py`` (1 GB of JSON lines; ``--megabytes 100`` for less). Each format is
generated into a temporary folder, read in a process of its own, and deleted. Exits with 1 when a format gave no
document or its peak memory went over the limit.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

LIMIT_MB = 500
SENTENCES = (
    "Vi vil bygge ut {n} kaier langs kysten innen {y}.",
    "Representanten spurte om bevilgningen til rassikring, og svaret er at den øker med {n} millioner kroner.",
    "Det er {n} kommuner som ikke har lege i fast stilling.",
    "Me vil at fylkeskommunane skal få {n} prosent meir til vedlikehald av vegane.",
    "President! Dette er en sak som angår alle som bor ved sjøen.",
    "Naust og kai er ikke pynt, de er arbeidsplasser.",
)


def speeches(megabytes: float) -> Iterator[dict[str, str]]:
    """Yield speeches of 60 to 6,000 words until their text fills that many megabytes."""
    chance = random.Random(0)  # noqa: S311 - a benchmark's text needs no secrecy
    written = 0
    number = 0
    while written < megabytes * 2**20:
        number += 1
        count = int(chance.paretovariate(1.2) * 6) % 600 + 6
        text = " ".join(
            chance.choice(SENTENCES).format(n=chance.randint(2, 900), y=chance.randint(2026, 2040))
            for _ in range(count)
        )
        if number % 3 == 0:
            text = text.replace(". ", ".\n\n", 8)
        written += len(text.encode())
        yield {"doc_id": f"t{number}", "party": "Havørn", "date": f"2031-03-{number % 28 + 1:02d}", "text": text}


def generate(path: Path, megabytes: float) -> None:
    """Write a table of speeches in the format that the file's ending names."""
    rows = speeches(megabytes)
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.schema([(name, pa.string()) for name in ("doc_id", "party", "date", "text")])
        with pq.ParquetWriter(path, schema) as writer:
            batch: list[dict[str, str]] = []
            for row in rows:
                batch.append(row)
                if len(batch) == 5000:
                    writer.write_table(pa.Table.from_pylist(batch, schema))
                    batch = []
            if batch:
                writer.write_table(pa.Table.from_pylist(batch, schema))
        return
    with path.open("w", encoding="utf-8", newline="") as handle:
        if path.suffix == ".csv":
            table = csv.DictWriter(handle, ["doc_id", "party", "date", "text"])
            table.writeheader()
            table.writerows(rows)
        else:
            handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read(path: Path) -> None:
    """Read a table and print documents, characters, seconds and peak memory in MB as JSON."""
    from policytext.ingest import iter_documents
    from policytext.records import Document

    start = time.perf_counter()
    documents = characters = 0
    for result in iter_documents(path):
        if not isinstance(result, Document):
            raise SystemExit(result.message)
        documents += 1
        characters += len(result.text)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"documents": documents, "characters": characters, "seconds": seconds, "peak": peak}))


def main() -> int:
    """Generate, read and report each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--megabytes", type=float, default=1024, help="size of the JSON lines; CSV and Parquet get a tenth"
    )
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return 0
    failed = False
    print(f"{'table':<8} {'file MB':>8} {'documents':>10} {'seconds':>8} {'MB/s':>6} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, share in ((".jsonl", 1.0), (".csv", 0.1), (".parquet", 0.1)):
            path = Path(folder) / f"taler{suffix}"
            generate(path, options.megabytes * share)
            size = path.stat().st_size / 2**20
            command = [sys.executable, __file__, "--read", str(path)]
            result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            path.unlink()
            failed = failed or not result["documents"] or result["peak"] > LIMIT_MB
            speed = result["characters"] / 2**20 / result["seconds"]
            print(
                f"{suffix[1:]:<8} {size:>8.0f} {result['documents']:>10,} {result['seconds']:>8.1f} "
                f"{speed:>6.1f} {result['peak']:>8.0f}"
            )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
