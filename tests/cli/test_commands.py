"""The commands as a person types them: what they print, and the exit code of each way out."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEADER = (
    "customerID,tenure,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,"
    "StreamingTV,StreamingMovies,Contract,MonthlyCharges,Churn\n"
)
ROWS = (
    "0001-A,5,Yes,No,No,No,Yes,No,Month-to-month,29.85,No\n"
    "0002-B,12,No,No,No,No,No,No,One year,56.95,No\n"
    "0003-C,x,No,No,No,No,No,No,Two year,42.30,No\n"
)


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    """Give a file of two customers and a row that says none."""
    path = tmp_path / "customers.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def simulated(run: Run, portfolio: Path, *words: str) -> int:
    """Run two months of the portfolio."""
    return run(
        *["simulate", "--portfolio", str(portfolio), "--from", "2025-01-01", "--months", "2", "--store", "s.sqlite"],
        *words,
    )


def test_the_demo_shows_a_year_and_is_repeatable(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run prints the very same: nothing has changed."""
    assert run("demo") == 0
    first = capsys.readouterr().out
    assert "Ledger by account" in first
    assert "The audit finds nothing to object to." in first
    assert max(len(line) for line in first.splitlines() if "altocore explain" not in line) <= 80
    assert run("demo") == 0
    assert capsys.readouterr().out == first


def test_an_invoice_is_explained_in_three_languages(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """PAY-12: by its number or by its id; keys and amounts of the JSON are the same in every language."""
    run("demo")
    capsys.readouterr()
    assert run("explain", "A-00000002", "--store", "altocore-demo.sqlite", "--locale", "es_AR") == 0
    assert "Por qué esta factura dice lo que dice" in capsys.readouterr().out
    told = []
    for locale in ("en", "pt_BR"):
        assert run("explain", "A-00000002", "--store", "altocore-demo.sqlite", "--locale", locale, "--json") == 0
        told.append(json.loads(capsys.readouterr().out))
    assert {**told[0], "why": None} == {**told[1], "why": None}
    assert told[0]["total"] == "59169.00"
    assert run("explain", told[0]["id"], "--store", "altocore-demo.sqlite") == 0


def test_a_timeline_is_told_in_three_languages(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """PAY-2: of an invoice by its number or its id, from a day on; the JSON is the same in every language."""
    run("demo")
    capsys.readouterr()
    asked = ("timeline", "A-00000002", "--store", "altocore-demo.sqlite", "--on", "2025-01-20")
    assert run(*asked, "--locale", "es_AR") == 0
    assert "Qué sucede mientras la factura A-00000002 siga impaga" in capsys.readouterr().out
    assert run(*asked, "--json", "--locale", "pt_BR") == 0
    told = json.loads(capsys.readouterr().out)
    assert run(*asked, "--json") == 0
    assert json.loads(capsys.readouterr().out) == told
    assert {each["fate"] for each in told} <= {"done", "planned", "counted"}
    assert all(each["rule"] and each["clauses"] for each in told)
    for wrong in (("A-99999999", "2025-01-20"), ("A-00000002", "yesterday"), ("inv_no", "2025-01-20")):
        assert run("timeline", wrong[0], "--store", "altocore-demo.sqlite", "--on", wrong[1]) == 2


def test_an_audit_says_what_is_broken(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 from a sound store; 1 where somebody wrote past the door, in text and in JSON."""
    run("demo")
    assert run("audit", "--store", "altocore-demo.sqlite") == 0
    with sqlite3.connect("altocore-demo.sqlite") as connection:
        connection.execute("DROP TRIGGER posting_lasts")
        connection.execute("UPDATE posting SET minor = minor + 1 WHERE seq = 1")
    capsys.readouterr()
    assert run("audit", "--store", "altocore-demo.sqlite") == 1
    assert "ledger_follows_documents" in capsys.readouterr().out
    assert run("audit", "--store", "altocore-demo.sqlite", "--json") == 1
    assert json.loads(capsys.readouterr().out)[0]["invariant"] == "ledger_follows_documents"


def test_a_portfolio_is_simulated(run: Run, portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report has the assumptions, the refused row, and the rules; run again it adds nothing."""
    assert simulated(run, portfolio) == 0
    printed = capsys.readouterr().out
    assert "line 4, tenure: must be a whole number of months" in printed
    assert "Assumed, with seed 1" in printed
    assert "REN-1" in printed
    assert simulated(run, portfolio, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["subscribers"] == 2
    assert report["refused"] == [
        {"line": 4, "column": "tenure", "problem": "must be a whole number of months up to 600"}
    ]
    assert report["rules"] == {}


def test_more_refused_rows_than_fit_are_counted(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty are shown, the rest is told."""
    path = tmp_path / "bad.csv"
    path.write_text(
        HEADER + "".join(f"{n},x,No,No,No,No,No,No,One year,1.00,No\n" for n in range(23)), encoding="utf-8"
    )
    assert simulated(run, path) == 0
    assert "and 3 more" in capsys.readouterr().out


def test_two_simulations_do_not_share_a_store(run: Run, portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another seed would be the books of neither."""
    assert simulated(run, portfolio) == 0
    assert simulated(run, portfolio, "--seed", "2") == 2
    assert "holds a simulation with another seed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("explain", "A-00000001", "--store", "none.sqlite"), 2, "store: there is no such file"),
        (("audit", "--store", "none.sqlite"), 2, "store: there is no such file"),
        (("demo", "--locale", "de_DE"), 2, "locale: must begin with one of es, en, pt"),
        (("demo", "--store", "no/such/folder/x.sqlite"), 3, "SQLITE_CANTOPEN"),
        (("audit", "--store", "foreign.sqlite"), 2, "another program's database"),
        (("audit", "--store", "text.sqlite"), 3, "SQLITE_NOTADB"),
        (("audit", "--store", "empty.sqlite"), 2, "store: there is no such file, or it is empty"),
    ],
)
def test_a_fault_is_one_line_and_a_code(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    """Misuse is 2, a failure of the outside 3; nobody sees a stack of calls, and a foreign file stays as it was."""
    with sqlite3.connect("foreign.sqlite") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    Path("text.sqlite").write_text("no database at all, but long enough to be looked at " * 20, encoding="utf-8")
    Path("empty.sqlite").touch()
    before = Path("foreign.sqlite").read_bytes()
    assert run(*words) == code
    err = capsys.readouterr().err
    assert told in err
    assert len(err.splitlines()) == 1
    assert Path("foreign.sqlite").read_bytes() == before


def test_a_number_that_no_invoice_bears(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Both an unknown number and one of another form are misuse."""
    run("demo")
    for invoice in ("A-99999999", "7", "inv_none"):
        assert run("explain", invoice, "--store", "altocore-demo.sqlite") == 2
    assert "no invoice bears this number" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"a,b\n1,2\n", "portfolio: lacks the column customerID"), (b"\xff\xfe\x00", "file: is not text in UTF-8")],
)
def test_a_file_that_is_no_portfolio(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    """Another file is refused as a whole, with what is wrong."""
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    assert simulated(run, path) == 2
    assert told in capsys.readouterr().err


def test_no_months_are_no_run(run: Run, portfolio: Path) -> None:
    """A span has at least a month."""
    assert run("simulate", "--portfolio", str(portfolio), "--from", "2025-01-01", "--months", "0", "--store", "s") == 2


def test_the_process_gets_the_code(tmp_path: Path) -> None:
    """What a command returns is what the shell sees, through `python -m altocore`."""
    words = [sys.executable, "-m", "altocore", "audit", "--store", "none.sqlite"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)  # our own words
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "altocore: store: there is no such file, or it is empty\n"
