"""A command as a person types it, in an empty folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from altocore.cli.app import app

Run: TypeAlias = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command in an empty folder, and gives its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def command(*words: str) -> int:
        code = app(words)
        assert isinstance(code, int)
        return code

    return command
