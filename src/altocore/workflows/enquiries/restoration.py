"""Whether a client's ended service can come back, at what price, with what; asking changes nothing."""

from typing import TypeAlias

from altocore.errors import UnknownKey
from altocore.lifecycle.events import Occasion
from altocore.lifecycle.service import Service
from altocore.plans.reading import Ids
from altocore.policy.restoration import RestorationGranted, RestorationRefused
from altocore.ports.store import Store
from altocore.values.ids import ClientId
from altocore.workflows.restoring import Restoring, load_restoration, plan_restoration
from altocore.workflows.rulebook import Rulebook

__all__ = ["restoration"]

RestorationAnswer: TypeAlias = RestorationGranted | RestorationRefused


def restoration(
    store: Store, rulebook: Rulebook, client: ClientId, asked: Restoring, occasion: Occasion
) -> RestorationAnswer:
    """Return what a restoration of a client's service would be granted at on this occasion, or every reason why not.

    It is planned and not committed, so the answer is the one that `restore` would give.

    Raises:
        UnknownKey: the service is not one of this client's, or no terms are in force.
        BadValue: a rate is needed and none is given, or it is not into the client's currency.
        CurrencyMismatch: the rate is not from the currency of the fee.

    Source: PAY-5, LIF-6, CAN-7.
    """
    if not store.owned(Service, client, Ids((asked.service,))):
        raise UnknownKey("service", "no such service of this client is stored")
    return plan_restoration(load_restoration(store, asked), rulebook, occasion).answer
