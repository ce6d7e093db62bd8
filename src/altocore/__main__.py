"""The `altocore` command; `python -m altocore` is the same."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line, or say how to install it."""
    try:
        from altocore.cli.app import run  # noqa: PLC0415  # the library works without the command line's packages
    except ModuleNotFoundError as missing:
        if missing.name not in {"cyclopts", "rich"}:
            raise
        sys.exit("the command needs more packages: pip install 'altocore[cli]'")
    sys.exit(run())


if __name__ == "__main__":
    main()
