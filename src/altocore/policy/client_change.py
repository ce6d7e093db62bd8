"""May a client's data be changed so? The client must say it itself, and an e-mail must be its own.

A client says all that it says of itself anew, so every part of it is current on the day of the change. Its currency is no
part of that (CLI-8).
"""

from typing import Final, TypeAlias, final

from attrs import field, frozen

from altocore.lifecycle.events import Actor
from altocore.terms.clauses import Clause
from altocore.terms.judgements import Check, Ground, Judgement, fired
from altocore.terms.reasons import Reason, Why
from altocore.values.days import Day

__all__ = [
    "CLIENT_CHANGE",
    "ClientChangeAccepted",
    "ClientChangeFacts",
    "ClientChangeRefused",
    "decide_client_change",
]


@final
@frozen(kw_only=True)
class ClientChangeFacts:
    """Who asks for it, how many other clients have the e-mail, 0 or 1, and the day."""

    actor: Actor = field()
    others: int = field()
    today: Day = field()


@final
@frozen(kw_only=True)
class ClientChangeAccepted:
    """The client is as it says, and all of it is current on this day."""

    confirmed: Day = field()


@final
@frozen(kw_only=True)
class ClientChangeRefused:
    """The client stays as it was, for all these reasons."""

    reasons: tuple[Reason, ...] = field()


ClientChangeAnswer: TypeAlias = ClientChangeAccepted | ClientChangeRefused


CHECKS: Final[tuple[Check[ClientChangeFacts, None], ...]] = (
    Check(
        rule="CLI-1",
        clauses=(Clause("manual/transfer"),),
        why=Why.EMAIL_TAKEN,
        fires=lambda facts, _: facts.others > 0,
    ),
    Check(
        rule="CLI-4",
        clauses=(Clause("terms/5.e"),),
        why=Why.NOT_BY_CLIENT,
        fires=lambda facts, _: facts.actor is not Actor.CLIENT,
        cites=lambda facts, _: (("actor", facts.actor.value),),
    ),
)

GROUNDS: Final[tuple[Ground[ClientChangeFacts, None], ...]] = (
    Ground(rule="CLI-1", clauses=(Clause("manual/transfer"),), holds=lambda _facts, _terms: True),
    Ground(
        rule="CLI-4",
        clauses=(Clause("terms/5.e"),),
        holds=lambda _facts, _terms: True,
        cites=lambda facts, _: (("confirmed", facts.today),),
    ),
)


def decide_client_change(facts: ClientChangeFacts, _terms: None) -> ClientChangeAnswer:
    """Return that the client is as it says from now on, or every reason why it stays as it was.

    Source: CLI-1, `manual/transfer`; CLI-4, `terms/5.e`.
    """
    reasons = fired(CHECKS, facts, None)
    return ClientChangeRefused(reasons=reasons) if reasons else ClientChangeAccepted(confirmed=facts.today)


CLIENT_CHANGE: Final = Judgement(name="client_change", checks=CHECKS, grounds=GROUNDS, decide=decide_client_change)
