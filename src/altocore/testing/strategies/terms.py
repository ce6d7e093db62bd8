"""Strategies for what the contract says: clauses, reasons, every part of `Terms`, editions."""

from typing import Final, TypeVar

from hypothesis import strategies as st

from altocore.terms.clauses import HOUSE, Clause, clause
from altocore.terms.differences import Difference, TermsField, diff, fields_of
from altocore.terms.editions import Editions, Reign, TermsEdition
from altocore.terms.judgements import Judgement, Outcome
from altocore.terms.options import (
    CancellationDeadline,
    CancellationDebt,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    FirstPeriodStart,
    NoDiscountScope,
    RestorationScope,
    SharedHostingCycles,
    TermsChange,
    UpgradeBase,
    UpgradeCharge,
)
from altocore.terms.parts import (
    DAYS_MAX,
    YEARS_MAX,
    BackupTerms,
    BonusTerms,
    CancellationTerms,
    ChangeTerms,
    ContractTerms,
    InvoicingTerms,
    OrderTerms,
    OverdueTerms,
    RestorationTerms,
    TaxRate,
    TaxTerms,
    Terms,
)
from altocore.terms.reasons import Reason, Why
from altocore.testing.strategies.values import amounts, days, given_or, ids, periods, roundings, short_texts
from altocore.values.currencies import Currency
from altocore.values.days import Day
from altocore.values.ids import EditionId

__all__ = [
    "TYPES",
    "answers",
    "backup_terms",
    "bonus_terms",
    "cancellation_terms",
    "change_terms",
    "clauses",
    "contract_terms",
    "differences",
    "editions",
    "invoicing_terms",
    "order_terms",
    "overdue_terms",
    "reasons",
    "reigns",
    "restoration_terms",
    "tax_rates",
    "tax_terms",
    "terms",
    "terms_editions",
]

F = TypeVar("F")
T = TypeVar("T")
A = TypeVar("A")

_RATE_MAX: Final = 1_000_000
_RULES: Final = ("CAT-2", "REN-1", "REN-4", "PAY-2", "PAY-13", "CAN-4", "LIF-1")
_PLACES: Final = (
    HOUSE,
    clause("manual/alerts"),
    clause("manual/cancellation"),
    clause("terms/3.a"),
    clause("terms/5.a"),
)


def order_terms() -> st.SearchStrategy[OrderTerms]:
    """Return a strategy for what may be ordered."""
    return st.builds(OrderTerms, shared_hosting_cycles=st.sampled_from(SharedHostingCycles))


def contract_terms(*, terms_change: TermsChange | None = None) -> st.SearchStrategy[ContractTerms]:
    """Return a strategy for how the contract itself changes, in this reading of REN-6 where one is given."""
    return st.builds(ContractTerms, terms_change=given_or(terms_change, st.sampled_from(TermsChange)))


def invoicing_terms(*, days_max: int = DAYS_MAX) -> st.SearchStrategy[InvoicingTerms]:
    """Return a strategy for when invoices are issued and due, and where the first period begins."""
    return st.builds(
        InvoicingTerms,
        due_days=st.integers(0, days_max),
        renewal_notice_days=st.integers(0, days_max),
        first_period_start=st.sampled_from(FirstPeriodStart),
    )


@st.composite
def overdue_terms(draw: st.DrawFn, *, days_max: int = DAYS_MAX) -> OverdueTerms:
    """Return a strategy for timelines whose steps follow each other, no step further than `days_max` from the due day."""
    steps = st.lists(st.integers(1, days_max), min_size=4, max_size=4, unique=True)
    suspend, last_notice, terminate, cancel = sorted(draw(steps))
    reminders = draw(st.lists(st.integers(-days_max, suspend - 1), max_size=5, unique=True))
    return OverdueTerms(
        reminder_days=tuple(sorted(reminders)),
        suspend_days=suspend,
        terminate_days=terminate,
        last_notice_days=terminate - last_notice,
        cancel_days=cancel,
        promise_days_max=draw(st.integers(0, days_max)),
    )


def bonus_terms() -> st.SearchStrategy[BonusTerms]:
    """Return a strategy for what a suspension for non-payment keeps from any bonus."""
    return st.builds(BonusTerms, no_discount_scope=st.sampled_from(NoDiscountScope))


def cancellation_terms() -> st.SearchStrategy[CancellationTerms]:
    """Return a strategy for how a cancellation treats invoices that are issued and unpaid."""
    return st.builds(
        CancellationTerms,
        timing=st.sampled_from(CancellationTiming),
        deadline=st.sampled_from(CancellationDeadline),
        debt=st.sampled_from(CancellationDebt),
    )


def change_terms(*, days_max: int = DAYS_MAX) -> st.SearchStrategy[ChangeTerms]:
    """Return a strategy for what another plan costs."""
    return st.builds(
        ChangeTerms,
        upgrade_charge=st.sampled_from(UpgradeCharge),
        upgrade_base=st.sampled_from(UpgradeBase),
        downgrade=st.sampled_from(Downgrade),
        cycle_notice_days=st.integers(0, days_max),
    )


def backup_terms() -> st.SearchStrategy[BackupTerms]:
    """Return a strategy for what is left of an ended service, and for how long."""
    return st.builds(
        BackupTerms,
        after_ending=st.sampled_from(DataAfterEnding),
        retention_years=st.integers(0, YEARS_MAX),
        recovery_fee=amounts(minor_min=0),
    )


def restoration_terms(*, fee_in: Currency | None = None) -> st.SearchStrategy[RestorationTerms]:
    """Return a strategy for which ended services come back, at what fee, in this currency or in any."""
    return st.builds(
        RestorationTerms, scope=st.sampled_from(RestorationScope), fee=amounts(currency=fee_in, minor_min=0)
    )


def tax_rates(*, region: str | None = None) -> st.SearchStrategy[TaxRate]:
    """Return a strategy for rates from nothing to a hundred per cent, of this region where one is given."""
    regions = given_or(region, short_texts())
    return st.builds(TaxRate, region=regions, name=short_texts(), rate_ppm=st.integers(0, _RATE_MAX))


def tax_terms(*, region: str | None = None) -> st.SearchStrategy[TaxTerms]:
    """Return a strategy for roundings and up to three rates; with a region, one of them is for it."""
    rates: st.SearchStrategy[tuple[TaxRate, ...]] = st.lists(
        tax_rates(), max_size=3, unique_by=lambda rate: rate.region
    ).map(tuple)
    if region is not None:
        rates = st.builds(
            lambda own, others: (own, *[each for each in others if each.region != region]),
            tax_rates(region=region),
            rates,
        )
    return st.builds(TaxTerms, rounding=roundings(), rates=rates)


def terms(
    *, region: str | None = None, days_max: int = DAYS_MAX, terms_change: TermsChange | None = None
) -> st.SearchStrategy[Terms]:
    """Return a strategy for whole terms; with a region, they tax it."""
    return st.builds(
        Terms,
        order=order_terms(),
        contract=contract_terms(terms_change=terms_change),
        invoicing=invoicing_terms(days_max=days_max),
        overdue=overdue_terms(days_max=days_max),
        bonuses=bonus_terms(),
        cancellation=cancellation_terms(),
        change=change_terms(days_max=days_max),
        backups=backup_terms(),
        restoration=restoration_terms(),
        tax=tax_terms(region=region),
    )


def terms_editions(
    *,
    region: str | None = None,
    days_max: int = DAYS_MAX,
    terms_change: TermsChange | None = None,
    on: st.SearchStrategy[Day] | None = None,
) -> st.SearchStrategy[TermsEdition]:
    """Return a strategy for editions of the terms, published and effective on any day, or `on` some, in either order."""
    says = terms(region=region, days_max=days_max, terms_change=terms_change)
    when = days() if on is None else on
    return st.builds(TermsEdition, id=ids(EditionId), published=when, effective=when, terms=says)


def editions() -> st.SearchStrategy[Editions]:
    """Return a strategy for up to three editions, no two with one id."""
    some = st.lists(terms_editions(), max_size=3, unique_by=lambda edition: edition.id)
    return some.map(lambda found: Editions(tuple(found)))


@st.composite
def differences(draw: st.DrawFn) -> Difference:
    """Return a strategy for differences: one field of some terms, and what other terms say in it."""
    before, after = draw(st.tuples(terms(), terms()).filter(lambda both: both[0] != both[1]))
    return draw(st.sampled_from(diff(before, after)))


@st.composite
def reigns(draw: st.DrawFn) -> Reign:
    """Return a strategy for the days of an edition's reign: of one that ends, or of the last."""
    some = draw(st.lists(terms_editions(), min_size=1, max_size=3, unique_by=lambda edition: edition.id))
    return draw(st.sampled_from(Editions(tuple(some)).reigns()))


def clauses() -> st.SearchStrategy[Clause]:
    """Return a strategy for clauses of the provider's documents, `house` among them."""
    return st.sampled_from(_PLACES)


def reasons(*, why: Why | None = None) -> st.SearchStrategy[Reason]:
    """Return a strategy for reasons of a no, of this code where one is given, with facts of every kind that is cited."""
    cited = st.one_of(days(), periods(), amounts(), st.integers(0, DAYS_MAX), short_texts())
    return st.builds(
        Reason,
        rule=st.sampled_from(_RULES),
        clauses=st.lists(clauses(), min_size=1, max_size=2, unique=True).map(tuple),
        why=given_or(why, st.sampled_from(Why)),
        cites=st.lists(st.tuples(st.sampled_from(["today", "state", "option", "period"]), cited), max_size=3).map(
            tuple
        ),
    )


def answers(
    judgement: Judgement[F, T, A], facts: st.SearchStrategy[F], terms: st.SearchStrategy[T]
) -> st.SearchStrategy[A]:
    """Return a strategy for what a judgement answers, yes or no, to facts and terms that are drawn."""
    return st.builds(judgement.decide, facts, terms)


TYPES: Final[dict[type[object], st.SearchStrategy[object]]] = {
    BackupTerms: backup_terms(),
    BonusTerms: bonus_terms(),
    CancellationDeadline: st.sampled_from(CancellationDeadline),
    CancellationDebt: st.sampled_from(CancellationDebt),
    CancellationTerms: cancellation_terms(),
    CancellationTiming: st.sampled_from(CancellationTiming),
    ChangeTerms: change_terms(),
    Clause: clauses(),
    ContractTerms: contract_terms(),
    DataAfterEnding: st.sampled_from(DataAfterEnding),
    Difference: differences(),
    Downgrade: st.sampled_from(Downgrade),
    Editions: editions(),
    FirstPeriodStart: st.sampled_from(FirstPeriodStart),
    InvoicingTerms: invoicing_terms(),
    NoDiscountScope: st.sampled_from(NoDiscountScope),
    OrderTerms: order_terms(),
    Outcome: st.sampled_from(Outcome),
    OverdueTerms: overdue_terms(),
    Reason: reasons(),
    Reign: reigns(),
    RestorationScope: st.sampled_from(RestorationScope),
    RestorationTerms: restoration_terms(),
    SharedHostingCycles: st.sampled_from(SharedHostingCycles),
    TaxRate: tax_rates(),
    TaxTerms: tax_terms(),
    Terms: terms(),
    TermsChange: st.sampled_from(TermsChange),
    TermsField: terms().map(fields_of).flatmap(st.sampled_from),
    UpgradeBase: st.sampled_from(UpgradeBase),
    UpgradeCharge: st.sampled_from(UpgradeCharge),
    Why: st.sampled_from(Why),
}
"""Every public type of this floor."""
