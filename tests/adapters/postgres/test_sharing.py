"""Stores that are shared: threads and processes race, each deed happens once, nothing is overspent, no number is skipped."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from attrs import evolve

from altocore.adapters.memory import MemoryStore
from altocore.adapters.postgres import PostgresStore
from altocore.billing.ledger import Movement
from altocore.lifecycle.service import Service
from altocore.plans.guard import Outcome
from altocore.plans.log import BEGINNING, chained
from altocore.plans.plan import Claim, Expect, ExpectCredit, Plan
from altocore.workflows.auditing.audit import audit
from tests import cast
from tests.adapters.pages import ORDERS, RENEWALS, meet
from tests.adapters.postgres.portfolio import bill, fill

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).resolve().parents[3]
DUE = 300


def at_once(store: PostgresStore, plans: Sequence[Plan[object]]) -> list[Outcome]:
    """Commit each of these plans in a thread of its own, all at the same moment."""
    ready = Barrier(len(plans))

    def commit(plan: Plan[object]) -> Outcome:
        ready.wait()
        (outcome,) = store.commit([plan])
        return outcome

    with ThreadPoolExecutor(len(plans)) as threads:
        return list(threads.map(commit, plans))


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def order(key: str) -> Plan[object]:
    """Return a plan that writes a new service."""
    service = cast.service(name=key)
    return Plan(answer=None, deed=Claim("x", key, "1"), expects=(Expect(Service, service.id, 0),), writes=(service,))


def moves(key: str, movement: Movement, amount: str) -> Plan[object]:
    """Return an order that moves some of Ana's credit."""
    return evolve(order(key), postings=(cast.posting(movement=movement, amount=cast.usd(amount)),))


def numbers_given(store: PostgresStore) -> list[int]:
    """Return the numbers of the example's series."""
    return [number for number in range(1, 2 * DUE) if store.numbered("A", number) is not None]


def test_one_claim_is_taken_once(store: PostgresStore) -> None:
    """Of two that commit the same deed at the same moment, one does it and the other is told that it is done."""
    meet(store)
    for round_number in range(20):
        plan = order(f"{round_number}")
        assert kinds(at_once(store, [plan, plan])) == ["AlreadyDone", "Committed"]


def test_threads_do_each_deed_once(store: PostgresStore) -> None:
    """Eight threads commit the same plans: each plan happens once, and the rows are those of one thread."""
    store.commit(ORDERS)
    for plan in RENEWALS:
        assert kinds(at_once(store, [plan] * 8)) == ["AlreadyDone"] * 7 + ["Committed"]
    alone = MemoryStore()
    alone.commit((*ORDERS, *RENEWALS))
    assert list(store.dump()) == list(alone.dump())


def test_sixteen_spenders_never_overspend(store: PostgresStore) -> None:
    """A credit of ten, which each of sixteen spends one of: ten can."""
    meet(store)
    store.commit([moves("kept", Movement.PAYMENT_KEPT, "10.00")])
    spent = at_once(store, [moves(f"{n}", Movement.CREDIT_APPLIED, "1.00") for n in range(16)])
    assert kinds(spent) == ["Committed"] * 10 + ["Conflict"] * 6
    assert dict(store.credit([cast.ANA])) == {cast.ANA: 0}


def test_credit_that_was_absent_is_expected_too(store: PostgresStore) -> None:
    """Where a client has no credit there is no row to lock: of those who read nothing and add to it, one is right."""
    meet(store)
    none = ExpectCredit(cast.ANA, cast.usd("0.00"))
    adding = [evolve(moves(f"{n}", Movement.PAYMENT_KEPT, "1.00"), credits=(none,)) for n in range(8)]
    assert kinds(at_once(store, adding)) == ["Committed"] + ["Conflict"] * 7
    assert dict(store.credit([cast.ANA])) == {cast.ANA: 100}


def test_two_that_rest_on_the_others_absence_do_not_both_happen(store: PostgresStore) -> None:
    """Each makes what the other expects to be absent: whichever comes second is a conflict."""
    meet(store)
    for round_number in range(20):
        names = (f"{round_number}a", f"{round_number}b")
        expects = tuple([Expect(Service, name, 0) for name in names])
        plans = [evolve(order(name), expects=expects) for name in names]
        assert kinds(at_once(store, plans)) == ["Committed", "Conflict"]


def test_a_clients_chain_is_written_by_many(store: PostgresStore) -> None:
    """Eight write something of one client, and meet nowhere else: each is an entry, behind the one before it."""
    meet(store)
    for round_number in range(5):
        assert kinds(at_once(store, [order(f"{round_number}/{n}") for n in range(8)])) == ["Committed"] * 8
    entries = list(store.log(cast.ANA))
    assert [entry.number for entry in entries] == list(range(1, 42))
    before = [BEGINNING, *[entry.chain for entry in entries]]
    assert [chained(*each) for each in zip(before, [entry.body for entry in entries], strict=False)] == before[1:]
    assert [(head.client, head.number, head.chain) for head in store.heads(None, 9)] == [(cast.ANA, 41, before[-1])]


def test_eight_threads_bill_one_day(store: PostgresStore) -> None:
    """Three hundred due services, billed by eight at the same time: three hundred invoices, numbered without a gap."""
    fill(store, DUE)
    with ThreadPoolExecutor(8) as threads:
        reports = list(threads.map(lambda page: bill(store, page), [17, 25, 40, 40, 50, 60, 100, 500]))
    assert sum(report.committed for report in reports) == DUE
    assert [report.left + report.parked for report in reports] == [[]] * 8
    assert numbers_given(store) == list(range(1, DUE + 1))
    assert list(audit(store)) == []


def billing(dsn: str, schema: str, page: int) -> subprocess.Popen[bytes]:
    """Return a process that bills the day."""
    command = [sys.executable, "-m", "tests.adapters.postgres.worker", dsn, schema, str(page)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def test_processes_bill_one_day(store: PostgresStore, dsn: str, schema: str) -> None:
    """The same with four processes."""
    fill(store, DUE)
    workers = [billing(dsn, schema, page) for page in (20, 30, 50, 500)]
    won = [int(worker.communicate(timeout=120)[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 4
    assert sum(won) == DUE
    assert numbers_given(store) == list(range(1, DUE + 1))
    assert list(audit(store)) == []


def test_a_killed_worker_is_resumed(store: PostgresStore, dsn: str, schema: str, other: psycopg.Connection) -> None:
    """Killed again and again while it bills: the next one finds everything whole, goes on, and leaves the same rows."""
    fill(store, DUE)
    done = 0
    for more in (1, 40, 80):
        worker = billing(dsn, schema, 10)
        while count(other) < done + more and worker.poll() is None:
            time.sleep(0.001)
        worker.kill()
        worker.communicate()
        assert worker.returncode == -signal.SIGKILL, "it ended before it was killed"
        done = count(other)
        assert list(audit(store)) == []
    assert 120 < done < DUE
    bill(store, 50)
    assert numbers_given(store) == list(range(1, DUE + 1))
    assert list(audit(store)) == []
    alone = MemoryStore()
    fill(alone, DUE)
    bill(alone, 50)
    assert list(store.dump()) == list(alone.dump())


def count(other: psycopg.Connection) -> int:
    """Return how many invoices have a number."""
    ((found,),) = other.execute("SELECT count(*) FROM number").fetchall()
    return int(found)
