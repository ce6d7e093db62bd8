"""What a gateway tells of payments: each by itself, or a day's together in a file."""

from collections.abc import Sequence
from typing import final

from attrs import field, frozen

from altocore.billing.payments import Payment, PaymentNotice, payment_id
from altocore.errors import BadValue, Unavailable
from altocore.lifecycle.events import Actor
from altocore.plans.plan import Claim
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.workflows.door import Did, DidBefore, Result
from altocore.workflows.paying import pay, payment_deed, take_payments
from altocore.workflows.rulebook import Rulebook
from tests.simulation.case import Found
from tests.simulation.deeds import Deed, Makes
from tests.workflows.cast import occasion

__all__ = ["Pays", "TakesFile", "filed", "money_of"]


@final
@frozen
class Pays:
    """A gateway tells a payment."""

    notice: PaymentNotice = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (payment_deed(self.notice),)

    @property
    def makes(self) -> Makes:
        return tuple([(Payment, each) for each in money_of(self)])

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        """Tell it; money of tomorrow is refused as a mistake, which counts as a no."""
        try:
            return pay(store, rulebook, self.notice, occasion(today, Actor.GATEWAY))
        except BadValue:
            if self.notice.received <= today:
                raise
            return Did(answer=None, numbers=())


@final
@frozen
class TakesFile:
    """A gateway's file of payments is taken, page by page."""

    notices: Sequence[PaymentNotice] = field()
    page: int = field()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple([payment_deed(notice) for notice in self.notices])

    @property
    def makes(self) -> Makes:
        return tuple([(Payment, each) for each in money_of(self)])

    def do(self, store: Store, rulebook: Rulebook, today: Day) -> Result[object]:
        at = occasion(today, Actor.GATEWAY)
        report = take_payments(store, rulebook, self.notices, at, page=self.page)
        if report.parked or report.refused:
            raise Found(f"a file of payments was not understood: {report.parked} {report.refused}")
        if report.left:
            raise Unavailable("others were faster")
        return DidBefore() if not report.committed else Did(answer=report, numbers=())


def money_of(deed: Deed) -> dict[str, PaymentNotice]:
    """Return the payments that a deed tells, by their id."""
    notices = [deed.notice] if isinstance(deed, Pays) else deed.notices if isinstance(deed, TakesFile) else []
    return {payment_id(notice.gateway, notice.transaction): notice for notice in notices}


def filed(deeds: Sequence[Deed], today: Day, *, page: int) -> list[Deed]:
    """Return the deeds with the payments put together as one file, where the gateway sends one: `page` is then above 0."""
    payments = [each for each in deeds if isinstance(each, Pays) and each.notice.received <= today]
    if not page or not payments:
        return list(deeds)
    file = TakesFile(tuple([each.notice for each in payments]), page)
    return [file, *[each for each in deeds if each not in payments]]
