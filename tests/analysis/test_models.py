import json
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import policytext as pt
from policytext.analysis.models import FORMAT, INDEX, PARTS, digest, load_models
from policytext.errors import ModelError, PolicyTextWarning
from policytext.resources import model_path
from policytext.version import __version__

TEXTS = [
    f"Vi vil {verb} {thing} i {place} innen 2030."
    for verb in ("bygge ut", "styrke", "halvere", "avvikle", "innføre")
    for thing in ("ferjetilbudet", "kommuneøkonomien", "barnehageprisene", "lærlingtilskuddet", "strandavgiften")
    for place in ("Nordfjella", "Havøy", "Ytre Vik", "Storelva")
]


@pytest.fixture
def folder(tmp_path):
    """Return a folder as `policytext train` writes it, with the bundled weights."""
    target = tmp_path / "mine"
    for part, names in PARTS.items():
        (target / part).mkdir(parents=True)
        for name in names:
            (target / part / name).write_bytes((model_path(part) / name).read_bytes())
    parts = {part: digest(target / part, part) for part in PARTS}
    write_index(target, {"format": FORMAT, "policytext": __version__, "parts": parts})
    return target


def write_index(folder, content):
    (folder / INDEX).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_the_bundled_models_are_named_by_their_hashes_in_the_manifest():
    manifest = pt.annotate(TEXTS[:1]).manifest
    assert manifest["models"] == load_models().manifest
    assert all(len(digest) == 64 for digest in manifest["models"].values())


def test_a_folder_with_the_same_weights_gives_the_same_tables(folder):
    bundled, given = pt.annotate(TEXTS[:20]), pt.annotate(TEXTS[:20], models=folder)
    pd.testing.assert_frame_equal(bundled.measures, given.measures)
    assert bundled.manifest["models"] == given.manifest["models"]


def test_a_folder_is_read_once_until_it_changes(folder):
    first = load_models(folder)
    assert load_models(folder).measures is first.measures
    assert load_models(str(folder)).areas is first.areas
    config = folder / "areas" / "config.toml"
    config.write_text("[use]\nsecond_area = 0.99\ncontext = 0.3\n", encoding="utf-8")
    parts = {part: digest(folder / part, part) for part in PARTS}
    write_index(folder, {"format": FORMAT, "policytext": __version__, "parts": parts})
    assert load_models(folder).areas.settings.second_area == 0.99
    assert load_models(folder).measures is first.measures


def test_loaded_models_are_taken_as_they_are(folder):
    models = load_models(folder)
    assert load_models(models) is models


def test_a_part_that_was_not_trained_is_the_bundled_one(folder):
    write_index(
        folder, {"format": FORMAT, "policytext": __version__, "parts": {"areas": digest(folder / "areas", "areas")}}
    )
    models = load_models(folder)
    assert models.measures is load_models().measures
    assert {part: one.name for part, one in models.sources.items()} == {"areas": "mine", "measures": "policytext"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ({"format": FORMAT}, "damaged"),
        ({"format": FORMAT, "policytext": "1", "parts": []}, "damaged"),
        ({"format": FORMAT + 1, "policytext": "1", "parts": {"areas": "x"}}, f"reads format {FORMAT}"),
        ({"format": FORMAT, "policytext": "1", "parts": {"topics": "x"}}, "the parts topics; this version reads"),
        ({"format": FORMAT, "policytext": "1", "parts": {}}, "the parts none"),
    ],
    ids=["no-json", "list", "keys-missing", "parts-a-list", "newer-format", "unknown-part", "no-part"],
)
def test_a_broken_index_is_refused(folder, content, message):
    write_index(folder, content)
    with pytest.raises(ModelError, match=message):
        pt.annotate(TEXTS[:1], models=folder)


def test_a_folder_without_index_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"holds no trained models: models\.json is missing; make them with"):
        pt.annotate(TEXTS[:1], models=tmp_path)
    with pytest.raises(ModelError, match="holds no trained models"):
        pt.analyze([], models=tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["measures/network.npz", "areas/areas.npz"])
def test_changed_and_missing_files_are_refused(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelError, match="damaged or changed"):
        load_models(folder)
    path.unlink()
    with pytest.raises(ModelError, match="is missing"):
        load_models(folder)


@pytest.mark.parametrize("name", ["measures/direction.npz", "measures/network.npz", "areas/areas.npz"])
def test_files_that_are_no_arrays_are_refused(folder, name):
    (folder / name).write_bytes(b"not an archive")
    parts = {part: digest(folder / part, part) for part in PARTS}
    write_index(folder, {"format": FORMAT, "policytext": __version__, "parts": parts})
    with pytest.raises(ModelError, match="cannot be read"):
        load_models(folder)


def test_models_of_another_version_are_used_with_a_warning(folder):
    parts = {part: digest(folder / part, part) for part in PARTS}
    write_index(folder, {"format": FORMAT, "policytext": "0.0.1", "parts": parts})
    with pytest.warns(PolicyTextWarning, match=r"trained with policytext 0\.0\.1"):
        load_models(folder)


def test_threads_share_the_models_and_get_what_one_alone_gets(folder):
    parts = [TEXTS[start::8] for start in range(8)]
    alone = [pt.annotate(part).measures for part in parts]
    for name in ("areas/config.toml", "measures/network.npz"):
        (folder / name).touch()  # read anew: nothing of the words is known yet
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda part: pt.annotate(part, models=folder).measures, parts))
    for one, other in zip(alone, together, strict=True):
        pd.testing.assert_frame_equal(one, other)
