"""Facts hold what a rule reads and no identity: equal facts are one question.

And every rule that a table names is the handbook's, with the handbook's clauses.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final, TypeAlias, TypeVar, get_args, get_type_hints

import attrs
import pytest

import altocore.policy
from altocore.billing.invoices import Invoice
from altocore.billing.standing import STANDING, Standing
from altocore.catalogue.plans import PlanEdition
from altocore.lifecycle.machine import SERVICE
from altocore.lifecycle.service import Contract
from altocore.policy.activation import ACTIVATION, ActivationFacts
from altocore.policy.adjustment import ADJUSTMENT, AdjustmentFacts
from altocore.policy.administrative_costs import ADMINISTRATIVE_COSTS, AdministrativeCostsFacts
from altocore.policy.cancellation import CANCELLATION, CancellationFacts
from altocore.policy.client_change import CLIENT_CHANGE, ClientChangeFacts
from altocore.policy.cycle_change import CYCLE_CHANGE, CycleChangeFacts
from altocore.policy.discontinuation import DISCONTINUATION, DiscontinuationFacts
from altocore.policy.ending import ENDING, EndingFacts
from altocore.policy.fault import FAULT, FaultFacts
from altocore.policy.invoice import INVOICE, InvoiceFacts
from altocore.policy.invoice_cancellation import INVOICE_CANCELLATION, InvoiceCancellationFacts
from altocore.policy.lapse import LAPSE, LapseFacts
from altocore.policy.order import ORDER, OrderFacts
from altocore.policy.overdue import OVERDUE, OverdueFacts
from altocore.policy.payment import PAYMENT, PaymentFacts
from altocore.policy.promise import PROMISE, PromiseFacts
from altocore.policy.reactivation import REACTIVATION, ReactivationFacts
from altocore.policy.recovery import RECOVERY, RecoveryFacts
from altocore.policy.registration import REGISTRATION, RegistrationFacts
from altocore.policy.renewal import RENEWAL, RenewalFacts
from altocore.policy.renewal_choice import RENEWAL_CHOICE, RenewalChoiceFacts
from altocore.policy.restoration import RESTORATION, RestorationFacts
from altocore.policy.suspension import SUSPENSION, SuspensionFacts
from altocore.policy.taking_back import TAKING_BACK, TakingBackFacts
from altocore.policy.termination import TERMINATION, TerminationFacts
from altocore.policy.terms_change import TERMS_CHANGE, TermsChangeFacts
from altocore.policy.upgrade import UPGRADE
from altocore.policy.upgrade_facts import UpgradeFacts
from altocore.policy.upgrade_path import UPGRADE_PATH, UpgradePathFacts
from altocore.policy.write_off import WRITE_OFF, WriteOffFacts
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Judgement
from altocore.terms.reasons import Why
from altocore.values import ids

FACTS: Final[tuple[type[attrs.AttrsInstance], ...]] = (
    ActivationFacts,
    AdjustmentFacts,
    AdministrativeCostsFacts,
    CancellationFacts,
    ClientChangeFacts,
    CycleChangeFacts,
    DiscontinuationFacts,
    EndingFacts,
    FaultFacts,
    InvoiceCancellationFacts,
    InvoiceFacts,
    LapseFacts,
    OrderFacts,
    OverdueFacts,
    PaymentFacts,
    PromiseFacts,
    ReactivationFacts,
    RecoveryFacts,
    RegistrationFacts,
    RenewalChoiceFacts,
    RenewalFacts,
    RestorationFacts,
    SuspensionFacts,
    TakingBackFacts,
    TerminationFacts,
    TermsChangeFacts,
    WriteOffFacts,
    UpgradeFacts,
    UpgradePathFacts,
)

# An explanation is of one document, and an order or a restoration reads a plan's prices: these hold documents, with ids.
DOCUMENTS: Final = {
    InvoiceFacts: {Invoice, Standing, Contract},
    OrderFacts: {PlanEdition},
    RestorationFacts: {PlanEdition},
    UpgradePathFacts: {PlanEdition},
}

F = TypeVar("F")
T = TypeVar("T")
A = TypeVar("A")
Row: TypeAlias = tuple[str, tuple[Clause, ...], Why | None]

# What is sold goes by its name in the catalogue, the same for everybody: which of it is asked for is the question itself.
SOLD: Final = {"AddonId", "PlanId"}
IDENTITIES: Final = {name for name in vars(ids) if name.endswith("Id")} - SOLD
NAMED: Final = re.compile(r"(^|_)(id|key|email|phone|legal|customer|holder)($|_)")


def modules() -> Iterator[str]:
    """Yield the name of every module of the policy."""
    for found in iter_modules(altocore.policy.__path__, "altocore.policy."):
        import_module(found.name)
        yield found.name


def defined(suffix: str) -> set[str]:
    """Return the names of the classes with this ending that the policy's modules define."""
    return {
        name
        for module in modules()
        for name, value in vars(sys.modules[module]).items()
        if isinstance(value, type) and value.__module__ == module and name.endswith(suffix)
    }


def held(facts: type[attrs.AttrsInstance]) -> Iterator[tuple[str, object]]:
    """Yield each field with every type that it may hold."""
    for name, given in get_type_hints(facts).items():
        for each in get_args(given) or (given,):
            yield name, each


def test_every_facts_is_looked_at() -> None:
    """Shape 1: each question's facts are in the tests below."""
    assert defined("Facts") == {facts.__name__ for facts in FACTS}


@pytest.mark.parametrize("facts", FACTS)
def test_facts_have_no_identity(facts: type[attrs.AttrsInstance]) -> None:
    """Shape 1: no ids, no names, no personal data; documents only where they are the question itself."""
    documents = set()
    for name, given in held(facts):
        assert getattr(given, "__name__", "") not in IDENTITIES, name
        assert not NAMED.search(name), name
        if isinstance(given, type) and attrs.has(given) and (given is Contract or "id" in get_type_hints(given)):
            documents.add(given)
    assert documents == DOCUMENTS.get(facts, set())


@pytest.mark.parametrize("facts", FACTS)
def test_facts_are_values(facts: type[attrs.AttrsInstance]) -> None:
    """Shape 1: frozen, compared and hashed by what they hold; named at every call."""
    assert facts.__hash__ is not object.__hash__
    assert facts.__eq__ is not object.__eq__
    assert all(each.kw_only and each.eq for each in attrs.fields(facts))


# The rules that the tables name, with the clauses that the handbook gives each; house where it gives none.
CLAUSES: Final[dict[str, set[str]]] = {
    "CAT-1": {"terms/16.b"},
    "CAT-2": {"terms/3.a", "manual/honour", "house"},
    "CAT-3": {"terms/3.a", "manual/honour"},
    "CAT-4": {"manual/honour"},
    "CAT-5": {"manual/upgrade"},
    "CAT-6": {"terms/12.d"},
    "CAT-7": {"terms/16.a"},
    "CAT-8": {"manual/support-plans"},
    "CAT-9": {"terms/13.c-builder"},
    "CAT-10": {"terms/15.a", "terms/15.d"},
    "CAT-11": {"house"},
    "CLI-1": {"manual/transfer"},
    "CLI-4": {"terms/5.e"},
    "CLI-5": {"house"},
    "CLI-8": {"house"},
    "REN-1": {"terms/3.a"},
    "REN-2": {"house"},
    "REN-3": {"terms/3.a"},
    "REN-4": {"manual/honour", "house"},
    "REN-5": {"manual/honour", "terms/3.b"},
    # What no edition reaches is house.
    "REN-6": {"terms/3.b", "manual/honour", "terms/closing", "house"},
    "REN-7": {"terms/3.c"},
    "REN-8": {"house"},
    "REN-9": {"house"},
    "PAY-1": {"terms/5.a"},
    "PAY-2": {"terms/5.a", "manual/alerts", "house"},
    "PAY-4": {"terms/5.a"},
    # Who asks, and one at a time, is house.
    "PAY-5": {"terms/5.b", "house"},
    "PAY-6": {"terms/5.c"},
    "PAY-7": {"terms/3.a"},
    # Who exercises a right is house.
    "PAY-8": {"terms/5.d", "house"},
    "PAY-9": {"terms/2.c"},
    "PAY-11": {"manual/alerts"},
    "PAY-12": {"house"},
    "PAY-13": {"house"},
    "PAY-14": {"manual/alerts"},
    "PAY-15": {"house"},
    "PAY-16": {"house"},
    "PAY-18": {"house"},
    "CAN-2": {"manual/cancellation", "terms/4.b"},
    "CAN-3": {"manual/cancellation", "terms/4.b"},
    "CAN-4": {"terms/4.a", "manual/cancellation"},
    # Who may choose is house.
    "CAN-5": {"manual/cancellation", "house"},
    "CAN-6": {"manual/cancellation", "terms/4.c", "manual/downgrade"},
    "CAN-7": {"manual/cancellation"},
    "CAN-9": {"house"},
    "BAK-1": {"terms/11.a"},
    "DOM-2": {"terms/12.g"},
    "BAK-2": {"house"},
    "RFD-1": {"terms/4.d", "manual/cancellation"},
    "RFD-2": {"terms/4.d", "terms/12.d"},
    "LIF-1": {"manual/activation"},
    "PAY-3": {"terms/5.a"},
    # ABUSE and BREACH are house.
    "LIF-2": {"terms/5.a", "terms/13.b", "manual/transfer", "house"},
    "LIF-3": {"manual/alerts"},
    "LIF-4": {"terms/5.a", "terms/5.d", "terms/2.c", "terms/8"},
    # That a right which was exercised is staff's to give up is house.
    "LIF-6": {"terms/5.b", "manual/cancellation", "house"},
    "LIF-7": {"terms/13.b-c"},
    "TER-1": {"terms/1.d", "terms/2.a", "terms/8", "terms/13.a", "terms/15.c"},
    "TER-2": {"terms/6"},
    "TER-3": {"terms/13.d", "terms/14.d", "terms/15.e", "terms/18.a"},
    "UPG-1": {"manual/upgrade", "terms/3.a"},
    "UPG-2": {"manual/upgrade"},
    "UPG-3": {"terms/3.a"},
    "UPG-5": {"house"},
    "UPG-6": {"house", "terms/13.b"},
    "UPG-7": {"house"},
    "UPG-9": {"house"},
    # What is stored must fit: house.
    "DWN-1": {"manual/downgrade", "terms/3.a", "house"},
    # LIF-5 names no clause: it is CAN for a running service, and PAY-11 for one that was never paid.
    "LIF-5": {"manual/cancellation", "manual/alerts"},
    "LIF-9": {"house"},
    "DOM-1": {"terms/12.d"},
}


def rows_of(judgement: Judgement[F, T, A]) -> Iterator[Row]:
    """Yield rule, clauses and reason of every row of a table; a ground has no reason."""
    for check in judgement.checks:
        yield check.rule, check.clauses, check.why
    for ground in judgement.grounds:
        yield ground.rule, ground.clauses, None


def rows() -> Iterator[Row]:
    """Yield every row of every table, and every move of both machines."""
    yield from rows_of(ACTIVATION)
    yield from rows_of(ADJUSTMENT)
    yield from rows_of(ADMINISTRATIVE_COSTS)
    yield from rows_of(CANCELLATION)
    yield from rows_of(CLIENT_CHANGE)
    yield from rows_of(CYCLE_CHANGE)
    yield from rows_of(DISCONTINUATION)
    yield from rows_of(ENDING)
    yield from rows_of(FAULT)
    yield from rows_of(INVOICE)
    yield from rows_of(INVOICE_CANCELLATION)
    yield from rows_of(LAPSE)
    yield from rows_of(ORDER)
    yield from rows_of(OVERDUE)
    yield from rows_of(PAYMENT)
    yield from rows_of(PROMISE)
    yield from rows_of(REACTIVATION)
    yield from rows_of(RECOVERY)
    yield from rows_of(REGISTRATION)
    yield from rows_of(RENEWAL)
    yield from rows_of(RENEWAL_CHOICE)
    yield from rows_of(RESTORATION)
    yield from rows_of(SUSPENSION)
    yield from rows_of(TAKING_BACK)
    yield from rows_of(TERMINATION)
    yield from rows_of(TERMS_CHANGE)
    yield from rows_of(WRITE_OFF)
    yield from rows_of(UPGRADE)
    yield from rows_of(UPGRADE_PATH)
    yield from ((made.rule, made.clauses, None) for made in SERVICE.moves.values())
    yield from ((made.rule, made.clauses, None) for made in STANDING.moves.values())


def test_every_row_cites_its_rules_clauses() -> None:
    """How to read a rule: a row cites a clause of its rule, and at least one."""
    for rule, clauses, _ in rows():
        assert clauses, rule
        assert set(clauses) <= CLAUSES[rule], rule
        assert len(set(clauses)) == len(clauses), rule
    assert {rule for rule, _, _ in rows()} == set(CLAUSES)


def test_every_reason_is_given_by_a_table() -> None:
    """Shape 3: a reason that no table gives would be a promise of an answer that never comes."""
    assert {why for _, _, why in rows() if why is not None} == set(Why)


@pytest.mark.shared
def test_the_clauses_are_the_handbooks(shared: Path) -> None:
    """How to read a rule: what stands above is what the handbook says of each rule."""
    text = (shared / "handbook.md").read_text(encoding="utf-8")
    said = {found.group(1): found.group(0) for found in re.finditer(r"^- \*\*([A-Z]+-\d+)\*\*.*$", text, re.MULTILINE)}
    for rule, clauses in CLAUSES.items():
        assert rule in said
        if rule != "LIF-5":
            assert clauses - {"house"} <= set(cited(said[rule])), rule


def cited(text: str) -> Iterator[str]:
    """Yield each clause that a rule cites; `[terms/5.a, 13.b]` cites two sections of the terms."""
    yield from re.findall(r"(?:manual|terms)/[a-z0-9.-]*[a-z0-9]", text)
    for listed in re.findall(r"`\[(.+?)\]`", text):
        document = ""
        for part in re.split(r"[,;] ", listed):
            document = part.partition("/")[0] if "/" in part else document
            yield part if "/" in part else f"{document}/{part}"
