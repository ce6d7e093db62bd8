"""Whether the data of a client's ended service can be brought back, and what that costs."""

from typing import TypeAlias, final

from attrs import field, frozen

from altocore.clients.clients import Client
from altocore.errors import UnknownKey
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids
from altocore.policy.governing import contract_edition, order_edition
from altocore.policy.recovery import NotRecoverable, Recoverable, RecoveryFacts, decide_recovery
from altocore.ports.store import Store
from altocore.values.days import Day
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import ClientId, ServiceId
from altocore.workflows.converting import rate_of
from altocore.workflows.rulebook import Rulebook

__all__ = ["Backup", "recovery"]

RecoveryAnswer: TypeAlias = Recoverable | NotRecoverable


@final
@frozen(kw_only=True)
class Backup:
    """What the host knows of a service's backups, which altocore makes none of: the day the last was made, None without one.

    `rate` is needed where the client's currency is not that of the fee.
    """

    last: Day | None = field()
    rate: ExchangeRate | None = field(default=None)


def recovery(  # noqa: PLR0913, PLR0917  # whose, what, under which rules, when
    store: Store, rulebook: Rulebook, client: ClientId, service: ServiceId, backup: Backup, today: Day
) -> RecoveryAnswer:
    """Return whether what was of a client's service can be brought back on this day, with the fee and its tax.

    The terms are those of the service's last period; the tax is that of the terms in force.

    Raises:
        UnknownKey: the client is not stored, or the service is not one of its own.
        BadValue: a rate is needed and none is given, or it is not into the client's currency.
        CurrencyMismatch: the rate is not from the currency of the fee.

    Source: BAK-2, CAN-6.
    """
    owner = _owned(store, client)
    found = store.owned(Service, client, Ids((service,)))
    if not found:
        raise UnknownKey("service", "no such service of this client is stored")
    stored = found[0].document
    terms = contract_edition(rulebook.editions, stored, today).terms.backups
    tax = order_edition(rulebook.editions, today).terms.tax
    facts = RecoveryFacts(
        state=stored.state,
        backups=0 if backup.last is None else 1,
        last_backup=backup.last or today,
        rate=rate_of(backup.rate, terms.recovery_fee, owner),
        tax=tax.rate(owner.tax_region),
        rounding=tax.rounding,
        today=today,
    )
    return decide_recovery(facts, terms)


def _owned(store: Store, client: ClientId) -> Client:
    found = store.owned(Client, client, Ids((client,)))
    if not found:
        raise UnknownKey("client", "no such client is stored")
    return found[0].document
