"""Sphinx settings; nothing is fetched while building, so the pages build without a network."""

from importlib import import_module
from importlib.metadata import version as version_of
from typing import Protocol

project = "altocore"
author = "altocore contributors"
copyright = "altocore contributors"
version = release = version_of("altocore")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "altocore"
html_static_path = ["_static"]
html_css_files = ["altocore.css"]
default_role = "code"
autodoc_typehints = "signature"
autodoc_member_order = "bysource"


class Site(Protocol):
    """What is used here of Sphinx."""

    def add_lexer(self, alias: str, lexer: type[object]) -> None:
        """Name the lexer of a language."""
        ...


def setup(app: Site) -> None:
    """Show Mermaid diagrams as text: readers of the source draw them, and no script is fetched to draw them here."""
    app.add_lexer("mermaid", import_module("pygments.lexers.special").TextLexer)
