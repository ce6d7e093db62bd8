"""A small invented provider with a dozen clients, for the demo, the docs and first steps.

Every name here is made up. The portfolio holds what a year should show: cycles from a month to two years, two currencies,
an anchor on the 31st, contracts that were taken over and orders made during the year, clients who leave.
"""

from typing import Final

from altocore.catalogue.plans import PlanEdition, PlanItem, Price, ProductKind
from altocore.clients.clients import Client, CreditUse
from altocore.codec.plans import plan_edition
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, parse_day
from altocore.values.ids import ClientId, PlanId, derive
from altocore.values.money import money
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.workflows.subscribers import Intention, Subscriber
from altocore.workflows.taking_over import TakeOver

__all__ = ["PLANS", "PROVIDER", "YEAR", "subscribers"]

PROVIDER: Final = Provider(
    legal=LegalParty(name="Nube Austral S.R.L.", address="Calle Inventada 123, Rosario", tax_id="30-00000000-0"),
    zone="America/Argentina/Buenos_Aires",
    currencies=(currency("ARS"), currency("USD")),
    series="A",
)
"""The invented provider."""

YEAR: Final = Period(start=parse_day("2025-01-01"), end=parse_day("2026-01-01"))
"""The year that the example lives through."""


def _item(name: str, *prices: tuple[Cadence, str, str]) -> PlanItem:
    return PlanItem(
        name=name, prices=tuple([Price(cycle=cycle, amount=money(amount, code)) for cycle, amount, code in prices])
    )


PLANS: Final = {
    "shared": plan_edition(
        PlanId("shared-start"),
        ProductKind.SHARED_HOSTING,
        (
            _item(
                "Shared hosting Start",
                (Cadence.SEMIANNUAL, "54000.00", "ARS"),
                (Cadence.ANNUAL, "96000.00", "ARS"),
                (Cadence.BIENNIAL, "168000.00", "ARS"),
                (Cadence.ANNUAL, "79.99", "USD"),
            ),
            _item(
                "Mail filter",
                (Cadence.SEMIANNUAL, "4999.99", "ARS"),
                (Cadence.ANNUAL, "9999.99", "ARS"),
                (Cadence.BIENNIAL, "19999.98", "ARS"),
                (Cadence.ANNUAL, "8.33", "USD"),
            ),
        ),
    ),
    "cloud": plan_edition(
        PlanId("cloud-two"),
        ProductKind.CLOUD_HOSTING,
        (
            _item(
                "Cloud hosting Two",
                (Cadence.MONTHLY, "21500.50", "ARS"),
                (Cadence.ANNUAL, "236505.50", "ARS"),
                (Cadence.MONTHLY, "19.90", "USD"),
            ),
        ),
    ),
    "video": plan_edition(
        PlanId("video-500"),
        ProductKind.VIDEO_STREAMING,
        (
            _item("Video streaming 500", (Cadence.MONTHLY, "35333.33", "ARS"), (Cadence.MONTHLY, "29.00", "USD")),
            _item("Recording", (Cadence.MONTHLY, "3500.00", "ARS"), (Cadence.MONTHLY, "3.05", "USD")),
        ),
    ),
}
"""The plans that the invented provider sells."""


def subscribers() -> tuple[Subscriber, ...]:
    """Return the clients of the invented provider, with the contracts they have or make during the year."""
    return (
        _one("Radio Los Ceibos", "ARS", "video", Cadence.MONTHLY, "2024-05-31"),
        _one("Panadería La Espiga", "ARS", "shared", Cadence.ANNUAL, "2023-03-15"),
        _one("Estudio Quebracho", "ARS", "shared", Cadence.BIENNIAL, "2023-06-30"),
        _one("Club Villa Nueva", "ARS", "shared", Cadence.SEMIANNUAL, "2024-08-31"),
        _one("Canal Ribera", "ARS", "video", Cadence.MONTHLY, "2024-11-12", Intention.LEAVE),
        _one("Ferretería Sur", "ARS", "cloud", Cadence.MONTHLY, "2024-02-29"),
        _one("Librería Alba", "ARS", "cloud", Cadence.ANNUAL, "2025-02-10"),
        _one("Taller Molina", "ARS", "cloud", Cadence.MONTHLY, "2025-04-30"),
        _one("Coro Municipal", "ARS", "shared", Cadence.SEMIANNUAL, "2025-05-05", Intention.LEAVE),
        _one("Northwind Podcasts", "USD", "video", Cadence.MONTHLY, "2025-01-31"),
        _one("Agência Maré", "USD", "cloud", Cadence.MONTHLY, "2024-09-01"),
        _one("Lighthouse Books", "USD", "shared", Cadence.ANNUAL, "2024-04-01"),
    )


_LOCALES: Final = {"Agência Maré": "pt_BR", "Northwind Podcasts": "en_US", "Lighthouse Books": "en_US"}


def _one(  # noqa: PLR0913, PLR0917  # one row of the table above
    name: str, code: str, plan: str, cycle: Cadence, anchor: str, intention: Intention = Intention.STAY
) -> Subscriber:
    client = Client(
        id=ClientId(derive("cli", name)),
        legal=LegalParty(name=name, address="Calle Inventada s/n", tax_id=""),
        tax_region="AR" if code == "ARS" else "export",
        currency=currency(code),
        locale=_LOCALES.get(name, "es_AR"),
        credit_use=CreditUse.APPLY,
    )
    edition: PlanEdition = PLANS[plan]
    begins: Day = parse_day(anchor)
    contract = TakeOver(key=f"example/{name}", client=client.id, plan_edition=edition.id, cycle=cycle, anchor=begins)
    return Subscriber(client=client, plan=edition, contract=contract, intention=intention)
