"""A small invented provider with a dozen clients, for the demo, the docs and first steps.

Every name here is made up. The portfolio holds what a year should show: cycles from a month to two years, two currencies,
an anchor on the 31st, contracts that were taken over and orders made during the year, clients who leave.
"""

from importlib.resources import files
from typing import Final

from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client, CreditUse, new_client
from altocore.codec.catalogue import catalogue_from_toml
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.days import Day, parse_day
from altocore.values.ids import ClientId, derive
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.workflows.subscribers import Intention, Subscriber
from altocore.workflows.taking_over import TakeOver

__all__ = ["PLANS", "PROVIDER", "YEAR", "client_of", "subscribers"]

PROVIDER: Final = Provider(
    legal=LegalParty(name="Nube Austral S.R.L.", address="Calle Inventada 123, Rosario", tax_id="30-00000000-0"),
    zone="America/Argentina/Buenos_Aires",
    currencies=(currency("ARS"), currency("USD"), currency("CLP")),
    series="A",
)
"""The invented provider."""

YEAR: Final = Period(start=parse_day("2025-01-01"), end=parse_day("2026-01-01"))
"""The year that the example lives through."""


PLANS: Final = {
    str(plan.plan): plan
    for plan in catalogue_from_toml(
        files("altocore.analysis").joinpath("example_catalogue.toml").read_text(encoding="utf-8")
    )
}
"""The plans that the invented provider sells, by name; there is one of every kind."""


def subscribers() -> tuple[Subscriber, ...]:
    """Return the clients of the invented provider, with the contracts they have or make during the year."""
    return (
        _one("Radio Los Ceibos", "ARS", "video-500", Cadence.MONTHLY, "2024-05-31"),
        _one("Panadería La Espiga", "ARS", "shared-start", Cadence.ANNUAL, "2023-03-15"),
        _one("Estudio Quebracho", "ARS", "shared-start", Cadence.BIENNIAL, "2023-06-30"),
        _one("Club Villa Nueva", "ARS", "shared-start", Cadence.SEMIANNUAL, "2024-08-31"),
        _one("Canal Ribera", "ARS", "video-500", Cadence.MONTHLY, "2024-11-12", Intention.LEAVE),
        _one("Ferretería Sur", "ARS", "cloud-two", Cadence.MONTHLY, "2024-02-29"),
        _one("Librería Alba", "ARS", "cloud-two", Cadence.ANNUAL, "2025-02-10"),
        _one("Taller Molina", "ARS", "cloud-two", Cadence.MONTHLY, "2025-04-30"),
        _one("Coro Municipal", "ARS", "shared-start", Cadence.SEMIANNUAL, "2025-05-05", Intention.LEAVE),
        _one("Northwind Podcasts", "USD", "video-500", Cadence.MONTHLY, "2025-01-31"),
        _one("Agência Maré", "USD", "cloud-two", Cadence.MONTHLY, "2024-09-01"),
        _one("Lighthouse Books", "USD", "shared-start", Cadence.ANNUAL, "2024-04-01"),
    )


_LOCALES: Final = {"Agência Maré": "pt_BR", "Northwind Podcasts": "en_US", "Lighthouse Books": "en_US"}


def client_of(name: str, code: str) -> Client:
    """Return the client of this name, billed in this currency: pesos at home, anything else abroad.

    Everybody was asked for current data as the year began.
    """
    return new_client(
        ClientId(derive("cli", name)),
        legal=LegalParty(name=name, address="Calle Inventada s/n", tax_id=""),
        email=f"{derive('mail', name)}@clients.example",
        phone="+5493410000000",
        tax_region="AR" if code == "ARS" else "export",
        currency=currency(code),
        locale=_LOCALES.get(name, "es_AR"),
        credit_use=CreditUse.APPLY,
        day=YEAR.start,
    )


def _one(  # noqa: PLR0913, PLR0917  # one row of the table above
    name: str, code: str, plan: str, cycle: Cadence, anchor: str, intention: Intention = Intention.STAY
) -> Subscriber:
    client = client_of(name, code)
    edition: PlanEdition = PLANS[plan]
    begins: Day = parse_day(anchor)
    contract = TakeOver(key=f"example/{name}", client=client.id, plan_edition=edition.id, cycle=cycle, anchor=begins)
    return Subscriber(client=client, plan=edition, contract=contract, intention=intention)
