"""Messages: what is told, to whom, about what; told once, whatever is retried."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from altocore.plans.messages import Message, MessageKind, MessageState, message
from altocore.values.days import add_days
from altocore.values.ids import ClientId, MessageId
from tests import cast

PARTS = st.tuples(st.sampled_from(MessageKind), st.text("ab_", max_size=3), st.text("ab_", max_size=3))


@given(PARTS, PARTS)
@example((MessageKind.REMINDER, "ab", "c"), (MessageKind.REMINDER, "a", "bc"))
@example((MessageKind.REMINDER, "a", "b"), (MessageKind.REMINDER, "b", "a"))
def test_a_message_is_its_kind_what_it_is_about_and_its_cause(
    one: tuple[MessageKind, str, str], other: tuple[MessageKind, str, str]
) -> None:
    """NOT-1: the same notice is one message; of another kind, about another thing, for another cause, another."""
    first = message(one[0], cast.ANA, one[1], one[2], cast.ANCHOR)
    second = message(other[0], cast.ANA, other[1], other[2], cast.ANCHOR)
    assert (first.id == second.id) is (one == other)


def test_a_retry_tells_nothing_twice() -> None:
    """NOT-4: another day, another client, or a message that was overtaken does not make it another message."""
    told = cast.told()
    later = message(
        told.kind, ClientId("cli_bo"), told.about, told.cause, add_days(told.day, 1), MessageState.SUPERSEDED
    )
    assert later.id == told.id
    assert later.state is MessageState.SUPERSEDED


def test_a_message_holds_what_it_was_given() -> None:
    """NOT-3: ids and facts, no words; queued unless it was overtaken; its id is for ever."""
    assert cast.told() == Message(
        id=MessageId("msg_920437ef444fa51880a52325"),
        kind=MessageKind.INVOICE_ISSUED,
        client=cast.ANA,
        about=cast.FIRST_INVOICE,
        cause=cast.FIRST_INVOICE,
        day=cast.ANCHOR,
        state=MessageState.QUEUED,
    )


@pytest.mark.parametrize(
    "kind",
    [
        "cancellation_accepted",
        "cancellation_taken_back",
        "credit_granted",
        "domain_lapsed",
        "domain_renewal_set",
        "invoice_cancelled",
        "invoice_issued",
        "invoice_lapsed",
        "last_notice",
        "payment_received",
        "reminder",
        "service_cancelled",
        "service_discontinued",
        "service_enabled",
        "service_reactivated",
        "service_restored",
        "service_suspended",
        "service_terminated",
        "service_to_provision",
        "service_to_restore",
        "terms_changed",
    ],
)
def test_the_kinds_are_wire_codes(kind: str) -> None:
    """NOT, the events that notify: a kind's code is stored, so it stays."""
    assert MessageKind(kind).name == kind.upper()
    assert len(MessageKind) == 21
    assert [state.value for state in MessageState] == ["queued", "superseded"]
