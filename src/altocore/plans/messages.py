"""Messages: what somebody outside is to be told. Ids and facts only; the words are made when it is sent (NOT-3)."""

from enum import StrEnum, unique
from typing import final

from attrs import field, frozen

from altocore.values.days import Day
from altocore.values.ids import ClientId, MessageId, derive

__all__ = ["Message", "MessageKind", "MessageState", "message"]


@final
@unique
class MessageKind(StrEnum):
    """What a message tells. Source: NOT, the list of events that notify."""

    CANCELLATION_ACCEPTED = "cancellation_accepted"
    CANCELLATION_TAKEN_BACK = "cancellation_taken_back"
    CREDIT_GRANTED = "credit_granted"
    DOMAIN_LAPSED = "domain_lapsed"
    DOMAIN_RENEWAL_SET = "domain_renewal_set"
    INVOICE_CANCELLED = "invoice_cancelled"
    INVOICE_ISSUED = "invoice_issued"
    INVOICE_LAPSED = "invoice_lapsed"
    LAST_NOTICE = "last_notice"
    PAYMENT_RECEIVED = "payment_received"
    REMINDER = "reminder"
    SERVICE_CANCELLED = "service_cancelled"
    SERVICE_DISCONTINUED = "service_discontinued"
    SERVICE_ENABLED = "service_enabled"
    SERVICE_REACTIVATED = "service_reactivated"
    SERVICE_RESTORED = "service_restored"
    SERVICE_SUSPENDED = "service_suspended"
    SERVICE_TERMINATED = "service_terminated"
    SERVICE_TO_PROVISION = "service_to_provision"
    SERVICE_TO_RESTORE = "service_to_restore"
    TERMS_CHANGED = "terms_changed"


@final
@unique
class MessageState(StrEnum):
    """`QUEUED` waits for a channel; `SUPERSEDED` is claimed and never sent, for a later message overtook it."""

    QUEUED = "queued"
    SUPERSEDED = "superseded"


@final
@frozen(kw_only=True)
class Message:
    """One message to the outside about one thing (`about`, an id), because of one `cause`; told once, whatever is retried."""

    id: MessageId = field()
    kind: MessageKind = field()
    client: ClientId = field()
    about: str = field()
    cause: str = field()
    day: Day = field()
    state: MessageState = field()


def message(  # noqa: PLR0913, PLR0917  # what, to whom, about what, why, when
    kind: MessageKind,
    client: ClientId,
    about: str,
    cause: str,
    day: Day,
    state: MessageState = MessageState.QUEUED,
) -> Message:
    """Return the message whose id is derived from its kind, what it is about, and its cause."""
    derived = MessageId(derive("msg", kind.value, about, cause))
    return Message(id=derived, kind=kind, client=client, about=about, cause=cause, day=day, state=state)
