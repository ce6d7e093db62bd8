"""What the commands share: how they print, which stores they take, which languages they speak."""

import json
from enum import Flag, auto
from pathlib import Path
from typing import Annotated, Final, final

from cyclopts import Parameter
from rich.console import Console

from altocore.cli.exits import Exit
from altocore.errors import BadValue
from altocore.text.locales import LANGUAGES

__all__ = ["TEXT", "Output", "Printed", "existing", "print_json", "print_page", "spoken"]


@final
class Output(Flag):
    """What is printed: text for a person, or JSON for a program."""

    JSON = auto()


Printed = Annotated[Output, Parameter(name="*", negative="", show_default=False)]
"""The flag `--json`."""

TEXT: Final = Output(0)
"""The flag is not given."""


def existing(path: Path) -> Path:
    """Return the path of a store that must be there already: only asking must not make one."""
    if not path.is_file() or path.stat().st_size == 0:
        raise BadValue("store", "there is no such file, or it is empty")
    return path


def spoken(locale: str) -> str:
    """Return a locale that there are texts for; the library falls back to Spanish, a person at a terminal is told."""
    if locale.split("_", maxsplit=1)[0] not in LANGUAGES:
        raise BadValue("locale", f"must begin with one of {', '.join(LANGUAGES)}")
    return locale


def print_page(page: str) -> Exit:
    """Print a page as it is, whatever the width of the terminal."""
    Console().print(page, markup=False, highlight=False, soft_wrap=True)
    return Exit.OK


def print_json(value: object) -> Exit:
    """Print one JSON value."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return Exit.OK
