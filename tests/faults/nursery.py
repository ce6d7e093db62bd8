"""A process that has everything at hand and forks one child after the other, each of which works and is killed.

`python -m tests.faults.nursery` reads an order a line and answers each with a line. It has one thread and no store of its
own, so that a fork is sound.
"""

import os
import signal
import sys
import time
import traceback

from altocore.adapters.memory import MemoryStore
from altocore.errors import Unavailable
from tests.faults.child import live
from tests.faults.orders import FAILED, REFUSED, End, Order
from tests.faults.provider import Kind, begin, work


def main() -> None:
    """Work once in memory, which warms every cache, and then do as ordered until there is no more."""
    store = MemoryStore()
    begin(store, Kind.PROMPT)
    work(store)
    for line in sys.stdin:
        sys.stdout.write(end_of(Order.read(line)).line())
        sys.stdout.flush()


def end_of(order: Order) -> End:
    """Let a child live and die, and return how it ended."""
    ear, mouth = os.pipe()
    child = os.fork()
    if not child:
        be_born(order, mouth)
    os.close(mouth)
    os.read(ear, 1)
    if order.after_us:
        time.sleep(order.after_us / 1_000_000)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told = 0
    while heard := os.read(ear, 1024):
        told += len(heard)
    os.close(ear)
    return End(code=os.waitstatus_to_exitcode(status), told=told)


def be_born(order: Order, mouth: int) -> None:
    """Live as a child, and never return: what the parent holds open is not the child's to flush."""
    code = FAILED
    try:
        live(order, begun=lambda: os.write(mouth, b"."), tell=lambda: os.write(mouth, b"."))
        code = 0
    except Unavailable:
        code = REFUSED
    except BaseException:  # noqa: BLE001  # whatever it is, a child ends here
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
