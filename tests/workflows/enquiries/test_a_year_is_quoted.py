"""Every service of the demo's year, asked for every plan: whatever became of it there is an answer, and nothing changes."""

from io import StringIO
from typing import Final

import pytest
from rich.console import Console

from altocore.adapters.memory import MemoryStore
from altocore.analysis.eventful import BEHAVIOUR, everybody, happenings
from altocore.analysis.example import PLANS, PROVIDER, YEAR
from altocore.catalogue.kinds import Administration, Trait
from altocore.cli.living import Life, edition_of, live
from altocore.codec.terms import Preset
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Service
from altocore.policy.cycle_change import CycleChangeQuoted
from altocore.policy.order import OrderRefused
from altocore.policy.upgrade import UpgradeQuoted
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.cycles import CYCLES
from altocore.values.days import day
from altocore.workflows.enquiries import (
    ChangeQuote,
    CycleQuote,
    PlanChange,
    Storage,
    quote_change,
    quote_cycle,
    side_by_side,
)
from altocore.workflows.pages import PAGE
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import Rulebook, load_rulebook
from altocore.workflows.walking import every

NEW_YEARS_EVE: Final = day(2025, 12, 31)
FITS: Final = Storage(stored_mb=1, room_mb=1)


@pytest.fixture(scope="module")
def year() -> tuple[MemoryStore, Rulebook]:
    """Give the store of the demo's year, under the terms that allow a smaller plan, and its rulebook."""
    store = MemoryStore()
    publish(store, PLANS.values())
    life = Life(provider=PROVIDER, edition=edition_of(Preset.TERMS), behaviour=BEHAVIOUR, span=YEAR, page=PAGE)
    live(store, life, everybody(), Console(file=StringIO()), happenings())
    return store, load_rulebook(store, PROVIDER)


def quotes(store: MemoryStore, rulebook: Rulebook) -> list[ChangeQuote | OrderRefused]:
    """Return the answer of each service for each plan, on its own cycle and by the year."""
    found: list[ChangeQuote | OrderRefused] = []
    for service in every(store, Service):
        for plan in PLANS.values():
            by = Administration.CLIENT if plan.has_trait(Trait.SERVER) else None
            for cycle in (None, Cadence.ANNUAL):
                change = PlanChange(plan=plan.plan, cycle=cycle, administration=by, storage=FITS)
                found.append(quote_change(store, rulebook, service.client, service.id, change, NEW_YEARS_EVE))
    return found


def test_every_service_is_answered_for_every_plan(year: tuple[MemoryStore, Rulebook]) -> None:
    """UPG-1 to UPG-9, DWN-1: yes and no of every sort; a yes is nothing below zero, and no credit beyond what was paid."""
    store, rulebook = year
    before = list(store.dump())
    whys: set[Why] = set()
    yes = 0
    for quote in quotes(store, rulebook):
        if isinstance(quote, OrderRefused):
            continue
        held = (quote.facts.running, *quote.facts.ahead)
        for reading in side_by_side(quote):
            answer = reading.answer
            if not isinstance(answer, UpgradeQuoted):
                whys |= {each.why for each in answer.reasons}
                continue
            yes += 1
            assert min(answer.charge.minor, answer.tax.minor, answer.credit.minor, answer.credit_tax.minor) >= 0
            assert answer.credit.minor <= sum(each.paid.minor for each in held)
            assert answer.credit_tax.minor <= sum(each.tax.minor for each in held)
            assert quote.facts.state in {ServiceState.ACTIVE, ServiceState.SUSPENDED}
    assert yes > 50
    assert whys >= {Why.SERVICE_NOT_ACTIVE, Why.SAME_PLAN, Why.UPGRADE_NOT_LISTED, Why.DOWNGRADE_REFUSED, Why.SOLD_ONCE}
    assert list(store.dump()) == before


def test_every_service_is_answered_for_every_cycle(year: tuple[MemoryStore, Rulebook]) -> None:
    """REN-3: a yes is for a day to come, and the days of the anchor stay."""
    store, rulebook = year
    before = list(store.dump())
    yes = 0
    for service in every(store, Service):
        for cycle in CYCLES:
            found = quote_cycle(store, rulebook, service.client, service.id, cycle, NEW_YEARS_EVE)
            if isinstance(found, CycleQuote) and isinstance(found.answer, CycleChangeQuoted):
                yes += 1
                assert found.answer.effective > NEW_YEARS_EVE
                assert service.contract.anchor is not None
                assert found.answer.effective.day <= service.contract.anchor.day
    assert yes > 5
    assert list(store.dump()) == before
