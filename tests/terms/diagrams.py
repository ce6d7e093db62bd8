"""Reading a Mermaid state diagram back, by rules of its own, so that a diagram can be held against its table."""

import re
from typing import Final

from attrs import field, frozen

_MOVE: Final = re.compile(r"    (\w+) --> (\w+): (\w+) \(([A-Z]+-\d+)\)")


@frozen(kw_only=True)
class Drawn:
    """What a diagram shows: where it begins, its arrows (from, to, command, rule) in their order, its ends."""

    initial: str = field()
    arrows: tuple[tuple[str, str, str, str], ...] = field()
    ends: tuple[str, ...] = field()


def read_diagram(text: str) -> Drawn:
    """Return what a diagram shows; a line of any other form fails."""
    title, first, *rest = text.split("\n")
    assert title == "stateDiagram-v2"
    begins = re.fullmatch(r"    \[\*\] --> (\w+)", first)
    assert begins is not None, first
    arrows, ends = [], []
    for line in rest:
        over = re.fullmatch(r"    (\w+) --> \[\*\]", line)
        if over is not None:
            ends.append(over.group(1))
            continue
        arrow = _MOVE.fullmatch(line)
        assert arrow is not None, line
        assert not ends, "an arrow after the ends"
        arrows.append((arrow.group(1), arrow.group(2), arrow.group(3), arrow.group(4)))
    return Drawn(initial=begins.group(1), arrows=tuple(arrows), ends=tuple(ends))
