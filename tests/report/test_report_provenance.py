from types import SimpleNamespace

import pytest

from policytext.report.provenance import provenance
from policytext.report.texts import load_texts

FILE = {"given": 0, "file": "havorn.pdf", "sha256": "f" * 64, "bytes": 9, "documents": ["havorn"]}
GIVEN = [{"name": "tekster", "kind": "folder", "path": "/home/kari/tekster"}]


@pytest.mark.parametrize(
    ("manifest", "files"),
    [
        pytest.param({"documents": {"havorn": "d" * 64}}, (("havorn", "d" * 64),), id="no files named"),
        pytest.param(
            {"documents": {"havorn": "d" * 64}, "inputs": {"given": GIVEN, "files": [FILE], "metadata": []}},
            (("havorn.pdf", "f" * 64),),
            id="files named",
        ),
        pytest.param(
            {"documents": {"havorn": "d" * 64}, "inputs": {"given": GIVEN, "files": [], "metadata": []}},
            (("havorn", "d" * 64),),
            id="no file read",
        ),
        pytest.param({}, (), id="no manifest"),
    ],
)
def test_the_files_that_were_read_are_named_without_their_folders(manifest, files):
    analysis, comparison = SimpleNamespace(manifest=manifest), SimpleNamespace(settings={"by": "party"})
    made = provenance(load_texts("en"), analysis, comparison, [])
    assert made.files == files
    assert not any("/home" in value for _, value in made.settings)
