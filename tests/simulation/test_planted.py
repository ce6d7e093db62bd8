"""The simulation finds what is planted; it could not be trusted otherwise."""

from itertools import product

import pytest

from tests.simulation import planted
from tests.simulation.case import Case, Found, Mixing
from tests.simulation.comparing import what_happened
from tests.simulation.workers import ONE_CALM_WORKER, THREE_WORKERS
from tests.simulation.world import Simulation

SEEDS = range(12)
CASES = [Case(seed=seed, clients=20, days=200, mixing=mixing) for seed, mixing in product(SEEDS, Mixing)]

pytestmark = pytest.mark.slow


def found_over(store: planted.Sound, case: Case) -> str:
    """Return what is found over this store; nothing where the case passes."""
    try:
        Simulation(case, store, whole_days=5, books=store.memory).run()
    except Found as found:
        return str(found)
    return ""


@pytest.mark.parametrize(
    ("bug", "what"),
    [
        (planted.IgnoresVersions, "open_invoices_are_counted"),
        (planted.IgnoresClaims, "never told"),
        (planted.ForgetsPlans, "told done, and its claim is not there"),
        (planted.ForgetsPostings, "ledger_follows_documents"),
        (planted.RemembersAgendas, "this was left to do"),
        (planted.SkipsNumbers, "numbers_are_gapless"),
    ],
)
def test_the_simulation_finds(bug: type[planted.Sound], what: str) -> None:
    """Each planted bug is found, for its own reason, by a seed that finds nothing without it and says how to replay it."""
    found, case = next((found, case) for case in CASES if (found := found_over(bug(), case)))
    assert what in found.splitlines()[0]
    assert found.splitlines()[-1] == f"replay: {case.line()}"
    assert found_over(planted.Sound(), case) == ""


def test_the_comparison_finds_what_no_audit_can_see() -> None:
    """A client who is not told leaves sound books, and another history than one worker's."""
    case = Case(seed=10, clients=20, days=200, mixing=Mixing.SERIAL)
    stores = [planted.ForgetsMessages(), planted.Sound(), planted.Sound()]
    for store, crew in zip(stores, (THREE_WORKERS, THREE_WORKERS, ONE_CALM_WORKER), strict=True):
        Simulation(case, store, crew, whole_days=50, books=store.memory).run()
    forgot, three, one = [what_happened(store.memory.dump()) for store in stores]
    assert forgot != one
    assert three == one


def test_a_difference_between_two_runs_is_seen() -> None:
    """A single changed cell is another history; another order of the rows is not."""
    stores = [planted.Sound(), planted.Sound()]
    for store, case in zip(stores, CASES[:1] * 2, strict=True):
        Simulation(case, store, whole_days=50).run()
    dumps = [list(store.memory.dump()) for store in stores]
    assert what_happened(dumps[0]) == what_happened(reversed(dumps[1]))
    at = next(at for at, line in enumerate(dumps[1]) if line.startswith('["posting"'))
    changed = [*dumps[1][:at], dumps[1][at].replace("20", "21", 1), *dumps[1][at + 1 :]]
    assert changed != dumps[1]
    assert what_happened(dumps[0]) != what_happened(changed)
