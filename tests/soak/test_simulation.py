"""Fifty providers with a hundred clients, five years each, decided by one seed: see `tests/simulation`."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.simulation.case import Case, Found, Mixing
from tests.simulation.running import run

PROVIDERS = 50
CLIENTS = 100
DAYS = 5 * 365
AUDITED = 90
"""Every so many days the whole store is audited; on the others two of the clients that were touched."""

pytestmark = pytest.mark.soak


def cases_of(seed: int) -> list[Case]:
    """Return the cases of a seed: in one of five, clients act before the billing and not while it runs."""
    return [
        Case(seed=seed + number, clients=CLIENTS, days=DAYS, mixing=Mixing.TOGETHER if number % 5 else Mixing.SERIAL)
        for number in range(PROVIDERS)
    ]


def lived(case: Case) -> tuple["Counter[str]", str]:
    """Return what was counted in a case, and what was found."""
    try:
        done = run(case, whole_days=AUDITED)
    except Found as found:
        first, *_, replay = str(found).splitlines()
        return Counter(), f"{first}; {replay}"
    counted = Counter({name: done.counted[name] for name in ("simulated_days", "billed", "asks")})
    return counted + Counter({"calls": done.calls, "faults": done.faults}), ""


def test_any_provider_keeps_the_books_for_years(seed: int, record_property: Callable[[str, object], None]) -> None:
    """Every evening the money, the charges and what was told done are right; at the end nothing that is due is left."""
    cases = cases_of(seed)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(lived, cases))
    for name, count in sum([counted for counted, _ in answers], Counter[str]()).items():
        record_property(name, count)
    assert [found for _, found in answers if found] == []
