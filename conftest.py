"""Runs the examples of README.md, of docs/ and of the docstrings in src/ as tests."""

from doctest import ELLIPSIS
from pathlib import Path
from typing import Final

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.sybil import SybilCollection

ROOT: Final = Path(__file__).parent


def pages(folder: Path, pattern: str) -> Sybil:
    """Return a reader of the Python blocks of the Markdown pages under a folder."""
    return Sybil(
        parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
        path=str(folder),
        pattern=pattern,
    )


def docstrings(folder: Path) -> Sybil:
    """Return a reader of the doctests in the docstrings of the modules under a folder."""
    return Sybil(
        parsers=[DocTestParser(optionflags=ELLIPSIS)],
        path=str(folder),
        pattern="*.py",
        document_types={".py": PythonDocStringDocument},
    )


pytest_collect_file = SybilCollection(
    [pages(ROOT, "README.md"), pages(ROOT / "docs", "*.md"), docstrings(ROOT / "src")],
).pytest()
