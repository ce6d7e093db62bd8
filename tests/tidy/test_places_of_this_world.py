"""No file names the host of a package registry, or a path of somebody's machine."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.tidy.source import ROOT, tracked

# Written in pieces, so that this file names none of them itself.
REGISTRIES: Final = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|crates|rubygems|anaconda|debian|maven|nuget|packagist|hex)\.(?:org|com|io|cloud|pm)\b"
    r"|\bproxy\.golang\b|\bdeb\.debian\b",
    re.IGNORECASE,
)
MACHINES: Final = re.compile(r"(?<![\w./:>-])/(?:work|root|home|Users|private|opt)/[\w.]|\b[A-Z]:\\(?:Users|Windows)\b")


def text_of(place: str) -> str | None:
    data = (ROOT / place).read_bytes()
    return None if b"\0" in data else data.decode("utf-8", errors="replace")


def violations(place: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        for found in (*REGISTRIES.finditer(line), *MACHINES.finditer(line)):
            yield f"{place}:{number}: {found.group()}"


def test_no_file_names_a_registry_or_a_machine() -> None:
    texts = {place: text_of(place) for place in tracked()}
    assert [found for place, text in texts.items() if text is not None for found in violations(place, text)] == []


@pytest.mark.parametrize(
    "parts",
    [
        ("https://", "pypi", ".org/simple"),
        ("files.python", "hosted", ".org"),
        ("registry.", "npmjs", ".org"),
        ("see /", "work/main/src"),
        ("'/", "root/.venv'"),
        ("path=/", "home/ana/altocore"),
        ("C:", "\\Users\\ana"),
    ],
)
def test_a_planted_place_is_found(parts: tuple[str, ...]) -> None:
    assert list(violations("README.md", "".join(parts)))


@pytest.mark.parametrize(
    "text", ["src/work/x.py", "https://example.org/home/page", "#!/usr/bin/env bash", "at work/home"]
)
def test_other_text_is_let_be(text: str) -> None:
    assert list(violations("README.md", text)) == []
