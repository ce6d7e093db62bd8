"""Columns of plain text: how wide a text is on a screen, and how it is broken and aligned.

A letter of an East Asian script takes two columns and a combining mark none, so that a table stays straight for any name.
"""

import unicodedata
from typing import Final

__all__ = ["columns", "left", "right", "wrapped"]

_WIDE: Final = frozenset({"F", "W"})
_BARE: Final = frozenset({"Cf", "Me", "Mn"})


def columns(text: str) -> int:
    """Return how many columns the text takes.

    >>> columns("café"), columns("東京")
    (4, 4)
    """
    return len(text) if text.isascii() else sum([_width(character) for character in text])


def left(text: str, width: int) -> str:
    """Return the text at the left of so many columns."""
    return text + " " * (width - columns(text))


def right(text: str, width: int) -> str:
    """Return the text at the right of so many columns."""
    return " " * (width - columns(text)) + text


def wrapped(words: list[str], width: int) -> list[str]:
    """Return lines of at most so many columns that hold these words in order; a word longer than a line is broken.

    >>> wrapped(["as", "long", "as", "necessary"], 6)
    ['as', 'long', 'as', 'necess', 'ary']
    """
    lines: list[str] = []
    for word in words:
        for piece in _pieces(word, width):
            if lines and columns(lines[-1]) + 1 + columns(piece) <= width:
                lines[-1] = f"{lines[-1]} {piece}"
            else:
                lines.append(piece)
    return lines


def _width(character: str) -> int:
    if unicodedata.category(character) in _BARE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _pieces(word: str, width: int) -> list[str]:
    """Return the word, or parts of it that fit a line each."""
    if columns(word) <= width:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and columns(pieces[-1]) + _width(character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
