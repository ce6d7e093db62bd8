"""What the outside was told, kept apart from the books: which deeds are promised, how much money came in."""

from collections import Counter
from collections.abc import Iterable
from typing import final

from attrs import define, field

from altocore.billing.adjustments import CreditAdjustment, Direction
from altocore.billing.payments import Payment, PaymentNotice
from altocore.billing.standing import Standing, StandingState
from altocore.plans.reading import Ids, OfClients
from altocore.ports.store import Store
from altocore.values.ids import ClientId
from altocore.workflows.door import DidBefore, Result
from tests.simulation.case import Found
from tests.simulation.deeds import Deed, is_yes
from tests.simulation.telling import money_of

__all__ = ["Account"]

COUNTS = (StandingState.OPEN, StandingState.PAID, StandingState.WRITTEN_OFF)


@final
@define
class Account:
    """The outside's own account."""

    asked: Counter[tuple[str, str]] = field(factory=Counter)
    promised: list[Deed] = field(factory=list)
    kept_to: int = field(default=0)
    received: dict[str, PaymentNotice] = field(factory=dict)
    unknown: dict[str, PaymentNotice] = field(factory=dict)

    def ask(self, deed: Deed) -> None:
        """Note that a deed is asked for."""
        self.asked.update([(each.space, each.key) for each in deed.claims])
        self.unknown.update({key: told for key, told in money_of(deed).items() if key not in self.received})

    def hear(self, deed: Deed, told: Result[object]) -> None:
        """Note what was told of it."""
        if isinstance(told, DidBefore) and any(self.asked[each.space, each.key] < 2 for each in deed.claims):
            raise Found(f"told as done before, and nobody else had asked for it: {deed}")
        for key, notice in money_of(deed).items():
            self.unknown.pop(key, None)
            if is_yes(told):
                self.received[key] = notice
        if is_yes(told):
            self.promised.append(deed)

    def check_new_promises(self, store: Store) -> None:
        """Find a deed that was told done since the last evening, and is not there."""
        _check_promises(store, self.promised[self.kept_to :])
        self.kept_to = len(self.promised)

    def check_all_promises(self, store: Store) -> None:
        """Find a deed that ever was told done, and is not there; or a payment that nobody was told of in the end."""
        _check_promises(store, self.promised)
        if self.unknown:
            raise Found(f"never told what became of {sorted(self.unknown)}")

    def check_money(self, store: Store, clients: Iterable[ClientId]) -> None:
        """Find money that came in and is not in the books of these clients, or the other way round (PAY-6, PAY-7)."""
        owners = tuple(clients)
        balance = dict(store.credit(owners))
        for standing in store.select(Standing, OfClients(owners)):
            document = standing.document
            if document.state in COUNTS:
                balance[document.client] = balance.get(document.client, 0) + document.settled.minor
        for payment in store.select(Payment, OfClients(owners)):
            own, notice = payment.document, payment.document.notice
            if (self.received.get(own.id) or self.unknown.get(own.id)) != notice:
                raise Found(f"nobody paid {own}")
            balance[own.client] = balance.get(own.client, 0) - notice.amount.minor
        for adjusted in store.select(CreditAdjustment, OfClients(owners)):
            by_hand = adjusted.document
            sign = 1 if by_hand.direction is Direction.UP else -1
            balance[by_hand.client] = balance.get(by_hand.client, 0) - sign * by_hand.amount.minor
        if any(balance.values()):
            raise Found(f"money that came in is not what the books say: {balance}")


def _check_promises(store: Store, deeds: Iterable[Deed]) -> None:
    for deed in deeds:
        for claim in deed.claims:
            if store.claimed(claim.space, claim.key) != claim.digest:
                raise Found(f"told done, and its claim is not there: {deed}")
        for kind, each in deed.makes:
            if not store.select(kind, Ids((each,))):
                raise Found(f"told done, and {kind.__name__} {each} is not there: {deed}")
