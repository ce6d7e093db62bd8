"""A client keeps its data current: all that it says of itself, said anew; its e-mail moves in the same commit."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from altocore.adapters.memory import MemoryStore
from altocore.clients.clients import Client, CreditUse
from altocore.clients.contacts import folded
from altocore.clients.holdings import Exclusive, Holding, holding_id
from altocore.errors import BadValue, HistoryCorrupt, UnknownKey
from altocore.lifecycle.events import Actor
from altocore.plans.guard import Committed, Conflict
from altocore.plans.reading import OfClients
from altocore.policy.client_change import ClientChangeAccepted, ClientChangeRefused
from altocore.policy.registration import RegistrationAccepted
from altocore.terms.reasons import Why
from altocore.values.days import add_days, day
from altocore.values.ids import ClientId
from altocore.workflows.changing_clients import ClientChange, change_client, load_client_change, plan_client_change
from altocore.workflows.door import Did, DidBefore, Result
from altocore.workflows.one import one
from altocore.workflows.registering import register
from tests import cast as examples
from tests.workflows import cast

ANA = cast.CLIENTS[0]
TODAY = day(2025, 3, 31)
SAID = cast.occasion(TODAY, Actor.CLIENT)
MOVED = ClientChange(
    key="c1",
    client=ANA.id,
    legal=examples.party(name="Ana S.A."),
    email="Ana@New.example",
    phone="",
    tax_region="export",
    locale="pt_BR",
    credit_use=CreditUse.KEEP,
)

SAME = ClientChange(
    key="c1",
    client=ANA.id,
    legal=ANA.legal,
    email=ANA.contact.email,
    phone=ANA.contact.phone,
    tax_region=ANA.tax_region,
    locale=ANA.locale,
    credit_use=ANA.credit_use,
)


@pytest.fixture
def signed_up(store: cast.DumpStore) -> cast.DumpStore:
    """Return a store in which Ana has signed up."""
    register(store, ANA, examples.SIGNED_UP)
    return store


def reasons(result: Result[object]) -> list[tuple[str, Why]]:
    """Return rule and code of each reason of a refusal."""
    assert isinstance(result, Did)
    assert isinstance(result.answer, ClientChangeRefused)
    return [(each.rule, each.why) for each in result.answer.reasons]


def current(store: cast.DumpStore, client: str) -> list[str]:
    """Return the ids of what a client holds now."""
    held = store.select(Holding, OfClients((client,)))
    return [each.document.id for each in held if each.document.until is None]


def test_a_client_is_as_it_says(signed_up: cast.DumpStore) -> None:
    """CLI-4, CLI-8: everything is as it was said, and current on that day; the currency stays."""
    assert change_client(signed_up, MOVED, SAID) == Did(answer=ClientChangeAccepted(confirmed=TODAY), numbers=())
    stored = one(signed_up, Client, ANA.id)
    assert (stored.version, stored.document.currency, stored.document.billing_confirmed) == (2, ANA.currency, TODAY)
    assert (stored.document.legal, stored.document.tax_region) == (MOVED.legal, "export")
    assert (stored.document.locale, stored.document.credit_use) == ("pt_BR", CreditUse.KEEP)
    contact = stored.document.contact
    assert (contact.email, contact.email_confirmed) == ("Ana@New.example", TODAY)
    assert (contact.phone, contact.phone_confirmed) == ("", None)
    assert cast.findings(signed_up) == []


def test_the_email_moves_in_the_same_commit(signed_up: cast.DumpStore) -> None:
    """CLI-1: the one before is released on that day, and another client can have it."""
    change_client(signed_up, MOVED, SAID)
    assert current(signed_up, ANA.id) == [holding_id(Exclusive.EMAIL, "ana@new.example", 1)]
    before = one(signed_up, Holding, holding_id(Exclusive.EMAIL, folded(ANA.contact.email), 1)).document
    assert before.until == TODAY
    ben = examples.client(name=cast.BEN, email=ANA.contact.email)
    assert register(signed_up, ben, SAID) == Did(answer=RegistrationAccepted(currency=ben.currency), numbers=())
    assert cast.findings(signed_up) == []


@pytest.mark.parametrize("email", [ANA.contact.email, f" {ANA.contact.email.upper()}"])
def test_what_is_said_again_is_current_again(signed_up: cast.DumpStore, email: str) -> None:
    """CLI-4: the same data on a later day are current on it; the same e-mail, in whatever case, is held as it was."""
    held = signed_up.select(Holding, OfClients((ANA.id,)))
    change_client(signed_up, attrs.evolve(SAME, email=email), SAID)
    stored = one(signed_up, Client, ANA.id).document
    assert (stored.contact.email, stored.contact.email_confirmed, stored.billing_confirmed) == (email, TODAY, TODAY)
    assert signed_up.select(Holding, OfClients((ANA.id,))) == held
    assert cast.findings(signed_up) == []


def test_said_twice_it_is_done_once(signed_up: cast.DumpStore) -> None:
    """The same change is the same deed, also after another one; a key is not used for anything else (CLI-7)."""
    change_client(signed_up, MOVED, SAID)
    change_client(signed_up, attrs.evolve(SAME, key="c2"), SAID)
    before = cast.dumped(signed_up)
    assert change_client(signed_up, MOVED, cast.occasion(day(2025, 4, 1), Actor.CLIENT)) == DidBefore()
    others = (
        {"client": cast.BEN},
        {"legal": examples.party(name="A")},
        {"legal": examples.party(name="Ana S.A.", address="B")},
        {"legal": examples.party(name="Ana S.A.", tax_id="C")},
        {"email": "d@new.example"},
        {"phone": "+5493415550000"},
        {"tax_region": "AR"},
        {"locale": "pt"},
        {"credit_use": CreditUse.APPLY},
    )
    for other in others:
        with pytest.raises(BadValue, match="another input"):
            change_client(signed_up, attrs.evolve(MOVED, **other), SAID)
    assert cast.dumped(signed_up) == before


def test_an_email_that_another_has_is_refused(signed_up: cast.DumpStore) -> None:
    """CLI-1, CLI-4: both reasons are told, and nothing is stored."""
    register(signed_up, examples.client(name=cast.BEN, email="ana@NEW.example"), examples.SIGNED_UP)
    before = cast.dumped(signed_up)
    assert reasons(change_client(signed_up, MOVED, SAID)) == [("CLI-1", Why.EMAIL_TAKEN)]
    by_staff = cast.occasion(TODAY, Actor.STAFF)
    both = [("CLI-1", Why.EMAIL_TAKEN), ("CLI-4", Why.NOT_BY_CLIENT)]
    assert reasons(change_client(signed_up, MOVED, by_staff)) == both
    assert cast.dumped(signed_up) == before


def test_of_two_at_once_one_has_the_email(signed_up: cast.DumpStore) -> None:
    """CLI-1: two clients want one e-mail, and one changes twice; the store lets the first in, the others plan again."""
    ben = examples.client(name=cast.BEN, email="ben@example.com")
    register(signed_up, ben, examples.SIGNED_UP)
    asked = [MOVED, attrs.evolve(MOVED, key="c2", client=ben.id), attrs.evolve(SAME, key="c3", phone="")]
    plans = [plan_client_change(load_client_change(signed_up, each), SAID) for each in asked]
    assert [type(signed_up.commit([plan])[0]) for plan in plans] == [Committed, Conflict, Conflict]
    assert reasons(change_client(signed_up, asked[1], SAID)) == [("CLI-1", Why.EMAIL_TAKEN)]
    assert change_client(signed_up, asked[2], SAID) == Did(answer=ClientChangeAccepted(confirmed=TODAY), numbers=())
    assert cast.findings(signed_up) == []


def test_under_an_earlier_day_than_the_first(signed_up: cast.DumpStore) -> None:
    """A holding never ends before it began."""
    change_client(signed_up, MOVED, cast.occasion(day(2024, 2, 29), Actor.CLIENT))
    before = one(signed_up, Holding, holding_id(Exclusive.EMAIL, folded(ANA.contact.email), 1)).document
    assert before.since == before.until == examples.SIGNED_UP.day
    assert cast.findings(signed_up) == []


def test_who_is_no_client_is_told(signed_up: cast.DumpStore) -> None:
    """A client that is not stored, and a form that nothing could be sent to, are the caller's mistakes."""
    with pytest.raises(UnknownKey, match="client"):
        change_client(signed_up, attrs.evolve(MOVED, client=ClientId("nobody")), SAID)
    with pytest.raises(BadValue, match="email"):
        change_client(signed_up, attrs.evolve(MOVED, email="nowhere"), SAID)


def test_its_personal_fields_do_not_show() -> None:
    """CLI-7: what is said of how a client is reached stands in no log."""
    shown = repr(attrs.evolve(MOVED, phone="+5493415550000"))
    assert "new.example" not in shown
    assert "5550000" not in shown


def test_who_does_not_hold_its_email_is_damaged(signed_up: cast.DumpStore) -> None:
    """CLI-1: nothing of ours writes that, and nothing is built on it."""
    case = load_client_change(signed_up, MOVED)
    held = one(signed_up, Holding, holding_id(Exclusive.EMAIL, folded(ANA.contact.email), 1))
    of_another = attrs.evolve(held, document=attrs.evolve(held.document, client=ClientId(cast.BEN)))
    released = attrs.evolve(held, document=attrs.evolve(held.document, until=TODAY))
    for last in (None, of_another, released):
        damaged = attrs.evolve(case, held=attrs.evolve(case.held, last=last))
        with pytest.raises(HistoryCorrupt, match="does not hold its e-mail"):
            plan_client_change(damaged, SAID)


@given(
    st.lists(
        st.tuples(st.sampled_from([ANA.id, ClientId(cast.BEN)]), st.sampled_from("abc"), st.integers(0, 3)), max_size=12
    )
)
def test_whoever_wants_what_each_has_one_email(wants: list[tuple[ClientId, str, int]]) -> None:
    """CLI-1: after any changes each client has one e-mail, which is what it last got, and no other has it."""
    store, today = MemoryStore(), examples.SIGNED_UP.day
    has: dict[ClientId, str] = {}
    for name in (ANA.id, ClientId(cast.BEN)):
        has[name] = f"{name}@example.com"
        register(store, examples.client(name=name, email=has[name]), examples.SIGNED_UP)
    for number, (client, email, days) in enumerate(wants):
        today = add_days(today, days)
        wanted = attrs.evolve(MOVED, key=f"c{number}", client=client, email=f"{email}@example.com")
        free = all(other == client or held != wanted.email for other, held in has.items())
        told = change_client(store, wanted, cast.occasion(today, Actor.CLIENT))
        assert isinstance(told, Did)
        assert isinstance(told.answer, ClientChangeAccepted) is free
        has = {**has, client: wanted.email} if free else has
    assert {name: one(store, Client, name).document.contact.email for name in has} == has
    assert cast.findings(store) == []
