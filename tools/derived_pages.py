"""Write into the pages of docs/ what is derived from the tables of the code; a test says when a page differs.

A derived block stands between two comments, `<!-- derived: NAME -->` and `<!-- end: NAME -->`. Run this as
`python -m tools.derived_pages` after a table has changed; text outside the blocks is left as it is.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from enum import Enum, StrEnum
from itertools import groupby
from pathlib import Path
from typing import Final, TypeVar

from altocore.billing.invoices import InvoiceKind
from altocore.billing.ledger import POSTINGS
from altocore.billing.standing import STANDING
from altocore.billing.timeline import timeline
from altocore.codec.terms import Preset, preset, terms_from_toml
from altocore.lifecycle.machine import SERVICE, ServiceState
from altocore.policy.activation import ACTIVATION
from altocore.policy.adjustment import ADJUSTMENT
from altocore.policy.administrative_costs import ADMINISTRATIVE_COSTS
from altocore.policy.cancellation import CANCELLATION
from altocore.policy.cycle_change import CYCLE_CHANGE
from altocore.policy.discontinuation import DISCONTINUATION
from altocore.policy.ending import ENDING
from altocore.policy.fault import FAULT
from altocore.policy.invoice import INVOICE
from altocore.policy.invoice_cancellation import INVOICE_CANCELLATION
from altocore.policy.lapse import LAPSE
from altocore.policy.order import ORDER
from altocore.policy.overdue import OVERDUE
from altocore.policy.payment import PAYMENT
from altocore.policy.promise import PROMISE
from altocore.policy.reactivation import REACTIVATION
from altocore.policy.recovery import RECOVERY
from altocore.policy.registration import REGISTRATION
from altocore.policy.renewal import RENEWAL
from altocore.policy.renewal_choice import RENEWAL_CHOICE
from altocore.policy.restoration import RESTORATION
from altocore.policy.suspension import SUSPENSION
from altocore.policy.taking_back import TAKING_BACK
from altocore.policy.termination import TERMINATION
from altocore.policy.terms_change import TERMS_CHANGE
from altocore.policy.upgrade import UPGRADE
from altocore.policy.upgrade_path import UPGRADE_PATH
from altocore.policy.write_off import WRITE_OFF
from altocore.terms.clauses import Clause
from altocore.terms.differences import FieldValue, fields_of
from altocore.terms.machines import Machine, diagram
from altocore.terms.parts import TaxRate
from altocore.testing.clocks import CLOCKS
from altocore.testing.leases import PROMISES as LEASES
from altocore.testing.store_commits import COMMITS
from altocore.testing.store_ledgers import LEDGERS
from altocore.testing.store_logs import LOGS
from altocore.testing.store_reads import READS
from altocore.testing.stores import all_is_there_when_it_is_opened_again
from altocore.text.explanations import rule_text
from altocore.text.names import name_of
from altocore.text.terms import field_text, value_text
from altocore.values.anchors import Cadence, boundary
from altocore.values.days import Day, day
from tools.derived_answers import answers_by_reading, possible
from tools.derived_changes import presets_compared

__all__ = ["BLOCKS", "DOCS", "JUDGEMENTS", "found_in", "renewed"]

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"

JUDGEMENTS: Final = (
    REGISTRATION,
    ORDER,
    ACTIVATION,
    RENEWAL,
    PAYMENT,
    SUSPENSION,
    REACTIVATION,
    OVERDUE,
    TERMINATION,
    FAULT,
    PROMISE,
    WRITE_OFF,
    ADJUSTMENT,
    ADMINISTRATIVE_COSTS,
    INVOICE_CANCELLATION,
    CANCELLATION,
    TAKING_BACK,
    RENEWAL_CHOICE,
    LAPSE,
    ENDING,
    DISCONTINUATION,
    TERMS_CHANGE,
    RECOVERY,
    RESTORATION,
    UPGRADE_PATH,
    UPGRADE,
    CYCLE_CHANGE,
    INVOICE,
)
"""Every judgement, in the order in which a service meets them."""

MACHINES: Final = (SERVICE, STANDING)

S = TypeVar("S", bound=Enum)
C = TypeVar("C", bound=Enum)

_BLOCK: Final = re.compile(r"<!-- derived: ([a-z0-9-]+) -->\n(.*?)<!-- end: \1 -->", re.DOTALL)
_FAMILY: Final = re.compile(r"([A-Z]{3})-([0-9]+)")
_COMMENTED: Final = re.compile(
    r"^# ([A-Z]{3}-[0-9]+(?:, [A-Z]{3}-[0-9]+)*) \(.*\n(?:\[\[[a-z]+\.([a-z_]+)\]\]|([a-z_]+) =)", re.MULTILINE
)


def table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    head = list(heading)
    lines = [head, ["---"] * len(head), *[list(row) for row in rows]]
    return "\n".join([f"| {' | '.join(line)} |" for line in lines])


def code(text: object) -> str:
    """Return the text set as code."""
    return f"`{text}`"


def moves(machine: Machine[S, C]) -> str:
    """Return every legal move of a machine as a table."""
    return table(
        ("from", "command", "to", "rule", "clauses"),
        [
            (code(state.value), code(command.value), code(move.to.value), f"**{move.rule}**", _clauses(move.clauses))
            for (state, command), move in machine.moves.items()
        ],
    )


def drawn(machine: Machine[S, C]) -> str:
    """Return the diagram of a machine as a fenced block."""
    return f"```mermaid\n{diagram(machine)}\n```"


def postings() -> str:
    """Return the posting table."""
    return table(
        ("movement", "debit", "credit", "in words"),
        [
            (code(movement.value), code(debit.value), code(credit.value), name_of(movement, "en"))
            for movement, (debit, credit) in POSTINGS.items()
        ],
    )


def steps() -> str:
    """Return the timeline of each kind of invoice under the default terms."""
    terms = terms_from_toml(preset(Preset.DEFAULT)).overdue
    return table(
        ("kind of invoice", "day from the due day", "step"),
        [
            (code(kind.value), f"{step.from_due_days:+d}", code(step.stage.value))
            for kind in InvoiceKind
            for step in timeline(kind, terms)
        ],
    )


def months() -> str:
    """Return the monthly boundaries of an anchor on 31 January, beside what stepping from one to the next would give."""
    anchor = day(2025, 1, 31)
    stepped, rows = anchor, []
    for n in range(14):
        counted = boundary(anchor, Cadence.MONTHLY, n)
        rows.append((str(n), code(counted), code(stepped), "" if counted == stepped else "differs"))
        stepped = _month_later(stepped)
    return table(("n", "counted from the anchor", "stepped from the one before", ""), rows)


def _month_later(of: Day) -> Day:
    year, month = divmod(of.year * 12 + of.month, 12)
    return day(year, month + 1, min(of.day, monthrange(year, month + 1)[1]))


def rules() -> str:
    """Return every rule that stands in a table of the code."""
    clauses: dict[str, dict[Clause, None]] = {}
    places: dict[str, dict[str, dict[str, None]]] = {}

    def stands(rule: str, under: tuple[Clause, ...], place: str, role: str) -> None:
        clauses.setdefault(rule, {}).update(dict.fromkeys(under))
        places.setdefault(rule, {}).setdefault(place, {})[role] = None

    for judgement in JUDGEMENTS:
        for check in judgement.checks:
            stands(check.rule, check.clauses, judgement.name, "check")
        for ground in judgement.grounds:
            stands(ground.rule, ground.clauses, judgement.name, "ground")
    for machine in MACHINES:
        for move in machine.moves.values():
            stands(move.rule, move.clauses, machine.name, "move")
    return table(
        ("rule", "what it says", "clauses", "stands in"),
        [
            (
                f"**{rule}**",
                rule_text(rule, "en"),
                _clauses(clauses[rule]),
                "<br>".join([f"{place}: {', '.join(roles)}" for place, roles in places[rule].items()]),
            )
            for rule in sorted(clauses, key=_by_number)
        ],
    )


def _by_number(rule: str) -> tuple[str, int]:
    found = _FAMILY.fullmatch(rule)
    if found is None:
        message = f"{rule} is no rule"
        raise ValueError(message)
    return found[1], int(found[2])


def terms() -> str:
    """Return every field of the terms: what it is, its rule, its clause, its value in each preset."""
    said = {each: fields_of(terms_from_toml(preset(each))) for each in Preset}
    rule_of = {found[2] or found[3]: found[1] for found in _COMMENTED.finditer(preset(Preset.DEFAULT))}
    parts: list[str] = []
    for part, fields in groupby(zip(*said.values(), strict=True), key=lambda row: row[0].part):
        rows = [
            (
                "<br>".join(
                    [code(row[0].name), field_text(row[0].code, "en"), _stands(rule_of[row[0].name], row[0].clause)]
                ),
                *[_value(each.value) for each in row],
            )
            for row in fields
        ]
        heading = ("field, rule, clause", *[code(each.value) for each in Preset])
        parts.append(f"### {part}\n\n{table(heading, rows)}")
    return "\n\n".join(parts)


def readings() -> str:
    """Return every option of the terms with all its readings, in words, and the presets that read it so."""
    said = {each: fields_of(terms_from_toml(preset(each))) for each in Preset}
    rows = [
        (
            code(f"{of.part}.{of.name}"),
            code(reading.value),
            name_of(reading, "en"),
            ", ".join([code(each.value) for each in Preset if said[each][place].value is reading]),
        )
        for place, of in enumerate(said[Preset.DEFAULT])
        if isinstance(of.value, StrEnum)
        for reading in type(of.value)
    ]
    return table(("option", "reading", "in words", "presets"), rows)


def promises(*asked: Callable[..., None]) -> str:
    """Return the promises that a check asks for, in its order: the name that a failure bears, and what is promised."""
    return table(
        ("promise", "in words"),
        [(code(each.__name__), (each.__doc__ or "").partition("\n\n")[0].replace("\n", " ").strip()) for each in asked],
    )


def _stands(rule: str, clause: Clause) -> str:
    return f"**{rule}** · {code(clause)}"


def _value(value: FieldValue) -> str:
    match value:
        case Enum():
            return code(value.name.lower())
        case tuple() if any(isinstance(each, TaxRate) for each in value):
            return value_text(value, "en").replace(", ", "<br>")
        case tuple():
            return code(list(value))
        case _:
            return code(value)


def _clauses(found: Iterable[Clause]) -> str:
    return ", ".join([code(each) for each in found])


def answers() -> str:
    """Return what may be done to a service in each state, and why not the rest."""
    return table(("deed, by whom", *[code(state.value) for state in ServiceState]), possible())


def contradictions() -> str:
    """Return each option's question with the answer of each of its readings."""
    return "\n\n".join([f"### {asked}\n\n{table(('reading', 'answer'), rows)}" for asked, rows in answers_by_reading()])


def changes() -> str:
    """Return twenty changes of plan, and what each comes to under each preset."""
    return table(("change", *[code(each.value) for each in Preset]), presets_compared())


BLOCKS: Final[dict[str, Callable[[], str]]] = {
    "service-diagram": lambda: drawn(SERVICE),
    "service-moves": lambda: moves(SERVICE),
    "standing-diagram": lambda: drawn(STANDING),
    "standing-moves": lambda: moves(STANDING),
    "postings": postings,
    "timeline": steps,
    "months": months,
    "possible": answers,
    "contradictions": contradictions,
    "plan-changes": changes,
    "rules": rules,
    "terms": terms,
    "readings": readings,
    "store-promises": lambda: promises(*COMMITS, *LEDGERS, *READS, *LOGS, all_is_there_when_it_is_opened_again),
    "leases-promises": lambda: promises(*LEASES),
    "clock-promises": lambda: promises(*CLOCKS),
}
"""Every derived block, by its name."""


def found_in(text: str) -> dict[str, str]:
    """Return the derived blocks of a page as they stand there."""
    return {found[1]: found[2].strip("\n") for found in _BLOCK.finditer(text)}


def renewed(text: str) -> str:
    """Return the page with each of its blocks derived anew."""
    return _BLOCK.sub(
        lambda found: f"<!-- derived: {found[1]} -->\n\n{BLOCKS[found[1]]()}\n\n<!-- end: {found[1]} -->", text
    )


def main() -> None:
    """Renew every page that differs, and name it."""
    for page in sorted(DOCS.rglob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = renewed(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(page.relative_to(DOCS))


if __name__ == "__main__":
    main()
