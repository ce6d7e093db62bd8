"""The commands that only ask: what the parts of a period come to, what another plan or another cycle would cost."""

from pathlib import Path
from typing import Final

from cyclopts import App

from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.example import PROVIDER
from altocore.catalogue.kinds import Administration
from altocore.cli.exits import Exit, guarded
from altocore.cli.printing import TEXT, Output, Printed, existing, print_json, print_page, spoken
from altocore.cli.prorating import Cutting, slices_page, slices_value
from altocore.cli.quoting import cycle_page, cycle_value, quote_page, quote_value
from altocore.codec.scalars import read_amount, read_cycle
from altocore.values.cycles import Cycle
from altocore.values.days import parse_day
from altocore.values.ids import PlanId
from altocore.values.money import Money
from altocore.values.rounding import Rounding
from altocore.workflows.enquiries.plan_changes import PlanChange, Storage

__all__ = ["prorate_command", "quote"]


def prorate_command(  # noqa: PLR0913  # options of a command line
    price: str,
    /,
    *,
    anchor: str,
    cycle: str,
    cut: list[str],
    rounding: Rounding = Rounding.HALF_UP,
    zone: str = PROVIDER.zone,
    locale: str = "en",
    output: Printed = TEXT,
) -> Exit:
    """Show what the parts of a period come to: on every basis side by side, how much of how much, exactly and rounded.

    Args:
        price: What the whole period costs, such as "100.00 USD".
        anchor: The first day of the contract, such as 2025-01-31; periods are counted from it.
        cycle: How long a period is: monthly, quarterly, semiannual, annual, biennial or triennial.
        cut: A day of the period before which it is cut; give it again for more parts. A day before the anchor cuts the
            period that would end there.
        rounding: How each amount is rounded.
        zone: Whose clocks count the seconds.
        locale: The language and country of what is shown, such as es_AR, en_US or pt_BR.
        output: Print it as JSON.
    """

    def command() -> Exit:
        language = spoken(locale)
        asked = Cutting(
            price=read_amount(price, Money),
            anchor=parse_day(anchor),
            cycle=read_cycle(cycle, Cycle),
            at=tuple([parse_day(each) for each in cut]),
            rounding=rounding,
            zone=zone,
        )
        return print_json(slices_value(asked)) if Output.JSON in output else print_page(slices_page(asked, language))

    return guarded(command)


quote: Final = App(name="quote", help="Quote what a change would cost; nothing is changed.")


@quote.command(name="upgrade")
def quote_upgrade_command(  # noqa: PLR0913  # options of a command line
    service: str,
    /,
    *,
    store: Path,
    plan: str,
    on: str,
    cycle: str | None = None,
    administration: Administration | None = None,
    stored_mb: int | None = None,
    room_mb: int = 0,
    locale: str = "en",
    output: Printed = TEXT,
) -> Exit:
    """Quote another plan for a service: every reading of the terms side by side, with the arithmetic.

    Args:
        service: Its id, such as srv_588087670628b305b6731828, or the number or the id of one of its invoices.
        store: The SQLite file.
        plan: The plan to move to.
        on: The day of the question, such as 2025-03-01.
        cycle: The cycle of the new plan, where it is another one.
        administration: Who shall administer a server, where the service is none today: client or provider.
        stored_mb: What the service stores, in megabytes; asked for where the plan is a smaller one.
        room_mb: What room the new plan has, in megabytes.
        locale: The language and country of what is told, such as es_AR, en_US or pt_BR.
        output: Print it as JSON.
    """

    def command() -> Exit:
        language = spoken(locale)
        change = PlanChange(
            plan=PlanId(plan),
            cycle=None if cycle is None else read_cycle(cycle, Cycle),
            administration=administration,
            storage=None if stored_mb is None else Storage(stored_mb=stored_mb, room_mb=room_mb),
        )
        with SqliteStore.open(existing(store)) as opened:
            if Output.JSON in output:
                return print_json(quote_value(opened, service, change, parse_day(on)))
            page = quote_page(opened, service, change, parse_day(on), language)
        return print_page(page)

    return guarded(command)


@quote.command(name="cycle")
def quote_cycle_command(  # noqa: PLR0913  # options of a command line
    service: str, /, *, store: Path, cycle: str, on: str, locale: str = "en", output: Printed = TEXT
) -> Exit:
    """Quote another cycle of the same plan for a service: from which day on, for which price, or why not.

    Args:
        service: Its id, such as srv_588087670628b305b6731828, or the number or the id of one of its invoices.
        store: The SQLite file.
        cycle: The cycle to change to: monthly, quarterly, semiannual, annual, biennial or triennial.
        on: The day of the question, such as 2025-03-01.
        locale: The language and country of what is told, such as es_AR, en_US or pt_BR.
        output: Print it as JSON.
    """

    def command() -> Exit:
        language, asked, today = spoken(locale), read_cycle(cycle, Cycle), parse_day(on)
        with SqliteStore.open(existing(store)) as opened:
            if Output.JSON in output:
                return print_json(cycle_value(opened, service, asked, today))
            page = cycle_page(opened, service, asked, today, language)
        return print_page(page)

    return guarded(command)
