"""Hypothesis profiles, and the reference material that lies beside the repository."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine must not fail a run that nobody watches: only a developer has a deadline.
settings.register_profile("dev", max_examples=60, deadline=2_000)
settings.register_profile("ci", max_examples=150, deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "soak", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference material; a test that asks for it is marked ``shared``."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.fail(f"this test reads {folder.name}/, which should lie beside the repository")
    return folder
