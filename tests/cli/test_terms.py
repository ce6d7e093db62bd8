"""`altocore terms` as a person types it: a sheet, what differs, and what is no terms."""

import json
from pathlib import Path

import pytest

from altocore.codec.terms import Preset, preset
from tests.cli.conftest import Run


@pytest.mark.parametrize("name", Preset)
@pytest.mark.parametrize(("locale", "title"), [("es_AR", "Condiciones"), ("en", "Terms"), ("pt_BR", "Condições")])
def test_a_preset_is_shown(run: Run, capsys: pytest.CaptureFixture[str], name: Preset, locale: str, title: str) -> None:
    """REN-6: each preset, in each language, every option with the chosen reading marked."""
    assert run("terms", "show", name.value, "--locale", locale) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == f"{title}: {name.value}"
    assert "[contract.terms_change · terms/3.b]" in out
    assert out.count("    * ") == 13


def test_two_presets_are_compared(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """REN-5: the manual and the terms differ in six readings; in JSON the values are those of the TOML."""
    assert run("terms", "diff", "manual", "terms") == 0
    assert capsys.readouterr().out.splitlines()[0] == "Differences: manual and terms"
    assert run("terms", "diff", "manual", "terms", "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "field": "order.shared_hosting_cycles",
            "clause": "manual/honour",
            "before": "semiannual_or_longer",
            "after": "semiannual_annual",
        },
        {
            "field": "cancellation.timing",
            "clause": "manual/cancellation",
            "before": "client_chooses",
            "after": "end_of_period_only",
        },
        {
            "field": "cancellation.deadline",
            "clause": "manual/cancellation",
            "before": "before_renewal_invoice",
            "after": "any_time",
        },
        {
            "field": "change.upgrade_charge",
            "clause": "manual/upgrade",
            "before": "full_difference",
            "after": "unused_credit",
        },
        {"field": "change.downgrade", "clause": "manual/downgrade", "before": "refuse", "after": "credit"},
        {
            "field": "backups.after_ending",
            "clause": "manual/cancellation",
            "before": "courtesy_backup",
            "after": "erased",
        },
        {
            "field": "restoration.scope",
            "clause": "terms/5.b",
            "before": "terminated_only",
            "after": "terminated_and_cancelled",
        },
    ]


def test_a_file_is_compared_with_a_preset(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """REN-5: lists are lists, rates are tables, and equal terms have no difference."""
    text = preset(Preset.DEFAULT)
    Path("ours.toml").write_text(text.replace("[-5, -1, 1, 3]", "[2]").replace("210000", "220000"), encoding="utf-8")
    Path("same.toml").write_text(text, encoding="utf-8")
    assert run("terms", "diff", "default", "ours.toml", "--json") == 0
    reminders, rates = json.loads(capsys.readouterr().out)
    assert (reminders["before"], reminders["after"]) == ([-5, -1, 1, 3], [2])
    assert rates["after"][0] == {"region": "AR", "name": "IVA", "rate_ppm": 220_000}
    assert run("terms", "diff", "default", "same.toml", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run("terms", "diff", "default", "same.toml") == 0
    assert capsys.readouterr().out.endswith("They say the same\n")


def test_a_sheet_for_a_program(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Every field by its code, with its clause, the same in every language."""
    told = []
    for locale in ("es", "en"):
        assert run("terms", "show", "default", "--json", "--locale", locale) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
    assert {"field": "overdue.suspend_days", "clause": "house", "value": 5} in told[0]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("show", "nothing"), "terms: must be default, manual, terms or a file"),
        (("diff", "default", "nothing.toml"), "terms: must be default, manual, terms or a file"),
        (("show", "bad.toml"), "overdue.suspend_days: must be an int"),
        (("show", "latin.toml"), "file: is not text in UTF-8"),
        (("show", "default", "--locale", "xx"), "locale: must begin with one of"),
    ],
)
def test_what_is_no_terms_is_one_line(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], problem: str
) -> None:
    """A fault is one line that names the field, and exit code 2."""
    Path("bad.toml").write_text(
        preset(Preset.DEFAULT).replace("suspend_days = 5", "suspend_days = 5.5"), encoding="utf-8"
    )
    Path("latin.toml").write_bytes("# condición".encode("latin-1"))
    assert run("terms", *words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"altocore: {problem}")
    assert len(captured.err.splitlines()) == 1
