"""Fixtures for the whole suite."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of documents and hand-coded segments, or skip where it is absent."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("../shared is not on this machine")
    return SHARED
