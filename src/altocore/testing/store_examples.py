"""Documents and plans for the checks of stores. Each check names its own, so that checks may share one store."""

from collections.abc import Sequence
from typing import Final, final

from attrs import field, frozen

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.invoices import Invoice, InvoiceKind, Line
from altocore.billing.ledger import Movement, Posting
from altocore.billing.payments import Payment, PaymentNotice, payment_id
from altocore.billing.standing import Standing, StandingState
from altocore.catalogue.items import Addon, AddonKind, SupportPlan
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import Courtesy, PlanEdition, PlanItem, Price, ProductKind, UpgradeGroup
from altocore.clients.clients import Client, CreditUse
from altocore.clients.contacts import Contact
from altocore.clients.holdings import Exclusive, Holding, holding_id
from altocore.codec.plans import plan_edition
from altocore.codec.terms import Preset, preset, terms_edition
from altocore.lifecycle.events import Actor, ServiceEvent
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.service import Contract, EndedBy, Ending, EndingTime, Service
from altocore.plans.documents import Document
from altocore.plans.guard import Outcome
from altocore.plans.messages import Message, MessageKind, message
from altocore.plans.plan import Claim, Expect, Plan
from altocore.ports.store import Store
from altocore.terms.clauses import HOUSE, Clause
from altocore.terms.editions import TermsEdition
from altocore.values.anchors import Cadence
from altocore.values.currencies import currency
from altocore.values.cycles import Once
from altocore.values.days import Day, day
from altocore.values.ids import AddonId, ClientId, EditionId, EventId, InvoiceId, PlanId, ServiceId
from altocore.values.instants import instant
from altocore.values.money import Money, money
from altocore.values.periods import Period
from altocore.values.provider import LegalParty

__all__ = ["TODAY", "Names", "deed", "kinds_of", "one_of_each"]

TODAY: Final = day(2026, 2, 28)
_USD: Final = currency("USD")
_PARTY: Final = LegalParty(name="Ñandú & Cía. «日本» 🦤", address='Calle "Ocho" 1\\2', tax_id="")


def deed(key: str, *writes: Document, version: int = 0, digest: str = "given") -> Plan[object]:
    """Return a plan that writes these documents, all on one version."""
    expects = tuple([Expect(type(each), each.id, version) for each in writes])
    return Plan(answer=None, deed=Claim("check", key, digest), expects=expects, writes=writes)


def kinds_of(outcomes: Sequence[Outcome]) -> list[str]:
    """Return what became of each plan, without the words of a conflict, which are the adapter's own."""
    return [type(outcome).__name__ for outcome in outcomes]


@final
@frozen
class Names:
    """The things of one check: every id begins with the check's name."""

    check: str = field()

    def client(self, name: str = "a") -> ClientId:
        """Return a client's id."""
        return ClientId(f"{self.check}/client/{name}")

    def client_document(self, name: str = "a") -> Client:
        """Return a client that keeps its credit."""
        return Client(
            id=self.client(name),
            legal=_PARTY,
            billing_confirmed=day(2024, 2, 29),
            contact=Contact(email=f"ñandú+{name}@東京.example", email_confirmed=TODAY, phone="", phone_confirmed=None),
            tax_region="AR",
            currency=currency("KWD"),
            locale="es_AR",
            credit_use=CreditUse.KEEP,
        )

    def meet(self, store: Store, *names: str) -> None:
        """Store these clients, so that other things of theirs may be stored."""
        store.commit([deed(self.key(f"client {name}"), self.client_document(name)) for name in names])

    def invoice_id(self, name: str = "a") -> InvoiceId:
        """Return an invoice's id."""
        return InvoiceId(f"{self.check}/invoice/{name}")

    def key(self, name: str = "a") -> str:
        """Return the key of a deed, or the name of a series."""
        return f"{self.check}/{name}"

    def service(self, name: str = "a", *, owner: str = "a", next_step: Day | None = None, events: int = 0) -> Service:
        """Return a service; `events` tells one content from another."""
        return Service(
            id=ServiceId(f"{self.check}/service/{name}"),
            client=self.client(owner),
            contract=Contract(
                number=1,
                plan_edition=EditionId("plan"),
                cycle=Cadence.SEMIANNUAL,
                addons=(AddonId("management"),),
                administration=Administration.PROVIDER,
                ordered=day(2024, 2, 29),
                anchor=day(2024, 2, 29),
                first_period=0,
                terms_edition=EditionId("terms"),
            ),
            earlier=(),
            state=ServiceState.ACTIVE,
            suspensions=(),
            overloads=0,
            last_period=3,
            terms_edition=EditionId("terms"),
            next_revision=0,
            open_invoices=(self.invoice_id(), self.invoice_id("b")),
            open_costs=(self.invoice_id("c"),),
            restoration=None,
            ending=Ending(by=EndedBy.CLIENT, time=EndingTime.END_OF_PERIOD, asked=TODAY, effective=day(2026, 8, 29)),
            events=events,
            faults=(),
            registration=None,
            next_step=next_step,
        )

    def invoice(self, name: str = "a", *, owner: str = "a", service: str = "a", tax_name: str = "IVA") -> Invoice:
        """Return an invoice of three lines."""
        lines = tuple([Line(item=f"línea {n}", net=Money(n * 1000, _USD), tax=Money(n * 210, _USD)) for n in (1, 2, 3)])
        return Invoice(
            id=self.invoice_id(name),
            kind=InvoiceKind.RENEWAL,
            client=self.client(owner),
            service=self.service(service).id,
            contract=1,
            period_number=4,
            revision=0,
            command=None,
            period=Period(start=day(2026, 2, 28), end=day(2026, 8, 29)),
            issued=day(2026, 2, 18),
            due=day(2026, 2, 27),
            currency=_USD,
            lines=lines,
            tax_region="AR",
            tax_name=tax_name,
            tax_rate_ppm=210_000,
            terms_edition=EditionId("terms"),
            plan_edition=EditionId("plan"),
            exchange=None,
            issuer=_PARTY,
            customer=_PARTY,
        )

    def standing(
        self, name: str = "a", *, owner: str = "a", service: str = "a", next_step: Day | None = None
    ) -> Standing:
        """Return the standing of an invoice that is open."""
        invoice = self.invoice(name, owner=owner, service=service)
        return Standing(
            id=invoice.id,
            kind=invoice.kind,
            client=invoice.client,
            service=invoice.service,
            terms_edition=invoice.terms_edition,
            issued=invoice.issued,
            due=invoice.due,
            total=invoice.total,
            settled=Money(1, _USD),
            state=StandingState.OPEN,
            closed=None,
            steps_done=2,
            last_notice_queued=TODAY,
            last_notice_taken=TODAY,
            promises=(),
            write_off=None,
            next_step=next_step,
        )

    def posting(self, movement: Movement, minor: int, client: str = "a") -> Posting:
        """Return a movement of that many cents."""
        document = self.invoice_id()
        return Posting(
            movement=movement, client=self.client(client), document=document, day=TODAY, amount=Money(minor, _USD)
        )

    def message(self, about: str, client: str = "a") -> Message:
        """Return a reminder."""
        return message(MessageKind.REMINDER, self.client(client), self.key(about), "a step", TODAY)


def one_of_each(names: Names) -> tuple[Document, ...]:
    """Return one document of every kind, with everything in it that is hard to keep: accents, nothing, leap days."""
    return (
        names.client_document(),
        _plan(names),
        _terms(names),
        names.service(next_step=TODAY),
        _event(names),
        names.invoice(),
        names.standing(),
        _payment(names),
        _adjustment(names),
        _holding(names),
    )


def _holding(names: Names) -> Holding:
    return Holding(
        id=holding_id(Exclusive.EMAIL, names.key(), 2),
        of=Exclusive.EMAIL,
        number=2,
        client=names.client(),
        since=day(2024, 2, 29),
        until=TODAY,
    )


def _adjustment(names: Names) -> CreditAdjustment:
    return CreditAdjustment(
        id=adjustment_id(names.key()),
        client=names.client(),
        service=None,
        day=TODAY,
        direction=Direction.DOWN,
        amount=Money(1, _USD),
        reason=AdjustmentReason.BOOKED_WRONGLY,
        reference="Nº 7",
    )


def _plan(names: Names) -> PlanEdition:
    price = Price(cycle=Cadence.BIENNIAL, amount=money("12.345", "KWD"))
    once = Price(cycle=Once.ONE_TIME, amount=money("0", "JPY"))
    item = PlanItem(name="plan", prices=(price, once))
    support = Addon(id=AddonId("ayuda"), kind=AddonKind.SUPPORT, item=item, support=SupportPlan.FULL)
    return plan_edition(
        PlanId(names.key()),
        ProductKind.CLOUD_HOSTING,
        (item,),
        published=day(1970, 1, 1),
        effective=day(2199, 12, 31),
        setup=item,
        addons=(support,),
        upgrades=(UpgradeGroup(category="más grande", plans=(PlanId("vps"),)),),
        free_domain=(money("1", "KWD"), money("1", "JPY")),
        courtesies=(Courtesy.MAIL, Courtesy.WEB_BUILDER),
        not_refundable=(Once.ONE_TIME, Cadence.BIENNIAL),
    )


def _terms(names: Names) -> TermsEdition:
    text = f"# {names.check}\n{preset(Preset.TERMS)}"
    return terms_edition(text, published=day(1970, 1, 1), effective=day(2199, 12, 31))


def _event(names: Names) -> ServiceEvent:
    return ServiceEvent(
        id=EventId(names.key()),
        service=names.service().id,
        client=names.client(),
        number=1,
        command=ServiceCommand.ACTIVATE,
        before=ServiceState.PENDING,
        after=ServiceState.ACTIVE,
        suspension=None,
        termination=None,
        day=TODAY,
        at=instant("2026-02-28T23:59:59.000001-03:00"),
        actor=Actor.BILLING_RUN,
        by="",
        rule="LIF-1",
        clauses=(HOUSE, Clause("manual/activation")),
        cause="",
    )


def _payment(names: Names) -> Payment:
    notice = PaymentNotice(
        gateway="bank",
        transaction=names.key(),
        means="transfer",
        invoice=names.invoice_id(),
        amount=Money(10, _USD),
        received=TODAY,
    )
    return Payment(
        id=payment_id(notice.gateway, notice.transaction),
        client=names.client(),
        notice=notice,
        settled=Money(10, _USD),
        kept=Money(0, _USD),
    )
