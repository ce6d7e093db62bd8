"""What happened, in three languages: every command has its words, with the reason where there is one."""

import pytest

from altocore.billing.costs import CostReason
from altocore.billing.promises import PromiseReason
from altocore.billing.write_offs import WriteOff, WriteOffReason
from altocore.lifecycle.machine import ServiceCommand
from altocore.lifecycle.reasons import SuspensionReason, TerminationReason
from altocore.text.happenings import costs_text, event_text, kept_text, promise_text, write_off_text
from altocore.text.locales import LANGUAGES
from altocore.values.days import day
from tests import cast


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ServiceCommand)
def test_every_event_has_its_words(language: str, command: ServiceCommand) -> None:
    """LIF-8: nothing is left to fill in."""
    words = event_text(cast.event(command=command), language)
    assert words
    assert "{" not in words


def test_events_give_their_reason() -> None:
    """LIF-2, LIF-4: the reason is named."""
    suspended = cast.event(command=ServiceCommand.SUSPEND, suspension=SuspensionReason.OVERLOAD)
    ended = cast.event(command=ServiceCommand.TERMINATE, termination=TerminationReason.SPAM)
    assert event_text(suspended, "en") == "suspended: overload"
    assert event_text(ended, "es") == "terminado: envío de correo no solicitado"


def test_what_staff_and_clients_agree_on_is_told() -> None:
    """PAY-9, PAY-18: a promise and whether it was kept, a debt given up, costs."""
    promise = cast.promise(made=day(2025, 5, 2), until=day(2025, 5, 9), reason=PromiseReason.SHORT_OF_MONEY)
    assert promise_text(promise, "en") == "promises to pay by May 9, 2025"
    assert kept_text(cast.usd("121.00"), "en") == "promise kept: $121.00 paid"
    given_up = WriteOff(reason=WriteOffReason.GOODWILL, reference="")
    assert write_off_text(given_up, "pt_BR") == "uma dívida é dada por perdida: cortesia"
    assert costs_text(CostReason.BANK_CHARGES, "en") == "costs are invoiced: bank charges"
