"""An order: a pending service and its first invoice, or a no with all its reasons."""

import attrs
import pytest

from altocore.billing.invoices import Invoice, InvoiceKind, Line, invoice_id
from altocore.billing.ledger import Movement
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import PlanEdition
from altocore.errors import BadValue, UnknownKey
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.service import Contract
from altocore.plans.messages import MessageKind
from altocore.policy.order import OrderAccepted, OrderRefused
from altocore.terms.reasons import Why
from altocore.values.anchors import Cadence
from altocore.values.days import day
from altocore.values.ids import AddonId, ClientId, PlanId
from altocore.values.money import money
from altocore.workflows.door import Did, DidBefore
from altocore.workflows.one import one
from altocore.workflows.ordering import Order, order, service_id
from tests import cast as examples
from tests.workflows import cast
from tests.workflows.conftest import Begin

DUE = day(2025, 2, 7)


def wanted(
    *,
    key: str = "o1",
    of: ClientId = cast.ANA,
    plan: PlanEdition = cast.CLOUD,
    cycle: Cadence = Cadence.MONTHLY,
) -> Order:
    """Return Ana's order of a month of cloud hosting."""
    return Order(key=key, client=of, plan=plan.plan, cycle=cycle)


def test_an_accepted_order_is_a_pending_service_with_an_invoice(world: cast.World) -> None:
    """LIF-1, PAY-1, PAY-15, REN-8: a price and a term, no dates yet; the first invoice is due seven days later."""
    made = order(world.store, world.rulebook, wanted(), world.at())
    service, invoice = service_id("o1"), invoice_id(service_id("o1"), 1, 0)
    assert made == Did(answer=OrderAccepted(priced=(("cloud", examples.HUNDRED),), setup=()), numbers=((invoice, 1),))
    assert world.service(service) == examples.service(
        name=service,
        runs=Contract(
            number=1,
            plan_edition=cast.CLOUD.id,
            cycle=Cadence.MONTHLY,
            addons=(),
            administration=None,
            ordered=cast.JANUARY_31,
            anchor=None,
            first_period=0,
            terms_edition=cast.DEFAULT.id,
        ),
        state=ServiceState.PENDING,
        edition=cast.DEFAULT.id,
        open_invoices=(invoice,),
        events=0,
    )
    assert world.invoice(service, 0) == examples.invoice(
        service_name=service, due=DUE, edition=cast.DEFAULT.id, plan_edition=cast.CLOUD.id
    )
    assert world.standing(service, 0) == examples.standing(
        name=invoice, service_name=service, edition=cast.DEFAULT.id, due=DUE, next_step=day(2025, 2, 2)
    )


def test_an_order_posts_what_it_asks_and_tells_it(world: cast.World) -> None:
    """PAY-13: net and tax are posted apart; the client is told once that an invoice was issued."""
    service = world.order("o1")
    invoice = world.invoice(service, 0).id
    assert list(world.store.postings()) == [
        examples.posting(movement=Movement.NET_INVOICED, document=invoice, amount=examples.HUNDRED),
        examples.posting(movement=Movement.TAX_INVOICED, document=invoice, amount=examples.TWENTY_ONE),
    ]
    assert world.messages() == [examples.told(about=invoice, cause=invoice)]


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        (wanted(cycle=Cadence.BIENNIAL), [("CAT-2", Why.CYCLE_NOT_OFFERED)]),
        (wanted(of=cast.BEN, plan=cast.SHARED, cycle=Cadence.ANNUAL), [("CAT-2", Why.CYCLE_NOT_OFFERED)]),
        (wanted(plan=cast.SHARED), [("CAT-3", Why.CYCLE_NOT_FOR_SHARED_HOSTING)]),
        (
            wanted(of=cast.BEN, plan=cast.SHARED),
            [("CAT-2", Why.CYCLE_NOT_OFFERED), ("CAT-3", Why.CYCLE_NOT_FOR_SHARED_HOSTING)],
        ),
    ],
    ids=["cycle", "currency", "shared", "both"],
)
def test_a_refused_order_has_all_its_reasons_and_changes_nothing(
    world: cast.World, asked: Order, reasons: list[tuple[str, Why]]
) -> None:
    """CAT-2, CAT-3: a no is an answer with every reason, in the order of the rulebook; its key stays free."""
    before = world.dump()
    made = order(world.store, world.rulebook, asked, world.at())
    assert isinstance(made, Did)
    assert isinstance(made.answer, OrderRefused)
    assert [(each.rule, each.why) for each in made.answer.reasons] == reasons
    assert made.numbers == ()
    assert world.dump() == before
    world.order(asked.key)


def test_two_year_shared_hosting_is_a_reading_of_the_terms(begin: Begin) -> None:
    """CAT-3: `terms` sells shared hosting by six and twelve months only, and says so."""
    world = begin(cast.TERMS)
    made = order(world.store, world.rulebook, wanted(plan=cast.SHARED, cycle=Cadence.BIENNIAL), world.at())
    assert isinstance(made, Did)
    assert isinstance(made.answer, OrderRefused)
    assert [each.why for each in made.answer.reasons] == [Why.CYCLE_NOT_FOR_SHARED_HOSTING]
    world.order("o2", plan=cast.SHARED, cycle=Cadence.ANNUAL)


def test_two_year_shared_hosting_is_sold_by_default(world: cast.World) -> None:
    """CAT-3: SEMIANNUAL_OR_LONGER is the default reading."""
    world.order("o1", plan=cast.SHARED, cycle=Cadence.BIENNIAL)


def test_the_same_order_again_is_one_order(world: cast.World) -> None:
    """A key counts once, on whatever day it comes again; nothing is written."""
    world.order("o1")
    before = world.dump()
    world.today = day(2025, 5, 1)
    assert order(world.store, world.rulebook, wanted(), world.at()) == DidBefore()
    assert world.dump() == before


@pytest.mark.parametrize(
    "other",
    [
        wanted(of=cast.BEN),
        wanted(plan=cast.STUDIO),
        wanted(cycle=Cadence.ANNUAL),
        attrs.evolve(wanted(), addons=(AddonId("client"),)),
        attrs.evolve(wanted(), administration=Administration.CLIENT),
    ],
    ids=["client", "plan", "cycle", "addons", "administration"],
)
def test_another_order_under_the_same_key_is_misuse(world: cast.World, other: Order) -> None:
    """A command key keeps its input for ever: given with another one, the caller is wrong."""
    world.order("o1")
    before = world.dump()
    with pytest.raises(BadValue) as refused:
        order(world.store, world.rulebook, other, world.at())
    assert (refused.value.field, refused.value.problem) == ("order", "this key was used before, with another input")
    assert world.dump() == before


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (attrs.evolve(wanted(), client=ClientId("nobody")), "client"),
    ],
)
def test_what_is_not_stored_cannot_be_ordered(world: cast.World, other: Order, field: str) -> None:
    """A client and a plan must be known; the fault names the kind, never the id."""
    with pytest.raises(UnknownKey) as refused:
        order(world.store, world.rulebook, other, world.at())
    assert (refused.value.field, refused.value.problem) == (field, "no such document is stored")


def test_a_plan_without_an_edition_cannot_be_ordered(world: cast.World) -> None:
    """REN-4: a plan is known by its editions; the fault names no id."""
    with pytest.raises(UnknownKey) as refused:
        order(world.store, world.rulebook, attrs.evolve(wanted(), plan=PlanId("nothing")), world.at())
    assert (refused.value.field, refused.value.problem) == ("plan", "no edition of it is stored")


def test_nothing_is_ordered_before_there_are_terms(world: cast.World) -> None:
    """REN-4: an order stands under the edition in force on its day; before the first one there is none."""
    with pytest.raises(UnknownKey) as refused:
        order(world.store, world.rulebook, wanted(), cast.occasion(day(2019, 12, 31)))
    assert refused.value.field == "edition"


def with_credit(world: cast.World, of: ClientId, amount: str, code: str) -> None:
    """Overpay an order of this client, so that it has this much credit."""
    service = world.order("before", of=of)
    open_amount = world.standing(service, 0).open_amount
    world.pay(service, 0, open_amount + money(amount, code))


def test_credit_pays_the_first_invoice_at_once(world: cast.World) -> None:
    """PAY-7: credit is applied when an invoice is issued; paid in full, the service is to be provisioned today."""
    with_credit(world, cast.ANA, "121.00", "USD")
    service = world.order("o1")
    standing = world.standing(service, 0)
    assert (standing.state, standing.closed, standing.settled) == (StandingState.PAID, world.today, cast.WHOLE)
    assert standing.next_step is None
    assert world.service(service).open_invoices == ()
    assert world.credit() == 0
    assert [(each.kind, each.about, each.cause) for each in world.messages()[-2:]] == [
        (MessageKind.INVOICE_ISSUED, standing.id, standing.id),
        (MessageKind.SERVICE_TO_PROVISION, service, standing.id),
    ]
    assert world.activate(service) == world.today


def test_credit_goes_as_far_as_it_goes(world: cast.World) -> None:
    """PAY-7: less than the total is applied as well, and the rest stays owed."""
    with_credit(world, cast.ANA, "20.00", "USD")
    service = world.order("o1")
    standing = world.standing(service, 0)
    assert (standing.state, standing.open_amount) == (StandingState.OPEN, examples.usd("101.00"))
    assert world.credit() == 0
    world.pay(service, 0)
    assert world.standing(service, 0).state is StandingState.PAID


def test_more_credit_than_the_total_stays_credit(world: cast.World) -> None:
    """PAY-7: only what is asked is taken, in yen as in dollars."""
    with_credit(world, cast.BEN, "10001", "JPY")
    service = world.order("o1", of=cast.BEN)
    assert world.standing(service, 0).state is StandingState.PAID
    assert world.credit(cast.BEN) == 1


def test_a_client_may_keep_its_credit(world: cast.World) -> None:
    """PAY-7: "unless the client asked to keep it"."""
    with_credit(world, cast.CLEO, "500.00", "USD")
    service = world.order("o1", of=cast.CLEO)
    assert world.standing(service, 0).settled == examples.NOTHING
    assert world.credit(cast.CLEO) == 500_00


def test_each_line_is_taxed_and_rounded_by_itself(world: cast.World) -> None:
    """PAY-13: per line on the net amount, one half-up rounding a line; a line for nothing is taxed nothing."""
    service = world.order("o1", plan=cast.STUDIO)
    lines = world.invoice(service, 0).lines
    assert lines == (
        Line(item="studio", net=examples.usd("33.33"), tax=examples.usd("7.00")),
        Line(item="backup", net=examples.usd("0.05"), tax=examples.usd("0.01")),
        Line(item="gift", net=examples.NOTHING, tax=examples.NOTHING),
    )
    assert world.standing(service, 0).total == examples.usd("40.39")


@pytest.mark.parametrize(
    ("of", "rate", "tax"),
    [
        (cast.ANA, ("AR", "IVA", 210_000), money("21.00", "USD")),
        (cast.BEN, ("export", "export", 0), money("0", "JPY")),
        (cast.DAN, ("export", "export", 0), money("0.000", "KWD")),
    ],
)
def test_the_tax_is_that_of_the_clients_region(
    world: cast.World, of: ClientId, rate: tuple[str, str, int], tax: object
) -> None:
    """PAY-13, CLI-8: the rate is the region's on the day of issue, the money the client's own, with its own digits."""
    invoice = world.invoice(world.order("o1", of=of), 0)
    assert (invoice.tax_region, invoice.tax_name, invoice.tax_rate_ppm) == rate
    assert invoice.tax == tax
    assert invoice.customer == one_client(of)


def one_client(of: ClientId) -> object:
    """Return a client's legal data."""
    (found,) = [client.legal for client in cast.CLIENTS if client.id == of]
    return found


def test_a_region_without_a_rate_is_the_callers_mistake(begin: Begin) -> None:
    """PAY-13: no invoice without a known tax."""
    world = begin(
        examples.terms_edition(
            published=cast.FOUNDED,
            effective=cast.FOUNDED,
            says=examples.terms(tax=examples.tax_terms(rates=(examples.VAT,))),
        )
    )
    before = world.dump()
    with pytest.raises(UnknownKey) as refused:
        order(world.store, world.rulebook, wanted(of=cast.BEN), world.at())
    assert refused.value.field == "region"
    assert world.dump() == before


def test_what_costs_nothing_is_paid_as_it_is_issued(world: cast.World) -> None:
    """PAY-1: nothing is owed of an invoice of nothing; no posting is made of it, and it has its number."""
    service = world.order("o1", plan=cast.FREE)
    standing = world.standing(service, 0)
    assert (standing.state, standing.closed, standing.total) == (
        StandingState.PAID,
        world.today,
        examples.NOTHING,
    )
    assert list(world.store.postings()) == []
    assert world.numbers() == [1]


def test_numbers_go_on_in_the_order_of_issue(world: cast.World) -> None:
    """PAY-12: gapless, in one series, whoever is invoiced; a refused order takes none."""
    for number, of in enumerate((cast.ANA, cast.BEN, cast.CLEO, cast.DAN), 1):
        order(world.store, world.rulebook, wanted(key=f"no{number}", of=of, cycle=Cadence.TRIENNIAL), world.at())
        made = order(world.store, world.rulebook, wanted(key=f"o{number}", of=of), world.at())
        assert isinstance(made, Did)
        assert made.numbers == ((invoice_id(service_id(f"o{number}"), 1, 0), number),)
        assert world.store.numbers([made.numbers[0][0]]) == {made.numbers[0][0]: ("A", number)}


def test_the_invoice_freezes_both_sides(world: cast.World) -> None:
    """PAY-18, REN-4: legal data and both editions stand on the invoice as they were at issue."""
    invoice = one(world.store, Invoice, world.invoice(world.order("o1"), 0).id).document
    assert (invoice.issuer, invoice.customer) == (cast.PROVIDER.legal, cast.CLIENTS[0].legal)
    assert (invoice.terms_edition, invoice.plan_edition) == (cast.DEFAULT.id, cast.CLOUD.id)
    assert (invoice.kind, invoice.period) == (InvoiceKind.FIRST, None)


def test_one_document_is_asked_for_by_its_kind(world: cast.World) -> None:
    """A standing that is not stored is named by its kind."""
    with pytest.raises(UnknownKey) as refused:
        one(world.store, Standing, "inv_secret")
    assert str(refused.value) == "standing: no such document is stored"


def test_a_key_gives_its_service_everywhere() -> None:
    """Ids are derived from identity: the same key is the same service on any store, another key another one."""
    assert service_id("o1") == service_id("o1")
    assert len({service_id(key) for key in ("o1", "o2", "")}) == 3
