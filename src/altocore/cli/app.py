"""The commands and their options."""

from pathlib import Path
from typing import Annotated, Final

from cyclopts import App, Parameter
from rich.console import Console

from altocore.adapters.sqlite import SqliteStore
from altocore.analysis.behaviour import Behaviour
from altocore.analysis.example import PROVIDER
from altocore.cli import simulating
from altocore.cli.asking import prorate_command, quote
from altocore.cli.auditing import audit_store, sealed_lines
from altocore.cli.demo import demo
from altocore.cli.exits import Exit, guarded
from altocore.cli.explaining import as_value, page_of
from altocore.cli.living import Life, edition_of
from altocore.cli.migrations import Database, migration_sql
from altocore.cli.printing import TEXT, Output, Printed, existing, print_json, print_page, spoken
from altocore.cli.terms import difference_values, differences_page, field_values, terms_page
from altocore.cli.timelines import timeline_page, timeline_value
from altocore.codec.terms import Preset
from altocore.errors import BadValue
from altocore.values.anchors import Cadence, boundary
from altocore.values.days import parse_day
from altocore.values.periods import Period
from altocore.workflows.pages import PAGE

__all__ = ["app", "run"]

app: Final = App(
    name="altocore",
    help="Bills a provider's clients exactly, and says why. Exit codes: 0 done, 1 the audit objects, 2 misuse, 3 failed.",
    result_action="return_value",
)


@app.command(name="demo")
def demo_command(*, store: Path = Path("altocore-demo.sqlite"), locale: str = "en") -> Exit:
    """Let a small invented provider live through a year, and show its books.

    Args:
        store: The SQLite file; it is made where it is missing.
        locale: The language and country of what is shown, such as es_AR, en_US or pt_BR.
    """
    return guarded(lambda: demo(store, spoken(locale), Console()))


@app.command(name="simulate")
def simulate_command(  # noqa: PLR0913  # options of a command line
    *,
    portfolio: Path,
    from_: Annotated[str, Parameter(name="--from")],
    store: Path,
    months: int = 12,
    seed: int = 1,
    preset: Preset = Preset.DEFAULT,
    page: int = PAGE,
    output: Printed = TEXT,
) -> Exit:
    """Let a portfolio live through some months: the production plans, on an SQLite file, with assumed payments.

    Args:
        portfolio: The telecom sample as a CSV file.
        from_: The first day, such as 2025-01-01.
        store: The SQLite file. Where it holds a part of this very run, the run goes on from there.
        months: How many months.
        seed: What the assumed payments are drawn from.
        preset: The terms: default, manual or terms.
        page: How many plans one commit holds at most.
        output: Print the report as JSON.
    """

    def command() -> Exit:
        life = Life(
            provider=PROVIDER,
            edition=edition_of(preset),
            behaviour=Behaviour(seed=seed),
            span=_span(from_, months),
            page=page,
        )
        done, refused = simulating.simulate_file(portfolio, store, life, Console(stderr=True))
        if Output.JSON in output:
            return print_json(simulating.values_of(store, life, done, refused))
        return simulating.report(store, life, done, refused, Console())

    return guarded(command)


@app.command(name="explain")
def explain_command(invoice: str, /, *, store: Path, locale: str = "en", output: Printed = TEXT) -> Exit:
    """Explain an invoice line by line, with the rules and clauses that it rests on.

    Args:
        invoice: Its number, such as A-00000042, or its id.
        store: The SQLite file.
        locale: The language and country of the explanation, such as es_AR, en_US or pt_BR.
        output: Print it as JSON.
    """

    def command() -> Exit:
        with SqliteStore.open(existing(store)) as opened:
            if Output.JSON in output:
                return print_json(as_value(opened, invoice, spoken(locale)))
            page = page_of(opened, invoice, spoken(locale))
        return print_page(page)

    return guarded(command)


@app.command(name="timeline")
def timeline_command(invoice: str, /, *, store: Path, on: str, locale: str = "en", output: Printed = TEXT) -> Exit:
    """Tell what happens while an invoice stays unpaid: each step, its day, and why.

    Args:
        invoice: Its number, such as A-00000042, or its id.
        store: The SQLite file.
        on: The day of the question, such as 2025-03-01.
        locale: The language and country of what is told, such as es_AR, en_US or pt_BR.
        output: Print it as JSON.
    """

    def command() -> Exit:
        today = parse_day(on)
        with SqliteStore.open(existing(store)) as opened:
            if Output.JSON in output:
                return print_json(timeline_value(opened, invoice, today))
            page = timeline_page(opened, invoice, today, spoken(locale))
        Console().print(page, markup=False, highlight=False, soft_wrap=True)
        return Exit.OK

    return guarded(command)


@app.command(name="audit")
def audit_command(*, store: Path, seal: Path | None = None, output: Printed = TEXT) -> Exit:
    """Check every invariant of a store. Exits with 1 where one is broken.

    Args:
        store: The SQLite file.
        seal: A file that `altocore seal` wrote at an earlier time: each client's audit log has to go through it.
        output: Print what was found as JSON.
    """

    def command() -> Exit:
        broken = audit_store(existing(store), Console(stderr=True), seal)
        if Output.JSON in output:
            print_json(
                [{"invariant": each.invariant.value, "where": each.where, "problem": each.problem} for each in broken]
            )
        else:
            for each in broken:
                Console().print(f"{each.invariant.value} {each.where}: {each.problem}", markup=False, soft_wrap=True)
            Console().print("1 violation" if len(broken) == 1 else f"{len(broken)} violations")
        return Exit.VIOLATED if broken else Exit.OK

    return guarded(command)


@app.command(name="seal")
def seal_command(*, store: Path) -> Exit:
    """Print where each client's audit log ends, a line a client. Keep it where nobody of the store can write.

    Args:
        store: The SQLite file.
    """

    def command() -> Exit:
        for text in sealed_lines(existing(store)):
            print(text)
        return Exit.OK

    return guarded(command)


terms: Final = App(name="terms", help="Show some terms, or what differs between two; presets by name, or TOML files.")
app.command(terms)


@terms.command(name="show")
def terms_show_command(source: str, /, *, locale: str = "en", output: Printed = TEXT) -> Exit:
    """Show every field of some terms, with its value and its clause, and of each option all the readings.

    Args:
        source: A preset (default, manual or terms), or a TOML file.
        locale: The language and country of the words, such as es_AR, en_US or pt_BR.
        output: Print the fields as JSON.
    """

    def command() -> Exit:
        language = spoken(locale)
        return print_json(field_values(source)) if Output.JSON in output else print_page(terms_page(source, language))

    return guarded(command)


@terms.command(name="diff")
def terms_diff_command(before: str, after: str, /, *, locale: str = "en", output: Printed = TEXT) -> Exit:
    """Show every field that two terms say otherwise.

    Args:
        before: A preset (default, manual or terms), or a TOML file.
        after: Another one.
        locale: The language and country of the words, such as es_AR, en_US or pt_BR.
        output: Print the differences as JSON.
    """

    def command() -> Exit:
        language = spoken(locale)
        if Output.JSON in output:
            return print_json(difference_values(before, after))
        return print_page(differences_page(before, after, language))

    return guarded(command)


@app.command(name="schema")
def schema_command(database: Database, /, *, from_: Annotated[int, Parameter(name="--from")] = 0) -> Exit:
    """Print the SQL that brings a database to its newest form, to be read or run by whoever keeps it.

    Args:
        database: sqlite or postgres.
        from_: The step that the database has reached; 0 is an empty one.
    """

    def command() -> Exit:
        print(migration_sql(database, from_))
        return Exit.OK

    return guarded(command)


app.command(prorate_command, name="prorate")
app.command(quote)


def run() -> int:
    """Run the command that the arguments of the process name; return its exit code."""
    code = app()
    return int(code) if isinstance(code, int) else 0


def _span(first: str, months: int) -> Period:
    start = parse_day(first)
    if months < 1:
        raise BadValue("months", "must be at least 1")
    return Period(start=start, end=boundary(start, Cadence.MONTHLY, months))
