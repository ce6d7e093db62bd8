"""Replay a case: `python -m tests.simulation <seed> <clients> <days> [serial|together] [memory|sqlite]`."""

import sys

from tests.simulation.case import Case, Found
from tests.simulation.running import digest, run


def main(words: list[str]) -> int:
    """Run the case, and print what it came to: the same two digests each time, or what was found."""
    defaults = ["1", "30", "365", "together", "memory"]
    case = Case.read([*words, *defaults[len(words) :]])
    try:
        done = run(case)
    except Found as found:
        print(found)  # noqa: T201  # the answer
        return 1
    print(f"{done.calls} calls, {done.faults} faults, trace {done.trace}, store {digest(done.dump)}")  # noqa: T201  # likewise
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
