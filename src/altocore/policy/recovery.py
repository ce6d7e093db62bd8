"""Can the data of a service that has ended be brought back, until when, and what does it cost?

When a service ends all of it is deleted. What may be left is a backup that the provider made as a courtesy, kept ten years
from the day it was made, in the one reading; in the other nothing is left, copies included. A backup promises nothing: that
it is there does not say that all can be read from it, and bringing it back may cost a fee, which is not the fee of a
restoration (PAY-5).
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.errors import CurrencyMismatch
from altocore.lifecycle.machine import ENDED, ServiceState
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.options import DataAfterEnding
from altocore.terms.parts import BackupTerms, TaxRate
from altocore.terms.reasons import Cited, Reason, Why
from altocore.values.anchors import Cadence, boundary
from altocore.values.days import Day
from altocore.values.exchange import ExchangeRate
from altocore.values.money import Money
from altocore.values.rounding import Rounding

__all__ = ["RECOVERY", "NotRecoverable", "Recoverable", "RecoveryFacts", "decide_recovery"]

_MILLION: Final = 1_000_000


@final
@frozen(kw_only=True)
class RecoveryFacts:
    """The service's state and its backups, 0 or 1; the day the last was made, today where there is none.

    `rate` is from the currency of the fee to the client's, `tax` the rate of its region, `rounding` that of both.
    """

    state: ServiceState = field()
    backups: int = field()
    last_backup: Day = field()
    rate: ExchangeRate = field()
    tax: TaxRate = field()
    rounding: Rounding = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class Recoverable:
    """A backup is kept, and may be brought back, before the day `until`, for this fee and its tax; nothing is guaranteed.

    `rate` is the exchange rate that the fee was converted at.
    """

    until: Day = field()
    fee: Money = field()
    tax: Money = field()
    rate: ExchangeRate = field()


@final
@frozen(kw_only=True)
class NotRecoverable:
    """Nothing can be brought back, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


RecoveryAnswer: TypeAlias = Recoverable | NotRecoverable


def _until(facts: RecoveryFacts, terms: BackupTerms) -> Day:
    return boundary(facts.last_backup, Cadence.ANNUAL, terms.retention_years)


def _keeps(terms: BackupTerms) -> bool:
    return terms.after_ending is DataAfterEnding.COURTESY_BACKUP


def _fee(facts: RecoveryFacts, terms: BackupTerms) -> Money:
    return facts.rate.converted(terms.recovery_fee, facts.rounding)


def _tax(facts: RecoveryFacts, terms: BackupTerms) -> Money:
    return _fee(facts, terms).scaled(facts.tax.rate_ppm, _MILLION, facts.rounding)


def _kept(facts: RecoveryFacts, terms: BackupTerms) -> Cited:
    return (("until", _until(facts, terms)), ("option", terms.after_ending.value))


CHECKS: Final[tuple[Check[RecoveryFacts, BackupTerms], ...]] = (
    Check(
        rule="BAK-2",
        clauses=(HOUSE,),
        why=Why.SERVICE_NOT_ENDED,
        fires=lambda facts, _: facts.state not in ENDED,
        cites=lambda facts, _: (("state", facts.state.value),),
    ),
    Check(
        rule="CAN-6",
        clauses=(Clause("terms/4.c"), Clause("manual/downgrade")),
        why=Why.DATA_ERASED,
        fires=lambda _, terms: not _keeps(terms),
        cites=lambda _, terms: (("option", terms.after_ending.value),),
    ),
    Check(
        rule="BAK-1",
        clauses=(Clause("terms/11.a"),),
        why=Why.NO_BACKUP,
        fires=lambda facts, _: facts.backups == 0,
    ),
    Check(
        rule="CAN-6",
        clauses=(Clause("manual/cancellation"),),
        why=Why.BACKUP_EXPIRED,
        fires=lambda facts, terms: _keeps(terms) and facts.backups > 0 and facts.today >= _until(facts, terms),
        cites=lambda facts, terms: (("until", _until(facts, terms)), ("today", facts.today)),
    ),
)

GROUNDS: Final[tuple[Ground[RecoveryFacts, BackupTerms], ...]] = (
    Ground(rule="BAK-1", clauses=(Clause("terms/11.a"),), holds=lambda _facts, _terms: True),
    Ground(rule="CAN-6", clauses=(Clause("manual/cancellation"),), holds=lambda _facts, _terms: True, cites=_kept),
    Ground(
        rule="BAK-2",
        clauses=(HOUSE,),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, terms: (("price", _fee(facts, terms)), ("tax", _tax(facts, terms))),
    ),
)


def decide_recovery(facts: RecoveryFacts, terms: BackupTerms) -> RecoveryAnswer:
    """Return until when a backup is kept and what it costs to bring it back, or every reason why it cannot be.

    Raises:
        CurrencyMismatch: the exchange rate is not from the currency of the fee.

    Source: CAN-6, `manual/cancellation`, `terms/4.c`, `manual/downgrade`; BAK-1, `terms/11.a`; BAK-2, house.
    """
    if facts.rate.base is not terms.recovery_fee.currency:
        raise CurrencyMismatch("rate", f"{terms.recovery_fee.currency.code} with {facts.rate.base.code}")
    reasons = fired(CHECKS, facts, terms)
    if reasons:
        return NotRecoverable(reasons=reasons)
    return Recoverable(until=_until(facts, terms), fee=_fee(facts, terms), tax=_tax(facts, terms), rate=facts.rate)


RECOVERY: Final = Judgement(name="recovery", checks=CHECKS, grounds=GROUNDS, decide=decide_recovery)
