"""Does a published edition reach a contract before its next period? REN-6 in both readings."""

from typing import Final

import pytest
from hypothesis import given

from altocore.lifecycle.machine import ServiceState
from altocore.policy.terms_change import TERMS_CHANGE, TermsChangeFacts, TermsReach
from altocore.terms.options import TermsChange
from altocore.terms.parts import ContractTerms
from altocore.terms.reasons import Why
from altocore.testing import judges_alike
from altocore.testing.strategies import contract_terms, terms_change_facts
from altocore.values.days import day
from tests import cast
from tests.policy.tables import checks_of, fires_alone, grounds_of, holding, whys_of

JUNE: Final = day(2025, 6, 1)
CODES: Final = ("invoicing.due_days", "overdue.suspend_days")
ANY_TIME: Final = cast.contract_terms(terms_change=TermsChange.ANY_TIME)
OVER: Final = (ServiceState.CANCELLED, ServiceState.TERMINATED)


def facts(*, state: ServiceState = ServiceState.ACTIVE, changed: tuple[str, ...] = CODES) -> TermsChangeFacts:
    """Return Ana's service, and an edition that differs in two fields from 1 June on."""
    return TermsChangeFacts(state=state, effective=JUNE, changed=changed)


def test_the_table() -> None:
    """REN-6: the rows, their clauses and their codes."""
    assert checks_of(TERMS_CHANGE) == (
        ("REN-6", "house", "service_ended"),
        ("REN-6", "terms/3.b, manual/honour", "terms_wait_for_period"),
        ("REN-6", "house", "terms_say_the_same"),
    )
    assert grounds_of(TERMS_CHANGE) == (("REN-6", "terms/closing"),)
    assert TERMS_CHANGE.name == "terms_change"


@pytest.mark.parametrize("state", [each for each in ServiceState if each not in OVER])
def test_under_any_time_it_reaches_what_is_not_over(state: ServiceState) -> None:
    """REN-6 ANY_TIME: from the day it is in force, and the answer names each field that differs."""
    asked = facts(state=state)
    assert judges_alike(TERMS_CHANGE, asked, ANY_TIME) == TermsReach(effective=JUNE, changed=CODES)
    assert holding(TERMS_CHANGE, asked, ANY_TIME) == {0: (("in_force", JUNE), ("field", CODES[0]), ("field", CODES[1]))}


def test_with_notice_it_waits_for_the_period() -> None:
    """REN-6 PERIOD_END_WITH_NOTICE: conditions change only at the end of the period that was paid last."""
    reason = fires_alone(TERMS_CHANGE, Why.TERMS_WAIT_FOR_PERIOD, facts(), cast.contract_terms())
    assert reason.cites == (("terms_change", "period_end_with_notice"),)


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_alone(state: ServiceState) -> None:
    """REN-6: nobody is told of terms for a service that has ended."""
    reason = fires_alone(TERMS_CHANGE, Why.SERVICE_ENDED, facts(state=state), ANY_TIME)
    assert reason.cites == (("state", state.value),)


def test_what_says_the_same_alone() -> None:
    """REN-6: an edition that changes nothing is not told."""
    assert fires_alone(TERMS_CHANGE, Why.TERMS_SAY_THE_SAME, facts(changed=()), ANY_TIME).cites == ()


@given(terms_change_facts(), contract_terms())
def test_only_any_time_reaches(asked: TermsChangeFacts, terms: ContractTerms) -> None:
    """REN-6: yes exactly where the reading allows it, something differs and the service is not over."""
    answer = judges_alike(TERMS_CHANGE, asked, terms)
    reaches = terms.terms_change is TermsChange.ANY_TIME and asked.state not in OVER and len(asked.changed) > 0
    assert isinstance(answer, TermsReach) is reaches
    assert (whys_of(answer) == ()) is reaches
