"""What the pages derive from the code is exactly what its tables give: run `python -m tools.derived_pages` after a change."""

import pytest

from tools.derived_pages import BLOCKS, DOCS, found_in, renewed

PAGES = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}

STANDS_IN = {
    "service-diagram": "explanation/lifecycle.md",
    "service-moves": "explanation/lifecycle.md",
    "standing-diagram": "explanation/lifecycle.md",
    "standing-moves": "explanation/lifecycle.md",
    "timeline": "explanation/lifecycle.md",
    "postings": "explanation/ledger.md",
    "months": "explanation/time.md",
    "possible": "reference/what-is-possible.md",
    "contradictions": "reference/what-is-possible.md",
    "plan-changes": "explanation/plan-changes.md",
    "rules": "reference/rules.md",
    "terms": "reference/terms.md",
    "readings": "reference/terms.md",
    "store-promises": "how-to/certify-an-adapter.md",
    "leases-promises": "how-to/certify-an-adapter.md",
    "clock-promises": "how-to/certify-an-adapter.md",
}


def test_each_block_has_its_page() -> None:
    assert STANDS_IN.keys() == BLOCKS.keys()
    assert {name: page for page, text in PAGES.items() for name in found_in(text)} == STANDS_IN
    assert sum(text.count("<!-- derived:") for text in PAGES.values()) == len(BLOCKS)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_page_holds_exactly_what_the_tables_give(name: str) -> None:
    assert found_in(PAGES[STANDS_IN[name]])[name] == BLOCKS[name]()


@pytest.mark.parametrize("place", sorted(set(STANDS_IN.values())))
def test_a_page_is_as_the_tool_writes_it(place: str) -> None:
    assert renewed(PAGES[place]) == PAGES[place]


def test_a_planted_difference_is_found_and_mended() -> None:
    page = PAGES["explanation/ledger.md"]
    planted = page.replace("`sales`", "`revenue`", 1)
    assert planted != page
    assert found_in(planted)["postings"] != BLOCKS["postings"]()
    assert renewed(planted) == page
