"""`altocore quote upgrade` as a person types it: every reading side by side, in three languages, and as JSON."""

import json
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from altocore.adapters.sqlite import SqliteStore
from altocore.billing.invoices import invoice_id
from altocore.billing.numbering import label
from altocore.catalogue.kinds import ProductKind
from altocore.catalogue.plans import UpgradeGroup
from altocore.values.anchors import Cadence
from altocore.values.days import day
from altocore.values.ids import PlanId, ServiceId
from altocore.workflows.registering import publish
from tests.cli.conftest import Run
from tests.workflows import cast

SOLD: Final = [(Cadence.MONTHLY, "30.00", "USD"), (Cadence.ANNUAL, "100.00", "USD")]
BASIC: Final = evolve(
    cast.sold_plan(name="plan_basic", of="basic", items=(cast.sold_item("basic", SOLD),)),
    upgrades=(UpgradeGroup(category="Larger", plans=(PlanId("premium"), PlanId("server"))),),
)
PREMIUM: Final = cast.sold_plan(
    name="plan_premium", of="premium", items=(cast.sold_item("premium", [(Cadence.ANNUAL, "150.00", "USD")]),)
)
SERVER: Final = cast.sold_plan(
    name="plan_server",
    of="server",
    kind=ProductKind.VPS,
    items=(cast.sold_item("server", [(Cadence.ANNUAL, "400.00", "USD")]),),
)
SMALL: Final = cast.sold_plan(
    name="plan_small", of="small", items=(cast.sold_item("small", [(Cadence.ANNUAL, "10.00", "USD")]),)
)
ASKED: Final = ("--store", "s.sqlite", "--on", "2024-07-02")


@pytest.fixture
def service(run: Run) -> ServiceId:
    """Give a service that was paid for a year with a hundred dollars, in the store `s.sqlite`."""
    assert run is not None
    with SqliteStore.open(Path("s.sqlite")) as store:
        world = cast.world(store, today=day(2024, 1, 1))
        publish(store, [BASIC, PREMIUM, SERVER, SMALL])
        return world.run("o1", plan=BASIC, cycle=Cadence.ANNUAL)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("es_AR", "* la diferencia entera (lo pagado por el período)"),
        ("en", "* the whole difference (what was paid for the period)"),
        ("pt_BR", "* a diferença inteira (o pago pelo período)"),
    ],
)
def test_the_readings_stand_side_by_side(
    run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId, locale: str, told: str
) -> None:
    """UPG-1: the source's own example, 50; with 25 and 100 beside it, in the caller's language."""
    assert run("quote", "upgrade", service, *ASKED, "--plan", "premium", "--locale", locale) == 0
    out = capsys.readouterr().out
    assert told in out
    for amount in ("50", "25", "100"):
        assert f"{amount}.00" in out or f"{amount},00" in out


def test_a_service_is_named_by_an_invoice_of_it(
    run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId
) -> None:
    """UPG-1: by its number or its id; the JSON is the same in every language."""
    told = []
    for named in (service, label("A", 1), invoice_id(service, 1, 0)):
        assert run("quote", "upgrade", named, *ASKED, "--plan", "premium", "--json") == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1] == told[2]
    full, _, by_days, fresh = told[0]["readings"]
    assert (told[0]["plan"], told[0]["target"], told[0]["currency"]) == ("basic", "premium", "USD")
    assert (full["chosen"], full["charge"], full["tax"], full["due"]) == (True, "50.00", "10.50", "2024-07-09")
    assert by_days["periods"] == [
        {
            "price": "150.00",
            "counted": "100.00",
            "period": ["2024-01-01", "2025-01-01"],
            "of_amount": "50.00",
            "used": 183,
            "of": 366,
            "amount": "25.00",
        }
    ]
    assert [each.get("amount") for each in fresh["periods"]] == [None, "50.00"]
    assert (fresh["reading"], fresh["charge"], fresh["credit"]) == ("unused_credit", "100.00", "0.00")


def test_what_is_not_possible_says_why(run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId) -> None:
    """A no is an answer, and exit code 0: of a smaller plan, and of one that is not sold so."""
    asked = ("quote", "upgrade", service, *ASKED)
    small = ("--plan", "small", "--stored-mb", "10", "--room-mb", "20")
    assert run(*asked, *small) == 0
    assert "everything in it is lost" in capsys.readouterr().out
    assert run(*asked, *small, "--json") == 0
    refused, credited = json.loads(capsys.readouterr().out)["readings"]
    assert refused["refused"] == [{"rule": "DWN-1", "clauses": ["manual/downgrade"], "why": "downgrade_refused"}]
    assert (credited["credit"], credited["credit_tax"]) == ("40.00", "8.40")
    assert run(*asked, "--plan", "premium", "--cycle", "monthly") == 0
    assert "not sold in USD on the monthly cycle" in capsys.readouterr().out
    assert run(*asked, "--plan", "server", "--json") == 0
    assert json.loads(capsys.readouterr().out)["refused"][0]["why"] == "administration_missing"
    assert run(*asked, "--plan", "server", "--administration", "provider") == 0
    assert "$300.00" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("srv_no", "--plan", "premium"), "service: no such document is stored"),
        (("A-00000099", "--plan", "premium"), "invoice: no invoice bears this number"),
        (("A-00000001", "--plan", "none"), "plan: no edition of it is stored"),
        (("A-00000001", "--plan", "premium", "--cycle", "weekly"), "cycle: must be the name of a cycle"),
        (("A-00000001", "--plan", "premium", "--locale", "de"), "locale: must begin with one of"),
    ],
)
def test_misuse_is_one_line(
    run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId, words: tuple[str, ...], told: str
) -> None:
    """It names the field, with exit code 2."""
    assert service
    assert run("quote", "upgrade", words[0], *ASKED, *words[1:]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"altocore: {told}")
    assert len(captured.err.splitlines()) == 1


def test_a_day_that_is_past(run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId) -> None:
    """REN-4: what was true before the last invoice is not stored."""
    assert run("quote", "upgrade", service, "--store", "s.sqlite", "--on", "2023-12-31", "--plan", "premium") == 2
    assert "on: must not lie before the last invoice of the service" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("es_AR", "Desde el 1 ene 2025 el ciclo es mensual"),
        ("en", "From Jan 1, 2025 on the cycle is monthly"),
        ("pt_BR", "A partir de 1 de jan. de 2025 o ciclo é mensal"),
    ],
)
def test_another_cycle_is_quoted(
    run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId, locale: str, told: str
) -> None:
    """REN-3: from the next renewal on, in the caller's language."""
    assert run("quote", "cycle", service, *ASKED, "--cycle", "monthly", "--locale", locale) == 0
    assert told in capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")


def test_another_cycle_for_a_program(run: Run, capsys: pytest.CaptureFixture[str], service: ServiceId) -> None:
    """REN-3: a no has the next day, a plan that is not sold so the order's reasons; both are answers."""
    assert run("quote", "cycle", service, *ASKED, "--cycle", "monthly", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "effective": "2025-01-01",
        "currency": "USD",
        "price": "30.00",
        "tax": "6.30",
        "reissues": 0,
    }
    late = ("--store", "s.sqlite", "--on", "2024-12-30")
    assert run("quote", "cycle", label("A", 1), *late, "--cycle", "monthly", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["refused"][0]["why"], found["next_day"]) == ("asked_too_late", "2026-01-01")
    assert run("quote", "cycle", service, *ASKED, "--cycle", "biennial", "--json") == 0
    assert json.loads(capsys.readouterr().out)["refused"][0]["why"] == "cycle_not_offered"
    assert run("quote", "cycle", service, *ASKED, "--cycle", "biennial") == 0
    assert "It is not sold so" in capsys.readouterr().out
    assert run("quote", "cycle", "srv_no", *ASKED, "--cycle", "monthly") == 2
