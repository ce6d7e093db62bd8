"""A small cast of examples: each is valid as it stands, and a keyword changes what a test is about.

Ana, a client in Argentina, has a service of the provider Alto: by the month, from 31 January 2025. The terms are the
`default` ones of the handbook, written out here so that the tests of the core read no preset.
"""

from typing import Final

from attrs import evolve

from altocore.billing.adjustments import AdjustmentReason, CreditAdjustment, Direction, adjustment_id
from altocore.billing.invoices import Invoice, InvoiceKind, Line, command_invoice_id, invoice_id
from altocore.billing.ledger import Movement, Posting
from altocore.billing.payments import Payment, PaymentNotice, payment_id
from altocore.billing.plan_changes import Held, Listed
from altocore.billing.promises import Promise, PromiseReason
from altocore.billing.standing import Standing, StandingState
from altocore.billing.write_offs import WriteOff
from altocore.catalogue.bundles import Part
from altocore.catalogue.items import Addon, AddonKind, SupportPlan
from altocore.catalogue.kinds import Administration
from altocore.catalogue.plans import Courtesy, PlanEdition, PlanItem, Price, ProductKind, UpgradeGroup
from altocore.clients.clients import Client, CreditUse, new_client
from altocore.clients.holdings import Exclusive, Holding, holding_id
from altocore.codec.documents import encode
from altocore.lifecycle.events import Actor, Occasion, ServiceEvent, event_id
from altocore.lifecycle.faults import FaultReason, ProviderFault, provider_fault
from altocore.lifecycle.machine import ServiceCommand, ServiceState
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.lifecycle.registrations import Registration
from altocore.lifecycle.service import Contract, EndedBy, Ending, EndingTime, Restoration, Service
from altocore.plans.messages import Message, MessageKind, message
from altocore.policy.cycle_change import CycleChangeFacts
from altocore.policy.upgrade_facts import UpgradeFacts
from altocore.terms.clauses import Clause
from altocore.terms.editions import TermsEdition
from altocore.terms.options import (
    CancellationDeadline,
    CancellationDebt,
    CancellationTiming,
    DataAfterEnding,
    Downgrade,
    FirstPeriodStart,
    NoDiscountScope,
    RestorationScope,
    SharedHostingCycles,
    TermsChange,
    UpgradeBase,
    UpgradeCharge,
)
from altocore.terms.parts import (
    BackupTerms,
    BonusTerms,
    CancellationTerms,
    ChangeTerms,
    ContractTerms,
    InvoicingTerms,
    OrderTerms,
    OverdueTerms,
    RestorationTerms,
    TaxRate,
    TaxTerms,
    Terms,
)
from altocore.values.anchors import AnchoredPeriod, Cadence
from altocore.values.currencies import Currency, currency
from altocore.values.cycles import Cycle
from altocore.values.days import Day, day
from altocore.values.exchange import ExchangeRate
from altocore.values.ids import AddonId, ClientId, EditionId, InvoiceId, PlanId, ServiceId, derive
from altocore.values.instants import Instant, civil_day, instant
from altocore.values.money import Money, money
from altocore.values.periods import Period
from altocore.values.provider import LegalParty, Provider
from altocore.values.rounding import Rounding

USD: Final = currency("USD")
JPY: Final = currency("JPY")
KWD: Final = currency("KWD")

ANCHOR: Final = day(2025, 1, 31)
"""The day on which Ana's first period begins: the 31st, which most months do not have."""

NOON: Final = instant("2025-01-31T15:00:00Z")

ANA: Final = ClientId("cli_ana")
SERVICE: Final = ServiceId("srv_ana")
TERMS_EDITION: Final = EditionId("terms_2025")
PLAN_EDITION: Final = EditionId("plan_cloud_2025")


def usd(amount: str) -> Money:
    """Return dollars."""
    return money(amount, "USD")


def period(start: Day, end: Day) -> Period:
    """Return the days from start up to, and without, end."""
    return Period(start=start, end=end)


def order_terms(*, shared_hosting_cycles: SharedHostingCycles = SharedHostingCycles.SEMIANNUAL_OR_LONGER) -> OrderTerms:
    """Return what may be ordered by default (CAT-3)."""
    return OrderTerms(shared_hosting_cycles=shared_hosting_cycles)


def contract_terms(*, terms_change: TermsChange = TermsChange.PERIOD_END_WITH_NOTICE) -> ContractTerms:
    """Return how the contract changes by default (REN-6)."""
    return ContractTerms(terms_change=terms_change)


def invoicing_terms(
    *,
    due_days: int = 7,
    renewal_notice_days: int = 10,
    first_period_start: FirstPeriodStart = FirstPeriodStart.ACTIVATION,
) -> InvoicingTerms:
    """Return the default of PAY-15, REN-2 and REN-8."""
    return InvoicingTerms(
        due_days=due_days, renewal_notice_days=renewal_notice_days, first_period_start=first_period_start
    )


def overdue_terms(  # noqa: PLR0913  # one keyword a field
    *,
    reminder_days: tuple[int, ...] = (-5, -1, 1, 3),
    suspend_days: int = 5,
    terminate_days: int = 30,
    last_notice_days: int = 3,
    cancel_days: int = 60,
    promise_days_max: int = 14,
) -> OverdueTerms:
    """Return the default timeline of PAY-2."""
    return OverdueTerms(
        reminder_days=reminder_days,
        suspend_days=suspend_days,
        terminate_days=terminate_days,
        last_notice_days=last_notice_days,
        cancel_days=cancel_days,
        promise_days_max=promise_days_max,
    )


def bonus_terms(*, no_discount_scope: NoDiscountScope = NoDiscountScope.SERVICE) -> BonusTerms:
    """Return the default of PAY-4."""
    return BonusTerms(no_discount_scope=no_discount_scope)


def cancellation_terms(
    *,
    timing: CancellationTiming = CancellationTiming.CLIENT_CHOOSES,
    deadline: CancellationDeadline = CancellationDeadline.BEFORE_RENEWAL_INVOICE,
    debt: CancellationDebt = CancellationDebt.SERVICE_INVOICES,
) -> CancellationTerms:
    """Return the defaults of CAN-2 and CAN-4."""
    return CancellationTerms(timing=timing, deadline=deadline, debt=debt)


def change_terms(
    *,
    upgrade_charge: UpgradeCharge = UpgradeCharge.FULL_DIFFERENCE,
    upgrade_base: UpgradeBase = UpgradeBase.PAID,
    downgrade: Downgrade = Downgrade.REFUSE,
    cycle_notice_days: int = 5,
) -> ChangeTerms:
    """Return the defaults of UPG-1, DWN-1 and REN-3."""
    return ChangeTerms(
        upgrade_charge=upgrade_charge,
        upgrade_base=upgrade_base,
        downgrade=downgrade,
        cycle_notice_days=cycle_notice_days,
    )


FIFTY: Final = usd("50.00")
HUNDRED: Final = usd("100.00")


def backup_terms(
    *,
    after_ending: DataAfterEnding = DataAfterEnding.COURTESY_BACKUP,
    retention_years: int = 10,
    recovery_fee: Money = FIFTY,
) -> BackupTerms:
    """Return the default of CAN-6."""
    return BackupTerms(after_ending=after_ending, retention_years=retention_years, recovery_fee=recovery_fee)


def restoration_terms(
    *, scope: RestorationScope = RestorationScope.TERMINATED_ONLY, fee: Money = HUNDRED
) -> RestorationTerms:
    """Return the default of PAY-5: USD 100 for what the provider ended."""
    return RestorationTerms(scope=scope, fee=fee)


def tax_rate(*, region: str = "AR", name: str = "IVA", rate_ppm: int = 210_000) -> TaxRate:
    """Return the Argentine rate of PAY-13: 21 %."""
    return TaxRate(region=region, name=name, rate_ppm=rate_ppm)


VAT: Final = tax_rate()
EXPORT: Final = tax_rate(region="export", name="export", rate_ppm=0)


def tax_terms(*, rounding: Rounding = Rounding.HALF_UP, rates: tuple[TaxRate, ...] = (VAT, EXPORT)) -> TaxTerms:
    """Return the default of PAY-13."""
    return TaxTerms(rounding=rounding, rates=rates)


ORDER_TERMS: Final = order_terms()
CONTRACT_TERMS: Final = contract_terms()
INVOICING_TERMS: Final = invoicing_terms()
OVERDUE_TERMS: Final = overdue_terms()
BONUS_TERMS: Final = bonus_terms()
CANCELLATION_TERMS: Final = cancellation_terms()
CHANGE_TERMS: Final = change_terms()
BACKUP_TERMS: Final = backup_terms()
RESTORATION_TERMS: Final = restoration_terms()
TAX_TERMS: Final = tax_terms()


def terms(  # noqa: PLR0913  # one keyword a part
    *,
    order: OrderTerms = ORDER_TERMS,
    contract: ContractTerms = CONTRACT_TERMS,
    invoicing: InvoicingTerms = INVOICING_TERMS,
    overdue: OverdueTerms = OVERDUE_TERMS,
    bonuses: BonusTerms = BONUS_TERMS,
    cancellation: CancellationTerms = CANCELLATION_TERMS,
    change: ChangeTerms = CHANGE_TERMS,
    backups: BackupTerms = BACKUP_TERMS,
    restoration: RestorationTerms = RESTORATION_TERMS,
    tax: TaxTerms = TAX_TERMS,
) -> Terms:
    """Return the `default` terms."""
    return Terms(
        order=order,
        contract=contract,
        invoicing=invoicing,
        overdue=overdue,
        bonuses=bonuses,
        cancellation=cancellation,
        change=change,
        backups=backups,
        restoration=restoration,
        tax=tax,
    )


TERMS: Final = terms()
FOUNDED: Final = day(2025, 1, 1)


def terms_edition(
    *, name: str = TERMS_EDITION, published: Day = FOUNDED, effective: Day = FOUNDED, says: Terms = TERMS
) -> TermsEdition:
    """Return the first edition of the terms, in force since the year began."""
    return TermsEdition(id=EditionId(name), published=published, effective=effective, terms=says)


def party(*, name: str = "Ana", address: str = "Calle 1, Rosario", tax_id: str = "") -> LegalParty:
    """Return the legal data of Ana, a person without a tax id."""
    return LegalParty(name=name, address=address, tax_id=tax_id)


CUSTOMER: Final = party()
ISSUER: Final = party(name="Alto", address="Avenida 2, Buenos Aires", tax_id="30-1")


def provider(
    *,
    legal: LegalParty = ISSUER,
    zone: str = "America/Argentina/Buenos_Aires",
    currencies: tuple[Currency, ...] = (USD, JPY, KWD),
    series: str = "A",
) -> Provider:
    """Return the provider Alto."""
    return Provider(legal=legal, zone=zone, currencies=currencies, series=series)


PHONE: Final = "+5493415550000"


def client(  # noqa: PLR0913  # one keyword a field
    *,
    name: str = ANA,
    legal: LegalParty = CUSTOMER,
    email: str = "",
    phone: str = PHONE,
    tax_region: str = "AR",
    billed_in: Currency = USD,
    locale: str = "es_AR",
    credit_use: CreditUse = CreditUse.APPLY,
    on: Day = FOUNDED,
) -> Client:
    """Return Ana, billed in dollars, taxed in Argentina; each client has an e-mail that is made of its id."""
    return new_client(
        ClientId(name),
        legal=legal,
        email=email or f"{derive('at', name)}@clients.example",
        phone=phone,
        tax_region=tax_region,
        currency=billed_in,
        locale=locale,
        credit_use=credit_use,
        day=on,
    )


def holding(  # noqa: PLR0913  # one keyword a field
    *,
    what: str = "ana@clients.example",
    of: Exclusive = Exclusive.EMAIL,
    number: int = 1,
    by: str = ANA,
    since: Day = ANCHOR,
    until: Day | None = None,
) -> Holding:
    """Return that Ana holds an e-mail since the day of her order."""
    return Holding(id=holding_id(of, what, number), of=of, number=number, client=ClientId(by), since=since, until=until)


TWENTY_ONE: Final = usd("21.00")
HUNDRED_AND_FIFTY: Final = usd("150.00")
SIXTEENTH: Final = day(2025, 1, 16)


def price(*, cycle: Cycle = Cadence.MONTHLY, amount: Money = HUNDRED) -> Price:
    """Return a hundred dollars a month."""
    return Price(cycle=cycle, amount=amount)


A_HUNDRED_A_MONTH: Final = price()


def item(*, name: str = "cloud", prices: tuple[Price, ...] = (A_HUNDRED_A_MONTH,)) -> PlanItem:
    """Return an item sold by the month."""
    return PlanItem(name=name, prices=prices)


CLOUD: Final = item()


def plan(  # noqa: PLR0913  # one keyword a field
    *,
    name: str = PLAN_EDITION,
    of: str = "cloud",
    kind: ProductKind = ProductKind.CLOUD_HOSTING,
    published: Day = FOUNDED,
    effective: Day = FOUNDED,
    items: tuple[PlanItem, ...] = (CLOUD,),
    setup: PlanItem | None = None,
    addons: tuple[Addon, ...] = (),
    parts: tuple[Part, ...] = (),
    upgrades: tuple[UpgradeGroup, ...] = (),
    free_domain: tuple[Money, ...] = (),
    courtesies: tuple[Courtesy, ...] = (),
    support: SupportPlan = SupportPlan.STANDARD,
    not_refundable: tuple[Cycle, ...] = (),
) -> PlanEdition:
    """Return a plan of cloud hosting with one item, sold since the year began."""
    return PlanEdition(
        id=EditionId(name),
        plan=PlanId(of),
        kind=kind,
        published=published,
        effective=effective,
        items=items,
        setup=setup,
        addons=addons,
        parts=parts,
        upgrades=upgrades,
        free_domain=free_domain,
        courtesies=courtesies,
        support=support,
        not_refundable=not_refundable,
    )


def said_again(edition: PlanEdition) -> PlanEdition:
    """Return the edition with its id derived anew from what it says."""
    unnamed = evolve(edition, id=EditionId(""))
    return evolve(unnamed, id=EditionId(derive("plan", encode(unnamed))))


def addon(
    *,
    name: str = "management",
    kind: AddonKind = AddonKind.OTHER,
    prices: tuple[Price, ...] = (A_HUNDRED_A_MONTH,),
    support: SupportPlan = SupportPlan.STANDARD,
) -> Addon:
    """Return an add-on that costs a hundred dollars a month."""
    return Addon(id=AddonId(name), kind=kind, item=item(name=name, prices=prices), support=support)


def part(
    *,
    of: str = "cloud",
    kind: ProductKind = ProductKind.CLOUD_HOSTING,
    prices: tuple[Price, ...] = (A_HUNDRED_A_MONTH,),
    weight: int | None = None,
) -> Part:
    """Return a part of a bundle, which weighs what it costs."""
    return Part(plan=PlanId(of), name=of, kind=kind, prices=prices, weight=weight)


def contract(  # noqa: PLR0913  # one keyword a field
    *,
    number: int = 1,
    plan_edition: str = PLAN_EDITION,
    cycle: Cycle = Cadence.MONTHLY,
    addons: tuple[AddonId, ...] = (),
    administration: Administration | None = None,
    ordered: Day = ANCHOR,
    anchor: Day | None = ANCHOR,
    first_period: int = 0,
    edition: str = TERMS_EDITION,
) -> Contract:
    """Return a first contract by the month, anchored on 31 January."""
    return Contract(
        number=number,
        plan_edition=EditionId(plan_edition),
        cycle=cycle,
        addons=addons,
        administration=administration,
        ordered=ordered,
        anchor=anchor,
        first_period=first_period,
        terms_edition=EditionId(edition),
    )


CONTRACT: Final = contract()


def ending(
    *,
    asked: Day,
    effective: Day,
    by: EndedBy = EndedBy.CLIENT,
    time: EndingTime = EndingTime.END_OF_PERIOD,
) -> Ending:
    """Return a pending end: a cancellation where nothing else is said."""
    return Ending(by=by, time=time, asked=asked, effective=effective)


RESTORING: Final = invoice_id(SERVICE, 3, 0)


def restoration(*, number: int = 3, name: str = RESTORING, edition: str = TERMS_EDITION) -> Restoration:
    """Return the offer of a third contract."""
    return Restoration(invoice=InvoiceId(name), contract=contract(number=number, anchor=None, edition=edition))


def service(  # noqa: PLR0913  # one keyword a field
    *,
    name: str = SERVICE,
    of: str = ANA,
    runs: Contract = CONTRACT,
    earlier: tuple[Contract, ...] = (),
    state: ServiceState = ServiceState.ACTIVE,
    suspensions: tuple[SuspensionReason, ...] = (),
    overloads: int = 0,
    last_period: int = 0,
    edition: str = TERMS_EDITION,
    next_revision: int = 0,
    open_invoices: tuple[str, ...] = (),
    open_costs: tuple[str, ...] = (),
    restoration: Restoration | None = None,
    pending: Ending | None = None,
    events: int = 1,
    faults: tuple[ProviderFault, ...] = (),
    registered: Registration | None = None,
    next_step: Day | None = None,
) -> Service:
    """Return Ana's service, active in its first period."""
    return Service(
        id=ServiceId(name),
        client=ClientId(of),
        contract=runs,
        earlier=earlier,
        state=state,
        suspensions=suspensions,
        overloads=overloads,
        last_period=last_period,
        terms_edition=EditionId(edition),
        next_revision=next_revision,
        open_invoices=tuple(InvoiceId(each) for each in open_invoices),
        open_costs=tuple(InvoiceId(each) for each in open_costs),
        restoration=restoration,
        ending=pending,
        events=events,
        faults=faults,
        registration=registered,
        next_step=next_step,
    )


def line(*, item_name: str = "cloud", net: Money = HUNDRED, tax: Money = TWENTY_ONE) -> Line:
    """Return a line of a hundred dollars and their VAT."""
    return Line(item=item_name, net=net, tax=tax)


A_LINE: Final = line()
FIRST_DUE: Final = day(2025, 2, 7)


def invoice(  # noqa: PLR0913  # one keyword a field
    *,
    kind: InvoiceKind = InvoiceKind.FIRST,
    of: str = ANA,
    service_name: str = SERVICE,
    contract_number: int = 1,
    period_number: int | None = 0,
    revision: int = 0,
    command: str | None = None,
    covers: Period | None = None,
    issued: Day = ANCHOR,
    due: Day = FIRST_DUE,
    billed_in: Currency = USD,
    lines: tuple[Line, ...] = (A_LINE,),
    rate: TaxRate = VAT,
    edition: str = TERMS_EDITION,
    plan_edition: str = PLAN_EDITION,
    exchange: ExchangeRate | None = None,
) -> Invoice:
    """Return the first invoice of Ana's service, issued on the day of the order, due seven days later."""
    return Invoice(
        id=(
            command_invoice_id(command or "")
            if period_number is None
            else invoice_id(ServiceId(service_name), contract_number, period_number, revision)
        ),
        kind=kind,
        client=ClientId(of),
        service=ServiceId(service_name),
        contract=contract_number,
        period_number=period_number,
        revision=revision,
        command=command,
        period=covers,
        issued=issued,
        due=due,
        currency=billed_in,
        lines=lines,
        tax_region=rate.region,
        tax_name=rate.name,
        tax_rate_ppm=rate.rate_ppm,
        terms_edition=EditionId(edition),
        plan_edition=EditionId(plan_edition),
        exchange=exchange,
        issuer=ISSUER,
        customer=CUSTOMER,
    )


ASKED: Final = usd("121.00")
NOTHING: Final = usd("0.00")
FIRST_INVOICE: Final = invoice_id(SERVICE, 1, 0)


def standing(  # noqa: PLR0913  # one keyword a field
    *,
    name: str = FIRST_INVOICE,
    kind: InvoiceKind = InvoiceKind.FIRST,
    of: str = ANA,
    service_name: str = SERVICE,
    edition: str = TERMS_EDITION,
    issued: Day = ANCHOR,
    due: Day = FIRST_DUE,
    asked: Money = ASKED,
    settled: Money = NOTHING,
    state: StandingState = StandingState.OPEN,
    closed: Day | None = None,
    steps_done: int = 0,
    last_notice_taken: Day | None = None,
    promises: tuple[Promise, ...] = (),
    write_off: WriteOff | None = None,
    next_step: Day | None = None,
) -> Standing:
    """Return the standing of Ana's first invoice: open, with nothing settled."""
    return Standing(
        id=InvoiceId(name),
        kind=kind,
        client=ClientId(of),
        service=ServiceId(service_name),
        terms_edition=EditionId(edition),
        issued=issued,
        due=due,
        total=asked,
        settled=settled,
        state=state,
        closed=closed,
        steps_done=steps_done,
        last_notice_queued=last_notice_taken,
        last_notice_taken=last_notice_taken,
        promises=promises,
        write_off=write_off,
        next_step=next_step,
    )


def notice(  # noqa: PLR0913  # one keyword a field
    *,
    gateway: str = "cards",
    transaction: str = "1",
    means: str = "card",
    pays: str = FIRST_INVOICE,
    amount: Money = ASKED,
    received: Day = ANCHOR,
) -> PaymentNotice:
    """Return a card payment of Ana's first invoice, to the cent."""
    return PaymentNotice(
        gateway=gateway,
        transaction=transaction,
        means=means,
        invoice=InvoiceId(pays),
        amount=amount,
        received=received,
    )


PAID_BY_CARD: Final = notice()


def payment(
    *, of: str = ANA, told: PaymentNotice = PAID_BY_CARD, settled: Money = ASKED, kept: Money = NOTHING
) -> Payment:
    """Return that payment as it was settled."""
    return Payment(
        id=payment_id(told.gateway, told.transaction), client=ClientId(of), notice=told, settled=settled, kept=kept
    )


def adjustment(  # noqa: PLR0913  # one keyword a field
    *,
    key: str = "a1",
    of: str = ANA,
    service_name: str | None = None,
    on: Day = ANCHOR,
    direction: Direction = Direction.UP,
    amount: Money = HUNDRED,
    reason: AdjustmentReason = AdjustmentReason.GOODWILL,
    reference: str = "",
) -> CreditAdjustment:
    """Return a hundred dollars that staff gave to Ana."""
    return CreditAdjustment(
        id=adjustment_id(key),
        client=ClientId(of),
        service=None if service_name is None else ServiceId(service_name),
        day=on,
        direction=direction,
        amount=amount,
        reason=reason,
        reference=reference,
    )


def promise(
    *,
    key: str = "p1",
    made: Day = ANCHOR,
    until: Day = FIRST_DUE,
    reason: PromiseReason = PromiseReason.TRANSFER_UNDER_WAY,
    reference: str = "",
) -> Promise:
    """Return Ana's promise, on the day of her order, to pay by the due date."""
    return Promise(key=key, made=made, until=until, reason=reason, reference=reference)


def fault(
    *, key: str = "f1", start: str = "2025-02-01T12:00:00Z", end: str = "2025-02-02T12:00:00Z", reference: str = ""
) -> ProviderFault:
    """Return a fault of one day, recorded on the day it was over."""
    over = instant(end)
    return provider_fault(
        key=key,
        start=instant(start),
        end=over,
        zone="America/Argentina/Buenos_Aires",
        actor=Actor.STAFF,
        reason=FaultReason.PAYMENT_CHANNEL_DOWN,
        reference=reference,
        recorded=civil_day(over, "America/Argentina/Buenos_Aires"),
    )


def posting(
    *,
    movement: Movement = Movement.NET_INVOICED,
    of: str = ANA,
    document: str = FIRST_INVOICE,
    on: Day = ANCHOR,
    amount: Money = HUNDRED,
) -> Posting:
    """Return the posting of a hundred dollars invoiced to Ana."""
    return Posting(movement=movement, client=ClientId(of), document=document, day=on, amount=amount)


def told(
    *,
    kind: MessageKind = MessageKind.INVOICE_ISSUED,
    of: str = ANA,
    about: str = FIRST_INVOICE,
    cause: str = FIRST_INVOICE,
    on: Day = ANCHOR,
) -> Message:
    """Return the message that Ana's first invoice was issued."""
    return message(kind, ClientId(of), about, cause, on)


def occasion(*, on: Day = ANCHOR, at: Instant = NOON, actor: Actor = Actor.BILLING_RUN, by: str = "") -> Occasion:
    """Return the billing run of 31 January."""
    return Occasion(day=on, at=at, actor=actor, by=by)


SIGNED_UP: Final = occasion(actor=Actor.CLIENT)
"""The occasion on which a client signs up."""


def event(  # noqa: PLR0913  # one keyword a field
    *,
    service_name: str = SERVICE,
    of: str = ANA,
    number: int = 1,
    command: ServiceCommand = ServiceCommand.ACTIVATE,
    before: ServiceState = ServiceState.PENDING,
    after: ServiceState = ServiceState.ACTIVE,
    suspension: SuspensionReason | None = None,
    termination: TerminationReason | None = None,
    on: Day = ANCHOR,
    at: Instant = NOON,
    actor: Actor = Actor.PROVISIONER,
    by: str = "",
    rule: str = "LIF-1",
    clauses: tuple[Clause, ...] = (Clause("manual/activation"),),
    cause: str = FIRST_INVOICE,
) -> ServiceEvent:
    """Return the event that activated Ana's service."""
    return ServiceEvent(
        id=event_id(ServiceId(service_name), number),
        service=ServiceId(service_name),
        client=ClientId(of),
        number=number,
        command=command,
        before=before,
        after=after,
        suspension=suspension,
        termination=termination,
        day=on,
        at=at,
        actor=actor,
        by=by,
        rule=rule,
        clauses=clauses,
        cause=cause,
    )


def held(
    *, number: int = 0, price: Money = HUNDRED, paid: Money = HUNDRED, tax: Money = TWENTY_ONE, anchor: Day = FOUNDED
) -> Held:
    """Return a month of Ana's, paid in full with its tax; number 0 is January 2025."""
    whole = AnchoredPeriod(anchor=anchor, cadence=Cadence.MONTHLY, number=number)
    return Held(whole=whole, price=price, paid=paid, tax=tax)


def listed(amount: str, months: int = 1) -> Listed:
    """Return dollars a month."""
    return Listed(price=usd(amount), months=months)


def upgrade_facts(
    *, price: Money = HUNDRED_AND_FIFTY, running: Held | None = None, today: Day = SIXTEENTH
) -> UpgradeFacts:
    """Return Ana's wish to have the larger plan of 150 dollars a month, half-way through a January that she has paid."""
    return UpgradeFacts(
        state=ServiceState.ACTIVE,
        suspensions=(),
        overdue=0,
        ending_pending=0,
        plan=PlanId("cloud"),
        target=PlanId("vps"),
        category="Servers",
        cycle=Cadence.MONTHLY,
        asked=Cadence.MONTHLY,
        listed=listed("100.00"),
        target_listed=listed("150.00"),
        price=price,
        running=held() if running is None else running,
        ahead=(),
        unpaid=0,
        missing=0,
        elsewhere=0,
        told=0,
        stored_mb=0,
        room_mb=0,
        tax=VAT,
        rounding=Rounding.HALF_UP,
        due_days=7,
        today=today,
    )


def cycle_change_facts() -> CycleChangeFacts:
    """Return Ana's wish to pay by the year, from 28 February on, asked ten days before."""
    return CycleChangeFacts(
        state=ServiceState.ACTIVE,
        ending_pending=0,
        cycle=Cadence.MONTHLY,
        asked=Cadence.ANNUAL,
        renews=day(2025, 2, 28),
        later=day(2025, 3, 31),
        issued=0,
        paid=0,
        price=usd("1000.00"),
        tax=VAT,
        rounding=Rounding.HALF_UP,
        today=day(2025, 2, 18),
    )
