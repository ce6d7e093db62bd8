"""How each kind is written down: a stored text of today must be read by every altocore to come."""

from typing import Final

import pytest

from altocore.billing.invoices import InvoiceKind
from altocore.catalogue.items import AddonKind, SupportPlan
from altocore.catalogue.plans import Courtesy, ProductKind, UpgradeGroup
from altocore.codec.documents import decode, encode
from altocore.lifecycle.machine import ServiceState
from altocore.lifecycle.registrations import Registration, RenewalChoice
from altocore.plans.documents import KINDS, Document
from altocore.values.anchors import Cadence
from altocore.values.cycles import Once
from altocore.values.days import day
from altocore.values.domains import DomainName
from altocore.values.exchange import exchange_rate
from altocore.values.ids import PlanId
from tests import cast

PARTY: Final = '{"address":"Calle 1, Rosario","name":"Ana","tax_id":""}'
ALTO: Final = '{"address":"Avenida 2, Buenos Aires","name":"Alto","tax_id":"30-1"}'


def contract(number: int, anchor: str) -> str:
    """Return how a contract by the month is written."""
    return (
        f'{{"addons":[],"administration":null,"anchor":{anchor},"cycle":"monthly","first_period":0,"number":{number},'
        '"ordered":"2025-01-31","plan_edition":"plan_cloud_2025","terms_edition":"terms_2025"}'
    )


FIRST: Final = contract(1, '"2025-01-31"')
SECOND: Final = contract(2, '"2025-09-30"')
THIRD: Final = contract(3, "null")

WRITTEN: Final[list[tuple[Document, str]]] = [
    (
        cast.client(email="ana@example.com"),
        (
            '{"billing_confirmed":"2025-01-01","contact":{"email":"ana@example.com","email_confirmed":"2025-01-01",'
            '"phone":"+5493415550000","phone_confirmed":"2025-01-01"},'
            f'"credit_use":"apply","currency":"USD","id":"cli_ana","legal":{PARTY},"locale":"es_AR","schema":1,'
            '"tax_region":"AR"}'
        ),
    ),
    (
        cast.holding(until=day(2025, 2, 1)),
        (
            f'{{"client":"cli_ana","id":"{cast.holding().id}","number":1,"of":"email","schema":1,"since":"2025-01-31",'
            '"until":"2025-02-01"}'
        ),
    ),
    (
        cast.plan(items=(cast.item(prices=(cast.price(cycle=Cadence.SEMIANNUAL),)),)),
        (
            '{"addons":[],"courtesies":[],"effective":"2025-01-01","free_domain":[],"id":"plan_cloud_2025",'
            '"items":[{"name":"cloud","prices":[{"amount":[10000,"USD"],"cycle":"semiannual"}]}],'
            '"kind":"cloud_hosting","not_refundable":[],"parts":[],"plan":"cloud","published":"2025-01-01","schema":1,'
            '"setup":null,"support":"standard","upgrades":[]}'
        ),
    ),
    (
        cast.plan(
            kind=ProductKind.BUNDLE,
            items=(cast.item(prices=(cast.price(cycle=Once.ONE_TIME),)),),
            setup=cast.item(name="setup", prices=()),
            addons=(cast.addon(kind=AddonKind.SUPPORT, prices=(), support=SupportPlan.FULL),),
            parts=(cast.part(weight=1), cast.part(of="vps", kind=ProductKind.VPS, prices=(), weight=2)),
            upgrades=(UpgradeGroup(category="larger", plans=(PlanId("all"),)),),
            free_domain=(cast.usd("12.50"),),
            courtesies=(Courtesy.MAIL,),
            not_refundable=(Once.ONE_TIME,),
        ),
        (
            '{"addons":[{"id":"management","item":{"name":"management","prices":[]},"kind":"support","support":"full"}],'
            '"courtesies":["mail"],"effective":"2025-01-01","free_domain":[[1250,"USD"]],"id":"plan_cloud_2025",'
            '"items":[{"name":"cloud","prices":[{"amount":[10000,"USD"],"cycle":"one_time"}]}],'
            '"kind":"bundle","not_refundable":["one_time"],'
            '"parts":[{"kind":"cloud_hosting","name":"cloud","plan":"cloud",'
            '"prices":[{"amount":[10000,"USD"],"cycle":"monthly"}],"weight":1},'
            '{"kind":"vps","name":"vps","plan":"vps","prices":[],"weight":2}],'
            '"plan":"cloud","published":"2025-01-01","schema":1,"setup":{"name":"setup","prices":[]},'
            '"support":"standard","upgrades":[{"category":"larger","plans":["all"]}]}'
        ),
    ),
    (
        cast.terms_edition(),
        (
            '{"effective":"2025-01-01","id":"terms_2025","published":"2025-01-01","schema":1,"terms":{'
            '"backups":{"after_ending":"courtesy_backup","recovery_fee":[5000,"USD"],"retention_years":10},'
            '"bonuses":{"no_discount_scope":"service"},'
            '"cancellation":{"deadline":"before_renewal_invoice","debt":"service_invoices","timing":"client_chooses"},'
            '"change":{"cycle_notice_days":5,"downgrade":"refuse","upgrade_base":"paid","upgrade_charge":"full_difference"},'
            '"contract":{"terms_change":"period_end_with_notice"},'
            '"invoicing":{"due_days":7,"first_period_start":"activation","renewal_notice_days":10},'
            '"order":{"shared_hosting_cycles":"semiannual_or_longer"},'
            '"overdue":{"cancel_days":60,"last_notice_days":3,"promise_days_max":14,"reminder_days":[-5,-1,1,3],"suspend_days":5,'
            '"terminate_days":30},'
            '"restoration":{"fee":[10000,"USD"],"scope":"terminated_only"},'
            '"tax":{"rates":[{"name":"IVA","rate_ppm":210000,"region":"AR"},'
            '{"name":"export","rate_ppm":0,"region":"export"}],"rounding":"half_up"}}}'
        ),
    ),
    (
        cast.service(pending=cast.ending(asked=day(2025, 2, 1), effective=day(2025, 2, 28)), open_invoices=("i",)),
        (
            '{"client":"cli_ana","contract":{"addons":[],"administration":null,"anchor":"2025-01-31","cycle":"monthly","first_period":0,"number":1,'
            '"ordered":"2025-01-31","plan_edition":"plan_cloud_2025","terms_edition":"terms_2025"},'
            '"earlier":[],'
            '"ending":{"asked":"2025-02-01","by":"client","effective":"2025-02-28","time":"end_of_period"},"events":1,"faults":[],'
            '"id":"srv_ana","last_period":0,'
            '"next_revision":0,"next_step":null,"open_costs":[],"open_invoices":["i"],"overloads":0,"registration":null,'
            '"restoration":null,"schema":1,"state":"active",'
            '"suspensions":[],"terms_edition":"terms_2025"}'
        ),
    ),
    (
        cast.service(
            state=ServiceState.TERMINATED,
            runs=cast.contract(number=2, anchor=day(2025, 9, 30)),
            earlier=(cast.CONTRACT,),
            restoration=cast.restoration(),
        ),
        (
            f'{{"client":"cli_ana","contract":{SECOND},"earlier":[{FIRST}],"ending":null,"events":1,"faults":[],'
            '"id":"srv_ana","last_period":0,'
            '"next_revision":0,"next_step":null,"open_costs":[],"open_invoices":[],"overloads":0,'
            f'"registration":null,"restoration":{{"contract":{THIRD},"invoice":"{cast.RESTORING}"}},"schema":1,"state":"terminated",'
            '"suspensions":[],"terms_edition":"terms_2025"}'
        ),
    ),
    (
        cast.service(
            runs=cast.contract(cycle=Cadence.ANNUAL),
            registered=Registration(domain=DomainName("example.com"), renewal=RenewalChoice.LAPSE),
        ),
        (
            '{"client":"cli_ana","contract":{"addons":[],"administration":null,"anchor":"2025-01-31","cycle":"annual","first_period":0,"number":1,'
            '"ordered":"2025-01-31","plan_edition":"plan_cloud_2025","terms_edition":"terms_2025"},'
            '"earlier":[],"ending":null,"events":1,"faults":[],"id":"srv_ana","last_period":0,'
            '"next_revision":0,"next_step":null,"open_costs":[],"open_invoices":[],"overloads":0,'
            '"registration":{"domain":"example.com","renewal":"lapse"},"restoration":null,"schema":1,"state":"active",'
            '"suspensions":[],"terms_edition":"terms_2025"}'
        ),
    ),
    (
        cast.event(cause="pay_1"),
        (
            '{"actor":"provisioner","after":"active","at":"2025-01-31T15:00:00+00:00","before":"pending","by":"","cause":"pay_1",'
            '"clauses":["manual/activation"],"client":"cli_ana","command":"activate","day":"2025-01-31",'
            f'"id":"{cast.event().id}","number":1,"rule":"LIF-1","schema":1,"service":"srv_ana","suspension":null,'
            '"termination":null}'
        ),
    ),
    (
        cast.invoice(covers=cast.period(day(2025, 1, 31), day(2025, 2, 28))),
        (
            f'{{"client":"cli_ana","command":null,"contract":1,"currency":"USD","customer":{PARTY},"due":"2025-02-07",'
            f'"exchange":null,"id":"{cast.FIRST_INVOICE}","issued":"2025-01-31","issuer":{ALTO},"kind":"first",'
            '"lines":[{"item":"cloud","net":[10000,"USD"],"tax":[2100,"USD"]}],"period":["2025-01-31","2025-02-28"],'
            '"period_number":0,"plan_edition":"plan_cloud_2025","revision":0,"schema":1,"service":"srv_ana","tax_name":"IVA",'
            '"tax_rate_ppm":210000,"tax_region":"AR","terms_edition":"terms_2025"}'
        ),
    ),
    (
        cast.invoice(kind=InvoiceKind.RESTORATION, contract_number=3, exchange=exchange_rate("USD", "ARS", "1234.5")),
        (
            f'{{"client":"cli_ana","command":null,"contract":3,"currency":"USD","customer":{PARTY},"due":"2025-02-07",'
            '"exchange":{"base":"USD","denominator":10,"numerator":12345,"quote":"ARS"},'
            f'"id":"{cast.RESTORING}","issued":"2025-01-31","issuer":{ALTO},"kind":"restoration",'
            '"lines":[{"item":"cloud","net":[10000,"USD"],"tax":[2100,"USD"]}],"period":null,'
            '"period_number":0,"plan_edition":"plan_cloud_2025","revision":0,"schema":1,"service":"srv_ana","tax_name":"IVA",'
            '"tax_rate_ppm":210000,"tax_region":"AR","terms_edition":"terms_2025"}'
        ),
    ),
    (
        cast.standing(next_step=day(2025, 2, 2)),
        (
            f'{{"client":"cli_ana","closed":null,"due":"2025-02-07","id":"{cast.FIRST_INVOICE}","issued":"2025-01-31",'
            '"kind":"first","last_notice_queued":null,"last_notice_taken":null,"next_step":"2025-02-02","promises":[],"schema":1,'
            '"service":"srv_ana",'
            '"settled":[0,"USD"],"state":"open","steps_done":0,"terms_edition":"terms_2025","total":[12100,"USD"],"write_off":null}'
        ),
    ),
    (
        cast.payment(),
        (
            f'{{"client":"cli_ana","id":"{cast.payment().id}","kept":[0,"USD"],"notice":{{"amount":[12100,"USD"],'
            f'"gateway":"cards","invoice":"{cast.FIRST_INVOICE}","means":"card","received":"2025-01-31",'
            '"transaction":"1"},"schema":1,"settled":[12100,"USD"]}'
        ),
    ),
    (
        cast.adjustment(service_name=cast.SERVICE),
        (
            f'{{"amount":[10000,"USD"],"client":"cli_ana","day":"2025-01-31","direction":"up","id":"{cast.adjustment().id}",'
            '"reason":"goodwill","reference":"","schema":1,"service":"srv_ana"}'
        ),
    ),
    (
        cast.adjustment(reference="ticket 7"),
        (
            f'{{"amount":[10000,"USD"],"client":"cli_ana","day":"2025-01-31","direction":"up","id":"{cast.adjustment().id}",'
            '"reason":"goodwill","reference":"ticket 7","schema":1,"service":null}'
        ),
    ),
]


def test_every_kind_is_here() -> None:
    """No kind of document is left without its text."""
    assert {type(document) for document, _ in WRITTEN} == set(KINDS.values())


@pytest.mark.parametrize(
    ("document", "text"), WRITTEN, ids=[f"{type(document).__name__}-{n}" for n, (document, _) in enumerate(WRITTEN)]
)
def test_a_kind_is_written_so(document: Document, text: str) -> None:
    """The text is this one to the letter, and it is read as the document."""
    assert encode(document) == text
    assert decode(type(document), text) == document
