"""The audit log: an entry says what a plan did, without amounts and without names, and is chained to the one before."""

import json
from hashlib import sha256
from typing import Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from altocore.billing.ledger import Movement, Posting
from altocore.clients.clients import Client
from altocore.lifecycle.events import Actor
from altocore.plans.log import BEGINNING, LoggedDocument, chained, digest_of, log_body, postings_digest
from altocore.plans.plan import Claim, Expect, Plan
from altocore.values.days import day
from tests import cast

EMPTY: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
DOCUMENTS: Final = (LoggedDocument("client", "cli_ana", 3, "d1"), LoggedDocument("service", "srv_ñ", 1, "d2"))
POSTINGS: Final = (
    cast.posting(),
    cast.posting(movement=Movement.TAX_INVOICED, amount=cast.TWENTY_ONE, on=day(2025, 2, 1), document="inv_2"),
)


def plan(*, rests_on: tuple[str, ...] = ("REN-1", "PAY-7", "REN-1"), actor: Actor | None = Actor.STAFF) -> Plan[object]:
    """Return a plan that writes Ana, on an occasion or on none."""
    ana = cast.client(legal=cast.party(name="Pereyra"))
    return Plan(
        answer="yes",
        deed=Claim("client", "cli_ana", "input"),
        expects=(Expect(Client, ana.id, 2),),
        writes=(ana,),
        rests_on=rests_on,
        occasion=None if actor is None else cast.occasion(actor=actor, by="staff-17"),
    )


def test_an_entry_says_who_did_what_under_which_rules() -> None:
    """Canonical JSON: keys in order, no spaces, letters as they are; a rule is named once, as it came first."""
    assert log_body(plan(), DOCUMENTS, POSTINGS) == (
        '{"actor":"staff","at":"2025-01-31T15:00:00+00:00","by":"staff-17","day":"2025-01-31",'
        '"deed":["client","cli_ana","input"],'
        '"documents":[["client","cli_ana",3,"d1"],["service","srv_ñ",1,"d2"]],'
        f'"postings":[2,"{postings_digest(POSTINGS)}"],"rules":["REN-1","PAY-7"]}}'
    )


def test_an_entry_without_an_occasion_says_so() -> None:
    """A plan that nobody gave an occasion is logged all the same."""
    said = json.loads(log_body(plan(rests_on=(), actor=None), (), ()))
    assert said == {
        "actor": None,
        "at": None,
        "by": None,
        "day": None,
        "deed": ["client", "cli_ana", "input"],
        "documents": [],
        "postings": [0, EMPTY],
        "rules": [],
    }


def test_an_entry_holds_nothing_personal_and_no_amount() -> None:
    """The log may be shown to an auditor: ids, versions and digests only."""
    body = log_body(plan(), DOCUMENTS, POSTINGS)
    for told in ("Pereyra", "Calle", "Rosario", "10000", "2100", "USD", "yes"):
        assert told not in body.replace(postings_digest(POSTINGS), "")


def test_what_a_digest_is_of_is_for_ever() -> None:
    """A seal that was kept elsewhere compares for ever: SHA-256 of UTF-8, lines of tabs between fields."""
    assert digest_of("") == EMPTY == postings_digest(())
    assert digest_of("ñ") == sha256("ñ".encode()).hexdigest()
    lines = "net_invoiced\tinv_1\t2025-01-31\t10000\tUSD\ntax_invoiced\tinv_2\t2025-02-01\t2100\tUSD"
    first, second = POSTINGS
    assert postings_digest((evolve(first, document="inv_1"), second)) == sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        POSTINGS[::-1],
        POSTINGS[:1],
        (*POSTINGS, POSTINGS[0]),
        (evolve(POSTINGS[0], amount=cast.usd("100.01")), POSTINGS[1]),
        (evolve(POSTINGS[0], amount=evolve(cast.HUNDRED, currency=cast.JPY)), POSTINGS[1]),
        (evolve(POSTINGS[0], day=day(2025, 1, 30)), POSTINGS[1]),
        (evolve(POSTINGS[0], document="inv_3"), POSTINGS[1]),
        (evolve(POSTINGS[0], movement=Movement.TAX_INVOICED), POSTINGS[1]),
    ],
    ids=["turned round", "one left out", "one put in", "amount", "currency", "day", "document", "movement"],
)
def test_postings_that_were_changed_have_another_digest(other: tuple[Posting, ...]) -> None:
    """Every field that a movement of this client has, and their order, are in it."""
    assert postings_digest(other) != postings_digest(POSTINGS)


def test_the_chain_of_known_entries() -> None:
    """The digest of an entry is of the digest before, a new line, and its text; the first follows nothing."""
    first = chained(BEGINNING, "a")
    assert first == sha256(b"\na").hexdigest()
    assert chained(first, "b") == sha256(f"{first}\nb".encode()).hexdigest()


@given(st.lists(st.text(max_size=3), min_size=1, max_size=6), st.data())
def test_a_chain_that_was_touched_ends_elsewhere(bodies: list[str], data: st.DataObject) -> None:
    """An entry that is changed, left out, put in or moved makes another end."""
    touched = list(bodies)
    at = data.draw(st.integers(0, len(bodies) - 1))
    match data.draw(st.sampled_from(["change", "leave out", "put in", "move"])):
        case "change":
            touched[at] += "x"
        case "leave out":
            del touched[at]
        case "put in":
            touched.insert(at, "x")
        case _:
            touched.insert(data.draw(st.integers(0, len(bodies) - 1)), touched.pop(at))
    assert (end(touched) == end(bodies)) is (touched == bodies)


def end(bodies: list[str]) -> str:
    """Return where the chain of these texts ends."""
    last = BEGINNING
    for body in bodies:
        last = chained(last, body)
    return last
