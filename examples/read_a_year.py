"""Let an invented provider live through a year in an SQLite file, then read what a service would show of it.

What a service reads: a client's invoices with their numbers, what is open, what the ledger says by account, what the
outside is to be told. Reading needs no rulebook and changes nothing.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from altocore import audit, day
from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.example import PROVIDER, YEAR, subscribers
from altocore.analysis.simulation import simulate
from altocore.analysis.summary import ledger_by_account, services_by_state
from altocore.billing.invoices import Invoice
from altocore.billing.numbering import label
from altocore.billing.standing import Standing, StandingState
from altocore.clients.clients import Client
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.plans.reading import OfClients
from altocore.ports.store import Store
from altocore.text.amounts import amount_text
from altocore.text.names import name_of
from altocore.workflows.registering import publish
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.walking import every

LOCALE = "en_US"


def live_a_year(store: Store) -> None:
    """Publish the terms, then bill a year; how the clients pay is assumed, and drawn from a seed."""
    begun = day(1970, 1, 1)
    publish(store, [terms_edition(preset(Preset.DEFAULT), published=begun, effective=begun)])
    behaviour = Behaviour(seed=31, on_time_percent=84, late_percent=8, after_suspension_percent=5)
    simulate(store, load_rulebook(store, PROVIDER), subscribers(), behaviour=behaviour, span=YEAR)


def show_invoices(store: Store, client: Client) -> None:
    """Print a client's invoices: three reads, however many there are."""
    owner = OfClients((client.id,))
    standings = {stored.document.id: stored.document for stored in store.select(Standing, owner)}
    invoices = sorted([stored.document for stored in store.select(Invoice, owner)], key=lambda each: each.issued)
    numbers = store.numbers([invoice.id for invoice in invoices])
    print(f"{client.legal.name}: {len(invoices)} invoices")
    for invoice in invoices:
        state = name_of(standings[invoice.id].state, LOCALE)
        print(f"  {label(*numbers[invoice.id])}  {invoice.issued}  {amount_text(invoice.total, LOCALE):>14}  {state}")


def show_open_amounts(store: Store) -> None:
    """Print what is still owed, invoice by invoice."""
    print("Open amounts")
    for standing in every(store, Standing):
        if standing.state is StandingState.OPEN:
            print(f"  {amount_text(standing.open_amount, LOCALE)}, due on {standing.due}")


def show_ledger(store: Store) -> None:
    """Print the balance of each account; those of one currency sum to zero."""
    print("Ledger by account")
    for total in ledger_by_account(store):
        print(f"  {name_of(total.account, LOCALE):<20} {amount_text(total.balance, LOCALE):>20}")


def show_messages(store: Store, client: Client) -> None:
    """Print what a client is to be told; the words are made when a message is sent."""
    print(f"Messages to {client.legal.name}")
    for kind, count in Counter(message.kind for message in store.messages(client.id)).items():
        print(f"  {count:>3} {name_of(kind, LOCALE)}")


def main() -> None:
    """Live through the year in a file, and read it."""
    with TemporaryDirectory() as folder, SqliteStore.open(Path(folder) / "year.sqlite") as store:
        live_a_year(store)
        radio = next(client for client in every(store, Client) if client.legal.name == "Radio Los Ceibos")
        show_invoices(store, radio)
        show_open_amounts(store)
        show_ledger(store)
        show_messages(store, radio)
        print("Services:", ", ".join(f"{count} {state.value}" for state, count in services_by_state(store).items()))
        print(f"The audit objects to: {list(audit(store)) or 'nothing'}")


if __name__ == "__main__":
    main()
