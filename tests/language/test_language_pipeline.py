from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from policytext.errors import ModelError
from policytext.language import load


def test_unknown_pipelines_say_what_to_do() -> None:
    with pytest.raises(ModelError, match="install it with pip"):
        load("nb_no_such_pipeline")


def test_a_folder_that_is_no_pipeline_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(str(tmp_path))


def test_another_spacy_pipeline_can_take_its_place(tmp_path: Path) -> None:
    spacy.blank("nb").to_disk(tmp_path / "other")
    nlp = load(str(tmp_path / "other"))
    assert nlp.lang == "nb"
    assert [token.text for token in nlp("Kystpartiet Nordlys vil ha ferje.")][-1] == "."


def test_the_same_pipeline_is_not_loaded_twice() -> None:
    assert load("blank") is load("blank")
