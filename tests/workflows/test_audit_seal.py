"""Sealing: a log made anew as a whole is seen by who kept its ends elsewhere; and an entry says no more than it must."""

import json
from importlib import import_module
from typing import Final

import attrs
import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.lifecycle.events import Actor
from altocore.plans.log import Head, LogEntry
from altocore.ports.store import Store
from altocore.values.anchors import Cadence
from altocore.values.days import day
from altocore.values.money import money
from altocore.workflows.auditing import Invariant, audit, seal
from altocore.workflows.ordering import service_id
from altocore.workflows.registering import publish, register
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.lives import spring
from tests.workflows.tampering import forge, last_number, logged, said, tamper

LOG: Final = Invariant.AUDIT_LOG_IS_WHOLE
A: Final = service_id("a")
B: Final = service_id("b")


@pytest.fixture
def world(disk: SqliteStore) -> World:
    """Give a world on disk in which Ana has paid her first invoice and owes her renewal, and Ben has a service as well."""
    world = cast.world(disk)
    world.run("a")
    world.run("b", of=cast.BEN)
    world.bill_to(day(2025, 2, 18))
    assert cast.findings(disk) == []
    return world


# Made anew -----------------------------------------------------------------------------------------------------------


def test_a_chain_made_anew_is_seen_only_with_a_seal(world: World, disk: SqliteStore) -> None:
    """Who knows the algorithm can make a sound log of a changed store; what was sealed elsewhere before still shows it."""
    heads = list(seal(disk))
    forge(disk, cast.ANA, world.invoice(A, 0).id, '"Ana"', '"Eva"')
    assert cast.findings(disk) == []
    assert logged(disk, heads) == {(cast.ANA, "its chain does not go through the place that was sealed")}


def test_a_tail_that_was_cut_with_its_rows_is_seen_only_with_a_seal(disk: SqliteStore) -> None:
    """A client who left no trace but the head that was sealed."""
    cast.world(disk)
    heads = list(seal(disk))
    tamper(disk, "DELETE FROM log WHERE client = ?", cast.DAN)
    tamper(disk, "DELETE FROM document WHERE client = ?", cast.DAN)
    assert cast.findings(disk) == []
    assert logged(disk, heads) == {(cast.DAN, "its chain does not go through the place that was sealed")}


def test_a_seal_of_before_the_change_shows_it_and_one_of_after_does_not(world: World, disk: SqliteStore) -> None:
    """A seal vouches for what was there when it was made, and for nothing else."""
    early = list(seal(disk))
    forge(disk, cast.ANA, world.invoice(A, 0).id, '"Ana"', '"Eva"')
    late = list(seal(disk))
    assert logged(disk, late) == set()
    assert logged(disk, early) != set()
    assert {head.client for head in early if head not in late} == {cast.ANA}


def test_a_seal_that_the_editions_do_not_go_through_names_them(disk: SqliteStore) -> None:
    """A violation always says where."""
    cast.world(disk)
    head = Head(client="", number=1, chain="0")
    assert logged(disk, [head]) == {("editions", "its chain does not go through the place that was sealed")}


# Sealing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [1, 2, 500])
def test_a_seal_is_the_end_of_every_chain(store: cast.DumpStore, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    """In pages of any size: each client once, by client, the editions first; number and digest of its last entry."""
    world = cast.world(store)
    world.run("a")
    monkeypatch.setattr(import_module("altocore.workflows.auditing.log"), "_PAGE", page)
    heads = list(seal(store))
    assert [each.client for each in heads] == ["", cast.ANA, cast.BEN, cast.CLEO, cast.DAN]
    for head in heads:
        last = list(store.log(head.client))[-1]
        assert (last.number, last.chain) == (head.number, head.chain)


def test_an_empty_store_has_nothing_to_seal(store: cast.DumpStore) -> None:
    """No chain, no head."""
    assert list(seal(store)) == []


def test_an_earlier_seal_holds_for_every_later_store(store: cast.DumpStore) -> None:
    """A log only grows: what was sealed on each tenth day of a spring, the store of its last day goes through."""
    world = cast.world(store)
    heads: list[Head] = []

    def bill(at: World) -> None:
        at.bill()
        if at.today.day % 10 == 0:
            heads.extend(seal(at.store))

    spring(world, bill)
    assert len({each.number for each in heads if each.client == cast.ANA}) > 3
    assert list(audit(store, heads=heads)) == []


def test_a_seal_of_another_store_does_not_hold(world: World, disk: SqliteStore) -> None:
    """Nor does one of a place that the chain has not reached yet."""
    other = cast.in_memory()
    other.run("a")
    other.pay(A, 0, money("1", "USD"))
    ahead = [each for each in seal(other.store) if each.client == cast.ANA]
    assert [where for where, _ in logged(disk, ahead)] == [cast.ANA]
    beyond = [Head(client=cast.ANA, number=last_number(disk) + 1, chain="")]
    assert [where for where, _ in logged(disk, beyond)] == [cast.ANA]
    nobody = [Head(client="cli_nobody", number=1, chain="")]
    assert [where for where, _ in logged(disk, nobody)] == ["cli_nobody"]
    assert world.store is disk


# What entries say ----------------------------------------------------------------------------------------------------


def entries(store: Store, client: str) -> list[LogEntry]:
    """Return a client's log."""
    return list(store.log(client))


def test_an_entry_says_who_when_what_and_why(store: cast.DumpStore) -> None:
    """The occasion, the deed and the rules stand in it; what is published without an occasion says that there was none."""
    world = cast.world(store)
    world.run("a")
    world.bill_to(day(2025, 2, 18))
    first, *rest = [said(each.body) for each in entries(store, cast.ANA)]
    assert (first["actor"], first["by"], first["day"]) == ("client", "", "2025-01-31")
    assert first["rules"] == ["CLI-1", "CLI-5", "CLI-8"]
    published = said(entries(store, "")[0].body)
    assert (published["actor"], published["at"], published["day"]) == (None, None, None)
    assert [(each["actor"], each["day"]) for each in rest] == [
        ("billing_run", "2025-01-31"),
        ("gateway", "2025-01-31"),
        ("provisioner", "2025-01-31"),
        ("billing_run", "2025-02-18"),
    ]
    assert {each["at"] for each in rest} == {"2025-01-31T03:00:00+00:00", "2025-02-18T03:00:00+00:00"}
    deeds = [each["deed"] for each in (first, *rest)]
    assert all(isinstance(deed, list) and len(deed) == 3 for deed in deeds)
    assert [deed[0] for deed in deeds if isinstance(deed, list)] == [
        "client",
        "order",
        "payment",
        "activation",
        "charge",
    ]
    assert "REN-1" in str(rest[-1]["rules"])
    assert all(store.claimed(deed[0], deed[1]) == deed[2] for deed in deeds if isinstance(deed, list))


def test_a_registration_with_an_occasion_says_it(store: cast.DumpStore) -> None:
    """Who let a client in, and who published, is logged where it is told."""
    at = cast.occasion(day(2025, 1, 2), Actor.CLIENT)
    register(store, examples.client(), at)
    publish(store, [cast.CLOUD], attrs.evolve(at, actor=Actor.STAFF))
    for client, actor in ((cast.ANA, "client"), ("", "staff")):
        (only,) = entries(store, client)
        assert (said(only.body)["actor"], said(only.body)["day"]) == (actor, "2025-01-02")
        assert said(only.body)["at"] == at.at.isoformat()


def test_the_log_repeats_nothing_personal_and_no_amount(store: cast.DumpStore) -> None:
    """CLI-7: name, address and tax id of a client, and what it pays, are in its documents and not in the log."""
    party = examples.party(name="Canary Pereyra", address="Canary Street 4711", tax_id="CANARY-20-3")
    plan = examples.plan(name="plan_canary", items=(cast.sold_item("bird", [(Cadence.MONTHLY, "77123.45", "USD")]),))
    world = cast.world(store, clients=(examples.client(legal=party),), plans=(plan,))
    world.run("a", plan=plan)
    world.bill_to(day(2025, 2, 18))
    world.pay(A, 1, examples.usd("99321.17"))
    assert "Canary" in "".join(world.dump())
    bodies = [each.body for client in ("", cast.ANA) for each in entries(store, client)]
    for told in ("anary Pereyra", "Canary", "4711", "CANARY", "77123", "7712345", "99321", "9932117", "USD"):
        assert not [body for body in bodies if told in body]
    for body in bodies:
        assert set(said(body)) == {"actor", "at", "by", "day", "deed", "documents", "postings", "rules"}
        assert body == json.dumps(said(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
