"""`altocore seal` and `altocore audit --seal`: what is printed is kept elsewhere, and shows later what was cut or made anew."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from altocore.adapters.sqlite import SqliteStore
from altocore.cli.auditing import read_heads
from altocore.values.days import day
from altocore.workflows.auditing import seal
from altocore.workflows.ordering import service_id
from tests.cli.conftest import Run
from tests.workflows import cast
from tests.workflows.cast import World
from tests.workflows.tampering import forge, tamper

STORE: Final = "s.sqlite"
SEAL: Final = "seal.jsonl"
A: Final = service_id("a")
AUDIT: Final = ("audit", "--store", STORE, "--seal", SEAL)


@pytest.fixture
def world(run: Run) -> Iterator[World]:
    """Give a world in a file of the folder that commands run in."""
    assert run("audit", "--store", STORE) == 2
    with SqliteStore.open(STORE) as store:
        world = cast.world(store)
        world.run("a")
        yield world


def disk(world: World) -> SqliteStore:
    """Return the store of a world on disk."""
    assert isinstance(world.store, SqliteStore)
    return world.store


def keep_seal(run: Run, capsys: pytest.CaptureFixture[str]) -> str:
    """Keep what the command prints in a file; return it."""
    capsys.readouterr()
    assert run("seal", "--store", STORE) == 0
    printed = capsys.readouterr().out
    Path(SEAL).write_text(printed, encoding="utf-8")
    return printed


def test_a_seal_is_a_line_for_each_chain(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Client, number and digest as JSON; it holds no name and no amount, and reads back as what it is."""
    printed = keep_seal(run, capsys)
    *lines, last = [json.loads(line) for line in printed.splitlines()]
    assert [line[0] for line in lines] == ["", "cli_ana", "cli_ben", "cli_cleo", "cli_dan"]
    assert last == {"chains": 5}
    assert list(read_heads(Path(SEAL))) == list(seal(world.store))
    assert "Ana" not in printed


def test_a_store_goes_through_its_own_seal_and_its_earlier_ones(
    world: World, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """At once, and when life went on."""
    keep_seal(run, capsys)
    assert run(*AUDIT) == 0
    world.bill_to(day(2025, 2, 20))
    world.pay(A, 1)
    assert run(*AUDIT) == 0
    assert capsys.readouterr().out == "0 violations\n0 violations\n"


def test_a_log_made_anew_is_seen(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 without the seal, and 1 with it: the client is named, in text and in JSON."""
    keep_seal(run, capsys)
    forge(disk(world), cast.ANA, world.invoice(A, 0).id, '"Ana"', '"Eva"')
    assert run("audit", "--store", STORE) == 0
    capsys.readouterr()
    assert run(*AUDIT) == 1
    assert capsys.readouterr().out == (
        "audit_log_is_whole cli_ana: its chain does not go through the place that was sealed\n1 violation\n"
    )
    assert run(*AUDIT, "--json") == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["invariant"], told["where"]) == ("audit_log_is_whole", "cli_ana")


def test_a_client_that_was_cut_off_is_seen(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """With every row that it had."""
    keep_seal(run, capsys)
    tamper(disk(world), "DELETE FROM log WHERE client = ?", cast.DAN)
    tamper(disk(world), "DELETE FROM document WHERE client = ?", cast.DAN)
    assert run("audit", "--store", STORE) == 0
    assert run(*AUDIT) == 1
    assert "cli_dan" in capsys.readouterr().out


@pytest.mark.parametrize("kept", [0, 1, 5])
def test_a_seal_that_was_cut_is_misuse(world: World, run: Run, capsys: pytest.CaptureFixture[str], kept: int) -> None:
    """Its last line counts the others: a file that lost lines, or all of them, is told, and passes for no seal."""
    lines = keep_seal(run, capsys).splitlines(keepends=True)
    assert len(lines) == 6
    Path(SEAL).write_text("".join(lines[:kept]), encoding="utf-8")
    assert run(*AUDIT) == 2
    assert "lines are missing" in capsys.readouterr().err
    Path(SEAL).write_text("".join([*lines[:kept], *lines[-1:]]) if kept < 5 else "".join(lines[1:]), encoding="utf-8")
    assert run(*AUDIT) == 2
    assert world.store is not None


@pytest.mark.usefixtures("world")
def test_a_seal_that_is_not_there_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """One line and no stack of calls; nothing is audited without it."""
    capsys.readouterr()
    assert run(*AUDIT) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert SEAL in said.err


GOOD: Final = '["cli_ana",1,"abc"]\n'


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "",
        "null",
        "5",
        "{}",
        "[]",
        '["cli_ana",1]',
        '["cli_ana",1,"abc",1]',
        '"abc"',
        '["cli_ana","1","abc"]',
        '["cli_ana",true,"abc"]',
        '["cli_ana",1.0,"abc"]',
        '["cli_ana",0,"abc"]',
        '["cli_ana",-1,"abc"]',
        '[1,1,"abc"]',
        '["cli_ana",1,null]',
        '{"client":1,"number":1,"chain":1}',
        pytest.param(
            "[" * 100_000,
            id="deep",
        ),
    ],
)
@pytest.mark.usefixtures("world")
def test_a_file_that_is_no_seal_is_misuse(run: Run, capsys: pytest.CaptureFixture[str], line: str) -> None:
    """The line is named by its number, and not repeated."""
    Path(SEAL).write_text(f"{GOOD}{line}\n{GOOD}", encoding="utf-8")
    capsys.readouterr()
    assert run(*AUDIT) == 2
    assert capsys.readouterr().err == "altocore: seal: line 2 is none that `altocore seal` wrote\n"


@pytest.mark.usefixtures("world")
def test_a_number_that_no_chain_reaches_is_told(run: Run) -> None:
    """However large it is: misuse, or a place that the chain does not go through, and no stack of calls."""
    Path(SEAL).write_text(f'["cli_ana",{10**30},"abc"]\n', encoding="utf-8")
    assert run(*AUDIT) in {1, 2}


@pytest.mark.usefixtures("world")
def test_a_seal_in_other_bytes_is_misuse(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """It is text in UTF-8."""
    Path(SEAL).write_bytes(b"\xff\xfe\x00")
    capsys.readouterr()
    assert run(*AUDIT) == 2
    assert capsys.readouterr().err == "altocore: file: is not text in UTF-8\n"


def test_a_store_that_is_not_there_has_no_seal(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Only asking makes none."""
    assert run("seal", "--store", "none.sqlite") == 2
    assert "there is no such file" in capsys.readouterr().err
    assert not Path("none.sqlite").exists()


# What the database finds besides -------------------------------------------------------------------------------------


def test_what_only_the_database_sees_is_told_too(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim that is gone is nothing that the audit reads; each violation is told once."""
    world.bill_to(day(2025, 2, 18))
    own = world.invoice(A, 1).id
    tamper(disk(world), "DELETE FROM claim WHERE space = 'charge' AND key = ?", own)
    tamper(disk(world), "UPDATE credit SET minor = 7 WHERE client = ?", cast.ANA)
    tamper(disk(world), "INSERT INTO credit (client, currency, minor) VALUES (?, 'USD', 7)", cast.CLEO)
    capsys.readouterr()
    assert run("audit", "--store", STORE, "--json") == 1
    told = [(each["invariant"], each["where"]) for each in json.loads(capsys.readouterr().out)]
    assert sorted(told) == [("charges_are_once", own), ("credit_is_sum_of_postings", cast.CLEO)]


def test_a_damaged_row_is_told_once(world: World, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The audit names it; that the database's own queries stumble over it as well is no second violation."""
    tamper(disk(world), "UPDATE document SET body = '{' WHERE kind = 'standing'")
    capsys.readouterr()
    assert run("audit", "--store", STORE, "--json") == 1
    told = [each["where"] for each in json.loads(capsys.readouterr().out) if each["invariant"] == "rows_are_sound"]
    assert told == [world.invoice(A, 0).id]


def test_a_damaged_row_that_the_audit_does_not_read_is_told(
    world: World, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A standing of nobody: an orphan for the audit, and more than the database's own queries can take apart."""
    tamper(
        disk(world),
        "INSERT INTO document (kind, id, version, client, day, shard, body) "
        "VALUES ('standing', 'inv_x', 1, 'cli_nobody', '', 0, '{')",
    )
    capsys.readouterr()
    assert run("audit", "--store", STORE, "--json") == 1
    told = {(each["invariant"], each["where"]) for each in json.loads(capsys.readouterr().out)}
    assert told == {("owner_is_stored", "inv_x"), ("rows_are_sound", "database")}
