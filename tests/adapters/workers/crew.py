"""A crew: processes that wait for work, and begin it together."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias, cast, final

from attrs import field, frozen

from tests.adapters.workers.worker import BILL, SHARE, SPEND

ROOT: Final = Path(__file__).resolve().parents[3]
PAGES: Final = (17, 25, 40, 40, 50, 60, 100, 500)

Place: TypeAlias = dict[str, str]
"""Where the store is: a dsn and a schema, or a path."""


@final
@frozen(kw_only=True)
class Answer:
    """What one worker did, and what went wrong."""

    committed: int = field()
    errors: tuple[str, ...] = field()
    left: tuple[str, ...] = field(default=())
    held: tuple[str, ...] = field(default=())
    parked: tuple[str, ...] = field(default=())


@final
class Crew:
    """So many processes; each of its deeds is begun by all of them at once."""

    def __init__(self, workers: Sequence[subprocess.Popen[str]]) -> None:
        self._workers = workers

    def bill(self, place: Place) -> list[Answer]:
        """Let each bill the whole day, in pages of its own size."""
        return self._do([{**place, "do": BILL, "page": str(page)} for page in self._pages()])

    def share(self, place: Place) -> list[Answer]:
        """Let them share the day."""
        named = enumerate(self._pages())
        return self._do([{**place, "do": SHARE, "page": str(page), "holder": f"worker {n}"} for n, page in named])

    def spend(self, place: Place, each: int, *, tries: int = 1) -> list[Answer]:
        """Let each order so many services at once, for the client that has credit; each order is tried so often."""
        keys = [" ".join(f"{n}/{at}" for at in range(each)) for n in range(len(self._workers))]
        return self._do([{**place, "do": SPEND, "keys": own, "tries": str(tries)} for own in keys])

    def _pages(self) -> list[int]:
        return [PAGES[n % len(PAGES)] for n in range(len(self._workers))]

    def _do(self, jobs: Sequence[Place]) -> list[Answer]:
        for worker, job in zip(self._workers, jobs, strict=True):
            _say(worker, json.dumps(job))
        for worker in self._workers:
            assert json.loads(_heard(worker)) == {"ready": True}
        for worker in self._workers:
            _say(worker, "go")
        return [_answer(json.loads(_heard(worker))) for worker in self._workers]


@contextmanager
def crew(size: int) -> Iterator[Crew]:
    """Hold a crew of this size."""
    command = [sys.executable, "-m", "tests.adapters.workers.worker"]
    with ExitStack() as held:
        workers: list[subprocess.Popen[str]] = []
        for _ in range(size):
            started = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            held.enter_context(started)
            held.callback(started.kill)
            workers.append(started)
        yield Crew(workers)


def check_answers(answers: Sequence[Answer], committed: int) -> None:
    """See that nothing came out of any worker but what it did, and that together they did it once."""
    wrong = Counter(error for answer in answers for error in answer.errors)
    assert wrong == Counter(), f"{wrong.total()} of {len(answers)} workers' calls failed: {wrong.most_common(5)}"
    assert [answer.left + answer.parked for answer in answers] == [()] * len(answers)
    assert sum(answer.committed for answer in answers) == committed


def _answer(told: dict[str, object]) -> Answer:
    if "error" in told:
        return Answer(committed=0, errors=(str(told["error"]),))
    lists = {
        name: tuple(cast("list[str]", told[name])) for name in ("errors", "left", "held", "parked") if name in told
    }
    return Answer(committed=cast("int", told["committed"]), **lists)


def _say(worker: subprocess.Popen[str], line: str) -> None:
    pipe = cast("IO[str]", worker.stdin)
    pipe.write(line + "\n")
    pipe.flush()


def _heard(worker: subprocess.Popen[str]) -> str:
    line = cast("IO[str]", worker.stdout).readline()
    assert line, f"a worker ended with {worker.wait()}"
    return line
