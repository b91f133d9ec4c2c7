"""The code that the documentation shows runs as shown."""

import contextlib
import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "\n>>> " in page.read_text(encoding="utf-8")]
PAGES = [ROOT / "docs/tutorials/first-analysis.md"]


def blocks(page):
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_pages_code_runs_from_top_to_bottom(page, tmp_path):
    found = blocks(page)
    assert len(found) >= 3
    names = {}
    with contextlib.chdir(tmp_path):
        for block in found:
            exec(compile(block, page.name, "exec"), names)  # noqa: S102
    assert len(names["analysis"].measures)
    assert (tmp_path / "report.html").stat().st_size > 50_000


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.stem)
def test_the_pages_examples_give_what_they_show(page):
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks(page)), {}, page.name, str(page), 0)
    assert len(examples.examples) >= 3
    report = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples, out=report.append)
    assert report == []


def test_every_page_of_the_documentation_is_in_the_navigation():
    listed = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert pages
    assert [page for page in pages if page not in listed] == []
