"""Rows that cannot be understood: the audit names each once and audits the rest; a run parks what hangs on it and goes on."""

from typing import Final

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.billing.payments import PaymentNotice
from altocore.billing.standing import StandingState
from altocore.catalogue.plans import PlanEdition
from altocore.clients.clients import Client
from altocore.errors import HistoryCorrupt
from altocore.lifecycle.events import ServiceEvent
from altocore.lifecycle.service import Service
from altocore.plans.documents import KINDS
from altocore.plans.scanning import After
from altocore.terms.options import CancellationDebt
from altocore.values.days import day
from altocore.values.ids import ClientId
from altocore.workflows.auditing import Invariant, audit
from altocore.workflows.day import bill_day
from altocore.workflows.ordering import service_id
from altocore.workflows.paying import take_payments
from altocore.workflows.reports import Parked, Report
from altocore.workflows.rulebook import load_rulebook
from altocore.workflows.walking import every, read_sound
from tests import cast as examples
from tests.workflows import cast, staff
from tests.workflows.cast import World
from tests.workflows.corruptions import Corruption, plant
from tests.workflows.tampering import rows, tamper

A: Final = service_id("a")
B: Final = service_id("b")
C: Final = service_id("c")


@pytest.fixture
def world(disk: SqliteStore) -> World:
    """Give a world on disk on the eve of three renewals: Ana's, Ben's and Cleo's, hers of another plan."""
    world = cast.world(disk)
    world.run("a")
    world.run("b", of=cast.BEN)
    world.run("c", of=cast.CLEO, plan=cast.STUDIO)
    staff.adjust(world)
    world.today = day(2025, 2, 18)
    assert cast.findings(disk) == []
    return world


def damage(store: SqliteStore, kind: str, document: str, text: str = "{") -> None:
    """Put a text in a document's place that is none."""
    changed = tamper(store, "UPDATE document SET body = ? WHERE kind = ? AND id = ?", text, kind, document)
    assert changed == 1


def unsound(store: SqliteStore) -> list[str]:
    """Return the rows that the audit cannot understand, each as often as it is named."""
    return [each.where for each in audit(store) if each.invariant is Invariant.ROWS_ARE_SOUND]


def some_id(store: SqliteStore, kind: str) -> str:
    """Return the id of one of Ana's documents of a kind, or of the edition that she has."""
    if kind == "plan_edition":
        return cast.CLOUD.id
    if kind == "terms_edition":
        return cast.DEFAULT.id
    ((found,), *_) = rows(store, "SELECT id FROM document WHERE kind = ? AND client = ? ORDER BY id", kind, cast.ANA)
    return str(found)


def bill(world: World) -> Report:
    """Bill today, whatever is parked."""
    return bill_day(world.store, world.rulebook, world.at())


def issued(store: SqliteStore) -> set[str]:
    """Return the services that have a renewal."""
    found = rows(store, "SELECT service FROM document WHERE kind = 'invoice' GROUP BY service HAVING count(*) = 2")
    return {str(service) for (service,) in found}


# The audit -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "{", "null", '{"schema":1}', '{"schema":99}'])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("world")
def test_a_document_that_cannot_be_understood_is_named_once(disk: SqliteStore, kind: str, text: str) -> None:
    """Of any kind and however it is damaged: named by its id, once, whoever meets it."""
    own = some_id(disk, kind)
    damage(disk, kind, own, text)
    assert unsound(disk) == [own]


def is_audited(store: SqliteStore, client: ClientId) -> bool:
    """Say whether the audit reads a client's books: it sees the credit, out of nothing, that is put into them."""
    plant(store, Corruption(credit={client: 7}))
    expected = (Invariant.CREDIT_IS_SUM_OF_POSTINGS, client)
    return expected in {(each.invariant, each.where) for each in audit(store)}


@pytest.mark.parametrize(
    "kind",
    KINDS,
)
@pytest.mark.usefixtures("world")
def test_the_rest_is_audited(disk: SqliteStore, kind: str) -> None:
    """What is wrong with Ben's books is found, whatever of Ana's or of what they share is damaged."""
    damage(disk, kind, some_id(disk, kind))
    assert is_audited(disk, cast.BEN)


@pytest.mark.usefixtures("world")
def test_who_has_another_plan_is_audited(disk: SqliteStore) -> None:
    """A damaged plan does not keep the audit from those who do not have it."""
    damage(disk, "plan_edition", cast.CLOUD.id)
    assert is_audited(disk, cast.CLEO)


@pytest.mark.usefixtures("world")
def test_a_damaged_row_does_not_make_numbers_gap(disk: SqliteStore) -> None:
    """PAY-12: the number of an invoice that cannot be read is not missed."""
    damage(disk, "invoice", some_id(disk, "invoice"))
    assert Invariant.NUMBERS_ARE_GAPLESS not in {each.invariant for each in audit(disk)}


@pytest.mark.usefixtures("world")
def test_each_damaged_client_is_named(disk: SqliteStore) -> None:
    """Several on one page, and Cleo's books are read beside them."""
    damage(disk, "client", cast.ANA)
    damage(disk, "client", cast.BEN)
    assert sorted(unsound(disk)) == [cast.ANA, cast.BEN]
    assert is_audited(disk, cast.CLEO)


def test_damaged_rows_of_several_clients_are_each_named(world: World, disk: SqliteStore) -> None:
    """One of Ana's, one of Ben's."""
    damage(disk, "standing", world.standing(A, 0).id)
    damage(disk, "service", B)
    assert sorted(unsound(disk)) == sorted([world.invoice(A, 0).id, B])


def test_damaged_rows_of_one_client_are_each_named(world: World, disk: SqliteStore) -> None:
    """Two of Ana's: whoever repairs the first must not meet the second only then."""
    damage(disk, "standing", world.standing(A, 0).id)
    damage(disk, "service", A)
    assert sorted(unsound(disk)) == sorted([world.invoice(A, 0).id, A])


@pytest.mark.usefixtures("world")
def test_a_damaged_plan_that_nobody_has_is_named(disk: SqliteStore) -> None:
    """Who orders it next would meet it."""
    damage(disk, "plan_edition", cast.SHARED.id)
    assert unsound(disk) == [cast.SHARED.id]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("movement", "given away"),
        ("debit", "sales"),
        ("day", "2025-02-30"),
        ("currency", "XXX"),
        ("minor", 0),
        ("minor", -1),
    ],
)
def test_a_posting_that_cannot_be_understood_is_named_once(
    world: World, disk: SqliteStore, column: str, value: str | int
) -> None:
    """By its place in the journal; the clients that it is not of are audited."""
    ((place,), *_) = rows(disk, "SELECT seq FROM posting WHERE document = ?", world.invoice(A, 0).id)
    # The columns are those of the list above.
    tamper(disk, f"UPDATE posting SET {column} = ? WHERE seq = ?", value, place)  # noqa: S608
    assert unsound(disk) == [f"posting {place}"]
    assert is_audited(disk, cast.BEN)


@pytest.mark.usefixtures("world")
def test_a_message_that_cannot_be_understood_is_named_once(disk: SqliteStore) -> None:
    """By its place in the journal; whoever sends messages stops at it."""
    tamper(disk, "UPDATE message SET kind = 'greeting' WHERE seq = 1")
    with pytest.raises(HistoryCorrupt) as told:
        list(disk.messages())
    assert told.value.where == "message 1"
    assert unsound(disk) == ["message 1"]


def spoil_agenda(store: SqliteStore, kind: str, document: str) -> None:
    """Put a document on the agenda of a day that there is not."""
    changed = tamper(store, "UPDATE document SET agenda = '2025-02-00' WHERE kind = ? AND id = ?", kind, document)
    assert changed == 1


@pytest.mark.parametrize("kind", ["service", "standing"])
@pytest.mark.usefixtures("world")
def test_an_agenda_that_is_no_day_is_named_once(disk: SqliteStore, kind: str) -> None:
    """The document is named, for it stands on another day than it says, and the rest is audited."""
    own = some_id(disk, kind)
    spoil_agenda(disk, kind, own)
    assert [each.where for each in audit(disk) if each.invariant is Invariant.AGENDA_IS_DERIVED] == [own]
    assert is_audited(disk, cast.BEN)


@pytest.mark.usefixtures("world")
def test_what_is_told_repeats_nothing(disk: SqliteStore) -> None:
    """CLI-7: a damaged row is named by its id, its words are not repeated."""
    damage(disk, "client", cast.ANA, '{"schema":1,"legal":"Canary 4711"}')
    told = [f"{each.where} {each.problem}" for each in audit(disk)]
    assert told
    assert "4711" not in " ".join(told)


# The day's billing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "document", "parked", "billed"),
    [
        ("service", A, [A], {B, C}),
        ("client", cast.ANA, [A], {B, C}),
        ("plan_edition", cast.STUDIO.id, [C], {A, B}),
        ("plan_edition", cast.CLOUD.id, [A, B], {C}),
    ],
    ids=["service", "client", "a plan of one", "a plan of two"],
)
def test_what_hangs_on_a_damaged_row_is_parked(  # noqa: PLR0913, PLR0917  # a world, and a row of the table
    world: World, disk: SqliteStore, kind: str, document: str, parked: list[str], billed: set[str]
) -> None:
    """By the id of what was to be done; everything else of the page is billed, and asked again it is the same."""
    damage(disk, kind, document)
    report = bill(world)
    assert sorted(each.id for each in report.parked) == sorted(parked)
    assert issued(disk) == billed
    again = bill(world)
    assert (again.committed, again.parked) == (0, report.parked)


def test_a_damaged_standing_parks_its_invoice(world: World, disk: SqliteStore) -> None:
    """Ana's reminder cannot be made, Ben's and Cleo's are."""
    world.bill()
    world.today = day(2025, 2, 22)
    own = world.standing(A, 1).id
    damage(disk, "standing", own)
    report = bill(world)
    assert [each.id for each in report.parked] == [own]
    assert report.committed == 2
    assert [world.standing(each, 1).steps_done for each in (B, C)] == [1, 1]


@pytest.mark.parametrize("kind", ["invoice", "service_event", "payment"])
def test_what_billing_does_not_read_does_not_stop_it(world: World, disk: SqliteStore, kind: str) -> None:
    """An old invoice, event or payment that is damaged keeps nobody from being billed."""
    damage(disk, kind, some_id(disk, kind))
    report = bill(world)
    assert (report.committed, report.parked) == (3, [])


def test_damaged_journals_do_not_stop_billing(world: World, disk: SqliteStore) -> None:
    """A run writes postings and messages, and reads none."""
    tamper(disk, "UPDATE posting SET movement = 'given away'")
    tamper(disk, "UPDATE message SET kind = 'greeting'")
    assert bill(world).committed == 3


def test_a_row_that_is_repaired_is_billed(world: World, disk: SqliteStore) -> None:
    """Parked is not lost: it is still on the agenda."""
    ((text,),) = rows(disk, "SELECT body FROM document WHERE kind = 'service' AND id = ?", A)
    damage(disk, "service", A)
    bill(world)
    damage(disk, "service", A, str(text))
    assert bill(world).committed == 1
    assert issued(disk) == {A, B, C}
    assert cast.findings(disk) == []


def test_an_agenda_that_is_no_day_stops_nobody(world: World, disk: SqliteStore) -> None:
    """All others are billed; what stands on a day that never comes is told by the audit."""
    spoil_agenda(disk, "service", A)
    report = bill(world)
    assert report.parked == []
    assert issued(disk) >= {B, C}


# Payments ------------------------------------------------------------------------------------------------------------


def told(world: World) -> list[PaymentNotice]:
    """Return the payments of the three renewals, in a file."""
    return [world.notice(world.invoice(each, 1).id) for each in (A, B, C)]


@pytest.mark.parametrize("kind", ["standing", "service"])
def test_a_payment_of_a_damaged_row_is_parked(world: World, disk: SqliteStore, kind: str) -> None:
    """PAY-18: by its gateway and transaction; the others of the file are taken."""
    world.bill()
    notices = told(world)
    damage(disk, kind, A if kind == "service" else notices[0].invoice)
    report = take_payments(disk, world.rulebook, notices, world.at())
    assert [each.id for each in report.parked] == [f"cards/{notices[0].transaction}"]
    assert report.committed == 2
    assert [world.standing(each, 1).state for each in (B, C)] == [StandingState.PAID] * 2


@pytest.mark.parametrize("kind", ["client", "plan_edition", "invoice"])
def test_a_payment_needs_no_more_than_it_settles(world: World, disk: SqliteStore, kind: str) -> None:
    """PAY-18: who cannot be billed on can still pay."""
    world.bill()
    notices = told(world)
    damage(disk, kind, some_id(disk, kind))
    report = take_payments(disk, world.rulebook, notices, world.at())
    assert (report.committed, report.parked) == (3, [])
    assert world.standing(A, 1).state is StandingState.PAID


def test_a_damaged_sibling_does_not_keep_money_out(disk: SqliteStore) -> None:
    """PAY-18, "only the first must succeed": another service of the client cannot be read, and the payment is taken."""
    says = examples.terms(cancellation=examples.cancellation_terms(debt=CancellationDebt.ALL_INVOICES))
    world = cast.world(disk, examples.terms_edition(published=cast.FOUNDED, effective=cast.FOUNDED, says=says))
    world.order("a")
    world.order("b")
    notice = world.notice(world.invoice(A, 0).id)
    damage(disk, "service", B)
    report = take_payments(disk, world.rulebook, [notice], world.at())
    assert (report.committed, report.parked) == (1, [])


# Terms, and reading --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("world")
def test_a_damaged_edition_of_terms_stops_the_rulebook(disk: SqliteStore) -> None:
    """REN-4: without its terms nobody is billed; the edition is named."""
    damage(disk, "terms_edition", cast.DEFAULT.id)
    with pytest.raises(HistoryCorrupt) as stopped:
        load_rulebook(disk, cast.PROVIDER)
    assert stopped.value.where == cast.DEFAULT.id


def test_what_is_sound_is_read_around_what_is_not(world: World, disk: SqliteStore) -> None:
    """In the order that was asked for; what is not stored is left out, what is damaged is told."""
    damage(disk, "service", B)
    sound, damaged = read_sound(disk, Service, [C, "srv_none", B, A])
    assert [stored.document.id for stored in sound] == [C, A]
    assert [fault.where for fault in damaged] == [B]
    sound, damaged = read_sound(disk, Service, [C, "srv_none", A])
    assert [stored.document.id for stored in sound] == [C, A]
    assert damaged == []
    assert world.service(A) == sound[1].document


@pytest.mark.usefixtures("world")
def test_a_walk_over_everything_stops_at_damage_and_names_it(disk: SqliteStore) -> None:
    """`every` promises all of a kind, so it cannot leave one out."""
    assert [each.id for each in every(disk, Client)] == [cast.ANA, cast.BEN, cast.CLEO, cast.DAN]
    assert len(list(every(disk, PlanEdition))) == len(cast.PLANS)
    (event, *_) = every(disk, ServiceEvent)
    damage(disk, "service_event", event.id)
    with pytest.raises(HistoryCorrupt) as stopped:
        list(every(disk, ServiceEvent))
    assert stopped.value.where == event.id
    assert len(disk.entries(ServiceEvent, After(after="", limit=9))) == 3


def test_a_report_names_a_parked_row_as_the_store_does(world: World, disk: SqliteStore) -> None:
    """Its id, and the kind of text that could not be read."""
    damage(disk, "service", A)
    (parked,) = bill(world).parked
    assert parked == Parked(id=A, problem="Service: its text is damaged")
